"""Candidate acts of an article: what a sentence says that one party does to another, with how that was found.

1. Senses come from :mod:`compose`; what the words deny, suppose or aim at is none.
2. Each side is looked up among the act's own arguments (:mod:`sides`).  Only where an act has no argument for a
   side at all, another country of its clause may stand in, and is marked as taken from the sentence.
3. The surest sense of a sentence is a candidate if it is weighty enough; others are if a side is known and they do
   not stand inside a weightier one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dragoman.read._dateline import told_from
from dragoman.read.dates import Base, bases_of
from dragoman.read.events.compose import Composer
from dragoman.read.events.ontology import quad, type15
from dragoman.read.events.sense import Sense, recoded
from dragoman.read.events.sides import Context, How, Side, acts, at_home, distinct, press, side_of
from dragoman.read.events.tables import Lexicon, lexicon
from dragoman.read.events.trust import confidence, is_known
from dragoman.read.events.when import place_of, when
from dragoman.read.findings import Actor, DateFinding, Entity, Event, Span
from dragoman.read.parsed import Parsed, text_of
from dragoman.read.reference import Reference
from dragoman.read.syntax.sentence import Sentence, analyse, is_elsewhere
from dragoman.read.syntax.tree import tree_of

ENOUGH = 0.30
ENOUGH_FOR_MORE = 0.50
_CAPITALS = 0.7
_TOGETHER = frozenset({1, 2})
_FIRMS = "MNC"
_DRILL, _SHOW = "062", "150"
_PLACE_PREPS = frozenset({"in", "at", "near", "outside", "on"})
_OWN_WORDS = frozenset({"name", "modifier", "of", "pronoun"})
TAKEN: How = "taken from the sentence"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A candidate act: its sense, its sides, and how sure the rules are.

    ``act`` is the same for every finding that the same predicate gives rise to: where its word stands in the text.
    """

    sense: Sense
    source: tuple[Side, ...]
    target: tuple[Side, ...]
    confidence: float
    event: Event
    analysis: Sentence

    @property
    def act(self) -> str:
        """The id of the act."""
        return str(self.event.act)

    @cached_property
    def _facts(self) -> dict[str, float | str]:
        sense, tree = self.sense, self.analysis.tree
        clause = self.analysis.clause_of(sense.trigger)
        own = clause if clause is not None and clause.predicate == sense.trigger else None
        facts: dict[str, float | str] = {
            "lemma": tree.lemmas[sense.trigger], "pos": tree.pos[sense.trigger], "dep": tree.deps[sense.trigger],
            "entry": sense.entry, "cameo": sense.code.code, "type": sense.type, "mode": sense.mode or "none",
            "operators": len(sense.steps) - 1, "status": sense.status, "nominal": sense.nominal,
            "content": sense.content, "both": sense.both, "guess": sense.guess, "weight": sense.weight,
            "hedge": sense.hedge, "depth": len(tree.above(sense.trigger)) - 1, "length": len(tree),
            "factuality": self.analysis.factuality(sense.trigger),
            "quoted": self.analysis.quoted[sense.trigger],
            "reported": self.analysis.source(sense.trigger) is not None,
            "modal": own.modal or "none" if own is not None else "no clause",
            "tense": own.tense if own is not None else "no clause",
            "negated": own is not None and own.negated, "passive": own is not None and own.passive,
            "own subject": own is not None and own.own_subject, "rules": self.confidence,
        }  # fmt: skip
        for name, sides in (("source", self.source), ("target", self.target)):
            facts |= self._of_side(name, sides)
        countries = [
            frozenset(one.actor.country for one in side if one.actor.country) for side in (self.source, self.target)
        ]
        parties = {one.actor.entity or one.actor.country for one in (*self.source, *self.target) if one.is_known}
        facts["countries"] = len(countries[0] | countries[1])
        facts["parties"] = len(parties)
        facts["same country"] = bool(countries[0]) and countries[0] == countries[1] and not sense.both
        return facts

    def _of_side(self, name: str, sides: tuple[Side, ...]) -> dict[str, float | str]:
        first = sides[0] if sides else None
        if first is None:
            return {f"{name}.how": "missing", f"{name}.count": 0}
        tree = self.analysis.tree
        return {
            f"{name}.how": first.how, f"{name}.count": len(sides), f"{name}.known": first.is_known,
            f"{name}.state": first.actor.country is not None and len(first.actor.country) == len("USA"),
            f"{name}.entity": first.actor.entity is not None, f"{name}.sector": first.actor.sector or "none",
            f"{name}.dep": tree.deps[first.place] if first.place >= 0 else "none",
            f"{name}.distance": abs(first.place - self.sense.trigger) if first.place >= 0 else len(tree),
            f"{name}.before": 0 <= first.place < self.sense.trigger,
        }  # fmt: skip

    def features(self) -> Mapping[str, float | str]:
        """What is known of the candidate, flat: words as text, the rest as numbers."""
        return {name: value if isinstance(value, str) else float(value) for name, value in self._facts.items()}


def find_candidates(
    parsed: Parsed,
    reference: Reference,
    dates: Sequence[DateFinding] = (),
    *,
    enough: float = ENOUGH,
    words: Lexicon | None = None,
) -> list[Candidate]:
    """Candidate acts of a parsed article, in order of place; ``enough`` is the least confidence by rules."""
    table = words or lexicon()
    bases = bases_of(parsed.text, dates)
    found: list[Candidate] = []
    for paragraph, sentence in parsed.sentences():
        if _is_heading(sentence.text):
            continue
        told = paragraph.start + told_from(text_of(paragraph.doc))
        context = Context(tree=tree_of(sentence, table.phrases), reference=reference, paragraph=paragraph, told=told)
        for cast in casts(context, table, enough=enough):
            event = _event(context, cast, dates, bases)
            found.append(
                Candidate(
                    sense=cast.sense,
                    source=cast.source,
                    target=cast.target,
                    confidence=cast.confidence,
                    event=event,
                    analysis=analyse(sentence),
                )
            )
    return found


def _is_heading(text: str) -> bool:
    """Whether a sentence is a heading in capitals, of which the parser makes nothing but names."""
    letters = [mark for mark in text if mark.isalpha()]
    return len(text.split()) > 1 and sum(mark.isupper() for mark in letters) > _CAPITALS * len(letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """A sense with its sides and how sure the rules are."""

    sense: Sense
    source: tuple[Side, ...]
    target: tuple[Side, ...]
    confidence: float

    @property
    def notes(self) -> tuple[str, ...]:
        """How the sides were found where they are no plain arguments."""
        named = (("source", self.source), ("target", self.target))
        return tuple(f"{name} {side[0].how if side else 'not named'}" for name, side in named if not _is_plain(side))


def _is_plain(side: tuple[Side, ...]) -> bool:
    return bool(side) and side[0].is_known and side[0].how not in {TAKEN, "domestic"}


def casts(context: Context, words: Lexicon, *, enough: float = ENOUGH) -> list[Cast]:
    """The senses of a sentence that are candidates, with their sides, in order of place."""
    senses = [sense for sense in Composer(context.tree, words).senses() if sense.dropped is None]
    ranked = sorted((cast_of(context, sense) for sense in senses), key=lambda cast: -cast.confidence)
    kept: list[Cast] = []
    for cast in ranked:
        least = enough if not kept or (cast.sense.nominal and _is_whole(cast)) else max(enough, ENOUGH_FOR_MORE)
        if cast.confidence >= least and _somebody(context, cast) and (not kept or _adds(context, cast, kept)):
            kept.append(cast)
    return sorted(kept, key=lambda cast: cast.sense.trigger)


def _somebody(context: Context, cast: Cast) -> bool:
    """Whether the words name anybody: without a known party on either side, the source must be one who acts."""
    if cast.sense.guess:
        return not cast.notes
    return is_known(cast.source) or is_known(cast.target) or any(acts(context, place) for place in cast.sense.source)


def _adds(context: Context, cast: Cast, kept: Sequence[Cast]) -> bool:
    if not (is_known(cast.source) and is_known(cast.target)):
        return False
    if cast.sense.nominal:
        return _is_whole(cast)
    tree = context.tree
    above = tree.above(cast.sense.trigger)[1:]
    return all(other.sense.trigger not in above or tree.deps[cast.sense.trigger] == "conj" for other in kept)


def _is_whole(cast: Cast) -> bool:
    """Whether a noun has both its sides in its own words: "Chad's attack on Niger"."""
    ends = frozenset(side.how for side in (*cast.source[:1], *cast.target[:1]))
    apart = _countries(cast.source).isdisjoint(_countries(cast.target))
    return not (cast.sense.both or cast.sense.content or cast.sense.used) and apart and ends <= _OWN_WORDS


def _countries(side: Sequence[Side]) -> frozenset[str]:
    return frozenset(one.actor.country for one in side if one.actor.country)


def cast_of(context: Context, sense: Sense) -> Cast:
    """A sense with its sides looked up."""
    source = side_of(context, sense.source)
    taken = _countries(source)
    shared = sense.both and len(taken) > 1
    others = [place for place in sense.target if sense.both or place not in sense.source]
    target = source if shared else side_of(context, others, taken, frozenset(sense.used))
    if sense.both and not sense.source and len(_countries(target)) > 1:
        source = target
    if not is_known(target) and len(taken) > 1 and quad(sense.type) in _TOGETHER:
        target = source
    if not sense.both:
        source = at_home(context, sense.trigger, source, target)
        target = at_home(context, sense.trigger, target, source)
    source = source or _fallback(context, sense, target, before=True)
    target = target or _fallback(context, sense, source, before=False)
    if sense.both:
        source = target = _together(source, target)
        if sense.code.code == _DRILL and len(_countries(source)) < len(("one", "another")):
            sense, target = replace(recoded(sense, _SHOW, "a drill held alone is a show of force"), both=False), []
    if sense.both:
        source, target = _without_venues(context, source), _without_venues(context, target)
    sides = tuple(source), tuple(target)
    return Cast(sense=sense, source=sides[0], target=sides[1], confidence=confidence(context.tree, sense, *sides))


def _together(source: list[Side], target: list[Side]) -> list[Side]:
    """Both ends of what goes both ways: who is known, where two or more are."""
    sides = distinct([*source, *target])
    known = [side for side in sides if side.is_known]
    return known if len(known) > 1 else sides


def _without_venues(context: Context, sides: list[Side]) -> list[Side]:
    """Without places inside a state that acts itself: where it gives way or meets is no partner of it."""
    places = {entity.id for entity in context.reference.entities if entity.kind == "place"}
    acting = {side.actor.country for side in sides if side.actor.country and side.actor.entity not in places}
    return [side for side in sides if side.actor.entity not in places or side.actor.country not in acting]


def _fallback(context: Context, sense: Sense, other: Sequence[Side], *, before: bool) -> list[Side]:
    """Another country named in the sentence, for the source one that stands before the trigger if there is any.

    Who only reports a deed is not its source.
    """
    tree = context.tree
    if sense.mode == "weapons" and not before:
        return []
    sentence = (max(context.offset + tree.starts[0], context.told), context.offset + tree.ends[-1])
    taken = _countries(other)
    barred = _reporters(context, sense.trigger) if before else frozenset[int]()
    named = [
        (place, entity)
        for place, entity in context.reference.within(sentence)
        if (country := context.country(entity)) is not None
        and country not in taken | {_FIRMS}
        and place[0] not in barred
        and not (sense.both and _is_venue(context, place, entity))
        and entity.id not in press()
        and not is_elsewhere(tree, _word(context, place), sense.trigger)
    ]
    middle = context.span(sense.trigger)[0]
    ranked = sorted(named, key=lambda pair: ((pair[0][0] < middle) != before, abs(pair[0][0] - middle)))
    return [
        Side(
            actor=Actor(span=span, entity=entity.id, country=context.country(entity)),
            how=TAKEN,
            place=_word(context, span),
        )
        for span, entity in ranked[:1]
    ]


def _word(context: Context, span: Span) -> int:
    """The first token of a span."""
    return next(node for node in range(len(context.tree)) if context.span(node)[1] > span[0])


def _is_venue(context: Context, place: Span, entity: Entity) -> bool:
    """Whether a place is only where people met: "met in Singapore", "talks at the Capella hotel"."""
    tree = context.tree
    word = max(node for node in range(len(tree)) if context.span(node)[0] < place[1])
    where = tree.deps[word] == "pobj" and tree.words[tree.heads[word]] in _PLACE_PREPS
    return entity.kind == "place" and where


def _reporters(context: Context, trigger: int) -> frozenset[int]:
    """Where the words stand that name the subjects of the clauses above a trigger."""
    tree = context.tree
    subjects = (kid for node in tree.above(trigger)[1:] for kid in tree.children(node, "nsubj"))
    return frozenset(context.span(word)[0] for subject in subjects for word in tree.subtree(subject))


def _event(context: Context, cast: Cast, dates: Sequence[DateFinding], bases: Mapping[Span, Base]) -> Event:
    sense, tree = cast.sense, context.tree
    places = [sense.trigger, *sense.used]
    return Event(
        span=(context.offset + tree.starts[min(places)], context.offset + tree.ends[max(places)]),
        type=sense.type,
        type15=type15(sense.type),
        mode=sense.mode,
        context=sense.code.contexts,
        quad=quad(sense.type),
        cameo=sense.code.code,
        goldstein=sense.code.goldstein,
        source=tuple(side.actor for side in cast.source),
        target=tuple(side.actor for side in cast.target),
        date=when(context, sense.trigger, dates, bases),
        place=place_of(context, sense.trigger),
        status=sense.status,
        confidence=cast.confidence,
        sentence=(context.offset + tree.starts[0], context.offset + tree.ends[-1]),
        rule=" ; ".join((*sense.steps, *cast.notes)),
        act=str(context.span(sense.trigger)[0]),
    )
