"""CSL JSON of the sources, for Zotero, Pandoc and others.

Format: Citation Style Language 1.0.2; items are of type ``article-newspaper``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dragoman.record.views import ArticleRow


def to_csl(articles: Sequence[ArticleRow]) -> bytes:
    """Articles as one JSON list of items."""
    return (json.dumps([_item(row) for row in articles], ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _item(row: ArticleRow) -> dict[str, Any]:
    told = {
        "id": row.key, "type": "article-newspaper", "title": row.title, "container-title": row.outlet, "URL": row.url,
        "language": row.language, "note": "; ".join(row.notes) or None,
        "author": [{"literal": row.byline}] if row.byline else None,
        "issued": {"date-parts": [[int(part) for part in row.published.split("-")]]} if row.published else None,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}
