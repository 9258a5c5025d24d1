"""Where record and case meet for a person."""

from __future__ import annotations

from dragoman.desk.session import Desk

__all__ = ["Desk"]
