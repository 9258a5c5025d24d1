"""The sourced record: one SQLite file of articles, findings, identities and decisions."""

from __future__ import annotations

from dragoman.record._article import ArticleLike, NewArticle, article_key, content_hash
from dragoman.record._record import Record

__all__ = ["ArticleLike", "NewArticle", "Record", "article_key", "content_hash"]
