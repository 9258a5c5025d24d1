"""Bodies that no table knows, told by the words around their names in the whole article.

1. A name right before the title of its head or the word for its members is a body's: "Borealis chief executive",
   "UKM president", "Northfront rebels"; what follows says what kind of body.
2. Capitals in brackets behind a name whose initials they are, are its short form from there on.

Family names of the article's and the world's persons are no bodies ("Clinton aides").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from dragoman.read.identity import _lexicon as lexicon
from dragoman.read.world._tables import listed, rows

if TYPE_CHECKING:
    from dragoman.read.findings import PartyKind
    from dragoman.read.identity._surface import Raw, Surface
    from dragoman.read.world import World

_SHORT = re.compile(r" \(([A-Z][A-Z&-]{1,6})\)")
_BEHIND = re.compile(r"(?:['’]s?)? (?P<one>[a-z][a-z-]*)(?: (?P<two>[a-z][a-z-]*))?(?![\w-])")
_HYPHENED = re.compile(r"-[a-z]+$")
_SMALL = frozenset({"of", "the", "and", "for", "in", "de"})


@cache
def _followers() -> Mapping[str, PartyKind]:
    """What kind of body a name is before a word."""
    return {
        word: key.removeprefix("behind a ")  # type: ignore[misc]
        for key, cell in rows("words.psv", 2)
        if key.startswith("behind a ")
        for word in listed(cell)
    }


def bodies_by_title(surfaces: Iterable[Surface], world: World) -> dict[str, PartyKind]:
    """The names of bodies in a text, and what kind of party each is."""
    surfaces = list(surfaces)
    people = {word for surface in surfaces for raw in surface.raws if raw.kind == "person" for word in raw.text.split()}
    found: dict[str, PartyKind] = {}
    for surface in surfaces:
        for raw in surface.raws:
            if raw.kind not in {"surname", "unknown"} or raw.honorific or raw.title:
                continue
            kind = _kind_behind(surface.text, raw.end)
            last = raw.text.split()[-1]
            if kind is None or last in people or last in world.families or last in lexicon.given_names():
                continue
            if _is_name(surface, raw):
                found.setdefault(raw.text, kind)
    return found


def short_forms(surfaces: Iterable[Surface]) -> dict[str, str]:
    """The short forms that a text gives for full names: ``UAW`` for ``United Auto Workers``."""
    found: dict[str, str] = {}
    for surface in surfaces:
        for raw in surface.raws:
            short = _SHORT.match(surface.text, raw.end)
            if short is not None and raw.kind in {"organisation", "unknown"} and _initials(raw.text) == short[1]:
                found[short[1]] = raw.text
    return found


def _kind_behind(text: str, end: int) -> PartyKind | None:
    """What the one or two words behind a name say that it is: ``chief executive``, ``'s workers``."""
    found = _BEHIND.match(text, end)
    if found is None:
        return None
    one, two = found["one"], found["two"]
    return _followers().get(f"{one} {two}") or _followers().get(one)


def _is_name(surface: Surface, raw: Raw) -> bool:
    """Whether a capitalised word is a name and no first word of a sentence, no portfolio and no people."""
    if set(raw.text.split()) & (lexicon.words("portfolio") | lexicon.words("neither") | lexicon.words("organisation")):
        return raw.text in lexicon.words("political")
    token = surface.token_at(raw.end - 1)
    if _HYPHENED.search(raw.text) or len(raw.text) < 2:
        return False
    if token is None or token.pos_ not in {"PROPN", "NOUN", "ADJ"}:
        return False
    return raw.text.isupper() or token.i > token.sent.start + 1 or (token.pos_ == "PROPN" and token.tag_ == "NNP")


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.split(r"[ -]", name) if word and word.lower() not in _SMALL).upper()
