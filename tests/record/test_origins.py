"""Independence is a property of origin: agencies, governments, owners, and releases printed many times."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.record import Record
from dragoman.record.origins import Origin, Outlet, origin_of, outlets_from_csv
from dragoman.testing import make_article, make_event, make_reading, span_of

BODY = "Envoys of both sides met in Geneva."


@pytest.mark.parametrize(
    ("outlet", "byline", "url", "text", "want"),
    [
        ("The Post", "Ann Lee", None, BODY, Origin(name="The Post", kind="press")),
        ("The Post", "Reuters", None, BODY, Origin(name="Reuters", kind="agency")),
        ("The Post", None, None, f"GENEVA (AP) - {BODY}", Origin(name="Associated Press", kind="agency")),
        ("The Post", None, None, f"GENEVA (Ann Lee) - {BODY}", Origin(name="The Post", kind="press")),
        ("The Post", None, None, f"{BODY} So it said (AP).", Origin(name="The Post", kind="press")),
        ("Xinhua News Agency", None, None, BODY, Origin(name="Xinhua", kind="agency")),
        (
            "Ministry of Foreign Affairs",
            None,
            None,
            BODY,
            Origin(name="Ministry of Foreign Affairs", kind="government"),
        ),
        (None, None, "https://www.state.gov/talks", BODY, Origin(name="state.gov", kind="government")),
        (None, None, "https://news.example/talks", BODY, Origin(name="news.example", kind="press")),
        (None, None, None, BODY, Origin(name="k1", kind="press")),
        ("Governance Weekly", None, None, BODY, Origin(name="Governance Weekly", kind="press")),
    ],
)
def test_where_an_article_comes_from(
    outlet: str | None, byline: str | None, url: str | None, text: str, want: Origin
) -> None:
    """A wire credit goes before the outlet, the outlet before the address, the address before nothing."""
    assert origin_of(key="k1", outlet=outlet, byline=byline, url=url, text=text) == want


def test_the_analysts_table_decides() -> None:
    """An owner stands for all his papers, and what kind a source is, is for a person to say."""
    known = Outlet(name="The Mail", canonical="The Daily Mail", owner="North Press", kind="party")
    found = origin_of(key="k", outlet="The Mail", byline=None, url=None, text=BODY, known=known)
    assert found == Origin(name="North Press", kind="party")


def put(record: Record, number: int, outlet: str, text: str | None = None, **given: str) -> None:
    """One report of the same meeting, in words of its own."""
    body = text or f"Number {number}: envoys of both sides met in Geneva, wrote {outlet} number {number} at length."
    event = make_event(span=span_of(body, "met"), day="2018-06-12")
    record.add(make_article(body, outlet=outlet, **given), make_reading(events=(event,)))


def test_ninety_releases_of_one_office_are_one_source(tmp_path: Path) -> None:
    """However many texts an office issues and whoever copies a wire, sources count origins, by kind."""
    with Record.open(tmp_path / "r.sqlite", create=True) as record:
        for number in range(9):
            put(record, number, "White House")
        put(record, 20, "The Post", byline="Reuters")
        put(record, 21, "The Mail", byline="Reuters")
        put(record, 22, "The Sun")
        counts = record.counts()
        assert (counts.articles, counts.sources) == (12, 3)
        assert counts.origins == {"agency": 1, "government": 1, "press": 1}
        (event,) = record.events()
        assert (event.reports, event.sources) == (12, 3)


def test_a_table_of_outlets_joins_what_was_counted_as_two(tmp_path: Path) -> None:
    """Two papers of one owner are two sources until the analyst says so, and one afterwards, in counts and events."""
    with Record.open(tmp_path / "r.sqlite", create=True) as record:
        put(record, 1, "The Mail")
        put(record, 2, "The Mail on Sunday")
        assert record.events()[0].sources == 2
        table = "name,canonical,owner\nThe Mail,Mail,North Press\nThe Mail on Sunday,Sunday Mail,North Press\n"
        assert record.set_outlets(outlets_from_csv(table, "outlets.csv")) == 2
        assert record.events()[0].sources == 1
        assert record.counts().sources == 1
        put(record, 3, "The Mail on Sunday")
        assert record.events()[0].sources == 1


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("outlet,canonical\nA,B\n", "name, canonical"),
        ("name,canonical\nA,B\nA,C\n", "outlets.csv:3"),
        ("name,canonical\n,B\n", "outlets.csv:2"),
        ("name,canonical,kind\nA,B,agncy\n", "did you mean 'agency'"),
    ],
)
def test_a_faulty_table_is_refused_by_its_line(table: str, words: str) -> None:
    """The line, what stands there and what is wanted are named."""
    with pytest.raises(InputError, match=words):
        outlets_from_csv(table, "outlets.csv")
