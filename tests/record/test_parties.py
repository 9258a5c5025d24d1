"""Parties of every kind in a record, leads that wait, faults that are kept, and decisions that go over."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.read.findings import Entity, FinderFault, Meeting, Party, Reading, Stance
from dragoman.record import Record
from dragoman.testing import make_article, make_event, make_meeting, make_reading, span_of

TEXT = "The union's Ms Orr met Brandt of Helvin Foods in Basel. She said the raise was too small."
PARTIES = (
    Party(id="dockers-union", name="Dockers' Union", kind="union", code=None),
    Party(id="helvin-foods", name="Helvin Foods", kind="company", code=None),
    Party(id="EU", name="European Union", kind="body", code="EU"),
)


def entity(key: str, name: str, party: str | None, country: str | None = None) -> Entity:
    """A person of a party."""
    return Entity(
        id=key, name=name, kind="person", country=country, role=None, mentions=(span_of(TEXT, name),), party=party
    )


ORR, BRANDT = entity("orr", "Orr", "dockers-union", "GBR"), entity("brandt", "Brandt", "helvin-foods", "IGO")


def reading(*, counted: bool = True, mode: str = "in person") -> Reading:
    """A meeting of a union with a company, and a stance."""
    meeting = make_meeting(
        (("orr", "GBR"), ("brandt", "IGO")), span=span_of(TEXT, "met Brandt"), mode=mode, counted=counted
    )
    stance = Stance(
        by=("orr",), kind="rejects", what=span_of(TEXT, "the raise"), speaker="Orr", date=None, status="held",
        confidence=0.8,
    )  # fmt: skip
    fault = FinderFault(finder="quotes", kind="error", where=None, message="KeyError: 'x'")
    return make_reading(
        meetings=(meeting,), stances=(stance,), entities=(ORR, BRANDT), parties=PARTIES, faults=(fault,)
    )


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """An empty record."""
    return Record.open(tmp_path / "r.sqlite", create=True)


def test_a_contact_is_between_parties_and_not_between_nationalities(record: Record) -> None:
    """A union and a company stand where states stand: in the contact, in the ledger and among the articles' sides."""
    with record:
        record.add(make_article(TEXT), reading())
        row = record.meetings()[0]
        assert sorted(one.country or "" for one in row.participants) == ["dockers-union", "helvin-foods"]
        assert [(pair.a.entity, pair.b.entity) for pair in record.contacts("state")] == [
            ("dockers-union", "helvin-foods")
        ]
        assert record.meetings(country="helvin-foods") == (row,)
        assert record.meetings(country="GBR") == ()


def test_a_side_survives_a_decision(record: Record) -> None:
    """Writing the findings anew after a decision keeps the parties."""
    with record:
        record.add(make_article(TEXT), reading())
        record.review.accept(record.findings(kind="meeting")[0].id)
        assert record.meetings(country="dockers-union")[0].reviewed


def test_a_stance_is_a_finding_that_can_be_decided_on(record: Record) -> None:
    """It is listed with its kind and its party, and a rejection holds when the article is read again."""
    with record:
        record.add(make_article(TEXT), reading())
        row = record.findings(kind="stance")[0]
        assert (row.words, row.finding.kind if isinstance(row.finding, Stance) else "") == ("the raise", "rejects")
        record.review.reject(row.id)
        again = make_reading(
            stances=reading().stances, entities=(ORR, BRANDT), parties=PARTIES, versions={"dragoman": "next"}
        )
        record.add(make_article(TEXT), again)
        assert record.findings(kind="stance") == ()


def test_a_contact_that_is_not_counted_waits(record: Record) -> None:
    """A lead is no meeting in the ledger until a person accepts it."""
    with record:
        record.add(make_article(TEXT), reading(counted=False))
        assert record.meetings() == ()
        record.review.accept(record.findings(kind="meeting")[0].id)
        assert len(record.meetings()) == 1


def test_faults_are_kept_until_the_article_is_read_without(record: Record) -> None:
    """What a finder did not read stands in the record, and goes when a later reading reads it."""
    with record:
        record.add(make_article(TEXT), reading())
        faults = "SELECT finder, kind, message FROM faults"
        assert record._store.rows(faults) == [("quotes", "error", "KeyError: 'x'")]
        record.add(make_article(TEXT), make_reading(versions={"dragoman": "next"}))
        assert record._store.rows(faults) == []
        assert record._store.rows("SELECT * FROM parties") == []


@pytest.mark.parametrize("mode", ["call", "unknown"])
def test_a_decision_on_a_meeting_holds_where_its_mode_is_read_otherwise(record: Record, mode: str) -> None:
    """In person or not, it is the same contact."""
    with record:
        record.add(make_article(TEXT), reading())
        record.review.reject(record.findings(kind="meeting")[0].id, because="they wrote letters")
        again = reading(mode=mode)
        record.add(make_article(TEXT), make_reading(
            meetings=again.contacts, entities=(ORR, BRANDT), parties=PARTIES, versions={"dragoman": "next"}
        ))  # fmt: skip
        assert record.calls() == ()
        assert [row.kind for row in record.findings(review="rejected")] == ["call"]


@pytest.mark.parametrize(("decision", "state"), [("accept", "accepted"), ("reject", "rejected")])
def test_a_decision_on_a_consult_event_goes_over_to_the_contact(record: Record, decision: str, state: str) -> None:
    """The event is read no more; the contact in whose evidence it stood is decided on, and stays a contact."""
    with record:
        event = make_event(span=span_of(TEXT, "met"), type="CONSULT")
        record.add(make_article(TEXT), make_reading(events=(event,)))
        getattr(record.review, decision)(record.findings(kind="event")[0].id)
        again = reading()
        record.add(make_article(TEXT), make_reading(
            meetings=again.contacts, entities=(ORR, BRANDT), parties=PARTIES, versions={"dragoman": "next"}
        ))  # fmt: skip
        decided = record.findings(review=state)
        assert [row.kind for row in decided] == ["meeting"]
        assert isinstance(decided[0].finding, Meeting)


def test_a_consult_event_that_is_still_read_keeps_its_decision(record: Record) -> None:
    """Beside a contact with the same words the decision stays with the event."""
    with record:
        event = make_event(span=span_of(TEXT, "met"), type="CONSULT")
        both = make_reading(events=(event,), meetings=reading().contacts, entities=(ORR, BRANDT), parties=PARTIES)
        record.add(make_article(TEXT), both)
        record.review.reject(record.findings(kind="event")[0].id)
        assert len(record.meetings()) == 1
