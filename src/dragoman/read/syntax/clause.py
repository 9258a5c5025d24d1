"""The clause of a predicate: who does what to whom, with prepositions, complements, negation, modal, tense.

1. Passives are turned round: the passive subject is the object, the "by" phrase
   the subject.
2. A verb without a subject takes that of the verb it hangs from: the object where
   the verb above gives orders ("ordered him to leave"), else the subject; a
   participle takes the noun it qualifies; a relative pronoun stands for its noun.
3. A verb joined by "and" shares subject and, where it has none, object.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.read.syntax.auxiliaries import Tense, copula, is_negated, is_passive, is_to, modal, tense
from dragoman.read.syntax.tree import OBJECTS, SUBJECTS, Tree
from dragoman.read.syntax.words import Factuality, words

TIMES = frozenset(
    {
        "a.m.", "p.m.", "am", "pm", "dawn", "dusk", "noon", "midnight", "night", "daybreak", "sunset", "sunrise",
        "o'clock", "time", "moment", "hour", "beginning", "end", "angle", "altitude", "height", "speed", "trajectory",
    }
)  # fmt: skip
_AT = frozenset({"at", "around", "on", "by", "near", "before", "after"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_TO_TAKE = frozenset({"xcomp", "ccomp"})
_SPELLS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century", "time"})
_STRAYING = frozenset({"to", "from", "with", "against"})


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Clause:
    """The parts of a clause, as places of tokens in their sentence.

    ``subjects`` are who acts (the "by" phrase of a passive), ``objects`` whom it is done to (the subject of a
    passive), ``obliques`` pairs of a preposition and its noun or participle, ``complements`` the predicates below.
    ``own_subject`` is False where the subject is that of another verb.  ``modal`` is written in full.  ``source`` is
    the head of the words that name who says so, ``quoted`` that the predicate stands in quotation marks.
    """

    predicate: int
    lemma: str
    subjects: tuple[int, ...]
    objects: tuple[int, ...]
    obliques: tuple[tuple[str, int], ...]
    complements: tuple[int, ...]
    particles: tuple[str, ...]
    passive: bool
    negated: bool
    modal: str | None
    tense: Tense
    infinitive: bool
    own_subject: bool
    factuality: Factuality = "asserted"
    source: int | None = None
    quoted: bool = False


def clause_of(tree: Tree, verb: int) -> Clause:
    """The clause of a verb or of a predicate adjective."""
    passive = is_passive(tree, verb)
    subjects, own = _subjects(tree, verb, passive=passive)
    objects = _raised(tree, tree.kids[verb], passive=passive) if passive else _objects(tree, verb)
    if passive and not objects:
        objects = _qualified(tree, verb) or _inherited(tree, verb)
    obliques = [*prep_pairs(tree, verb)]
    if passive:
        objects = (*objects, *_objects(tree, verb))
    objects = objects or _second_nouns(tree, verb) or _asked(tree, verb)
    for noun in objects:
        obliques.extend(_noun_preps(tree, noun))
    obliques.extend(_strayed(tree, obliques))
    return Clause(
        predicate=verb,
        lemma=tree.lemmas[verb],
        subjects=_spread(tree, subjects),
        objects=_spread(tree, objects),
        obliques=tuple((prep, noun) for prep, noun in obliques if prep == "until" or not _is_time(tree, prep, noun)),
        complements=_complements(tree, verb, objects),
        particles=_particles(tree, verb, governing=not objects),
        passive=passive,
        negated=is_negated(tree, verb) or _is_without(tree, verb) or _has_none(tree, objects),
        modal=modal(tree, verb),
        tense=tense(tree, verb),
        infinitive=is_to(tree, verb),
        own_subject=own,
    )


def _is_time(tree: Tree, prep: str, noun: int) -> bool:
    """Whether a preposition tells when: "on Monday", "at dawn"."""
    return tree.lemmas[noun] in words("calendar") or (prep in _AT and tree.lemmas[noun] in TIMES)


def resolve(tree: Tree, noun: int) -> int:
    """The noun that carries the sense: "a series of attacks" is attacks."""
    seen, transparent = 0, words("transparent")
    while seen < 4 and tree.lemmas[noun] in transparent:
        inner = [pobj for prep, pobj in prep_pairs(tree, noun) if prep == "of"]
        if not inner:
            break
        noun, seen = inner[0], seen + 1
    return noun


def prep_pairs(tree: Tree, place: int) -> list[tuple[str, int]]:
    """Each preposition below a token with the noun or participle it governs; "according to" names a source."""
    pairs: list[tuple[str, int]] = []
    for kid in tree.kids[place]:
        dep = tree.deps[kid]
        if tree.lemmas[kid] == "accord":
            continue
        if dep in {"prep", "agent"} or (dep in {"dative", "advmod", "prt"} and tree.pos[kid] in {"ADP", "SCONJ"}):
            pairs.extend(_governed(tree, kid))
        elif dep in {"advmod", "prt"}:
            pairs.extend(pair for low in tree.children(kid, "prep") for pair in _governed(tree, low))
        elif dep == "dative":
            pairs.append(("to", kid))
    return pairs


def _governed(tree: Tree, prep: int) -> list[tuple[str, int]]:
    pairs: list[tuple[str, int]] = []
    for kid in tree.kids[prep]:
        dep = tree.deps[kid]
        if dep in {"pobj", "pcomp"}:
            pairs.extend((tree.lemmas[prep], noun) for noun in tree.conjuncts(kid))
        elif dep == "prep" or (dep == "conj" and tree.pos[kid] == "ADP"):
            pairs.extend(_governed(tree, kid))
    return pairs


def _strayed(tree: Tree, pairs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Prepositions that the parser hangs on a noun nearby: "passed the names of the suspects to the police"."""
    below = [pair for _, noun in pairs if tree.pos[noun] != "VERB" for pair in prep_pairs(tree, noun)]
    return [pair for pair in below if pair[0] in _STRAYING and pair not in pairs]


def _noun_preps(tree: Tree, noun: int) -> list[tuple[str, int]]:
    inner = resolve(tree, noun)
    pairs = prep_pairs(tree, noun)
    if inner != noun:
        pairs = [pair for pair in pairs if pair[1] != inner] + prep_pairs(tree, inner)
    for other in tree.conjuncts(noun)[1:]:
        pairs.extend(prep_pairs(tree, other))
    for kid in tree.kids[noun]:
        if tree.deps[kid] == "acl" and tree.tags[kid] in {"VBN", "VBG"}:
            pairs.extend(prep_pairs(tree, kid))
    return pairs


def _next_adjective(tree: Tree, verb: int) -> list[str]:
    """The adjective of "set free three men", which the parser hangs on the men."""
    follows = verb + 1 < len(tree) and tree.pos[verb + 1] == "ADJ"
    return [tree.lemmas[verb + 1]] if follows else []


def _second_nouns(tree: Tree, verb: int) -> tuple[int, ...]:
    """The object where the parser hangs it on another word: "freed on bail two men", "moved troops closer"."""
    for kid in tree.kids[verb]:
        nouns = tree.children(kid, "pobj") if tree.deps[kid] == "prep" else []
        if len(nouns) > 1 or (nouns and tree.lemmas[kid] == "as" and _split(tree, nouns[0])):
            return (nouns[-1],)
        nouns = tree.children(kid, "npadvmod") if tree.deps[kid] == "advmod" else []
        if nouns and tree.lemmas[nouns[0]] not in _SPELLS:
            return (nouns[0],)
    return ()


def _split(tree: Tree, noun: int) -> bool:
    """Whether an adjective stands before the article, as in "rejected as illegal a vote"."""
    articles = tree.children(noun, "det")
    return bool(articles) and any(kid < articles[0] for kid in tree.children(noun, "amod"))


def _asked(tree: Tree, verb: int) -> tuple[int, ...]:
    """The object where the parser makes it the subject of the infinitive: "helped Chad to build"."""
    for kid in tree.kids[verb]:
        if tree.deps[kid] == "ccomp" and is_to(tree, kid):
            return tuple(tree.children(kid, "nsubj"))
    return ()


def _particles(tree: Tree, verb: int, *, governing: bool) -> tuple[str, ...]:
    """Particles of a verb; a preposition such as "on" may be one only where the verb has no object of its own.

    One that tells when ("on Monday") is none.
    """
    adverbs = words("particles")
    found = [
        tree.lemmas[kid]
        for kid in tree.kids[verb]
        if tree.deps[kid] in {"prt", "advmod"}
        or tree.tags[kid] == "RP"
        or (tree.deps[kid] == "prep" and (_governs(tree, kid) if governing else _is_bare(tree, kid, adverbs)))
        or (tree.deps[kid] in {"acomp", "oprd", "xcomp"} and tree.pos[kid] == "ADJ")
    ]
    return tuple(dict.fromkeys([*found, *_next_adjective(tree, verb)]))


def _governs(tree: Tree, prep: int) -> bool:
    nouns = tree.children(prep, "pobj")
    return not nouns or any(not _is_time(tree, tree.lemmas[prep], noun) for noun in nouns)


def _is_bare(tree: Tree, prep: int, adverbs: frozenset[str]) -> bool:
    """Whether a preposition governs no noun, as in "let them in" or "threw him out of the house"."""
    return not tree.children(prep, "pobj", "pcomp") and (tree.lemmas[prep] in adverbs or not tree.kids[prep])


def _raised(tree: Tree, kids: list[int], *, passive: bool) -> tuple[int, ...]:
    return tuple(kid for kid in kids if tree.deps[kid] in SUBJECTS) if passive else ()


def _objects(tree: Tree, verb: int) -> tuple[int, ...]:
    own = tuple(kid for kid in tree.kids[verb] if tree.deps[kid] in OBJECTS or _bare_dative(tree, kid))
    if own:
        return own
    if tree.deps[verb] == "relcl":
        return ()
    joined = [kid for kid in tree.kids[verb] if tree.deps[kid] == "conj" and tree.pos[kid] == "VERB"]
    if joined and not tree.children(verb, "prep", "xcomp", "ccomp", "agent"):
        return _objects(tree, joined[0])
    return ()


def _bare_dative(tree: Tree, kid: int) -> bool:
    return tree.deps[kid] == "dative" and tree.pos[kid] != "ADP"


def _subjects(tree: Tree, verb: int, *, passive: bool) -> tuple[tuple[int, ...], bool]:
    if passive:
        agents = tuple(noun for prep, noun in prep_pairs(tree, verb) if prep == "by")
        return agents, bool(agents)
    own = tuple(kid for kid in tree.kids[verb] if tree.deps[kid] in SUBJECTS)
    if own:
        return tuple(_antecedent(tree, kid, verb) for kid in own), True
    return _qualified(tree, verb) or _inherited(tree, verb), False


def _antecedent(tree: Tree, subject: int, verb: int) -> int:
    if tree.words[subject] in RELATIVES and tree.deps[verb] in {"relcl", "acl", "ccomp"}:
        return tree.heads[verb] if tree.pos[tree.heads[verb]] in {"NOUN", "PROPN", "PRON"} else subject
    return subject


def _qualified(tree: Tree, verb: int) -> tuple[int, ...]:
    head = tree.heads[verb]
    if tree.deps[verb] in {"acl", "relcl", "amod"} and not any(tree.tags[kid] == "TO" for kid in tree.kids[verb]):
        return (head,)
    return ()


def _inherited(tree: Tree, verb: int, depth: int = 0) -> tuple[int, ...]:
    head, dep = tree.heads[verb], tree.deps[verb]
    if head == verb or depth > 5:
        return ()
    if tree.pos[head] not in {"VERB", "AUX", "ADJ"}:
        return _through_noun(tree, head, dep, depth)
    passive = is_passive(tree, head)
    if dep in _TO_TAKE and tree.lemmas[head] in words("object_control"):
        objects = _raised(tree, tree.kids[head], passive=True) if passive else _objects(tree, head)
        if objects:
            return objects
    own = tuple(kid for kid in tree.kids[head] if tree.deps[kid] in SUBJECTS)
    if own:
        return tuple(_antecedent(tree, kid, head) for kid in own)
    host = copula(tree, head)
    if host is not None:
        return tuple(kid for kid in tree.kids[host] if tree.deps[kid] in SUBJECTS)
    return _qualified(tree, head) or _inherited(tree, head, depth + 1)


def _through_noun(tree: Tree, head: int, dep: str, depth: int) -> tuple[int, ...]:
    if dep in {"acl", "relcl", "pcomp", "xcomp", "ccomp", "conj", "advcl"} and tree.heads[head] != head:
        if tree.pos[head] in {"NOUN", "PROPN"}:
            owners = tuple(kid for kid in tree.kids[head] if tree.deps[kid] == "poss")
            if owners:
                return owners
        return _inherited_from(tree, head, depth + 1)
    return ()


def _inherited_from(tree: Tree, noun: int, depth: int) -> tuple[int, ...]:
    for node in tree.above(noun)[1:]:
        if tree.pos[node] in {"VERB", "AUX"}:
            own = tuple(kid for kid in tree.kids[node] if tree.deps[kid] in SUBJECTS)
            return own or _inherited(tree, node, depth)
    return ()


def _complements(tree: Tree, verb: int, objects: tuple[int, ...]) -> tuple[int, ...]:
    direct = [
        kid for kid in tree.kids[verb] if tree.deps[kid] in _TO_TAKE and tree.pos[kid] in {"VERB", "AUX", "ADJ", "NOUN"}
    ]
    purpose = [
        kid
        for kid in tree.kids[verb]
        if tree.deps[kid] in {"advcl", "dep"} and (is_to(tree, kid) or _is_next(tree, kid))
    ]
    of_object = [
        kid
        for noun in objects
        for kid in tree.kids[noun]
        if tree.deps[kid] in {"acl", "ccomp", "xcomp"} and (is_to(tree, kid) or tree.tags[kid] == "VBG")
    ]
    below = [
        noun
        for prep in tree.kids[verb]
        if tree.deps[prep] == "prep"
        for noun in tree.kids[prep]
        if tree.deps[noun] == "pcomp"
    ]
    joined = [other for kid in direct for other in tree.conjuncts(kid)[1:] if tree.pos[other] == "VERB"]
    return (*direct, *below, *joined, *purpose, *of_object)


def _is_next(tree: Tree, verb: int) -> bool:
    """Whether a gerund follows a particle: "ruled out selling"."""
    return tree.tags[verb] == "VBG" and verb > 0 and tree.deps[verb - 1] == "prt"


def _is_without(tree: Tree, verb: int) -> bool:
    return tree.deps[verb] == "pcomp" and tree.lemmas[tree.heads[verb]] == "without"


def _has_none(tree: Tree, objects: tuple[int, ...]) -> bool:
    """Whether the object is a "no": "reached no agreement" is not to reach one."""
    return any(tree.words[kid] == "no" for noun in objects for kid in tree.children(noun, "det"))


def _spread(tree: Tree, nouns: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(other for noun in nouns for other in tree.conjuncts(noun)))
