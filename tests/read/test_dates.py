"""Time expressions: what is found, what it means, and what stays unknown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.dates import (
    bases_of,
    find_dates,
    find_in_text,
    first_full_date,
    interval,
    precision_of,
    publication_date,
)
from dragoman.read.findings import DateFinding
from dragoman.read.parse import parse_text

FRIDAY = date(2018, 6, 15)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 12, 31))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def found(text: str, published: date | None = FRIDAY) -> dict[str, str | None]:
    """What is found in a sentence that is not parsed."""
    return {text[item.span[0] : item.span[1]]: item.value for item in find_in_text(text, published)}


def read(text: str, published: date | None = FRIDAY) -> dict[str, str | None]:
    """What is found in a parsed text."""
    return {text[item.span[0] : item.span[1]]: item.value for item in find_dates(parse_text(text, published))}


def one(text: str, published: date | None = FRIDAY) -> DateFinding:
    """The only finding in a text."""
    items = find_in_text(text, published)
    assert len(items) == 1
    return items[0]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("June 12, 2018", "2018-06-12"),
        ("12 June 2018", "2018-06-12"),
        ("the 12th of June, 2018", "2018-06-12"),
        ("Tuesday, June 12, 2018", "2018-06-12"),
        ("Sept. 9, 1948", "1948-09-09"),
        ("2018-06-12", "2018-06-12"),
        ("06/12/2018", "2018-06-12"),
        ("25/12/2017", "2017-12-25"),
        ("14.06.2018", "2018-06-14"),
        ("June 2018", "2018-06"),
        ("early June 2018", "2018-06"),
        ("the summer of 2018", "2018-SU"),
        ("the second half of 2017", "2017-H2"),
        ("the third quarter of 2017", "2017-Q3"),
        ("the early 1990s", "199X"),
        ("the 19th century", "18XX"),
        ("fiscal 2019", "FY2019"),
        ("Christmas Day 2017", "2017-12-25"),
        ("Thanksgiving 2017", "2017-11-23"),
        ("Easter 2018", "2018-04-01"),
        ("the first Friday of July 2018", "2018-07-06"),
        ("the last week of May 2018", "2018-W22"),
    ],
)
def test_explicit_expressions_need_no_anchor(words: str, value: str) -> None:
    """What names its year is resolved with and without a day of publication, as one span."""
    assert found(f"It was signed ({words}).") == {words: value}
    assert found(f"It was signed ({words}).", None) == {words: value}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("today", "2018-06-15"),
        ("yesterday", "2018-06-14"),
        ("the day before yesterday", "2018-06-13"),
        ("tomorrow", "2018-06-16"),
        ("last week", "2018-W23"),
        ("this week", "2018-W24"),
        ("next month", "2018-07"),
        ("last year", "2017"),
        ("last quarter", "2018-Q1"),
        ("last weekend", "2018-W23-WE"),
        ("two months ago", "2018-04"),
        ("three weeks ago", "2018-W21"),
        ("ten days ago", "2018-06-05"),
        ("a decade ago", "2008"),
        ("two years from now", "2020"),
        ("last October", "2017-10"),
        ("last fall", "2017-FA"),
        ("next winter", "2018-WI"),
        ("last Christmas", "2017-12-25"),
        ("later this year", "2018"),
        ("next week on Tuesday", "2018-06-19"),
    ],
)
def test_relative_expressions_are_seen_from_publication(words: str, value: str) -> None:
    """Expressions said from now are resolved against the day of publication, as fine as they are said."""
    assert one(f"It happened {words}.").value == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Thursday", "2018-06-14"),
        ("Friday", "2018-06-15"),
        ("last Tuesday", "2018-06-12"),
        ("last Friday", "2018-06-08"),
        ("next Tuesday", "2018-06-19"),
        ("this Saturday", "2018-06-16"),
        ("Tuesday night", "2018-06-12"),
    ],
)
def test_the_weekday_rule_of_news(words: str, value: str) -> None:
    """In a story of a Friday, Thursday is yesterday, Friday today and "last Tuesday" that week's Tuesday."""
    assert read(f"The ministers met {words} in Geneva.") == {words: value}


@pytest.mark.parametrize(
    ("sentence", "words", "value"),
    [
        ("The ministers met on Tuesday.", "Tuesday", "2018-06-12"),
        ("The ministers will meet on Tuesday.", "Tuesday", "2018-06-19"),
        ("The ministers are to meet on Tuesday.", "Tuesday", "2018-06-19"),
        ("The ministers plan to meet on Tuesday.", "Tuesday", "2018-06-19"),
        ("A meeting is scheduled for Tuesday.", "Tuesday", "2018-06-19"),
        ("They agreed to a text that was signed on Tuesday.", "Tuesday", "2018-06-12"),
        ("They have until Tuesday.", "Tuesday", "2018-06-19"),
        ("The envoy arrived on May 31.", "May 31", "2018-05-31"),
        ("The envoy arrived on November 3.", "November 3", "2017-11-03"),
        ("The envoy will arrive on May 31.", "May 31", "2019-05-31"),
        ("The envoy will arrive on July 3.", "July 3", "2018-07-03"),
        ("The forum was held in September.", "September", "2017-09"),
        ("The forum will be held in September.", "September", "2018-09"),
        ("The talks were held in the spring.", "the spring", "2018-SP"),
        ("He arrived on Thursday, the first visit of a bishop.", "Thursday", "2018-06-14"),
        ("A hearing planned for Thursday was postponed.", "Thursday", "2018-06-14"),
        ("The envoy accepted an invitation to Oslo for July.", "July", "2018-07"),
        ("She is due in Vienna on August 3.", "August 3", "2018-08-03"),
        ("A hearing planned for Wednesday has been postponed.", "Wednesday", "2018-06-20"),
        ("A hearing planned for Monday was postponed.", "Monday", "2018-06-18"),
        ("The senate honours the treaty of March 8.", "March 8", "2018-03-08"),
    ],
)
def test_the_verb_decides_between_past_and_coming(sentence: str, words: str, value: str) -> None:
    """The tense of the governing verb, or a word that looks ahead, picks the year or the week."""
    assert read(sentence) == {words: value}


@pytest.mark.parametrize(
    ("second", "words", "value"),
    [
        ("The envoy had left the day before.", "the day before", "2018-05-30"),
        ("The next day they signed.", "The next day", "2018-06-01"),
        ("They signed two days later.", "two days later", "2018-06-02"),
        ("They signed a week later.", "a week later", "2018-06-07"),
        ("They signed later that year.", "later that year", "2018"),
        ("They signed that same day.", "that same day", "2018-05-31"),
    ],
)
def test_the_story_is_an_anchor(second: str, words: str, value: str) -> None:
    """Expressions said from the story are resolved against the date that the text named last."""
    assert read(f"They met on May 31, 2018. {second}", None)[words] == value


def test_a_day_named_with_its_year_lends_it_to_later_mentions() -> None:
    """A day named with its year, and later without it, is one day."""
    assert read("It was signed on Aug. 7, 2015. The Aug. 7 agreement was kept.")["Aug. 7"] == "2015-08-07"


def test_second_days_belong_to_the_month_of_the_first() -> None:
    """Two days joined by a word are two expressions, joined by a dash one expression of all the days between."""
    assert found("They met on May 3 and 5.") == {"May 3": "2018-05-03", "5": "2018-05-05"}
    item = one("They met on May 3-5.")
    assert (item.value, item.start, item.end) == ("2018-05-03", "2018-05-03", "2018-05-05")
    item = one("They met on 18 and 19 June 2017.")
    assert (item.value, item.start, item.end) == ("2017-06-18", "2017-06-18", "2017-06-19")
    assert found("From Nov. 18 to Dec. 19, 2015.") == {"Nov. 18": "2015-11-18", "Dec. 19, 2015": "2015-12-19"}


def test_a_time_takes_the_day_beside_it() -> None:
    """A clock time joins the day that follows it, and else takes the day named near it."""
    assert found("The talks begin at 10 a.m. Friday.") == {"10 a.m. Friday": "2018-06-15T10:00"}
    assert read("The talks began on Tuesday at 3:30 p.m. in Geneva.")["3:30 p.m."] == "2018-06-12T15:30"


@pytest.mark.parametrize(
    ("words", "value", "kind"),
    [
        ("three years", "P3Y", "DURATION"),
        ("a week", "P1W", "DURATION"),
        ("two-day", "P2D", "DURATION"),
        ("several months", "PXM", "DURATION"),
        ("the past four months", "P4M", "DURATION"),
        ("16 hours", "PT16H", "DURATION"),
        ("half an hour", "PT30M", "DURATION"),
        ("two decades", "P20Y", "DURATION"),
        ("every Tuesday", "XXXX-WXX-2", "SET"),
        ("annually", "P1Y", "SET"),
        ("each month", "P1M", "SET"),
    ],
)
def test_lengths_and_recurrences(words: str, value: str, kind: str) -> None:
    """Lengths are ``P`` values of kind DURATION, what recurs is of kind SET."""
    item = one(f"It took {words} of work.")
    assert (item.value, item.kind) == (value, kind)


@pytest.mark.parametrize(
    ("words", "value"), [("recently", "PAST_REF"), ("now", "PRESENT_REF"), ("in the near future", "FUTURE_REF")]
)
def test_vague_stays_vague(words: str, value: str) -> None:
    """Vague words have a reference and no interval, with or without a day of publication."""
    for published in (FRIDAY, None):
        item = one(f"The two sides are {words} closer.", published)
        assert (item.value, item.start, item.end, item.precision) == (value, None, None, "vague")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Tuesday", "XXXX-WXX-2"),
        ("May 31", "XXXX-05-31"),
        ("in September", "XXXX-09"),
        ("last summer", "XXXX-SU"),
        ("yesterday", None),
        ("two months ago", None),
        ("last week", None),
        ("the day before", None),
    ],
)
def test_without_publication_nothing_is_guessed(words: str, value: str | None) -> None:
    """Without a day of publication relative expressions have no interval and at most an open value."""
    item = one(f"They met {words}.", None)
    assert (item.value, item.start, item.end) == (value, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "A 44-year-old man and a woman 31 years old were there.",
        "It cost $1994 and weighed 1850 pounds.",
        "Theresa May met Mr. March.",
        "They may march in the old town.",
        "The Security Council passed resolution 1718.",
        "There were 2000 soldiers at the border.",
        "Call 555-1999 for details.",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    """Ages, amounts, names, verbs and numbers are no time expressions."""
    assert find_dates(parse_text(text, FRIDAY)) == []


@pytest.mark.parametrize(
    ("value", "start", "end", "precision"),
    [
        ("2018-02", "2018-02-01", "2018-02-28", "month"),
        ("2018-W24", "2018-06-11", "2018-06-17", "week"),
        ("2018-W24-WE", "2018-06-16", "2018-06-17", "week"),
        ("2018-Q2", "2018-04-01", "2018-06-30", "quarter"),
        ("2018-H2", "2018-07-01", "2018-12-31", "half"),
        ("2018-WI", "2018-12-01", "2019-02-28", "season"),
        ("199X", "1990-01-01", "1999-12-31", "decade"),
        ("19XX", "1900-01-01", "1999-12-31", "century"),
        ("2018-06-12T10:00", "2018-06-12", "2018-06-12", "time"),
    ],
)
def test_a_value_covers_an_interval(value: str, start: str, end: str, precision: str) -> None:
    """Each value covers its first to its last day, both included."""
    assert interval(value) == (date.fromisoformat(start), date.fromisoformat(end))
    assert precision_of(value) == precision


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("early June 2018", "2018-06-01", "2018-06-15"),
        ("mid-June 2018", "2018-06-10", "2018-06-20"),
        ("late June 2018", "2018-06-16", "2018-06-30"),
        ("early 2017", "2017-01-01", "2017-06-30"),
        ("late last year", "2017-07-01", "2017-12-31"),
        ("the end of 2017", "2017-09-01", "2017-12-31"),
        ("early next week", "2018-06-18", "2018-06-20"),
        ("late last week", "2018-06-07", "2018-06-10"),
        ("the early 1990s", "1990-01-01", "1994-12-31"),
        ("later this year", "2018-06-15", "2018-12-31"),
        ("later in the month", "2018-06-15", "2018-06-30"),
        ("earlier this month", "2018-06-01", "2018-06-15"),
        ("the rest of the week", "2018-06-15", "2018-06-17"),
    ],
)
def test_parts_narrow_the_interval(words: str, start: str, end: str) -> None:
    """Early and late are halves, mid is the middle, the end of a year four months; later and earlier part at today."""
    item = one(f"It was to be signed {words}.")
    assert (item.start, item.end) == (start, end)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Trade fell from January to March 1997.", {"January": "1997-01", "March 1997": "1997-03"}),
        (
            "Trade fell between November and February 1997.",
            {"November": "1996-11", "February 1997": "1997-02"},
        ),
        ("They met in January and March 1997.", {"January": "1997-01", "March 1997": "1997-03"}),
        ("They sat from December to March.", {"December": "2017-12", "March": "2018-03"}),
        (
            "They sat from Dec. 20 to Jan. 5, 2016.",
            {"Dec. 20": "2015-12-20", "Jan. 5, 2016": "2016-01-05"},
        ),
        ("They sat from Monday to Wednesday.", {"Monday": "2018-06-11", "Wednesday": "2018-06-13"}),
    ],
)
def test_the_ends_of_a_range_fit_each_other(sentence: str, expected: dict[str, str]) -> None:
    """The first of two months, days or weekdays takes its year from the second and lies before it."""
    assert read(sentence) == expected


def test_a_day_may_own_something() -> None:
    """The genitive of a day is the day, and "today" ends what is said to lie years back."""
    assert read("They recalled Oct. 13's vote.") == {"Oct. 13": "2017-10-13"}
    assert list(read("They met two years ago today.").values()) == ["2016", "2018-06-15"]


def test_months_joined_by_a_dash_are_one_stretch() -> None:
    """Months joined by a dash run from the first to the last, over the new year too."""
    item = one("Exports fell in the January-March quarter of the year.")
    assert (item.value, item.start, item.end) == ("2018-01", "2018-01-01", "2018-03-31")
    item = one("Exports fell in November-February 1997.")
    assert (item.value, item.start, item.end) == ("1996-11", "1996-11-01", "1997-02-28")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("the last week of July 2017", "2017-W30"),
        ("the third week of 2027", "2027-W03"),
        ("the 15th of next month", "2018-07-15"),
        ("the twenty second of June", "2018-06-22"),
        ("28 June in 2020", "2020-06-28"),
        ("the third quarter this year", "2018-Q3"),
        ("the latest quarter", "2018-Q1"),
        ("a half-century ago", "1968"),
        ("half a century ago", "1968"),
        ("this working week", "2018-W24"),
        ("Monday of the following week", "2018-06-18"),
        ("next week, perhaps on Tuesday", "2018-06-19"),
        ("the 80s", "198X"),
        ("next May 31", "2019-05-31"),
        ("the past year", "P1Y"),
        ("Dec-2018", "2018-12"),
        ("the third week next year", "2019-W03"),
        ("the past decade", "P10Y"),
    ],
)
def test_further_forms_have_one_meaning(words: str, value: str) -> None:
    """Weeks belong to the period of their Thursday; the n-th of a month and its year may be said in several ways."""
    assert one(f"It was signed ({words}).").value == value


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The deadline is Tuesday.", "2018-06-19"),
        ("The vote is on May 5.", "2019-05-05"),
        ("A service planned at the old abbey for Saturday was canceled.", "2018-06-16"),
    ],
)
def test_what_is_timetabled_lies_ahead(sentence: str, value: str) -> None:
    """A deadline or vote that is on a day is to come; what was planned and called off lay on the nearer day."""
    assert list(read(sentence).values()) == [value]


@pytest.mark.parametrize(
    "sentence",
    [
        "That was a good year for the ferry.",
        "The ferry is a riddle to today's youth.",
        "They crossed the river minutes apart.",
        "They celebrated the Lunar New Year.",
        "They prayed at Orthodox Easter.",
        "They watched Monday Night Football.",
        "They wrote to the Sunday Times.",
        "They fought in the Six-Day War.",
        "They left in the early hours of the morning.",
    ],
)
def test_what_only_looks_like_a_time_expression_is_none(sentence: str) -> None:
    """Idioms, generic "today" and feasts of other calendars are not dated."""
    assert [value for value in read(sentence).values() if value] == []


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("Five years after the 1994 accord, the bridge was closed.", "1999"),
        ("Three weeks after the Feb. 3 accident the pilots went home.", "2018-02-24"),
        ("Two months before the vote of October 1994, the bridge was closed.", "1994-08"),
        ("More than five years after the 1994 accord, the bridge was closed.", None),
        ("Weeks after the 1994 accord, the bridge was closed.", None),
    ],
)
def test_a_length_is_counted_from_its_base(sentence: str, meant: str | None) -> None:
    """The date that a length is counted from is not said of the event; both together mean another, or none."""
    (base,) = bases_of(sentence, find_in_text(sentence, FRIDAY)).values()
    assert (base.meant.value if base.meant else None) == meant


def test_a_length_without_a_date_has_no_base() -> None:
    """What hangs on an event alone gives no date, and a comma ends what is counted from."""
    for sentence in ("Five years after the war, the bridge was closed.", "Two days after the war, on May 5, he left."):
        assert bases_of(sentence, find_in_text(sentence, FRIDAY)) == {}


def test_an_anchored_length_has_its_interval() -> None:
    """The past three weeks keep their length as value and lie between two days."""
    item = one("They talked for the past three weeks.")
    assert (item.value, item.start, item.end) == ("P3W", "2018-05-25", "2018-06-15")


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("the first nine months of 1997", "1997-01-01", "1997-09-30"),
        ("the last four months of last year", "2017-09-01", "2017-12-31"),
        ("the first ten days of the year", "2018-01-01", "2018-01-10"),
    ],
)
def test_the_first_and_last_months_of_a_year_lie_in_it(words: str, start: str, end: str) -> None:
    """A stretch at either end of a year is counted within that year, not from today."""
    item = find_in_text(f"Exports fell in {words}.", FRIDAY)[0]
    assert (item.kind, item.start, item.end) == ("DURATION", start, end)


def test_a_length_before_a_day_is_that_other_day() -> None:
    """Two weeks before a day, or three days after it, is one expression for another day."""
    assert found("It was sent two weeks before May 13, 1999.") == {"two weeks before May 13, 1999": "1999-04-29"}
    assert found("It came three days after Christmas 2017.") == {"three days after Christmas 2017": "2017-12-28"}


def test_a_length_to_come_has_its_day() -> None:
    """What will happen in two weeks lies on that day, within two weeks between now and then."""
    text = "They will meet in two weeks. They will sign within ten days. They met in two weeks of talks."
    items = find_dates(parse_text(text, FRIDAY))
    assert [(item.value, item.start, item.end) for item in items] == [
        ("P2W", "2018-06-29", "2018-06-29"),
        ("P10D", "2018-06-15", "2018-06-25"),
        ("P2W", None, None),
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Talks begin\nPublished: 12 June 2018\n\nThe ministers met.", date(2018, 6, 12)),
        ("Xinhua | Updated: 2017-09-15 21:45\nThe ministers met.", date(2017, 9, 15)),
        ("By A. Writer\nMarch 3, 2019\nThe ministers met.", date(2019, 3, 3)),
        ("GENEVA, June 12, 2018 (Agency) -- The ministers met.", date(2018, 6, 12)),
        ("The ministers met in Geneva on March 3, 2019, and signed a treaty that both had long wanted.", None),
        ("GENEVA, June 12 (Agency) -- The ministers met.", None),
    ],
)
def test_an_article_states_its_own_day(text: str, day: date | None) -> None:
    """A stamp, a date line or a dateline with its year is the day of publication; a date in the story is not."""
    assert publication_date(text) == day


def test_the_first_full_date_is_a_day_with_its_year() -> None:
    """Days without a year and years without a day are passed over."""
    assert first_full_date("On June 1, in 1999, or rather on 2 July 2001") == date(2001, 7, 2)
    assert first_full_date("On June 1") is None


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300), st.none() | DAYS)
def test_any_text_can_be_scanned(text: str, published: date | None) -> None:
    """No text breaks the scanner; spans are in order, inside the text, not empty and do not overlap."""
    edges = [edge for item in find_in_text(text, published) for edge in item.span]
    assert edges == sorted(edges)
    assert all(left < right for left, right in zip(edges[::2], edges[1::2], strict=True))
    assert not edges or (edges[0] >= 0 and edges[-1] <= len(text))


def test_the_attacks_of_2001_keep_their_year() -> None:
    """News names that day by month and day alone; news before it cannot mean it."""
    assert found("They spoke of 9/11.") == {"9/11": "2001-09-11"}
    assert found("Since the Sept. 11 attacks they have met.") == {"Sept. 11": "2001-09-11"}
    assert found("Since the Sept. 11 attacks they have met.", date(1998, 10, 1)) == {"Sept. 11": "1998-09-11"}
