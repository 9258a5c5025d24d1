"""Which reports tell of one event: against a slow search, and case by case."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.record import join
from dragoman.record.join import Report, join_reports

START = date(2018, 6, 1).toordinal()
EVENT_WORDS = frozenset({"envoys", "talks", "geneva", "freeze"})


def report(number: int, day: int | None = 12, **given: Any) -> Report:
    """A report of an event of a day of June 2018, published the day after."""
    start = None if day is None else START + day - 1
    fields: dict[str, Any] = {
        "id": number, "key": f"k{number:04}", "kind": "event", "article": f"a{number:04}", "published": START + 13,
        "start": start,
        "end": start, "mode": None, "place": None, "persons": {}, "words": EVENT_WORDS,
    }  # fmt: skip
    return Report(**(fields | given))


def together(one: Report, other: Report) -> bool:
    """Whether two reports are one event."""
    return len(set(join_reports([one, other]).values())) == 1


@st.composite
def reports(draw: st.DrawFn) -> list[Report]:
    """Reports of one block, some without a day, a place or a date of publication."""
    made = []
    for number in range(draw(st.integers(1, 14))):
        day = draw(st.one_of(st.none(), st.integers(1, 24)))
        length = draw(st.sampled_from([0, 0, 0, 6, 29, 364]))
        start = None if day is None else START + day
        kind = draw(st.sampled_from(["event", "meeting"]))
        made.append(
            report(
                number, None, kind=kind, start=start, end=None if start is None else start + length,
                article=f"a{draw(st.integers(0, 9))}", published=draw(st.one_of(st.none(), st.integers(START,
                START + 28))),
                mode=draw(st.sampled_from([None, "meet", "visit"])), place=draw(st.sampled_from([None, "Oslo",
                "Geneva"])),
                persons=draw(st.sampled_from([{}, {"USA": frozenset({"ann"})}, {"USA": frozenset({"eve"})}])),
                status=draw(st.sampled_from(["held", "planned"])), count=draw(st.sampled_from([1, 1, 2])),
                target=draw(st.sampled_from([frozenset(), frozenset({"PRK"}), frozenset({"RUS"})])),
                words=frozenset(draw(st.sets(st.sampled_from(sorted(EVENT_WORDS)), min_size=1))),
            )
        )  # fmt: skip
    return made


def slow_join(all_reports: list[Report]) -> dict[int, int]:
    """The same by comparing every report with every event known, with no index of months."""
    known: list[Any] = []
    lead = {}
    for one in sorted(all_reports, key=lambda item: item.order):
        fitting = [event for event in known if _may_compare(one, event) and join._rank(one, event) is not None]
        event = max(
            fitting, key=lambda item: (join._rank(one, item), item.last, -item.leader.order[0], -item.leader.id),
            default=None
        )  # fmt: skip
        if event is None:
            event = join._Known(leader=one, days=None, last=one.order[0])
            known.append(event)
        join._note(event, one, defaultdict(list))
        lead[one.id] = event.leader.id
    return lead


def _may_compare(one: Report, event: Any) -> bool:
    if one.coarse != event.leader.coarse:
        return False
    if one.coarse is not None or (one.days is not None and event.days is not None):
        return True
    return one.published is not None


@settings(max_examples=200, deadline=None)
@given(reports())
def test_the_index_by_month_finds_what_comparing_all_finds(all_reports: list[Report]) -> None:
    """Looking only at events of near days gives the joins that comparing with every event gives."""
    assert join_reports(all_reports) == slow_join(all_reports)


@settings(max_examples=100, deadline=None)
@given(reports(), st.randoms(use_true_random=False), st.integers(START, START + 28))
def test_joins_depend_neither_on_order_nor_on_what_comes_later(
    all_reports: list[Report], random: Any, until: int
) -> None:
    """Shuffled reports join alike, and the events known on a day are those of the reports until that day."""
    whole = join_reports(all_reports)
    shuffled = [*all_reports]
    random.shuffle(shuffled)
    assert join_reports(shuffled) == whole
    early = [one for one in all_reports if one.published is not None and one.published <= until]
    assert join_reports(early) == {one.id: whole[one.id] for one in early}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (report(1), report(2), True),
        (report(1), report(2, day=14, published=START + 14), False),
        (report(1, place="Geneva"), report(2, place="Geneva", day=13), True),
        (report(1, place="Geneva"), report(2, place="Vienna"), False),
        (report(1, place="Sentosa, Singapore"), report(2, place="Singapore"), True),
        (report(1, mode="meet"), report(2, mode="visit"), False),
        (report(1), report(2, day=None), True),
        (report(1), report(2, day=None, words=frozenset({"harvest"})), False),
        (report(1), report(2, day=None, published=START + 60), False),
        (report(1), report(2, day=None, published=None), False),
        (report(1), report(2, day=1, end=START + 29), True),
        (report(1), report(2, day=1, end=START + 364), False),
        (report(1, day=1, end=START + 364), report(2, day=1, end=START + 364, published=START + 300), True),
        (report(1, day=1, end=START + 364), report(2, day=1, end=START + 364, words=frozenset({"harvest"})), False),
        (report(1, target=frozenset({"PRK"})), report(2, target=frozenset({"RUS"})), False),
        (report(1, target=frozenset({"PRK"})), report(2), True),
        (report(1, target=frozenset({"PRK"})), report(2, words=frozenset({"harvest"})), False),
        (report(1, place="Geneva"), report(2, article="a0001", place="Geneva", day=13), False),
    ],
)
def test_events_join_on_day_place_mode_and_words(one: Report, other: Report, expected: bool) -> None:
    """Day within precision, place and mode that agree join; a day apart joins only at one place and across articles."""
    assert together(one, other) is expected


@pytest.mark.parametrize(
    ("persons", "day", "expected"),
    [
        ({"USA": frozenset({"ann"})}, 12, True),
        ({"USA": frozenset({"ann"})}, 14, True),
        ({"USA": frozenset({"ann"})}, 15, False),
        ({"USA": frozenset({"eve"})}, 12, False),
        ({"USA": frozenset({"ann", "eve"}), "PRK": frozenset({"bob"})}, 12, True),
        ({}, 12, True),
    ],
)
def test_meetings_join_where_a_person_of_each_state_is_named_by_both(
    persons: dict[str, frozenset[str]], day: int, expected: bool
) -> None:
    """Reports that name other persons of a state tell of another meeting; days may differ by two."""
    first = report(1, kind="meeting", persons={"USA": frozenset({"ann"}), "PRK": frozenset({"bob"})})
    assert together(first, report(2, day, kind="meeting", persons=persons)) is expected


def test_promises_join_on_their_words() -> None:
    """Two reports of a promise are one where half of the words are the same."""
    one = report(1, None, kind="commitment", words=frozenset({"halt", "nuclear", "tests", "april"}))
    assert together(one, report(2, None, kind="commitment", words=frozenset({"halt", "nuclear", "tests"})))
    assert not together(one, report(3, None, kind="commitment", words=frozenset({"open", "border", "tests"})))


@pytest.mark.parametrize(
    ("status", "published", "count", "expected"),
    [
        ("held", 20, 1, True),
        ("held", 50, 1, False),
        ("held", 20, 2, False),
        ("planned", 5, 1, False),
        ("denied", 20, 1, False),
    ],
)
def test_the_meeting_without_a_day_is_the_last_one_of_these_persons(
    status: str, published: int, count: int, expected: bool
) -> None:
    """A later report of "the meeting" joins the one just held, not one of long ago, nor where several are spoken of."""
    persons = {"USA": frozenset({"ann"}), "PRK": frozenset({"bob"})}
    held = report(1, 3, kind="meeting", persons=persons, status="held", published=START + 3)
    later = report(
        2, None, kind="meeting", persons=persons, status=status, count=count, published=START + published,
        words=frozenset({"since"})
    )  # fmt: skip
    assert together(held, later) is expected


def test_the_coming_meeting_is_the_one_that_has_a_day() -> None:
    """A report of the planned meeting without its day joins the one set for the next two months."""
    persons = {"USA": frozenset({"ann"}), "PRK": frozenset({"bob"})}
    planned = report(1, 25, kind="meeting", persons=persons, status="planned", published=START)
    later = report(
        2, None, kind="meeting", persons=persons, status="called off", published=START + 5, words=frozenset()
    )
    assert together(planned, later)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"day": 10}, {"day": None, "words": frozenset({"talks", "dawn", "coast", "guns"})}, True),
        ({"day": 10}, {"day": None, "words": frozenset({"dawn", "coast", "guns"})}, False),
        ({"day": 10}, {"day": None, "deed": False, "words": frozenset({"talks", "dawn", "coast", "guns"})}, False),
        ({"day": 1}, {"day": None, "words": frozenset({"talks", "dawn", "coast", "guns"})}, False),
        ({"day": 10}, {"day": None, "words": frozenset({"talks", "dawn", "coast", "dozens"})}, False),
        (
            {"day": 10},
            {"day": None, "status": "planned", "words": frozenset({"talks", "dawn", "coast", "guns"})},
            False,
        ),
    ],
)
def test_a_fresh_act_without_a_day_needs_few_shared_words(
    one: dict[str, Any], other: dict[str, Any], expected: bool
) -> None:
    """An act held upon the same target, and news of its day, joins on few words; an old one or many acts do not."""
    told: dict[str, Any] = {"target": frozenset({"PRK"}), "status": "held", "published": START + 10, "deed": True}
    assert together(report(1, **(told | one)), report(2, **(told | {"article": "a0002"} | other))) is expected


@pytest.mark.parametrize(("shared", "expected"), [(frozenset(), False), (frozenset({"talks", "envoys"}), True)])
def test_a_month_and_a_day_in_it_need_shared_words(shared: frozenset[str], expected: bool) -> None:
    """What happened some time in a month is the act of one of its days only where the sentences share words."""
    dated = report(1, day=10)
    wide = report(2, article="a0002", end=START + 27, start=START, words=shared or frozenset({"harvest"}))
    assert together(dated, wide) is expected
