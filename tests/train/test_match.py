"""Which proposals the labels bear out, and how the labelled texts are read."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "train"))

import _labels as labels
import _match as match
import figures
import lint
from dragoman.testing import make_event, make_meeting, make_reading

ACT = {"type": "ACCUSE", "from": ["USA"], "to": ["PRK"], "status": "held", "evidence": [[0, 20]]}


def event(**given: Any) -> Any:
    """An ACCUSE of the United States against North Korea on the words 4 to 12."""
    return replace(make_event("USA", "ACCUSE", "PRK", span=(4, 12)), sentence=(0, 40), **given)


@pytest.mark.parametrize(
    ("act", "strict", "loose"),
    [
        ({}, True, True),
        ({"type": "REJECT"}, False, True),
        ({"to": ["CHN"]}, False, True),
        ({"type": "REJECT", "to": ["CHN"]}, False, False),
        ({"from": ["CHN"], "to": ["USA"]}, False, True),
        ({"evidence": [[30, 38]]}, True, True),
        ({"evidence": [[30, 38]], "type": "REJECT"}, False, False),
        ({"evidence": [[50, 60]]}, False, False),
        ({"doubt": True}, None, None),
        ({"to": []}, False, True),
    ],
)
def test_an_event_is_right_by_type_or_by_sides(act: dict[str, Any], strict: Any, loose: Any) -> None:
    """Strictly by both; loosely by either; elsewhere in the sentence only by both; not at all elsewhere."""
    reading = make_reading(events=(event(),))
    found = match.verdicts(reading, {"acts": [ACT | act]})["events"][0]
    assert (found.strict, found.loose) == (strict, loose)


def test_an_event_that_tells_a_contact_is_left_out() -> None:
    """Talks that the labels have as a contact are judged there and nowhere else."""
    talks = replace(event(), type="CONSULT", type15="CONSULT")
    contact = {"who": [{"party": "USA"}, {"party": "PRK"}], "status": "held", "evidence": [[0, 20]]}
    assert match.verdicts(make_reading(events=(talks,)), {"contacts": [contact]})["events"][0].loose is None
    assert match.verdicts(make_reading(events=(event(),)), {"contacts": [contact]})["events"][0].loose is False


@pytest.mark.parametrize(
    ("label", "strict", "loose"),
    [
        ({}, True, True),
        ({"status": "planned"}, False, True),
        ({"who": [{"party": "USA"}, {"party": "CHN"}]}, False, False),
        ({"evidence": [[90, 99]]}, False, False),
    ],
)
def test_a_contact_needs_two_parties_and_its_words(label: dict[str, Any], strict: bool, loose: bool) -> None:
    """Strictly the status is right, too."""
    contact = replace(make_meeting(), evidence=((0, 30),))
    plain = {"who": [{"party": "USA"}, {"party": "PRK"}], "status": contact.status, "evidence": [[0, 20]]}
    found = match.verdicts(make_reading(contacts=(contact,)), {"contacts": [plain | label]})["contacts"][0]
    assert (found.strict, found.loose) == (strict, loose)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Hamas", "Hamas", True),
        ("UAW", "United Auto Workers", True),
        ("Deutsche Börse", "Deutsche Borse AG", True),
        ("EU", "European Union", True),
        ("EU", "Hamas", False),
        ("USA", "PRK", False),
    ],
)
def test_parties_are_the_same_by_code_name_or_initials(one: str, two: str, same: bool) -> None:
    """Accents, small words and a shorter form do not matter; two codes are two parties."""
    parties = match.Parties(make_reading(), {"parties": {}})
    assert parties.same(one, frozenset({two})) is same


def test_labels_of_another_text_are_refused(tmp_path: Path) -> None:
    """Offsets are worth nothing in a text that changed: the digest must be that of the article."""
    for folder, content in (
        ("articles/a", {"id": "x", "text": "One.", "published": None, "genre": "report", "group": "g"}),
        ("labels/b", {"sha256": labels.digest("Two."), "acts": []}),
    ):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "x.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(SystemExit, match="another text"):
        labels.load(tmp_path)


def labelled(**given: Any) -> Any:
    """A text that hand b labelled."""
    fields = {
        "id": "x", "text": "Arvia accused Belmont.", "published": None, "genre": "report", "group": "g", "writer": "a",
        "hand": "b", "upto": 22, "labels": {"parties": {"Arvia": "Arvia", "Belmont": "Belmont"}},
    }  # fmt: skip
    return labels.Labelled(**(fields | given))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, None),
        ({"evidence": [[0, 99]]}, "does not stand in"),
        ({"evidence": [[0, 6]]}, "begins or ends with a space"),
        ({"from": ["Ostra"]}, "neither a state nor"),
        ({"from": ["USA"]}, None),
        ({"type": "SCOLD"}, "type is 'SCOLD'"),
        ({"status": "maybe"}, "status is 'maybe'"),
    ],
)
def test_labels_out_of_form_are_named(change: dict[str, Any], fault: str | None) -> None:
    """Spans outside of what was labelled, unknown parties and values that are not of the closed lists."""
    act = {"type": "ACCUSE", "from": ["Arvia"], "to": ["Belmont"], "status": "held", "evidence": [[0, 21]]} | change
    text = labelled()
    text.labels["acts"] = [act]
    found = list(lint.faults(text))
    assert len(found) == (fault is not None)
    assert fault is None or fault in found[0]


def test_nobody_labels_what_he_wrote() -> None:
    """Writer and labeller are two hands."""
    assert list(lint.faults(labelled(writer="b"))) == ["labelled by its writer"]


def test_agreement_counts_what_both_hands_have() -> None:
    """Items in doubt are not asked for, but may stand beside a sure one; what only one hand saw of the text is out."""
    act = {"type": "ACCUSE", "from": ["Arvia"], "to": ["Belmont"], "status": "held", "evidence": [[0, 21]]}
    other = act | {"type": "REJECT"}
    for second, met, count in (([act], 2, 2), ([other], 0, 2), ([act | {"doubt": True}], 1, 1), ([], 0, 1)):
        one, two = labelled(labels={"acts": [act]}), labelled(labels={"acts": second}, hand="c")
        assert {kind: pair for kind, *pair in figures.agreement(one, two)}["acts"] == [met, count]
    late = labelled(labels={"acts": [act | {"evidence": [[15, 21]]}]})
    assert ("acts", 0, 0) in figures.agreement(late, labelled(labels={}, upto=10))
