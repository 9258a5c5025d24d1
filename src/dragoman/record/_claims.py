"""Claims of first, only, never and not yet, checked against the meetings that the record holds.

1. A claim is checked against meetings held in person between the same persons (of the same states where no person
   is named) that lie before it: before the meeting that it speaks of, or before the article where it speaks of none.
2. ``never`` and ``not yet`` are contradicted by one such meeting, ``first`` by one, ``only`` by two.
3. ``the first foreign leader to meet X`` is contradicted by any earlier meeting of X with another state's leader.
4. A first "in nine years" or "since the war" claims less; it is not checked.  Without a contradiction the record
   agrees only so far as it goes: ``not contradicted``.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.record._entities import names
from dragoman.record._events import mentions_where
from dragoman.record._store import Store
from dragoman.record.views import CheckedClaim, Party

LEADER = 0
_LEADER_TO = re.compile(
    r"\bfirst (?:\w+ ){0,2}(?:leader|president|premier|chancellor|prime minister|head of state|monarch) to\b",
    re.IGNORECASE,
)
_CLAIMS = """
SELECT f.key, f.id, coalesce(f.joined, 0), f.day, f.date_start, json_extract(f.payload, '$.claim'), f.words
FROM findings f JOIN articles a ON a.id = f.article
WHERE f.kind = 'meeting' AND f.review <> 'rejected' AND a.superseded_by IS NULL
  AND json_extract(f.payload, '$.claim') IS NOT NULL AND f.day IS NOT NULL
ORDER BY f.day, f.key
"""
_SIDES = """
SELECT c.finding, coalesce(c.resolved, c.country), coalesce(c.country, e.country), coalesce(e.kind, '') = 'person'
FROM actors c JOIN findings f ON f.id = c.finding LEFT JOIN entities e ON e.id = c.resolved
WHERE f.kind = 'meeting' AND json_extract(f.payload, '$.claim') IS NOT NULL ORDER BY c.finding, c.place
"""
_HELD = """
SELECT m.level, m.a, m.b, m.a_country, m.b_country, m.joined, m.key, m.day, m.rank FROM joined_contacts m
WHERE m.mode = 'in person' AND m.status = 'held' AND m.dated AND m.count < 2
  AND (m.a IN (SELECT value FROM json_each(?1)) OR m.b IN (SELECT value FROM json_each(?1))) ORDER BY m.day, m.key
"""


@dataclass(frozen=True, kw_only=True)
class _Met:
    """A meeting held: its row, id, day, and rank (0 for leaders)."""

    joined: int
    key: str
    day: str
    rank: int


def check_claims(store: Store) -> tuple[CheckedClaim, ...]:
    """Every claim of the record with what the record knows of it, oldest first."""
    claims = store.rows(_CLAIMS)
    if not claims:
        return ()
    sides: dict[int, list[tuple[str, str | None, bool]]] = defaultdict(list)
    for finding, entity, country, person in store.rows(_SIDES):
        sides[finding].append((entity, country, bool(person)))
    parties = {entity for found in sides.values() for entity, _, _ in found}
    held, called = _held(store, parties), names(store, parties)
    made = []
    for key, finding, joined, day, start, claim, words in claims:
        before = min(start or day, day)
        for a, b in _pairs(sides[finding]):
            against = list(_against(held, (a[0], b[0]), claim, joined, before))
            if claim == "first" and _LEADER_TO.search(words):
                against = list(_other_leaders(held, (a[0], b[0]), joined, before))
            made.append(
                CheckedClaim(
                    finding=key, claim=claim, words=words, a=_party(a, called), b=_party(b, called),
                    answer="contradicted" if against else "not contradicted",
                    meetings=tuple(dict.fromkeys(against)), reports=mentions_where(store, "f.key = ?", (key,)),
                )
            )  # fmt: skip
    return tuple(made)


def _party(side: tuple[str, str | None, bool], called: Mapping[str, str]) -> Party:
    return Party(entity=side[0], name=called.get(side[0], side[0]), country=side[1], person=side[2])


def _pairs(
    sides: Sequence[tuple[str, str | None, bool]],
) -> Iterator[tuple[tuple[str, str | None, bool], tuple[str, str | None, bool]]]:
    """Pairs of persons of two states; of states where no person is named on both sides."""
    for place, one in enumerate(sides):
        for other in sides[place + 1 :]:
            if one[2] == other[2] and one[1] != other[1] and None not in {one[1], other[1]}:
                yield one, other


def _held(store: Store, parties: Collection[str]) -> dict[tuple[str, str], list[_Met]]:
    """Meetings held by pair, of those pairs of which one is among the parties."""
    found: dict[tuple[str, str], list[_Met]] = defaultdict(list)
    for _, a, b, _, _, joined, key, day, rank in store.rows(_HELD, (json.dumps(sorted(parties)),)):
        met = _Met(joined=joined, key=key, day=day, rank=rank if rank is not None else LEADER + 1)
        found[min(a, b), max(a, b)].append(met)
    return found


def _against(
    held: Mapping[tuple[str, str], list[_Met]], pair: tuple[str, str], claim: str, joined: int, before: str
) -> Iterator[str]:
    """The meetings that contradict a claim; none where there are too few of them."""
    known = [met.key for met in held.get((min(pair), max(pair)), ()) if met.joined != joined and met.day < before]
    if claim != "only" or len(known) > 1:
        yield from known


def _other_leaders(
    held: Mapping[tuple[str, str], list[_Met]], pair: tuple[str, str], joined: int, before: str
) -> Iterator[str]:
    """Earlier meetings of the second of the pair, whom the first is the first to meet, with leaders."""
    for (a, b), found in held.items():
        if pair[1] in {a, b} and pair[0] not in {a, b}:
            yield from (met.key for met in found if met.rank == LEADER and met.joined != joined and met.day < before)
