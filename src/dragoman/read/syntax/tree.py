"""A sentence as plain lists: what the matcher needs of a parse, and nothing of the parser.

Reading a token's attributes one by one is slow, so a document's columns are read
once.  Set phrases of the lexicon ("state of emergency") are joined: their head
takes the whole phrase as its lemma.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

Phrases = Mapping[str, Sequence[tuple[str, ...]]]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj", "attr", "oprd"})
NAMED = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """One sentence.  ``heads[i] == i`` at the root; ``starts`` and ``ends`` are offsets into the paragraph."""

    words: list[str]
    lemmas: list[str]
    tags: list[str]
    pos: list[str]
    deps: list[str]
    heads: list[int]
    kids: list[list[int]]
    starts: list[int]
    ends: list[int]
    first: int

    def __len__(self) -> int:
        return len(self.words)

    def children(self, place: int, *deps: str) -> list[int]:
        """The children of a token that stand in one of the given relations."""
        return [kid for kid in self.kids[place] if self.deps[kid] in deps]

    def subtree(self, place: int) -> list[int]:
        """A token and everything below it, in order."""
        found = [place]
        for node in found:
            found.extend(self.kids[node])
        return sorted(found)

    def above(self, place: int) -> list[int]:
        """A token and what it hangs from, up to the root."""
        chain = [place]
        while self.heads[chain[-1]] != chain[-1]:
            chain.append(self.heads[chain[-1]])
        return chain

    def conjuncts(self, place: int) -> list[int]:
        """A token and those joined to it by "and", "or" and commas."""
        found = [place]
        for node in found:
            found.extend(kid for kid in self.kids[node] if self.deps[kid] == "conj")
        return found

    def head_of(self, start: int, end: int) -> int | None:
        """The head of the words in ``[start, end)`` (offsets), or None where no word stands there."""
        inside = [place for place in range(len(self)) if self.starts[place] < end and self.ends[place] > start]
        if not inside:
            return None
        tops = [place for place in inside if self.heads[place] not in inside or self.heads[place] == place]
        named = [place for place in tops if self.pos[place] in NAMED]
        return (named or tops)[0]


def trees(doc: Doc, phrases: Phrases) -> list[Tree]:
    """Every sentence of a document."""
    return [tree_of(sentence, phrases) for sentence in doc.sents]


def tree_of(sentence: Span, phrases: Phrases) -> Tree:
    """One sentence of a parsed document; offsets count from the document's start."""
    low = sentence.start
    tokens = list(sentence)
    heads = [token.head.i - low for token in tokens]
    kids: list[list[int]] = [[] for _ in tokens]
    for place, head in enumerate(heads):
        if head != place:
            kids[head].append(place)
    lemmas = [token.lemma_.lower() for token in tokens]
    starts = [token.idx for token in tokens]
    tree = Tree(
        words=[token.lower_ for token in tokens],
        lemmas=lemmas,
        tags=[token.tag_ for token in tokens],
        pos=[token.pos_ for token in tokens],
        deps=[token.dep_ for token in tokens],
        heads=heads,
        kids=kids,
        starts=starts,
        ends=[start + len(token) for start, token in zip(starts, tokens, strict=True)],
        first=low,
    )
    _join(tree, phrases)
    return tree


def _join(tree: Tree, phrases: Phrases) -> None:
    for place, lemma in enumerate(tree.lemmas):
        for phrase in phrases.get(lemma, ()):
            stop = place + len(phrase)
            if tuple(tree.lemmas[place:stop]) == phrase:
                tree.lemmas[_top(tree, place, stop)] = "_".join(phrase).replace("_-_", "-")
                break


def _top(tree: Tree, start: int, stop: int) -> int:
    return next(
        place for place in range(start, stop) if not start <= tree.heads[place] < stop or tree.heads[place] == place
    )
