"""How real an act is in the eyes of the sentence: asserted, planned, possible, aimed at, denied or only supposed.

1. From the act's word one goes up to the top of the sentence.  Each word on the way
   may weaken what stands below it: by its own modal, negation or mark ("may", "not",
   "if"), and by what it means for its complement ("plan to", "called for", "refused
   to"; ``factuality.tsv``).  The weakest value wins, in the order of the scale above
   with *denied* last; a negation over a denial leaves it possible.
2. Only a complement is weakened from above: subject and object of a verb of doing or
   occurring, clauses and infinitives.  A relative or adverbial clause stands for
   itself, and the object of another verb is taken for granted ("did not condemn the
   attack": there was one).
3. A noun is weakened by "no", by adjectives ("the proposed summit") and by what
   governs it ("plans for talks", "called for a meeting", "talks will resume").
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.read.syntax.auxiliaries import is_negated, is_to, modal, tense
from dragoman.read.syntax.tree import SUBJECTS, Tree
from dragoman.read.syntax.words import Factuality, factors, words

PREDICATES = frozenset({"VERB", "AUX", "ADJ"})
_SCALE: tuple[Factuality, ...] = ("asserted", "planned", "possible", "aimed at", "supposed", "denied")
_ASKING_WORDS = frozenset({"how", "when", "where", "whether", "what", "why", "whom"})
_NOBODY = frozenset({"nobody", "none", "no-one"})
_PURPOSES = frozenset({"aim", "design", "intend", "mean", "calculate"})
_UNREAL_PAST = frozenset({"would", "could", "might", "should"})
_INVERTED = frozenset({"had", "were", "should"})
_CLAUSAL = frozenset({"xcomp", "ccomp", "pcomp", "acl", "advcl"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_FREE = frozenset({"relcl", "parataxis", "appos", "ROOT", "dep", "punct"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """A factuality and the rule that gave it, as explanations print it ("" where nothing weakens)."""

    value: Factuality = "asserted"
    rule: str = ""

    def under(self, value: Factuality | None, rule: str) -> Judgement:
        """The weaker of this and another value."""
        if value is None or _SCALE.index(value) <= _SCALE.index(self.value):
            return self
        return Judgement(value, rule)

    def negated(self, rule: str) -> Judgement:
        """This under a negation: what is not denied is possible, what is not supposed stays so."""
        if self.value == "denied":
            return Judgement("possible", f"{rule} over {self.rule}")
        return self if self.value == "supposed" else Judgement("denied", rule)


def factuality(tree: Tree, place: int, *, bare: bool = False) -> Judgement:
    """How real the act of a verb or noun is, and which word decided.

    ``bare`` leaves out the modal and the negation of the word itself, for those who read them on their own.
    """
    if tree.words[-1] == "?":
        return Judgement("supposed", "asked, not said")
    judged, node, alone = Judgement(), place, False
    while True:
        judged = judged if alone else _own(tree, node, judged, first=node == place, bare=bare and node == place)
        if tree.heads[node] == node:
            return judged
        judged, goes_on = _link(tree, node, judged)
        if not goes_on:
            return judged
        alone = _is_finite_conjunct(tree, node)
        node = tree.heads[node]


def _own(tree: Tree, node: int, judged: Judgement, *, first: bool, bare: bool) -> Judgement:
    """``judged`` under the modal, negation and marks that stand with a word itself."""
    if tree.pos[node] in _NOMINAL:
        return _of_noun(tree, node, judged)
    if tree.pos[node] not in PREDICATES:
        return judged
    if not first and tree.lemmas[node] in words("saying"):
        return judged.under("supposed", "not said") if is_negated(tree, node) else judged
    kids = tree.kids[node]
    judged = _of_modal(tree, node, _of_marks(tree, node, judged), bare=bare)
    if any(_is_nobody(tree, kid) for kid in kids if tree.deps[kid] in SUBJECTS):
        return judged.negated("done by nobody")
    if bare:
        return judged
    nothing = [kid for kid in kids if tree.deps[kid] in {"dobj", "attr"} and _is_nobody(tree, kid)]
    if first and nothing:
        return judged.negated(f"no {tree.words[nothing[0]]}")
    return judged.negated("not") if is_negated(tree, node) else judged


def _of_marks(tree: Tree, node: int, judged: Judgement) -> Judgement:
    """``judged`` under conditions, questions, "yet to" and "please"."""
    marks = [tree.words[kid] for kid in tree.kids[node] if tree.deps[kid] in {"mark", "advmod", "intj"}]
    for mark in marks:
        judged = judged.under(factors()["mark"].get(mark), f"{mark}: a condition")
    if _is_inverted(tree, node):
        judged = judged.under("supposed", "inverted: a condition")
    if is_to(tree, node) and not _ASKING_WORDS.isdisjoint(marks):
        judged = judged.under("supposed", "asked, not said")
    if is_to(tree, node) and ("yet" in marks or _after_yet(tree, node)):
        judged = judged.under("denied", "not yet")
    return judged.under("aimed at", "said to the reader") if "please" in marks else judged


def _of_modal(tree: Tree, node: int, judged: Judgement, *, bare: bool) -> Judgement:
    verb = modal(tree, node)
    if verb is None:
        return judged
    perfect = any(tree.words[kid] in {"have", "'ve", "’ve"} and tree.deps[kid] == "aux" for kid in tree.kids[node])
    if verb in _UNREAL_PAST and perfect:
        return judged.under("supposed", "what might have been")
    if (
        verb == "would"
        and not _is_reported(tree, node)
        and any(_is_if(tree, kid) for kid in tree.children(node, "advcl"))
    ):
        return judged.under("supposed", "would, if")
    return judged if bare else judged.under(factors()["modal"].get(verb), f"modal {verb}")


def _is_reported(tree: Tree, node: int) -> bool:
    return tree.deps[node] == "ccomp" and tree.lemmas[tree.heads[node]] in words("saying")


def _of_noun(tree: Tree, noun: int, judged: Judgement) -> Judgement:
    for kid in tree.kids[noun]:
        if tree.deps[kid] in {"amod", "compound", "nmod"}:
            judged = judged.under(factors()["on noun"].get(tree.words[kid]), f"{tree.words[kid]} {tree.words[noun]}")
    if _is_nobody(tree, noun):
        return judged.negated(f"no {tree.words[noun]}")
    return judged


def _link(tree: Tree, node: int, judged: Judgement) -> tuple[Judgement, bool]:
    """``judged`` as the word above a node leaves it, and whether words further above may weaken it too."""
    head, dep = tree.heads[node], tree.deps[node]
    if dep in _FREE:
        return judged, dep == "appos"
    if dep == "conj":
        return judged, True
    if dep == "advcl":
        return _adverbial(tree, node, head, judged)
    if dep in SUBJECTS:
        return _as_subject(tree, node, head, judged)
    if dep == "acl" and not is_to(tree, node) and not _is_content(tree, node):
        return judged, False
    if dep in {"pobj", "pcomp"} and tree.pos[head] in {"ADP", "SCONJ", "ADV"}:
        return _behind(tree, node, head, judged)
    if dep in _CLAUSAL or dep in {"attr", "acomp", "oprd"}:
        return _over(tree, node, head, judged), True
    if dep in {"dobj", "obj", "dative"}:
        return _over(tree, node, head, judged), _passes(tree, head)
    return judged, dep not in {"poss", "npadvmod"}


def _is_content(tree: Tree, clause: int) -> bool:
    """Whether a clause below a noun is what the noun says ("reports that he left"), not a participle beside it."""
    known = any(tree.lemmas[tree.heads[clause]] in factors()[slot] for slot in ("over", "over clause", "over that"))
    return any(tree.words[kid] == "that" for kid in tree.children(clause, "mark")) or (
        known and tree.tags[clause] == "VBG"
    )


def _is_finite_conjunct(tree: Tree, node: int) -> bool:
    """Whether a verb joined to another has a form of its own: what holds for the other alone does not touch it."""
    own = tree.tags[node] in {"VBD", "VBZ", "VBP"} or bool(tree.children(node, "aux", *SUBJECTS))
    return tree.deps[node] == "conj" and tree.pos[node] in PREDICATES and own


def _adverbial(tree: Tree, node: int, head: int, judged: Judgement) -> tuple[Judgement, bool]:
    if is_to(tree, node):
        if _is_met(tree, head):
            return judged, True
        first = min(kid for kid in tree.kids[node] if tree.tags[kid] == "TO")
        if _key_over(tree, node, head) is not None:
            return _over(tree, node, head, judged), True
        strict = first > 1 and tree.words[first - 2 : first] == ["in", "order"]
        return judged.under("aimed at", "in order to: a purpose" if strict else "a purpose"), False
    return judged, False


def _as_subject(tree: Tree, node: int, head: int, judged: Judgement) -> tuple[Judgement, bool]:
    """An event as a subject: "talks will resume" and "talks were called off" tell of the talks themselves."""
    passive = tree.deps[node] in {"nsubjpass", "csubjpass"}
    if passive:
        judged = _over(tree, node, head, judged)
        return judged, _passes(tree, head)
    states = [kid for kid in tree.kids[head] if tree.deps[kid] in {"acomp", "attr", "xcomp"}]
    for state in states:
        judged = judged.under(factors()["over"].get(tree.lemmas[state]), f"{tree.lemmas[state]}")
        judged = judged.under(factors()["on noun"].get(tree.words[state]), f"{tree.words[state]}")
    if not words("occurring").isdisjoint(_keys(tree, head)):
        return judged, True
    if modal(tree, head) in {"would", "could", "might", "may"} and not _is_definite(tree, node):
        judged = judged.under("supposed", f"{modal(tree, head)} of what is not there")
    return judged, False


def _behind(tree: Tree, node: int, prep: int, judged: Judgement) -> tuple[Judgement, bool]:
    """What a preposition and the word before it make of a noun or gerund: "called for talks", "without meeting"."""
    word, above = tree.lemmas[prep], tree.heads[prep]
    if above != prep and tree.pos[above] in {"ADP", "SCONJ", "ADV"} and tree.deps[prep] == "prep":
        word, above = f"{tree.lemmas[above]}_{word}", tree.heads[above]
    judged = judged.under(factors()["preposition"].get(word.split("_")[0]), word)
    if above == prep:
        return judged, False
    if f"{tree.lemmas[above]}_{word}" in factors()["over"]:
        value = factors()["over"][f"{tree.lemmas[above]}_{word}"]
        return judged.under(value, f"{tree.lemmas[above]} {word}"), True
    nominal = tree.pos[above] in _NOMINAL
    if tree.lemmas[above] in _PURPOSES and word == "at":
        return judged.under("aimed at", "a purpose"), True
    if (nominal and word in {"of", "for", "to", "on", "about", "at", "in"}) or word == "of":
        return _over(tree, node, above, judged), True
    if tree.pos[above] == "ADJ" or (tree.deps[prep] == "prep" and word == "to"):
        return _over(tree, node, above, judged), True
    return judged, tree.pos[above] == "VERB" and word in {"in", "for"} and _passes(tree, above)


def _is_met(tree: Tree, verb: int) -> bool:
    """Whether a verb tells of a contact that was: what one met or called to say was said."""
    return tree.lemmas[verb] in words("meeting") and tense(tree, verb) == "past"


def _over(tree: Tree, node: int, head: int, judged: Judgement) -> Judgement:
    """``judged`` under what the word above makes of its complement."""
    found = _key_over(tree, node, head)
    if found is None:
        infinitive = tree.deps[node] == "xcomp" and is_to(tree, node) and tree.pos[head] == "VERB"
        made = _is_met(tree, head) or not words("making").isdisjoint(_keys(tree, head))
        return judged.under("aimed at", "a purpose") if infinitive and not made else judged
    value, key = found
    if value == "denied" and judged.value == "denied":
        return Judgement("possible", f"{key} over {judged.rule}")
    return judged.under(value, f"{key}: {value}")


def _key_over(tree: Tree, node: int, head: int) -> tuple[Factuality, str] | None:
    """The value that the lexicon of complements gives a word for a complement of this form, and its key."""
    clause = tree.pos[node] in PREDICATES
    finite = clause and tree.deps[node] in {"ccomp", "acl"} and not is_to(tree, node) and tree.tags[node] != "VBG"
    bare = finite and tree.tags[node] == "VB" and modal(tree, node) is None
    slots = ["over that"] if finite else ["over clause"] if clause else ["over noun"]
    for key in _keys(tree, head):
        for slot in slots:
            if key in factors()[slot] and not (slot == "over that" and _speaks_for_itself(tree, head)):
                return factors()[slot][key], key
        value = factors()["over"].get(key)
        if value is None or (value in {"planned", "possible"} and finite):
            continue
        if value == "aimed at" and finite and not bare and key not in _HOPES:
            continue
        return value, key
    return None


def _speaks_for_itself(tree: Tree, verb: int) -> bool:
    """Whether who thinks it says so: "we believe that Chad attacked" asserts it."""
    return any(tree.words[kid] in {"we", "i"} for kid in tree.children(verb, *SUBJECTS))


_HOPES = frozenset({"hope", "wish", "want", "desire", "dream"})


def _keys(tree: Tree, head: int) -> tuple[str, ...]:
    """The lemma of a word with each of its particles and its object ("take_place"), and alone."""
    lemma = tree.lemmas[head]
    joined = (
        f"{lemma}_{tree.lemmas[kid]}"
        for kid in tree.kids[head]
        if tree.deps[kid] in {"prt", "advmod", "dobj"} or (tree.deps[kid] == "prep" and not tree.kids[kid])
    )
    return (*joined, lemma)


def _passes(tree: Tree, verb: int) -> bool:
    """Whether a verb's own modal and negation hold for the act that is its object: "will hold talks"."""
    keys = _keys(tree, verb)
    known = any(key in factors()[slot] for key in keys for slot in ("over", "over noun"))
    return known or not words("doing").isdisjoint(keys)


def _is_definite(tree: Tree, noun: int) -> bool:
    return any(
        tree.words[kid] in {"the", "this", "that", "these", "those", "its", "their", "his", "her"}
        for kid in tree.children(noun, "det", "poss")
    )


def _is_nobody(tree: Tree, noun: int) -> bool:
    return tree.words[noun] in _NOBODY or any(
        tree.words[kid] in {"no", "neither"} for kid in tree.children(noun, "det", "neg")
    )


def _is_if(tree: Tree, clause: int) -> bool:
    return any(tree.words[kid] in {"if", "unless"} for kid in tree.children(clause, "mark", "advmod"))


def _is_inverted(tree: Tree, node: int) -> bool:
    """Whether the auxiliary stands before the subject of a clause below: "had they shot it down"."""
    if tree.deps[node] not in {"advcl", "ccomp", "dep"}:
        return False
    subjects = tree.children(node, *SUBJECTS)
    return bool(subjects) and any(
        tree.words[kid] in _INVERTED and kid < subjects[0] for kid in tree.children(node, "aux", "auxpass")
    )


def _after_yet(tree: Tree, verb: int) -> bool:
    to = min(kid for kid in tree.kids[verb] if tree.tags[kid] == "TO")
    return to > 0 and tree.words[to - 1] == "yet"
