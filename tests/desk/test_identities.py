"""Merges that may be right are put on the review list, once, and never made."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.desk.identities import suggest_merges
from dragoman.errors import InputError, UnknownNameError
from dragoman.read.findings import Entity
from dragoman.record import Record
from dragoman.testing import make_article, make_reading, make_record

TEXT = "A story of {0}, told by {0} himself."


def record_of(path: Path, *people: tuple[str, str, str | None, str | None]) -> Record:
    """A record with an article for each person: id, name, country, role."""
    corpus = []
    for place, (entity, name, country, role) in enumerate(people):
        text = TEXT.format(name)
        start = text.index(name)
        found = Entity(
            id=entity, name=name, kind="person", country=country, role=role, mentions=((start, start + len(name)),)
        )
        article = make_article(text, outlet=f"Paper {place}", published=f"2018-06-{place + 10}")
        corpus.append((article, make_reading(entities=(found,))))
    return make_record(path / "r.db", corpus)


def test_likely_pairs_wait_with_their_reason_and_others_do_not(tmp_path: Path) -> None:
    """Two spellings of a minister wait, the likelier first; another Kim, and a name alone, do not."""
    people = (
        ("kim-hyun-mee", "Kim Hyun-mee", "KOR", "transport minister"),
        ("kim-hyon-mi", "Kim Hyon-mi", "KOR", "transport minister"),
        ("kim-hyun-chong", "Kim Hyun-chong", "KOR", "trade minister"),
        ("ted-kennedy", "Ted Kennedy", None, None),
        ("edward-kennedy", "Edward Kennedy", None, None),
        ("kim", "Kim", None, None),
    )
    with record_of(tmp_path, *people) as record:
        assert suggest_merges(record) == 2
        waiting = record.identity.suggestions()
        pairs = [{line.entity, line.other} for line in waiting]
        assert pairs == [{"kim-hyun-mee", "kim-hyon-mi"}, {"ted-kennedy", "edward-kennedy"}]
        assert waiting[0].because == "two spellings of one name, and one state"
        assert record.identity.canonical("kim-hyon-mi") == "kim-hyon-mi"


@pytest.mark.parametrize("decide", ["nothing", "merge", "dismiss"])
def test_a_pair_is_suggested_once(tmp_path: Path, decide: str) -> None:
    """Reading again adds no line to the log, whatever was decided on the pair."""
    people = (("ted-kennedy", "Ted Kennedy", "USA", None), ("edward-kennedy", "Edward Kennedy", "USA", None))
    with record_of(tmp_path, *people) as record:
        assert suggest_merges(record) == 1
        if decide == "merge":
            record.identity.merge("ted-kennedy", "edward-kennedy")
        elif decide == "dismiss":
            record.identity.dismiss("ted-kennedy", "edward-kennedy")
        lines = len(record.identity.log())
        assert suggest_merges(record) == 0
        assert len(record.identity.log()) == lines


def test_who_was_never_compared_is_compared_however_the_last_reading_ended(tmp_path: Path) -> None:
    """Persons of a reading that was killed before its suggestions are compared by the next one, and by it alone."""
    people = (("ted-kennedy", "Ted Kennedy", "USA", None), ("edward-kennedy", "Edward Kennedy", "USA", None))
    with record_of(tmp_path, *people) as record:
        assert record.identity.suggestions() == ()
    with Record.open(tmp_path / "r.db") as record:
        assert suggest_merges(record) == 1
        assert record.identity.not_compared(one[0] for one in people) == frozenset()
        assert suggest_merges(record) == 0


def test_an_entity_is_called_by_its_id_or_the_only_name(tmp_path: Path) -> None:
    """Hyphens and case do not matter in a name; two who bear it must be told apart by id."""
    people = (
        ("kim-jong-un", "Kim Jong-un", "PRK", "leader"),
        ("john-smith", "Jon Smith", "USA", None),
        ("jon-smith.2", "Jon Smith", "GBR", None),
    )
    with record_of(tmp_path, *people) as record:
        assert record.identity.named("KIM JONG UN") == "kim-jong-un"
        assert record.identity.named("john-smith") == "john-smith"
        with pytest.raises(InputError, match="2 bear"):
            record.identity.named("Jon Smith")
        assert record.identity.named("Nobody At All") == "Nobody At All"
        with pytest.raises(UnknownNameError):
            record.identity.merge("kim-jong-un", "Nobody At All")
