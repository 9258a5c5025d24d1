"""The event between two known sides of a sentence.

1. Every sense of the sentence is scored by how well its sides fit the two given
   spans (head of a side, below a side, anywhere under the trigger) and by the
   weight of the lexicon line.
2. Who says that another does violence accuses: such a sense is also read as an
   accusation, with the speaker as its source.
3. The best one is the answer.  Where the sentence has no sense at all its words
   vote (see :mod:`vote`), at the least confidence.  The answer is None only where
   no word of the sentence is in the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from dragoman.errors import ReadError
from dragoman.read.events.compose import Composer
from dragoman.read.events.ontology import Code, quad, type15
from dragoman.read.events.sense import Sense, recoded
from dragoman.read.events.tables import Lexicon, lexicon
from dragoman.read.events.vote import vote
from dragoman.read.findings import EventType, Quad, Span
from dragoman.read.normal import normalise
from dragoman.read.syntax.tree import Tree, tree_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

BATCH = 128
LEAST = 0.05
VOTED = 0.03
_ACCUSED = "112"
_PASSED_BY = 2.0
_MATERIAL_CONFLICT = 4
Pair = tuple[str, Span, Span]


@dataclass(frozen=True, kw_only=True)
class EventClass:
    """The class of the event between two known sides; ``rule`` names the lexicon lines that made it."""

    type: EventType
    type15: str
    quad: Quad
    mode: str | None
    cameo: str
    confidence: float
    rule: str


def classify_events(pairs: Iterable[Pair], *, words: Lexicon | None = None) -> Iterator[EventClass | None]:
    """Classes of events for ``(sentence, source span, target span)``, in order, None where none is found.

    Spans are half-open offsets into the sentence; an empty span stands for a side
    that the sentence does not name.  ``words`` is the lexicon, by default the one
    that ships.

    Raises:
        ReadError: a span does not lie within its sentence.
    """
    from dragoman.read.parse import pipeline

    language, table = pipeline(), words or lexicon()
    stream = iter(pairs)
    while group := list(islice(stream, BATCH)):
        for number, pair in enumerate(group):
            _check(number, pair)
        docs = language.pipe([normalise(sentence) for sentence, _, _ in group], batch_size=BATCH)
        for doc, (_, source, target) in zip(docs, group, strict=True):
            yield classify_doc(doc, source, target, table)


def classify_event(sentence: str, source: Span, target: Span) -> EventClass | None:
    """The class of the event between two spans of one sentence; see :func:`classify_events`."""
    return next(classify_events([(sentence, source, target)]))


def _check(number: int, pair: Pair) -> None:
    sentence, *spans = pair
    for name, (start, end) in zip(("source", "target"), spans, strict=True):
        if not 0 <= start <= end <= len(sentence):
            raise ReadError(f"pair {number}, {name} span", f"[{start}, {end})", f"0 <= start <= end <= {len(sentence)}")


def classify_doc(doc: Doc, source: Span, target: Span, words: Lexicon) -> EventClass | None:
    """The class of the event between two spans of a parsed sentence."""
    ranked = rank(doc, source, target, words)
    if not ranked:
        return _by_vote(doc, source, target, words)
    score, sense = ranked[0]
    return EventClass(
        type=sense.type,
        type15=type15(sense.type),
        quad=quad(sense.type),
        mode=sense.mode,
        cameo=sense.code.code,
        confidence=round(min(max(score / 10, LEAST), 0.99), 3),
        rule=" ; ".join(sense.steps),
    )


def _by_vote(doc: Doc, source: Span, target: Span, words: Lexicon) -> EventClass | None:
    trees = [tree_of(sentence, words.phrases) for sentence in doc.sents]
    votes = (vote(tree, words, (_inside(tree, source), _inside(tree, target))) for tree in trees)
    found = next((won for won in votes if won is not None), None)
    return _voted(*found) if found else None


def _voted(code: Code, voters: str) -> EventClass:
    return EventClass(
        type=code.type,
        type15=type15(code.type),
        quad=quad(code.type),
        mode=code.mode,
        cameo=code.code,
        confidence=VOTED,
        rule=f"no line holds; vote of {voters}",
    )


def rank(doc: Doc, source: Span, target: Span, words: Lexicon) -> list[tuple[float, Sense]]:
    """Every sense of the text with its fit to the two spans, best first."""
    found: list[tuple[float, Sense]] = []
    for sentence in doc.sents:
        tree = tree_of(sentence, words.phrases)
        first, second = tree.head_of(*source), tree.head_of(*target)
        spans = _inside(tree, source), _inside(tree, target)
        composer = Composer(tree, words)
        senses = composer.senses()
        shared = _shared_nouns(tree, senses, first, second)
        for sense in senses:
            above = _PASSED_BY if any(sense.trigger in tree.above(noun)[1:] for noun in shared) else 0.0
            found.append((_fit(tree, sense, first, second, spans) - above, sense))
            if (told := _told(composer, sense, first, second)) is not None:
                found.append((_fit(tree, told, first, second, spans), told))
    return sorted(found, key=lambda pair: -pair[0])


def _shared_nouns(tree: Tree, senses: list[Sense], first: int | None, second: int | None) -> list[int]:
    """Event nouns that have both sides below them: in "a plea by Chad to Mali went unheard" the plea is what counts."""
    if first is None or second is None:
        return []
    both = set(tree.above(first)[1:]) & set(tree.above(second)[1:])
    events = (sense for sense in senses if sense.nominal and not sense.content and sense.dropped is None)
    return [sense.trigger for sense in events if sense.trigger in both]


def _told(composer: Composer, sense: Sense, first: int | None, second: int | None) -> Sense | None:
    """The accusation in "critics say that the president has jailed them", where the two sides are critics and he."""
    tree = composer.tree
    said = tree.deps[sense.trigger] in {"ccomp", "parataxis"}
    if quad(sense.type) != _MATERIAL_CONFLICT or not said or sense.dropped or first is None or second is None:
        return None
    speakers = composer.speakers(sense.trigger)
    doers = set(sense.source) - set(sense.target)
    if not set(tree.above(first)) & set(speakers) or not set(tree.above(second)) & doers:
        return None
    told = recoded(sense, _ACCUSED, f"told by another: {_ACCUSED}")
    return replace(told, source=speakers, target=sense.source)


def _inside(tree: Tree, span: Span) -> frozenset[int]:
    return frozenset(place for place in range(len(tree)) if tree.starts[place] < span[1] and tree.ends[place] > span[0])


def _fit(
    tree: Tree, sense: Sense, first: int | None, second: int | None, spans: tuple[frozenset[int], frozenset[int]]
) -> float:
    score = min(sense.weight, 5.0) * 0.6
    score -= 1.5 if sense.nominal else 0.0
    score -= 2.5 if sense.dropped else 0.0
    score -= sense.hedge + (1.0 if sense.content else 0.0)
    score -= 0.25 * (len(tree.above(sense.trigger)) - 1)
    score -= 2.0 if sense.trigger in spans[0] | spans[1] else 0.0
    if first is not None:
        score += max(
            _side(tree, sense, sense.source, first),
            _side(tree, sense, sense.target, first) * (1.0 if sense.both else 0.4),
        )
    if second is not None:
        score += max(
            _side(tree, sense, sense.target, second),
            _side(tree, sense, sense.source, second) * (1.0 if sense.both else 0.4),
        )
    return score


def _side(tree: Tree, sense: Sense, side: tuple[int, ...], place: int) -> float:
    if place in side:
        return 3.0
    chain = tree.above(place)
    if any(node in side for node in chain):
        return 2.2
    return 1.2 if sense.trigger in chain else 0.0
