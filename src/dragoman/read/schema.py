"""The JSON schema of a reading, made from the finding classes themselves."""

from __future__ import annotations

from typing import Any


def reading_schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) that every ``Reading.to_dict()`` follows.

    It is published as ``docs/reference/reading.schema.json``.
    """
    from pydantic import TypeAdapter

    from dragoman.read.findings import Reading

    schema = TypeAdapter(Reading).json_schema(mode="serialization")
    views = {name: {**schema["properties"]["contacts"], "title": name.title()} for name in ("meetings", "calls")}
    schema["properties"] |= views
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Dragoman reading", **_closed(schema)}


def _closed(part: Any) -> Any:
    """Objects with stated properties admit no others."""
    if isinstance(part, dict):
        inner = {key: _closed(value) for key, value in part.items()}
        if "properties" in inner:
            inner.setdefault("additionalProperties", False)
            inner["required"] = sorted(inner["properties"])
        return inner
    if isinstance(part, list):
        return [_closed(item) for item in part]
    return part
