"""From the tables to one frozen :class:`World`, with the spellings that rules can make."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from dragoman.errors import ReadError, UnknownNameError
from dragoman.read.world._tables import (
    OfficeTitle,
    Organisation,
    Person,
    Place,
    State,
    Term,
    day,
    listed,
    rows,
)
from dragoman.read.world._trie import Match, Name, Trie

_FAMILY_FIRST = frozenset({"CHN", "PRK", "KOR", "TWN", "VNM"})
_Row = TypeVar("_Row", Organisation, Person)
_TERM = re.compile(r"(?P<office>.+?)(?: (?P<start>\d{4}[\d-]*))?(?:\.\.(?P<end>\d{4}[\d-]*)?)?$")


def slug(name: str) -> str:
    """``name`` as an identifier: ``Kim Jong-un`` is ``kim-jong-un``."""
    return re.sub(r"[^a-z0-9]+", "-", plain_letters(name).lower()).strip("-")


def plain_letters(name: str) -> str:
    """``name`` without diacritics."""
    return "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))


@dataclass(frozen=True, kw_only=True)
class World:
    """What the reader knows of the world; made once by :func:`world`."""

    states: Mapping[str, State]
    organisations: Mapping[str, Organisation]
    places: Mapping[str, Place]
    offices: Mapping[str, OfficeTitle]
    people: Mapping[str, Person]

    @cached_property
    def trie(self) -> Trie:
        """All names but office titles."""
        return Trie(
            (text, name)
            for entries in (_of_states, _of_places, _of_organisations, _of_people)
            for text, name in entries(self)
        )

    @cached_property
    def title_trie(self) -> Trie:
        """Office titles, in lower case."""
        return Trie((word, Name(item.id, "office", None)) for item in self.offices.values() for word in item.words)

    @cached_property
    def families(self) -> Mapping[str, tuple[Person, ...]]:
        """People by family name."""
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.people.values():
            for family in _families(person):
                found[family].append(person)
        return {family: tuple(people) for family, people in found.items()}

    @cached_property
    def _holders(self) -> Mapping[tuple[str, str], tuple[tuple[Term, Person], ...]]:
        found: dict[tuple[str, str], list[tuple[Term, Person]]] = defaultdict(list)
        for person in self.people.values():
            for term in person.terms:
                found[term.country, term.office].append((term, person))
        return {key: tuple(pairs) for key, pairs in found.items()}

    def match(self, text: str) -> list[Match]:
        """Every name in ``text`` (longest first, no overlaps), with its readings."""
        return self.trie.match(text)

    def lookup(self, text: str) -> tuple[Name, ...]:
        """The readings of exactly ``text``."""
        return self.trie.lookup(text)

    def titles(self, text: str) -> list[Match]:
        """Every office title in ``text``, whatever its case."""
        return self.title_trie.match(text.lower())

    def state(self, code: str) -> State:
        """The state of an alpha-3 code.

        Raises:
            UnknownNameError: no state has the code.
        """
        if code not in self.states:
            raise UnknownNameError("state", code, sorted(self.states))
        return self.states[code]

    def office_holder(self, country: str, office: str, when: date) -> Person | None:
        """Who held ``office`` (an id of ``offices.psv``) in ``country`` on a day, if the tables know."""
        for term, person in self._holders.get((country, office), ()):
            if holds(term, when):
                return person
        return None

    def leader(self, name: str, when: date | None = None) -> Person | None:
        """The one person of public life called ``name``; with ``when``, the one in office then.

        None where nobody is, or more than one: a bare family name alone decides nothing.
        """
        ids = {item.id for item in self.lookup(name) if item.way == "person"}
        people = [self.people[key] for key in ids] or list(self.families.get(name, ()))
        if when is not None and len(people) > 1:
            people = [person for person in people if any(holds(term, when) for term in person.terms)]
        return people[0] if len(people) == 1 else None

    def today(self, country: str) -> str:
        """The code that answers for ``country`` today: ``RUS`` for ``SUN``; any other as it is."""
        item = self.states.get(country)
        return item.successor if item and item.successor else country


def _families(person: Person) -> Iterator[str]:
    """The family name in every spelling of the name that begins or ends with a like one: Zelensky, Zelenskyy."""
    found = dict.fromkeys((person.family, plain_letters(person.family)))
    for name in person.names:
        for word in (name.split()[0], name.split()[-1]):
            if " " in name and word[:4] == person.family[:4] and len(person.family) > 4:
                found[word] = None
    yield from found


def holds(term: Term, when: date) -> bool:
    """Whether ``when`` lies in the term, its last day left out."""
    return (term.start is None or term.start <= when) and (term.end is None or when < term.end)


def build() -> World:
    """Read every table.

    Raises:
        ReadError: a row is malformed or two rows have one id; names file and line.
    """
    states = {item.code: item for item in (*_states(), *_historical())}
    return World(
        states=states,
        organisations=_by_id(_organisations(), "organisations.psv"),
        places={item.id: item for item in _places()},
        offices={
            key: OfficeTitle(id=key, words=listed(words), office=office, level=level, sector=sector)  # type: ignore[arg-type]
            for key, words, office, level, sector in rows("offices.psv", 5)
        },
        people=_by_id(_people(), "people.psv"),
    )


def _by_id(items: Iterator[_Row], table: str) -> dict[str, _Row]:
    found: dict[str, _Row] = {}
    for item in items:
        if item.id in found:
            raise ReadError(f"world/{table}", f"two rows for {item.id!r}", "one")
        found[item.id] = item
    return found


def _states() -> Iterator[State]:
    for code, name, names, adjectives, people, capitals, seats in rows("states.psv", 7):
        words = listed(adjectives)
        yield State(
            code=code, name=name, names=(name, *listed(names)), adjectives=words,
            people=listed(people) or tuple(form for word in words for form in (word, word + "s")),
            capitals=listed(capitals), seats=listed(seats),
        )  # fmt: skip


def _historical() -> Iterator[State]:
    for code, name, names, adjectives, people, successor, until in rows("historical.psv", 7):
        yield State(
            code=code, name=name, names=(name, *listed(names)), adjectives=listed(adjectives), people=listed(people),
            capitals=(), seats=(), successor=successor, until=day(until),
        )  # fmt: skip


def _organisations() -> Iterator[Organisation]:
    for key, name, names, sector, country in rows("organisations.psv", 5):
        yield Organisation(id=key, name=name, names=(name, *listed(names)), sector=sector, country=country)


def _places() -> Iterator[Place]:
    for country, kind, names in rows("places.psv", 3):
        for item in listed(names):
            name, _, variants = item.partition("=")
            yield Place(
                id=slug(name), name=name, names=(name, *filter(None, variants.split("/"))), kind=kind,
                country=None if country == "XXX" else country,
            )  # fmt: skip


def _people() -> Iterator[Person]:
    for country, name, names, family, sex, terms in rows("people.psv", 6):
        default = name.split()[0 if country in _FAMILY_FIRST else -1]
        spelled = (name, *listed(names))
        yield Person(
            id=slug(name), name=name, country=country, family=family or default, sex=sex or None,
            names=tuple(dict.fromkeys(form for item in spelled for form in _spellings(item, country))),
            terms=tuple(_term(item, country, name) for item in listed(terms)),
        )  # fmt: skip


def _term(cell: str, country: str, name: str) -> Term:
    found = _TERM.fullmatch(cell)
    if found is None or not found["office"]:
        raise ReadError(f"world/people.psv: {name}", cell, "OFFICE FROM..TO")
    office, _, body = found["office"].partition("@")
    return Term(
        person=slug(name), country="IGO" if body else country, office=office, body=body or None,
        start=day(found["start"] or ""), end=day(found["end"] or ""),
    )  # fmt: skip


def _spellings(name: str, country: str) -> Iterator[str]:
    """``name`` as it may be printed: without diacritics; Korean given names hyphened, parted and joined."""
    yield name
    if (bare := plain_letters(name)) != name:
        yield bare
    words = name.split()
    if country in {"PRK", "KOR"} and len(words) == 2 and "-" in words[1]:
        family, (first, second) = words[0], words[1].split("-", 1)
        for given in (f"{first}-{second.title()}", f"{first} {second.title()}", f"{first}{second.lower()}"):
            yield f"{family} {given}"
        if country == "KOR":
            yield f"{words[1]} {family}"
    elif country == "JPN" and len(words) == 2:
        yield f"{words[1]} {words[0]}"


def _of_states(world: World) -> Iterator[tuple[str, Name]]:
    for code, state in world.states.items():
        yield from ((text, Name(code, "name", code)) for text in state.names)
        yield from ((text, Name(code, "adjective", code)) for text in state.adjectives)
        yield from ((text, Name(code, "people", code)) for text in state.people)
        yield from ((text, Name(slug(text), "capital", code)) for text in state.capitals)
        yield from ((text, Name(code, "seat", code)) for text in state.seats)


def _of_places(world: World) -> Iterator[tuple[str, Name]]:
    for key, place in world.places.items():
        yield from ((text, Name(key, "place", place.country)) for text in place.names)


def _of_organisations(world: World) -> Iterator[tuple[str, Name]]:
    for key, item in world.organisations.items():
        yield from ((text, Name(key, "organisation", item.country)) for text in item.names)


def _of_people(world: World) -> Iterator[tuple[str, Name]]:
    for key, person in world.people.items():
        yield from ((text, Name(key, "person", person.country)) for text in person.names)
