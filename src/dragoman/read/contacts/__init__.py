"""Who was, will or may be in contact with whom: meetings, calls, video conferences, letters.

1. **Candidates** (``_candidate``): each predicate of ``world/contacts.psv`` gives, by its frame, the sides that its
   words join (``_sides``, ``_visits``), the status (``_status``), the means (``_mode``), day, place, count and claim
   (``_when``).
2. **Joining** (``_join``): what one article tells of one contact is one contact with all its evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.read.contacts._article import Article
from dragoman.read.contacts._candidate import Candidate, candidates
from dragoman.read.contacts._join import joined

if TYPE_CHECKING:
    from dragoman.read.findings import DateFinding, Meeting
    from dragoman.read.parsed import Parsed
    from dragoman.read.reference import Reference

__all__ = ["Candidate", "find_candidates", "find_contacts"]


def find_candidates(parsed: Parsed, reference: Reference, dates: Sequence[DateFinding]) -> list[Candidate]:
    """Every mention of a contact, in the order of the text, each with its ``features``."""
    return list(candidates(Article(parsed, reference, dates)))


def find_contacts(parsed: Parsed, reference: Reference, dates: Sequence[DateFinding]) -> list[Meeting]:
    """The contacts that the text tells of, in order of first mention."""
    article = Article(parsed, reference, dates)
    return joined(article, candidates(article))
