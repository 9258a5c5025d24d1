"""W3C web annotations of all findings, as JSON-LD: what was found, where, by quote and by position.

Source: Web Annotation Data Model, W3C Recommendation, 2017.  An article with an
address is the target by its address, one without by the hash of its text
(``urn:sha256:``).  Quotes longer than an excerpt are given by position alone unless
full text is asked for.
"""

from __future__ import annotations

import json
from typing import Any

from dragoman.formats._rows import EXCERPT, shared_note
from dragoman.record import Record
from dragoman.record.views import Anchor, FindingRow

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def to_annotations(record: Record, *, full_text: bool) -> bytes:
    """An annotation collection with one annotation a finding; rejected findings are left out."""
    urls = {row.key: row.url for row in record.articles()}
    items = [_annotation(row, record.evidence(row.id), urls.get(row.article), full_text) for row in record.findings()]
    whole: dict[str, Any] = {
        "@context": CONTEXT, "id": "urn:dragoman:annotations", "type": "AnnotationCollection",
        "label": "Findings of Dragoman",
        "total": len(items), "first": {"type": "AnnotationPage", "startIndex": 0, "items": items},
    }  # fmt: skip
    note = shared_note(record)
    if note:
        whole["summary"] = note
    return (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _annotation(row: FindingRow, anchors: tuple[Anchor, ...], url: str | None, full_text: bool) -> dict[str, Any]:
    return {
        "id": f"urn:dragoman:{row.id}", "type": "Annotation",
        "motivation": "assessing" if row.review != "open" else "identifying",
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "value": row.kind},
            {"type": "TextualBody", "purpose": "tagging", "value": row.review},
            *({"type": "TextualBody", "purpose": "tagging", "value": value} for value in _tags(row)),
        ],
        "target": [
            {"source": url or f"urn:sha256:{one.hash}", "selector": _selectors(one, full_text)} for one in anchors
        ],
    }  # fmt: skip


def _tags(row: FindingRow) -> list[str]:
    told = (getattr(row.finding, name, None) for name in ("type", "kind", "level", "status", "fate", "term"))
    return [str(value) for value in told if value is not None]


def _selectors(anchor: Anchor, full_text: bool) -> list[dict[str, Any]]:
    position = {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end}
    if len(anchor.exact) > EXCERPT and not full_text:
        return [position]
    quote = {"type": "TextQuoteSelector", "exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix}
    return [quote, position]
