"""The closed vocabulary of time expressions, as patterns and as numbers.

Only words of the language: calendar names, numerals, units, parts of the day.
Patterns match in any case; where case tells (May, March), the meaning looks at it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_SHORT = ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec")
_WEEKDAY_SHORT = ("Mon", "Tues", "Tue", "Wed", "Thurs", "Thur", "Thu", "Fri", "Sat", "Sun")

MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)}
WEEKDAY_NUMBER = {name[:3].lower(): number for number, name in enumerate(WEEKDAYS, start=1)}


MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(_MONTH_SHORT)})\b\.?)"
MONTH_FULL = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(_MONTH_SHORT)})\.)"
WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
WEEKDAY_ANY = rf"(?:{'|'.join(WEEKDAYS)}|(?:{'|'.join(_WEEKDAY_SHORT)})\b\.?)"

_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
    "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh",
    "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
)  # fmt: skip
CARDINALS = {word: number for number, word in enumerate(_ONES, start=1)}
CARDINALS.update({word: 10 * number for number, word in enumerate(_TENS, start=2)})
CARDINALS.update({"a": 1, "an": 1, "another": 1, "the": 1, "dozen": 12, "hundred": 100, "thousand": 1000})
ORDINALS = {word: number for number, word in enumerate(_ORDINALS, start=1)}

_SMALL = "|".join(sorted((*_ONES, *_TENS), key=len, reverse=True))
_WORD_NUMBER = rf"(?:(?:{'|'.join(_TENS)})[- ](?:{'|'.join(_ONES[:9])})|{_SMALL})"
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}(?:\.\d+)?(?: (?:and )?\d/\d)?|(?:{_WORD_NUMBER}(?: and a half)?(?: hundred)?"
    r"|(?:a )?(?:half[- ])?dozen|(?:a )?hundred|(?:a )?thousand))"
)
VAGUE_NUMBER = (
    r"(?:(?:a )?few(?: more| dozen)?|several(?: more| dozen| hundred)?|a couple(?: of)?|couple "
    r"of|many|some|a number of|dozens of|scores of|hundreds of|thousands of|countless|various|multiple|untold)"
)
ORDINAL_WORD = rf"(?:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})".replace("-", "[- ]")
ORDINAL = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{ORDINAL_WORD})"

UNIT = (
    r"(?:seconds?|minutes?|mins?\.?|hours?|hrs?\.?|days?|nights?|weeks?|weekends?|fortnights?|months?|"
    r"quarters?|years?|yrs?\.?|decades?|century|centuries|millenni(?:um|a)|generations?)"
)
LONG_UNIT = (
    r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|quarters?|years?|"
    r"decades?|century|centuries)"
)
PART = r"(?:mornings?|afternoons?|evenings?|nights?|midnight|noon|midday|lunchtime|dawn|dusk)"
SEASON = r"(?:spring|summer|autumn|fall|winter)"
YEAR = r"(?:1[4-9]\d\d|20\d\d|21[0-4]\d)"
TIMEZONE = r"(?:GMT|UTC|BST|CET|CEST|EET|MSK|IST|JST|KST|HKT|SGT|[ECMP][SD]?T|AEST|AEDT|Z)\b"
CLOCK = (
    r"(?:(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)? ?(?:[AaPp]\.?[Mm]\b\.?)?"
    r"|(?:1[0-2]|0?[1-9]) ?(?:[AaPp]\.[Mm]\.?|[AaPp][Mm]\b)|(?:[01]\d|2[0-3])[0-5]\d(?= (?:hours|hrs|GMT|UTC|local))"
    rf"|(?:1[0-2]|[1-9]|(?:{'|'.join(_ONES[:12])})) o['’]clock|(?:high noon|noon|midnight|midday))"
)

UNIT_CODE = {
    "second": "TS",
    "minute": "TM",
    "min": "TM",
    "hour": "TH",
    "hr": "TH",
    "day": "D",
    "night": "D",
    "week": "W",
    "weekend": "WE",
    "fortnight": "F",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "yr": "Y",
    "decade": "DE",
    "century": "CE",
    "centurie": "CE",
    "millennium": "ML",
    "millennia": "ML",
    "generation": "GE",
}
PART_CODE = {
    "morning": "MO",
    "afternoon": "AF",
    "evening": "EV",
    "night": "NI",
    "dawn": "MO",
    "dusk": "EV",
    "lunchtime": "MI",
}
PART_CLOCK = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}
SEASON_CODE = {"spr": "SP", "sum": "SU", "aut": "FA", "fal": "FA", "win": "WI"}
_STRIP = re.compile(r"[.,]+$")


class UnknownWordError(ValueError):
    """A pattern let a word through that its table does not have: the expression means nothing definite."""


def known(table: Mapping[str, T], word: str) -> T:
    """What ``word`` stands for in one of the tables; the only way in which they are asked.

    Raises:
        UnknownWordError: the table has no such word (a long s or a Kelvin sign is let through where case is ignored).
    """
    if word not in table:
        raise UnknownWordError(word)
    return table[word]


def word_set(words: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(words.split())


def month_number(word: str) -> int:
    """1 for ``January``, ``Jan.`` or ``JAN``."""
    return known(MONTH_NUMBER, word[:3].lower())


def weekday_number(word: str) -> int:
    """1 for Monday to 7 for Sunday (ISO 8601)."""
    return known(WEEKDAY_NUMBER, word[:3].lower())


def unit_code(word: str) -> str:
    """The code of a unit: ``D``, ``W``, ``M``, ``Y``, ``TH`` ..."""
    word = _STRIP.sub("", word.lower())
    return UNIT_CODE.get(word) or known(UNIT_CODE, word.rstrip("s"))


def season_code(word: str) -> str:
    """``SP``, ``SU``, ``FA`` or ``WI``."""
    return known(SEASON_CODE, word[:3].lower())


def ordinal_number(word: str) -> int:
    """21 for ``21st`` and for ``twenty-first``."""
    digits = re.match(r"\d+", word)
    return int(digits.group()) if digits else known(ORDINALS, "-".join(word.lower().split()))


def cardinal_number(words: str) -> float | None:
    """The number that ``words`` spell; None where they are vague (``several``)."""
    words = words.lower().replace(",", "").strip()
    fraction = re.fullmatch(r"(\d+) (?:and )?(\d)/(\d)", words)
    if fraction:
        return int(fraction[1]) + int(fraction[2]) / max(int(fraction[3]), 1)
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        return float(words)
    half = 0.5 if words.endswith(" and a half") else 0.0
    total = _spelled(words.removesuffix(" and a half"))
    return None if total is None else total + half


def _spelled(words: str) -> float | None:
    total = 0.0
    for word in re.split(r"[- ]", words):
        if word == "half":
            total = 0.5
        elif word not in CARDINALS:
            return None
        elif word in {"hundred", "thousand", "dozen"}:
            total = (total or 1) * CARDINALS[word]
        else:
            total += CARDINALS[word]
    return total
