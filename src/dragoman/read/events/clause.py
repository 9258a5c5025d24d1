"""Who does what to whom in a clause: subjects, objects, prepositions, complements, negation, modals.

1. Passives are turned round: the passive subject is the object, the "by" phrase
   the subject.
2. A verb without a subject takes that of the verb it hangs from: the object where
   the verb above gives orders ("ordered him to leave"), else the subject; a
   participle takes the noun it qualifies; a relative pronoun stands for its noun.
3. A verb joined by "and" shares subject and, where it has none, object.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.read.events.tables import lexicon
from dragoman.read.events.tree import OBJECTS, SUBJECTS, Tree

MODALS = frozenset(
    {"will", "would", "shall", "may", "might", "can", "could", "must", "should", "ought", "'ll", "'d", "wo", "ca"}
)
NEGATIONS = frozenset({"not", "n't", "never", "no", "nor", "neither", "hardly", "barely"})
TIMES = frozenset(
    {
        "a.m.", "p.m.", "am", "pm", "dawn", "dusk", "noon", "midnight", "night", "daybreak", "sunset", "sunrise",
        "o'clock", "time", "moment", "hour", "beginning", "end", "angle", "altitude", "height", "speed", "trajectory",
    }
)  # fmt: skip
_AIMS = frozenset({"aim", "goal", "plan", "purpose", "idea", "task", "way", "point", "objective", "job", "it", "this"})
_AT = frozenset({"at", "around", "on", "by", "near", "before", "after"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_TO_TAKE = frozenset({"xcomp", "ccomp"})
_SPELLS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century", "time"})
_STRAYING = frozenset({"to", "from", "with", "against"})


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """The parts of a clause as token places.  ``preps`` pairs a preposition with its noun or participle."""

    subj: tuple[int, ...]
    obj: tuple[int, ...]
    preps: tuple[tuple[str, int], ...]
    comp: tuple[int, ...]
    particles: frozenset[str]
    negated: bool
    modal: str | None
    infinitive: bool
    passive: bool
    own_subject: bool


def clause_of(tree: Tree, verb: int) -> Clause:
    """The clause of a verb or of a predicate adjective."""
    passive = _is_passive(tree, verb)
    kids = tree.kids[verb]
    raised = _raised(tree, kids, passive=passive)
    subjects, own = _subjects(tree, verb, passive=passive)
    objects = raised if passive else _objects(tree, verb)
    if passive and not objects:
        objects = _qualified(tree, verb) or _inherited(tree, verb)
    preps = [*prep_pairs(tree, verb)]
    if passive:
        objects = (*objects, *_objects(tree, verb))
    objects = objects or _second_nouns(tree, verb) or _asked(tree, verb)
    for noun in objects:
        preps.extend(_noun_preps(tree, noun))
    preps.extend(_strayed(tree, preps))
    host, calendar = _copula(tree, verb), lexicon().members["calendar"]
    auxiliaries = [*kids, *(tree.kids[host] if host is not None else ())]
    return Clause(
        subj=_spread(tree, subjects),
        obj=_spread(tree, objects),
        preps=tuple(
            (prep, noun)
            for prep, noun in preps
            if prep == "until" or not (tree.lemmas[noun] in calendar or (prep in _AT and tree.lemmas[noun] in TIMES))
        ),
        comp=_complements(tree, verb, objects),
        particles=_particles(tree, verb, governing=not objects),
        negated=any(_negates(tree, kid) for kid in auxiliaries) or _is_without(tree, verb) or _has_none(tree, objects),
        modal=_modal(tree, verb, auxiliaries),
        infinitive=any(tree.tags[kid] == "TO" for kid in kids),
        passive=passive,
        own_subject=own,
    )


def resolve(tree: Tree, noun: int) -> int:
    """The noun that carries the sense: "a series of attacks" is attacks."""
    seen, transparent = 0, lexicon().members["transparent"]
    while seen < 4 and tree.lemmas[noun] in transparent:
        inner = [pobj for prep, pobj in prep_pairs(tree, noun) if prep == "of"]
        if not inner:
            break
        noun, seen = inner[0], seen + 1
    return noun


def prep_pairs(tree: Tree, place: int) -> list[tuple[str, int]]:
    """Each preposition below a token with the noun or participle it governs."""
    pairs: list[tuple[str, int]] = []
    for kid in tree.kids[place]:
        dep = tree.deps[kid]
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
    below = [pair for _, noun in pairs for pair in prep_pairs(tree, noun)]
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


def _next_adjective(tree: Tree, verb: int) -> frozenset[str]:
    """The adjective of "set free three men", which the parser hangs on the men."""
    follows = verb + 1 < len(tree) and tree.pos[verb + 1] == "ADJ"
    return frozenset({tree.lemmas[verb + 1]}) if follows else frozenset()


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
        if tree.deps[kid] == "ccomp" and _is_to(tree, kid):
            return tuple(tree.children(kid, "nsubj"))
    return ()


def _particles(tree: Tree, verb: int, *, governing: bool) -> frozenset[str]:
    """Particles of a verb; a preposition such as "on" may be one only where the verb has no object of its own."""
    adverbs = lexicon().members["particles"]
    return frozenset(
        tree.lemmas[kid]
        for kid in tree.kids[verb]
        if tree.deps[kid] in {"prt", "advmod"}
        or tree.tags[kid] == "RP"
        or (tree.deps[kid] == "prep" and (governing or _is_bare(tree, kid, adverbs)))
        or (tree.deps[kid] in {"acomp", "oprd", "xcomp"} and tree.pos[kid] == "ADJ")
    ) | _next_adjective(tree, verb)


def _is_bare(tree: Tree, prep: int, adverbs: frozenset[str]) -> bool:
    """Whether a preposition governs no noun, as in "let them in" or "threw him out of the house"."""
    return not tree.children(prep, "pobj", "pcomp") and (tree.lemmas[prep] in adverbs or not tree.kids[prep])


def _is_passive(tree: Tree, verb: int) -> bool:
    if any(tree.deps[kid] in {"nsubjpass", "auxpass", "csubjpass"} for kid in tree.kids[verb]):
        return True
    if tree.tags[verb] != "VBN":
        return False
    if any(tree.deps[kid] == "agent" for kid in tree.kids[verb]):
        return True
    bare = not any(tree.deps[kid] in {"aux", "nsubj"} for kid in tree.kids[verb])
    if tree.deps[verb] == "conj" and bare:
        return _is_passive(tree, tree.heads[verb])
    return tree.deps[verb] in {"acl", "amod"} and bare and not _is_headless(tree, verb)


def _is_headless(tree: Tree, verb: int) -> bool:
    """Whether a participle is the only verb: in "soldiers trained with police" the parser may see no sentence."""
    head = tree.heads[verb]
    verbs = [place for place in range(len(tree)) if tree.pos[place] in {"VERB", "AUX"} and tree.tags[place] != "VBG"]
    return tree.deps[verb] == "acl" and tree.heads[head] == head and verbs == [verb] and tree.words[verb][-2:] == "ed"


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
    passive = _is_passive(tree, head)
    if dep in _TO_TAKE and tree.lemmas[head] in lexicon().members["object_control"]:
        objects = _raised(tree, tree.kids[head], passive=True) if passive else _objects(tree, head)
        if objects:
            return objects
    own = tuple(kid for kid in tree.kids[head] if tree.deps[kid] in SUBJECTS)
    if own:
        return tuple(_antecedent(tree, kid, head) for kid in own)
    host = _copula(tree, head)
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


def _copula(tree: Tree, place: int) -> int | None:
    head = tree.heads[place]
    if head != place and tree.deps[place] in {"acomp", "attr", "oprd"} and tree.pos[head] in {"AUX", "VERB"}:
        return head
    return None


def _complements(tree: Tree, verb: int, objects: tuple[int, ...]) -> tuple[int, ...]:
    direct = [
        kid for kid in tree.kids[verb] if tree.deps[kid] in _TO_TAKE and tree.pos[kid] in {"VERB", "AUX", "ADJ", "NOUN"}
    ]
    purpose = [
        kid
        for kid in tree.kids[verb]
        if tree.deps[kid] in {"advcl", "dep"} and (_is_to(tree, kid) or _is_next(tree, kid))
    ]
    of_object = [
        kid
        for noun in objects
        for kid in tree.kids[noun]
        if tree.deps[kid] in {"acl", "ccomp", "xcomp"} and (_is_to(tree, kid) or tree.tags[kid] == "VBG")
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


def _is_to(tree: Tree, verb: int) -> bool:
    return any(tree.tags[kid] == "TO" for kid in tree.kids[verb])


def _is_without(tree: Tree, verb: int) -> bool:
    return tree.deps[verb] == "pcomp" and tree.lemmas[tree.heads[verb]] == "without"


def _has_none(tree: Tree, objects: tuple[int, ...]) -> bool:
    """Whether the object is a "no": "reached no agreement" is not to reach one."""
    return any(tree.words[kid] == "no" for noun in objects for kid in tree.children(noun, "det"))


def _negates(tree: Tree, kid: int) -> bool:
    if tree.words[kid] == "longer":
        return any(tree.words[low] == "no" for low in tree.kids[kid])
    return tree.deps[kid] == "neg" or tree.words[kid] in {"never", "not", "n't"}


def _modal(tree: Tree, verb: int, auxiliaries: list[int]) -> str | None:
    for kid in auxiliaries:
        if tree.deps[kid] == "aux" and tree.words[kid] in MODALS:
            return {"'ll": "will", "'d": "would", "wo": "will", "ca": "can"}.get(tree.words[kid], tree.words[kid])
    if _is_to_be(tree, verb):
        return "will"
    if tree.deps[verb] == "conj" and tree.pos[tree.heads[verb]] == "VERB" and tree.tags[verb] == "VB":
        head = tree.heads[verb]
        return _modal(tree, head, tree.kids[head])
    return None


def _is_to_be(tree: Tree, verb: int) -> bool:
    """Whether a verb stands after "are to", said of somebody: "doctors are to strike", not "the aim is to"."""
    head = tree.heads[verb]
    if tree.deps[verb] != "xcomp" or tree.lemmas[head] != "be" or not _is_to(tree, verb):
        return False
    return not any(tree.lemmas[kid] in _AIMS for kid in tree.kids[head])


def _spread(tree: Tree, nouns: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(other for noun in nouns for other in tree.conjuncts(noun)))
