"""From raw mentions to entities: who in one text is whom.

1. Full names first, over the whole text: known people by the world's spellings,
   others by given and family name.
2. Then, in order, a family name alone goes to the one person of that name last
   spoken of; failing that, to the leader of that name in office at the
   publication date, if his state is spoken of.
3. An office (``the South Korean president``) goes to the person whom the text or
   the world's tables put in that office.
4. Capitals go to their state where they act, and stay places where one goes there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from dragoman.read.findings import Entity, EntityKind, PartyKind, Span
from dragoman.read.identity._bodies import bodies_by_title, short_forms
from dragoman.read.identity._lexicon import given_names, words
from dragoman.read.identity._surface import Raw, Surface, TitleSpan, looks_east_asian
from dragoman.read.identity.metonymy import reading_of_token
from dragoman.read.world import Person, World, plain_letters, slug

if TYPE_CHECKING:
    from dragoman.read.parsed import Paragraph, Parsed

LEADS = ("supreme leader", "president", "chancellor", "prime minister", "leader", "monarch")
_PRIVATE = frozenset({"expert", "journalist", "citizen", "activist", "business", "judge", "police chief", "cleric"})
_NEAR = 120
_BESIDE = 40
_BRIDGE = re.compile(
    r"(?:['’]s?|,)?(?:[ ](?!(?:and|or|in|to|with|for|by|from|that|said|told|but)\b)[\w'’.-]+){0,6},?[ ]?$"
)
_ENDED = re.compile(r"[a-z]{3}\. [A-Z]")
_STUDIED = re.compile(
    r" (?:studies|affairs|issues|politics|history|relations|security|policy|nuclear|weapons?|economy|law|desk)\b",
    re.IGNORECASE,
)
_RULES_AFTER = re.compile(
    r"(?:['’]s? (?:regime|rule|reign|government|administration)\b| (?:came|rose|acceded) to power\b"
    r"| (?:took|seized|assumed|inherited|consolidated) power\b| took office\b)"
)
_RULES_BEFORE = re.compile(r"\bunder (?:(?:Mr|Mrs|Ms|President|Chairman)\.? )?$")
_OWNS = re.compile(r"['’]?s?(?: (?:current|new|own|young|reclusive|autocratic))? ")
_APPOSED = re.compile(r",[ ](?:the|a|an|who|[A-Z]\w+)?[^,.;:“”\"()]{0,90}")
_KOREAS = re.compile(
    r"\b(?:[Tt]he |[Bb]etween |and (?:the )?)(North|South)\b(?! [A-Z])"
    r"|\b(North|South)(?= and (?:the )?(?:North|South)\b)"
)


@dataclass(slots=True, kw_only=True)
class Cluster:
    """One entity while it is being gathered."""

    id: str
    name: str
    kind: EntityKind
    country: str | None
    family: str | None = None
    sex: str | None = None
    offices: list[str] = field(default_factory=list)
    role: str | None = None
    mentions: list[Span] = field(default_factory=list)
    last: int = -1
    party_kind: PartyKind | None = None
    short: str | None = None

    def entity(self) -> Entity:
        """The finished entity."""
        return Entity(
            id=self.id, name=self.name, kind=self.kind, country=self.country, role=self.role,
            mentions=tuple(sorted(set(self.mentions))),
        )  # fmt: skip


class Gathering:
    """The clusters of one text."""

    def __init__(self, parsed: Parsed, world: World, own: Mapping[str, str] | None = None) -> None:
        """``own`` gives names of bodies that no table knows, with the id of each."""
        self.parsed = parsed
        self.own = own or {}
        self.world = world
        self.when: date | None = parsed.published
        self.surfaces = [(paragraph, Surface(paragraph.doc, world)) for paragraph in parsed.paragraphs]
        self.clusters: dict[str, Cluster] = {}
        self.placed: dict[int, Cluster] = {}
        self.bodies: dict[str, PartyKind] = {}
        self.short: dict[str, str] = {}
        self.countries = Counter(
            raw.country for _, surface in self.surfaces for raw in surface.raws if raw.country is not None
        )

    def entities(self) -> list[Entity]:
        """Every entity, in order of first mention."""
        self._name_again()
        for paragraph, surface in self.surfaces:
            for raw in surface.raws:
                if raw.kind == "person":
                    self._meet(paragraph, surface, raw, counted=False)
        for paragraph, surface in self.surfaces:
            for raw in surface.raws:
                self._place(paragraph, surface, raw)
            for title in surface.titles:
                self._office(paragraph, surface, title)
            self._koreas(paragraph, surface)
        found = [cluster.entity() for cluster in self.clusters.values() if cluster.mentions]
        return sorted(_disjoint(found), key=lambda entity: entity.mentions[0])

    def _name_again(self) -> None:
        """What the article as a whole says of unknown names.

        One of two words or more is a person's if the article goes on with its last word alone; one before the title of
        its head is a body's everywhere; short forms are their full names.
        """
        every = [surface for _, surface in self.surfaces]
        self.bodies = bodies_by_title(every, self.world)
        self.short = short_forms(every)
        alone = {
            raw.text for _, surface in self.surfaces for raw in surface.raws
            if raw.kind == "surname" and surface.acts_alone(raw)
        }  # fmt: skip
        for _, surface in self.surfaces:
            surface.raws = tuple(self._known_here(surface, raw, alone) for raw in surface.raws)
            surface.add(self._own_names(surface.text))

    def _own_names(self, text: str) -> list[Raw]:
        """The names of the analyst's parties as they stand in a paragraph; those of persons are found without."""
        people = {raw.text for _, surface in self.surfaces for raw in surface.raws if raw.kind == "person"}
        last = {name.split()[-1] for name in (*people, *self.own) if " " in name}
        return [
            Raw(start=found.start(), end=found.end(), text=found.group(), kind="organisation", key=key)
            for name, key in self.own.items() if name not in last and (slug(name) == key or not _is_full_name(name))
            for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        ]  # fmt: skip

    def _known_here(self, surface: Surface, raw: Raw, alone: set[str]) -> Raw:
        full = self.short.get(raw.text, raw.text)
        if raw.kind == "unknown" and raw.text in self.own and slug(raw.text) != self.own[raw.text]:
            return surface.as_person(raw)
        if raw.kind in {"surname", "unknown"} and (full in self.bodies or full in self.short.values()):
            known = self.world.lookup(full + "s") or self.world.lookup(full + " Party")
            if self.bodies.get(full) == "party" and known and known[0].way == "organisation":
                return replace(raw, kind="organisation", key=known[0].id, country=known[0].country)
            return replace(raw, kind="organisation")
        return surface.as_person(raw) if raw.kind == "unknown" and raw.text.split()[-1] in alone else raw

    def _place(self, paragraph: Paragraph, surface: Surface, raw: Raw) -> None:
        if raw.kind == "person":
            self._meet(paragraph, surface, raw, counted=True)
        elif raw.kind == "surname":
            self._surname(paragraph, surface, raw)
        elif raw.kind in {"state", "seat"} and raw.key is not None:
            self._mention(self._state(raw.key), paragraph, raw)
        elif raw.kind == "capital":
            self._capital(paragraph, surface, raw)
        elif raw.kind == "organisation" and raw.text in words("shared organisation"):
            self._thing(paragraph, self._owned(paragraph, surface, raw))
        elif raw.kind in {"organisation", "place"}:
            self._thing(paragraph, raw)

    def _mention(self, cluster: Cluster, paragraph: Paragraph, raw: Raw) -> None:
        span = (paragraph.start + raw.start, paragraph.start + raw.end)
        cluster.mentions.append(span)
        cluster.last = span[0]
        self.placed[span[0]] = cluster

    def _state(self, code: str) -> Cluster:
        return self.clusters.setdefault(
            code, Cluster(id=code, name=self.world.states[code].name, kind="state", country=self.world.today(code))
        )

    def _capital(self, paragraph: Paragraph, surface: Surface, raw: Raw) -> None:
        token = surface.token_at(raw.end - 1)
        if token is not None and raw.country is not None and reading_of_token(token) != "literal":
            self._mention(self._state(raw.country), paragraph, raw)
        else:
            self._thing(paragraph, raw)

    def _owned(self, paragraph: Paragraph, surface: Surface, raw: Raw) -> Raw:
        """A body of a name that several states have, as that of the state spoken of: "his Supreme Court"."""
        known = self.world.organisations.get(raw.key or "")
        states = {item.country for item in surface.raws if item.country and item is not raw}
        if known is None or known.country in states:
            return raw
        owner = self._last_person(paragraph.start + raw.start)
        near = owner is not None and owner.last >= paragraph.start
        country = owner.country if owner is not None and near else None
        return raw if country == known.country else replace(raw, key=None, country=country)

    def _thing(self, paragraph: Paragraph, raw: Raw) -> None:
        full = self.short.get(raw.text, raw.text)
        key = raw.key or slug(full) or "unnamed"
        if raw.key is None and raw.country:
            key = f"{key}.{raw.country}"
        if raw.kind == "organisation":
            known = self.world.organisations.get(key)
            kind: EntityKind = "organisation"
            name, country = (known.name, known.country) if known else (full, raw.country)
        else:
            place = self.world.places.get(key)
            kind, name, country = "place", place.name if place else raw.text, raw.country
        if key in self.clusters and self.clusters[key].kind != kind:
            key = f"{kind}:{key}"
        cluster = self.clusters.setdefault(key, Cluster(id=key, name=name, kind=kind, country=country))
        if kind == "organisation":
            cluster.party_kind = self.bodies.get(name)
            cluster.short = cluster.short or next((short for short, long in self.short.items() if long == name), None)
        self._mention(cluster, paragraph, raw)

    def _meet(self, paragraph: Paragraph, surface: Surface, raw: Raw, *, counted: bool) -> None:
        country, role, office = _introduced(surface, raw)
        cluster = self._person(raw, country, office)
        if cluster.country is None:
            cluster.country = country
        cluster.sex = cluster.sex or raw.sex
        if role and (cluster.role is None or len(role) > len(cluster.role)):
            cluster.role = role
        if office and office not in cluster.offices:
            cluster.offices.append(office)
        if counted:
            self._mention(cluster, paragraph, raw)

    def _person(self, raw: Raw, country: str | None, office: str | None) -> Cluster:
        known = self.world.people.get(raw.key or "")
        if known is not None and not (office in _PRIVATE and office != "expert" and known.terms):
            return self._known(known)
        if holder := self._holder_cut_short(raw, country, office):
            return self._known(holder)
        key = person_key(raw.text)
        if key in self.clusters and self.clusters[key].kind != "person":
            key = f"person:{key}"
        return self.clusters.setdefault(
            key, Cluster(id=key, name=raw.text, kind="person", country=country, family=family_of(raw.text), sex=raw.sex)
        )

    def _holder_cut_short(self, raw: Raw, country: str | None, office: str | None) -> Person | None:
        """The holder of an office whose name the text cuts short: "South Korea's President Moon Jae"."""
        if country is None or office not in words("single") or self.when is None:
            return None
        holder = self.world.office_holder(country, office, self.when)
        cut = plain_letters(raw.text).lower()
        return (
            holder
            if holder and " " in cut and plain_letters(holder.name).lower().startswith((cut, cut + "-"))
            else None
        )

    def _known(self, person: Person) -> Cluster:
        cluster = self.clusters.get(person.id)
        if cluster is None:
            cluster = Cluster(
                id=person.id, name=person.name, kind="person", country=person.country, family=person.family,
                sex=person.sex, offices=self._offices_then(person),
            )  # fmt: skip
            self.clusters[person.id] = cluster
        return cluster

    def _offices_then(self, person: Person) -> list[str]:
        if self.when is None:
            return []
        return [
            term.office for term in person.terms
            if (term.start is None or term.start <= self.when) and (term.end is None or self.when < term.end)
        ]  # fmt: skip

    def _surname(self, paragraph: Paragraph, surface: Surface, raw: Raw) -> None:
        cluster = (
            self._knighted(raw)
            or (self._ruler(raw) if _is_ruling(surface, raw) else None)
            or self._bearer(raw, paragraph.start + raw.start)
            or self._leader_called(raw)
            or self._only_bearer(surface, raw)
            or self._beside_leader(raw, paragraph.start + raw.start)
        )
        if cluster is not None:
            self._mention(cluster, paragraph, raw)
        elif raw.title or raw.honorific:
            self._meet(paragraph, surface, raw, counted=True)

    def _knighted(self, raw: Raw) -> Cluster | None:
        """``Sir Edward`` and ``King Felix``: the person of that given name who was named with his family name."""
        if (raw.honorific or raw.title or "").lower() not in words("knighted") | words("single"):
            return None
        named = [
            cluster for cluster in self.clusters.values()
            if cluster.kind == "person" and " " in cluster.name and cluster.name.split()[0] == raw.text
        ]  # fmt: skip
        return named[0] if len(named) == 1 else None

    def _ruler(self, raw: Raw) -> Cluster | None:
        """The one leader in office of a family name, of whom "Kim's regime" and "since Kim came to power" speak."""
        named = [
            cluster for cluster in self.clusters.values()
            if cluster.kind == "person" and cluster.family == raw.text and set(cluster.offices) & set(LEADS)
            and cluster.id in self.world.people
        ]  # fmt: skip
        return named[0] if len(named) == 1 else self._leader_called(raw)

    def _bearer(self, raw: Raw, place: int) -> Cluster | None:
        """The person of this family name last spoken of; failing that, the next to be named, but not for "Mr. X"."""
        bearers = [
            cluster for cluster in self.clusters.values()
            if cluster.kind == "person" and cluster.family is not None
            and plain_letters(cluster.family) == plain_letters(raw.text)
            and (raw.sex is None or cluster.sex is None or raw.sex == cluster.sex)
        ]  # fmt: skip
        if raw.title and len(bearers) > 1:
            bearers = [cluster for cluster in bearers if raw.title in cluster.offices] or bearers
        spoken = [cluster for cluster in bearers if 0 <= cluster.last < place]
        if len(spoken) > 1 and raw.sex != "f":
            chiefs = [cluster for cluster in spoken if set(cluster.offices) & set(LEADS)]
            nearest = max(spoken, key=lambda cluster: cluster.last)
            if len(chiefs) == 1 and place - nearest.last > _NEAR:
                return chiefs[0]
        if spoken:
            return max(spoken, key=lambda cluster: cluster.last)
        return bearers[0] if bearers and not raw.honorific else None

    def _leader_called(self, raw: Raw) -> Cluster | None:
        people = [
            person for person in self.world.families.get(raw.text, ())
            if self.when is not None and raw.title in {None, "leader", *self._offices_then(person)}
            and set(self._offices_then(person)) & {*LEADS, "foreign minister", "vice president"}
        ]  # fmt: skip
        chief = [person for person in people if set(self._offices_then(person)) & set(LEADS)] or people
        spoken = [person for person in chief if self.countries[person.country]] or (chief if raw.title else [])
        return self._known(spoken[0]) if len(spoken) == 1 else None

    def _only_bearer(self, surface: Surface, raw: Raw) -> Cluster | None:
        """The one leader in the tables with a family name that few bear: who a bare "Merkel" is.

        With a day of publication the leader must be in office then.  Of several, the one whose state
        the text names.  Common family names say nothing.
        """
        led = [
            person for person in self.world.families.get(raw.text, ())
            if {term.office for term in person.terms} & set(LEADS)
            and (self.when is None or set(self._offices_then(person)) & set(LEADS))
        ]  # fmt: skip
        if len(led) > 1:
            led = [person for person in led if self.countries[person.country]]
        token = surface.token_at(raw.end - 1)
        unsure = bool(raw.honorific or raw.title) and not any(self.countries[person.country] for person in led)
        if len(led) != 1 or raw.text in words("common family") or unsure:
            return None
        return self._known(led[0]) if token is not None and token.pos_ == "PROPN" else None

    def _beside_leader(self, raw: Raw, place: int) -> Cluster | None:
        """The one leader of a family name in office, where another leader was named just before: "Trump and Kim"."""
        beside = any(
            0 <= place - cluster.last <= _BESIDE
            and set(cluster.offices) & set(LEADS)
            and cluster.id in self.world.people
            for cluster in self.clusters.values()
        )
        led = [
            person for person in self.world.families.get(raw.text, ()) if set(self._offices_then(person)) & set(LEADS)
        ]  # fmt: skip
        return self._known(led[0]) if beside and len(led) == 1 else None

    def _office(self, paragraph: Paragraph, surface: Surface, title: TitleSpan) -> None:
        said = surface.text[title.start : title.end].lower()
        if title.office not in words("single") or said.endswith(("s", "elect")):
            return
        last = surface.token_at(title.end - 1)
        if last is None or last.pos_ not in {"NOUN", "PROPN"}:
            return
        if any(raw.start <= title.start < raw.end or 0 <= raw.start - title.end <= 2 for raw in surface.raws):
            return
        holder = self._holder(surface, title, paragraph.start + title.start)
        if holder is not None:
            holder.mentions.append((paragraph.start + title.start, paragraph.start + title.end))
            holder.last = paragraph.start + title.start

    def _holder(self, surface: Surface, title: TitleSpan, place: int) -> Cluster | None:
        before = surface.text[max(title.start - 40, 0) : title.start]
        state = next(
            (raw for raw in reversed(surface.raws)
             if raw.kind in {"state", "capital"} and raw.end <= title.start
             and _OWNS.fullmatch(surface.text[raw.end : title.start])),
            None,
        )  # fmt: skip
        if re.search(
            r"\b(?:former|ex-|late|next|future|then|vice|deputy|an?|any|no|every|each|as|first|last|previous) ?$",
            before,
        ):
            return None
        if state is not None and not re.search(r"\b(?:former|late|ex-?|a|an)[ -]?$", surface.text[: state.start]):
            return self._in_office(state.country, title.office)
        if re.search(r"\b(?:his|her|[Hh]is own|[Hh]er own) $", before):
            owner = self._last_person(place)
            return self._in_office(owner.country, title.office) if owner is not None else None
        of_another = surface.text.startswith(" of ", title.end)
        if not of_another and re.search(r"\b(?:[Tt]he)(?: (?:young|reclusive|new|current))? $", before):
            return self._last_in(title.office, place)
        return None

    def _in_office(self, country: str | None, office: str) -> Cluster | None:
        if country is None:
            return None
        wanted = _leading(country) if office == "leader" else (office,)
        for item in wanted:
            for cluster in self.clusters.values():
                if cluster.kind == "person" and cluster.country == country and item in cluster.offices:
                    return cluster
            if self.when is not None and (person := self.world.office_holder(country, item, self.when)):
                return self._known(person)
        return None

    def _last_in(self, office: str, place: int) -> Cluster | None:
        wanted = set(LEADS) if office == "leader" else {office}
        spoken = [
            cluster for cluster in self.clusters.values()
            if cluster.kind == "person" and 0 <= cluster.last < place and wanted & set(cluster.offices)
        ]  # fmt: skip
        return max(spoken, key=lambda cluster: cluster.last) if spoken else None

    def _last_person(self, place: int) -> Cluster | None:
        spoken = [item for item in self.clusters.values() if item.kind == "person" and 0 <= item.last < place]
        return max(spoken, key=lambda item: item.last) if spoken else None

    def _koreas(self, paragraph: Paragraph, surface: Surface) -> None:
        if not (self.countries["PRK"] or self.countries["KOR"]):
            return
        for found in _KOREAS.finditer(surface.text):
            group = 1 if found[1] else 2
            code = "PRK" if found[group] == "North" else "KOR"
            self._state(code).mentions.append(
                (paragraph.start + found.start(group), paragraph.start + found.end(group))
            )


def _is_full_name(name: str) -> bool:
    """Whether a name may be a person's: two to four words with capitals, none of them a body's."""
    parts = name.split()
    bodies = words("organisation") | words("neither")
    return 1 < len(parts) < 5 and all(part[:1].isupper() for part in parts) and not set(parts) & bodies


def family_of(name: str) -> str:
    """The family name of a full name: the first word of East Asian names, else the last, particles with it."""
    parts = [word for word in name.split() if word not in {"Jr", "Jr.", "Sr", "Sr.", "II", "III"}] or name.split()
    if looks_east_asian(parts) and parts[0] not in given_names():
        return parts[0]
    return parts[-1]


def person_key(name: str) -> str:
    """One key for a name with and without initials and middle names."""
    parts = [word for word in name.split() if not re.fullmatch(r"(?:[A-Z]\.)+|Jr\.?|Sr\.?", word)] or name.split()
    if len(parts) == 3 and "-" not in name and family_of(name) == parts[-1]:
        parts = [parts[0], parts[-1]] if parts[1] not in {"al", "bin", "van", "von", "de"} else parts
    return slug(" ".join(parts)) or "unnamed"


def _leading(country: str) -> tuple[str, ...]:
    if country in words("parliamentary"):
        return ("chancellor", "prime minister", "president", "leader")
    return LEADS


def _introduced(surface: Surface, raw: Raw) -> tuple[str | None, str | None, str | None]:
    """Country, role in the text's words, and office that the words around a full name give it."""
    office, role = raw.title, None
    title = next((item for item in surface.titles if item.end <= raw.start and raw.start - item.end <= 2), None)
    if title is not None:
        office, role = title.office, surface.text[title.start : title.end]
    country = _country_before(surface, raw)
    after = _APPOSED.match(surface.text, raw.end)
    if after is not None:
        inside = [
            item
            for item in surface.titles
            if after.start() < item.start < after.end() and not _of_another(surface, item)
        ]
        if inside and office is None:
            office, role = inside[0].office, surface.text[inside[0].start : inside[0].end]
        if inside and country is None:
            country = next(
                (
                    item.country
                    for item in surface.raws
                    if after.start() < item.start < after.end() and item.country and not _is_topic(surface, item)
                ),
                None,
            )
    return country, role, office


def _is_ruling(surface: Surface, raw: Raw) -> bool:
    """Whether the words about a name are said of one who rules."""
    start = raw.start if raw.honorific is None else surface.text.rfind(raw.honorific, 0, raw.start)
    return bool(_RULES_AFTER.match(surface.text, raw.end) or _RULES_BEFORE.search(surface.text[:start]))


def _of_another(surface: Surface, title: TitleSpan) -> bool:
    """Whether a title in an apposition is another person's: "the president's adviser", "President Obama's adviser"."""
    if surface.text[title.end : title.end + 2] in {"'s", "’s"}:
        return True
    return any(raw.kind in {"person", "surname"} and 0 < raw.start - title.end <= 2 for raw in surface.raws)


def _is_topic(surface: Surface, raw: Raw) -> bool:
    """Whether a state is what someone studies, not where he is from: "a professor of North Korean studies"."""
    return _STUDIED.match(surface.text, raw.end) is not None


def _country_before(surface: Surface, raw: Raw) -> str | None:
    for item in reversed(surface.raws):
        if item.end > raw.start or item.kind not in {"state", "seat", "organisation", "capital"}:
            continue
        between = surface.text[item.end : raw.start]
        if (
            _BRIDGE.fullmatch(between)
            and not _ENDED.search(between)
            and any(item.end <= title.start and title.end <= raw.start for title in surface.titles)
        ):
            return item.country
        return None
    return None


def _disjoint(entities: list[Entity]) -> Iterator[Entity]:
    """Entities whose mentions overlap no earlier, longer mention."""
    taken: list[Span] = []
    pairs = sorted(
        ((span, place) for place, entity in enumerate(entities) for span in entity.mentions),
        key=lambda pair: (pair[0][0], -pair[0][1]),
    )
    kept: dict[int, list[Span]] = {}
    for span, place in pairs:
        if not taken or span[0] >= taken[-1][1]:
            taken.append(span)
            kept.setdefault(place, []).append(span)
    for place, entity in enumerate(entities):
        if place in kept:
            yield Entity(
                id=entity.id, name=entity.name, kind=entity.kind, country=entity.country, role=entity.role,
                mentions=tuple(kept[place]),
            )  # fmt: skip
