"""Who stands behind the words of a side: "their forces", "ministers of the European Community".

For a noun the entity is looked for, in this order: at the noun itself; at its
modifiers, the nearest first; behind "of"; in an apposition; behind other
prepositions.  A pronoun, and a noun owned by one, takes the subject of the
nearest clause above that stands before it ("Russia said its forces had left"),
else the last source named in the article.  "His counterpart" is somebody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from dragoman.errors import ReadError
from dragoman.read.events.tables import lexicon
from dragoman.read.findings import Actor, Entity, Span
from dragoman.read.index import EntityIndex
from dragoman.read.syntax.clause import prep_pairs
from dragoman.read.syntax.tree import SUBJECTS, Tree
from dragoman.read.syntax.words import words
from dragoman.read.world import world

_MODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "nummod"})
_PRONOUNS = frozenset({"it", "they", "he", "she", "its", "their", "his", "her", "him", "them", "itself", "themselves"})
_PERSONAL = frozenset({"he", "she", "his", "her", "him"})
_LOOSE = frozenset({"with", "in", "from", "at", "to", "on", "for", "near", "between"})
_DEPTH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One sentence with its names: ``offset`` is where its paragraph starts in the text as given.

    ``told`` is where the paragraph's report begins, behind its dateline, whose places do nothing.
    """

    tree: Tree
    index: EntityIndex
    offset: int
    told: int = 0

    def span(self, place: int) -> Span:
        """The span of a token in the text as given."""
        return self.offset + self.tree.starts[place], self.offset + self.tree.ends[place]

    def entity(self, place: int) -> Entity | None:
        """The entity at a token."""
        span = self.span(place)
        return self.index.at(span) if span[0] >= self.told else None


@cache
def sectors() -> Mapping[str, str]:
    """Sector by lemma, as ``sectors.tsv`` has it.

    Raises:
        ReadError: a line has no sector or no words.
    """
    text = (files("dragoman.read.events") / "lexicon" / "sectors.tsv").read_text(encoding="utf-8")
    table: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        sector, tab, words = line.partition("\t")
        if not tab or not words.strip():
            raise ReadError(f"sectors.tsv:{number}", repr(line), "a sector, a tab, and lemmas")
        for word in words.split():
            table.setdefault(word, sector)
    return MappingProxyType(table)


def actors_at(scene: Scene, place: int, known: Actor | None) -> list[Actor]:
    """The actors behind a noun, one but for plurals ("Thai and Cambodian troops", "leaders of Peru and Ecuador").

    ``known`` is the last source named, for pronouns.
    """
    found = _found(scene, place)
    span, sector = words_of(scene, place), _sector(scene.tree, place)
    if not found and leans_on_pronoun(scene.tree, place):
        antecedent = _antecedent(scene, place)
        if antecedent is None and known is not None and _suits(scene, place, known):
            return [Actor(span=span, entity=known.entity, country=known.country, sector=sector)]
        found = [antecedent] if antecedent is not None else []
    if not found:
        return [Actor(span=span, entity=None, country=None, sector=sector)]
    return [Actor(span=span, entity=entity.id, country=entity.country, sector=sector) for entity in found]


@cache
def press() -> frozenset[str]:
    """The ids of newspapers, broadcasters and agencies, which report more than they act."""
    return frozenset(one.id for one in world().organisations.values() if one.sector == "MED")


def is_press(entity: Entity) -> bool:
    """Whether an entity reports for a living: its name in a sentence is more likely a credit than a side."""
    return entity.id in press()


def acts(scene: Scene, place: int) -> bool:
    """Whether a noun names one who can act: a name, a pronoun, a person or body of any sector."""
    tree = scene.tree
    if tree.pos[place] == "PROPN" or tree.words[place] in _PRONOUNS | {"we", "i"}:
        return True
    members = lexicon().members
    crowd = members["people"] | members["protesters"] | members["gunmen"] | members["troops"]
    return tree.lemmas[place] in crowd or _sector(tree, place) is not None


def _suits(scene: Scene, place: int, known: Actor) -> bool:
    """Whether a pronoun may stand for an actor of an earlier sentence: "he" is a person and not a state."""
    words = {scene.tree.words[node] for node in (place, *scene.tree.kids[place])}
    if words.isdisjoint(_PERSONAL):
        return True
    return any(entity.id == known.entity and entity.kind == "person" for entity in scene.index.entities)


def _found(scene: Scene, place: int) -> list[Entity]:
    tree = scene.tree
    node, entity = _find(scene, place, 0)
    if entity is None:
        return []
    if node == place or tree.tags[place] not in {"NNS", "NNPS"}:
        return [entity]
    joined = (scene.entity(other) for other in tree.conjuncts(node)[1:])
    return [entity, *(other for other in joined if other is not None and other.country is not None)]


def _antecedent(scene: Scene, place: int) -> Entity | None:
    """The subject of the nearest clause above that stands before the pronoun; an object is never its own subject."""
    tree = scene.tree
    pronoun = next(node for node in (place, *tree.kids[place]) if tree.words[node] in _PRONOUNS)
    own = next((node for node in tree.above(place)[1:] if tree.pos[node] in {"VERB", "AUX"}), None)
    barred = own if pronoun == place else None
    for node in tree.above(place)[1:]:
        if node == barred:
            continue
        if tree.lemmas[node] in lexicon().members["asking"] and node != own:
            return _last_named(scene, pronoun, node)
        for kid in tree.kids[node]:
            if tree.deps[kid] in SUBJECTS and kid < pronoun and tree.words[kid] not in _PRONOUNS:
                found = _country_at(scene, kid)
                if found is not None:
                    return found
    return None


def words_of(scene: Scene, place: int) -> Span:
    """The span of a noun with its modifiers to the left and its "of" phrase."""
    tree = scene.tree
    low, high = place, place
    for kid in tree.kids[place]:
        if tree.deps[kid] in _MODIFIERS | {"det"} and tree.lemmas[kid] not in words("calendar"):
            low = min(low, *tree.subtree(kid))
        elif tree.deps[kid] == "prep" and tree.lemmas[kid] == "of":
            high = max(high, *tree.subtree(kid))
    return scene.offset + tree.starts[low], scene.offset + tree.ends[high]


def _last_named(scene: Scene, pronoun: int, asking: int) -> Entity | None:
    """Whoever was named last before a pronoun, the one who asks left out: nobody demands that of himself."""
    tree = scene.tree
    askers = [found for kid in tree.kids[asking] if tree.deps[kid] in SUBJECTS and (found := _country_at(scene, kid))]
    barred = {entity.country for entity in askers}
    before = (scene.offset + tree.starts[0], scene.offset + tree.starts[pronoun])
    named = [entity for _, entity in scene.index.within(before) if entity.country and entity.country not in barred]
    return named[-1] if named else None


def _find(scene: Scene, place: int, depth: int) -> tuple[int, Entity | None]:
    """The nearest place at or below a noun that names an entity with a country, and that entity."""
    tree = scene.tree
    own = scene.entity(place)
    if depth > _DEPTH or (own is not None and own.country is not None):
        return place, own
    modifiers = [kid for kid in reversed(tree.kids[place]) if tree.deps[kid] in _MODIFIERS and kid < place]
    pairs = prep_pairs(tree, place)
    of = [noun for prep, noun in pairs if prep == "of"]
    appositions = [kid for kid in tree.kids[place] if tree.deps[kid] == "appos"]
    rest = [noun for prep, noun in pairs if prep in _LOOSE]
    for node in (*modifiers, *of, *appositions, *rest):
        found = _find(scene, node, depth + 1)
        if found[1] is not None and found[1].country is not None:
            return found
    return place, own


def _country_at(scene: Scene, place: int) -> Entity | None:
    entity = _find(scene, place, 0)[1]
    return entity if entity is not None and entity.country is not None else None


def leans_on_pronoun(tree: Tree, place: int) -> bool:
    """Whether a noun is a pronoun or owned by one: "they", "its forces"."""
    if tree.words[place] in _PRONOUNS:
        return True
    if tree.lemmas[place] in lexicon().members["somebody_else"]:
        return False
    return any(tree.deps[kid] == "poss" and tree.words[kid] in _PRONOUNS for kid in tree.kids[place])


def _sector(tree: Tree, place: int) -> str | None:
    table = sectors()
    near = [place, *(kid for kid in reversed(tree.kids[place]) if tree.deps[kid] in _MODIFIERS | {"appos"})]
    return next((table[tree.lemmas[node]] for node in near if tree.lemmas[node] in table), None)
