"""Known pairs of sides in sentences where no line of the lexicon holds, or where an event is told or is a noun."""

from __future__ import annotations

import pytest

from dragoman.read.events import EventClass, classify_event, explain
from dragoman.read.events.classify import VOTED


def between(sentence: str, source: str, target: str) -> EventClass | None:
    """The class of the event between two words of a sentence."""
    first, second = ((sentence.index(side), sentence.index(side) + len(side)) for side in (source, target))
    return classify_event(sentence, first, second)


@pytest.mark.parametrize(
    ("sentence", "source", "target", "kind"),
    [
        ("Sudan kept Chad supplied.", "Sudan", "Chad", "AID"),
        ("Oman, Chad: vetoing.", "Oman", "Chad", "REJECT"),
        ("Zimbabwe did not let the Commonwealth observers in.", "Zimbabwe", "observers", "REJECT"),
    ],
)
def test_words_vote_where_no_line_holds(sentence: str, source: str, target: str, kind: str) -> None:
    """Without a sense the words decide, at the least confidence, and the rule says who voted."""
    found = between(sentence, source, target)
    assert not explain(sentence)[0].kept
    assert found is not None
    assert (found.type15, found.confidence) == (kind, VOTED)
    assert "vote of" in found.rule


def test_nobody_votes_for_the_weather() -> None:
    """Words outside the lexicon, and words that go with anything, do not vote."""
    assert between("The weather in Lisbon was mild.", "weather", "Lisbon") is None


def test_who_tells_of_violence_accuses() -> None:
    """The speaker accuses the doer; between doer and victim the deed itself counts."""
    sentence = "Critics say that Chad has jailed teachers."
    told, done = between(sentence, "Critics", "Chad"), between(sentence, "Chad", "teachers")
    assert told is not None
    assert done is not None
    assert (told.type, done.type) == ("ACCUSE", "COERCE")


def test_a_noun_with_both_sides_goes_before_the_verb_above() -> None:
    """The plea between two states counts, not what became of it."""
    found = between("A plea by Chad to Mali went unheard.", "Chad", "Mali")
    assert found is not None
    assert found.type == "REQUEST"
