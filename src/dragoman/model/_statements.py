"""Preference statements: a small readable logic over options.

Grammar, loosest first::

    statement := sum [ ("if" | "only if" | "iff") sum ]  |  "if" sum "then" sum
    sum       := product { ("or" | "|") product }
    product   := factor { ("and" | "&") factor }
    factor    := ("not" | "!") factor  |  "(" statement ")"  |  "[" statement "]"  |  option

``A if B`` is false only when B holds and A does not; ``A only if B`` is ``B if A``;
``A iff B`` holds when both or neither do.  The three do not chain: brackets say what
is meant.  An option is written by its identifier or by its name, of several words or
in quotation marks where need be; the longest known name wins, upper and lower case
are alike.  Formulas are evaluated exactly, on one state or on whole arrays of states.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Is:
    """The option is taken."""

    option: str


@dataclass(frozen=True)
class Not:
    """``of`` does not hold."""

    of: Formula


@dataclass(frozen=True)
class And:
    """Every part holds."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True)
class Or:
    """Some part holds."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True)
class If:
    """``then`` holds, or ``when`` does not."""

    then: Formula
    when: Formula


@dataclass(frozen=True)
class Iff:
    """Both sides hold, or neither."""

    left: Formula
    right: Formula


Formula: TypeAlias = Is | Not | And | Or | If | Iff


class StatementError(ValueError):
    """A statement that cannot be read: ``found`` at ``column`` (from 1), ``expected`` in its stead."""

    def __init__(self, *, found: str, expected: str, column: int) -> None:
        self.found, self.expected, self.column = found, expected, column
        super().__init__(f"column {column}: {found}; expected {expected}")


def evaluate(formula: Formula, column: Callable[[str], Any]) -> Any:
    """The truth of ``formula``, where ``column(option)`` says whether each option is taken.

    ``column`` may return Booleans or Boolean arrays (of any one shape); so is the answer.
    """
    if isinstance(formula, Is):
        return column(formula.option)
    if isinstance(formula, Not):
        return evaluate(formula.of, column) ^ True
    if isinstance(formula, If):
        return evaluate(formula.then, column) | (evaluate(formula.when, column) ^ True)
    if isinstance(formula, Iff):
        return evaluate(formula.left, column) ^ evaluate(formula.right, column) ^ True
    truth = evaluate(formula.parts[0], column)
    for part in formula.parts[1:]:
        other = evaluate(part, column)
        truth = truth & other if isinstance(formula, And) else truth | other
    return truth


def options_of(formula: Formula) -> frozenset[str]:
    """The options that ``formula`` speaks of."""
    if isinstance(formula, Is):
        return frozenset({formula.option})
    return frozenset().union(*(options_of(part) for part in children(formula)))


def children(formula: Formula) -> tuple[Formula, ...]:
    """The formulas of which ``formula`` is made."""
    if isinstance(formula, Is):
        return ()
    if isinstance(formula, Not):
        return (formula.of,)
    if isinstance(formula, If):
        return (formula.then, formula.when)
    if isinstance(formula, Iff):
        return (formula.left, formula.right)
    return formula.parts


def written(formula: Formula, name: Callable[[str], str] = str) -> str:
    """``formula`` in the grammar, with each option as ``name`` gives it; reading it gives the formula back."""
    if isinstance(formula, Is):
        return name(formula.option)
    inner = [_bracketed(part, formula, name) for part in children(formula)]
    if isinstance(formula, Not):
        return f"not {inner[0]}"
    words = {And: " and ", Or: " or ", If: " if ", Iff: " iff "}
    return words[type(formula)].join(inner)


_RANK: Mapping[type, int] = {If: 0, Iff: 0, Or: 1, And: 2, Not: 3, Is: 4}


def _bracketed(part: Formula, parent: Formula, name: Callable[[str], str]) -> str:
    text = written(part, name)
    nested_not = isinstance(part, Not) and isinstance(parent, Not)
    return text if _RANK[type(part)] > _RANK[type(parent)] or nested_not else f"({text})"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A preference statement: its text as written, its formula, and why it is held."""

    text: str
    formula: Formula
    because: str = ""

    @property
    def options(self) -> frozenset[str]:
        """The options it speaks of."""
        return options_of(self.formula)

    def holds(self, state: Iterable[str]) -> bool:
        """Whether it is true of the state in which exactly the options of ``state`` are taken."""
        taken = frozenset(state)
        return bool(evaluate(self.formula, taken.__contains__))

    def mask(self, columns: Mapping[str, Any]) -> Any:
        """Its truth on many states at once: ``columns[option]`` is a Boolean array over the states."""
        return evaluate(self.formula, columns.__getitem__)


def parse(text: str, options: Mapping[str, str]) -> Formula:
    """Read a statement; ``options`` maps identifiers to names.

    Raises:
        StatementError: what stands where something else was expected.
    """
    parser = _Parser(tokens=tuple(_tokens(text, _vocabulary(options))), text=text)
    return parser.whole()


def _vocabulary(options: Mapping[str, str]) -> dict[str, str]:
    """Lower-case spelling -> identifier; identifiers win over names."""
    names = {_folded(name): identifier for identifier, name in options.items() if name}
    return names | {_folded(identifier): identifier for identifier in options}


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


@dataclass(frozen=True)
class _Token:
    kind: str
    value: str
    column: int


_WORDS = {"and": "and", "&": "and", "&&": "and", "or": "or", "|": "or", "||": "or", "not": "not", "!": "not"}
_JOINS = {"if": "if", "only if": "only if", "iff": "iff", "then": "then"}
_KEYWORDS = {*_WORDS, *_JOINS, "only"}
_PIECE = re.compile(r"\s*(?:(?P<quoted>\"[^\"]*\"|'[^']*')|(?P<mark>&&|\|\||[()\[\]&|!])|(?P<word>[^\s()\[\]&|!]+))")


def _tokens(text: str, vocabulary: Mapping[str, str]) -> Iterator[_Token]:
    """Marks, words of the grammar, and option names: at each word the longest known name."""
    pieces = list(_PIECE.finditer(text.rstrip()))
    at = 0
    while at < len(pieces):
        token, used = _next_token(pieces, at, vocabulary)
        yield token
        at += used


def _next_token(pieces: list[re.Match[str]], at: int, vocabulary: Mapping[str, str]) -> tuple[_Token, int]:
    piece = pieces[at]
    column = piece.start(piece.lastgroup or 0) + 1
    if quoted := piece.group("quoted"):
        return _named(quoted[1:-1], vocabulary, column), 1
    if mark := piece.group("mark"):
        return _Token(_WORDS.get(mark, mark), mark, column), 1
    longest = _longest_name(pieces, at, vocabulary)
    if longest:
        return _Token("option", vocabulary[longest[0]], column), longest[1]
    word = piece.group("word").casefold()
    following = pieces[at + 1].group("word") if at + 1 < len(pieces) else None
    if word == "only" and following and following.casefold() == "if":
        return _Token("only if", "only if", column), 2
    kind = _WORDS.get(word) or _JOINS.get(word)
    if kind:
        return _Token(kind, word, column), 1
    words = takewhile(
        lambda text: text and text.casefold() not in _KEYWORDS, (item.group("word") for item in pieces[at:])
    )
    return _named(" ".join(words), vocabulary, column), 1


def _longest_name(pieces: list[re.Match[str]], at: int, vocabulary: Mapping[str, str]) -> tuple[str, int] | None:
    words = []
    best = None
    for offset, piece in enumerate(pieces[at:]):
        if not piece.group("word"):
            break
        words.append(piece.group("word"))
        spelling = _folded(" ".join(words))
        if spelling in vocabulary:
            best = (spelling, offset + 1)
    return best


def _named(text: str, vocabulary: Mapping[str, str], column: int) -> _Token:
    spelling = _folded(text)
    if spelling not in vocabulary:
        from difflib import get_close_matches

        close = get_close_matches(spelling, vocabulary, n=1, cutoff=0.5)
        hint = f" (did you mean {close[0]!r}?)" if close else ""
        raise StatementError(found=f"unknown option {text!r}{hint}", expected="an option of the case", column=column)
    return _Token("option", vocabulary[spelling], column)


@dataclass
class _Parser:
    """Recursive descent over the tokens; ``depth`` keeps hostile nesting within bounds."""

    tokens: tuple[_Token, ...]
    text: str
    at: int = 0
    depth: int = field(default=0)

    def peek(self) -> str:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else "end"

    def take(self) -> _Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def fail(self, expected: str) -> StatementError:
        if self.at < len(self.tokens):
            token = self.tokens[self.at]
            return StatementError(found=repr(token.value), expected=expected, column=token.column)
        return StatementError(found="the end of the statement", expected=expected, column=len(self.text) + 1)

    def whole(self) -> Formula:
        formula = self.statement()
        if self.peek() != "end":
            raise self.fail("the end, or brackets around what belongs together")
        return formula

    def statement(self) -> Formula:
        if self.peek() == "if":
            self.take()
            when = self.sum()
            self.expect("then")
            return If(self.sum(), when)
        left = self.sum()
        if self.peek() not in {"if", "only if", "iff"}:
            return left
        join = self.take().kind
        right = self.sum()
        if join == "iff":
            return Iff(left, right)
        return If(left, right) if join == "if" else If(right, left)

    def sum(self) -> Formula:
        return self._series("or", self.product, Or)

    def product(self) -> Formula:
        return self._series("and", self.factor, And)

    def _series(
        self, word: str, part: Callable[[], Formula], join: Callable[[tuple[Formula, ...]], Formula]
    ) -> Formula:
        parts = [part()]
        while self.peek() == word:
            self.take()
            parts.append(part())
        return parts[0] if len(parts) == 1 else join(tuple(parts))

    def factor(self) -> Formula:
        kind = self.peek()
        if kind == "option":
            return Is(self.take().value)
        if kind not in {"not", "(", "["}:
            raise self.fail("an option, 'not' or a bracket")
        self.depth += 1
        if self.depth > 100:
            raise self.fail("at most 100 brackets and negations within one another")
        self.take()
        inner = Not(self.factor()) if kind == "not" else self.statement()
        if kind != "not":
            self.expect(")" if kind == "(" else "]")
        self.depth -= 1
        return inner

    def expect(self, kind: str) -> None:
        if self.peek() != kind:
            raise self.fail(repr(kind))
        self.take()
