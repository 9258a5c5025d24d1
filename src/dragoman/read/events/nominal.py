"""Nouns that are events: "the meeting between", "U.S.-led sanctions against", "a refusal to talk"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from dragoman.read.events.match import Match, bag, match_noun
from dragoman.read.events.sense import Sense, kind_of, look_up, recoded, unique
from dragoman.read.events.tables import Entry, Lexicon
from dragoman.read.findings import Status
from dragoman.read.syntax.clause import prep_pairs
from dragoman.read.syntax.tree import Tree
from dragoman.read.syntax.words import words

TARGET_PREPS = (
    "against", "with", "to", "on", "at", "from", "for", "between", "among", "of", "into", "in", "over", "toward",
    "towards", "by", "near", "along", "across", "inside", "outside", "upon",
)  # fmt: skip
_MAKERS = ("by", "from")
_SIDE_BY_SIDE = ("between", "with", "among", "of", "by", "to")
_CLAUSES = frozenset({"acl", "ccomp", "xcomp", "relcl"})

_STATUS_WORDS: Mapping[Status, tuple[str, ...]] = MappingProxyType(
    {
        "planned": ("plan", "planned", "anticipated", "expected", "upcoming", "scheduled", "forthcoming"),
        "possible": ("possible", "potential", "proposed", "hypothetical", "eventual"),
        "called off": ("cancel", "cancelled", "canceled", "postpone", "postponed", "aborted", "scrapped"),
    }
)

SenseOf = Callable[[int], Sense | None]


@dataclass(frozen=True, slots=True)
class _Sides:
    source: tuple[int, ...]
    target: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Noun:
    """A noun with what is needed to read on below it."""

    tree: Tree
    place: int
    lexicon: Lexicon
    sense_of: SenseOf


def noun_sense(tree: Tree, place: int, lexicon: Lexicon, sense_of: SenseOf) -> Sense | None:
    """The sense of a noun, or None; ``sense_of`` gives the sense of another token."""
    pairs = prep_pairs(tree, place)
    match = match_noun(tree, place, pairs, lexicon)
    if match is None or match.entry.outcome in {"-", "+say"}:
        return None
    sides = _sides(tree, place, pairs, match.entry)
    step = f"{match.entry.place} {tree.lemmas[place]} {match.entry.shown}"
    if match.entry.outcome.startswith("+"):
        return _under_noun(_Noun(tree, place, lexicon, sense_of), match.entry.outcome[1:], sides, step)
    return _plain(tree, place, match, sides, step)


def _plain(tree: Tree, place: int, match: Match, sides: _Sides, step: str) -> Sense:
    code, kind, mode = kind_of(match.entry, bag(tree, place))
    return Sense(
        trigger=place,
        code=code,
        type=kind,
        mode=mode,
        source=sides.source,
        target=sides.target,
        both=match.entry.both,
        weight=0.5 + match.score / 2,
        status=_status(tree, place),
        nominal=True,
        content=match.entry.content,
        used=(),
        steps=(step,),
    )


def _status(tree: Tree, place: int) -> Status:
    """Held, unless an adjective says otherwise: "a planned visit", "possible talks", "the cancelled summit"."""
    words = {tree.lemmas[kid] for kid in tree.kids[place] if tree.deps[kid] == "amod"}
    return next((status for status, listed in _STATUS_WORDS.items() if not words.isdisjoint(listed)), "held")


def _sides(tree: Tree, place: int, pairs: list[tuple[str, int]], entry: Entry) -> _Sides:
    calendar = words("calendar")
    owners = [kid for kid in tree.kids[place] if tree.deps[kid] == "poss" and tree.lemmas[kid] not in calendar]
    if entry.both:
        pairs = [*pairs, *(pair for _, noun in pairs for pair in prep_pairs(tree, noun) if pair[0] == "between")]
    makers = [noun for prep, noun in pairs if prep in (entry.sources or _MAKERS)]
    modifiers = [kid for kid in tree.kids[place] if tree.deps[kid] in {"amod", "compound"}]
    wanted = entry.targets or (_SIDE_BY_SIDE if entry.both else TARGET_PREPS)
    others = sorted(
        ((prep, noun) for prep, noun in pairs if prep in wanted and noun not in makers),
        key=lambda pair: wanted.index(pair[0]),
    )
    return _Sides(unique(makers, owners, modifiers), tuple(noun for _, noun in others))


def _under_noun(noun: _Noun, operator: str, sides: _Sides, step: str) -> Sense | None:
    tree, place = noun.tree, noun.place
    verbs = [kid for kid in tree.kids[place] if tree.deps[kid] in _CLAUSES]
    for node in (*verbs, *(other for _, other in prep_pairs(tree, place))):
        inner = noun.sense_of(node)
        if inner is None:
            continue
        outcome = look_up(noun.lexicon, operator, inner.code.code)
        if outcome == "-":
            return None
        over = f"{step}: {operator} over {inner.code.code}"
        changed = inner if outcome == "=" else recoded(inner, outcome, f"{over} is {outcome}")
        return replace(
            changed,
            trigger=place,
            source=sides.source or inner.source,
            target=unique(inner.target, sides.target),
            both=False,
            nominal=True,
            status="held",
            used=(*inner.used, inner.trigger),
            steps=changed.steps if outcome != "=" else (*inner.steps, over),
        )
    return None
