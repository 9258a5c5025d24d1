"""Shapes of the file that pydantic loosens or tightens: names, and what a dataclass forbids."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict

FORBID = ConfigDict(extra="forbid")
"""Every dataclass of the case refuses keys that it does not know."""


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One name or a list of names."""
