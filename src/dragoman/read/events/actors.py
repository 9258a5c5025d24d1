"""Who stands behind the words of a side: "their forces", "ministers of the European Community".

For a noun the entity is looked for, in this order: at the noun itself; at its
modifiers, the nearest first; behind "of"; in an apposition; behind other
prepositions.  A pronoun, and a noun owned by one, takes the last source named
before it in the sentence, else the last of the sentence before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from dragoman.errors import ReadError
from dragoman.read.events.clause import prep_pairs
from dragoman.read.events.tree import Tree
from dragoman.read.findings import Actor, Entity, Span
from dragoman.read.index import EntityIndex

_MODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "nummod"})
_PRONOUNS = frozenset({"it", "they", "he", "she", "its", "their", "his", "her", "him", "them", "itself", "themselves"})
_DEPTH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One sentence with its names: ``offset`` is where its paragraph starts in the text as given."""

    tree: Tree
    index: EntityIndex
    offset: int

    def span(self, place: int) -> Span:
        """The span of a token in the text as given."""
        return self.offset + self.tree.starts[place], self.offset + self.tree.ends[place]

    def entity(self, place: int) -> Entity | None:
        """The entity at a token."""
        return self.index.at(self.span(place))


@cache
def sectors() -> Mapping[str, str]:
    """Sector by lemma, as ``sectors.tsv`` has it.

    Raises:
        ReadError: a line has no sector or no words.
    """
    text = (files(__package__) / "lexicon" / "sectors.tsv").read_text(encoding="utf-8")
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


def actor_at(scene: Scene, place: int, known: Actor | None) -> Actor:
    """The actor behind a noun; ``known`` is the last source named, for pronouns."""
    found = _find(scene, place, 0)
    if found is None and known is not None and _leans_on_pronoun(scene.tree, place):
        return Actor(
            span=scene.span(place), entity=known.entity, country=known.country, sector=_sector(scene.tree, place)
        )
    span = words_of(scene, place)
    if found is None:
        return Actor(span=span, entity=None, country=None, sector=_sector(scene.tree, place))
    return Actor(span=span, entity=found.id, country=found.country, sector=_sector(scene.tree, place))


def words_of(scene: Scene, place: int) -> Span:
    """The span of a noun with its modifiers to the left and its "of" phrase."""
    tree = scene.tree
    low, high = place, place
    for kid in tree.kids[place]:
        if tree.deps[kid] in _MODIFIERS | {"det"}:
            low = min(low, *tree.subtree(kid))
        elif tree.deps[kid] == "prep" and tree.lemmas[kid] == "of":
            high = max(high, *tree.subtree(kid))
    return scene.offset + tree.starts[low], scene.offset + tree.ends[high]


def _find(scene: Scene, place: int, depth: int) -> Entity | None:
    tree = scene.tree
    own = scene.entity(place)
    if own is not None and own.country is not None:
        return own
    if depth > _DEPTH:
        return own
    modifiers = [kid for kid in reversed(tree.kids[place]) if tree.deps[kid] in _MODIFIERS and kid < place]
    pairs = prep_pairs(tree, place)
    of = [noun for prep, noun in pairs if prep == "of"]
    appositions = [kid for kid in tree.kids[place] if tree.deps[kid] == "appos"]
    rest = [noun for prep, noun in pairs if prep in {"in", "from", "at", "to", "on", "for", "near"}]
    for group in (modifiers, of, appositions, rest):
        for node in group:
            found = _find(scene, node, depth + 1)
            if found is not None and found.country is not None:
                return found
    return own


def _leans_on_pronoun(tree: Tree, place: int) -> bool:
    if tree.words[place] in _PRONOUNS:
        return True
    return any(tree.deps[kid] == "poss" and tree.words[kid] in _PRONOUNS for kid in tree.kids[place])


def _sector(tree: Tree, place: int) -> str | None:
    table = sectors()
    near = [place, *(kid for kid in reversed(tree.kids[place]) if tree.deps[kid] in _MODIFIERS | {"appos"})]
    return next((table[tree.lemmas[node]] for node in near if tree.lemmas[node] in table), None)
