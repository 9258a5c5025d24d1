"""Is there an agreement that all who must consent prefer to none: over packages of issues, in draws."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.model import Sampler
from dragoman.solve._distribution import Drawing, chunks
from dragoman.solve._utility import Bargain, bargain, taken
from dragoman.solve._winset import SMALLEST, best_offer, extent, in_the_way, margin
from dragoman.solve.no_deal._format import Consent, bounded_ratifiers, bounds_of, consent_of, taking_part

if TYPE_CHECKING:
    from dragoman.model import Case

Floats: TypeAlias = npt.NDArray[np.float64]

CHUNK = 1024


@dataclass(frozen=True, kw_only=True)
class Blocker:
    """Someone whose consent is needed, and what happens without it.

    ``blocks`` says whether, at the central values, there is no agreement but would be
    without this player; ``share`` is the share of draws without an agreement in which
    that is so; ``agreement`` the share of all draws with one if its consent is not asked.
    """

    id: str
    name: str
    ratifier: bool
    blocks: bool
    share: float | None
    agreement: float | None


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What one proposer would put forward: the outcome of the win-set that it likes best.

    ``outcome`` by issue, None where there is no agreement at the central values;
    ``gains`` of each player over no agreement; ``ranges`` by issue, the 5 % and 95 %
    quantiles over the draws that have an agreement.
    """

    proposer: str
    name: str
    outcome: Mapping[str, float] | None
    gains: Mapping[str, float]
    ranges: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, kw_only=True)
class Package:
    """One or several issues settled together.

    ``agreement``: whether the win-set has an inside at the central values; ``gain``: the
    most that every player can have over no agreement at once (utility, 0..1); ``fairest``
    the outcome that gives it; ``extent`` from where to where the win-set reaches;
    ``none`` the share of draws without an agreement (None: no draws).
    """

    issues: tuple[str, ...]
    side: bool
    players: tuple[str, ...]
    needed: tuple[str, ...]
    coalitions: tuple[tuple[str, ...], ...]
    agreement: bool
    gain: float
    fairest: Mapping[str, float] | None
    extent: Mapping[str, tuple[float, float]]
    status_quo: Mapping[str, float | None]
    none: float | None
    blockers: tuple[Blocker, ...]
    offers: tuple[Offer, ...]


@dataclass(frozen=True, kw_only=True)
class _Question:
    """One package and who must consent to it."""

    case: Case
    issues: tuple[str, ...]
    consent: Consent

    def bargain(self, sampler: Sampler, without: frozenset[str] = frozenset()) -> Bargain:
        bounds = bounds_of(self.case, self.issues, sampler, without=without)
        return bargain(self.case, self.issues, self.consent.players, sampler, bounds)

    def gain(self, found: Bargain, without: Iterable[str] = ()) -> tuple[Floats, Floats]:
        """The greatest least gain of the coalition that does best, (D,), and its outcome, (D, m)."""
        gains, places = zip(
            *(margin(found, self.consent.others(one - set(without))) for one in self.consent.coalitions), strict=True
        )
        best = np.argmax(gains, axis=0)
        each = np.arange(len(best))
        return np.array(gains)[best, each], np.array(places)[best, each]

    def offers(self, found: Bargain) -> dict[str, Floats]:
        """What each proposer would put forward."""
        gains = [margin(found, self.consent.others(one))[0] for one in self.consent.coalitions]
        return {name: self._offer(found, name, gains) for name in self.consent.proposers}

    def _offer(self, found: Bargain, proposer: str, gains: Sequence[Floats]) -> Floats:
        """The outcome (D, m) that ``proposer`` likes best over all coalitions; NaN: no agreement."""
        place = [player.id for player in self.consent.players].index(proposer)
        offers = np.array(
            [
                best_offer(found, place, self.consent.others(one), gain)
                for one, gain in zip(self.consent.coalitions, gains, strict=True)
            ]
        )
        liked = np.array([found.utility(np.nan_to_num(one))[:, place] for one in offers])
        liked[np.isnan(offers[:, :, 0])] = -np.inf
        best: Floats = offers[liked.argmax(axis=0), np.arange(offers.shape[1])]
        return best


def package(case: Case, issues: tuple[str, ...], drawing: Drawing) -> Package:
    """Everything that is said of one package."""
    question = _Question(case=case, issues=issues, consent=consent_of(case, parties=taking_part(case, issues)))
    found = question.bargain(Sampler())
    gain, fairest = question.gain(found)
    agreed = bool(gain[0] > SMALLEST)
    drawn = _over_draws(question, drawing) if drawing.draws else None
    return Package(
        issues=issues,
        side=all(case.issues[name].side for name in issues),
        players=tuple(player.id for player in question.consent.players),
        needed=tuple(player.id for player in question.consent.players if player.id in question.consent.needed),
        coalitions=tuple(tuple(sorted(one)) for one in question.consent.coalitions),
        agreement=agreed,
        gain=float(gain[0]),
        fairest=_named(issues, fairest[0]) if agreed else None,
        extent=_extent(question, found),
        status_quo={
            name: None if np.isnan(value) else float(value)
            for name, value in zip(issues, found.status_quo[0], strict=True)
        },
        none=None if drawn is None else float((drawn.gain <= SMALLEST).mean()),
        blockers=_blockers(question, agreed=agreed, drawn=drawn),
        offers=tuple(_offer(question, found, name, one, drawn) for name, one in question.offers(found).items()),
    )


def _named(issues: tuple[str, ...], row: Floats) -> dict[str, float]:
    return dict(zip(issues, row.tolist(), strict=True))


def _extent(question: _Question, found: Bargain) -> dict[str, tuple[float, float]]:
    ends = [extent(found, question.consent.others(one)) for one in question.consent.coalitions]
    ends = [one for one in ends if not np.isnan(one).any()]
    if not ends:
        return {}
    low, high = np.min([one[0, 0] for one in ends], axis=0), np.max([one[1, 0] for one in ends], axis=0)
    return {name: (float(low[at]), float(high[at])) for at, name in enumerate(question.issues)}


@dataclass(frozen=True, kw_only=True)
class _Drawn:
    """Over draws: the ``gain`` (D,), the gain without each player's consent, each proposer's offer (D, m)."""

    gain: Floats
    without: Mapping[str, Floats]
    offers: Mapping[str, Floats]


def _removable(question: _Question) -> dict[str, tuple[str, bool]]:
    """Those whose consent may be waived: id to name and whether a ratifier."""
    named = {player.id: (player.name, player.faction is not None) for player in question.consent.players}
    chosen = {key: named[key] for key in named if any(key in one for one in question.consent.coalitions)}
    ratifiers = question.case.format.ratifiers
    bounded = {key: (ratifiers[key].name or key, True) for key in bounded_ratifiers(question.case, question.issues)}
    return chosen | bounded


def _without(question: _Question, sampler: Sampler, found: Bargain) -> dict[str, Floats]:
    """The gain without each consent; where the others agree already, or nothing changes, the gain with it."""
    bounded = bounded_ratifiers(question.case, question.issues)
    waived = _waived(question, found)
    return {
        key: question.gain(question.bargain(sampler, frozenset({key})), (key,))[0] if key in bounded else waived(key)
        for key in _removable(question)
    }


def _waived(question: _Question, found: Bargain) -> Callable[[str], Floats]:
    """The gain (D,) without a player: only where there is none, and the player has a price, is it worked out anew."""
    places = [player.id for player in question.consent.players]
    sets = [(one, question.consent.others(one)) for one in question.consent.coalitions]
    gains = [margin(found, others)[0] for _, others in sets]
    priced = [in_the_way(found, others) for _, others in sets]
    none = np.max(gains, axis=0) <= SMALLEST

    def without(key: str) -> Floats:
        found_now = []
        for (one, _), gain, price in zip(sets, gains, priced, strict=True):
            rows = np.flatnonzero(none & price[:, places.index(key)]) if key in one else np.empty(0, dtype=np.intp)
            now = gain.copy()
            if len(rows):
                now[rows] = margin(taken(found, rows), question.consent.others(one - {key}))[0]
            found_now.append(now)
        best: Floats = np.max(found_now, axis=0)
        return best

    return without


def _over_draws(question: _Question, drawing: Drawing) -> _Drawn:
    parts = []
    for first, count in chunks(drawing.draws, drawing.chunk):
        sampler = Sampler(draws=count, seed=drawing.seed, start=first)
        found = question.bargain(sampler)
        parts.append(
            _Drawn(
                gain=question.gain(found)[0],
                without=_without(question, sampler, found),
                offers=question.offers(found),
            )
        )
    return _Drawn(
        gain=np.concatenate([part.gain for part in parts]),
        without={key: np.concatenate([part.without[key] for part in parts]) for key in parts[0].without},
        offers={key: np.concatenate([part.offers[key] for part in parts]) for key in parts[0].offers},
    )


def _blockers(question: _Question, *, agreed: bool, drawn: _Drawn | None) -> tuple[Blocker, ...]:
    sampler = Sampler()
    central = _without(question, sampler, question.bargain(sampler))
    rows = []
    for key, (name, ratifier) in _removable(question).items():
        row = Blocker(
            id=key, name=name, ratifier=ratifier, blocks=not agreed and bool(central[key][0] > SMALLEST),
            share=None, agreement=None,
        )  # fmt: skip
        rows.append(row if drawn is None else _shares(row, drawn))
    return tuple(rows)


def _shares(row: Blocker, drawn: _Drawn) -> Blocker:
    none, freed = drawn.gain <= SMALLEST, drawn.without[row.id] > SMALLEST
    share = float(freed[none].mean()) if none.any() else None
    return replace(row, share=share, agreement=float(freed.mean()))


def _offer(question: _Question, found: Bargain, proposer: str, outcome: Floats, drawn: _Drawn | None) -> Offer:
    there = not np.isnan(outcome).any()
    gains = (found.utility(outcome) - found.no_deal)[0] if there else []
    ranges = {}
    if drawn is not None:
        rows = drawn.offers[proposer]
        rows = rows[~np.isnan(rows).any(axis=1)]
        if len(rows):
            ends = np.quantile(rows, [0.05, 0.95], axis=0)
            ranges = {name: (float(ends[0, at]), float(ends[1, at])) for at, name in enumerate(question.issues)}
    return Offer(
        proposer=proposer,
        name=question.case.parties[proposer].name,
        outcome=_named(question.issues, outcome[0]) if there else None,
        gains={player.id: float(value) for player, value in zip(question.consent.players, gains, strict=False)},
        ranges=ranges,
    )
