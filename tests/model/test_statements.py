"""Preference statements: the grammar, the truth of formulas, and what cannot be read."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import Statement
from dragoman.model._statements import (
    And,
    Formula,
    If,
    Iff,
    Is,
    Not,
    Or,
    StatementError,
    evaluate,
    options_of,
    parse,
    written,
)
from dragoman.model._states import patterns_of

NAMES = {"lift": "US lifts sanctions", "freeze": "DPRK freezes", "c": "", "d": "US lifts"}
STATES = [frozenset(name for name, yes in zip(NAMES, bits, strict=True) if yes) for bits in product((0, 1), repeat=4)]


def naive(formula: Formula, state: frozenset[str]) -> bool:
    """The truth tables, spelt out."""
    match formula:
        case Is(option):
            return option in state
        case Not(of):
            return not naive(of, state)
        case And(parts):
            return all(naive(part, state) for part in parts)
        case Or(parts):
            return any(naive(part, state) for part in parts)
        case If(then, when):
            return naive(then, state) if naive(when, state) else True
        case Iff(left, right):
            return naive(left, state) == naive(right, state)


leaves: st.SearchStrategy[Formula] = st.sampled_from([Is(name) for name in NAMES])
formulas: st.SearchStrategy[Formula] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(If, inner, inner),
        st.builds(Iff, inner, inner),
        st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("US lifts sanctions if DPRK freezes", If(Is("lift"), Is("freeze"))),
        ("lift only if freeze", If(Is("freeze"), Is("lift"))),
        ("lift iff not freeze", Iff(Is("lift"), Not(Is("freeze")))),
        ("if freeze then lift", If(Is("lift"), Is("freeze"))),
        ("us LIFTS and c or d", Or((And((Is("d"), Is("c"))), Is("d")))),
        ("c & (d | !c)", And((Is("c"), Or((Is("d"), Not(Is("c"))))))),
        ("not [c or d]", Not(Or((Is("c"), Is("d"))))),
        ("\"US lifts\" and 'DPRK freezes'", And((Is("d"), Is("freeze")))),
        ("not not c", Not(Not(Is("c")))),
        ("US  lifts   sanctions", Is("lift")),
    ],
)
def test_statements_are_read_as_the_grammar_says(text: str, formula: Formula) -> None:
    """Each form of the grammar gives its formula; the longest known name wins."""
    assert parse(text, NAMES) == formula


@settings(max_examples=80, deadline=None)
@given(formulas)
def test_writing_and_reading_gives_the_formula_back(formula: Formula) -> None:
    """A formula written in the grammar and read again has the same truth in every state."""
    again = parse(written(formula), NAMES)
    assert [naive(again, state) for state in STATES] == [naive(formula, state) for state in STATES]


@settings(max_examples=80, deadline=None)
@given(formulas)
def test_truth_agrees_with_the_truth_tables(formula: Formula) -> None:
    """One state at a time and all states as arrays, a formula has the truth of the textbook tables."""
    statement = Statement(text="", formula=formula)
    expected = [naive(formula, state) for state in STATES]
    assert [statement.holds(state) for state in STATES] == expected
    columns = {name: np.array([name in state for state in STATES]) for name in NAMES}
    assert statement.mask(columns).tolist() == expected
    assert evaluate(formula, frozenset(NAMES).__contains__) == naive(formula, frozenset(NAMES))


@settings(max_examples=80, deadline=None)
@given(formulas)
def test_patterns_cover_exactly_the_states_of_a_formula(formula: Formula) -> None:
    """The patterns made of a statement match the states of which it is true and no others."""
    patterns = patterns_of(formula)
    matched = [any(pattern.matches(state) for pattern in patterns) for state in STATES]
    assert matched == [naive(formula, state) for state in STATES]


def test_a_statement_knows_its_options() -> None:
    """The options of a statement are those that it names."""
    assert options_of(parse("lift if freeze and not c", NAMES)) == {"lift", "freeze", "c"}


@pytest.mark.parametrize(
    ("text", "column", "found"),
    [
        ("", 1, "the end"),
        ("lift if", 8, "the end"),
        ("lift and", 9, "the end"),
        ("lift freeze", 6, "'freeze'"),
        ("lift if freeze if c", 16, "'if'"),
        ("(lift", 6, "the end"),
        ("(lift]", 6, "']'"),
        ("lfit", 1, "did you mean 'lift'?"),
        ("c and US lift sanction", 7, "did you mean 'us lifts sanctions'?"),
        ("and", 1, "'and'"),
        ("if freeze", 10, "the end"),
        ("(" * 5000 + "c" + ")" * 5000, 101, "'('"),
    ],
)
def test_what_cannot_be_read_is_placed(text: str, column: int, found: str) -> None:
    """A statement that cannot be read says at which column, and what stands there."""
    with pytest.raises(StatementError) as caught:
        parse(text, NAMES)
    assert found in caught.value.found
    assert caught.value.column == column
