"""Word classes, morphology and lemmas of tokens by cached look-up: what the pipeline's own rules give, faster.

The pipeline's attribute ruler tries every one of its patterns on every token of every text, which
takes as long as the parser.  What its patterns ask of a token (tag, dependency, lower-cased word, white
space) and what the rule lemmatiser asks (word, class, morphology) repeats, so the answers are kept by
(word, tag, dependency).  A pipeline whose ruler asks for anything else keeps its own ruler.

1. For a new key: the single-token patterns that match, in order (later ones win), and the lemma.
2. For each token that may begin a pattern of several tokens: match the rest; where it matches, the
   token's patterns are applied again with this one among them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import AttributeRuler, Lemmatizer
    from spacy.tokens import Doc

NAME = "dragoman_attributes"
MOST_KEYS = 200_000
_ASKED = frozenset({"TAG", "DEP", "LOWER", "IS_SPACE"})
Key = tuple[int, int, int]
Seen = Mapping[str, Any]
Test = Callable[[Any], bool]


class _UnknownTestError(Exception):
    """A pattern asks for something that is not looked up here."""


@dataclass(frozen=True, kw_only=True)
class _Rule:
    """One pattern of the ruler: a test a token, which token it changes, and how."""

    order: int
    tokens: tuple[Mapping[str, Test], ...]
    where: tuple[str, str] | None
    target: int
    changes: Mapping[int, int]

    def begins(self, seen: Seen) -> bool:
        return _fits(self.tokens[0], seen)


@dataclass(kw_only=True)
class _Entry:
    """What is known of a key: what its token says, which rules fit it, and the values they give."""

    seen: Seen
    single: tuple[_Rule, ...]
    begun: tuple[_Rule, ...]
    values: tuple[int, int, int]
    others: Mapping[int, int]


def _fits(tests: Mapping[str, Test], seen: Seen) -> bool:
    return all(test(seen[name]) for name, test in tests.items())


def _test(asked: Any) -> Test:
    if isinstance(asked, str | bool):
        return lambda value: bool(value == asked)
    if isinstance(asked, Mapping) and len(asked) == 1:
        (operator, operand), *_ = asked.items()
        if operator == "IN":
            return frozenset(operand).__contains__
        if operator == "NOT_IN":
            return lambda value, among=frozenset(operand): value not in among  # type: ignore[misc]
        if operator == "REGEX":
            return lambda value, pattern=re.compile(operand): bool(pattern.search(value))  # type: ignore[misc]
    raise _UnknownTestError


def _tests(token: Mapping[str, Any]) -> Mapping[str, Test]:
    if not token or not set(token) <= _ASKED:
        raise _UnknownTestError
    return {name: _test(asked) for name, asked in token.items()}


def _where(token: Mapping[str, Any]) -> tuple[str, str] | None:
    """The one word or tag that a token must have, if there is one."""
    return next(((name, token[name]) for name in ("LOWER", "TAG") if isinstance(token.get(name), str)), None)


def _rules(ruler: AttributeRuler) -> Iterator[_Rule]:
    entries: list[dict[str, Any]] = ruler.patterns
    for order, (entry, changes) in enumerate(zip(entries, ruler.attrs, strict=True)):
        for pattern in entry["patterns"]:
            tokens = tuple(_tests(token) for token in pattern)
            if not 0 <= entry["index"] < len(tokens):
                raise _UnknownTestError
            where = _where(pattern[0])
            yield _Rule(order=order, tokens=tokens, where=where, target=entry["index"], changes=changes)


@dataclass(kw_only=True)
class Attributes:
    """The component: sets class, morphology and lemma of every token of a parsed text."""

    rules: Mapping[tuple[str, str] | None, list[_Rule]] = field(default_factory=dict)
    lemmatizer: Lemmatizer | None = None
    _known: dict[Key, _Entry] = field(default_factory=dict)
    _lemmas: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of ``doc``'s tokens in place."""
        from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG

        if not len(doc):
            return doc
        self._make_room()
        keys = [tuple(row) for row in doc.to_array([ORTH, TAG, DEP]).tolist()]
        entries = [self._known.get(key) or self._learn(key, doc, place) for place, key in enumerate(keys)]
        values = [entry.values for entry in entries]
        others = {place: entry.others for place, entry in enumerate(entries) if entry.others}
        for place, rules in self._several(entries).items():
            values[place], others[place] = _applied(sorted((*entries[place].single, *rules), key=lambda r: r.order))
        _set(doc, [POS, MORPH, LEMMA], values)
        _set_others(doc, others)
        self._lemmatise(doc, keys, values, others)
        return doc

    def _make_room(self) -> None:
        if len(self._known) > MOST_KEYS:
            self._known.clear()
            self._lemmas.clear()

    def _learn(self, key: Key, doc: Doc, place: int) -> _Entry:
        token = doc[place]
        seen = {"TAG": token.tag_, "DEP": token.dep_, "LOWER": token.lower_, "IS_SPACE": token.is_space}
        begun = self._begun(seen)
        single = tuple(rule for rule in begun if len(rule.tokens) == 1)
        values, others = _applied(single)
        entry = _Entry(
            seen=seen,
            single=single,
            begun=tuple(rule for rule in begun if len(rule.tokens) > 1),
            values=values,
            others=others,
        )
        self._known[key] = entry
        return entry

    def _begun(self, seen: Seen) -> list[_Rule]:
        places = (("LOWER", seen["LOWER"]), ("TAG", seen["TAG"]), None)
        asked = (rule for place in places for rule in self.rules.get(place, ()))
        return sorted((rule for rule in asked if rule.begins(seen)), key=lambda rule: rule.order)

    def _several(self, entries: list[_Entry]) -> dict[int, list[_Rule]]:
        """The rules of several tokens that match, by the token that they change."""
        found: dict[int, list[_Rule]] = {}
        for place, entry in enumerate(entries):
            for rule in entry.begun:
                window = entries[place : place + len(rule.tokens)]
                if len(window) == len(rule.tokens) and all(
                    _fits(tests, other.seen) for tests, other in zip(rule.tokens, window, strict=True)
                ):
                    found.setdefault(place + rule.target, []).append(rule)
        return found

    def _lemmatise(
        self, doc: Doc, keys: list[Key], values: list[tuple[int, int, int]], others: Mapping[int, Any]
    ) -> None:
        from spacy.attrs import LEMMA

        if self.lemmatizer is None:
            return
        lemmas: list[int] = []
        for place, ((word, _, _), (pos, morph, lemma)) in enumerate(zip(keys, values, strict=True)):
            asked = (word, pos, morph)
            known = lemma or (None if place in others else self._lemmas.get(asked))
            if not known:
                known = self._lemmas[asked] = doc.vocab.strings.add(self.lemmatizer.lemmatize(doc[place])[0])
            lemmas.append(known)
        _set(doc, [LEMMA], lemmas)


def _applied(rules: tuple[_Rule, ...] | list[_Rule]) -> tuple[tuple[int, int, int], Mapping[int, int]]:
    from spacy.attrs import LEMMA, MORPH, POS

    merged: dict[int, int] = {}
    for rule in rules:
        merged.update(rule.changes)
    values = (merged.pop(POS, 0), merged.pop(MORPH, 0), merged.pop(LEMMA, 0))
    return values, merged


def _set_others(doc: Doc, others: Mapping[int, Mapping[int, int]]) -> None:
    for place, changes in others.items():
        for attribute, value in changes.items():
            column: list[int] = doc.to_array([attribute]).tolist()
            column[place] = value
            _set(doc, [attribute], column)


def _set(doc: Doc, attributes: list[int | str], values: list[Any]) -> None:
    import numpy as np

    array: Any = np.array(values, dtype=np.uint64)
    doc.from_array(attributes, array)


def _by_place(rules: Iterable[_Rule]) -> dict[tuple[str, str] | None, list[_Rule]]:
    placed: dict[tuple[str, str] | None, list[_Rule]] = {}
    for rule in rules:
        placed.setdefault(rule.where, []).append(rule)
    return placed


def quicken(language: Language) -> None:
    """Let ``language`` look attributes up, where its ruler and lemmatiser ask for nothing unknown here."""
    from spacy.language import Language as Kind

    names = language.pipe_names
    if "attribute_ruler" not in names:
        return
    try:
        ruler: Any = language.get_pipe("attribute_ruler")
        rules = tuple(_rules(ruler))
    except _UnknownTestError:
        return
    Kind.factory(NAME, func=_make)
    component: Any = language.replace_pipe("attribute_ruler", NAME)
    component.rules = _by_place(rules)
    after = names[names.index("attribute_ruler") + 1 :]
    if after[:1] == ["lemmatizer"] and getattr(lemmatizer := language.get_pipe("lemmatizer"), "mode", "") == "rule":
        component.lemmatizer = lemmatizer
        language.remove_pipe("lemmatizer")


def _make(nlp: Language, name: str) -> Attributes:  # noqa: ARG001 - the names that spaCy passes
    return Attributes()
