"""Contested words: each party's own wording, and what is new in it since the last statement.

:func:`find_definitions` finds, in quotations and in sentences that define, the terms
of ``world/terms.psv`` with the words that the speaker put around them;
:func:`wording_changes` compares a speaker's wordings of one term over time.
"""

from __future__ import annotations

from dragoman.read.wording._changes import Statement, WordingChange, wording_changes
from dragoman.read.wording._definitions import find_definitions, known_terms
from dragoman.read.wording._terms import Term, make_term, own_terms
from dragoman.read.wording._terms import terms as contested_terms

__all__ = [
    "Statement", "Term", "WordingChange", "contested_terms", "find_definitions", "known_terms", "make_term",
    "own_terms", "wording_changes",
]  # fmt: skip
