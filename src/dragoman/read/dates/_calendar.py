"""Explicit calendar expressions: days, months, years, decades, quarters, seasons.

Where the year is left out it is chosen by the verb: the latest such day not after
publication in the past, the first not before it in the future, and the nearer of
the two where the grammar does not say.
"""

from __future__ import annotations

import re
from datetime import date

from dragoman.read.dates import _words as w
from dragoman.read.dates._anchor import Anchor
from dragoman.read.dates._rule import Rule
from dragoman.read.dates._values import Resolved, day_value, make_day, month_value, quarter_value, shift_months

_NTH = r"(?:st|nd|rd|th)?"
_DAY = rf"(?P<d>[0-3]?\d){_NTH}(?!\d|[:.,]\d|['’]?s\b| ?%| (?:percent|million|billion|people|men|women|points)\b)"
_IN_YEAR = r"(?:(?P<rel>last|this|next|that|the same|the previous|the following) year)"
_YEAR_TAIL = rf"(?:,? (?:of )?(?:(?P<y>{w.YEAR})(?![\w%]|,\d|\.\d)|{_IN_YEAR}))?"
_PART = (
    r"(?:(?P<part>(?:early|late|mid|the (?:beginning|start|end|middle|close) of|(?:beginning|end|middle) "
    r"of))(?:-| )(?:in )?)?"
)
_SHORT_YEAR = r"(?:['’](?P<yy>\d\d))"

# "Within this many days ahead" a day without a year and without a telling verb is one to come.
_SOON = 45
# Nobody writes of a day almost a year ago without its year.
_NEXT_DAYS = 14


def part_of(match: re.Match[str]) -> str | None:
    """``early``, ``mid`` or ``late`` from the words before a month, year or decade."""
    words = (match.groupdict().get("part") or "").lower()
    for part, signs in (("early", ("early", "begin", "start")), ("late", ("late", "end", "close")), ("mid", ("mid",))):
        if any(sign in words for sign in signs):
            return part
    return None


def year_of_two_digits(digits: int, published: date | None) -> int:
    """The full year: not more than ten years after publication (or 2000)."""
    latest = (published.year if published else 2000) + 10
    century = latest // 100 * 100
    return century + digits if century + digits <= latest else century - 100 + digits


def relative_year(words: str, anchor: Anchor) -> int | None:
    """The year that "last year", "that year" ... names."""
    words = words.lower()
    if words in {"that", "the same", "the previous", "the following"}:
        step = {"the previous": -1, "the following": 1}.get(words, 0)
        return None if anchor.focus_year is None else anchor.focus_year + step
    if anchor.published is None:
        return None
    return anchor.published.year + {"last": -1, "this": 0, "next": 1}[words]


def stated_year(match: re.Match[str], anchor: Anchor) -> int | None:
    """The year that the expression itself states."""
    groups = match.groupdict()
    if groups.get("y"):
        year = int(groups["y"])
        return year_of_two_digits(year, anchor.published) if year < 100 else year
    if groups.get("yy"):
        return year_of_two_digits(int(groups["yy"]), anchor.published)
    if groups.get("rel"):
        return relative_year(groups["rel"], anchor)
    return None


def year_for_day(month: int, day: int, anchor: Anchor) -> date | None:
    """The day of that name that is meant, seen from publication."""
    here = anchor.published
    if here is None:
        return None
    days = [found for year in (here.year - 1, here.year, here.year + 1) if (found := make_day(year, month, day))]
    past = max((found for found in days if found <= here), default=None)
    coming = min((found for found in days if found >= here), default=None)
    if past is None or coming is None or past == coming:
        return past or coming
    direction = anchor.direction()
    ahead, behind = (coming - here).days, (here - past).days
    if direction == "future":
        return coming
    if direction == "past":
        return coming if ahead <= _NEXT_DAYS else past
    return coming if ahead < min(behind, 2 * _SOON) else past


def year_for_month(month: int, anchor: Anchor) -> int | None:
    """The year of a month named alone, seen from publication; the running month counts as past and as coming."""
    here = anchor.published
    if here is None:
        return None
    if month == here.month:
        return here.year
    past = here.year if month < here.month else here.year - 1
    if anchor.direction() == "future":
        return past + 1
    return past


def _day_month(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    month, day = w.month_number(match["m"]), int(match["d"])
    if not 1 <= day <= 31 or _is_verb(match, anchor):
        return None
    year = stated_year(match, anchor)
    if year is not None:
        found = make_day(year, month, day)
        return Resolved(value=day_value(found)) if found else None
    if make_day(2000, month, day) is None:
        return None
    found = (
        _on_weekday(match, month, day, anchor) or _named_before(month, day, anchor) or year_for_day(month, day, anchor)
    )
    return Resolved(value=day_value(found) if found else f"XXXX-{month:02d}-{day:02d}")


def _is_verb(match: re.Match[str], anchor: Anchor) -> bool:
    """Whether "may 10" or "march 10" in small letters goes on as a verb does."""
    plain = match["m"] in {"may", "march", "mar"} and match.end() == match.end("d")
    return plain and re.match(r"\s*(?:[.,;:!?)]|$)", anchor.after) is None


def _on_weekday(match: re.Match[str], month: int, day: int, anchor: Anchor) -> date | None:
    """The year in which the day falls on the weekday named with it, nearest to publication."""
    weekday, here = match.groupdict().get("wd"), anchor.published
    if not weekday or here is None:
        return None
    years = (here.year, here.year - 1, here.year + 1)
    days = [found for year in years if (found := make_day(year, month, day))]
    fitting = [found for found in days if found.isoweekday() == w.weekday_number(weekday)]
    return min(fitting, key=lambda found: abs(found - here), default=None)


def _named_before(month: int, day: int, anchor: Anchor) -> date | None:
    year = _fitting_year(anchor.named.get((month, day)), month, day, anchor)
    return make_day(year, month, day) if year else None


def _fitting_year(year: int | None, month: int, day: int, anchor: Anchor) -> int | None:
    """The year in which the text named the day or month before, unless the verb speaks against it."""
    here = anchor.published
    if year is None or here is None:
        return year
    named = (year, month, day) if day else (year, month)
    now = (here.year, here.month, here.day) if day else (here.year, here.month)
    direction = anchor.direction()
    against = (direction == "future" and named < now) or (direction == "past" and named > now)
    return None if against else year


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


def _weekday_nth(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    """The nearest month in which that day falls on that weekday."""
    day = int(match["d"][:-2]) if match["d"] else w.ordinal_number(match["o"])
    here = anchor.published
    if here is None:
        return None
    months = (shift_months(here.year, here.month, step) for step in (0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6))
    days = (make_day(*month, day) for month in months if month)
    number = w.weekday_number(match["wd"])
    found = next((day for day in days if day and day.isoweekday() == number), None)
    return Resolved(value=day_value(found)) if found else None


def _ordinal_month(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    month, day = w.month_number(match["m"]), w.ordinal_number(match["o"])
    if match["m"] in {"may", "march"} and match.start("m") == match.start():
        return None
    year = stated_year(match, anchor)
    found = make_day(year, month, day) if year else year_for_day(month, day, anchor) if day <= 31 else None
    if found is not None:
        return Resolved(value=day_value(found))
    return Resolved(value=f"XXXX-{month:02d}-{day:02d}") if anchor.published is None and day <= 31 else None


def _iso(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    del anchor
    day = make_day(int(match["y"]), int(match["m"]), int(match["d"]))
    if day is None:
        return None
    clock = match["t"]
    return Resolved(value=f"{day_value(day)}T{clock}" if clock else day_value(day), kind="TIME" if clock else "DATE")


def _slashes(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    year = stated_year(match, anchor)
    if year is None:
        return None
    first, second = int(match["a"]), int(match["b"])
    if match.group()[match.start("b") - match.start() - 1] != match.group()[match.end("b") - match.start()]:
        return None
    order = ((second, first), (first, second)) if match["sep"] == "." else ((first, second), (second, first))
    days = (make_day(year, month, day) for month, day in order)
    found = next((day for day in days if day), None)
    return Resolved(value=day_value(found)) if found else None


def _month_year(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    year = stated_year(match, anchor)
    month = w.month_number(match["m"])
    value = f"XXXX-{month:02d}" if year is None else month_value(year, month)
    return Resolved(value=value, part=part_of(match))


_MONTH_LEAD = re.compile(
    r"(?i)\b(?:in|of|by|since|until|till|last|next|this|early|late|mid|during|through|from|to|and|before|"
    r"after|between|every|"
    r"for|the|on|or|each)[\s-]+$"
)


def _month(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    word = match["m"]
    if word in {"may", "march", "mar."}:
        return None
    if word.rstrip(".").lower() in {"may", "march", "mar"} and not (match["part"] or _MONTH_LEAD.search(anchor.before)):
        return None
    if word.lower() in {"may", "march"} and re.match(r"\s(?:[A-Z][a-z]+\b|\d)", anchor.after):
        return None
    month = w.month_number(word)
    year = _fitting_year(anchor.named.get((month, 0)), month, 0, anchor) or year_for_month(month, anchor)
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
_ADDRESS = re.compile(r"\s+(?:[A-Z]\w+\s+){1,2}(?:St|Ave|Blvd|Rd|Street|Avenue|Road|Drive|Boulevard|Lane)\b")


_QUANTITY = re.compile(r"\s+[a-z]+s\b")
_YEAR_LEAD = re.compile(
    r"(?i)(?:\b(?:the|in|of|since|his|her|its|their|our|by|from|to|until|and|an?|early|late|mid|during|"
    r"after|before|this|that|"
    r"for|between|through)|[,(’'`-]|['’]s)\s*$"
)
_DIGITS_BEFORE = re.compile(r"\d\s?[-/.]\s?$")
_YEARS_BEFORE = re.compile(rf"(?:^|\D){w.YEAR}\s?[-/]\s?$")


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
    return Resolved(value=f"{year_of_two_digits(int(match['yy']), anchor.published):04d}")


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
        digit = _DECADE_WORDS[groups["word"].lower()] if groups.get("word") else int(groups["yy"][0])
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


def _fiscal(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    year = stated_year(match, anchor)
    return None if year is None else Resolved(value=f"FY{year:04d}")


def _season_year(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    year = stated_year(match, anchor)
    code = w.SEASON_CODE[match["s"][:3].lower()]
    return Resolved(value=f"{year:04d}-{code}" if year else f"XXXX-{code}", part=part_of(match))


def _ordinal_day(match: re.Match[str], anchor: Anchor) -> Resolved | None:
    day = w.ordinal_number(match["d"])
    here = anchor.focus_month or ((anchor.published.year, anchor.published.month) if anchor.published else None)
    found = make_day(*here, day) if here and day <= 31 else None
    return Resolved(value=day_value(found)) if found else None


RULES = (
    Rule("iso", r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ](?P<t>\d\d:\d\d)(?::\d\d)?Z?)?", _iso),
    Rule(
        "slashes",
        r"(?P<a>[0-3]?\d)(?P<sep>[/.-])(?P<b>[0-3]?\d)(?P=sep)(?P<y>\d{4}|\d\d)(?![\d/.-]\d)".replace(
            "(?P=sep)", "[/.-]"
        ),
        _slashes,
    ),
    Rule("weekday, month day", rf"(?P<wd>{w.WEEKDAY_ANY}),? (?:the )?(?P<m>{w.MONTH}) {_DAY}{_YEAR_TAIL}", _day_month),
    Rule(
        "weekday, day month",
        rf"(?P<wd>{w.WEEKDAY_ANY}),? (?:the )?(?P<d>[0-3]?\d){_NTH}(?: of)? (?P<m>{w.MONTH}){_YEAR_TAIL}",
        _day_month,
    ),
    Rule("month day", rf"(?P<m>{w.MONTH}) (?:the )?{_DAY}{_YEAR_TAIL}", _day_month),
    Rule(
        "day month",
        rf"(?:(?:the) )?(?P<d>[0-3]?\d){_NTH}(?: of |-| )(?P<m>{w.MONTH})(?:-(?P<yy>\d\d)\b)?{_YEAR_TAIL}",
        _day_month,
    ),
    Rule("year span", rf"(?P<y>{w.YEAR})(?:[-–/]| ?– ?)(?P<to>{w.YEAR}|\d\d)(?![\d/-])", _year_span),
    Rule("year end", rf"(?P<part>(?:the )?year[- ]end)(?: (?P<y>{w.YEAR}))?(?!\w)", _year_end),
    Rule(
        "year's quarter",
        rf"(?P<y>{w.YEAR})(?:['’]s)? (?P<n>first|second|third|fourth)[- ](?P<unit>quarter|half)(?!\w)",
        _quarter,
    ),
    Rule(
        "weekday the nth",
        (
            rf"(?P<wd>{w.WEEKDAY_ANY}),? (?:(?:the )?(?P<d>[0-3]?\d(?:st|nd|rd|th))|the "
            rf"(?P<o>{w.ORDINAL_WORD}))(?! (?:of )?{w.MONTH})"
        ),
        _weekday_nth,
    ),
    Rule("year Q", rf"(?P<y>{w.YEAR})[- ](?P<unit>[QH])(?P<q>[1-4])(?P<n>)(?!\w)", _quarter),
    Rule("year month", rf"(?P<y>{w.YEAR})[ -](?P<m>{w.MONTH})(?! \d)", _month_year),
    Rule("year month day", rf"(?P<y>{w.YEAR})[ /-](?P<m>{w.MONTH})[ /-](?P<d>\d{{1,2}})(?!\d)", _day_month),
    Rule("dashed day", rf"(?P<d>[0-3]?\d)[/-](?P<m>{w.MONTH})[/-](?P<y>{w.YEAR}|\d\d)(?!\d)", _day_month),
    Rule("dashed month", rf"(?P<m>{w.MONTH})[-/](?P<d>[0-3]?\d)[-/,] ?(?P<y>{w.YEAR})(?!\d)", _day_month),
    Rule("ordinal month", rf"(?:the )?(?P<o>{w.ORDINAL})(?: day)? of (?P<m>{w.MONTH}){_YEAR_TAIL}", _ordinal_month),
    Rule("month ordinal", rf"(?P<m>{w.MONTH}),? (?:the )?(?P<o>{w.ORDINAL_WORD}){_YEAR_TAIL}", _ordinal_month),
    Rule("compact", r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?P<t>)(?!\d)", _iso),
    Rule(
        "month year",
        rf"{_PART}(?P<m>{w.MONTH})(?:(?:,| of)? (?P<y>{w.YEAR})(?![\w%]|,\d)| {_SHORT_YEAR}\b|,? (?:of )?{_IN_YEAR})",
        _month_year,
    ),
    Rule(
        "relative month",
        rf"(?P<rel>last|next|this|this past|past|this coming|coming|upcoming) (?P<m>{w.MONTH_FULL})(?! \d)",
        _relative_month,
    ),
    Rule("month", rf"{_PART}(?P<m>{w.MONTH_FULL})", _month),
    Rule(
        "season year",
        (
            rf"{_PART}(?:(?:the) )?(?:early |late |mid-?)?(?P<s>{w.SEASON})(?:,| of)? "
            rf"(?:(?P<y>{w.YEAR})(?![\w%]|,\d)|{_IN_YEAR})"
        ),
        _season_year,
    ),
    Rule("fiscal year", rf"(?:fiscal(?: year)?|FY) ?(?:(?P<y>{w.YEAR})|{_SHORT_YEAR})", _fiscal),
    Rule(
        "quarter",
        rf"(?:(?:the) )?(?P<n>first|second|third|fourth|1st|2nd|3rd|4th)[- ](?P<unit>quarter|half)"
        rf"(?: (?:of|in) (?:the )?(?:(?P<y>{w.YEAR})(?!\w)|(?:fiscal )?{_IN_YEAR}|(?:the year|fiscal "
        rf"\d{{4}}))| {w.YEAR}\b|(?!\w| (?:of|and a)\b))",
        _quarter,
    ),
    Rule("Q", rf"(?P<unit>[QH])(?P<q>[1-4])(?:(?: of|,|-)? ?(?P<y>{w.YEAR}))?(?P<n>)(?!\w)", _quarter),
    Rule(
        "decade",
        (
            rf"{_PART}(?:(?:the) )?(?:early |late |mid-?)?(?:(?P<y>(?:1\d|20)\d0)['’]?s|['’](?P<yy>\d0)s|"
            rf"(?P<word>(?:{'|'.join(_DECADE_WORDS)})))"
        ),
        _decade,
    ),
    Rule("century", rf"{_PART}(?:(?:the) )?(?:early |late |mid-?)?(?P<n>{w.ORDINAL})[- ](?:century)", _century),
    Rule("year", rf"{_PART}(?P<y>{w.YEAR})(?![\d/:]|[.,]\d|-\d|['’]?s [a-z]*ies\b)", _year),
    Rule("short year", rf"{_SHORT_YEAR}(?!\w)", _short_year),
    Rule("ordinal day", r"(?:(?:the) )(?P<d>\d{1,2}(?:st|nd|rd|th))(?= ?(?:[,.;:]|$|at\b|and\b|to\b))", _ordinal_day),
)
