"""The findings on no agreement as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from dragoman.solve._wording import listed, near, number, share, start, the

if TYPE_CHECKING:
    from dragoman.model import Case
    from dragoman.solve.no_deal._answer import Blocker, Offer, Package


TINY = 1e-6
RARE = 0.02
HALF = 0.5


class _Rate(Protocol):
    @property
    def value(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def because(self) -> str: ...


def sentences(
    case: Case, packages: tuple[Package, ...], together: Package | None, base_rate: _Rate | None
) -> tuple[str, ...]:
    """The findings: the base rate, each package, and all together."""
    words = [_rate(base_rate)] if base_rate else []
    for item in packages:
        words.extend(_package(case, item, _title(case, item)))
    if together is not None:
        words.extend(_package(case, together, "All issues of the main table in one package"))
        words.extend(_linking(case, packages, together))
    return tuple(words)


def _rate(rate: _Rate) -> str:
    span = f" ({number(rate.low * 100)} to {number(rate.high * 100)} %)" if rate.low < rate.high else ""
    tail = f": {rate.because}" if rate.because else ""
    return f"Base rate stated by the case: such talks end in agreement {share(rate.value)} of the time{span}{tail}."


def _title(case: Case, item: Package) -> str:
    names = listed(case.issues[name].name for name in item.issues)
    return f"{names} (settled together)" if len(item.issues) > 1 else names


def _package(case: Case, item: Package, title: str) -> list[str]:
    who = _who(case, item)
    if item.agreement:
        head = f"{title}: there is something that {who} prefer to no agreement{_extent(case, item)}"
    else:
        head = f"{title}: at the central values nothing is better than no agreement for {who}{_blocked(case, item)}"
    drawn = "" if item.none is None else f"; no agreement exists in {share(item.none)} of draws"
    words = [f"{head}{drawn}.", *_offers(case, item)]
    return words + _who_blocks(item)


def _who(case: Case, item: Package) -> str:
    names = {player: case.parties[player].name for player in item.players if player in case.parties}
    if len(item.coalitions) > 1:
        return f"one of {len(item.coalitions)} winning coalitions"
    ratifiers = [f"the ratifier {blocker.name}" for blocker in item.blockers if blocker.ratifier]
    return listed([*(the(names[key]) for key in item.needed if key in names), *ratifiers])


def _extent(case: Case, item: Package) -> str:
    """How far the win-set reaches on the issues where it does not reach from end to end."""
    scales = {name: case.issues[name].scale for name in item.extent}
    parts = [
        f"{_short(case, item, name)}from {number(low)} to {number(high)}"
        for name, (low, high) in item.extent.items()
        if low - scales[name].low > TINY or scales[name].high - high > TINY
    ]
    return f" ({'; '.join(parts)})" if parts else ""


def _short(case: Case, item: Package, name: str) -> str:
    return f"{case.issues[name].name} " if len(item.issues) > 1 else ""


def _blocked(case: Case, item: Package) -> str:
    """For one issue: on which side of the status quo those who block stand, and what would unblock."""
    name = item.issues[0]
    here = item.status_quo[name]
    if len(item.issues) > 1 or here is None:
        return ""
    issue = case.issues[name]
    stands = {key: issue.positions[key].position.central() for key in item.needed if key in issue.positions}
    below = {the(case.parties[key].name): value for key, value in stands.items() if value < here}
    above = {the(case.parties[key].name): value for key, value in stands.items() if value > here}
    if not below or not above:
        return ""
    up = listed(f"{who} (now at {number(value)})" for who, value in below.items())
    down = listed(f"{who} (now at {number(value)})" for who, value in above.items())
    return (
        f": {listed(below)} would go below the status quo of {number(here)}{near(issue, here)}, {listed(above)} above "
        f"it; it unblocks if {up} came to want more than {number(here)}, or {down} less"
    )


def _offers(case: Case, item: Package) -> list[str]:
    return [_offer(case, item, offer) for offer in item.offers if offer.outcome is not None]


def _offer(case: Case, item: Package, offer: Offer) -> str:
    outcome = offer.outcome or {}
    parts = [
        f"{_short(case, item, name)}{number(value)}{near(case.issues[name], value)}" for name, value in outcome.items()
    ]
    gains = [f"{the(_name(case, key))} {gain:+.2f}" for key, gain in offer.gains.items() if abs(gain) >= 0.005]
    tail = f"; gains over no agreement: {', '.join(gains)}" if gains else "; nobody gains a hundredth by it"
    return start(f"{the(offer.name)}, if it proposes, does best with {'; '.join(parts)}{tail}.")


def _name(case: Case, key: str) -> str:
    return case.parties[key].name if key in case.parties else key


def _who_blocks(item: Package) -> list[str]:
    if item.none is None or item.none < RARE:
        return []
    rows = sorted((row for row in item.blockers if row.share), key=lambda row: -(row.share or 0))
    if not rows:
        return ["In the draws without an agreement no single consent is what is missing."]
    if all(row.share == 1 for row in rows):
        return [f"In the draws without an agreement it takes only one of {listed(map(_titled, rows))} to give way."]
    parts = [f"without {_titled(row)} in {share(row.share or 0)}" for row in rows]
    rest = "; mostly more than one stands in the way" if sum(row.share or 0 for row in rows) < HALF else ""
    return [f"Of the draws without an agreement, the others could agree {', '.join(parts)}{rest}."]


def _titled(row: Blocker) -> str:
    return f"the ratifier {row.name}" if row.ratifier else the(row.name)


def _linking(case: Case, packages: tuple[Package, ...], together: Package) -> list[str]:
    if together.none is None:
        return []
    apart: Mapping[str, float] = {
        _title(case, item): item.none for item in packages if item.none is not None and not item.side
    }
    helped = [title for title, none in apart.items() if together.none < none - 0.005]
    if not helped:
        return ["Putting all issues into one package makes agreement possible in no more draws than the parts."]
    return [
        f"Linking would unblock: in one package no agreement remains in {share(together.none)} of draws, against "
        + listed(f"{share(apart[title])} for {title}" for title in helped)
        + "."
    ]
