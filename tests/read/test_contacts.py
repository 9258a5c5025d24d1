"""Who was in contact with whom, how, when, and whether it took place: one table of sentences, a rule a row."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.contacts import find_candidates, find_contacts
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
    assert _is_right(text, want), [
        ([one.entity for one in contact.participants], contact.mode, contact.status, contact.date and contact.date.value,
         contact.place, contact.count, contact.claim, contact.level, contact.source)
        for contact in _read(text)[0]
    ]  # fmt: skip
