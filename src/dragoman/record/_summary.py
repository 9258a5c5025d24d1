"""What a joined event is, made from its reports.  Pure; knows no database.

- Date: of the dates with the finest precision, the one that most independent
  sources give, then the earliest reported.
- Status: held where any report says so, else what the latest report says.
- Type, mode, place: what most independent sources say, then the earliest reported;
  quad class and Goldstein score are those of the type.
- Level: the highest that any report gives.
- Reports count articles, sources count origins: agencies, outlets, governments (see :mod:`.origins`).
- What was planned or called off before it was held is no conflict.
- Where reports differ, each value stands in ``conflicts`` with its articles.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

PRECISIONS = ("time", "day", "week", "month", "quarter", "season", "half", "year", "decade", "century", "vague")
LEVELS = ("leader", "minister", "deputy", "envoy", "official", "working", "unknown")
SETTLED = {
    "event": ("held",), "meeting": ("held",), "call": ("held",),
    "commitment": ("broken", "kept", "disputed", "superseded"),
}  # fmt: skip
FINE = ("time", "day")


@dataclass(frozen=True, kw_only=True)
class ActorSeen:
    """An actor of a report, resolved."""

    role: str
    entity: str
    name: str
    country: str | None
    person: bool


@dataclass(frozen=True, kw_only=True)
class Told:
    """One report as its event's summary needs it; ``group`` is its origin, ``payload`` the finding as JSON values."""

    id: int
    key: str
    kind: str
    type: str | None
    article: str
    group: str
    day: str | None
    status: str | None
    start: str | None
    end: str | None
    precision: str | None
    place: str | None
    words: str
    confidence: float
    review: str
    payload: dict[str, Any]
    actors: tuple[ActorSeen, ...]


def summarise(leader: tuple[int, str, str], told: Sequence[Told]) -> tuple[dict[str, Any], list[ActorSeen]]:
    """The row of a joined event (leader's id, key, block; its reports in order) and its actors."""
    first = told[0]
    start, end, precision = _date(told)
    days = [one.day for one in told if one.day]
    actors = _actors(told)
    kind_type = _most(told, lambda one: one.type) if first.kind == "event" else None
    alike = [one for one in told if kind_type in (None, one.type)]
    typical = alike[0]
    row = {
        "id": leader[0], "key": f"E{leader[1]}", "block": leader[2], "kind": first.kind,
        "type": kind_type, "mode": _common(told, "mode"),
        "quad": typical.payload.get("quad"), "cameo": _common(alike, "cameo"),
        "goldstein": typical.payload.get("goldstein"),
        "level": _level(told), "status": _status(told), "date_start": start, "date_end": end, "precision": precision,
        "day": start or min(days, default=None), "dated": int(start is not None),
        "place": _most(told, lambda one: one.place), "words": first.words, "condition": _common(told, "condition"),
        "actors": _packed([[a.role, a.entity, a.name, a.country, int(a.person)] for a in actors]),
        "conflicts": _packed(_conflicts(told)), "claims": _packed(_claims(told)),
        "reports": len({one.article for one in told}), "sources": len({one.group for one in told}),
        "first_day": min(days, default=None), "last_day": max(days, default=None),
        "confidence": max(one.confidence for one in told), "count": max(one.payload.get("count", 1) for one in told),
        "reviewed": int(all(one.review != "open" for one in told)),
    }  # fmt: skip
    return row, actors


def _date(told: Sequence[Told]) -> tuple[str | None, str | None, str | None]:
    dated = [one for one in told if one.start is not None]
    if not dated:
        return None, None, None
    finest = min(_rank(PRECISIONS, one.precision) for one in dated)
    best = [one for one in dated if _rank(PRECISIONS, one.precision) == finest]
    support = _support(best, lambda one: one.start)
    chosen = max(best, key=lambda one: (support[one.start], -best.index(one)))
    return chosen.start, chosen.end, chosen.precision


def _rank(order: Sequence[str], value: str | None) -> int:
    return order.index(value) if value in order else len(order)


def _support(told: Iterable[Told], of: Callable[[Told], Any]) -> Counter[Any]:
    """How many independent sources give each value."""
    return Counter(value for value, _ in {(of(one), one.group) for one in told})


def _most(told: Sequence[Told], of: Callable[[Told], Any]) -> Any:
    having = [one for one in told if of(one) is not None]
    if not having:
        return None
    support = _support(having, of)
    return of(max(having, key=lambda one: (support[of(one)], -having.index(one))))


def _common(told: Sequence[Told], name: str) -> Any:
    return _most(told, lambda one: one.payload.get(name))


def _status(told: Sequence[Told]) -> str:
    settled = [one for one in told if one.status in SETTLED[one.kind]]
    return (settled or told)[-1].status or "held"


def _level(told: Sequence[Told]) -> str | None:
    levels = [one.payload["level"] for one in told if "level" in one.payload]
    return min(levels, key=lambda level: _rank(LEVELS, level), default=None)


def _claims(told: Sequence[Told]) -> list[str]:
    return sorted({one.payload["claim"] for one in told if one.payload.get("claim")})


def _actors(told: Sequence[Told]) -> list[ActorSeen]:
    """Everyone named, in order of first mention; a state is left out where a person of it stands in the same role."""
    seen: dict[tuple[str, str], ActorSeen] = {}
    for one in told:
        for actor in one.actors:
            seen.setdefault((actor.role, actor.entity), actor)
    persons = {(actor.role, actor.country) for actor in seen.values() if actor.person and actor.country}
    return [actor for actor in seen.values() if actor.person or (actor.role, actor.country) not in persons]


def _conflicts(told: Sequence[Told]) -> list[list[Any]]:
    seen: dict[str, dict[str, set[str]]] = {"date": {}, "place": {}, "status": {}, "level": {}}
    settled = next((place for place, one in enumerate(told) if one.status in SETTLED[one.kind]), 0)
    for place, one in enumerate(told):
        values = {
            "date": one.start if one.precision in FINE else None, "place": one.place,
            "status": one.status if place >= settled else None,
            "level": one.payload.get("level") if one.payload.get("level") != "unknown" else None,
        }  # fmt: skip
        for about, value in values.items():
            if value is not None:
                seen[about].setdefault(value, set()).add(one.article)
    return [
        [about, [[value, sorted(articles)] for value, articles in sorted(values.items())]]
        for about, values in seen.items()
        if _differ(about, set(values))
    ]


def _differ(about: str, values: set[str]) -> bool:
    if about == "status":
        return bool(values & {"held", "kept"}) and bool(values & {"denied", "called off", "broken", "disputed"})
    if about == "place":
        return any(not (a in b or b in a) for a in values for b in values)
    return len(values) > 1


def _packed(listed: list[Any]) -> str:
    return json.dumps(listed, separators=(",", ":"), ensure_ascii=False)
