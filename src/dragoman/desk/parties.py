"""Which country a party of a case stands for in the record."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.model import Case, Party


def country_of(party: Party) -> str | None:
    """The alpha-3 code that most of the party's names mean in the world's tables; None where they mean none."""
    from dragoman.read.world import world

    known = world()
    codes = Counter(
        found.country
        for name in (*party.entities, party.name, party.id)
        for found in known.lookup(name)[:1]
        if found.country
    )
    return codes.most_common(1)[0][0] if codes else None


def countries(case: Case) -> dict[str, str]:
    """The country of each party that stands for one, by the party's identifier."""
    found = {name: country_of(party) for name, party in case.parties.items()}
    return {name: code for name, code in found.items() if code}
