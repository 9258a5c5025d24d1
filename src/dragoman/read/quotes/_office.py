"""For whom a speaker speaks, and for which state.

1. State media are a class of their own.
2. A person of public life who holds an office on the day speaks for it.
3. A former office speaks for nobody's government: ``expert`` for an officer or a diplomat, else ``other``.
4. Who speaks on behalf of a body (a spokesman, a member, a statement) has its office: ``military`` for
   a spokesman of an army.
5. The first title in the descriptions decides; without a title the first word of a body ("ministry", "army");
   without either a clause of study ("who teaches ...").
6. A known body ("State Department") or a state that acts ("Beijing said") speaks for itself.
7. The state is the first that a description names; else that of the body, else that of the person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from dragoman.read.findings import Office, SpeaksFor
from dragoman.read.quotes._descriptions import Description
from dragoman.read.quotes._lexicon import read_table, word_list
from dragoman.read.quotes._tables import office_of_words
from dragoman.read.world import Match, Trie, holds, world
from dragoman.read.world import Name as Reading

_FORMER = re.compile(
    r"\b(?:former|ex|retired|onetime|one-time|then|late|disgraced|ousted|deposed)\b[ -]", re.IGNORECASE
)
_STATE_MEDIA = re.compile(
    r"\b(?:state(?:-| )(?:run|owned|controlled)?\s?(?:media|television|tv|radio|news|newspaper|broadcaster)"
    r"|official (?:news agency|newspaper|media)|state(?:-| )(?:run|owned|controlled) \w+)\b",
    re.IGNORECASE,
)
_NEWS_AGENCY = re.compile(r"(?:'s|’s|n|ese)\s+news agency\b", re.IGNORECASE)
_SECTORS: dict[str, Office] = {
    "GOV": "executive", "SPY": "executive", "IGO": "executive", "MIL": "military", "LEG": "legislature",
    "PTY": "party", "OPP": "party", "MED": "press", "EDU": "expert",
}  # fmt: skip
_OF_STATES = frozenset({"name", "adjective", "people", "capital", "seat"})
_PRESS_TITLES = frozenset({"official", "journalist"})
_STUDIED = re.compile(
    r"\b[A-Z][\w-]+(?: [A-Z][\w-]+)? (?:studies|affairs|politics|history|policy|expert|specialist|analyst)\b",
    re.IGNORECASE,
)
_SENT_TO = re.compile(r"\s+to\s+.*$")
_LOCATED = re.compile(r"\b(?:of|in|from|to|for|at|near|with|on)\b", re.IGNORECASE)
_IN_OFFICE = frozenset({"leader", "executive", "legislature", "military"})
_ON_THEIR_OWN = frozenset({"military", "legislature", "party", "press", "other"})
_HELD = frozenset({"administration", "government", "regime", "cabinet"})
_FIELD_LEVELS = frozenset({"working", "envoy", "deputy"})
_FIELD_SECTORS = frozenset({"MIL", "SPY"})


@cache
def _state_media() -> Trie:
    return Trie((name, Reading(name, "organisation", state)) for name, state in read_table("state_media.tsv", 2))


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
    held = _office_of_person(name, published)
    if held in _IN_OFFICE:
        return SpeaksFor(office=held, state=state)
    return SpeaksFor(office=_described(descriptions, named, whole, state, published) or held or "other", state=state)


def _described(
    descriptions: Sequence[Description], named: list[str], whole: list[str], state: str | None, published: date | None
) -> Office | None:
    """The office that the words about a speaker give, if any."""
    for item in descriptions:
        office = _on_behalf(item, published)
        if office is not None:
            return office
    for text in _deciding(descriptions, named, whole):
        office = _office(text, state)
        if office is not None:
            return office
    return "expert" if any(item.studies for item in descriptions) else None


def _on_behalf(item: Description, published: date | None) -> Office | None:
    """The office of the body for which a spokesman, a member or a statement speaks; None for others."""
    role = (_titled(item) or "").lower()
    words = role.split()
    if role == "representative" and item.affiliation is None and item.role and item.role[:1].isupper():
        return "legislature"
    if not words or words[-1] not in word_list("on-behalf") or _FORMER.search(f"{role} "):
        return None
    own = _office(" ".join((item.role or "").split()[:-1]), None)
    if own in _ON_THEIR_OWN:
        return own
    if item.affiliation is None:
        return None
    behind = _office(item.affiliation, None) or _office_of_person(item.affiliation, published)
    if world().titles(words[-1]) and behind not in _ON_THEIR_OWN:
        return None
    return "executive" if behind == "leader" else behind


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
    """Where to look for the state: affiliations first; not whom somebody is sent to, nor what he studies."""
    texts = [*_affiliations(descriptions), *(_SENT_TO.sub("", item.text) for item in descriptions)]
    return [_STUDIED.sub("", text) for text in texts]


def is_medium(text: str) -> bool:
    """Whether words name state media or press."""
    return _media([text]) is not None or office_of_words(text) == "press" or "agency" in text.lower().split()


def _media(texts: Sequence[str]) -> SpeaksFor | None:
    for text in texts:
        found = _state_media().match(text)
        if found and {title.names[0].id for title in world().titles(text)} <= _PRESS_TITLES:
            return SpeaksFor(office="state media", state=found[0].names[0].country)
        if _STATE_MEDIA.search(text):
            return SpeaksFor(office="state media", state=_state(texts))
        if _NEWS_AGENCY.search(text) and (state := _state([text])) in _states_with_media():
            return SpeaksFor(office="state media", state=state)
    return None


@cache
def _states_with_media() -> frozenset[str]:
    """The states that have an outlet in ``state_media.tsv``."""
    return frozenset(state for _, state in read_table("state_media.tsv", 2))


def _office(text: str, state: str | None) -> Office | None:
    first = _first_title(text)
    if first is not None:
        if _FORMER.search(text[: first.end]) or first.names[0].id == "former":
            return _of_former(text)
        return _ranked(first.names[0].id, state)
    office = next((office for match in world().match(text) if (office := _of_match(match, text))), None)
    office = office or office_of_words(text)
    return "expert" if office in _IN_OFFICE and _FORMER.match(text) else office


def _first_title(text: str) -> Match | None:
    """The first title that is no part of a body's name: none in "Justice Department"."""
    names = [match for match in world().match(text) if match.names[0].way == "organisation"]
    inside = [(match.start, match.end) for match in names]
    return next(
        (title for title in world().titles(text) if not any(a <= title.start and title.end <= b for a, b in inside)),
        None,
    )


def _of_former(text: str) -> Office:
    """Who was an officer or a diplomat speaks as one who knows the matter."""
    title = next((item for item in world().titles(text) if item.names[0].id != "former"), None)
    known = world().offices[title.names[0].id] if title is not None else None
    in_field = known is not None and (known.sector in _FIELD_SECTORS or known.level in _FIELD_LEVELS)
    minister = known is not None and known.level in ("leader", "minister")
    return "expert" if in_field and not minister else "other"


def _ranked(office: str, state: str | None) -> Office:
    """The class of an office; a prime minister under a president is of the executive."""
    if office == "prime minister" and state in word_list("under-president"):
        return "executive"
    return world().offices[office].office


def _of_match(match: Match, text: str) -> Office | None:
    """A body speaks for itself; a state speaks when it is what the words name."""
    heads = match.end >= len(text.rstrip()) and not _LOCATED.search(text[: match.start])
    for name in match.names:
        if name.way == "organisation":
            if office_of_words(text[match.start : match.end]) == "executive":
                return "executive"
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
        held = next((words[place - 1] for place, word in enumerate(words) if place and word in _HELD), None)
        person = world().leader(held.removesuffix("'s").removesuffix("’s"), published) if held and published else None
        if person is not None:
            return person.country
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
    plain = (name or "").removeprefix("Mr. ").removeprefix("Mr ")
    person = world().leader(plain, published) if plain and published else None
    if person is None or published is None or (" " not in plain and plain == name):
        return None
    term = next((item for item in person.terms if holds(item, published)), None)
    if term is None:
        return None
    return _ranked(term.office, person.country) if term.office in world().offices else _office(term.office, None)
