"""What holds of an article's findings after the decisions of reviewers.  Pure; knows no database.

1. Decisions are anchored by the quoted words with what stands before and after.
   In the same text they are found where they stood, else by the words.
2. A decision speaks of the finding of its kind and type at exactly those words.  A
   better reader may take in more or fewer words: failing an exact match, of its
   kind and type the one that shares most, at least half, of the characters.
3. A contact is one kind, in person or not: another reader may know its mode better.  A decision on a CONSULT event
   that is read no more goes over to the contact in whose evidence it stood.
4. Decisions are applied in the order in which they were made.  Accepted, corrected
   and added findings hold as the reviewer left them, also where a later reader
   finds them no more; a rejected finding stays rejected where it is found again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dragoman.read.findings import Span
from dragoman.record._payload import Finding, kind_of, spans_of, type_of, whole_span

SHARED = 0.5
CONTACTS = ("meeting", "call")
STATES = {"accept": "accepted", "reject": "rejected", "correct": "corrected", "add": "added"}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A decision that is not undone.

    ``type`` is the finding's type when it was decided on, ``finding`` what shall hold.
    """

    action: str
    kind: str
    type: str | None
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    finding: Finding | None


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A finding as it holds.  ``name`` is what it is known by: span and type before any decision."""

    finding: Finding
    origin: str
    review: str
    as_read: Finding | None
    name: tuple[str, int, int, str | None]


def decide(findings: Iterable[Finding], verdicts: Sequence[Verdict], text: str) -> list[Decided]:
    """The findings of one article after the decisions on it."""
    held = [
        Decided(
            finding=one,
            origin="reader",
            review="open",
            as_read=None,
            name=(kind_of(one), *whole_span(one), type_of(one)),
        )
        for one in findings
    ]
    for verdict in verdicts:
        span = find_words(text, verdict)
        place = None if span is None else _match(held, verdict, span)
        if place is not None:
            held[place] = _judged(held[place], verdict)
        elif verdict.finding is not None and verdict.action != "reject" and span is not None:
            held.append(_kept(verdict, verdict.finding, span))
    return held


def find_words(text: str, verdict: Verdict) -> Span | None:
    """Where the words of a decision stand, or None where they do not."""
    if text[verdict.start : verdict.end] == verdict.exact:
        return verdict.start, verdict.end
    around = text.find(verdict.prefix + verdict.exact + verdict.suffix)
    start = around + len(verdict.prefix) if around >= 0 else text.find(verdict.exact)
    return None if start < 0 else (start, start + len(verdict.exact))


def _match(held: Sequence[Decided], verdict: Verdict, span: Span) -> int | None:
    alike = [place for place, one in enumerate(held) if _same_kind(one, verdict)]
    exact = [place for place in alike if span in (held[place].name[1:3], whole_span(held[place].finding))]
    if exact:
        return max(exact, key=lambda place: (_same_type(held[place], verdict), -place))
    shares = [
        (shared(held[place].name[1:3], span), _same_type(held[place], verdict), -place)
        for place in alike if held[place].review == "open"
    ]  # fmt: skip
    best = max(shares, default=(0.0, False, 0))
    return -best[2] if best[0] >= SHARED else _contact_at(held, verdict, span)


def _same_kind(one: Decided, verdict: Verdict) -> bool:
    if verdict.kind in CONTACTS:
        return one.name[0] in CONTACTS
    return one.name[0] == verdict.kind and _same_type(one, verdict)


def _same_type(one: Decided, verdict: Verdict) -> bool:
    return verdict.type in (one.name[3], type_of(one.finding))


def _contact_at(held: Sequence[Decided], verdict: Verdict, span: Span) -> int | None:
    """The one contact whose evidence holds the words of a CONSULT event; None where there are several."""
    if (verdict.kind, verdict.type) != ("event", "CONSULT") or verdict.action not in ("accept", "reject"):
        return None
    found = [
        place for place, one in enumerate(held)
        if one.name[0] in CONTACTS and any(start <= span[0] and span[1] <= end for start, end in spans_of(one.finding))
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def shared(a: Span, b: Span) -> float:
    """The share of the characters of two spans that both have (Jaccard)."""
    common = max(min(a[1], b[1]) - max(a[0], b[0]), 0)
    return common / (max(a[1], b[1]) - min(a[0], b[0])) if common else 0.0


def _judged(one: Decided, verdict: Verdict) -> Decided:
    read = one.as_read or one.finding
    if verdict.finding is None or verdict.action == "reject" or not isinstance(one.finding, type(verdict.finding)):
        return replace(one, review=STATES[verdict.action])
    review = "accepted" if verdict.action == "add" else STATES[verdict.action]
    changed = verdict.finding != read
    return replace(
        one, finding=verdict.finding, review=review, as_read=read if changed and one.origin == "reader" else None
    )


def _kept(verdict: Verdict, finding: Finding, span: Span) -> Decided:
    name = (verdict.kind, *span, verdict.type)
    return Decided(finding=finding, origin="person", review=STATES[verdict.action], as_read=None, name=name)
