"""What the record says about a case: suggestions with evidence, for a person to take or leave.

1. Attention: how a party's leader and executive divide their statements over the
   issues, with n.  Never the press's own share of coverage: articles and words are not
   counted, and statements of others are not either.
2. Position cues: statements of leader and executive on an issue that speak of a named
   point of its scale, with the sentences.
3. Ties: cooperation and conflict between each pair of parties, from events.
4. Gaps: states that the coverage has in many events and the case lacks; contested
   terms that parties define and no issue names.

A statement is on an issue when it has a word of the issue's name or points (short and
common words left out), as full-text search finds it.  Nothing is written into a case.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.desk.parties import countries
from dragoman.read.findings import Definition

if TYPE_CHECKING:
    from dragoman.model import Case, Issue
    from dragoman.record import Record
    from dragoman.record.views import QuoteRow

OFFICES = ("leader", "executive")
CUES = 5
MANY_EVENTS = 5
_WORD = re.compile(r"[A-Za-z][A-Za-z-]{3,}")
_COMMON = frozenset(
    {
        "about",
        "after",
        "against",
        "before",
        "between",
        "both",
        "from",
        "have",
        "into",
        "more",
        "most",
        "none",
        "only",
        "other",
        "over",
        "such",
        "than",
        "that",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "under",
        "until",
        "upon",
        "what",
        "when",
        "where",
        "which",
        "while",
        "with",
        "without",
        "would",
        "order",
        "first",
        "last",
        "some",
        "whole",
        "every",
        "full",
        "part",
    }
)


@dataclass(frozen=True, kw_only=True)
class Cue:
    """A statement that may say where a party stands: its words, who said it, and where it stands in the record."""

    quote: str
    words: str
    speaker: str
    published: str | None
    outlet: str | None
    point: str | None


@dataclass(frozen=True, kw_only=True)
class Attention:
    """How many of a party's own statements are on each issue, and how many there are in all."""

    party: str
    statements: int
    on_issue: Mapping[str, int]
    shares: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class PositionCue:
    """Statements of a party's leader and executive on an issue."""

    party: str
    issue: str
    statements: int
    cues: tuple[Cue, ...]


@dataclass(frozen=True, kw_only=True)
class PairTie:
    """Cooperation and conflict between two parties over the record, kept apart."""

    a: str
    b: str
    cooperation: float
    conflict: float
    events: int


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Something that the coverage has and the case lacks, with its count."""

    kind: str
    name: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Suggestions:
    """Everything that a record suggests about a case."""

    attention: tuple[Attention, ...]
    positions: tuple[PositionCue, ...]
    ties: tuple[PairTie, ...]
    gaps: tuple[Gap, ...]

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def suggestions(case: Case, record: Record) -> Suggestions:
    """What ``record`` says about ``case``."""
    codes = countries(case)
    said = {party: _statements(record, code) for party, code in codes.items()}
    words = {name: issue_words(issue) for name, issue in case.issues.items()}
    return Suggestions(
        attention=tuple(_attention(party, rows, words) for party, rows in said.items()),
        positions=tuple(
            _position(party, name, case.issues[name], rows, words[name])
            for party, rows in said.items()
            for name in case.issues
        ),
        ties=_ties(record, codes),
        gaps=_gaps(case, record, codes, words),
    )


def issue_words(issue: Issue) -> frozenset[str]:
    """The stems by which a statement is known to be on an issue."""
    text = " ".join([issue.name, issue.id.replace("-", " "), *issue.scale.points])
    return frozenset(_stem(word) for word in _WORD.findall(text) if word.lower() not in _COMMON)


def _stem(word: str) -> str:
    word = word.lower().replace("z", "s")
    for ending in ("isation", "ations", "ation", "ments", "ment", "ings", "ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _WORD.findall(text))


def _statements(record: Record, state: str) -> tuple[QuoteRow, ...]:
    return record.quotes(state=state, office=OFFICES)


def _attention(party: str, rows: tuple[QuoteRow, ...], words: Mapping[str, frozenset[str]]) -> Attention:
    on = {name: sum(bool(stems & _stems(row.text)) for row in rows) for name, stems in words.items()}
    total = sum(on.values())
    return Attention(
        party=party,
        statements=len(rows),
        on_issue=on,
        shares={name: count / total for name, count in on.items()} if total else {},
    )


def _position(party: str, name: str, issue: Issue, rows: tuple[QuoteRow, ...], words: frozenset[str]) -> PositionCue:
    found = [row for row in rows if words & _stems(row.text)]
    cues = [_cue(row, issue) for row in found]
    best = sorted(cues, key=lambda cue: (cue.point is None, cue.published or "", cue.quote))[:CUES]
    return PositionCue(party=party, issue=name, statements=len(found), cues=tuple(best))


def _cue(row: QuoteRow, issue: Issue) -> Cue:
    stems = _stems(row.text)
    fits = {point: len(stems & _stems(point.replace("-", " "))) for point in issue.scale.points}
    best = max(fits, key=lambda point: fits[point], default=None)
    return Cue(
        quote=row.id,
        words=row.text,
        speaker=row.speaker or "unnamed",
        published=row.published,
        outlet=row.outlet,
        point=best if best is not None and fits[best] else None,
    )


def _ties(record: Record, codes: Mapping[str, str]) -> tuple[PairTie, ...]:
    party = {code: name for name, code in codes.items()}
    sums: dict[tuple[str, str], list[float]] = {}
    for row in record.ties("year"):
        if row.a in party and row.b in party:
            entry = sums.setdefault((party[row.a], party[row.b]), [0.0, 0.0, 0.0])
            entry[0] += row.cooperation
            entry[1] += row.conflict
            entry[2] += row.n_cooperation + row.n_conflict
    return tuple(
        PairTie(a=a, b=b, cooperation=entry[0], conflict=entry[1], events=int(entry[2]))
        for (a, b), entry in sorted(sums.items())
    )


def _gaps(case: Case, record: Record, codes: Mapping[str, str], words: Mapping[str, frozenset[str]]) -> tuple[Gap, ...]:
    known = set(codes.values())
    seen = Counter(code for row in record.events() for code in _states(row.source, row.target) if code not in known)
    parties = [Gap(kind="party", name=code, count=count) for code, count in seen.items() if count >= MANY_EVENTS]
    spoken = frozenset().union(*words.values()) if words else frozenset()
    defined = (row.finding for row in record.findings(kind="definition"))
    terms = Counter(item.term for item in defined if isinstance(item, Definition) and not _stems(item.term) & spoken)
    issues = [Gap(kind="issue", name=term, count=count) for term, count in terms.items()]
    silent = [Gap(kind="no statement", name=name, count=0) for name in case.parties if name not in codes]
    return tuple(sorted(parties + issues, key=lambda gap: (-gap.count, gap.name))) + tuple(silent)


def _states(*sides: Iterable[object]) -> set[str]:
    codes = {getattr(item, "country", None) for side in sides for item in side}
    return {code for code in codes if code and len(code) == 3 and code not in {"IGO", "NGO", "IMG", "MNC"}}


def _lines(found: Suggestions) -> Iterable[str]:
    yield "Statements of leaders and executives by issue (n in brackets):"
    for row in found.attention:
        parts = ", ".join(f"{name} {share:.0%} ({row.on_issue[name]})" for name, share in row.shares.items())
        yield f"  {row.party}: {parts or 'none on these issues'}; {row.statements} statements in all"
    if any(item.cues for item in found.positions):
        yield "Statements that cue a position:"
    for item in found.positions:
        for cue in item.cues[:2]:
            point = f" [{cue.point}?]" if cue.point else ""
            source = f"{cue.speaker}, {cue.outlet} {cue.published}"
            yield f"  {item.party} on {item.issue}{point}: {source}: {cue.words[:100]}"
    yield "Ties from events (cooperation, conflict, events):"
    for tie in found.ties:
        yield f"  {tie.a} - {tie.b}: {tie.cooperation:.0f}, {tie.conflict:.0f}, {tie.events}"
    yield "What the coverage has and the case lacks:"
    for gap in found.gaps:
        yield f"  {gap.kind}: {gap.name} ({gap.count})"
