"""Who was in contact with whom, how, when, and whether it took place: one table of sentences, a rule a row."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.contacts import _lexicon, find_candidates, find_contacts
from dragoman.read.contacts._lexicon import frames
from dragoman.read.dates import find_dates
from dragoman.read.findings import Meeting
from dragoman.read.parse import parse_text
from dragoman.read.reference import Reference, refer

PUBLISHED = "2016-09-09"  # a Friday
TABLE = Path(__file__).parent / "tables" / "contacts.psv"
_DATED = re.compile(r"^\[(\d{4}-\d\d-\d\d)\] ")


def _rows() -> list[tuple[str, str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [tuple(cell.strip() for cell in line.split(" | ")) for line in lines if line and not line.startswith("#")]
    assert all(len(row) == 3 for row in rows), [row for row in rows if len(row) != 3]
    return rows  # type: ignore[return-value]


def _read(text: str) -> tuple[list[Meeting], Reference]:
    found = _DATED.match(text)
    day = date.fromisoformat(found[1] if found else PUBLISHED)
    parsed = parse_text(_DATED.sub("", text), day)
    reference = refer(parsed)
    return find_contacts(parsed, reference, find_dates(parsed)), reference


def _agrees(contact: Meeting, want: str, reference: Reference) -> bool:
    """Whether a contact is as a cell of the table wants it."""
    who, mode, status, *more = (part.strip() for part in want.split(","))
    wanted = set(who.split("+"))
    entities = {one.id: one for one in reference.entities}
    people = {one.entity for one in contact.participants}
    parties = {
        reference.party_ids([entities[one.entity]])[0]
        for one in contact.participants
        if one.entity in entities and reference.party_ids([entities[one.entity]])
    } | {one.entity for one in contact.participants if one.entity not in entities}
    if wanted != (people if any(name.islower() for name in wanted) else parties):
        return False
    return (contact.mode, contact.status) == (mode, status) and all(_has(contact, *one.split("=")) for one in more)


def _has(contact: Meeting, name: str, value: str) -> bool:
    own = {
        "day": (contact.date.value or "") if contact.date else "",
        "place": contact.place or "",
        "count": str(contact.count),
        "claim": contact.claim or "",
        "level": contact.level,
        "host": "+".join(contact.hosted_by),
        "travelled": "+".join(contact.travelled),
        "by": "+".join(contact.proposed_by),
        "answer": contact.answer or "",
    }
    return value in (contact.source or "") if name == "source" else own[name] == value


def _is_right(text: str, want: str) -> bool:
    contacts, reference = _read(text)
    wanted = [] if want == "-" else [item.strip() for item in want.split(";")]
    if len(contacts) != len(wanted):
        return False
    return all(any(_agrees(contact, item, reference) for contact in contacts) for item in wanted)


@pytest.mark.parametrize(("text", "want", "rule"), _rows())
def test_rows(text: str, want: str, rule: str) -> None:
    """Sides, means, status, and day, place, count or claim where the row names them, are as the row says."""
    assert _is_right(text, want), [_shown(contact) for contact in _read(text)[0]]


def _shown(contact: Meeting) -> tuple[object, ...]:
    day = contact.date.value if contact.date else None
    who = [one.entity for one in contact.participants]
    return who, contact.mode, contact.status, day, contact.place, contact.count, contact.claim, contact.level


_CLASSES = sorted({frame.name for frame in frames().values()})


@pytest.mark.parametrize("name", _CLASSES)
def test_each_class_has_rows_that_need_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a class of predicates, some row is no longer right: no class stands there for nothing."""
    rows = [(text, want) for text, want, _ in _rows() if want != "-"]
    kept = {key: frame for key, frame in frames().items() if frame.name != name}
    monkeypatch.setattr(_lexicon, "frames", lambda: kept)
    assert any(not _is_right(text, want) for text, want in rows)


PIECES = ["Vladimir Putin", "Shinzo Abe", "they", "met", "will meet", "the talks", "with", "in Sochi", "on Friday",
          "twice", "spoke", "a call", "and", "."]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_words_are_read(pieces: list[str]) -> None:
    """Any order of words is read; every contact has two parties and evidence inside the text."""
    text = " ".join(pieces)
    contacts, reference = _read(text)
    entities = {one.id: one for one in reference.entities}
    for contact in contacts:
        assert len(reference.party_ids(entities[one.entity] for one in contact.participants)) >= 2
        assert contact.count >= 1
        assert all(0 <= start < end <= len(text) for start, end in contact.evidence)


def test_a_candidate_has_features() -> None:
    """A mention that names nobody is a candidate too, and each candidate has a flat table of numbers."""
    parsed = parse_text("Vladimir Putin met Shinzo Abe. The meeting was short.", date.fromisoformat(PUBLISHED))
    found = find_candidates(parsed, refer(parsed), find_dates(parsed))
    assert [one.complete for one in found] == [True, False]
    assert all(isinstance(value, float) for one in found for value in one.features.values())
    assert found[0].features["frame=meet"] == 1.0
