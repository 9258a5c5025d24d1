"""From text to findings: scan, resolve in order, join what belongs together.

1. Hits come in text order (:mod:`._scan`); each is resolved by its rule against
   publication day and focus.  A rule that declines hands over to the next one
   that matches at the same place.
2. A second day after the first ("April 24 and 25", "May 3-5") is read from the
   first one's month.
3. A time of day takes the day named beside it, else the focus.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from dragoman.read.dates._anchor import Anchor, Direction, moves_focus
from dragoman.read.dates._deictic import moved
from dragoman.read.dates._scan import Hit, hits_at, places
from dragoman.read.dates._tense import direction_of
from dragoman.read.dates._values import Resolved, interval, make_day, precision_of
from dragoman.read.findings import DateFinding
from dragoman.read.parsed import Parsed, text_of

_LOOK = 40
_WHOLE_LENGTH = re.compile(r"P(\d+)([DWMY])")
_SIDE = re.compile(r"(?i)\s+(before|prior to|after|following|from)\s+")
_ASIDE = re.compile(r"[,”\"’] [^,.;]{0,60}\b(?:said|reported|announced|wrote|added) (?:on |in |late on |early on )?$")
_DAY_OR_MONTH = re.compile(r"\d{4}-\d\d(?:-\d\d(?:T.*)?)?$")
_SECOND_DAY = re.compile(
    r"(?P<link>\s*(?:-|–|—|\bto\b|\bthrough\b|\bthru\b)\s*|\s*,?\s*(?:and|or|&)\s+|"
    r",\s+(?=\d{1,2},?\s(?:and|or)\s\d))(?P<d>[0-3]?\d)(?:st|nd|rd|th)?(?![\w:/]|[.,]\d|\s?%|\s(?:people|"
    r"percent|million|others|years|hours|days|months|weeks)\b)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A resolved expression at its place."""

    start: int
    end: int
    resolved: Resolved
    rule: str


class Story:
    """What an article has named so far: the focus, and the years of its days and months."""

    def __init__(self, published: date | None) -> None:
        self.published = published
        self.focus: str | None = None
        self.named: dict[tuple[int, int], int] = {}

    def move(self, resolved: Resolved) -> None:
        """Take in the next expression."""
        if not moves_focus(resolved):
            return
        value = self.focus = resolved.value or ""
        if _DAY_OR_MONTH.match(value):
            year, month, day = int(value[:4]), int(value[5:7]), int(value[8:10] or 0)
            self.named[month, day] = self.named[month, 0] = year


def find_dates(parsed: Parsed) -> list[DateFinding]:
    """Every time expression of an article, in text order."""
    found: list[DateFinding] = []
    story = Story(published=parsed.published)
    for paragraph in parsed.paragraphs:
        mentions = mentions_of(text_of(paragraph.doc), story, partial(direction_of, paragraph.doc))
        found.extend(as_finding(mention, paragraph.start) for mention in mentions)
    return found


def find_in_text(text: str, published: date | None = None) -> list[DateFinding]:
    """The same for a text that is not parsed: nothing is known of tense."""
    return [as_finding(mention) for mention in mentions_of(text, Story(published=published), _no_grammar)]


def _no_grammar(_start: int, _end: int) -> Direction:
    return "unknown"


def as_finding(mention: Mention, offset: int = 0) -> DateFinding:
    """A finding with its interval, moved by ``offset``."""
    resolved = mention.resolved
    bounds = interval(resolved.value, resolved.part)
    first = resolved.first or (bounds[0].isoformat() if bounds else None)
    last = resolved.last or (bounds[1].isoformat() if bounds else None)
    return DateFinding(
        span=(mention.start + offset, mention.end + offset),
        value=resolved.value,
        kind=resolved.kind,
        start=first,
        end=last,
        precision=precision_of(resolved.value),
    )


def mentions_of(text: str, story: Story, direction: Callable[[int, int], Direction]) -> list[Mention]:
    """The expressions of one paragraph; the story moves on with them."""
    found: list[Mention] = []
    end = 0
    for place in places(text):
        if place < end:
            continue
        mentions = _resolve(text, place, story, direction)
        for mention in mentions:
            if not _is_aside(text, mention):
                story.move(mention.resolved)
            end = mention.end
        found.extend(mentions)
    return with_times(text, with_shifts(text, found), story.published)


def _is_aside(text: str, mention: Mention) -> bool:
    """Whether the day is that of a report set between commas: ``, the agency said on Friday,``."""
    before = _ASIDE.search(text[max(0, mention.start - 2 * _LOOK) : mention.start])
    return before is not None and text[mention.end : mention.end + 1] in {",", "."}


def _resolve(text: str, place: int, story: Story, direction: Callable[[int, int], Direction]) -> list[Mention]:
    for hit in hits_at(text, place):
        anchor = Anchor(
            published=story.published,
            focus=story.focus,
            named=story.named,
            direction=partial(direction, hit.start, hit.end),
            before=text[max(0, hit.start - _LOOK) : hit.start],
            after=text[hit.end : hit.end + _LOOK],
        )
        resolved = _meaning(hit, anchor)
        if resolved is not None:
            end = hit.start + len(text[hit.start : hit.end].rstrip())
            mention = Mention(start=hit.start, end=end, resolved=resolved, rule=hit.rule.name)
            return list(_with_second_days(text, mention))
    return []


def _meaning(hit: Hit, anchor: Anchor) -> Resolved | None:
    """What a hit means; nothing definite where that lies before the year 1 or after 9999."""
    try:
        return hit.rule.meaning(hit.match, anchor)
    except (OverflowError, ValueError):
        return Resolved(value=None)


def _with_second_days(text: str, mention: Mention) -> Iterator[Mention]:
    value = mention.resolved.value or ""
    if mention.rule not in {"month day", "weekday, month day"} or not re.fullmatch(r"[\dX]{4}-\d\d-\d\d", value):
        yield mention
        return
    if re.search(r"\d{4}$", text[mention.start : mention.end]):
        yield mention
        return
    match = _SECOND_DAY.match(text, mention.end)
    day = _same_month(value, int(match["d"])) if match else None
    if match is None or day is None:
        yield mention
    elif re.search(r"[-–—]", match["link"]):
        yield replace(mention, end=match.end(), resolved=replace(mention.resolved, last=day))
    else:
        yield mention
        yield from _with_second_days(
            text, Mention(start=match.start("d"), end=match.end(), resolved=Resolved(value=day), rule="month day")
        )


def _same_month(value: str, day: int) -> str | None:
    if value.startswith("X"):
        return f"{value[:8]}{day:02d}" if 1 <= day <= 31 else None
    found = make_day(int(value[:4]), int(value[5:7]), day)
    return found.isoformat() if found else None


def with_shifts(text: str, mentions: list[Mention]) -> list[Mention]:
    """A length right before a day ("two weeks before May 13") and the day become one expression."""
    done: list[Mention] = []
    for mention in mentions:
        length = done[-1] if done else None
        day = _shifted_day(text, length, mention) if length else None
        if length and day:
            done[-1] = replace(mention, start=length.start, resolved=Resolved(value=day.isoformat()), rule="shift")
        else:
            done.append(mention)
    return done


def _shifted_day(text: str, length: Mention, mention: Mention) -> date | None:
    size = _WHOLE_LENGTH.fullmatch(length.resolved.value or "")
    side = _SIDE.fullmatch(text, length.end, mention.start)
    day = interval(mention.resolved.value)
    if not (size and side and day and precision_of(mention.resolved.value) == "day"):
        return None
    return moved(day[0], int(size[1]), size[2], -1 if side[1].lower() in {"before", "prior to"} else 1)


def with_times(text: str, mentions: list[Mention], published: date | None) -> list[Mention]:
    """Clock times put on their day; a time and the day right behind it become one expression."""
    done: list[Mention] = []
    waiting = list(reversed(mentions))
    day = published.isoformat() if published else None
    while waiting:
        mention = waiting.pop()
        if mention.rule != "clock":
            day = _day_of(mention) or day
            done.append(mention)
            continue
        after = waiting[-1] if waiting else None
        beside = _day_of(after) if after else None
        if after and beside and not text[mention.end : after.start].strip():
            waiting.pop()
            day = beside
            done.append(_timed(replace(mention, end=after.end), beside))
        else:
            near = (
                beside
                if after and re.fullmatch(r"\s*,?\s*(?:on\s+)?|[^.]{0,14}\)\s*", text[mention.end : after.start])
                else None
            )
            day = near or day
            done.append(_timed(mention, day))
    return done


def _day_of(mention: Mention) -> str | None:
    value = mention.resolved.value or ""
    return value[:10] if re.match(r"\d{4}-\d\d-\d\d", value) and mention.resolved.kind in {"DATE", "TIME"} else None


def _timed(mention: Mention, day: str | None) -> Mention:
    clock = mention.resolved.value or ""
    return replace(mention, resolved=Resolved(value=f"{day}{clock}" if day else None, kind="TIME"))
