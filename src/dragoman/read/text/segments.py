"""What kind of text an article is, and the stretches that it consists of: turns, points, posts, quoted mail.

The first of these that holds gives the genre and the segments; else the article is one body:

- a **transcript**, or an interview where one answers who has no label in capitals: lines that begin with a speaker's
  label ("MR. KIRBY:", "Moderator:", "Q", "Q:"), three at least, of two at least, one of them twice.  The unnamed asker
  ("Q", "QUESTION:") is a turn without a speaker: he speaks for nobody.  Lines without a label go on with the turn.
- a **communique**: numbered points, three at least in rising order, and words by which sides bind themselves
  ("have agreed", "the two sides", "the Parties shall").  Points keep their numbers.
- a **live blog**: posts that begin with their time, three at least.  A post that says that it corrects is a correction.
- a **mail** that quotes another: the lines after "On ... wrote:" or behind ">" are quoted mail.

Segments cover the text in order and do not overlap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.read.sources._article import Article, Genre, Segment, SegmentKind

_LINE = re.compile(r"[^\n]+")
_TITLE = r"(?:Mr|Mrs|Ms|Dr|Sir|Dame|Amb|Ambassador|Secretary|Minister|President|Prime Minister|Sen|Gen|Chancellor|Lord)"
_NAME = r"[A-Z][\w'’.\-]*"
_LABEL = re.compile(
    rf"(?:(?P<asker>Q(?:UESTION|uestion)?|REPORTER|Reporter|A JOURNALIST)(?=[:.)]|\s+[A-Z(“\"]|\s*$)(?P<end1>[:.)]?)"
    rf"|(?P<answer>A(?:NSWER|nswer)?(?=[:.]))(?P<end2>[:.])"
    rf"|(?P<name>(?:[A-Z][A-Z'’.\-]+(?: (?:[A-Z][A-Z'’.\-]*|de|van|von|al)){{0,5}}"
    rf"|{_TITLE}\.?(?: {_NAME}){{1,4}}|{_NAME}(?: (?:{_NAME}|de|van|von|al|bin|of|for|the|and)){{0,5}})"
    rf"(?: ?\([^()\n]{{1,60}}\))?)(?P<end3>:))[ \t]*"
)
_ASKERS = frozenset({"question", "q", "reporter", "a reporter", "journalist", "press", "media", "unidentified reporter",
                     "unidentified speaker", "audience member", "participant"})  # fmt: skip
_NO_SPEAKERS = frozenset(
    [
        "note", "notes", "update", "correction", "related", "read", "source", "sources", "photo", "image", "video",
        "caption", "location", "date", "time", "place", "subject", "from", "to", "cc", "background", "analysis",
        "editor", "location", "contact", "tags", "topics", "summary", "conclusion", "example", "warning",
        "published", "updated", "posted", "copyright", "url", "http", "https", "breaking", "watch", "listen",
        "more", "also", "see"
    ]
)  # fmt: skip
_POINT = re.compile(r"(?P<number>(?:Article|Point|Paragraph)?\s?\d{1,3})(?:[.):]|(?=\s*$))[ \t]+|"
                    r"(?P<article>(?:Article|Point|ARTICLE) (?:\d{1,3}|[IVXL]{1,7}))[.:]?[ \t]*"
                    r"(?=$|[A-Z])")  # fmt: skip
_BINDING = re.compile(
    r"\b(?:joint (?:statement|declaration|communiqu[eé])|communiqu[eé]|memorandum of understanding|agreement|"
    r"the (?:two|three|four|both) (?:sides|parties|leaders|countries|states)|the (?:High )?(?:Contracting )?Parties|"
    r"the undersigned|(?:have|has) agreed (?:as follows|to|that|on)|undertakes?|shall)\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?P<time>(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?[ap]\.?m\.?)?|(?:1[0-2]|[1-9])\s?[ap]\.?m\.?)"
                   r"(?:\s?(?:GMT|UTC|BST|CET|CEST|EST|EDT|ET|KST|JST|MSK|local time))?(?=$|[\s:–—|-])[\s:–—|-]*",
                   re.IGNORECASE)  # fmt: skip
_CORRECTS = re.compile(r"(?:Correction|CORRECTION|Clarification|"
                       r"This post (?:has been|was) (?:corrected|amended|updated)|"
                       r"An earlier (?:version|post))\b")  # fmt: skip
_WROTE = re.compile(r"(?:On\b.{4,120}\bwrote:|Am\b.{4,120}\bschrieb\b.{0,60}:|Le\b.{4,120}\ba écrit ?:|"
                    r"-{2,}\s*Original Message\s*-{2,})\s*$")  # fmt: skip
_FEWEST = 3
_LABELS_SHARE = 0.2
_SIGNED = re.compile(r"(?:signed|done) (?:at|in)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class _Start:
    """Where a segment starts, and what its label says."""

    at: int
    kind: SegmentKind
    lead: int = 0
    speaker: str | None = None
    time: str | None = None
    number: str | None = None


def segmented(article: Article) -> Article:
    """The article with its genre and its segments, unless its reader gave them."""
    if article.segments:
        return article
    genre, segments = segments_of(article.text, mail=article.kind in ("mail", "msg"), title=article.title)
    return replace(article, genre=article.genre or genre, segments=segments)


def segments_of(text: str, *, mail: bool = False, title: str | None = None) -> tuple[Genre, tuple[Segment, ...]]:
    """The genre of a text and its segments."""
    lines = [(match.start(), match.group()) for match in _LINE.finditer(text)]
    turns = _turns(lines)
    if turns:
        named = {start.speaker for start in turns if start.speaker}
        spoken = len(named) > 1 or any(name.isupper() and len(name) > 1 for name in named)
        interview = not spoken or (title or "").lower().startswith("interview")
        return ("interview" if interview else "transcript"), _cover(text, turns)
    points = _points(lines, text, title)
    if points:
        return "communique", _cover(text, points)
    posts = _posts(lines)
    if posts:
        return "live blog", _cover(text, posts)
    quoted = _quoted(lines) if mail else []
    return ("mail" if mail else "report"), _cover(text, quoted)


def _cover(text: str, starts: Sequence[_Start]) -> tuple[Segment, ...]:
    """Segments from each start to the next; what stands before the first is the head of a divided text."""
    from dragoman.read.sources._article import Segment

    if not text.strip():
        return ()
    first = starts[0].at if starts else len(text)
    found: list[Segment] = []
    if text[:first].strip():
        found.append(Segment(start=0, end=first, kind="head" if starts and starts[0].kind != "quoted mail" else "body"))
    ends = [start.at for start in starts[1:]]
    for start, after in zip(starts, [*ends, len(text)], strict=False):
        found.append(
            Segment(start=start.at, end=after, kind=start.kind, speaker=start.speaker, time=start.time,
                    number=start.number, lead=start.lead)
        )  # fmt: skip
    return tuple(found)


def _turns(lines: Sequence[tuple[int, str]]) -> list[_Start]:
    found = []
    for at, line in lines:
        indent = len(line) - len(line.lstrip())
        match = _LABEL.match(line, indent)
        if match is None or not (label := _label(match, line)):
            continue
        speaker = None if label == "?" else label
        found.append(_Start(at=at, kind="turn", lead=match.end(), speaker=speaker))
    labels = Counter((start.speaker or "?").casefold() for start in found)
    dialogue = len(labels) >= 2 and max(labels.values()) >= 2
    if len(found) < _FEWEST or not dialogue or len(found) < _LABELS_SHARE * min(len(lines), 20):
        return []
    return _answering(found)


def _label(match: re.Match[str], line: str) -> str | None:
    """A label's speaker, ``?`` for an asker without a name, None where it is none."""
    if match["asker"]:
        return "?"
    if match["answer"]:
        return "A"
    name = re.sub(r"\s*\(.*\)$", "", match["name"]).strip()
    if name.casefold() in _ASKERS:
        return "?"
    words = name.split()
    if words[0].casefold().strip(".") in _NO_SPEAKERS or "//" in line[match.end() : match.end() + 3]:
        return None
    return name if len(words) <= 6 else None


def _answering(starts: list[_Start]) -> list[_Start]:
    """Turns of "A:" belong to the one who is named elsewhere, if it is one."""
    named = Counter(start.speaker for start in starts if start.speaker not in (None, "A"))
    only = next(iter(named)) if len(named) == 1 else None
    return [replace(start, speaker=only or "A") if start.speaker == "A" else start for start in starts]


def _points(lines: Sequence[tuple[int, str]], text: str, title: str | None) -> list[_Start]:
    found: list[_Start] = []
    last = 0
    for at, line in lines:
        indent = len(line) - len(line.lstrip())
        match = _POINT.match(line, indent)
        if match is None:
            continue
        number = (match["number"] or match["article"]).strip()
        value = _value(number)
        if value == last + 1 and (
            line[match.end() : match.end() + 1].isupper() or match["article"] or match.end() >= len(line)
        ):
            found.append(_Start(at=at, kind="point", lead=match.end(), number=str(value)))
            last = value
    binding = len(_BINDING.findall(f"{title or ''}\n{text[:20_000]}"))
    return found if len(found) >= _FEWEST and binding >= 2 else []


def _value(number: str) -> int:
    digits = number.rsplit(maxsplit=1)[-1]
    return int(digits) if digits.isdigit() else _roman(digits)


def _roman(letters: str) -> int:
    worth = {"I": 1, "V": 5, "X": 10, "L": 50}
    values = [worth.get(letter, 0) for letter in letters]
    return sum(-value if value < max(values[place:], default=0) else value for place, value in enumerate(values))


def _posts(lines: Sequence[tuple[int, str]]) -> list[_Start]:
    found = []
    times = 0
    for at, line in lines:
        indent = len(line) - len(line.lstrip())
        match = _TIME.match(line, indent)
        if match is not None and not line[match.end() :][:1].islower():
            times += 1
            found.append(_Start(at=at, kind="post", lead=match.end(), time=match["time"]))
        elif found and _CORRECTS.match(line, indent):
            found.append(_Start(at=at, kind="correction", time=found[-1].time))
    return found if times >= _FEWEST and times >= 0.1 * len(lines) else []


def _quoted(lines: Sequence[tuple[int, str]]) -> list[_Start]:
    for number, (at, line) in enumerate(lines):
        if _WROTE.match(line.strip()):
            return [_Start(at=at, kind="quoted mail", lead=len(line))]
        if line.startswith(">") and all(other.startswith(">") for _, other in lines[number : number + 3]):
            return [_Start(at=at, kind="quoted mail")]
    return []


def said_in(segments: Sequence[Segment]) -> Iterator[tuple[int, int, Segment]]:
    """The stretches of words, labels left out, each with its segment."""
    for segment in segments:
        yield segment.start + segment.lead, segment.end, segment
