"""A ledger of what was promised: clause, by whom, to whom, by when, on what condition, and its reported fate.

1. Verbs, nouns and adjectives of promise (``world/promises.psv``) with the clauses they govern
   (:mod:`dragoman.read.promises._cues`); a negated, possible or merely wanted promise is none.
2. ``will``, ``is to`` and ``would`` where a party binds itself: in its own text, in the contents of a document, in what
   it says of itself (:mod:`dragoman.read.promises._will`).  A prediction, a schedule of others and a hope are none.
3. The fate is what the rest of the text says of it: kept, broken, disputed, superseded; open where it says nothing.

``rule`` names what proposed it, ``confidence`` how often that rule is right; from :data:`SURE` on it is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.read.findings import Commitment, DateFinding, Fate
from dragoman.read.promises._clause import condition_of, extent
from dragoman.read.promises._cues import by_cues
from dragoman.read.promises._deeds import about, deed_of, undone_by
from dragoman.read.promises._fate import fate_of
from dragoman.read.promises._holders import Holders
from dragoman.read.promises._reports import reported_fates
from dragoman.read.promises._will import by_will

if TYPE_CHECKING:
    from dragoman.read.findings import Span
    from dragoman.read.parsed import Parsed
    from dragoman.read.promises._candidate import Candidate
    from dragoman.read.reference import Reference

__all__ = ["SURE", "find_fates", "find_promises", "undone_by"]

SURE = 0.5


def find_promises(parsed: Parsed, reference: Reference, dates: Sequence[DateFinding]) -> list[Commitment]:
    """The promises that the text reports, in order; ``by`` and ``to`` are ids of parties."""
    holders = Holders(parsed, reference)
    candidates = [*by_cues(parsed, holders), *by_will(parsed, holders)]
    return _distinct(_made(parsed, one, dates) for one in candidates if one.by)


def find_fates(parsed: Parsed, reference: Reference, dates: Sequence[DateFinding]) -> list[Fate]:
    """What the text reports of promises told elsewhere: kept, broken, disputed, superseded; in order."""
    return reported_fates(parsed, Holders(parsed, reference), dates)


def _made(parsed: Parsed, one: Candidate, dates: Sequence[DateFinding]) -> Commitment:
    head = one.head
    start, end = extent(head, one.others, one.leave)
    span = one.paragraph.span_of(head.doc[start:end])
    place = condition_of(head)
    fate, evidence = fate_of(parsed, span, head)
    return Commitment(
        span=span, clause=parsed.text[span[0] : span[1]], by=one.by, to=one.to, due=_due(parsed, span, dates),
        condition=head.doc[place[0] : place[1]].text if place else None, fate=fate,
        evidence=(one.paragraph.span_of(head.sent), *evidence), deed=deed_of(head), about=about(head),
        confidence=one.sure, counted=one.sure >= SURE, rule=one.rule, cue=one.paragraph.span_of(one.cue),
    )  # fmt: skip


def _due(parsed: Parsed, span: Span, dates: Sequence[DateFinding]) -> DateFinding | None:
    published = parsed.published
    for item in dates:
        inside = span[0] <= item.span[0] and item.span[1] <= span[1] and item.kind == "DATE"
        if inside and item.end is not None and (published is None or item.end[:10] >= published.isoformat()):
            return item
    return None


def _distinct(found: Iterable[Commitment]) -> list[Commitment]:
    """Promises in order, without those whose clause lies inside another's that is as sure; the surer of two alike."""
    kept: list[Commitment] = []
    for item in sorted(found, key=lambda one: (one.span[0], -one.span[1], -one.confidence)):
        if kept and item.span[1] <= kept[-1].span[1]:
            if item.confidence > kept[-1].confidence and 2 * (item.span[1] - item.span[0]) >= (
                kept[-1].span[1] - kept[-1].span[0]
            ):
                kept[-1] = item
            continue
        kept.append(item)
    return kept
