"""Which line of the lexicon a token answers to.

1. A token's keys are its lemma, and its lemma joined with each particle
   ("call_off") and with its object ("take_part").
2. Every line under a key whose conditions all hold is a candidate; the weights of
   the conditions add up, and the heaviest candidate wins, the earlier line where
   two weigh the same; a noun that a line names itself goes before one of a class.
3. A noun is compared by its head, by the noun that carries the sense ("series of
   attacks"), by nouns joined to it and by its modifiers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.read.events.tables import Entry, Lexicon, Need
from dragoman.read.syntax.clause import Clause, resolve
from dragoman.read.syntax.tree import Tree

MODIFIERS = frozenset({"compound", "amod", "nmod", "advmod", "oprd", "acomp", "nummod"})
PARTICLE_BONUS = 1.5
NAME = "<name>"
NAMED_BONUS = 0.05


@dataclass(frozen=True, slots=True)
class Match:
    """A line that holds, its weight, and the nouns that its conditions used."""

    entry: Entry
    score: float
    used: tuple[int, ...]


def match_verb(tree: Tree, place: int, clause: Clause, lexicon: Lexicon) -> Match | None:
    """The best line of verbs.tsv for a verb or predicate adjective, or None."""
    best: Match | None = None
    lemma = tree.lemmas[place]
    for key, bonus in _keys(tree, lemma, clause):
        for entry in lexicon.verbs.get(key, ()):
            if entry.bare and clause.objects:
                continue
            found = _holds(tree, place, _with_particle(clause, key, lemma), entry)
            if found is None:
                continue
            score = entry.weight - _blur(tree, entry, found) + bonus + (0.1 if entry.bare else 0.0)
            if best is None or score > best.score:
                best = Match(entry, score, found)
    return best


def match_noun(tree: Tree, place: int, pairs: list[tuple[str, int]], lexicon: Lexicon) -> Match | None:
    """The best line of nouns.tsv for a noun with its prepositions, or None."""
    best: Match | None = None
    lemma = tree.lemmas[resolve(tree, place)]
    if lemma not in lexicon.nouns:
        lemma = lemma.rpartition("_")[2]
    for entry in lexicon.nouns.get(lemma, ()):
        score = entry.weight + (NAMED_BONUS if lemma in entry.named else 0.0)
        holds = all(_noun_need(tree, place, pairs, need) for need in entry.needs)
        if holds and (best is None or score > best.score):
            best = Match(entry, score, ())
    return best


def bag(tree: Tree, noun: int) -> list[str]:
    """The lemmas a noun is compared by, its head first."""
    head = resolve(tree, noun)
    words = [tree.lemmas[head]]
    if "_" in words[0]:
        words.extend(words[0].split("_"))
    if tree.pos[head] == "PROPN":
        words.append(NAME)
    if head != noun:
        words.append(tree.lemmas[noun])
    for kid in tree.kids[head]:
        if tree.deps[kid] in MODIFIERS:
            words.append(tree.lemmas[kid])
            words.extend(tree.lemmas[low] for low in tree.kids[kid] if tree.deps[low] in {"compound", "conj"})
    return words


def _with_particle(clause: Clause, key: str, lemma: str) -> Clause:
    """The parser may take the particle of "burned down the village" for a preposition: its noun is the object."""
    if clause.objects or key == lemma:
        return clause
    governed = tuple(noun for prep, noun in clause.obliques if key == f"{lemma}_{prep}")
    return replace(clause, objects=governed) if governed else clause


def _blur(tree: Tree, entry: Entry, used: tuple[int, ...]) -> float:
    """A condition met by a modifier only ("aid workers" for aid) counts less; by part of a phrase, a little less."""
    wanted = frozenset().union(*(need.words for need in entry.needs if need.words is not None))
    heads = {tree.lemmas[resolve(tree, noun)] for noun in used}
    if not heads or heads & wanted:
        return 0.0
    return 0.25 if {head.rpartition("_")[2] for head in heads} & wanted else 0.5


def _keys(tree: Tree, lemma: str, clause: Clause) -> list[tuple[str, float]]:
    keys = [(lemma, 0.0)]
    keys.extend((f"{lemma}_{particle}", PARTICLE_BONUS) for particle in clause.particles)
    keys.extend((f"{lemma}_{tree.lemmas[noun]}", PARTICLE_BONUS) for noun in clause.objects)
    return keys


def _holds(tree: Tree, place: int, clause: Clause, entry: Entry) -> tuple[int, ...] | None:
    used: list[int] = []
    for need in entry.needs:
        found = _meets(tree, place, clause, need)
        if found is None:
            return None
        used.extend(found)
    return tuple(used)


def _meets(tree: Tree, place: int, clause: Clause, need: Need) -> tuple[int, ...] | None:
    for slot in need.slots:
        fillers = _fillers(tree, place, clause, slot)
        if need.words is None:
            if fillers:
                return ()
            continue
        found = tuple(noun for noun in fillers if not need.words.isdisjoint(bag(tree, noun)))
        if found:
            return found
    return None


def _fillers(tree: Tree, place: int, clause: Clause, slot: str) -> tuple[int, ...]:
    if slot == "obj":
        return clause.objects
    if slot == "subj":
        return clause.subjects
    if slot == "comp":
        return clause.complements
    if slot == "mod":
        return tuple(kid for kid in tree.kids[place] if tree.deps[kid] in MODIFIERS)
    if slot == "any":
        return tuple(node for node in tree.subtree(place) if node != place)
    if slot == "inf":
        return tuple(verb for verb in clause.complements if any(tree.tags[kid] == "TO" for kid in tree.kids[verb]))
    if slot == "that":
        return tuple(verb for verb in clause.complements if tree.deps[verb] == "ccomp")
    if slot == "pred":
        return tuple(kid for kid in tree.kids[place] if tree.pos[kid] == "ADJ" or tree.deps[kid] == "oprd")
    return tuple(noun for prep, noun in clause.obliques if prep == slot)


def _noun_need(tree: Tree, place: int, pairs: list[tuple[str, int]], need: Need) -> bool:
    for slot in need.slots:
        if slot == "comp":
            fillers = [kid for kid in tree.kids[place] if tree.deps[kid] in {"acl", "ccomp", "xcomp", "relcl"}]
        elif slot == "mod":
            fillers = [kid for kid in tree.kids[place] if tree.deps[kid] in MODIFIERS]
        elif slot == "poss":
            fillers = tree.children(place, "poss")
        else:
            fillers = [noun for prep, noun in pairs if prep == slot]
        if any(need.words is None or not need.words.isdisjoint(bag(tree, kid)) for kid in fillers):
            return True
    return False
