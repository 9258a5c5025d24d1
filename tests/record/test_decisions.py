"""Decisions on findings and on who is who: logged, in force after a new reading, and undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.errors import InputError, RecordError, UnknownNameError
from dragoman.record import Record
from dragoman.record._articles import FINDING_ORDERS
from dragoman.record._blocks import is_doubtful
from dragoman.testing import make_article, make_event, make_meeting, make_quote, make_reading, make_record, span_of

TEXT = "On Tuesday Ann met Bob in Oslo and accused him of delay. “We wait,” Ann said. Eve wrote a letter."
ARTICLE = make_article(TEXT)
ACCUSED = make_event(type="ACCUSE", span=span_of(TEXT, "accused"), day="2018-06-12")
READING = make_reading(
    events=(ACCUSED,), meetings=(make_meeting(span=span_of(TEXT, "Ann met Bob"), day="2018-06-12"),),
    quotes=(make_quote(span_of(TEXT, "We wait"), entity="ann"),),
)  # fmt: skip


def newer(**changes: object):  # type: ignore[no-untyped-def]
    """The reading by a newer reader."""
    return replace(READING, versions={"dragoman": "newer"}, **changes)  # type: ignore[arg-type]


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """A record of one article."""
    with make_record(tmp_path / "r.db", [(ARTICLE, READING)]) as made:
        yield made


def only_event(record: Record) -> str:
    """The id of the event's finding."""
    return record.findings(kind="event")[0].id


def test_a_rejected_finding_is_kept_and_counted_nowhere(record: Record) -> None:
    """It leaves chronology, counts and article, can be asked for, and comes back when the decision is undone."""
    number = record.review.reject(only_event(record), because="a figure of speech")
    assert record.events() == ()
    assert record.counts().events == 0
    assert record.articles()[0].findings == {"meeting": 1, "quote": 1}
    assert [one.review for one in record.findings(review="rejected")] == ["rejected"]
    record.review.undo(number)
    assert len(record.events()) == 1


def test_what_the_gate_does_not_count_waits_until_it_is_accepted(tmp_path: Path) -> None:
    """It is a finding to review and no event; accepted it counts, and the undone decision takes it out again."""
    unsure = replace(ACCUSED, counted=False)
    with make_record(tmp_path / "d.db", [(ARTICLE, make_reading(events=(unsure,)))]) as doubtful:
        assert doubtful.events() == ()
        assert doubtful.counts().events == 0
        assert [one.review for one in doubtful.findings(kind="event")] == ["open"]
        number = doubtful.review.accept(only_event(doubtful))
        assert [event.type for event in doubtful.events()] == ["ACCUSE"]
        doubtful.review.undo(number)
        assert doubtful.events() == ()
    sure = replace(ACCUSED, confidence=0.2)
    with make_record(tmp_path / "e.db", [(ARTICLE, make_reading(events=(sure,)))]) as counted:
        assert len(counted.events()) == 1


@pytest.mark.parametrize(
    ("kind", "payload", "waits"),
    [
        ("event", {"confidence": 0.49}, True),
        ("event", {"confidence": 0.5}, False),
        ("event", {"confidence": 0.1, "counted": True}, False),
        ("meeting", {}, False),
        ("meeting", {"confidence": 0.9, "counted": False}, True),
        ("fate", {}, False),
    ],
)
def test_findings_of_older_records_wait_as_they_did(kind: str, payload: dict[str, object], waits: bool) -> None:
    """Where a stored finding does not say whether it counts, an event below one half waits and all else counts."""
    assert is_doubtful(kind, payload, "open") is waits
    assert not is_doubtful(kind, payload, "accepted")


def test_a_better_reader_with_other_words_meets_the_old_decision(record: Record) -> None:
    """A rejection made on ``accused`` holds for ``accused him``, of the same type, and not for another type there."""
    record.review.reject(only_event(record))
    longer = replace(ACCUSED, span=span_of(TEXT, "accused him"))
    record.add(ARTICLE, newer(events=(longer,)))
    assert record.events() == ()
    other = replace(ACCUSED, type="REJECT", type15="REJECT")
    record.add(ARTICLE, replace(newer(events=(other,)), versions={"dragoman": "newest"}))
    assert [event.type for event in record.events()] == ["REJECT"]


@pytest.mark.parametrize("action", ["accept", "correct"])
def test_what_a_person_confirmed_stays_when_a_reader_loses_it(record: Record, action: str) -> None:
    """Accepted and corrected findings hold though a later reader finds nothing there."""
    if action == "accept":
        record.review.accept(only_event(record))
    else:
        record.review.correct(only_event(record), {"place": "Rome", "status": "planned"})
    record.add(ARTICLE, newer(events=()))
    (event,) = record.events()
    assert (event.place, event.status) == ((None, "held") if action == "accept" else ("Rome", "planned"))
    assert event.reviewed


def test_a_correction_keeps_what_was_read(record: Record) -> None:
    """The finding holds as corrected, beside it stands what the reader gave, and its id is the same."""
    name = only_event(record)
    record.review.correct(name, {"type": "REJECT", "type15": "REJECT"})
    (finding,) = record.findings(kind="event")
    assert (finding.id, finding.review, finding.finding.type) == (name, "corrected", "REJECT")  # type: ignore[union-attr]
    assert finding.as_read == ACCUSED
    record.review.correct(name, {"place": "Rome"})
    assert record.events(type="REJECT")[0].place == "Rome"


def test_a_person_adds_what_the_reader_missed_and_it_survives(record: Record) -> None:
    """An added finding stands after a new reading, and becomes one with what a better reader finds there."""
    letter = make_event("RUS", "CONSULT", "USA", span=span_of(TEXT, "wrote a letter"), day="2018-06-11")
    record.review.add(ARTICLE_KEY(record), letter)
    assert [one.origin for one in record.findings(review="added")] == ["person"]
    record.add(ARTICLE, newer())
    assert [one.origin for one in record.findings(review="added")] == ["person"]
    record.add(ARTICLE, replace(newer(events=(ACCUSED, letter)), versions={"dragoman": "newest"}))
    assert record.findings(review="added") == ()
    assert [one.origin for one in record.findings(review="accepted")] == ["reader"]
    assert record.counts().events == 2


def ARTICLE_KEY(record: Record) -> str:  # noqa: N802
    """The key of the one article."""
    return record.articles()[0].key


def test_decisions_are_anchored_by_words_and_hash_not_by_row(record: Record, tmp_path: Path) -> None:
    """Moved into a record built anew, the decisions meet the same findings again."""
    record.review.reject(only_event(record))
    record.review.correct(record.findings(kind="quote")[0].id, {"kind": "indirect"})
    columns = "at, by, action, hash, kind, exact, prefix, suffix, span_start, span_end, type, payload, because, undoes"
    rows = record._store.rows(f"SELECT {columns} FROM decisions ORDER BY seq")  # noqa: S608
    with make_record(tmp_path / "new.db", [(make_article("Another article first."), make_reading())]) as anew:
        anew._store.run_many(f"INSERT INTO decisions ({columns}) VALUES ({','.join('?' * 14)})", rows)  # noqa: S608
        anew.add(ARTICLE, READING)
        assert anew.events() == ()
        assert [quote.kind for quote in anew.quotes()] == ["indirect"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"status": "maybe"}, "one of: held"),
        ({"staus": "held"}, "did you mean 'status'"),
        ({"span": (0, 10_000)}, r"a part of \[0"),
        (
            {"date": {"span": [0, 1], "value": None, "kind": "DATE", "start": "June", "end": None, "precision": "day"}},
            "ISO date",
        ),
        ({"source": "USA"}, "shape"),
    ],
)
def test_a_correction_that_cannot_stand_is_refused(record: Record, changes: dict[str, object], message: str) -> None:
    """A value off its list, an unknown field, a span outside, a day that is none: refused, and nothing is logged."""
    with pytest.raises(InputError, match=message):
        record.review.correct(only_event(record), changes)
    assert record.review.log() == ()


def test_logs_refuse_to_be_changed(record: Record) -> None:
    """The file itself refuses to change or delete a line of a log."""
    record.review.reject(only_event(record))
    record.identity.merge("ann", "bob")
    for table in ("decisions", "identity_log"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET by = 'x'"):  # noqa: S608
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                record._store.connection.execute(statement)


def test_grades_are_set_by_a_person_and_undone(record: Record) -> None:
    """Admiralty grades stand on the article; what is off the scale is refused."""
    key = ARTICLE_KEY(record)
    number = record.review.grade(key, reliability="B", credibility=2)
    assert (record.articles()[0].grade.reliability, record.articles()[0].grade.credibility) == ("B", 2)
    for reliability, credibility in (("G", 1), ("A", 7)):
        with pytest.raises(RecordError):
            record.review.grade(key, reliability=reliability, credibility=credibility)
    record.review.undo(number)
    assert record.articles()[0].grade.reliability is None


def test_what_is_undone_cannot_be_undone_again_but_the_undo_can(record: Record) -> None:
    """An undo is a line like others: undone itself, the decision holds again."""
    number = record.review.reject(only_event(record))
    undo = record.review.undo(number)
    with pytest.raises(InputError, match="undone already"):
        record.review.undo(number)
    record.review.undo(undo)
    assert record.events() == ()
    with pytest.raises(InputError, match="a number up to 3"):
        record.review.undo(99)


def test_a_merge_moves_meetings_quotes_and_contacts(record: Record) -> None:
    """After a merge the kept entity stands everywhere, and what was read is still told."""
    text = "Ms. A. met Bob in Rome."
    meeting = make_meeting((("ms-a", "USA"), ("bob", "PRK")), span=(0, 6), day="2018-07-01")
    record.add(make_article(text, outlet="B"), make_reading(meetings=(meeting,)))
    assert len(record.contacts()) == 2
    record.identity.merge("ann", "ms-a", because="the same office")
    (contact,) = record.contacts()
    assert (contact.a.entity, contact.held) == ("ann", 2)
    (row,) = (one for one in record.identity.entities() if one.entity == "ann")
    assert row.merged == ("ms-a",)
    assert {one.read_as for one in record.article(record.articles()[0].key).entities} >= {"ms-a"} or len(
        record.articles()
    ) == 2


def test_a_split_sends_one_article_s_mentions_to_another_person(record: Record) -> None:
    """Mentions in one article, or under one name, become another entity; merges are followed after that."""
    record.identity.split("ann", "ann-the-elder", article=ARTICLE_KEY(record), because="her mother")
    assert record.contacts()[0].a.entity == "ann-the-elder"
    assert record.quotes(entity="ann-the-elder")[0].speaker == "Ann"
    record.identity.merge("eve", "ann-the-elder") if record.never_met("eve", "bob").searched else None
    with pytest.raises(InputError, match="a name or an article"):
        record.identity.split("ann", "x")


def test_merges_that_contradict_each_other_are_refused(record: Record) -> None:
    """Nobody is merged into himself, twice, or by undoing an undo into a ring."""
    first = record.identity.merge("ann", "bob")
    with pytest.raises(InputError, match="one already"):
        record.identity.merge("bob", "ann")
    undo = record.identity.undo(first)
    record.identity.merge("bob", "ann")
    with pytest.raises(InputError, match="merged into itself"):
        record.identity.undo(undo)
    with pytest.raises(UnknownNameError):
        record.identity.merge("ann", "nobody")


def test_suggestions_wait_until_they_are_decided(record: Record) -> None:
    """A suggested pair stands once on the list and leaves it when it is merged or dismissed."""
    assert record.identity.suggest_merge("ann", "bob", score=0.6, because="like names") == 1
    assert record.identity.suggest_merge("bob", "ann", score=0.7, because="again") is None
    assert [(one.entity, one.other) for one in record.identity.suggestions()] == [("ann", "bob")]
    dismissed = record.identity.dismiss("ann", "bob")
    assert record.identity.suggestions() == ()
    record.identity.undo(dismissed)
    assert len(record.identity.suggestions()) == 1
    record.identity.merge("ann", "bob")
    assert record.identity.suggestions() == ()


def test_a_record_as_of_a_day_is_not_written(tmp_path: Path, record: Record) -> None:
    """Decisions, merges and articles need the whole record."""
    name = only_event(record)
    record.close()
    with Record.open(tmp_path / "r.db", as_of="2018-12-31") as seen:
        for write in (
            lambda: seen.review.reject(name), lambda: seen.identity.merge("ann", "bob"), lambda: seen.add(ARTICLE,
            newer()),
        ):  # fmt: skip
            with pytest.raises(RecordError, match="opened without as_of"):
                write()


def test_findings_come_least_certain_first_page_by_page(tmp_path: Path) -> None:
    """By certainty the pages put together are all findings by confidence, then by article and place."""
    sure = (0.9, 0.4, 0.7, 0.4)
    read = [
        (
            make_article(f"{TEXT} {number}", published=f"2018-06-1{number}"),
            make_reading(
                events=tuple(
                    make_event(span=(start, start + 3), confidence=sure[(number + start) % 4]) for start in range(4)
                ),
                quotes=READING.quotes,
            ),
        )
        for number in range(3)
    ]
    with make_record(tmp_path / "r.db", read) as record:
        every = record.findings()
        expected = sorted(every, key=lambda one: (one.confidence, one.article, one.start, one.end, one.kind, one.id))
        paged = [
            one for offset in range(0, 20, 4) for one in record.findings(order="certainty", limit=4, offset=offset)
        ]
        assert paged == expected
        assert paged != list(every)
        assert record.findings(order="certainty") == tuple(expected)
        assert record.findings(order="article") == every
        with pytest.raises(UnknownNameError, match="certainty"):
            record.findings(order="chance")


def test_the_order_by_certainty_is_read_off_an_index(tmp_path: Path) -> None:
    """The first page of the findings to review needs no sort of all of them."""
    with make_record(tmp_path / "r.db", [(ARTICLE, READING)]):
        pass
    order = FINDING_ORDERS["certainty"]
    asked = f"EXPLAIN QUERY PLAN SELECT f.id FROM findings f WHERE f.review = 'open' ORDER BY {order} LIMIT 25"  # noqa: S608
    with sqlite3.connect(tmp_path / "r.db") as base:
        plan = " ".join(str(row[3]) for row in base.execute(asked))
    base.close()
    assert "findings_certainty" in plan
    assert "B-TREE" not in plan
