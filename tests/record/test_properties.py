"""What holds of every record: adding twice, in any order, as of a day, merged, undone and read again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.findings import Reading
from dragoman.record import NewArticle, Record
from dragoman.testing import fixed_clock, make_article, make_meeting, make_reading, make_record
from tests.record.strategies import corpora, differences, everything

Corpus = list[tuple[NewArticle, Reading]]
TWO_NAMES: Corpus = [
    (
        make_article(f"{name} met Bob in Rome.", outlet=name),
        make_reading(meetings=(make_meeting(((name, "USA"), ("bob", "PRK")), span=(0, 3), day="2018-06-05"),)),
    )
    for name in ("ann", "anna")
]
SMALL = settings(max_examples=25, deadline=None)


@contextmanager
def recorded(corpus: Corpus) -> Iterator[Record]:
    """A record of a corpus in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder, make_record(Path(folder) / "r.db", corpus) as record:
        yield record


@SMALL
@given(corpora, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(corpus: Corpus, random: object) -> None:
    """The same articles, in another order and some of them twice, give the same record."""
    shuffled = [*corpus, *corpus[:3]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    with recorded(corpus) as one, recorded(shuffled) as other:
        assert differences(everything(one), everything(other)) == {}


@SMALL
@given(corpora, st.integers(1, 28))
def test_as_of_a_day_is_a_record_of_what_was_published_until_then(corpus: Corpus, day: int) -> None:
    """Seen as of a day, a record says exactly what one says that was built of the articles until that day."""
    until = f"2018-06-{day:02}"
    early = [piece for piece in corpus if piece[0].published and piece[0].published.isoformat() <= until]
    with tempfile.TemporaryDirectory() as folder, recorded(early) as wanted:
        path = Path(folder) / "r.db"
        make_record(path, corpus).close()
        with Record.open(path, as_of=until, clock=fixed_clock) as seen:
            assert differences(everything(seen), everything(wanted)) == {}
            assert seen.counts().hidden == len(corpus) - len(early)


@SMALL
@given(corpora)
def test_a_merge_undone_leaves_the_record_as_it_was(corpus: Corpus) -> None:
    """Merging two entities and undoing it changes nothing but the log."""
    with recorded([*corpus, *TWO_NAMES]) as record:
        before = everything(record)
        line = record.identity.merge("ann", "anna", because="one person")
        assert "anna" not in {row.entity for row in record.identity.entities()}
        record.identity.undo(line)
        assert differences(everything(record), before) == {}
        assert [entry.undone for entry in record.identity.log()] == [True, False]


@SMALL
@given(corpora, st.data())
def test_reading_again_respects_merges_and_decisions(corpus: Corpus, data: st.DataObject) -> None:
    """A new reading by another version that finds the same leaves merges, rejections and corrections in force."""
    corpus = [*corpus, *TWO_NAMES]
    with recorded(corpus) as record:
        record.identity.merge("ann", "anna")
        findings = record.findings()
        record.review.reject(data.draw(st.sampled_from(findings)).id)
        chosen = data.draw(st.sampled_from([one for one in findings if one.kind == "event"]))
        record.review.correct(chosen.id, {"status": "denied", "place": "Rome"})
        before = everything(record)
        for article, reading in corpus:
            outcome = record.add(article, replace(reading, versions={"dragoman": "test"}))
            assert outcome.outcome == "unchanged"
            assert record.add(article, replace(reading, versions={"dragoman": "newer"})).outcome == "read again"
        after = everything(record)
        for full in after["full"]:
            assert full.versions == {"dragoman": "newer"}
        after["full"] = [replace(full, versions={"dragoman": "test"}) for full in after["full"]]
        assert differences(after, before) == {}


@SMALL
@given(corpora, st.data())
def test_decisions_undone_leave_the_findings_as_read(corpus: Corpus, data: st.DataObject) -> None:
    """After any row of decisions and the undoing of each, the record says what it said before."""
    with recorded(corpus) as record:
        before = everything(record)
        numbers = []
        for finding in data.draw(st.lists(st.sampled_from(record.findings()), max_size=4)):
            action = data.draw(st.sampled_from(["accept", "reject"]))
            numbers.append(getattr(record.review, action)(finding.id))
        for number in data.draw(st.permutations(numbers)):
            record.review.undo(number)
        assert differences(everything(record), before) == {}
