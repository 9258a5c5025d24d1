"""Words of bodies and the offices they stand for (``roles.tsv``)."""

from __future__ import annotations

import re
from functools import cache
from typing import cast, get_args

from dragoman.errors import ReadError
from dragoman.read.findings import Office
from dragoman.read.quotes._lexicon import read_table
from dragoman.read.world import world

_WORD = re.compile(r"[\w-]+")


@cache
def bodies() -> dict[str, Office]:
    """The office for which each word of a body stands."""
    known = get_args(Office)
    found: dict[str, Office] = {}
    for word, office in read_table("roles.tsv", 2):
        if office not in known:
            raise ReadError(f"roles.tsv: {word}", f"office {office!r}", f"one of {', '.join(known)}")
        found[word] = cast("Office", office)
    return found


def office_of_words(text: str) -> Office | None:
    """The office of the first word of a body in ``text``."""
    return next((office for word in _WORD.findall(text.lower()) if (office := bodies().get(word))), None)


def names_body(text: str) -> bool:
    """Whether ``text`` names a body: by one of its words, or because the world's data know it."""
    if office_of_words(text) is not None:
        return True
    return any(name.way == "organisation" for match in world().match(text) for name in match.names)
