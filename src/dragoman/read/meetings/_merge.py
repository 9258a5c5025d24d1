"""From sightings to meetings: the same parties on compatible days are one meeting.

1. Sightings are taken in order; each joins the last meeting that it can join.
2. It can join where the sides agree (the same persons, or a state for its
   persons), the days do not exclude each other, and the status allows it: what was
   held is not what is still to come.
3. A noun without a day ("the summit") joins more readily than a verb.
4. The richer account wins: named persons over states, a day over none, a place
   over none; a meeting called off anywhere stays so unless later words revive it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import reduce

from dragoman.read.findings import DateFinding, Entity, Level, Meeting, Participant, Span, Status
from dragoman.read.meetings._scene import Scene, level_of
from dragoman.read.meetings._sight import Sighting

_VISIT_DAYS = 2
_COMING = frozenset({"planned", "possible", "called off"})
_STRENGTH = {"called off": 4, "held": 3, "planned": 2, "possible": 1, "denied": 0}


def merged(sightings: Iterable[Sighting], scene: Scene) -> list[Meeting]:
    """The meetings that the sightings speak of."""
    groups: list[list[Sighting]] = []
    heads: list[Sighting] = []
    for seen in sorted(sightings, key=lambda item: item.at):
        sighting = _on_its_day(seen, heads)
        home = next((place for place in reversed(range(len(heads))) if _joins(heads[place], sighting)), None)
        if home is None:
            groups.append([sighting])
            heads.append(sighting)
        else:
            groups[home].append(sighting)
            heads[home] = _joined(heads[home], sighting)
    told = [group for group in groups if not all(_only_alluded(item) for item in group)]
    return [_meeting(group, scene) for group in told if not _frames_another(group, told)]


def _on_its_day(sighting: Sighting, heads: list[Sighting]) -> Sighting:
    """Who joins two others does so on the day on which these met, where the text gives no other."""
    if not sighting.joining or sighting.date is not None:
        return sighting
    here = {entity.id for entity in sighting.parties}
    joined = (
        head for head in reversed(heads)
        if head.status == sighting.status and {entity.id for entity in head.parties} <= here and head.date is not None
    )  # fmt: skip
    head = next(joined, None)
    return sighting if head is None else replace(sighting, date=head.date, place=sighting.place or head.place)


def _frames_another(group: list[Sighting], told: list[list[Sighting]]) -> bool:
    """Whether a journey made is only the frame of a meeting that the text tells of the same states."""
    if not all(item.visit and item.status == "held" for item in group):
        return False
    states = {entity.country for entity in group[0].parties}
    return any(states <= {e.country for e in other[0].parties} for other in told if other is not group)


def _only_alluded(item: Sighting) -> bool:
    """A journey that no host or plan makes a visit, or a bare noun ("the meeting with X") that reports nothing."""
    if item.visit:
        return item.status in {"held", "denied"} and (item.date is None or item.old)
    return not item.firm and item.status in {"held", "denied"} and item.date is None and item.place is None


def _joins(head: Sighting, sighting: Sighting) -> bool:
    if sighting.mode != head.mode:
        return False
    if sighting.officials and any(entity.kind == "person" for entity in head.parties):
        return False
    if not _same_sides(head.parties, sighting.parties):
        return False
    if head.count != sighting.count and max(head.count, sighting.count) > 1:
        return False
    if not _days_meet(head.date, sighting.date) and not (sighting.told and _days_near(head.date, sighting.date)):
        return False
    one, two = head.status, sighting.status
    if one == two or {one, two} <= _COMING:
        return True
    if "denied" in {one, two}:
        return False
    return (not sighting.firm and sighting.date is None and sighting.status == "held" and not sighting.visit) or (
        head.date is not None and sighting.date is not None and head.date.value == sighting.date.value
    )


def _same_sides(first: tuple[Entity, ...], second: tuple[Entity, ...]) -> bool:
    one, two = {e.country for e in first}, {e.country for e in second}
    if one != two:
        return False
    mine, yours = {e.id for e in first if e.kind == "person"}, {e.id for e in second if e.kind == "person"}
    for country in one:
        a = {e.id for e in first if e.kind == "person" and e.country == country}
        b = {e.id for e in second if e.kind == "person" and e.country == country}
        if a and b and not a & b:
            return False
    return bool(mine & yours) or not mine or not yours


def _days_meet(first: DateFinding | None, second: DateFinding | None) -> bool:
    if first is None or second is None:
        return True
    a, b = (first.start or "", first.end or first.start or ""), (second.start or "", second.end or second.start or "")
    return a[0] <= b[1] and b[0] <= a[1]


def _days_near(first: DateFinding | None, second: DateFinding | None) -> bool:
    """Whether two known days lie so near that words said on one were said at the meeting of the other."""
    if first is None or second is None or first.start is None or second.start is None:
        return False
    gap = date.fromisoformat(first.start[:10]) - date.fromisoformat(second.start[:10])
    return abs(gap.days) <= _VISIT_DAYS


def _summary(group: list[Sighting]) -> Sighting:
    return reduce(_joined, group)


def _joined(head: Sighting, other: Sighting) -> Sighting:
    return replace(
        head,
        parties=_richer(head.parties, other.parties),
        status=_status(head.status, other),
        date=_finer(head.date, other.date),
        place=head.place or other.place,
        count=max(head.count, other.count),
        claim=head.claim or other.claim,
        source=head.source or other.source,
    )


def _status(before: Status, other: Sighting) -> Status:
    if before == "called off" and other.status in {"planned", "held"} and other.revived:
        return other.status
    return max(before, other.status, key=lambda status: _STRENGTH[status])


def _richer(first: tuple[Entity, ...], second: tuple[Entity, ...]) -> tuple[Entity, ...]:
    found = {entity.id: entity for entity in (*first, *second)}
    named = {entity.country for entity in found.values() if entity.kind == "person"}
    return tuple(e for e in found.values() if e.kind == "person" or e.country not in named)


def _finer(first: DateFinding | None, second: DateFinding | None) -> DateFinding | None:
    if first is None or second is None:
        return first or second
    return first if len(first.value or "") >= len(second.value or "") else second


def _meeting(group: list[Sighting], scene: Scene) -> Meeting:
    head = _summary(group)
    evidence: tuple[Span, ...] = tuple(dict.fromkeys(item.evidence for item in group))
    spans = sorted({mention for item in evidence for mention, _ in scene.index.within(item)})
    return Meeting(
        participants=tuple(_participant(entity, spans) for entity in head.parties),
        level=_level(group, head, scene), date=head.date, place=head.place, status=head.status,
        count=head.count, evidence=evidence, claim=head.claim, source=head.source, mode=head.mode,
    )  # fmt: skip


def _level(group: list[Sighting], head: Sighting, scene: Scene) -> Level:
    if all(entity.kind == "state" for entity in head.parties) and any(item.summit for item in group):
        return "leader"
    return level_of(list(head.parties), scene, host_unnamed=any(item.journey or item.summit for item in group))


def _participant(entity: Entity, spans: list[Span]) -> Participant:
    own = set(entity.mentions)
    return Participant(
        entity=entity.id, name=entity.name, country=entity.country,
        span=next((span for span in spans if span in own), entity.mentions[0] if entity.mentions else None),
    )  # fmt: skip
