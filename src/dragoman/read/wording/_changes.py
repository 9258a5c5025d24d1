"""What is new in a speaker's wording since the last statement.

Method:
1. Statements of one speaker on one term are taken in order of date.
2. A statement's wording is reduced to phrases: runs of its words between function
   words, in lower case (after the candidate phrases of RAKE: Rose, Engel, Cramer and
   Cowley, Automatic keyword extraction from individual documents, 2010).
3. New are the phrases that no word of the last statement covers; dropped those of the
   last that this one leaves out; first, what no earlier statement had at all.
4. The authority is that of the office: leader, executive, then the rest, which do not
   establish a government's position.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Literal

from dragoman.read.findings import SpeaksFor

Authority = Literal["leader", "government", "official voice", "context"]

_FUNCTION = frozenset(
    {"a", "an", "the", "of", "to", "in", "on", "at", "for", "by", "with", "from", "and", "or", "but", "that", "which",
     "who", "is", "are", "was", "were", "be", "been", "being", "it", "its", "their", "his", "her", "our", "this",
     "these", "those", "as", "would", "will", "shall", "should", "could", "may", "can", "has", "have", "had", "do",
     "does", "did", "we", "they", "he", "she", "i", "you", "must", "there", "so", "such", "than", "then", "if"}
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One wording of a term: whose, when, in which words, and for whom the speaker speaks."""

    speaker: str
    term: str
    wording: str
    when: date
    speaks_for: SpeaksFor | None = None


@dataclass(frozen=True, kw_only=True)
class WordingChange:
    """A statement against the speaker's last on the same term.

    ``new`` and ``dropped`` are phrases; ``first`` are those that no earlier statement
    of the speaker had; ``since`` is the day of the last statement.
    """

    speaker: str
    term: str
    when: date
    since: date
    wording: str
    before: str
    new: tuple[str, ...]
    dropped: tuple[str, ...]
    first: tuple[str, ...]
    authority: Authority


def wording_changes(statements: Iterable[Statement]) -> list[WordingChange]:
    """Every statement whose wording differs from the speaker's last on the same term, by speaker, term and date."""
    found: list[WordingChange] = []
    ordered = sorted(statements, key=lambda item: (item.speaker, item.term, item.when))
    for _, group in groupby(ordered, key=lambda item: (item.speaker, item.term)):
        found.extend(_changes_of(list(group)))
    return found


def _changes_of(group: Sequence[Statement]) -> Iterable[WordingChange]:
    seen: set[str] = set()
    for before, now in pairwise(group):
        seen |= content_words(before.wording)
        old, new = content_words(before.wording), content_words(now.wording)
        added = _phrases_with(now.wording, new - old)
        dropped = _phrases_with(before.wording, old - new)
        if added or dropped:
            yield WordingChange(
                speaker=now.speaker, term=now.term, when=now.when, since=before.when, wording=now.wording,
                before=before.wording, new=added, dropped=dropped, first=_phrases_with(now.wording, new - seen),
                authority=authority_of(now.speaks_for),
            )  # fmt: skip


def phrases(wording: str) -> tuple[str, ...]:
    """Runs of content words, in order."""
    runs: list[list[str]] = [[]]
    for word in re.findall(r"[^\W_]+(?:[-’'][^\W_]+)*|[.,;:!?]", wording.lower()):
        if word in _FUNCTION or not word[0].isalnum():
            runs.append([])
        else:
            runs[-1].append(word)
    return tuple(" ".join(run) for run in runs if run)


def content_words(wording: str) -> frozenset[str]:
    """The content words of a wording, in lower case; British and American -ise are one."""
    return frozenset(_plain(word) for phrase in phrases(wording) for word in phrase.split())


def _plain(word: str) -> str:
    return re.sub(r"is(?=(?:e|ed|es|ing|ation|ations)$)", "iz", word)


def _phrases_with(wording: str, wanted: frozenset[str] | set[str]) -> tuple[str, ...]:
    return tuple(
        phrase for phrase in dict.fromkeys(phrases(wording)) if any(_plain(word) in wanted for word in phrase.split())
    )


def authority_of(speaks_for: SpeaksFor | None) -> Authority:
    """How much a statement binds: only a leader and an executive establish a government's position."""
    office = speaks_for.office if speaks_for is not None else "other"
    if office == "leader":
        return "leader"
    if office == "executive":
        return "government"
    return "official voice" if office in {"state media", "military", "legislature", "party"} else "context"
