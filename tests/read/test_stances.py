"""Who wants what in the talks: whose, of which kind, which words, and what is no stance."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dragoman.read.dates import find_dates
from dragoman.read.findings import Stance
from dragoman.read.parse import parse_text
from dragoman.read.reference import refer
from dragoman.read.stances import _words, find_stances

TABLE = Path(__file__).parent / "tables" / "stances.psv"
ROWS = [
    [cell.strip() for cell in line.split("|")]
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


TALKS = "Delegations of Kenya and Ethiopia are in Nairobi.\n"


def _found(text: str, before: str = TALKS) -> list[Stance]:
    parsed = parse_text(before + text, date(2018, 6, 1))
    return [one for one in find_stances(parsed, refer(parsed), find_dates(parsed)) if one.counted]


def _told(text: str) -> set[str]:
    return {f"{'+'.join(one.by)} {one.kind} {(TALKS + text)[slice(*one.what)]}" for one in _found(text)}


@pytest.mark.parametrize(("text", "want", "rule"), ROWS, ids=[row[2] for row in ROWS])
def test_a_row_of_the_table(text: str, want: str, rule: str) -> None:
    """Exactly the stances of the row, with their words, and no other."""
    assert _told(text) == {item.strip() for item in want.split(";") if item.strip()}, rule


def test_every_kind_of_the_table_is_tried() -> None:
    """The rows have every kind, and as many sentences without a stance as there are kinds at least twice."""
    kinds = {item.split()[1] for _, want, _ in ROWS for item in want.split(";") if item.strip()}
    assert kinds == {"demands", "offers", "accepts", "rejects", "conditions", "supports"}
    assert sum(not want for _, want, _ in ROWS) >= 2 * len(kinds)


@pytest.mark.parametrize("kind", ["demands", "offers", "accepts", "rejects", "supports"])
def test_without_its_words_a_kind_is_not_found(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of words is what makes a stance: without the entries of a kind its rows fail."""
    own = [text for text, want, _ in ROWS if f" {kind} " in want]
    full = {text: _told(text) for text in own}
    table = _words.entries()
    left = {key: tuple(entry for entry in value if entry[0] != kind) for key, value in table.items()}
    monkeypatch.setattr("dragoman.read.stances._cues.entries", lambda: left)
    assert any(_told(text) != full[text] for text in own)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Kenya ruled out any concession on the border.", "strength", "never"),
        ("Kenya accepted the ceasefire.", "strength", "would accept"),
        ("Kenya reportedly wants Ethiopia to hand over the port.", "hearsay", True),
        ("Kenya wants Ethiopia to hand over the port.", "hearsay", False),
        ("Kenya privately urged Ethiopia to reopen the border.", "audience", "closed"),
        ("President William Ruto rejected the proposal.", "speaker", "William Ruto"),
    ],
)
def test_what_the_text_says_around_a_stance(text: str, name: str, value: object) -> None:
    """Strength, hearsay, audience and speaker are given where the text tells."""
    assert [getattr(one, name) for one in _found(text)] == [value]


def test_a_condition_stands_with_its_stance() -> None:
    """On what a stance hangs is a span of its own."""
    text = "Kenya is ready to lift the sanctions if Ethiopia releases the prisoners."
    (found,) = _found(text)
    assert found.condition is not None
    assert (TALKS + text)[slice(*found.condition)] == "if Ethiopia releases the prisoners"


def test_where_no_other_side_is_near_a_stance_is_a_lead() -> None:
    """One talks with somebody: a demand in a text of one party alone is not counted."""
    assert _found("Kenya called for a referendum.")
    assert not _found("Kenya called for a referendum.", before="")
