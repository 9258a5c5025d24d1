"""For whom a speaker speaks, and for which state.

1. State media are a class of their own.
2. A former office speaks for nobody's government: ``other``.
3. The first title in the descriptions decides; without a title the first word of a body ("ministry", "army").
4. A known body ("State Department") or a state that acts ("Beijing said") speaks for itself.
5. A person whom the descriptions leave open holds the office that the world's data give for the day.
6. The state is the first that a description names; else that of the body, else that of the person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import cast, get_args

from dragoman.errors import ReadError
from dragoman.read.findings import Office, SpeaksFor
from dragoman.read.quotes._lexicon import read_table
from dragoman.read.quotes._roles import Description
from dragoman.read.world import Match, Trie, world
from dragoman.read.world import Name as Reading

_FORMER = re.compile(
    r"\b(?:former|ex|retired|onetime|one-time|then|late|disgraced|ousted|deposed)\b[ -]", re.IGNORECASE
)
_STATE_MEDIA = re.compile(
    r"\b(?:state(?:-| )(?:run|owned|controlled)?\s?(?:media|television|tv|radio|news|newspaper|broadcaster)"
    r"|official (?:news agency|newspaper|media)|state(?:-| )(?:run|owned|controlled) \w+)\b",
    re.IGNORECASE,
)
_SECTORS: dict[str, Office] = {
    "GOV": "executive", "SPY": "executive", "IGO": "executive", "MIL": "military", "LEG": "legislature",
    "PTY": "party", "OPP": "party", "MED": "press", "EDU": "expert",
}  # fmt: skip
_OF_STATES = frozenset({"name", "adjective", "people", "capital", "seat"})
_PRESS_TITLES = frozenset({"official", "journalist"})
_SENT_TO = re.compile(r"\s+to\s+.*$")
_LOCATED = re.compile(r"\b(?:of|in|from|to|for|at|near|with|on)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w-]+")


@cache
def _state_media() -> Trie:
    return Trie((name, Reading(name, "organisation", state)) for name, state in read_table("state_media.tsv", 2))


@cache
def _bodies() -> dict[str, Office]:
    known = get_args(Office)
    found: dict[str, Office] = {}
    for word, office in read_table("roles.tsv", 2):
        if office not in known:
            raise ReadError(f"roles.tsv: {word}", f"office {office!r}", f"one of {', '.join(known)}")
        found[word] = cast("Office", office)
    return found


def speaks_for(
    descriptions: Sequence[Description], name: str | None, phrase: str | None, published: date | None
) -> SpeaksFor:
    """The office and the state for which a speaker speaks.

    ``name`` is who the speaker is; ``phrase`` the words that name a body or an unnamed person.
    """
    named = [name] if name else []
    whole = [phrase] if phrase else []
    media = _media([*(item.text for item in descriptions), *named, *whole])
    if media is not None:
        return media
    state = _state([*_owners(descriptions), *named]) or _state_of_person(
        [name, *_affiliations(descriptions)], published
    )
    for text in _deciding(descriptions, named, whole):
        office = _office(text)
        if office is not None:
            return SpeaksFor(office=office, state=state)
    return SpeaksFor(office=_office_of_person(name, published) or "other", state=state)


def _deciding(descriptions: Sequence[Description], named: list[str], whole: list[str]) -> list[str]:
    """The words that decide the office, in order.

    Of a thing or an unnamed person (``whole``) only the words before the first preposition count: a meeting
    with a president does not speak for him.
    """
    if whole:
        heads = [_LOCATED.split(text, maxsplit=1)[0].split(",", maxsplit=1)[0] for text in whole]
        return [*(role for item in descriptions if (role := _titled(item))), *named, *heads]
    return [*(part for item in descriptions for part in (_titled(item), item.text) if part), *named]


def _titled(item: Description) -> str | None:
    """The role with what says that it is over: "former" may stand before the owner."""
    if item.role is None:
        return None
    former = _FORMER.match(item.text)
    return f"{former.group()}{item.role}" if former and not _FORMER.match(item.role) else item.role


def _affiliations(descriptions: Sequence[Description]) -> list[str]:
    return [item.affiliation for item in descriptions if item.affiliation]


def _owners(descriptions: Sequence[Description]) -> list[str]:
    """Where to look for the state: affiliations first; an ambassador *to* a state is another's."""
    return [*_affiliations(descriptions), *(_SENT_TO.sub("", item.text) for item in descriptions)]


def _media(texts: Sequence[str]) -> SpeaksFor | None:
    for text in texts:
        found = _state_media().match(text)
        if found and {title.names[0].id for title in world().titles(text)} <= _PRESS_TITLES:
            return SpeaksFor(office="state media", state=found[0].names[0].country)
        if _STATE_MEDIA.search(text):
            return SpeaksFor(office="state media", state=_state(texts))
    return None


def _office(text: str) -> Office | None:
    titles = world().titles(text)
    if titles:
        first = titles[0]
        if _FORMER.search(text[: first.end]) or first.names[0].id == "former":
            return "other"
        return world().offices[first.names[0].id].office
    for match in world().match(text):
        office = _of_match(match, text)
        if office is not None:
            return office
    return next((office for word in _WORD.findall(text.lower()) if (office := _bodies().get(word))), None)


def _of_match(match: Match, text: str) -> Office | None:
    """A body speaks for itself; a state speaks when it is what the words name."""
    heads = match.end >= len(text.rstrip()) and not _LOCATED.search(text[: match.start])
    for name in match.names:
        if name.way == "organisation":
            return _SECTORS.get(world().organisations[name.id].sector, "other")
        if name.way in ("name", "capital", "seat") and heads:
            return "executive"
    return None


def _state(texts: Sequence[str]) -> str | None:
    for ways in (_OF_STATES, frozenset({"organisation"}), frozenset({"place"})):
        for text in texts:
            for match in world().match(text):
                for name in match.names:
                    if name.way in ways and name.country:
                        return world().today(name.country)
    return None


def _state_of_person(names: Sequence[str | None], published: date | None) -> str | None:
    """The state of the first person of public life among ``names``."""
    for name in names:
        words = (name or "").split()
        for start in range(max(0, len(words) - 1)):
            person = world().leader(" ".join(words[start:]), published)
            if person is not None:
                return person.country
        if words[1:] and not words[-1][:1].isupper() and published is not None:
            person = world().leader(words[-2], published)
            if person is not None:
                return person.country
    return None


def _office_of_person(name: str | None, published: date | None) -> Office | None:
    """The office that the world's data give a person on the day, if any."""
    from dragoman.read.world import holds

    person = world().leader(name, published) if name and " " in name and published else None
    if person is None or published is None:
        return None
    term = next((item for item in person.terms if holds(item, published)), None)
    known = world().offices.get(term.office) if term is not None else None
    return known.office if known is not None else None
