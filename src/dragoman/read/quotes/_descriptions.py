"""One description of a speaker: the words, and the role and the affiliation in them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """One description of a speaker and its two parts.

    ``studies``: the words say that the speaker studies or teaches a subject.
    """

    text: str
    role: str | None
    affiliation: str | None
    studies: bool = False
