"""Reference: whom words mean and for which party entities act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.read.parse import parse_text
from dragoman.read.reference import Reference, refer

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.parsed import Paragraph, Parsed


def token_in(parsed: Parsed, word: str, nth: int = 0) -> tuple[Paragraph, Token]:
    """The paragraph and the ``nth`` token that is written ``word``."""
    found = [(paragraph, token) for paragraph in parsed.paragraphs for token in paragraph.doc if token.text == word]
    return found[nth]


def test_states_and_their_officials_act_for_the_state() -> None:
    """A state, its minister and its ministry have the state's party; the party stands once in the list."""
    reference = refer(parse_text("French President Emmanuel Macron met Hamas. The French Foreign Ministry agreed."))
    assert {party.code for party in reference.parties} >= {"FRA"}
    assert [party.id for party in reference.parties].count("FRA") == 1
    assert all(entity.party == "FRA" for entity in reference.entities if entity.country == "FRA")


def test_who_gives_the_list_and_the_antecedent() -> None:
    """The word at the head of a list means all its members; a pronoun means the person before it."""
    parsed = parse_text("Angela Merkel and Emmanuel Macron met. Angela Merkel left. She was glad.")
    reference = refer(parsed)
    listed = reference.who(*token_in(parsed, "Merkel"))
    assert [entity.name for entity in listed] == ["Angela Merkel", "Emmanuel Macron"]
    assert [entity.name for entity in reference.who(*token_in(parsed, "She"))] == ["Angela Merkel"]


def test_a_place_of_talks_is_no_party_and_a_capital_that_speaks_is() -> None:
    """``in Geneva`` and ``in Moscow`` are places; ``Moscow said`` is a party."""
    parsed = parse_text("Talks were held in Geneva. Moscow said that they failed.")
    reference = refer(parsed)
    assert reference.is_place(*token_in(parsed, "Geneva"))
    assert not reference.is_place(*token_in(parsed, "Moscow"))


def test_an_empty_reference_answers() -> None:
    """Where the entities were not read, everybody is nobody."""
    parsed = parse_text("Moscow said no.")
    reference = Reference(parsed, (), ())
    assert reference.who(*token_in(parsed, "Moscow")) == ()
    assert reference.parties == ()
