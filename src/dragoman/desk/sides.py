"""Who is meant by a name that a user gives: a state of the record, or an entity of it.

1. An alpha-3 code, or any name of a state (ISO's, the tables' names, aliases and
   adjectives; case apart), is that state if an article of the record names it.
2. Any other name is an entity by id or name.
3. Else it fails, with the nearest of the names that the record knows: a name that nobody
   in the record bears has no rate and no tie.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dragoman.errors import UnknownNameError

if TYPE_CHECKING:
    from dragoman.record import Record


def side(record: Record, name: str) -> str:
    """The alpha-3 code of a state, or the id of an entity, that ``name`` means in the record.

    Raises:
        UnknownNameError: nobody in the record is called so.
        InputError: several entities bear the name.
    """
    mentioned = dict(record.tallies.states())
    code = state_code(name)
    if code in mentioned:
        return code
    try:
        return record.identity.known(name)
    except UnknownNameError:
        known = [*mentioned, *(called(code) for code in mentioned)]
        known += [row.name for row in record.identity.entities(limit=None)]
        raise UnknownNameError("side", name, list(dict.fromkeys(known))) from None


def is_state(name: str) -> bool:
    """Whether :func:`side` gave a state."""
    return len(name) == 3 and name.isupper()


def state_code(name: str) -> str | None:
    """The alpha-3 code that a name of a state means, None where it means none or several.

    >>> [state_code(name) for name in ("Egypt", "egy", "North Korea", "Korea, Republic of", "Britain", "XXX")]
    ['EGY', 'EGY', 'PRK', 'KOR', 'GBR', None]
    """
    return _codes().get(_folded(name))


def called(code: str) -> str:
    """The common name of a state."""
    from dragoman.read.world import world

    item = world().states.get(code)
    return item.name if item else code


def _folded(name: str) -> str:
    return " ".join(name.replace(".", "").split()).casefold()


@cache
def _codes() -> dict[str, str]:
    """Every name of a state, folded; ISO's names come last and never over the tables'."""
    import pycountry

    from dragoman.read.world import world

    found: dict[str, str] = {}
    states = world().states
    for code, item in states.items():
        for name in (code, item.name, *item.names, *item.adjectives):
            found.setdefault(_folded(name), code)
    for country in pycountry.countries:
        if country.alpha_3 in states:
            for field in ("alpha_2", "name", "official_name", "common_name"):
                if text := getattr(country, field, ""):
                    found.setdefault(_folded(text), country.alpha_3)
    return found
