"""Counts that the database makes are those that a walk through the rows makes."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.findings import Reading
from dragoman.record import NewArticle, Record, _copies
from dragoman.testing import make_article, make_date, make_event, make_reading, make_record
from tests.record.strategies import corpora

Corpus = list[tuple[NewArticle, Reading]]
SMALL = settings(max_examples=25, deadline=None)
LAST = "2018-06-20"


@contextmanager
def recorded(corpus: Corpus, *, rejected: int = 0) -> Iterator[Record]:
    """A record of a corpus, the first so many findings rejected, in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder, make_record(Path(folder) / "r.db", corpus) as record:
        for row in record.findings()[:rejected]:
            record.review.reject(row.id)
        yield record


@SMALL
@given(corpora, st.integers(0, 4))
def test_standings_are_sums_over_pairs(corpus: Corpus, rejected: int) -> None:
    """Meetings, partners, leaders and the last day of everyone are those of the pairs that he is in."""
    with recorded(corpus, rejected=rejected) as record:
        for level in ("person", "state"):
            sides: dict[str, list[Any]] = defaultdict(list)
            for pair in record.contacts(level):
                for party in (pair.a, pair.b):
                    sides[party.entity].append(pair)
            found = {one.entity: one for one in record.tallies.standings(level)}
            assert found.keys() == sides.keys()
            assert record.tallies.count_pairs(level) == len(record.contacts(level))
            for entity, pairs in sides.items():
                one = found[entity]
                assert one.held == sum(pair.held for pair in pairs)
                assert one.not_held == sum(pair.planned + pair.called_off for pair in pairs)
                assert one.partners == sum(bool(pair.held) for pair in pairs)
                assert one.leaders == sum(bool(pair.held and pair.level == "leader") for pair in pairs)
                assert one.last == max((pair.last for pair in pairs if pair.last), default=None)


@SMALL
@given(corpora, st.integers(0, 4))
def test_pairs_among_some_are_those_of_which_both_are_named(corpus: Corpus, rejected: int) -> None:
    """``among`` keeps a pair exactly where both are in the list, and a limit cuts the same order."""
    with recorded(corpus, rejected=rejected) as record:
        every = record.contacts()
        some = ["ann", "bob"]
        assert record.contacts(among=some) == tuple(p for p in every if {p.a.entity, p.b.entity} <= set(some))
        assert record.contacts(limit=1) == every[:1]
        assert [pair.held for pair in every] == sorted((pair.held for pair in every), reverse=True)


@SMALL
@given(corpora, st.integers(0, 4))
def test_speakers_and_outlets_are_counts_of_rows(corpus: Corpus, rejected: int) -> None:
    """Quotes by speaker, and articles and findings by outlet, add up to the rows that queries list."""
    with recorded(corpus, rejected=rejected) as record:
        rows = record.quotes()
        by_speaker = Counter((row.entity, row.state, row.office) for row in rows)
        tallies = record.tallies.speakers()
        assert {(one.entity, one.state, one.office): one.quotes for one in tallies} == by_speaker
        assert record.count_quotes() == len(rows)
        assert record.tallies.speakers(limit=1) == tallies[:1]
        assert record.tallies.count_speakers() == len(tallies)
        assert record.tallies.spoken() == Counter((row.state, row.office) for row in rows)
        for one in tallies:
            mine = [row for row in rows if row.entity == one.entity]
            assert one.name in {row.speaker for row in mine}
            assert one.last == max((row.published for row in mine if row.published), default=None)
        articles = record.articles()
        for outlet in record.tallies.outlets():
            own = [row for row in articles if row.outlet == outlet.outlet]
            assert (outlet.articles, outlet.own) == (len(own), sum(row.copy_of is None for row in own))
            assert outlet.first == min((row.published for row in own if row.published), default=None)
            for kind in ("quote", "event"):
                assert outlet.findings.get(kind, 0) == sum(row.findings.get(kind, 0) for row in own)
        assert record.tallies.count_outlets() == len({row.outlet for row in articles})


@SMALL
@given(corpora, st.integers(0, 4))
def test_places_promises_and_plans_are_counts_of_rows(corpus: Corpus, rejected: int) -> None:
    """Places of meetings, promises by fate and by maker, and meetings still ahead are those of a walk."""
    with recorded(corpus, rejected=rejected) as record:
        meetings, promises = record.meetings(), record.commitments()
        held = Counter(row.place for row in meetings if row.place and row.status == "held")
        planned = Counter(row.place for row in meetings if row.place and row.status in {"planned", "possible"})
        assert {one.place: (one.held, one.planned) for one in record.tallies.places()} == {
            place: (held[place], planned[place]) for place in {*held, *planned}
        }
        assert record.tallies.promises(LAST).fates == Counter(row.fate for row in promises)
        for one in record.tallies.promisers(LAST):
            mine = [row for row in promises if one.entity in {party.entity for party in row.by}]
            assert one.fates == Counter(row.fate for row in mine)
            late = [row for row in mine if row.fate == "open" and row.due and row.due.end and row.due.end < LAST]
            assert one.late == len(late)
        ahead = [
            row
            for row in meetings
            if row.status in {"planned", "possible"}
            and ((row.day or "") >= "2018-06-05" if row.dated else (row.last_reported or "") >= "2018-06-03")
        ]
        assert list(record.ahead("2018-06-05", "2018-06-03")) == ahead
        met = Counter(
            country
            for row in meetings
            if row.status == "held" and row.dated and row.day and "2018-06-03" <= row.day <= "2018-06-08"
            for country in {party.country for party in row.participants if party.country}
        )
        assert record.tallies.met_between("2018-06-03", "2018-06-08") == met


@SMALL
@given(corpora, st.sampled_from(["day", "week", "month", "year"]))
def test_a_timeline_counts_the_events_of_each_period(corpus: Corpus, bucket: str) -> None:
    """The rows of a timeline, and what it cannot place, add up to the events and meetings listed."""
    with recorded(corpus) as record:
        line, rows = record.timeline(bucket), record.happenings()
        assert sum(row.total for row in line.rows) + line.undated + line.imprecise == len(rows)
        assert line.undated == sum(row.day is None for row in rows)
        assert record.count_happenings() == len(rows) == len(record.events()) + len(record.meetings())
        if bucket == "day":
            assert {row.period: row.total for row in line.rows} == Counter(row.day for row in rows if row.day)
        days = [row.day for row in rows if row.day]
        assert record.span() == ((min(days), max(days)) if days else (None, None))


@SMALL
@given(corpora)
def test_the_first_reports_asked_for_at_once_are_those_of_each_event(corpus: Corpus) -> None:
    """``mentions`` of many events are the first of each event's own reports, superseded versions left out."""
    with recorded(corpus) as record:
        ids = [row.id for row in (*record.happenings(), *record.commitments())]
        wanted = {name: tuple(m for m in record.event(name).mentions if not m.superseded) for name in ids}
        assert record.mentions(ids) == {name: reports[:12] for name, reports in wanted.items()}
        assert record.mentions(ids, most=1) == {name: reports[:1] for name, reports in wanted.items()}


def invented_ties(seed: int) -> Corpus:
    """Forty articles over two years, each with three events between three states, some coarsely dated or planned."""
    rng = np.random.default_rng(seed)
    made = []
    for number in range(40):
        day = f"20{17 + int(rng.integers(2))}-{1 + int(rng.integers(12)):02}-{1 + int(rng.integers(28)):02}"
        events = []
        for _ in range(3):
            a, b = rng.choice(["CHN", "PRK", "USA"], 2, replace=False)
            events.append(
                make_event(
                    str(a), str(rng.choice(["AID", "CONSULT", "ACCUSE", "THREATEN"])), str(b), span=(0, 4),
                    day=make_date(day, precision=str(rng.choice(["day", "day", "month", "year"]))),
                    status=str(rng.choice(["held", "held", "planned"])),
                )
            )  # fmt: skip
        text = f"Item {number}: " + " ".join(map(str, rng.integers(10**6, size=30)))
        made.append((make_article(text, published=day, outlet=f"Paper {number}"), make_reading(events=tuple(events))))
    return made


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("country", "until"), [(None, None), ("USA", None), (None, "2018-03-15")])
def test_faded_ties_are_sums_of_months_that_count_less_and_less(
    seed: int, country: str | None, until: str | None
) -> None:
    """Each month's sums and articles count by half for every half-life before the last month with an event."""
    half = 1 + seed
    with recorded(invented_ties(seed)) as record:
        found = record.tallies.faded_ties(half, country=country, until=until)
        rows = record.ties("month", country=country, until=until)
        assert found.months[0] == min(row.period for row in rows)
        assert found.months[-1] == max(row.period for row in rows)
        age = {month: len(found.months) - 1 - place for place, month in enumerate(found.months)}
        articles = [row for row in record.articles() if until is None or (row.published or "") <= until]
        spoken = {row.key: {e.country for e in record.article(row.key).entities} for row in articles}
        assert {(row.a, row.b) for row in found.rows} == {(row.a, row.b) for row in rows}
        for one in found.rows:
            mine = [row for row in rows if (row.a, row.b) == (one.a, one.b)]
            both = [str(r.published)[:7] for r in articles if {one.a, one.b} <= spoken[r.key]]
            weights = [0.5 ** (age[month] / half) for month in both if month in age]
            assert one.cooperation == pytest.approx(sum(r.cooperation * 0.5 ** (age[r.period] / half) for r in mine))
            assert one.conflict == pytest.approx(sum(r.conflict * 0.5 ** (age[r.period] / half) for r in mine))
            assert one.n_cooperation == sum(row.n_cooperation for row in mine)
            assert one.covered == pytest.approx(sum(weights))
            assert one.articles == len(weights)
            months = record.tallies.covered_months([(one.a, one.b)], until=until)[one.a, one.b]
            assert months == Counter(both)
            chosen = record.ties("month", pairs=[(one.a, one.b)], until=until)
            assert chosen == tuple(row for row in rows if (row.a, row.b) == (one.a, one.b))


def test_an_empty_record_has_nothing_to_count(tmp_path: Path) -> None:
    """No tally fails on a record without articles."""
    with make_record(tmp_path / "r.db") as record:
        assert record.tallies.faded_ties(3).rows == ()
        assert record.tallies.standings("state") == ()
        assert record.tallies.speakers() == ()
        assert record.tallies.outlets() == ()
        assert record.tallies.promises(None).total == 0
        assert record.mentions([]) == {}
        assert record.span() == (None, None)


sets = st.lists(st.integers(0, 400), max_size=120, unique=True).map(
    lambda found: np.array(sorted(found), dtype=np.uint64)
)


@given(sets, st.lists(sets, max_size=5))
@settings(max_examples=150, deadline=None)
def test_likeness_with_many_is_likeness_with_each(one: _copies.Hashes, others: list[_copies.Hashes]) -> None:
    """Counting the shingles shared with many texts at once gives what sets give text by text."""

    def slowly(a: set[int], b: set[int]) -> float | None:
        if min(len(a), len(b)) < _copies.FEWEST_SHINGLES:
            return None
        common = len(a & b)
        contained = common / min(len(a), len(b))
        copies = common / len(a | b) >= _copies.RESEMBLANCE or contained >= _copies.CONTAINMENT
        return contained if copies else None

    assert _copies.likenesses(one, others) == [slowly(set(one.tolist()), set(other.tolist())) for other in others]


def test_shingles_are_kept_up_to_a_bound() -> None:
    """What was asked for longest ago goes first, and no more is kept than the bound says."""
    kept = _copies.Shingled(most=10)
    for article in range(4):
        kept.put(article, np.arange(3, dtype=np.uint64))
        kept.get(0)
    assert [kept.get(article) is not None for article in range(4)] == [True, False, True, True]


def test_promises_come_by_the_page_in_order_of_their_date() -> None:
    """Pages of promises put together are the whole ledger, soonest due first; those of a fate are counted alike."""
    corpus = [
        (
            make_article(f"Promise {i} " + "x " * i, outlet=f"P{i}"),
            replace(make_reading(), commitments=(promise(i),)),
        )
        for i in range(7)
    ]
    with recorded(corpus) as record:
        whole = record.commitments(order="due")
        assert len(whole) == record.count_commitments() == 7
        pages = [record.commitments(order="due", limit=2, offset=at) for at in range(0, 8, 2)]
        assert [row for page in pages for row in page] == list(whole)
        keys = [(row.due.start if row.due else None) or "9999" for row in whole]
        assert keys == sorted(keys)
        for fate in ("open", "kept", "broken", "disputed"):
            assert record.count_commitments(fate=fate) == len([row for row in whole if row.fate == fate])


def promise(number: int) -> Any:
    """A promise of its own by its number."""
    from dragoman.testing import make_commitment

    fates = ("open", "kept", "broken", "disputed")
    due = make_date(f"2018-0{1 + number}-01") if number % 3 else None
    return make_commitment(f"Promise {number}", (0, 9), by=(f"party {number}",), due=due, fate=fates[number % 4])
