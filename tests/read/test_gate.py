"""The gate: features of proposals, the model that weighs them, and what then counts."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from dragoman import read_text
from dragoman.errors import ReadError
from dragoman.read.gate import KINDS, Gate, gate_named, gate_version, weigh
from dragoman.read.gate.model import Kind, gate_of
from dragoman.read.gate.weighing import features_of
from dragoman.read.parse import parse_text
from dragoman.read.reader import proposed
from dragoman.read.reference import refer
from dragoman.read.sources._article import RawArticle

TREE = [["far", 2.5, 1, 2, 0.25], [None, 0, 0, 0, -0.5], [None, 0, 0, 0, 1.0]]


def weights(**kinds: dict[str, Any]) -> Gate:
    """A gate of models written by hand."""
    plain = {"bias": 0.0, "linear": {}, "trees": [], "calibration": [1.0, 0.0], "counted": 0.5}
    return gate_of(json.dumps({"kinds": {kind: plain | given for kind, given in kinds.items()}}))


def features_in(text: str, kind: str = "events") -> dict[str, float]:
    """The features of the first proposal of a kind."""
    return proposed(RawArticle(text=text, place="text", kind="text"))[1][kind][0]


@pytest.mark.parametrize(
    ("text", "holds", "fails"),
    [
        ("China condemned Japan.", ("type=ACCUSE", "own.tag=VBD", "source.dep=nsubj", "own.has=dobj"), ("told",)),
        ("Officials say that China condemned Japan.", ("told", "within=ccomp"), ("quoted", "question")),
        ("China may impose sanctions on Japan.", ("own.aux=may",), ("own.neg", "told")),
        ("“China condemned Japan,” the minister said.", ("quoted",), ()),
        ("China condemned Japan because it had attacked Vietnam in 1979.", ("source.before",), ("first person",)),
        ("We condemn Japan, China said.", ("first person",), ("second person",)),
    ],
)  # fmt: skip
def test_features_say_how_the_words_stand(text: str, holds: tuple[str, ...], fails: tuple[str, ...]) -> None:
    """Modality, quotation, reporting and the syntax of sides are features, each only where it holds."""
    found = features_in(text)
    assert [name for name in holds if not found.get(name)] == []
    assert [name for name in fails if found.get(name)] == []


def test_every_finding_that_is_weighed_has_features() -> None:
    """By kind, in the order of the reading; all values are numbers."""
    text = "The ministers of China and Japan met in Paris on Monday. China promised to send Japan two ships by May."
    reading, found = proposed(RawArticle(text=text, place="text", kind="text"))
    assert list(found) == list(KINDS)
    assert [len(found[kind]) for kind in KINDS] == [len(getattr(reading, kind)) for kind in KINDS]
    assert len(reading.contacts) == 1
    assert all(isinstance(value, (int, float)) for rows in found.values() for row in rows for value in row.values())


def test_a_score_is_the_sum_of_its_parts() -> None:
    """Weights count with their feature's value, a tree with the leaf it leads to; parts and bias are the whole sum."""
    model = weights(events={"bias": 0.25, "linear": {"rules": 2.0, "quoted": -1.0}, "trees": [TREE]}).kinds["events"]
    assert model.parts({"rules": 0.5, "far": 3.0}) == {"rules": 1.0, "far": 0.75}
    assert model.parts({"rules": 0.5, "quoted": 1.0}) == {"rules": 1.0, "quoted": -1.0, "far": -0.75}
    assert model.confidence({"rules": 0.5, "far": 3.0}) == round(1 / (1 + 2.718281828**-2.0), 2)


@pytest.mark.parametrize(("added", "value"), [(-40.0, 0.01), (40.0, 0.99), (0.0, 0.5)])
def test_confidence_is_never_certain(added: float, value: float) -> None:
    """It is rounded to .01, and stays between .01 and .99."""
    model = Kind(bias=0.0, linear={}, trees=(), calibration=(1.0, 0.0), counted=0.5)
    assert model.squeezed(added) == value


def test_what_the_gate_is_sure_of_counts() -> None:
    """A finding counts from the kind's own confidence on; a kind that the gate does not know stays as found."""
    text = "China condemned Japan. The ministers of China and Japan met in Paris on Monday."
    parsed = parse_text(text)
    index, reading = refer(parsed), proposed(RawArticle(text=text, place="text", kind="text"))[0]
    for level, counts in ((0.7, True), (0.8, False)):
        gate = weights(events={"bias": 1.0, "counted": level})
        weighed = weigh(parsed, index, reading, gate)
        assert {(event.confidence, event.counted) for event in weighed.events} == {(0.73, counts)}
        assert weighed.contacts == reading.contacts


def test_without_a_model_the_confidence_of_the_rules_stands() -> None:
    """An event then counts from one half on, and what a finder does not count itself stays uncounted."""
    text = "China condemned Japan."
    parsed = parse_text(text)
    index, reading = refer(parsed), proposed(RawArticle(text=text, place="text", kind="text"))[0]
    event = reading.events[0]
    for confidence, own, counts in ((0.5, True, True), (0.49, True, False), (0.9, False, False)):
        given = replace(reading, events=(replace(event, confidence=confidence, counted=own),))
        found = weigh(parsed, index, given, None).events[0]
        assert (found.confidence, found.counted) == (confidence, counts)


def test_a_reading_names_its_gate() -> None:
    """Name and hash of the weights stand in the reading and among its versions, so that other weights read anew."""
    reading = read_text("China condemned Japan.")
    assert reading.gate == reading.versions["gate"] == gate_version("learned")
    assert read_text("China condemned Japan.", gate="rules").gate == "rules"
    assert weights(events={"bias": 1.0}).version != weights(events={"bias": 1.1}).version


def test_an_unknown_gate_is_an_error() -> None:
    """The message names what there is."""
    with pytest.raises(ReadError, match="'learned' or 'rules'"):
        gate_named("magic")  # type: ignore[arg-type]


def test_a_fault_of_the_gate_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The confidence of the rules stands, and the reading says that the gate did not weigh it."""

    def broken(*_: object) -> None:
        raise IndexError("no such feature")

    monkeypatch.setattr("dragoman.read.gate.weighing._judged", broken)
    monkeypatch.setattr("dragoman.read.reader.gate_named", lambda _: weights(events={}))
    reading = read_text("China condemned Japan.")
    assert [fault.finder for fault in reading.faults] == ["gate"]
    assert reading.events == read_text("China condemned Japan.", gate="rules").events


def test_features_do_not_depend_on_the_words_of_names() -> None:
    """Who the states are is no feature: two sentences that differ in names alone are weighed alike."""
    one, two = (
        features_of(parsed, refer(parsed), proposed(RawArticle(text=text, place="text", kind="text"))[0])["events"][0]
        for text in ("China condemned Japan.", "Chile condemned Kenya.")
        for parsed in [parse_text(text)]
    )
    assert one == two
