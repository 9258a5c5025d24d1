"""From candidates to contacts: what one article tells of one contact is joined.

1. A candidate with two parties is the contact told before if the parties of one are those of the other or more,
   persons named of one party agree, and status, day, means, place and count allow it; else it is a new one.
2. A candidate with fewer ("the call", "during the meeting", "they met") speaks of the last contact that it fits, or of
   none: then it is dropped.
3. A visit is part of the contact that its visitor has there, and the days of a journey are those of its contacts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dragoman.read.contacts._candidate import Candidate, united
from dragoman.read.contacts._journeys import Journey, journeys
from dragoman.read.contacts._level import level_of
from dragoman.read.findings import Meeting, Participant
from dragoman.read.world import world

if TYPE_CHECKING:
    from dragoman.read.contacts._article import Article
    from dragoman.read.findings import DateFinding, Entity, Mode, Span, Status

COUNTED = 0.5
_FARTHEST = 1200
_NEAR = 500
_AHEAD = frozenset({"planned", "possible"})
_VAGUE = frozenset({"talks", "discuss", "tell", "gather", "confront", "join", "brief"})


@dataclass(kw_only=True)
class Contact:
    """One contact as gathered so far."""

    article: Article
    told: list[Candidate]
    people: tuple[Entity, ...]
    status: Status
    mode: Mode
    day: DateFinding | None
    place: str | None
    count: int
    evidence: list[Span] = field(default_factory=list)

    @property
    def parties(self) -> frozenset[str]:
        """The parties in contact."""
        return self.article.parties(self.people)


def joined(article: Article, found: Iterable[Candidate]) -> list[Meeting]:
    """The contacts of an article, in order of first mention."""
    contacts: list[Contact] = []
    for candidate in found:
        options = [contact for contact in reversed(contacts) if _fits(contact, candidate)]
        if options:
            _add(max(options, key=lambda contact: _nearness(contact, candidate)), candidate)
        elif candidate.complete:
            contacts.append(_new(article, candidate))
        elif candidate.further and candidate.status in _AHEAD and not candidate.sides and contacts:
            _tell_next(contacts, candidate)
    for journey in journeys(article):
        for contact in contacts:
            _date_by(contact, journey)
    return [_meeting(contact) for contact in contacts]


def _tell_next(contacts: list[Contact], candidate: Candidate) -> None:
    """``another round will take place``: the further contact told before, or a new one of the last sides."""
    last = contacts[-1]
    if last.told[0].further and last.status in _AHEAD and not last.told[0].predicate.frame.verbal:
        _add(last, candidate)
    else:
        contacts.append(_next(last, candidate))


def _date_by(contact: Contact, journey: Journey) -> None:
    """Give an undated contact the days of the journey on which it was."""
    place = _state(contact.place) if contact.place is not None else None
    there = place in journey.states if place is not None else bool(contact.parties & journey.states)
    took_part = any(entity.id in journey.travellers for entity in contact.people)
    if contact.day is None and contact.status == "held" and there and took_part and contact.told[0].at > journey.at:
        contact.day = journey.day


def _new(article: Article, candidate: Candidate) -> Contact:
    return Contact(
        article=article, told=[candidate], people=candidate.sides, status=candidate.status, mode=candidate.mode,
        day=candidate.day, place=candidate.place, count=candidate.count, evidence=[candidate.predicate.span],
    )  # fmt: skip


def _nearness(contact: Contact, candidate: Candidate) -> int:
    """How much besides the sides a mention shares with a contact: its place, its day, its status."""
    place = candidate.place is not None and candidate.place == contact.place
    day = candidate.day is not None and contact.day is not None
    return 2 * place + 2 * day + (candidate.status == contact.status)


def _next(contact: Contact, candidate: Candidate) -> Contact:
    """A further contact of the same sides: ``another round will take place``."""
    people = contact.people
    return _new(contact.article, replace(candidate, sides=people, parties=contact.parties))


def _fits(contact: Contact, candidate: Candidate) -> bool:
    """Whether a candidate may speak of a contact."""
    if candidate.complete:
        same = _same_parties(contact, candidate) and _same_persons(contact, candidate) and _same_way(contact, candidate)
    else:
        same = _is_mention(contact, candidate)
    return (
        same and _same_status(contact, candidate) and _same_day(contact.day, candidate.day)
        and _same_mode(contact, candidate) and _same_place(contact, candidate)
        and not (candidate.further and candidate.complete and not contact.told[0].further)
        and (candidate.count == contact.count or 1 in {candidate.count, contact.count})
    )  # fmt: skip


def _same_way(contact: Contact, candidate: Candidate) -> bool:
    """Whether a visit may be part of a contact: who travelled took part, and no visit goes the other way."""
    ways = [one.travelled for one in contact.told if one.travelled]
    if bool(ways) != bool(candidate.travelled):
        return candidate.at - contact.evidence[-1][1] < _NEAR
    if not ways:
        return True
    parties = [contact.article.parties(one.sides[:1]) for one in contact.told if one.travelled]
    return contact.article.parties(candidate.sides[:1]) in parties


def _is_mention(contact: Contact, candidate: Candidate) -> bool:
    """Whether a candidate that lacks a side may speak of a contact: near enough, and of nobody and nowhere else."""
    together = candidate.predicate.span == contact.evidence[-1]
    if not (candidate.definite or together) or candidate.at - contact.evidence[-1][1] > _FARTHEST:
        return False
    if candidate.place is not None and contact.place is not None and not _same_place_names(contact, candidate):
        return False
    if candidate.how == "visit" and contact.told[0].how != "visit":
        return False
    return candidate.parties <= contact.parties and _names_nobody_else(contact, candidate)


def _same_place_names(contact: Contact, candidate: Candidate) -> bool:
    one, other = contact.place, candidate.place
    return one == other or (one is not None and other is not None and _state(one) == _state(other) is not None)


def _same_parties(contact: Contact, candidate: Candidate) -> bool:
    one, other = contact.parties, candidate.parties
    return one <= other or other <= one


def _names_nobody_else(contact: Contact, candidate: Candidate) -> bool:
    known = {entity.id for entity in contact.people}
    people = [entity for entity in candidate.sides if entity.kind == "person"]
    return all(entity.id in known for entity in people)


def _same_persons(contact: Contact, candidate: Candidate) -> bool:
    """Whether the persons of each party agree: one is named by both, or one side names nobody."""
    for party in candidate.parties & contact.parties:
        one = {
            entity.id for entity in contact.people if entity.kind == "person" and contact.article.party(entity) == party
        }
        other = {entity.id for entity in candidate.sides if entity.kind == "person"
                 and contact.article.party(entity) == party}  # fmt: skip
        if one and other and not one & other:
            return False
        if bool(one) != bool(other) and (candidate.staff or contact.told[0].staff) and candidate.how != "visit":
            return False
    return True


def _persons(article: Article, people: Iterable[Entity], party: str) -> set[str]:
    return {one.id for one in people if one.kind == "person" and article.party(one) == party}


def _same_status(contact: Contact, candidate: Candidate) -> bool:
    one, other = contact.status, candidate.status
    if one == other or {one, other} <= _AHEAD:
        return True
    if {one, other} <= _AHEAD | {"called off"}:
        return True
    if "denied" in {one, other}:
        return False
    days = contact.day, candidate.day
    if candidate.complete:
        return all(day is not None and day.start == day.end for day in days)
    return other == "held"


def _same_day(one: DateFinding | None, other: DateFinding | None) -> bool:
    if one is None or other is None or one.start is None or other.start is None:
        return True
    return one.start[:10] <= (other.end or other.start)[:10] and other.start[:10] <= (one.end or one.start)[:10]


def _same_mode(contact: Contact, candidate: Candidate) -> bool:
    one, other = contact.mode, candidate.mode
    if one == other:
        return True
    if candidate.how == "visit":
        return False
    if one == "unknown" and candidate.complete and other != "unknown":
        return contact.told[0].predicate.frame.name in _VAGUE or _days_agree(contact, candidate)
    if "unknown" in {one, other}:
        return other != "in person" or (candidate.predicate.frame.name == "meeting" and _is_plain(candidate))
    if {one, other} == {"video", "in person"}:
        return (not candidate.predicate.frame.verbal and candidate.predicate.frame.name == "meeting") or (
            contact.told[0].predicate.frame.name == "meet"
        )
    return {one, other} == {"call", "video"} and candidate.definite


def _days_agree(contact: Contact, candidate: Candidate) -> bool:
    return contact.day is not None and candidate.day is not None


def _is_plain(candidate: Candidate) -> bool:
    """Whether a mention is no more than "the meeting": without a day, a place or a number of its own."""
    return candidate.day is None and candidate.predicate.token.lemma_.lower() != "summit"


def _same_place(contact: Contact, candidate: Candidate) -> bool:
    one, other = contact.place, candidate.place
    if one is None or other is None or one == other or not candidate.complete:
        return True
    return _state(one) is None or _state(other) is None or _state(one) == _state(other)


def _state(place: str) -> str | None:
    return next((name.country if hasattr(name, "country") else None for name in world().lookup(place)), None)


def _add(contact: Contact, candidate: Candidate) -> None:
    contact.told.append(candidate)
    if candidate.predicate.span not in contact.evidence:
        contact.evidence.append(candidate.predicate.span)
    if candidate.complete:
        contact.people = united((*contact.people, *candidate.sides), contact.article)
    if (
        candidate.status in {"called off", "held"}
        and contact.status in _AHEAD
        and (candidate.complete or candidate.status == "called off")
    ):
        contact.status = candidate.status
    elif {candidate.status, contact.status} == _AHEAD:
        contact.status = "planned"
    if contact.mode == "unknown" or (contact.mode == "in person" and candidate.mode == "video"):
        contact.mode = candidate.mode
    contact.day = _finer(contact.day, candidate.day)
    contact.place = contact.place or candidate.place
    contact.count = max(contact.count, candidate.count)


def _finer(one: DateFinding | None, other: DateFinding | None) -> DateFinding | None:
    if one is None or other is None:
        return one or other
    return one if len(one.value or "") >= len(other.value or "") else other


def _meeting(contact: Contact) -> Meeting:
    told = contact.told
    article = contact.article
    own = [one for one in told if one.complete]
    confidence = max(one.confidence for one in own)
    summit = any(one.predicate.token.lemma_.lower() == "summit" for one in own)
    of_visitor = any(one.how == "visit" for one in own)
    people = [entity for entity in contact.people if entity.kind == "person"]
    level = "leader" if summit and not people else level_of(contact.people, article, of_visitor=of_visitor)
    return Meeting(
        participants=tuple(_participant(contact, entity) for entity in contact.people),
        level=level, date=contact.day, place=contact.place, status=contact.status, count=contact.count,
        evidence=tuple(contact.evidence),
        claim=next((one.claim for one in told if one.claim is not None), None),
        source=next((one.source for one in told if one.source is not None), None),
        mode=contact.mode, confidence=round(confidence, 2), counted=confidence >= COUNTED,
        proposed_by=_first(one.proposed_by for one in told), hosted_by=_first(one.hosted_by for one in told),
        travelled=_first(one.travelled for one in told),
        answer=next((one.answer for one in told if one.answer is not None), None),
    )  # fmt: skip


def _first(options: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return next((one for one in options if one), ())


def _participant(contact: Contact, entity: Entity) -> Participant:
    """The participant, with the mention nearest to where the contact is first told."""
    at = contact.told[0].at
    span = min(entity.mentions, key=lambda mention: abs(mention[0] - at), default=None)
    return Participant(entity=entity.id, name=entity.name, country=entity.country, span=span)
