"""Stances: who demands, offers, accepts, rejects, conditions or supports what, in the talks.

1. A word of the table ``world/stances.psv`` (verb, noun or adjective) with what it governs: an infinitive, a clause, or
   a thing that is negotiated.  Whose it is says :mod:`dragoman.read.promises._holders`; who is nobody's side has none.
2. In a party's own words or in what it says: "must", "should" and "has to" said of another side or of the deal are
   demands, "will not" and "would never" of itself rejections (:mod:`dragoman.read.stances._spoken`).
3. What hangs on "only if", "unless", "until" or "provided that" is a condition.
4. Negation turns acceptance and support into rejection; a demand or an offer that was not made is no stance.

A stance is one party's: what two sides want together are two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.read.findings import DateFinding, Stance
from dragoman.read.promises._clause import condition_of, extent
from dragoman.read.promises._holders import Holders
from dragoman.read.stances._cues import by_cues
from dragoman.read.stances._spoken import by_speech
from dragoman.read.stances._told import audience_of, is_hearsay, speaker_of, strength_of

if TYPE_CHECKING:
    from dragoman.read.parsed import Parsed
    from dragoman.read.reference import Reference
    from dragoman.read.stances._candidate import Candidate

__all__ = ["SURE", "find_stances"]

SURE = 0.5


def find_stances(parsed: Parsed, reference: Reference, dates: Sequence[DateFinding]) -> list[Stance]:
    """The stances that the text tells, in order."""
    holders = Holders(parsed, reference)
    found = (_made(one, holders, dates) for one in (*by_cues(parsed, holders), *by_speech(parsed, holders)))
    return _distinct(replace(stance, by=(party,)) for stance in found for party in stance.by)


def _made(one: Candidate, holders: Holders, dates: Sequence[DateFinding]) -> Stance:
    head = one.head
    start, end = extent(head, one.others, one.leave)
    near = (head, one.cue, one.cue.head) if one.cue.pos_ == "ADJ" else (head, one.cue)
    place = next((found for word in near if (found := condition_of(word)) is not None), None)
    sentence = one.paragraph.span_of(head.sent)
    return Stance(
        by=one.by, kind=one.kind, what=one.paragraph.span_of(head.doc[start:end]),
        speaker=speaker_of(holders, one), date=_day(sentence, dates), status=one.status, confidence=one.sure,
        counted=one.sure >= SURE, condition=one.paragraph.span_of(head.doc[place[0] : place[1]]) if place else None,
        hearsay=is_hearsay(one), audience=audience_of(one), strength=strength_of(one),
        rule=one.rule, cue=one.paragraph.span_of(one.cue),
    )  # fmt: skip


def _day(sentence: tuple[int, int], dates: Sequence[DateFinding]) -> DateFinding | None:
    inside = (item for item in dates if sentence[0] <= item.span[0] and item.span[1] <= sentence[1])
    return next((item for item in inside if item.kind == "DATE" and item.start is not None), None)


def _distinct(found: Iterable[Stance]) -> list[Stance]:
    """Stances in order; of those of one party whose words overlap by more than half, the surest alone."""
    kept: list[Stance] = []
    for item in sorted(found, key=lambda one: (-one.confidence, one.what[0] - one.what[1])):
        if not any(item.by == other.by and _overlap(item.what, other.what) for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda one: (one.what, one.by))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * shared > min(one[1] - one[0], other[1] - other[0])
