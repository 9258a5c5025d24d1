"""Months, quarters, seasons, years, decades and centuries that are named."""

from __future__ import annotations

import re

from dragoman.read.dates import _words as w
from dragoman.read.dates._anchor import Anchor
from dragoman.read.dates._rule import Rule
from dragoman.read.dates._values import (
    Resolved,
    interval,
    month_value,
    quarter_value,
)
from dragoman.read.dates._years import (
    IN_YEAR,
    PART,
    SHORT_YEAR,
    fitting_year,
    part_of,
    stated_year,
    year_for_month,
    year_of_two_digits,
)


def _year_span(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    del anchor
    first = int(match["y"])
    last = int(match["to"]) if len(match["to"]) == 4 else first // 100 * 100 + int(match["to"])
    if not first < last <= first + 100:
        return None
    return Resolved(value=f"{first:04d}", last=f"{last:04d}-12-31")


def _year_end(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    year = int(match["y"]) if match["y"] else anchor.published.year if anchor.published else None
    return Resolved(value=f"{year:04d}" if year else None, part="late")


def _quarter(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    groups = match.groupdict()
    number = int(groups["q"]) if groups.get("q") else w.ordinal_number(groups["n"])
    half = (groups.get("unit") or "").lower().startswith("h")
    if not 1 <= number <= (2 if half else 4) and (groups["n"] or "").lower() not in {"final", "last"}:
        return None
    year = stated_year(match, anchor)
    if year is None and anchor.published is not None:
        here = anchor.published
        passed = (number - 1) * (6 if half else 3) < here.month
        year = here.year if passed or anchor.direction() == "future" else here.year - 1
    if half:
        return Resolved(value=f"{year:04d}-H{number}" if year else f"XXXX-H{number}")
    return Resolved(value=quarter_value(year, number) if year else f"XXXX-Q{number}")


def _month_year(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    if match["m"].lower() in {"march", "may"} and re.match(r"\s(?:on|for|of)\b", anchor.after):
        return None
    year = stated_year(match, anchor)
    month = w.month_number(match["m"])
    value = f"XXXX-{month:02d}" if year is None else month_value(year, month)
    return Resolved(value=value, part=part_of(match))


def _relative_month(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    if match["m"] in {"may", "march"}:
        return None
    month = w.month_number(match["m"])
    here = anchor.published
    if here is None:
        return Resolved(value=f"XXXX-{month:02d}")
    word = match["rel"].lower().split()[-1]
    if word in {"next", "coming", "upcoming"}:
        year = here.year if month > here.month else here.year + 1
    elif word == "this":
        year = here.year
    else:
        year = here.year if month < here.month else here.year - 1
    return Resolved(value=month_value(year, month))


def _season_year(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    year = stated_year(match, anchor)
    code = w.season_code(match["s"])
    return Resolved(value=f"{year:04d}-{code}" if year else f"XXXX-{code}", part=part_of(match))


_MONTH_LEAD = re.compile(
    r"(?i)\b(?:in|of|by|since|until|till|last|next|this|early|late|mid|during|through|from|to|and|before|"
    r"after|between|every|for|the|on|or|each)[\s-]+$"
)


_LEAD = re.compile(r"(?i)\b(?:in|by|since|until|till|last|next|early|late|mid|during|through|from|to)[\s-]+$")


def _plain_month(word: str, anchor: Anchor) -> bool:
    """Whether a short form is a month: by its point, or by its capital and the words around it."""
    if word.endswith(".") or len(word) > 4 or word.lower() in {"may", "june", "july"}:
        return True
    names_somebody = re.match(r"\s[A-Z][a-z]", anchor.after) is not None
    return (
        word[:1].isupper() and word.lower() != "mar" and not names_somebody and _LEAD.search(anchor.before) is not None
    )


_TO_MONTH = re.compile(
    rf"(?i)\s*(?P<link>[-–]|to|through|until|and)\s*(?P<m>{w.MONTH})(?:\s+\d{{1,2}})?,?\s+(?:of\s+)?(?P<y>{w.YEAR})(?!\d)"
)
_FROM_MONTH = re.compile(rf"(?i)\b(?:from|between)\s+{w.MONTH}\s+(?:to|through|until|and)\s+$")


def _year_of_range(month: int, anchor: Anchor) -> int | None:
    """The year that a range gives its months: "from January to March 1997", "from November to February"."""
    if match := _TO_MONTH.match(anchor.after):
        over = w.month_number(match["m"]) < month and (
            match["link"].lower() != "and" or re.search(r"(?i)\bbetween\s+$", anchor.before) is not None
        )
        return int(match["y"]) - over
    first = anchor.focus_month if _FROM_MONTH.search(anchor.before) else None
    return None if first is None else first[0] + (month <= first[1])


def _months(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    """Months joined by a dash, as one stretch from the first to the last."""
    first, last = w.month_number(match["m"]), w.month_number(match["m2"])
    year = stated_year(match, anchor) or year_for_month(last, anchor)
    if year is None or first == last:
        return None
    end = interval(month_value(year, last))
    value = month_value(year - (last < first), first)
    return Resolved(value=value, last=end[1].isoformat() if end else None)


def _month(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    word = match["m"]
    if word in {"may", "march", "mar."} or (len(word) < 5 and not _plain_month(word, anchor)):
        return None
    if word.rstrip(".").lower() in {"may", "march", "mar"} and not (match["part"] or _MONTH_LEAD.search(anchor.before)):
        return None
    if word.lower() in {"may", "march"} and re.match(r"\s(?:[A-Z][a-z]+\b|\d)", anchor.after):
        return None
    month = w.month_number(word)
    year = (
        _year_of_range(month, anchor)
        or fitting_year(anchor.named.get((month, 0)), month, 0, anchor)
        or year_for_month(month, anchor)
    )
    value = f"XXXX-{month:02d}" if year is None else month_value(year, month)
    return Resolved(value=value, part=part_of(match))


def _fiscal(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    year = stated_year(match, anchor)
    return None if year is None else Resolved(value=f"FY{year:04d}")


_DECADE_WORDS = {
    "twenties": 2,
    "thirties": 3,
    "forties": 4,
    "fifties": 5,
    "sixties": 6,
    "seventies": 7,
    "eighties": 8,
    "nineties": 9,
}


def _decade(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    groups = match.groupdict()
    if groups.get("y"):
        decade = groups["y"][:3]
    else:
        digit = (
            w.known(_DECADE_WORDS, groups["word"].lower())
            if groups.get("word")
            else int((groups["yy"] or groups["tens"])[0])
        )
        if groups.get("word") and re.search(
            r"(?i)\b(?:his|her|their|my|your|our|in)\s+(?:early|mid|late)?[\s-]*$", anchor.before
        ):
            return None
        decade = str(year_of_two_digits(digit * 10, anchor.published))[:3]
    return Resolved(value=f"{decade}X", part=part_of(match))


def _century(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    del anchor
    number = w.ordinal_number(match["n"])
    return Resolved(value=f"{number - 1:02d}XX", part=part_of(match)) if 2 <= number <= 40 else None


_ADDRESS = re.compile(r"\s+(?:[A-Z]\w+\s+){1,2}(?:St|Ave|Blvd|Rd|Street|Avenue|Road|Drive|Boulevard|Lane)\b")


_DIGITS_BEFORE = re.compile(r"\d\s?[-/.]\s?$")


_NOT_A_YEAR_AFTER = re.compile(
    r"(?i)\s+(?:people|troops|soldiers|miles|kilometers|kilometres|km|meters|metres|feet|pounds|dollars|"
    r"tons|tonnes|deaths|"
    r"points|homes|jobs|employees|workers|members|men|women|children|others|refugees|students|votes|seats|"
    r"delegates|cases|"
    r"shares|megawatts|acres|hectares|barrels|years|months|weeks|days|hours|minutes|times|rubles|euros|yen|won|yuan|"
    r"(?:\w+\s+)?(?:dead|injured|wounded|killed)|percent|lbs?|cc|hp|block|[NSEW]\.)\b|%|\s?°|-(?:page|"
    r"foot|mile|pound|acre|seat|member|word|strong|year)"
)


_NOT_A_YEAR_BEFORE = re.compile(
    r"(?i)(?:[$£€¥#]|\bno\.|\bnumber|\broom|\bflight|\bsome|\babout|\bnearly|\balmost|\bmore than|\bless "
    r"than|\bat least|\bover|\bthan|\bup to|\bresolution|\barticle|\bsection|\bprotocol|\bpage)\s*$"
)


_QUANTITY = re.compile(r"\s+[a-z]+s\b")


_YEARS_BEFORE = re.compile(rf"(?:^|\D){w.YEAR}\s?[-/]\s?$")


_YEAR_LEAD = re.compile(
    r"(?i)(?:\b(?:the|in|of|since|his|her|its|their|our|by|from|to|until|and|an?|early|late|mid|during|"
    r"after|before|this|that|for|between|through)|[,(’'`-]|['’]s)\s*$"
)


def _year(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    if (
        _NOT_A_YEAR_AFTER.match(anchor.after)
        or _NOT_A_YEAR_BEFORE.search(anchor.before)
        or _ADDRESS.match(anchor.after)
    ):
        return None
    if _QUANTITY.match(anchor.after) and not _YEAR_LEAD.search(anchor.before):
        return None
    if _DIGITS_BEFORE.search(anchor.before) and not _YEARS_BEFORE.search(anchor.before):
        return None
    year = int(match["y"])
    if year < 1900 and not re.search(
        r"(?i)\b(?:in|since|of|by|until|from|the|late|early|to|and|between|after|before|year|circa|c\.)[\s-]*$",
        anchor.before,
    ):
        return None
    return Resolved(value=f"{year:04d}", part=part_of(match))


def _short_year(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    if not _YEAR_LEAD.search(anchor.before) or _QUANTITY.match(anchor.after):
        return None
    return Resolved(value=f"{year_of_two_digits(int(match['yy']), anchor.published):04d}")


FIRST_RULES = (
    Rule("year span", rf"(?P<y>{w.YEAR})(?:[-–/]| ?– ?)(?P<to>{w.YEAR}|\d\d)(?![\d/-])", _year_span),
    Rule("year end", rf"(?P<part>(?:the )?year[- ]end)(?: (?P<y>{w.YEAR}))?(?!\w)", _year_end),
    Rule(
        "year's quarter",
        rf"(?P<y>{w.YEAR})(?:['’]s)? (?P<n>first|second|third|fourth)[- ](?P<unit>quarter|half)(?!\w)",
        _quarter,
    ),
    Rule("year Q", rf"(?P<y>{w.YEAR})[- ](?P<unit>[QH])(?P<q>[1-4])(?P<n>)(?!\w)", _quarter),
    Rule("year month", rf"(?P<y>{w.YEAR})[ -](?P<m>{w.MONTH})(?! \d)", _month_year),
    Rule(
        "months",
        rf"(?P<m>{w.MONTH})[-–/](?P<m2>{w.MONTH})(?:(?:,| of)? (?P<y>{w.YEAR})(?![\w%]|,\d)|,? (?:of "
        rf")?{IN_YEAR})?(?! \d)",
        _months,
    ),
    Rule(
        "month year",
        rf"{PART}(?P<m>{w.MONTH})(?:(?:(?:,| of)? |-)(?P<y>{w.YEAR})(?![\w%]|,\d|-\d)"
        rf"| {SHORT_YEAR}\b|,? (?:of )?{IN_YEAR})",
        _month_year,
    ),
    Rule(
        "relative month",
        rf"(?P<rel>last|next|this|this past|past|this coming|coming|upcoming) (?P<m>{w.MONTH_FULL})(?! \d)",
        _relative_month,
    ),
    Rule(
        "season year",
        (
            rf"{PART}(?:(?:the) )?(?:early |late |mid-?)?(?P<s>{w.SEASON})(?:,| of)? "
            rf"(?:(?P<y>{w.YEAR})(?![\w%]|,\d)|{IN_YEAR})"
        ),
        _season_year,
    ),
)

RULES = (
    Rule("month", rf"{PART}(?P<m>{w.MONTH})", _month),
    Rule("fiscal year", rf"(?:fiscal(?: year)?|FY) ?(?:(?P<y>{w.YEAR})|{SHORT_YEAR})", _fiscal),
    Rule(
        "quarter",
        rf"(?:(?:the) )?(?P<n>first|second|third|fourth|1st|2nd|3rd|4th)[- ](?P<unit>quarter|half)"
        rf"(?: (?:of |in )?(?:the )?(?:(?P<y>{w.YEAR})(?!\w)|(?:fiscal )?{IN_YEAR})| (?:of|in) (?:the year|fiscal "
        rf"\d{{4}})|(?!\w| (?:of|and a)\b))",
        _quarter,
    ),
    Rule(
        "Q",
        rf"(?P<unit>[QH])(?P<q>[1-4])(?:(?: of|,|-)? ?(?:(?P<y>{w.YEAR})|(?<=\s){IN_YEAR}))?(?P<n>)(?!\w)",
        _quarter,
    ),
    Rule(
        "decade",
        (
            rf"(?:the )?{PART}(?:the )?(?:(?P<y>(?:1\d|20)\d0)['’]?s|['’](?P<yy>\d0)s|"
            rf"(?<=[Tt]he\x20)(?P<tens>[2-9]0)['’]?s|"
            rf"(?P<word>(?:{'|'.join(_DECADE_WORDS)})))"
        ),
        _decade,
    ),
    Rule("century", rf"(?:the )?{PART}(?:the )?(?P<n>{w.ORDINAL})(?:-| )(?:century)", _century),
    Rule("year", rf"{PART}(?P<y>{w.YEAR})(?![\d/:]|[.,]\d|-\d|['’]?s [a-z]*ies\b)", _year),
    Rule("short year", rf"{SHORT_YEAR}(?!\w)", _short_year),
)
