"""Copies count as one source, corrections as versions, and conflicts are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from dragoman.read.findings import Reading
from dragoman.record import Record, _copies
from dragoman.record.views import MeetingRow
from dragoman.testing import make_article, make_event, make_meeting, make_reading, make_record, span_of

RNG = np.random.default_rng(7)
VOCABULARY = [f"word{number}" for number in range(2000)]


def story(length: int = 200) -> str:
    """A text of random words that begins with a meeting."""
    return "Ann met Bob in Oslo. " + " ".join(RNG.choice(VOCABULARY, length)) + "."


def reading(text: str, day: str = "2018-06-10", place: str | None = None) -> Reading:
    """A reading with one meeting."""
    return make_reading(meetings=(make_meeting(span=span_of(text, "Ann met Bob"), day=day, place=place),))


def test_wire_copy_in_three_papers_is_three_reports_and_one_source(tmp_path: Path) -> None:
    """The same text under three mastheads, one in capitals and one cut short, counts as one source."""
    text = story()
    cut = text[: int(len(text) * 0.6)]
    pieces = [(text, "A"), (text.upper().replace("ANN MET BOB", "Ann met Bob"), "B"), (cut, "C"), (story(), "D")]
    corpus = [
        (make_article(body, outlet=name, published=f"2018-06-1{place}"), reading(body))
        for place, (body, name) in enumerate(pieces)
    ]
    with make_record(tmp_path / "r.db", corpus) as record:
        first = record.articles()[0].key
        assert [row.copy_of for row in record.articles()] == [None, first, first, None]
        meeting = record.meetings()[0]
        assert (meeting.reports, meeting.sources) == (4, 2)
        assert record.contacts()[0].sources == 2


def altered_lead(text: str) -> str:
    """The same story under a lead of a sub-editor's own."""
    words = text.split()
    return " ".join(["Ann", "met", "Bob", "in", "Oslo.", *RNG.choice(VOCABULARY, 40), *words[45:]])


def new_paragraph(text: str) -> str:
    """The same story with a paragraph put in the middle and a line put under it."""
    words = text.split()
    return " ".join([*words[:120], *RNG.choice(VOCABULARY, 45), *words[120:], "Reporting", "by", "our", "staff."])


def own_story(text: str) -> str:
    """A story of one's own that quotes the same communique of forty words."""
    return story(260) + " " + " ".join(text.split()[100:140])


@pytest.mark.parametrize(("change", "sources"), [(altered_lead, 1), (new_paragraph, 1), (own_story, 2)])
def test_copies_with_changes_are_one_source_and_own_stories_are_two(
    tmp_path: Path, change: Callable[[str], str], sources: int
) -> None:
    """An altered lead or an added paragraph leaves a wire copy a copy; a shared quotation does not make one."""
    text = story(260)
    corpus = [
        (make_article(body, outlet=name, published="2018-06-11"), reading(body))
        for body, name in ((text, "A"), (change(text), "B"))
    ]
    with make_record(tmp_path / "r.db", corpus) as record:
        meeting = record.meetings()[0]
        assert (meeting.reports, meeting.sources) == (2, sources)


def test_two_outlets_of_their_own_and_a_copy_of_each_are_two_sources(tmp_path: Path) -> None:
    """Four reports, of which two copy the others with changes, are two independent sources, also as of a day."""
    first, second = story(260), story(260)
    bodies = [first, second, altered_lead(first), new_paragraph(second)]
    corpus = [
        (make_article(body, outlet=f"Paper {place}", published=f"2018-06-1{place}"), reading(body))
        for place, body in enumerate(bodies)
    ]
    with make_record(tmp_path / "r.db", corpus) as record:
        assert [(row.reports, row.sources) for row in record.meetings()] == [(4, 2)]
    with Record.open(tmp_path / "r.db", as_of="2018-06-12") as record:
        assert [(row.reports, row.sources) for row in record.meetings()] == [(3, 2)]


@pytest.mark.parametrize("changed", [0.0, 0.1, 0.3, 0.6, 0.9])
def test_near_duplicates_are_found_as_exact_likeness_says(changed: float) -> None:
    """Texts that share .6 of their shingles agree in a band; likeness is the share of the shorter's shingles."""
    words = list(RNG.choice(VOCABULARY, 400))
    keep = int(len(words) * (1 - changed))
    other = words[:keep] + list(RNG.choice(VOCABULARY, len(words) - keep))
    one, two = (_copies.shingles(" ".join(text)) for text in (words, other))
    truth = len(set(one.tolist()) & set(two.tolist()))
    resemblance = truth / (len(one) + len(two) - truth)
    found = _copies.likeness(one, two)
    assert (found is not None) == (resemblance >= 0.6 or truth / min(len(one), len(two)) >= 0.8)
    if found is not None:
        assert found == pytest.approx(truth / min(len(one), len(two)))
        assert set(enumerate(_copies.band_values(one))) & set(enumerate(_copies.band_values(two)))


def test_short_texts_are_not_called_copies(tmp_path: Path) -> None:
    """Two short notes with a few words in common stay two sources."""
    corpus = [(make_article("Talks resume in Geneva today.", outlet="A"), make_reading()),
              (make_article("Talks resume in Geneva tomorrow.", outlet="B"), make_reading())]  # fmt: skip
    with make_record(tmp_path / "r.db", corpus) as record:
        assert record.counts().sources == 2


def test_a_corrected_article_is_a_new_version_and_the_old_is_kept(tmp_path: Path) -> None:
    """The text put in later at the same address supersedes the first, which tells nothing any more but stays."""
    old, new = story(), story()
    url = "https://example.org/story?utm_source=x#top"
    corpus = [
        (make_article(old, url=url, title="One"), reading(old, "2018-06-10")),
        (
            make_article(new, url="https://example.org/story/", title="Two", published="2018-06-13"),
            reading(new, "2018-06-09"),
        ),
    ]
    with make_record(tmp_path / "r.db", corpus) as record:
        first, second = record.articles()
        assert (first.superseded_by, second.supersedes) == (second.key, first.key)
        assert [row.key for row in record.articles(current=True)] == [second.key]
        meeting = record.event(record.meetings()[0].id)
        assert isinstance(meeting.row, MeetingRow)
        assert meeting.row.date is not None
        assert meeting.row.date.start == "2018-06-09"
        assert [mention.superseded for mention in meeting.mentions] == [True, False]
        assert meeting.row.conflicts == ()
    with Record.open(tmp_path / "r.db", as_of="2018-06-12") as before:
        assert before.articles()[0].superseded_by is None
        date = before.meetings()[0].date
        assert date is not None
        assert date.start == "2018-06-10"


def test_the_same_title_is_a_version_within_a_week_and_another_article_after_it(tmp_path: Path) -> None:
    """A daily column under one title is not one article, a correction two days later is."""
    corpus = [
        (make_article(story(), title="Morning notes", published=day), make_reading())
        for day in ("2018-06-01", "2018-06-03", "2018-06-20")
    ]
    with make_record(tmp_path / "r.db", corpus) as record:
        rows = record.articles()
        assert [row.supersedes for row in rows] == [None, rows[0].key, None]


def test_papers_that_differ_on_a_date_are_joined_and_the_conflict_is_kept(tmp_path: Path) -> None:
    """One meeting with both dates and who gives which; the date that more sources give stands first."""
    corpus = []
    for place, day in enumerate(["2018-06-10", "2018-06-11", "2018-06-11"]):
        text = story()
        corpus.append(
            (
                make_article(text, outlet=f"O{place}", published=f"2018-06-1{place + 2}"),
                reading(text, day, place="Oslo"),
            )
        )
    with make_record(tmp_path / "r.db", corpus) as record:
        (meeting,) = record.meetings(conflicts=True)
        keys = [row.key for row in record.articles()]
        assert meeting.date is not None
        assert meeting.date.start == "2018-06-11"
        (conflict,) = meeting.conflicts
        assert conflict.about == "date"
        assert conflict.values == (("2018-06-10", (keys[0],)), ("2018-06-11", tuple(sorted(keys[1:]))))


def test_what_was_planned_and_then_held_is_one_event_that_was_held(tmp_path: Path) -> None:
    """Status follows the reports: planned as of the first, held after the second, with no conflict."""
    corpus = []
    for published, status in (("2018-06-01", "planned"), ("2018-06-13", "held")):
        text = story()
        told = make_event(span=span_of(text, "Ann met Bob"), day="2018-06-12", status=status)
        corpus.append((make_article(text, published=published), make_reading(events=(told,))))
    with make_record(tmp_path / "r.db", corpus) as record:
        (event,) = record.events()
        assert (event.status, event.reports, event.conflicts) == ("held", 2, ())
        (change,) = record.changes_since("2018-06-02").changed
        assert change.changes == (("status", "planned", "held"),)
    with Record.open(tmp_path / "r.db", as_of="2018-06-02") as before:
        assert before.events()[0].status == "planned"


def test_never_met_says_who_says_so_or_in_how_many_articles_nothing_was_found(tmp_path: Path) -> None:
    """Three answers: met, reported not to have met, nothing found in so many articles."""
    texts = [story() for _ in range(3)]
    claim = make_meeting((("ann", "USA"), ("eve", "RUS")), span=(0, 3), status="denied", claim="never")
    corpus = [
        (make_article(texts[0], outlet="A"), reading(texts[0])),
        (make_article(texts[1], outlet="B"), make_reading(meetings=(claim,))),
        (make_article(texts[2], outlet="C"), make_reading(entities=(
            *(one for body in texts[:1] for one in reading(body).entities),
        ))),
    ]  # fmt: skip
    with make_record(tmp_path / "r.db", corpus) as record:
        assert record.never_met("ann", "bob").answer == "met"
        reported = record.never_met("ann", "eve")
        assert reported.answer == "reported"
        assert reported.reports[0].anchor.exact == "Ann"
        nothing = record.never_met("RUS", "PRK")
        assert (nothing.answer, nothing.meetings, nothing.searched) == ("nothing found", (), 0)
