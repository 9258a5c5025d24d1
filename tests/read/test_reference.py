"""Reference: whom words mean and for which party entities act."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dragoman.errors import ReadError
from dragoman.read import read_text
from dragoman.read.parse import ToParse, parse, parse_text
from dragoman.read.reference import Reference, refer
from dragoman.read.reference.own import own_parties
from dragoman.read.sources import Segment

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.parsed import Paragraph, Parsed

TABLES = Path(__file__).parent / "tables"


def _rows(name: str, columns: int) -> list[tuple[str, ...]]:
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in lines if line and not line.startswith("#")]
    assert all(len(row) == columns for row in rows), [row for row in rows if len(row) != columns]
    return rows


def token_in(parsed: Parsed, word: str, nth: int = 0) -> tuple[Paragraph, Token]:
    """The paragraph and the ``nth`` token that is written ``word``; the last for -1."""
    found = [(paragraph, token) for paragraph in parsed.paragraphs for token in paragraph.doc if token.text == word]
    return found[nth]


def _parse(text: str) -> Parsed:
    return parse_text(text.replace(" // ", "\n"))


@pytest.mark.parametrize(("text", "word", "want", "rule"), _rows("reference_who.psv", 4))
def test_whom_a_word_means(text: str, word: str, want: str, rule: str) -> None:
    """Each row: the word means these entities by name, in any order; nobody where the row says none."""
    parsed = _parse(text)
    nth = -1 if word.endswith("<") else 0
    found = refer(parsed).who(*token_in(parsed, word.rstrip("<"), nth))
    wanted = {name.strip() for name in want.split(";") if name.strip() != "none"}
    assert {entity.name for entity in found} == wanted, rule


@pytest.mark.parametrize(("text", "name", "want", "rule"), _rows("reference_party.psv", 4))
def test_for_whom_a_person_or_body_acts(text: str, name: str, want: str, rule: str) -> None:
    """Each row: the party's code, or its name where it has none; "none" where the entity acts for nobody."""
    reference = refer(_parse(text))
    entity = next(item for item in reference.entities if item.name == name)
    party = reference.party_of(entity)
    assert (party is not None and (party.code or party.name)) == (want if want != "none" else False), rule


@pytest.mark.parametrize(("text", "want", "rule"), _rows("reference_people.psv", 3))
def test_who_is_a_person_here(text: str, want: str, rule: str) -> None:
    """Each row: the names of all persons of the text, and of nobody else."""
    people = {entity.name for entity in refer(_parse(text)).entities if entity.kind == "person"}
    assert people == {name.strip() for name in want.split(";") if name.strip() != "none"}, rule


def test_states_and_their_officials_act_for_the_state() -> None:
    """A state, its minister and its ministry have the state's party; the party stands once in the list."""
    reference = refer(parse_text("French President Emmanuel Macron met Hamas. The French Foreign Ministry agreed."))
    assert [party.id for party in reference.parties].count("FRA") == 1
    assert all(entity.party == "FRA" for entity in reference.entities if entity.country == "FRA")


def test_a_place_of_talks_is_no_party_and_a_capital_that_speaks_is() -> None:
    """``in Geneva`` and ``in Moscow`` are places; ``Moscow said`` is a party."""
    parsed = parse_text("Talks were held in Geneva. They had met in Moscow. Moscow said that they failed.")
    reference = refer(parsed)
    assert reference.is_place(*token_in(parsed, "Geneva"))
    assert reference.is_place(*token_in(parsed, "Moscow"))
    assert not reference.is_place(*token_in(parsed, "Moscow", 1))


def test_an_empty_reference_answers() -> None:
    """Where the entities were not read, everybody is nobody."""
    parsed = parse_text("Moscow said no.")
    reference = Reference(parsed, (), ())
    assert reference.who(*token_in(parsed, "Moscow")) == ()
    assert reference.parties == ()


@pytest.mark.parametrize(
    ("opening", "joint", "line"),
    [
        ("A senior official spoke in Paris.", "\n", "He said that he was ready."),
        ("Angela Merkel arrived in Paris.", " ", "She waited for her car."),
    ],
)
def test_coreference_is_linear(opening: str, joint: str, line: str) -> None:
    """Four times the sentences take at most five times the steps, in paragraphs of their own or in one."""
    steps = []
    for many in (40, 160):
        discourse = refer(parse_text(joint.join([opening, *[line] * many]))).discourse
        steps.append(discourse.steps)
    assert 0 < steps[1] <= 5 * steps[0]


def test_a_chain_of_pronouns_does_not_break() -> None:
    """After five hundred sentences "She" is still the one who was named at the start."""
    parsed = parse_text(" ".join(["Angela Merkel arrived.", *["She waited there."] * 500]))
    found = refer(parsed).who(*token_in(parsed, "She", -1))
    assert [entity.name for entity in found] == ["Angela Merkel"]


def test_what_the_analyst_says_goes_first_and_is_noted() -> None:
    """A list of parties decides for persons and bodies, over the text's own words, and every place is noted."""
    text = "Carl Dunn, a French diplomat, met the harbour crews. Dunn spoke for an hour. Angela Merkel waited."
    reading = read_text(
        text, parties=["Carl Dunn, Dunn -> Elbonian Council (region)", "the harbour crews -> Crews (union)"]
    )
    parties = {entity.name: entity.party for entity in reading.entities}
    assert parties["Carl Dunn"] == "elbonian-council"
    assert "crews" in parties.values()
    assert parties["Angela Merkel"] == "DEU"
    assert {(party.name, party.kind) for party in reading.parties} >= {
        ("Elbonian Council", "region"),
        ("Crews", "union"),
    }
    noted = {text[slice(*item.span)] for item in reading.affiliations}
    assert noted == {"Carl Dunn", "Dunn", "the harbour crews"}
    assert "elbonian-council" in reading.versions["parties"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Carl Dunn", "NAME, NAME, ... -> PARTY"),
        ("-> EU", "NAME, NAME, ... -> PARTY"),
        ("Carl Dunn ->", "NAME, NAME, ... -> PARTY"),
        ("Carl Dunn -> Elbonia (realm)", "state | body"),
    ],
)
def test_a_line_that_is_none_is_named(line: str, expected: str) -> None:
    """A wrong line of parties is an error that names the line and what was expected."""
    with pytest.raises(ReadError, match=r"sides\.txt:2") as caught:
        own_parties(["# who is who", line], "sides.txt")
    assert expected in str(caught.value)


def test_a_name_has_one_party() -> None:
    """Two lines that give one name to two parties are an error."""
    with pytest.raises(ReadError, match="one party a name"):
        own_parties(["Dunn -> EU", "Dunn, Berg -> UN"])


@pytest.mark.parametrize(
    ("line", "party"),
    [
        ("A -> ZMB", "ZMB"),
        ("A -> Zambia", "ZMB"),
        ("A -> EU", "eu"),
        ("A -> European Union", "eu"),
        ("A -> Crew", "crew"),
    ],
)
def test_parties_are_states_bodies_or_names(line: str, party: str) -> None:
    """The right side is a code, a name of a state, a body by short or full name, or any name."""
    assert [own.party.id for own in own_parties([line])] == [party]


def test_the_turns_of_an_article_give_the_speaker() -> None:
    """Where the article is divided into turns, "we" is the side of the turn's speaker and of nobody in the body."""
    text = "Angela Merkel: We will sign.\nWe do not know why."
    segments = (
        Segment(start=0, end=28, kind="turn", speaker="Angela Merkel", lead=15),
        Segment(start=29, end=len(text), kind="body"),
    )
    parsed = parse(ToParse(text=text, kept=[(0, 28), (29, len(text))], segments=segments))
    reference = refer(parsed)
    assert [entity.id for entity in reference.who(*token_in(parsed, "We"))] == ["DEU"]
    assert reference.who(*token_in(parsed, "We", 1)) == ()
