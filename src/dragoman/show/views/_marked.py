"""An article's text cut into pieces, so that every finding is marked and can be pointed at.

Findings overlap.  The text is cut at every start and end of a span; a piece carries
the classes of all spans that cover it, and an anchor ``s<start>`` for every finding
that starts there.  Excerpts keep the sentences around findings and say what is cut.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class MarkedSpan:
    """A span to mark: its class in the style sheet, its explanation, whether it can be pointed at."""

    start: int
    end: int
    kind: str
    title: str = ""
    anchor: bool = True


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of text under the same marks; ``cut`` stands for words left out."""

    text: str
    start: int
    classes: str = ""
    title: str = ""
    anchors: tuple[str, ...] = ()
    cut: bool = False


def pieces_of(text: str, spans: Sequence[MarkedSpan], kept: Sequence[Span] | None = None) -> tuple[Piece, ...]:
    """The text in pieces; with ``kept``, only those spans of it, and a cut for what lies between."""
    edges = {0, len(text)}
    for span in spans:
        edges.update((min(max(span.start, 0), len(text)), min(max(span.end, 0), len(text))))
    for start, end in kept or ():
        edges.update((start, end))
    marks = sorted(edges)
    open_at = _covering(spans, marks)
    anchors = _anchors(spans)
    made: list[Piece] = []
    for start, end in pairwise(marks):
        if kept is not None and not _within(start, kept):
            if not made or not made[-1].cut:
                made.append(Piece(text="", start=start, cut=True))
            continue
        made.append(_piece(text, start, end, open_at[start], anchors.get(start, ())))
    return tuple(made)


def _piece(text: str, start: int, end: int, spans: Sequence[MarkedSpan], anchors: tuple[str, ...]) -> Piece:
    kinds = dict.fromkeys(span.kind for span in spans)
    titles = dict.fromkeys(span.title for span in spans if span.title)
    return Piece(
        text=text[start:end],
        start=start,
        classes=" ".join(["f", *(f"{kind}-f" for kind in kinds)]) if kinds else "",
        title="; ".join(titles),
        anchors=anchors,
    )


def _covering(spans: Sequence[MarkedSpan], marks: Sequence[int]) -> dict[int, list[MarkedSpan]]:
    """For every cut, the spans that cover the piece which starts there, by one sweep."""
    starts: dict[int, list[MarkedSpan]] = defaultdict(list)
    for span in spans:
        starts[max(span.start, 0)].append(span)
    active: list[MarkedSpan] = []
    made = {}
    for mark in marks:
        active = [span for span in active if span.end > mark] + [s for s in starts.get(mark, ()) if s.end > mark]
        made[mark] = active
    return made


def _anchors(spans: Iterable[MarkedSpan]) -> dict[int, tuple[str, ...]]:
    return {span.start: (f"s{span.start}",) for span in spans if span.anchor}


def _within(place: int, kept: Sequence[Span]) -> bool:
    return any(start <= place < end for start, end in kept)


def excerpts(text: str, spans: Iterable[Span], *, around: int = 120, most: int = 1200) -> tuple[Span, ...]:
    """The parts of a text to keep as excerpts: whole sentences near the spans, no more than ``most`` characters.

    Every span's own words are kept; what surrounds them is cut at sentence ends where one is near.
    """
    made: list[Span] = []
    used = 0
    for start, end in sorted(set(spans)):
        first, last = _sentence_start(text, start, around), _sentence_end(text, end, around)
        if made and first <= made[-1][1]:
            grown = max(made[-1][1], last)
            used += grown - made[-1][1]
            made[-1] = (made[-1][0], grown)
            continue
        if used >= most:
            first, last = start, end
        used += last - first
        made.append((first, last))
    return tuple(made)


def _sentence_start(text: str, place: int, around: int) -> int:
    floor = max(0, place - around)
    found = max(text.rfind(mark, floor, place) for mark in (". ", ".\n", "\n\n", "? ", "! "))
    return found + 2 if found >= 0 else floor


def _sentence_end(text: str, place: int, around: int) -> int:
    if text[max(0, place - 1) : place] in {".", "!", "?"}:
        return place
    found = [text.find(mark, place, place + around) for mark in (". ", ".\n", "\n\n", "? ", "! ")]
    near = [item for item in found if item >= 0]
    return min(near) + 1 if near else min(len(text), place + around)
