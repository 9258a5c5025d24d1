"""Syntax: one clause analysis of a sentence, which every finder asks.

:func:`analyse` gives the clauses of a sentence (predicate, subjects, objects, prepositions, complements, negation,
modal, tense), how real each act is (:data:`Factuality`), and who says it.  Terms are those of Universal Dependencies;
what is the parser's own is read in this folder only.
"""

from __future__ import annotations

from dragoman.read.syntax.auxiliaries import Tense
from dragoman.read.syntax.clause import Clause
from dragoman.read.syntax.sentence import Sentence, analyse
from dragoman.read.syntax.words import Factuality

__all__ = ["Clause", "Factuality", "Sentence", "Tense", "analyse"]
