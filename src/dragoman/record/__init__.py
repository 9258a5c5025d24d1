"""The sourced record: one SQLite file of articles, findings, identities, decisions and forecasts.

:class:`Record` is the one door.  What its queries return is in
:mod:`dragoman.record.views`; how forecasts are scored in
:mod:`dragoman.record.scoring`.
"""

from __future__ import annotations

from dragoman.record._article import ArticleLike, NewArticle, article_key, content_hash
from dragoman.record._identity import Identity
from dragoman.record._record import Record
from dragoman.record._review import Review
from dragoman.record.register import Forecast, Register, ScoreCard, Scored

__all__ = [
    "ArticleLike",
    "Forecast",
    "Identity",
    "NewArticle",
    "Record",
    "Register",
    "Review",
    "ScoreCard",
    "Scored",
    "article_key",
    "content_hash",
]
