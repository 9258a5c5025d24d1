"""The days of a journey are those of the contacts that the traveller has on it.

``X travelled to A on 3 and 4 May. In A, X met Y`` tells when they met, although no day stands with the meeting: a
contact without a day, told behind a dated journey of one who takes part, at a place in a state to which he went or with
a party from there, has the days of the journey.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.read.contacts._article import Article, Predicate
from dragoman.read.contacts._grammar import behind, objects
from dragoman.read.contacts._lexicon import frame_of, lemma
from dragoman.read.contacts._when import day_of

if TYPE_CHECKING:
    from dragoman.read.findings import DateFinding

_TOLD = frozenset((name, tag) for name in ("go", "see") for tag in ("VBD", "VBN", "VBZ"))


@dataclass(frozen=True, kw_only=True)
class Journey:
    """Who went to which states (alpha-3 codes), when, and where the text tells it."""

    travellers: frozenset[str]
    states: frozenset[str]
    day: DateFinding
    at: int


def journeys(article: Article) -> Iterator[Journey]:
    """Every dated journey of a person that a verb of going or visiting tells of."""
    for paragraph, sentence in article.parsed.sentences():
        for token in sentence:
            frame = frame_of(token)
            if frame is None or (frame.name, token.tag_) not in _TOLD:
                continue
            predicate = Predicate(article=article, paragraph=paragraph, sentence=sentence, token=token, frame=frame)
            goals = objects(token) if lemma(token) == "visit" else behind(token, "to", "in")
            named = [item for goal in goals for item in (goal, *goal.conjuncts)]
            places = [article.reference.at(paragraph.span_of(item)) for item in named]
            states = frozenset(one.country for one in places if one is not None and one.country is not None)
            people = frozenset(one.id for one in predicate.subject(token) if one.kind == "person")
            day = day_of(predicate, token)
            if states and people and day is not None:
                yield Journey(travellers=people, states=states, day=day, at=paragraph.start + token.idx)
