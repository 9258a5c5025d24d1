"""What the small words around a verb say: infinitive, passive, negation, modal, tense."""

from __future__ import annotations

from typing import Literal

from dragoman.read.syntax.tree import SUBJECTS, Tree

Tense = Literal["past", "present", "future", "infinitive", "participle"]

MODALS = frozenset(
    {
        "will", "would", "shall", "may", "might", "can", "could", "must", "should", "ought",
        "'ll", "’ll", "'d", "’d", "wo", "ca",
    }
)  # fmt: skip
FUTURE = frozenset({"will", "would", "shall"})
_FULL = {"'ll": "will", "’ll": "will", "'d": "would", "’d": "would", "wo": "will", "ca": "can"}
_NEVER = frozenset({"never", "not", "n't", "n’t", "nor"})
_AIMS = frozenset({"aim", "goal", "plan", "purpose", "idea", "task", "way", "point", "objective", "job", "it", "this"})


def is_to(tree: Tree, verb: int) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(tree.tags[kid] == "TO" for kid in tree.kids[verb])


def copula(tree: Tree, place: int) -> int | None:
    """The verb "be" (or "become", "remain") whose complement a token is, or None."""
    head = tree.heads[place]
    if head != place and tree.deps[place] in {"acomp", "attr", "oprd"} and tree.pos[head] in {"AUX", "VERB"}:
        return head
    return None


def around(tree: Tree, verb: int) -> list[int]:
    """The tokens that may be auxiliaries of a verb or predicate adjective."""
    host = copula(tree, verb)
    return [*tree.kids[verb], *(tree.kids[host] if host is not None else ())]


def is_negated(tree: Tree, verb: int) -> bool:
    """Whether a "not", "never", "nor" or "no longer" stands with a predicate itself."""
    if any(_negates(tree, kid) for kid in around(tree, verb)):
        return True
    joined = tree.deps[verb] == "conj" and tree.tags[verb] == "VB" and not tree.children(verb, *SUBJECTS, "aux")
    return joined and tree.pos[tree.heads[verb]] == "VERB" and is_negated(tree, tree.heads[verb])


def _negates(tree: Tree, kid: int) -> bool:
    if tree.words[kid] == "longer":
        return any(tree.words[low] == "no" for low in tree.kids[kid])
    return tree.deps[kid] == "neg" or tree.words[kid] in _NEVER


def modal(tree: Tree, verb: int) -> str | None:
    """The modal of a verb in full, that of the verb that it is joined to, "will" for "is to" and "is going to"."""
    for kid in around(tree, verb):
        if tree.deps[kid] == "aux" and tree.words[kid] in MODALS:
            return _FULL.get(tree.words[kid], tree.words[kid])
    if _is_to_be(tree, verb):
        return "will"
    if tree.deps[verb] == "conj" and tree.pos[tree.heads[verb]] == "VERB" and tree.tags[verb] == "VB":
        return modal(tree, tree.heads[verb])
    return None


def _is_to_be(tree: Tree, verb: int) -> bool:
    """Whether a verb stands after "are to" or "is going to", said of somebody: not "the aim is to"."""
    head = tree.heads[verb]
    if tree.deps[verb] != "xcomp" or not is_to(tree, verb):
        return False
    if tree.words[head] == "going" and any(tree.lemmas[kid] == "be" for kid in tree.kids[head]):
        return True
    return tree.lemmas[head] == "be" and not any(tree.lemmas[kid] in _AIMS for kid in tree.kids[head])


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether the subject of a verb suffers it: "was arrested", "troops sent by"."""
    if any(tree.deps[kid] in {"nsubjpass", "auxpass", "csubjpass"} for kid in tree.kids[verb]):
        return True
    if tree.tags[verb] != "VBN":
        return False
    if any(tree.deps[kid] == "agent" for kid in tree.kids[verb]):
        return True
    bare = not any(tree.deps[kid] in {"aux", "nsubj"} for kid in tree.kids[verb])
    if tree.deps[verb] == "conj" and bare:
        return is_passive(tree, tree.heads[verb])
    return tree.deps[verb] in {"acl", "amod"} and bare and not is_headless(tree, verb)


def is_headless(tree: Tree, verb: int) -> bool:
    """Whether a participle is the only verb: in "soldiers trained with police" the parser may see no sentence."""
    head = tree.heads[verb]
    verbs = [place for place in range(len(tree)) if tree.pos[place] in {"VERB", "AUX"} and tree.tags[place] != "VBG"]
    return tree.deps[verb] == "acl" and tree.heads[head] == head and verbs == [verb] and tree.words[verb][-2:] == "ed"


def tense(tree: Tree, verb: int) -> Tense:
    """The tense of a clause; the perfect ("has met") is past, what stands after "will" or "would" is future.

    A predicate adjective has that of its copula.
    """
    host = copula(tree, verb)
    if host is not None and tree.pos[verb] not in {"VERB", "AUX"}:
        verb = host
    if modal(tree, verb) in FUTURE:
        return "future"
    if is_to(tree, verb):
        return "infinitive"
    auxiliaries = [kid for kid in tree.kids[verb] if tree.deps[kid] in {"aux", "auxpass"}]
    tags = {tree.tags[kid] for kid in auxiliaries}
    perfect = tree.tags[verb] == "VBN" and any(tree.lemmas[kid] in {"have", "’ve"} for kid in auxiliaries)
    if "VBD" in tags or tree.tags[verb] == "VBD" or perfect or is_headless(tree, verb):
        return "past"
    if not auxiliaries and tree.deps[verb] == "conj" and tree.pos[tree.heads[verb]] in {"VERB", "AUX"}:
        return tense(tree, tree.heads[verb]) if tree.tags[verb] in {"VB", "VBN", "VBG"} else "present"
    return "participle" if tree.tags[verb] in {"VBG", "VBN"} and not auxiliaries else "present"
