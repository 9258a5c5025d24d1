"""Which reports tell of one event: against a slow search, and case by case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.record import _fit, _words, join
from dragoman.record._blocks import Placed, block_of, blocks_of
from dragoman.record._known import Known
from dragoman.record.join import Report, join_reports

START = date(2018, 6, 1).toordinal()
EVENT_WORDS = frozenset({"envoys", "talks", "geneva", "freeze"})


def report(which: int, day: int | None = 12, **given: Any) -> Report:
    """A report of an event of a day of June 2018, published the day after."""
    start = None if day is None else START + day - 1
    fields: dict[str, Any] = {
        "id": which, "key": f"k{which:04}", "kind": "event", "article": f"a{which:04}", "published": START + 13,
        "start": start,
        "end": start, "mode": None, "place": None, "persons": {}, "words": EVENT_WORDS,
    }  # fmt: skip
    return Report(**(fields | given))


def together(one: Report, other: Report) -> bool:
    """Whether two reports are one event."""
    return len(set(join_reports([one, other]).values())) == 1


@st.composite
def reports(draw: st.DrawFn) -> list[Report]:
    """Reports of one block and so of one kind, some without a day, a place or a date of publication."""
    made = []
    kind = draw(st.sampled_from(["event", "meeting"]))
    for number in range(draw(st.integers(1, 14))):
        day = draw(st.one_of(st.none(), st.integers(1, 24)))
        length = draw(st.sampled_from([0, 0, 0, 6, 29, 364]))
        start = None if day is None else START + day
        made.append(
            report(
                number, None, kind=kind, start=start, end=None if start is None else start + length,
                article=f"a{draw(st.integers(0, 9))}", published=draw(st.one_of(st.none(), st.integers(START,
                START + 28))),
                mode=draw(st.sampled_from([None, "meet", "visit"])), place=draw(st.sampled_from([None, "Oslo",
                "Geneva"])),
                persons=draw(st.sampled_from([{}, {"USA": frozenset({"ann"})}, {"USA": frozenset({"eve"})}])),
                status=draw(st.sampled_from(["held", "planned", "called off", "denied"])),
                count=draw(st.sampled_from([1, 1, 2])),
                target=draw(st.sampled_from([frozenset(), frozenset({"PRK"}), frozenset({"RUS"})])),
                deed=draw(st.booleans()), type=draw(st.sampled_from(["MOBILIZE", "ASSAULT"])),
                things=frozenset(draw(st.sets(st.sampled_from(["missil", "jet"])))), lent=draw(st.booleans()),
                number=draw(st.sampled_from([None, 1, 2, _words.MANY])), clock=draw(st.booleans()),
                past=draw(st.sampled_from([False, False, True])), sentence=draw(st.integers(0, 2)),
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
            event = Known(leader=one, days=None, last=one.order[0])
            known.append(event)
        event.note(one)
        lead[one.id] = event.leader.id
    return lead


def _may_compare(one: Report, event: Any) -> bool:
    if one.kind == "meeting" or (one.coarse is None and one.days is None):
        alike = one.coarse == event.leader.coarse
    else:
        alike = one.coarse == event.leader.coarse or event.leader.coarse is not None or event.days is not None
    return (
        alike
        and (one.days is not None or one.coarse is not None or one.published is not None)
        and not (one.days is not None and event.days is None and event.leader.coarse is None and one.published is None)
    )


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


MISSILE = {"things": frozenset({"missil"}), "number": 1, "type": "MOBILIZE", "mode": "weapons", "status": "held"}
LAUNCH = {**MISSILE, "words": frozenset({"launch", "missil", "coast", "dawn"}), "deed": True}
OTHER_WORDS = frozenset({"fir", "missil", "alarm", "siren"})


def launch(which: int, day: int | None = 12, **given: Any) -> Report:
    """A report of a missile launch, in words of its own."""
    return report(which, day, **(LAUNCH | {"words": OTHER_WORDS if which % 2 else LAUNCH["words"]} | given))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, True),
        ({"words": frozenset({"harvest"}), "things": frozenset({"tractor"})}, False),
        ({"day": 14}, False),
        ({"day": 13, "place": "Hokkaido"}, True),
        ({"day": 13, "place": "Sea of Japan"}, False),
        ({"day": 13, "place": "Hokkaido", "article": "a0002"}, False),
        ({"day": 15, "place": "Hokkaido"}, False),
        ({"day": 13, "clock": True}, True),
        ({"day": 13, "clock": True, "article": "a0002"}, False),
        ({"target": frozenset({"USA"})}, True),
        ({"target": frozenset({"USA"}), "type": "ASSAULT", "mode": None}, True),
        ({"number": 3, "mode": "troops"}, False),
        ({"several": True}, False),
        ({"day": None, "published": START + 12}, True),
        ({"day": None, "published": START + 10}, True),
        ({"day": None, "published": START + 12, "past": True}, False),
        ({"day": None, "published": START + 12, "number": 3}, False),
        ({"day": None, "published": START + 12, "several": True}, False),
        ({"day": None, "published": START + 12, "status": "planned", "mode": None}, False),
        ({"day": None, "published": START + 60}, False),
        ({"day": None, "published": None}, False),
        ({"day": 1, "end": START + 29, "words": LAUNCH["words"]}, True),
        ({"day": 1, "end": START + 29}, False),
        ({"day": 1, "end": START + 200, "words": LAUNCH["words"]}, True),
        ({"day": 20, "end": START + 200, "words": LAUNCH["words"]}, False),
    ],
)
def test_a_deed_joins_on_day_place_things_and_number(other: dict[str, Any], expected: bool) -> None:
    """Evidence adds up: one day and one thing suffice; another place, number or day, or many acts, speak against it."""
    one = launch(2, place="Hokkaido", published=START + 11, target=frozenset({"JPN"}))
    told: dict[str, Any] = {"article": "a0003", "published": START + 12} | other
    assert together(one, launch(1, **told)) is expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, True),
        ({"target": frozenset({"RUS"})}, False),
        ({"aimed_at": frozenset({"lavrov"})}, False),
        ({"persons": {"USA": frozenset({"haley"})}, "mode": None}, False),
        ({"words": frozenset({"harvest", "grain", "price"}), "mode": None}, False),
        ({"day": None}, True),
        ({"day": None, "words": frozenset({"harvest", "grain", "price"})}, False),
        ({"day": None, "published": START + 40}, False),
        ({"day": None, "status": "planned", "words": frozenset({"wrong", "grain", "price"})}, False),
    ],
)
def test_words_spoken_join_where_one_person_says_the_same_to_the_same(other: dict[str, Any], expected: bool) -> None:
    """Accusations of one day are one where speaker and target agree and the sentences share words."""
    said: dict[str, Any] = {
        "type": "ACCUSE", "mode": "disapprove", "status": "held", "target": frozenset({"PRK"}), "published": START + 12,
        "words": frozenset({"wrong", "threat", "brazen"}), "persons": {"USA": frozenset({"trump"})},
        "aimed_at": frozenset({"kim"}),
    }  # fmt: skip
    assert together(report(1, **said), report(2, **(said | other))) is expected


def test_what_fits_one_report_only_does_not_chain() -> None:
    """A report like the last of four, and unlike the others, is an event of its own."""
    words = [frozenset({f"w{place}", f"w{place + 1}", f"w{place + 2}", f"w{place + 3}"}) for place in range(9)]
    told: dict[str, Any] = {"type": "ACCUSE", "status": "held", "target": frozenset({"PRK"}), "published": START}
    chain = [report(place, None, **(told | {"words": words[place]})) for place in range(9)]
    joined = join_reports(chain)
    assert joined[0] == joined[1]
    assert joined[8] != joined[0]


def test_one_sentence_tells_its_acts_apart() -> None:
    """Two acts of one sentence are not one for sharing all its words."""
    told: dict[str, Any] = {"type": "REQUEST", "status": "held", "target": frozenset({"PRK"}), "article": "a"}
    assert together(report(1, None, **told), report(2, None, **(told | {"article": "b"})))
    assert not together(report(1, None, **told), report(2, None, **told))
    assert together(report(1, None, **told), report(2, None, **(told | {"sentence": 90})))


def test_evidence_is_given_part_by_part() -> None:
    """The parts of the evidence sum to the fit, and name what speaks against it."""
    event = Known(leader=launch(2), days=None, last=START)
    event.note(launch(2, target=frozenset({"JPN"})))
    parts = _fit.parts(launch(1, target=frozenset({"USA"}), number=3), event)
    assert parts is not None
    assert parts["when"] == _fit.SAME_DAY
    assert (parts["number"], parts["target"]) == (_fit.OTHER_NUMBER, _fit.OTHER_AIM)
    assert _fit.fits(launch(1), event) == pytest.approx(sum((_fit.parts(launch(1), event) or {}).values()))


@pytest.mark.parametrize(
    ("clause", "things", "number"),
    [
        ("fired a ballistic missile over Japan", {"ballistic", "missil"}, 1),
        ("missile was launched", {"missil"}, 1),
        ("launched three short-range missiles", {"short-rang", "missil"}, 3),
        ("projectiles were fired", {"missil"}, _words.MANY),
        ("launched a Kwangmyongsong-4 satellite", {"kwangmyongsong-4", "satellit"}, 1),
        ("marched", set(), None),
        ("seized a North Korean cargo ship", {"cargo", "ship"}, 1),
    ],
)
def test_a_clause_says_with_what_and_how_many(clause: str, things: set[str], number: int | None) -> None:
    """Things are the nouns of a clause, under one word for one thing; verbs, names and function words are none."""
    assert _words.things(clause, ["North Korean", "a North Korean cargo ship", "Japan"]) == things
    if clause != "marched":
        assert _words.number(clause) == number


def placed(key: str, kind_type: str, start: int, source: str, things: set[str]) -> Placed:
    """An act at a place of its article."""
    sides = (("source", source), ("target", "JPN"))
    return Placed(key=key, kind="event", type=kind_type, start=start, sides=sides, things=frozenset(things))


def test_an_act_without_a_source_stands_beside_those_of_the_same_things() -> None:
    """An act with missiles stands in the block of most acts of force with missiles, not of those with jets."""
    named = [
        placed("a", "MOBILIZE", 0, "PRK", {"missil"}),
        placed("b", "ASSAULT", 90, "KOR", {"missil"}),
        placed("c", "ASSAULT", 300, "PRK", {"missil", "coast"}),
        placed("d", "ASSAULT", 101, "KOR", {"jet"}),
    ]
    nameless = [
        placed("e", "ASSAULT", 100, "?", {"missil"}),
        placed("f", "ASSAULT", 100, "?", {"jet"}),
        placed("g", "ASSAULT", 100, "?", {"drone"}),
        placed("h", "ACCUSE", 100, "?", {"missil"}),
    ]
    assert blocks_of([*named, *nameless])[4:] == [
        "event|FORCE|PRK", "event|FORCE|KOR", "event|FORCE|?|JPN", "event|ACCUSE|?|JPN",
    ]  # fmt: skip
    doubted = [replace(one, doubtful=True) for one in nameless]
    assert blocks_of([*named, *doubted])[4:] == [None] * 4


def test_types_that_reports_confuse_stand_in_one_block() -> None:
    """A launch read as ASSAULT stands beside one read as MOBILIZE, words of accusation do not."""
    assert block_of(placed("a", "ASSAULT", 0, "PRK", set())) == block_of(placed("b", "MOBILIZE", 0, "PRK", set()))
    assert block_of(placed("a", "ACCUSE", 0, "PRK", set())) != block_of(placed("b", "THREATEN", 0, "PRK", set()))


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


ANN_AND_KIM = {"USA": frozenset({"ann"}), "PRK": frozenset({"kim"})}


@pytest.mark.parametrize(
    ("status", "other", "persons", "article", "one"),
    [
        ("held", "denied", {"USA": frozenset({"ann"})}, "b", False),
        ("held", "denied", ANN_AND_KIM, "b", True),
        ("held", "denied", ANN_AND_KIM, "a", False),
        ("held", "called off", {"USA": frozenset({"ann"})}, "b", False),
        ("held", "called off", ANN_AND_KIM, "a", False),
        ("planned", "denied", {"USA": frozenset({"ann"})}, "b", False),
        ("planned", "called off", {"USA": frozenset({"ann"})}, "b", True),
        ("planned", "held", {"USA": frozenset({"ann"})}, "b", True),
    ],
)
def test_what_one_report_denies_and_another_tells(
    status: str, other: str, persons: dict[str, frozenset[str]], article: str, one: bool
) -> None:
    """A denial lends no person to a meeting held: only other articles' words on the same sides make a dispute."""
    told = report(1, kind="meeting", article="a", status=status, persons=ANN_AND_KIM)
    against = report(2, kind="meeting", article=article, status=other, persons=persons)
    assert together(told, against) is one


def test_a_meeting_called_off_and_held_after_all_takes_further_reports() -> None:
    """Once a report tells that it was held after all, one that names states alone joins as any other."""
    made = [
        report(1, kind="meeting", status="called off", persons=ANN_AND_KIM, published=START),
        report(2, kind="meeting", status="held", persons=ANN_AND_KIM),
        report(3, kind="meeting", status="held"),
    ]
    assert len(set(join_reports(made).values())) == 1
