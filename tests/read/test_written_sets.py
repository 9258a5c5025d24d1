"""Meetings and promises in sentences of other disputes, most of them written before the rules were tried on them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dragoman.read.contacts import find_contacts
from dragoman.read.dates import find_dates
from dragoman.read.findings import Entity
from dragoman.read.parse import parse_text
from dragoman.read.promises import find_promises
from dragoman.read.reference import Reference, refer

DATA = Path(__file__).parent / "data"
WORD = re.compile(r"\w+")
AHEAD = {"possible": "planned"}
Key = tuple[str, str, str]


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def _contacts(text: str, day: date) -> list[Key]:
    parsed = parse_text(text, day)
    reference = refer(parsed)
    entities = {one.id: one for one in reference.entities}
    return [
        (
            "+".join(sorted(_parties(reference, [entities.get(one.entity) for one in item.participants]))),
            AHEAD.get(item.status, item.status),
            item.mode,
        )
        for item in find_contacts(parsed, reference, find_dates(parsed))
    ]


def _parties(reference: Reference, who: list[Entity | None]) -> set[str]:
    found = [reference.party_of(entity) for entity in who]
    return {party.code or party.name if party is not None else "?" for party in found}


def _wanted(sentence: dict[str, Any]) -> list[Key]:
    return [
        ("+".join(sorted(states.split("+"))), AHEAD.get(status, status), mode)
        for states, status, mode in sentence["want"]
    ]


@pytest.mark.parametrize(
    ("name", "least", "precision", "recall"),
    [("meetings-written-blind", 80, 0.9, 0.85), ("meetings-written-second", 40, 0.9, 0.85)],
)
def test_contacts_of_other_disputes(name: str, least: int, precision: float, recall: float) -> None:
    """Parties, status and means of contacts are right in most sentences, and few are made up."""
    data = _load(name)
    assert len(data["sentences"]) >= least
    right = wanted = found = 0
    for sentence in data["sentences"]:
        want = _wanted(sentence)
        got = _contacts(
            f"{sentence.get('context', '')} {sentence['text']}".strip(), date.fromisoformat(data["published"])
        )
        right += sum(min(want.count(key), got.count(key)) for key in set(want))
        wanted, found = wanted + len(want), found + len(got)
    assert right / found >= precision
    assert right / wanted >= recall


def _overlap(one: str, other: str) -> float:
    a, b = set(WORD.findall(one.lower())), set(WORD.findall(other.lower()))
    return 2 * len(a & b) / (len(a) + len(b))


@pytest.mark.parametrize("name", ["commitments-written-blind", "commitments-written-second"])
def test_promises_of_other_disputes(name: str) -> None:
    """Clause and promiser are right in nine of ten promises, and nearly no promise is made up."""
    data = _load(name)
    right = wanted = found = 0
    for sentence in [*data["promises"], *({"text": text, "want": []} for text in data["none"])]:
        parsed = parse_text(
            f"{sentence.get('context', '')} {sentence['text']}".strip(), date.fromisoformat(data["published"])
        )
        got = [one for one in find_promises(parsed, refer(parsed), find_dates(parsed)) if one.counted]
        for clause, by in sentence["want"]:
            right += any(_overlap(clause, one.clause) >= 0.5 and set(by.split("+")) & set(one.by) for one in got)
        wanted, found = wanted + len(sentence["want"]), found + len(got)
    assert right / found >= 0.95
    assert right / wanted >= 0.9


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Vladimir Putin spoke with Shinzo Abe by telephone on Friday.", "call"),
        ("Vladimir Putin called Shinzo Abe on Friday.", "call"),
        ("In a phone call on Friday, Vladimir Putin told Shinzo Abe that he was ready.", "call"),
        ("Vladimir Putin held a video conference with Shinzo Abe on Friday.", "video"),
        ("Vladimir Putin sent Shinzo Abe a letter on Friday.", "letter"),
        ("Russian and Japanese officials held indirect talks in Geneva on Friday.", "mediated"),
        ("Vladimir Putin met Shinzo Abe in Sochi on Friday.", "in person"),
    ],
)
def test_means_of_contact(text: str, mode: str) -> None:
    """A contact that was not in person has its means."""
    assert [key[2] for key in _contacts(text, date(2016, 9, 9))] == [mode]


@pytest.mark.parametrize(
    "text",
    [
        "Vladimir Putin called Shinzo Abe a friend.",
        "Vladimir Putin called for calm in Japan.",
        "Vladimir Putin and Shinzo Abe speak by telephone every week.",
        "Vladimir Putin did not answer Shinzo Abe's calls.",
    ],
)
def test_what_is_no_call(text: str) -> None:
    """Calling names, calling for something, a habit and an unanswered call are no contacts."""
    assert _contacts(text, date(2016, 9, 9)) == []
