"""The class of the event between two known sides, on sentences written for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import ReadError
from dragoman.read.events import EventClass, classify_event, classify_events
from dragoman.read.events.ontology import quad, type15

Span = tuple[int, int]
TABLE = Path(__file__).parent / "data" / "events_pairs.tsv"


def unmark(marked: str) -> tuple[str, Span, Span]:
    """A sentence with {source} and [target] marked, as sentence and two spans."""
    text, spans, start = "", {}, 0
    for sign in marked:
        if sign in "{[":
            start = len(text)
        elif sign in "}]":
            spans[sign] = (start, len(text))
        else:
            text += sign
    return text, spans["}"], spans["]"]


def table() -> list[tuple[str, str, str]]:
    """Phenomenon, type of fifteen, marked sentence."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [(cells[0], cells[1], cells[2]) for cells in (line.split("\t") for line in lines)]


ROWS = table()


@pytest.fixture(scope="module")
def classes() -> dict[str, EventClass | None]:
    """Every row of the table classified in one batch."""
    return dict(zip((row[2] for row in ROWS), classify_events(unmark(row[2]) for row in ROWS), strict=True))


@pytest.mark.parametrize(("phenomenon", "kind", "marked"), ROWS, ids=[f"{row[0]}-{n}" for n, row in enumerate(ROWS)])
def test_a_sentence_of_the_table(
    phenomenon: str, kind: str, marked: str, classes: dict[str, EventClass | None]
) -> None:
    """The sentence has the type that its author gave it."""
    found = classes[marked]
    assert found is not None, phenomenon
    assert found.type15 == kind, found.rule


def test_the_table_covers_every_type() -> None:
    """The table has more than a hundred sentences and all fifteen types."""
    assert len(ROWS) >= 300
    assert len({row[1] for row in ROWS}) == 15


def test_fields_agree(classes: dict[str, EventClass | None]) -> None:
    """Quad and type of fifteen follow from the type, confidence lies between 0 and 1, the rule names a line."""
    for found in classes.values():
        assert found is not None
        assert (found.quad, found.type15) == (quad(found.type), type15(found.type))
        assert 0 < found.confidence < 1
        assert ".tsv:" in found.rule or "does not know" in found.rule


def test_one_equals_many(classes: dict[str, EventClass | None]) -> None:
    """A sentence alone has the class that it has in a batch."""
    for _, _, marked in ROWS[:: len(ROWS) // 8]:
        assert classify_event(*unmark(marked)) == classes[marked]


def test_nothing_known_is_none() -> None:
    """A sentence without any trigger has no class."""
    assert classify_event("The weather in Lisbon was mild.", (0, 11), (15, 21)) is None


def test_an_empty_span_is_a_side_that_is_not_named() -> None:
    """An empty span stands for a side that the sentence leaves out."""
    found = classify_event("Peru expelled the envoy.", (0, 4), (0, 0))
    assert found is not None
    assert found.type == "SANCTION"


@pytest.mark.parametrize("span", [(-1, 3), (3, 1), (0, 99)])
def test_a_span_outside_its_sentence_is_an_error(span: Span) -> None:
    """A span that does not lie in the sentence is named with its pair."""
    with pytest.raises(ReadError, match="pair 0, target span"):
        classify_event("Peru expelled the envoy.", (0, 4), span)


COOPERATION = {
    "withdraw its troops from Chad": "YIELD",
    "release the Chadian prisoners": "YIELD",
    "lift the embargo against Chad": "YIELD",
    "send food to Chad": "AID",
    "hold talks with Chad": "CONSULT",
    "cooperate with Chad": "COOPERATE",
    "sign a treaty with Chad": "SUPPORT",
}
CONFLICT = {
    "attack Chad": "ASSAULT",
    "impose sanctions on Chad": "COERCE",
    "expel the Chadian ambassador": "SANCTION",
    "suspend aid to Chad": "SANCTION",
    "arrest the Chadian envoy": "COERCE",
}
SIDES = ("Niger", "The government of Niger", "Niger's foreign minister", "The Nigerien army")


def class_of(sentence: str, source: str) -> str | None:
    """The type of fifteen between a named source and Chad."""
    place = sentence.index("Chad")
    start = sentence.index(source)
    found = classify_event(sentence, (start, start + len(source)), (place, place + 4))
    return found.type15 if found else None


@settings(max_examples=40, deadline=None)
@given(
    side=st.sampled_from(SIDES),
    deed=st.sampled_from(sorted(COOPERATION)),
    framed=st.sampled_from(
        [
            ("agreed to", "AGREE"), ("is ready to", "AGREE"), ("will", "AGREE"), ("promised to", "AGREE"),
            ("refused to", "REJECT"), ("will not", "REJECT"), ("declined to", "REJECT"), ("said it would", "AGREE"),
            ("said it would never", "REJECT"), ("decided to", None), ("began to", None),
        ]
    ),
)  # fmt: skip
def test_operators_over_cooperation(side: str, deed: str, framed: tuple[str, str | None]) -> None:
    """What an operator makes of cooperation does not depend on who acts or how the deed is worded."""
    words, kind = framed
    assert class_of(f"{side} {words} {deed}.", side) == (kind or COOPERATION[deed])


@settings(max_examples=30, deadline=None)
@given(
    side=st.sampled_from(SIDES),
    deed=st.sampled_from(sorted(CONFLICT)),
    framed=st.sampled_from(
        [("threatened to", "THREATEN"), ("will", "THREATEN"), ("vowed to", "THREATEN"), ("decided to", None)]
    ),
)  # fmt: skip
def test_operators_over_conflict(side: str, deed: str, framed: tuple[str, str | None]) -> None:
    """To promise harm is to threaten it; to decide on harm is to do it."""
    words, kind = framed
    assert class_of(f"{side} {words} {deed}.", side) == (kind or CONFLICT[deed])


@settings(max_examples=20, deadline=None)
@given(
    side=st.sampled_from(SIDES),
    deed=st.sampled_from(sorted(COOPERATION)),
    verb=st.sampled_from(["urged", "asked", "told"]),
)
def test_asking_for_cooperation(side: str, deed: str, verb: str) -> None:
    """To ask somebody for cooperation is a request, whatever is asked for."""
    assert class_of(f"{side} {verb} Mali to {deed}.", side) == "REQUEST"
