"""One analysis of a sentence: its clauses, how real each is, who says it, and whether it stands in a quotation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.read.syntax import factuality as _factuality
from dragoman.read.syntax.clause import Clause, clause_of, prep_pairs
from dragoman.read.syntax.tree import SUBJECTS, Tree, tree_of
from dragoman.read.syntax.words import Factuality, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_SENTENCES, _QUOTED = "dragoman sentences", "dragoman quoted"
CLAUSAL = frozenset({"VERB", "AUX"})
_REPORTED = frozenset({"ccomp", "parataxis", "xcomp"})
_OPENS, _CLOSES, _BOTH = frozenset("“«„"), frozenset("”»"), frozenset('"')


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence as a tree of tokens, numbered from 0; ``quoted[place]``: it stands in quotation marks.

    The token of a place is ``doc[first + place]``.
    """

    tree: Tree
    quoted: tuple[bool, ...]

    @property
    def first(self) -> int:
        """The number of the sentence's first token in its document."""
        return self.tree.first

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of all predicates, in order of place."""
        return tuple(self.at(place) for place in range(len(self.tree)) if is_predicate(self.tree, place))

    @cached_property
    def _known(self) -> dict[int, Clause]:
        return {}

    def at(self, predicate: int) -> Clause:
        """The clause of one predicate: a verb, or an adjective after "be"."""
        if predicate not in self._known:
            self._known[predicate] = replace(
                clause_of(self.tree, predicate),
                factuality=self.factuality(predicate),
                source=self.source(predicate),
                quoted=self.quoted[predicate],
            )
        return self._known[predicate]

    def clause_of(self, place: int) -> Clause | None:
        """The clause whose predicate governs a token (its own, for a predicate), None in a sentence without verb."""
        found = (node for node in self.tree.above(place) if is_predicate(self.tree, node))
        node = next(found, None)
        return self.at(node) if node is not None else None

    def factuality(self, place: int) -> Factuality:
        """How real the act of a verb or noun is."""
        return _factuality.factuality(self.tree, place).value

    def source(self, place: int) -> int | None:
        """The head of the words that name who says what a token is part of, the nearest first, or None."""
        tree = self.tree
        chain = tree.above(place)
        for node in chain[:-1]:
            head = tree.heads[node]
            if tree.deps[node] in _REPORTED and tree.lemmas[head] in words("saying"):
                subjects = clause_of(tree, head).subjects
                if subjects:
                    return subjects[0]
        for node in chain:
            speaker = self._beside(node)
            if speaker is not None and speaker not in chain:
                return speaker
        return None

    def _beside(self, node: int) -> int | None:
        """The speaker of "..., X said" and of "according to X" below a node."""
        tree = self.tree
        for kid in tree.kids[node]:
            if (
                tree.deps[kid] in {"parataxis", "ccomp"}
                and tree.lemmas[kid] in words("saying")
                and not _says_more(tree, kid)
            ):
                subjects = clause_of(tree, kid).subjects
                return subjects[0] if subjects else None
            if tree.lemmas[kid] == "accord" and tree.deps[kid] == "prep":
                return next((noun for _, noun in prep_pairs(tree, kid)), None)
        return None


def is_predicate(tree: Tree, place: int) -> bool:
    """Whether a token heads a clause: a verb that is no auxiliary, or an adjective with a subject of its own."""
    if tree.pos[place] in {"VERB", "AUX"}:
        return tree.deps[place] not in {"aux", "auxpass", "amod", "compound"}
    return tree.pos[place] == "ADJ" and bool(tree.children(place, *SUBJECTS))


def _says_more(tree: Tree, verb: int) -> bool:
    """Whether a verb of saying has a content of its own below it."""
    return bool(tree.children(verb, "ccomp", "xcomp"))


def analyse(sentence: Span) -> Sentence:
    """The analysis of a sentence of a parsed document, made once."""
    doc = sentence.doc
    known: dict[int, Sentence] = doc.user_data.setdefault(_SENTENCES, {})
    if sentence.start not in known:
        quoted = quoted_of(doc)
        known[sentence.start] = Sentence(tree_of(sentence, {}), quoted[sentence.start : sentence.end])
    return known[sentence.start]


def quoted_of(doc: Doc) -> tuple[bool, ...]:
    """For each token of a document whether it stands in double quotation marks."""
    found: tuple[bool, ...] | None = doc.user_data.get(_QUOTED)
    if found is None:
        marks, inside = [], False
        for token in doc:
            text = token.text
            if text in _OPENS or (text in _BOTH and not inside):
                inside = True
                marks.append(False)
            elif text in _CLOSES or text in _BOTH:
                inside = False
                marks.append(False)
            else:
                marks.append(inside)
        found = doc.user_data[_QUOTED] = tuple(marks)
    return found


def is_elsewhere(tree: Tree, place: int, trigger: int) -> bool:
    """Whether a token stands in a clause beside that of a trigger: neither above nor below it."""
    above, chain = tree.above(trigger), tree.above(place)
    meet = next((node for node in chain if node in above), None)
    if meet is None:
        return True
    up = any(tree.pos[node] in CLAUSAL for node in chain[: chain.index(meet)])
    return up and any(tree.pos[node] in CLAUSAL for node in above[1 : above.index(meet) + 1])
