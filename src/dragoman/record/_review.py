"""Decisions of reviewers."""

from __future__ import annotations

from dragoman.record._store import Store


def apply_decisions(store: Store, article: int) -> None:
    """Apply what people decided on an article's findings."""
    del store, article
