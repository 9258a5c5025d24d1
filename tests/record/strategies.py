"""Small articles and readings drawn at random, and everything that a record says, as one value to compare."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from dragoman.read.findings import Reading
from dragoman.record import NewArticle, Record
from dragoman.testing import make_article, make_commitment, make_event, make_meeting, make_quote, make_reading, span_of

PLACES = (None, "Oslo", "Geneva")
WIRE = (
    "Envoys of the two sides opened a new round of talks behind closed doors on the shore of the lake, and a spokesman "
    "told reporters after four hours that both would return in the morning to go on with the text that the "
    "hosts had drawn up."
)


@st.composite
def pieces(draw: st.DrawFn) -> tuple[NewArticle, Reading]:
    """An article of June 2018 with an event, perhaps a meeting, a quote and a promise."""
    number = draw(st.integers(0, 10**6))
    copied = draw(st.booleans())
    text = f"Paper {number}. The two met in Oslo. They promised a freeze. {WIRE if copied else 'Nothing more.'}"
    published = draw(st.sampled_from([None, *(f"2018-06-{day:02}" for day in range(1, 29))]))
    day = draw(st.sampled_from([None, *(f"2018-06-{day:02}" for day in range(1, 12))]))
    status = draw(st.sampled_from(["held", "planned", "called off"]))
    place = draw(st.sampled_from(PLACES))
    source, target = draw(st.sampled_from([("USA", "PRK"), ("PRK", "USA"), ("RUS", "PRK")]))
    span = span_of(text, "The two met in Oslo")
    reading = make_reading(
        events=(make_event(source, draw(st.sampled_from(["CONSULT", "ACCUSE"])), target, span=span, day=day,
        place=place,
                           status=status),),
        meetings=(make_meeting(((draw(st.sampled_from(["ann", "anna"])), source), ("bob", target)), span=span, day=day,
                               place=place, status=status),) if draw(st.booleans()) else (),
        quotes=(make_quote(span_of(text, "a freeze"), entity=draw(st.sampled_from(["ann", "bob"]))),),
        commitments=(make_commitment("a freeze of tests", span_of(text, "promised")),),
    )  # fmt: skip
    article = make_article(text, published=published, outlet=draw(st.sampled_from(["A", "B"])), title=f"T{number}")
    return article, reading


corpora = st.lists(pieces(), min_size=1, max_size=8, unique_by=lambda piece: (piece[0].text, piece[0].outlet))


def everything(record: Record) -> dict[str, Any]:
    """All that a record says."""
    counts = record.counts()
    return {
        "articles": record.articles(),
        "full": [record.article(row.key, rejected=True) for row in record.articles()],
        "events": [
            *(record.event(row.id) for row in record.events()),
            *(record.event(row.id) for row in record.meetings()),
            *(record.event(row.id) for row in record.commitments()),
        ],
        "quotes": record.quotes(copies=True),
        "contacts": (*record.contacts(), *record.contacts("state")),
        "ties": record.ties("week"),
        "timeline": record.timeline("day"),
        "search": {(hit.kind, hit.article, hit.snippet) for hit in record.search("met OR freeze")},
        "counts": replace(counts, hidden=0, decisions=0),
        "coverage": record.coverage("USA", "PRK"),
        "never": record.never_met("ann", "bob"),
        "changes": record.changes_since("2018-06-14"),
        "entities": record.identity.entities(),
        "tallies": tallied(record),
    }


def tallied(record: Record) -> dict[str, Any]:
    """All that a record counts without showing rows."""
    count = record.tallies
    faded = count.faded_ties(2)
    return {
        "last": count.last_day(),
        "standings": (*count.standings("person"), *count.standings("state")),
        "pairs": (count.count_pairs("person"), count.count_pairs("state")),
        "both": count.mention_both("USA", "PRK"),
        "met": count.met_between("2018-06-03", "2018-06-08"),
        "speakers": count.speakers(),
        "outlets": (count.outlets(), count.count_outlets(), count.grades()),
        "places": count.places(),
        "promises": (count.promises("2018-06-20"), count.promisers("2018-06-20")),
        "faded": (
            faded.months,
            [(row.a, row.b, round(row.cooperation, 9), round(row.covered, 9)) for row in faded.rows],
        ),
        "covered": count.covered_months([("PRK", "USA"), ("PRK", "RUS")]),
        "ahead": record.ahead("2018-06-05", "2018-05-05"),
        "happenings": (record.happenings(), record.count_happenings(), record.span()),
    }


def differences(one: dict[str, Any], other: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What two records say differently."""
    return {name: (one[name], other[name]) for name in one if one[name] != other[name]}
