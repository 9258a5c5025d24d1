"""Events of an article, end to end: senses of each sentence, with actors, date, place and status.

1. Senses come from :mod:`compose`; negated ones and those that an operator
   swallowed are no events.
2. The sides of a sense are looked up as actors in the order of preference of the
   sense; a side that names nobody falls back to another country named in the
   sentence, at a lower confidence.
3. The best sense of a sentence is an event if it is weighty enough; others are
   events too where both their sides are known and they do not stand inside a
   weightier one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.read._dateline import told_from
from dragoman.read.dates import Base, bases_of
from dragoman.read.events.actors import Scene, actors_at, acts, is_press, leans_on_pronoun, press
from dragoman.read.events.compose import Composer
from dragoman.read.events.ontology import quad, type15
from dragoman.read.events.sense import Sense, recoded
from dragoman.read.events.tables import Lexicon, lexicon
from dragoman.read.events.trust import NO_COUNTRY, NOBODY, TAKEN, confidence
from dragoman.read.findings import Actor, DateFinding, Entity, Event, Span
from dragoman.read.index import EntityIndex
from dragoman.read.parsed import Parsed, text_of
from dragoman.read.syntax.tree import Tree, tree_of
from dragoman.read.syntax.words import words as members

ENOUGH = 0.30
ENOUGH_FOR_MORE = 0.55
CLAUSAL = frozenset({"VERB", "AUX"})
_ASIDES = frozenset({"relcl", "advcl"})
_TOGETHER = frozenset({1, 2})
_PAIR = ("source", "target")
_FIRMS = "MNC"
_DRILL = "062"
_SHOW = "150"
_PLACE_PREPS = frozenset({"in", "at", "near", "outside"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """A sense with its actors and how sure the reader is; ``notes`` add to the steps of the sense."""

    sense: Sense
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    confidence: float
    notes: tuple[str, ...] = ()


def find_events(
    parsed: Parsed,
    index: EntityIndex,
    dates: Sequence[DateFinding] = (),
    *,
    enough: float = ENOUGH,
    words: Lexicon | None = None,
) -> list[Event]:
    """Events of a parsed article, in order of place.

    ``index`` says who is mentioned where, ``dates`` which time expressions stand
    where; ``enough`` is the least confidence of an event; ``words`` is the lexicon,
    by default the one that ships.
    """
    table = words or lexicon()
    bases = bases_of(parsed.text, dates)
    events: list[Event] = []
    known: Actor | None = None
    for paragraph, sentence in parsed.sentences():
        told = paragraph.start + told_from(text_of(paragraph.doc))
        scene = Scene(tree=tree_of(sentence, table.phrases), index=index, offset=paragraph.start, told=told)
        for cast in casts(scene, table, known, enough=enough):
            events.append(_event(scene, cast, dates, bases))
            known = next((actor for actor in cast.source if actor.country), known)
    return events


def casts(scene: Scene, words: Lexicon, known: Actor | None, *, enough: float = ENOUGH) -> list[Cast]:
    """The senses of a sentence that are events, with their actors, in order of place."""
    composer = Composer(scene.tree, words)
    ranked = sorted(
        (
            cast_of(scene, sense, known)
            for sense in composer.senses()
            if sense.dropped is None
        ),
        key=lambda cast: -cast.confidence,
    )
    kept: list[Cast] = []
    for cast in ranked:
        least = enough if not kept else max(enough, ENOUGH_FOR_MORE)
        if cast.confidence >= least and _somebody(scene, cast) and (not kept or _adds(scene.tree, cast, kept)):
            kept.append(cast)
    return sorted(kept, key=lambda cast: cast.sense.trigger)


def _somebody(scene: Scene, cast: Cast) -> bool:
    """Whether the words name anybody: without a country on either side, the source must be one who acts."""
    if cast.sense.guess:
        return not cast.notes
    return _known(cast.source) or _known(cast.target) or any(acts(scene, place) for place in cast.sense.source)


def _adds(tree: Tree, cast: Cast, kept: Sequence[Cast]) -> bool:
    if cast.sense.nominal or not (_known(cast.source) and _known(cast.target)):
        return False
    above = tree.above(cast.sense.trigger)[1:]
    return all(other.sense.trigger not in above or tree.deps[cast.sense.trigger] == "conj" for other in kept)


def _filled(
    scene: Scene, sense: Sense, source: tuple[Actor, ...], target: tuple[Actor, ...], notes: list[str]
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Sides that name nobody filled with other countries named; ``notes`` takes down what was done."""
    if not _known(source):
        guess = _fallback(scene, sense, target, before=True)
        missing = NO_COUNTRY if any(acts(scene, place) for place in sense.source) else NOBODY
        notes.append(f"source {TAKEN if guess else missing}")
        source = guess or source
    if not _known(target):
        guess = _fallback(scene, sense, source, before=False)
        notes.append(f"target {TAKEN if guess else NO_COUNTRY if target else NOBODY}")
        target = guess or target
    return source, target


def _known(side: tuple[Actor, ...]) -> bool:
    return any(actor.country for actor in side)


def cast_of(scene: Scene, sense: Sense, known: Actor | None) -> Cast:
    """A sense with its sides looked up."""
    notes: list[str] = []
    source = _side(scene, sense.source, known)
    taken = frozenset(actor.country for actor in source if actor.country)
    shared = sense.both and len(taken) > 1
    others = [place for place in sense.target if sense.both or place not in sense.source]
    target = source if shared else _side(scene, others, known, taken, frozenset(sense.used))
    if sense.both and not sense.source and len({actor.country for actor in target if actor.country}) > 1:
        source = target
    if not _known(target) and len(taken) > 1 and quad(sense.type) in _TOGETHER:
        target = source
    source, target = _filled(scene, sense, source, target, notes)
    if sense.both:
        source, target = _reciprocal(source, target)
        if sense.code.code == _DRILL and len({actor.country for actor in source if actor.country}) < len(_PAIR):
            sense, target = replace(recoded(sense, _SHOW, "a drill held alone is a show of force"), both=False), ()
    if sense.both:
        source, target = _without_venues(scene, source, target)
    return Cast(
        sense=sense,
        source=source,
        target=target,
        confidence=confidence(scene.tree, sense, source, target, notes),
        notes=tuple(notes),
    )


def _without_venues(
    scene: Scene, source: tuple[Actor, ...], target: tuple[Actor, ...]
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Without places inside a state that acts itself: where it gives way or meets is no partner of it."""
    places = {entity.id for entity in scene.index.entities if entity.kind == "place"}
    acting = {actor.country for actor in (*source, *target) if actor.country and actor.entity not in places}
    kept = [tuple(a for a in side if a.entity not in places or a.country not in acting) for side in (source, target)]
    return kept[0], kept[1]


def _side(
    scene: Scene,
    places: Sequence[int],
    known: Actor | None,
    taken: frozenset[str] = frozenset(),
    things: frozenset[int] = frozenset(),
) -> tuple[Actor, ...]:
    """The actors of a side: the first place that names somebody, with those joined to it.

    Where the other side has ``taken`` a country, its own forces and the ``things``
    that the event is done with are nobody else.
    """
    actors = [(place, actor) for place in _people(scene, places) for actor in actors_at(scene, place, known)]
    named = [
        (place, actor)
        for place, actor in actors
        if actor.country and not (actor.country in taken and (place in things or leans_on_pronoun(scene.tree, place)))
    ]
    named = [pair for pair in named if pair[1].entity not in press()] or named
    first_is_named = bool(named) and named[0][0] == actors[0][0]
    fresh = named if first_is_named else [pair for pair in named if pair[1].country not in taken] or named
    if not fresh:
        return tuple(actor for _, actor in actors if actor.country is None)[:1]
    first = fresh[0][0]
    group = set(scene.tree.conjuncts(first)) | {first}
    head = scene.tree.heads[first]
    if scene.tree.deps[first] == "conj":
        group |= set(scene.tree.conjuncts(head)) | {head}
    return tuple(_distinct([actor for place, actor in fresh if place in group]))


def _people(scene: Scene, places: Sequence[int]) -> list[int]:
    """The places, each once, without days and months."""
    calendar = members("calendar")
    return [place for place in dict.fromkeys(places) if scene.tree.lemmas[place] not in calendar]


def _distinct(actors: Sequence[Actor]) -> Iterator[Actor]:
    seen: set[tuple[str | None, str | None]] = set()
    for actor in actors:
        key = (actor.entity, actor.country)
        if key not in seen:
            seen.add(key)
            yield actor


def _reciprocal(source: tuple[Actor, ...], target: tuple[Actor, ...]) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    sides = tuple(_distinct([*source, *target]))
    if len({actor.country for actor in sides if actor.country}) > 1:
        sides = tuple(actor for actor in sides if actor.country)
    return sides, sides


def _fallback(scene: Scene, sense: Sense, other: tuple[Actor, ...], *, before: bool) -> tuple[Actor, ...]:
    """Another country named in the sentence, for the source one that stands before the trigger if there is any.

    Who only reports a deed is not its source.
    """
    tree = scene.tree
    if sense.mode == "weapons" and not before:
        return ()
    span = (max(scene.offset + tree.starts[0], scene.told), scene.offset + tree.ends[-1])
    taken = {actor.country for actor in other}
    barred = _reporters(scene, sense.trigger) if before else frozenset[int]()
    named = [
        (place, entity)
        for place, entity in scene.index.within(span)
        if entity.country
        and entity.country not in taken | {_FIRMS}
        and place[0] not in barred
        and not (sense.both and _is_venue(scene, place, entity))
        and not is_press(entity)
        and not _elsewhere(scene, place, sense.trigger)
    ]
    middle = scene.span(sense.trigger)[0]
    ranked = sorted(named, key=lambda pair: ((pair[0][0] < middle) != before, abs(pair[0][0] - middle)))
    return tuple(Actor(span=place, entity=entity.id, country=entity.country) for place, entity in ranked[:1])


def _told_aside(scene: Scene, place: Span, trigger: int) -> bool:
    """Whether words stand in a relative or adverbial clause below a verb: their date is that of the other deed."""
    tree = scene.tree
    word = next(node for node in range(len(tree)) if scene.span(node)[1] > place[0])
    chain = tree.above(word)
    if trigger not in chain or tree.pos[trigger] not in CLAUSAL:
        return False
    return any(tree.deps[node] in _ASIDES and tree.pos[node] in CLAUSAL for node in chain[: chain.index(trigger)])


def _is_venue(scene: Scene, place: Span, entity: Entity) -> bool:
    """Whether a place is only where people met: "met in Singapore", "talks at the Capella hotel"."""
    tree = scene.tree
    word = max(node for node in range(len(tree)) if scene.span(node)[0] < place[1])
    where = tree.deps[word] == "pobj" and tree.words[tree.heads[word]] in _PLACE_PREPS | {"on"}
    return entity.kind == "place" and where


def _elsewhere(scene: Scene, place: Span, trigger: int) -> bool:
    """Whether a name stands in a clause beside that of the trigger: neither above nor below it."""
    tree = scene.tree
    word = next(node for node in range(len(tree)) if scene.span(node)[1] > place[0])
    above = tree.above(trigger)
    chain = tree.above(word)
    meet = next((node for node in chain if node in above), None)
    if meet is None:
        return True
    up = any(tree.pos[node] in CLAUSAL for node in chain[: chain.index(meet)])
    return up and any(tree.pos[node] in CLAUSAL for node in above[1 : above.index(meet) + 1])


def _reporters(scene: Scene, trigger: int) -> frozenset[int]:
    """Where the words stand that name the subjects of the clauses above a trigger."""
    tree = scene.tree
    subjects = (kid for node in tree.above(trigger)[1:] for kid in tree.children(node, "nsubj"))
    return frozenset(scene.span(word)[0] for subject in subjects for word in tree.subtree(subject))


def _event(scene: Scene, cast: Cast, dates: Sequence[DateFinding], bases: Mapping[Span, Base]) -> Event:
    sense, tree = cast.sense, scene.tree
    sentence = (scene.offset + tree.starts[0], scene.offset + tree.ends[-1])
    places = [sense.trigger, *sense.used]
    return Event(
        span=(scene.offset + tree.starts[min(places)], scene.offset + tree.ends[max(places)]),
        type=sense.type,
        type15=type15(sense.type),
        mode=sense.mode,
        context=sense.code.contexts,
        quad=quad(sense.type),
        cameo=sense.code.code,
        goldstein=sense.code.goldstein,
        source=cast.source,
        target=cast.target,
        date=_date(scene, sense, sentence, dates, bases),
        place=_place(scene, sense),
        status=sense.status,
        confidence=cast.confidence,
        sentence=sentence,
        rule=" ; ".join((*sense.steps, *cast.notes)),
    )


def _date(
    scene: Scene, sense: Sense, sentence: Span, dates: Sequence[DateFinding], bases: Mapping[Span, Base]
) -> DateFinding | None:
    middle = scene.span(sense.trigger)[0]
    inside = [
        meant
        for found in dates
        if found.kind in {"DATE", "TIME"}
        and sentence[0] <= found.span[0] < sentence[1]
        and not _elsewhere(scene, found.span, sense.trigger)
        and not _told_aside(scene, found.span, sense.trigger)
        if (meant := _meant(found, bases.get(found.span), middle)) is not None
    ]
    if not inside:
        return None
    below = [scene.span(place) for place in scene.tree.subtree(sense.trigger)]
    in_clause = [
        found for found in inside if any(found.span[0] < end and start < found.span[1] for start, end in below)
    ]
    return min(in_clause or inside, key=lambda found: abs(found.span[0] - middle))


def _meant(found: DateFinding, base: Base | None, place: int) -> DateFinding | None:
    """The date that a time expression gives an event: not the one that a length is counted from, but what both mean."""
    if base is None or base.length[0] <= place < found.span[1]:
        return found
    return base.meant


def _place(scene: Scene, sense: Sense) -> str | None:
    from dragoman.read.syntax.clause import prep_pairs

    for prep, noun in prep_pairs(scene.tree, sense.trigger):
        if prep in _PLACE_PREPS:
            entity = scene.entity(noun)
            if entity is not None and entity.kind in {"place", "state"}:
                return entity.name
    return None
