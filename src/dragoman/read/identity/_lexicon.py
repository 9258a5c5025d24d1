"""Small word lists of the finder of names: they are grammar, not knowledge of the world."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dragoman.read.world import world
from dragoman.read.world._tables import listed, rows

if TYPE_CHECKING:
    from dragoman.read.findings import Entity

HONORIFICS = {
    "mr": "m", "mr.": "m", "sir": "m", "lord": "m", "herr": "m", "monsieur": "m", "señor": "m", "comrade": None,
    "mrs": "f", "mrs.": "f", "ms": "f", "ms.": "f", "miss": "f", "lady": "f", "dame": "f", "madame": "f", "madam": "f",
    "dr": None, "dr.": None, "prof": None, "prof.": None, "professor": None, "hon": None, "hon.": None,
    "h.e.": None, "hrh": None, "sheikh": "m", "sheikha": "f", "baroness": "f", "messrs": None, "messrs.": None,
    "pastor": None,
}  # fmt: skip
PARTICLES = "al|el|bin|ibn|bint|ben|van|von|der|den|de|del|della|di|da|dos|das|du|la|le|ter|ten|abu|ul|ur"


@cache
def words(name: str) -> frozenset[str]:
    """One list of ``words.psv``."""
    return frozenset(word for key, cell in rows("words.psv", 2) if key == name for word in listed(cell))


@cache
def given_names() -> dict[str, str]:
    """Sex (``f``, ``m``, ``u``) by given name; ``u`` for one that both bear."""
    found: dict[str, str] = {}
    for sex, names in rows("given.psv", 2):
        for name in listed(names):
            found[name] = "u" if found.get(name, sex) != sex else sex
    return found


def sex_of(entity: Entity) -> str | None:
    """``f``, ``m`` or None, by the world's tables or the given name."""
    known = world().people.get(entity.id)
    if known is not None:
        return known.sex
    sex = given_names().get(entity.name.split(maxsplit=1)[0]) if entity.name else None
    return None if sex == "u" else sex


@cache
def family_first() -> dict[str, frozenset[str]]:
    """East Asian family names by language (``ko``, ``zh``, ``vi``)."""
    return {language: frozenset(listed(names)) for language, names in rows("family.psv", 2)}
