"""Finding time expressions: one pass over the words for triggers, the grammar only around them.

1. Every word and number is looked up in one set; most sentences hold no trigger
   and cost no more than that.
2. Around the triggers one alternation of all rules runs over a window of some
   words to each side.  The leftmost match wins and, where several rules match at
   one place, the first in the order of :data:`RULES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dragoman.read.dates import _clock, _days, _deictic, _holidays, _lengths, _periods, _recurring, _story, _weekdays
from dragoman.read.dates import _words as w
from dragoman.read.dates._rule import Rule

BEFORE = 48
_WORD_START = re.compile(r"(?<![\w$£€#])[\w'’]")


RULES: tuple[Rule, ...] = (
    *_holidays.FIXED_RULES,
    *_days.RULES,
    *_periods.FIRST_RULES,
    *_holidays.RULES,
    *_clock.RULES,
    *_recurring.FIRST_RULES,
    *_deictic.FIRST_RULES,
    *_weekdays.FIRST_RULES,
    *_story.RULES,
    *_lengths.FIRST_RULES,
    *_weekdays.RULES,
    *_deictic.RULES,
    *_periods.RULES,
    *_days.LATE_RULES,
    *_recurring.SET_RULES,
    *_lengths.RULES,
    *_recurring.VAGUE_RULES,
)

_TOKEN = re.compile(r"[A-Za-z]+|['’]?\d+(?:[:/.-]\d+)*s?")
_OTHER_TRIGGERS = w.word_set(
    """
    jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun centuries
    millennia spring summer autumn fall winter weekday everyday morning mornings afternoon afternoons evening
    evenings midnight noon midday dawn clock gmt utc fy q1 q2 q3 q4 h1 h2 today tonight yesterday tomorrow
    overnight now currently current presently present moment nowadays recent recently past lately formerly ago
    future daily weekly monthly yearly annual annually hourly nightly quarterly biweekly fortnightly biannual
    semiannual biennial twenties thirties forties fifties sixties seventies eighties nineties christmas
    thanksgiving easter halloween eve pentecost epiphany juneteenth gras mayo upon
    """
)
_UNIT_WORDS = [unit for unit in w.UNIT_CODE if unit not in {"min", "hr", "yr", "centurie"}]
_WORD_TRIGGERS = frozenset(
    [name.lower() + ending for name in w.WEEKDAYS for ending in ("", "s")]
    + [name.lower() for name in w.MONTHS]
    + [unit + ending for unit in _UNIT_WORDS for ending in ("", "s", "long")]
    + sorted(_OTHER_TRIGGERS)
)
_NUMBER_TRIGGER = re.compile(
    r"1[4-9]\d\ds?|20\d\ds?|21[0-4]\d|\d+[:/-]\d.*|\d+\.\d+\.\d+|(?:19|20)\d{6}|['’]\d\ds?|\d0s|[0-2]\d[0-5]\d"
)
_MERIDIEM = re.compile(r"\d\s?[AaPp]\.?[Mm]\b|\bQ[1-4]\b|\bthe \d{1,2}(?:st|nd|rd|th)\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A stretch of text that a rule's pattern matched."""

    start: int
    end: int
    rule: Rule
    match: re.Match[str]


@cache
def _grammar() -> re.Pattern[str]:
    """All rules in one alternation; the number of the group that matched is the place of the rule."""
    body = "|".join(f"(?P<r{place}>{rule.nameless})" for place, rule in enumerate(RULES))
    return re.compile(rf"(?<![\w$£€#])(?:{body})(?![A-Za-z0-9])", re.IGNORECASE)


def places(text: str) -> Iterator[int]:
    """Where an expression may begin: the words before each trigger and the trigger itself, in order."""
    last = 0
    for start, end in _triggers(text):
        for match in _WORD_START.finditer(text, max(last, start - BEFORE), end):
            yield match.start()
        last = max(last, end)


def _triggers(text: str) -> list[tuple[int, int]]:
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word.lower() in _WORD_TRIGGERS if word[0].isalpha() else _NUMBER_TRIGGER.fullmatch(word):
            found.append(match.span())
    extra = [match.span() for match in _MERIDIEM.finditer(text)]
    return sorted(found + extra) if extra else found


def hits_at(text: str, place: int) -> Iterator[Hit]:
    """Every rule that matches at one place, in order."""
    found = _grammar().match(text, place)
    if found is None:
        return
    for rule in RULES[int((found.lastgroup or "r0")[1:]) :]:
        match = rule.regex.match(text, place)
        if match is not None and match.end() > place and not text[match.end() : match.end() + 1].isalnum():
            yield Hit(start=place, end=match.end(), rule=rule, match=match)
