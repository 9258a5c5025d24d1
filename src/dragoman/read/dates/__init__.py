"""Time expressions and what they mean, resolved against the day of publication.

:func:`find_dates` reads a parsed article.  The grammar is a list of rules, each a
pattern and its meaning (:mod:`._days`, :mod:`._periods`,
:mod:`._weekdays`, :mod:`._deictic`, :mod:`._story`, :mod:`._lengths`,
:mod:`._recurring`, :mod:`._clock`, :mod:`._holidays`); :mod:`._scan` finds where
they apply and :mod:`._tense` asks the parse whether the sentence looks back or
ahead.  Values follow TIMEX3 (:mod:`._values`).  Without a day of publication
relative expressions stay unresolved; nothing is guessed.
"""

from __future__ import annotations

from dragoman.read.dates._bases import Base, bases_of
from dragoman.read.dates._find import find_dates, find_in_text
from dragoman.read.dates._publication import first_full_date, publication_date
from dragoman.read.dates._values import interval, precision_of

__all__ = [
    "Base",
    "bases_of",
    "find_dates",
    "find_in_text",
    "first_full_date",
    "interval",
    "precision_of",
    "publication_date",
]
