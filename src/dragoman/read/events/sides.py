"""Who stands behind the words of a side, and how that was found.

1. A noun that is a name means its bearer; a pronoun, a title or a description means whom the resolver of the
   article says (:mod:`dragoman.read.reference`).
2. Another noun stands for whom its words name: its modifiers, the nearest first, then "of", then an apposition;
   then its antecedent; then other prepositions ("troops in Chad").
3. A state, a body, and whoever acts in his own name are sides alike.  A noun that names nobody and is nobody who
   acts ("any deal", "1974") is no side.
4. Police, protesters, courts and the like of no named country are of the country of the other side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from dragoman.errors import ReadError
from dragoman.read.events.tables import lexicon
from dragoman.read.findings import Actor, Entity, Span
from dragoman.read.syntax.clause import prep_pairs
from dragoman.read.syntax.sentence import analyse
from dragoman.read.syntax.tree import Tree
from dragoman.read.syntax.words import words
from dragoman.read.world import world

if TYPE_CHECKING:
    from dragoman.read.parsed import Paragraph
    from dragoman.read.reference import Reference

How = Literal[
    "name", "modifier", "of", "apposition", "antecedent", "pronoun", "beside", "list", "domestic", "unnamed",
    "taken from the sentence", "taken from the article",
]  # fmt: skip
_MODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "nummod"})
_PRONOUNS = frozenset(
    {
        "it", "they", "he", "she", "its", "their", "his", "her", "him", "them", "itself", "themselves",
        "we", "us", "our", "ours", "i", "me", "my", "ourselves", "who", "which",
    }
)  # fmt: skip
_BESIDE = frozenset({"with", "in", "from", "at", "to", "on", "for", "near", "between"})
_DOMESTIC = frozenset(
    {"REB", "OPP", "COP", "JUD", "LEG", "PTY", "EDU", "HLH", "LAB", "AGR", "REL", "CRM", "CVL", "MED", "MIL", "GOV"}
)

_WHERE = frozenset({"in", "at", "near", "across", "inside"})
_NOBODY = frozenset({"force", "power", "post", "state", "show"})
_DEPTH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One sentence with its names: ``offset`` is where its paragraph starts in the text as given.

    ``told`` is where the paragraph's report begins, behind its dateline, whose places do nothing.
    """

    tree: Tree
    reference: Reference
    paragraph: Paragraph
    told: int = 0

    @property
    def offset(self) -> int:
        """Where the paragraph starts in the text as given."""
        return self.paragraph.start

    def span(self, place: int) -> Span:
        """The span of a token in the text as given."""
        return self.offset + self.tree.starts[place], self.offset + self.tree.ends[place]

    def entity(self, place: int) -> Entity | None:
        """The entity named at a token."""
        span = self.span(place)
        return self.reference.at(span) if span[0] >= self.told else None

    def who(self, place: int) -> tuple[Entity, ...]:
        """Whom a token means; a pronoun in reported speech, of which nothing else is known, means the speaker."""
        token = self.paragraph.doc[self.tree.first + place]
        found = self.reference.who(self.paragraph, token)
        speaker = analyse(token.sent).source(place) if not found and leans_on_pronoun(self.tree, place) else None
        named = self.entity(speaker) if speaker is not None else None
        return (named,) if named is not None else found

    def country(self, entity: Entity) -> str | None:
        """The country for which an entity acts, ``IGO`` for a body, what is known of it where it acts for neither."""
        party = self.reference.party_of(entity)
        if party is None:
            return entity.country
        return party.code if party.kind == "state" else "IGO" if party.kind == "body" else entity.country


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One party of an act: the actor, how it was found, and the token that stands for it."""

    actor: Actor
    how: How
    place: int

    @property
    def is_known(self) -> bool:
        """Whether it is clear who that is."""
        return self.actor.country is not None or self.actor.entity is not None


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
        sector, tab, lemmas = line.partition("\t")
        if not tab or not lemmas.strip():
            raise ReadError(f"sectors.tsv:{number}", repr(line), "a sector, a tab, and lemmas")
        for lemma in lemmas.split():
            table.setdefault(lemma, sector)
    return MappingProxyType(table)


@cache
def press() -> frozenset[str]:
    """The ids of newspapers, broadcasters and agencies, which report more than they act."""
    return frozenset(one.id for one in world().organisations.values() if one.sector == "MED")


def sides_at(context: Context, place: int) -> list[Side]:
    """The sides behind a noun, one but for plurals; an unnamed one where the noun is somebody who acts."""
    span, sector = words_of(context, place), sector_of(context.tree, place)
    found, how = _meant(context, place)
    known = [
        Side(actor=Actor(span=span, entity=one.id, country=country, sector=sector), how=how, place=place)
        for one in found
        if (country := context.country(one)) is not None or one.kind != "place"
    ]
    if known or not acts(context, place):
        return known
    return [Side(actor=Actor(span=span, entity=None, country=None, sector=sector), how="unnamed", place=place)]


def _meant(context: Context, place: int) -> tuple[Sequence[Entity], How]:
    tree = context.tree
    own = context.entity(place)
    if own is not None and _is_somebody(context, own):
        return [own], "name"
    if is_pronoun(tree, place):
        return context.who(place), "pronoun"
    node, entity, how = _below(context, place, 0)
    if entity is not None and how != "beside":
        return _joined(context, place, node, entity), how
    if _owned_by_pronoun(tree, place):
        return _fresh(context, place, context.who(place)), "pronoun"
    if tree.pos[place] in {"NOUN", "PROPN", "NUM", "DET", "ADJ"} and acts(context, place):
        meant = context.who(place)
        if meant:
            return meant, "antecedent"
    if entity is not None:
        return _joined(context, place, node, entity), how
    inside = _inside(context, place)
    if inside is not None and (acts(context, place) or tree.children(place, "acl")):
        return [inside], "beside"
    return ([own] if own is not None and own.kind != "place" else []), "name"


def _inside(context: Context, place: int) -> Entity | None:
    """Who is named first in the words of a noun, its clauses included: "forces loyal to the Chadian general"."""
    nodes = (node for node in context.tree.subtree(place) if node > place)
    found = (context.entity(node) for node in nodes)
    return next((one for one in found if one is not None and context.country(one) in world().states), None)


def _fresh(context: Context, place: int, found: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Whom "its forces" means; "its ally" is somebody else."""
    return () if context.tree.lemmas[place] in lexicon().members["somebody_else"] else found


def _joined(context: Context, place: int, node: int, entity: Entity) -> list[Entity]:
    """An entity, with those joined to it where the noun is a plural: "Thai and Cambodian troops"."""
    tree = context.tree
    if node == place or tree.tags[place] not in {"NNS", "NNPS"}:
        return [entity]
    others = (context.entity(other) for other in tree.conjuncts(node)[1:])
    return [entity, *(other for other in others if other is not None and _is_somebody(context, other))]


def _is_somebody(context: Context, entity: Entity) -> bool:
    return context.country(entity) is not None or entity.kind in {"organisation", "group"}


def _below(context: Context, place: int, depth: int) -> tuple[int, Entity | None, How]:
    """The nearest place below a noun that names somebody, who that is, and by which words."""
    tree = context.tree
    own = context.entity(place)
    if depth > _DEPTH:
        return place, None, "name"
    if depth and own is not None and _is_somebody(context, own):
        return place, own, "name"
    pairs = prep_pairs(tree, place)
    ways: tuple[tuple[How, list[int]], ...] = (
        ("modifier", [kid for kid in reversed(tree.kids[place]) if tree.deps[kid] in _MODIFIERS and kid < place]),
        ("of", [noun for prep, noun in pairs if prep == "of"]),
        ("apposition", tree.children(place, "appos")),
        ("beside", [noun for prep, noun in pairs if prep in _BESIDE]),
    )
    for how, nodes in ways:
        for node in nodes:
            found = _below(context, node, depth + 1)
            if found[1] is not None:
                weak = "beside" in {how, found[2]}
                return found[0], found[1], "beside" if weak else how
    return place, None, "name"


def is_pronoun(tree: Tree, place: int) -> bool:
    """Whether a token is a pronoun that stands for somebody."""
    return tree.words[place] in _PRONOUNS or (tree.pos[place] == "PRON" and tree.words[place] in {"both", "each"})


def _owned_by_pronoun(tree: Tree, place: int) -> bool:
    return any(tree.words[kid] in _PRONOUNS for kid in tree.children(place, "poss"))


def leans_on_pronoun(tree: Tree, place: int) -> bool:
    """Whether a noun is a pronoun or owned by one ("they", "its forces"); "his counterpart" is somebody else."""
    if tree.words[place] in _PRONOUNS:
        return True
    return tree.lemmas[place] not in lexicon().members["somebody_else"] and _owned_by_pronoun(tree, place)


def acts(context: Context, place: int) -> bool:
    """Whether a noun names one who can act: a name, a pronoun, a person or body of any sector."""
    tree = context.tree
    if tree.pos[place] == "PROPN" or is_pronoun(tree, place):
        return True
    if tree.words[place] in _NOBODY:
        return False
    members = lexicon().members
    crowd = members["people"] | members["protesters"] | members["gunmen"] | members["troops"] | words("parties")
    return tree.lemmas[place] in crowd or sector_of(tree, place) is not None


def sector_of(tree: Tree, place: int) -> str | None:
    """The sector that the words of a side show."""
    table = sectors()
    near = [place, *(kid for kid in reversed(tree.kids[place]) if tree.deps[kid] in _MODIFIERS | {"appos"})]
    return next((table[tree.lemmas[node]] for node in near if tree.lemmas[node] in table), None)


def words_of(context: Context, place: int) -> Span:
    """The span of a noun with its modifiers to the left and its "of" phrase."""
    tree = context.tree
    low, high = place, place
    for kid in tree.kids[place]:
        if tree.deps[kid] in _MODIFIERS | {"det"} and tree.lemmas[kid] not in words("calendar"):
            low = min(low, *tree.subtree(kid))
        elif tree.deps[kid] == "prep" and tree.lemmas[kid] == "of":
            high = max(high, *tree.subtree(kid))
    return context.offset + tree.starts[low], context.offset + tree.ends[high]


def side_of(
    context: Context, places: Sequence[int], taken: frozenset[str] = frozenset(), things: frozenset[int] = frozenset()
) -> list[Side]:
    """The sides of one end of an act: the first place that names somebody, with those joined to it.

    Where the other end has ``taken`` a country, its own forces and the ``things`` that the act is done with are
    nobody else.
    """
    tree, calendar = context.tree, words("calendar")
    nodes = [
        place
        for place in dict.fromkeys(places)
        if tree.lemmas[place] not in calendar and context.span(place)[0] >= context.told
    ]
    every = [side for place in nodes for side in sides_at(context, place)]
    known = [
        side
        for side in every
        if side.is_known
        and not (side.actor.country in taken and (side.place in things or leans_on_pronoun(tree, side.place)))
    ]
    known = [side for side in known if side.actor.entity not in press()] or known
    if known and (known[0].place != nodes[0] or known[0].how == "beside"):
        known = [side for side in known if side.actor.country is None or side.actor.country not in taken] or known
    unnamed = [
        side
        for side in every
        if not side.is_known and side.place not in things and not (taken and leans_on_pronoun(tree, side.place))
    ]
    if not known:
        return unnamed[:1]
    if unnamed and unnamed[0] is every[0] and known[0].how == "beside":
        return unnamed[:1]
    group = _group(tree, known[0].place)
    return list(_distinct(side for side in known if side.place in group))


def _group(tree: Tree, first: int) -> frozenset[int]:
    head = tree.heads[first]
    above = {*tree.conjuncts(head), head} if tree.deps[first] == "conj" else set()
    return frozenset({first, *tree.conjuncts(first), *above})


def _distinct(sides: Iterator[Side]) -> Iterator[Side]:
    seen: list[tuple[str | None, str | None]] = []
    for side in sides:
        key = (side.actor.entity, side.actor.country)
        if key not in seen:
            seen.append(key)
            yield side


def distinct(sides: Sequence[Side]) -> list[Side]:
    """The sides, each party once."""
    return list(_distinct(iter(sides)))


def at_home(context: Context, trigger: int, sides: list[Side], other: list[Side]) -> list[Side]:
    """Sides of no known country that act where the act takes place, else in the one country of the other end."""
    tree = context.tree
    if any(side.is_known or side.actor.sector not in _DOMESTIC or leans_on_pronoun(tree, side.place) for side in sides):
        return sides
    where = (context.entity(noun) for prep, noun in prep_pairs(tree, trigger) if prep in _WHERE)
    named = [country for one in where if one is not None and (country := context.country(one)) in world().states]
    others = list(dict.fromkeys(side.actor.country for side in other if side.actor.country in world().states))
    country = named[0] if named else others[0] if len(others) == 1 else None
    return [
        replace(side, actor=replace(side.actor, country=country), how="domestic") for side in sides if country
    ] or sides
