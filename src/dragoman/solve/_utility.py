"""Utilities of players over a package of issues, in draws, as lines joined at breakpoints.

u_i(x) = sum over the issues of a_ik v_ik(x_k), a_ik = salience over the sum of saliences
(the salience-weighted mean), and v_ik(x) = 1 - |x - position| / range, its square for a
quadratic loss, or the lines of a table, as the case states.  The disagreement point is
u_i at the status quo, or the ``no_deal`` that the case states.

1. Every issue is cut at the players' positions, at the points of tables and, where a
   loss is quadratic, at ``GRID`` further points, between which chords stand for the curve
   (at most 1 / (4 GRID ** 2) below it).
2. ``slopes`` between cuts fall as x rises (utilities are concave), so that a linear
   programme over the filled lengths of the pieces is exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from dragoman.errors import MethodError

if TYPE_CHECKING:
    from dragoman.model import Case, Issue, Quantity, Sampler, Utility

Floats: TypeAlias = npt.NDArray[np.float64]

GRID = 32


@dataclass(frozen=True, kw_only=True)
class Player:
    """Someone whose consent may be needed: a party, or a faction of one that must ratify."""

    id: str
    name: str
    party: str
    faction: str | None = None


@dataclass(frozen=True, kw_only=True)
class Bargain:
    """n players over m issues in D draws.

    ``cuts`` (D, m, B) rise within each issue from ``low`` to ``high`` (D, m), the outcomes
    that ratifiers allow (``high`` below ``low``: none); ``worth`` (D, n, m, B) is a player's
    utility from the issue at each cut, ``no_deal`` (D, n) its utility of no agreement,
    ``stake`` (D, n) whether it cares at all, ``status_quo`` (D, m).
    """

    players: tuple[Player, ...]
    issues: tuple[str, ...]
    cuts: Floats
    worth: Floats
    no_deal: Floats
    stake: npt.NDArray[np.bool_]
    low: Floats
    high: Floats
    status_quo: Floats

    @property
    def lengths(self) -> Floats:
        """The pieces' lengths, (D, m, B - 1)."""
        return np.diff(self.cuts, axis=2)

    @property
    def slopes(self) -> Floats:
        """What a unit of each piece adds to each player's utility, (D, n, m, B - 1)."""
        run = self.lengths[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(run > 0, np.diff(self.worth, axis=3) / run, 0.0)

    def utility(self, x: Floats) -> Floats:
        """Utilities (D, n) of the outcomes ``x`` (D, m)."""
        total: Floats = interpolate(self.cuts[:, None], self.worth, x[:, None, :]).sum(axis=2)
        return total


def taken(found: Bargain, rows: npt.NDArray[np.intp]) -> Bargain:
    """The bargain with these draws, in this order."""
    kept: dict[str, Any] = {name: getattr(found, name)[rows] for name in _BY_DRAW}
    return replace(found, **kept)


def joined(parts: Sequence[Bargain]) -> Bargain:
    """Bargains of the same players over the same issues, draw after draw."""
    width = max(part.cuts.shape[2] for part in parts)
    drawn: dict[str, Any] = {name: np.concatenate([_wide(part, name, width) for part in parts]) for name in _BY_DRAW}
    return replace(parts[0], **drawn)


_BY_DRAW = ("cuts", "worth", "no_deal", "stake", "low", "high", "status_quo")


def _wide(part: Bargain, name: str, width: int) -> Floats:
    """An array of a bargain, its cuts repeated at their end up to a width."""
    array: Floats = getattr(part, name)
    if name not in {"cuts", "worth"}:
        return array
    return np.concatenate([array, np.repeat(array[..., -1:], width - array.shape[-1], axis=-1)], axis=-1)


def interpolate(cuts: Floats, worth: Floats, x: Floats) -> Floats:
    """The lines through (``cuts``, ``worth``) of (..., B) at ``x`` (...)."""
    cuts = np.broadcast_to(cuts, worth.shape)
    x = np.broadcast_to(x, worth.shape[:-1])
    right = np.clip((cuts <= x[..., None]).sum(axis=-1), 1, worth.shape[-1] - 1)[..., None]
    (x0, x1), (y0, y1) = (
        (np.take_along_axis(array, right - 1, axis=-1)[..., 0], np.take_along_axis(array, right, axis=-1)[..., 0])
        for array in (cuts, worth)
    )
    width = x1 - x0
    share = np.where(width > 0, (x - x0) / np.where(width > 0, width, 1), 1.0)
    inside: Floats = y0 + (y1 - y0) * share
    return inside


def stands_of(case: Case, player: Player, issue: str) -> tuple[Quantity, Quantity] | None:
    """Position and salience of ``player`` on ``issue``; a faction's own where it has them; None: takes no part."""
    stand = case.issues[issue].positions.get(player.party)
    position, salience = (stand.position, stand.salience) if stand else (None, None)
    if player.faction is not None:
        own = case.parties[player.party].factions[player.faction].positions.get(issue)
        if own is not None:
            position, salience = own.position, own.salience or salience
    if position is None:
        return None
    if salience is None:
        raise MethodError(f"issues.{issue}.positions.{player.party}", "no salience", "how much the party cares")
    return position, salience


def bargain(case: Case, issues: Sequence[str], players: Sequence[Player], sampler: Sampler, bounds: Floats) -> Bargain:
    """The utilities of ``players`` over ``issues``; ``bounds`` (2, D, m) limit the outcomes.

    Raises:
        MethodError: a status quo is needed and missing, or a utility table is not concave.
    """
    weight = np.stack([_weights(case, player, issues, sampler) for player in players], axis=1)
    total = weight.sum(axis=2, keepdims=True)
    weight = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    low, high = bounds
    curves = [[_Curve.of(case, player, issue, sampler) for player in players] for issue in issues]
    cuts = np.stack(_same_width([_cuts(row, low[:, at], high[:, at]) for at, row in enumerate(curves)]), axis=1)
    each = [
        np.stack([curve.at(cuts[:, at]) for curve in row], axis=1) * weight[:, :, at, None]
        for at, row in enumerate(curves)
    ]
    status_quo = np.stack([_status_quo(case.issues[name], sampler) for name in issues], axis=1)
    stated = [_no_deal(case, player, sampler) for player in players]
    no_deal = [
        value
        if value is not None
        else _at_status_quo(player.party, issues, weight[:, place], [row[place] for row in curves], status_quo)
        for place, (player, value) in enumerate(zip(players, stated, strict=True))
    ]
    found = Bargain(
        players=tuple(players),
        issues=tuple(issues),
        cuts=cuts,
        worth=np.stack(each, axis=2),
        no_deal=np.stack(no_deal, axis=1),
        stake=total[:, :, 0] > 0,
        low=low,
        high=high,
        status_quo=status_quo,
    )
    _check_concave(found)
    return found


def _weights(case: Case, player: Player, issues: Sequence[str], sampler: Sampler) -> Floats:
    stands = [stands_of(case, player, issue) for issue in issues]
    return np.stack([sampler.of(stand[1]) if stand else np.zeros(sampler.rows) for stand in stands], axis=1)


@dataclass(frozen=True, kw_only=True)
class _Curve:
    """One player's utility from one issue: ``peak`` (D,) and a loss, or a table's points and values (D, T)."""

    peak: Floats
    range: float
    loss: str
    table: tuple[Floats, Floats] | None

    @classmethod
    def of(cls, case: Case, player: Player, issue: str, sampler: Sampler) -> _Curve:
        stand = stands_of(case, player, issue)
        stated: Utility | None = case.utilities.get(player.party) if player.faction is None else None
        scale = case.issues[issue].scale
        points = stated.issues.get(issue) if stated else None
        return cls(
            peak=sampler.of(stand[0]) if stand else np.full(sampler.rows, scale.low),
            range=scale.high - scale.low,
            loss=stated.loss if stated else "linear",
            table=_table(case.issues[issue], points, sampler) if points else None,
        )

    def at(self, x: Floats) -> Floats:
        """The utility at ``x`` (D, ...)."""
        flat = x.reshape(len(x), -1)
        if self.table is not None:
            rows = [np.interp(row, *pair) for row, *pair in zip(flat, *self.table, strict=True)]
            return np.array(rows).reshape(x.shape)
        distance = np.abs(flat - self.peak[:, None]) / self.range
        return (1 - (distance**2 if self.loss == "quadratic" else distance)).reshape(x.shape)

    def cuts(self) -> Floats:
        return self.table[0] if self.table is not None else self.peak[:, None]


def _table(issue: Issue, points: Mapping[str, Quantity], sampler: Sampler) -> tuple[Floats, Floats]:
    places = [issue.scale.points[name] if name in issue.scale.points else float(name) for name in points]
    order = np.argsort(places)
    values = np.stack([sampler.of(number) for number in points.values()], axis=1)[:, order]
    return np.broadcast_to(np.array(places)[order], values.shape), values


def _cuts(curves: Sequence[_Curve], low: Floats, high: Floats) -> Floats:
    columns = [curve.cuts() for curve in curves]
    if any(curve.loss == "quadratic" and curve.table is None for curve in curves):
        columns.append(low[:, None] + np.linspace(0, 1, GRID + 1)[None] * (high - low)[:, None])
    inner = np.concatenate(columns, axis=1)
    inside = np.minimum(np.maximum(inner, low[:, None]), np.maximum(high, low)[:, None])
    return np.sort(np.concatenate([low[:, None], inside, np.maximum(high, low)[:, None]], axis=1), axis=1)


def _same_width(rows: list[Floats]) -> list[Floats]:
    width = max(row.shape[1] for row in rows)
    return [np.concatenate([row, np.repeat(row[:, -1:], width - row.shape[1], axis=1)], axis=1) for row in rows]


def _status_quo(issue: Issue, sampler: Sampler) -> Floats:
    return np.full(sampler.rows, np.nan) if issue.status_quo is None else sampler.of(issue.status_quo)


def _no_deal(case: Case, player: Player, sampler: Sampler) -> Floats | None:
    """The utility of no agreement (D,) that the case states, if it does."""
    stated = case.utilities.get(player.party) if player.faction is None else None
    return None if stated is None or stated.no_deal is None else sampler.of(stated.no_deal)


def _at_status_quo(party: str, issues: Sequence[str], weight: Floats, curves: Sequence[_Curve], x: Floats) -> Floats:
    total = np.zeros(len(x))
    for at, issue in enumerate(issues):
        if not weight[:, at].any():
            continue
        if np.isnan(x[:, at]).any():
            raise MethodError(f"issues.{issue}", "no status quo", f"one, or utilities.{party}.no_deal")
        total += weight[:, at] * curves[at].at(x[:, at])
    return total


def _check_concave(found: Bargain) -> None:
    slopes, real = found.slopes, found.lengths[:, None] > 0
    for place, player in enumerate(found.players):
        for at, issue in enumerate(found.issues):
            if (_risen(slopes[:, place, at], real[:, 0, at]) > 1e-9).any():
                raise MethodError(
                    f"utilities.{player.party}.issues.{issue}",
                    "a utility that falls and rises again or rises ever faster",
                    "a concave one (its slope never grows), or the default",
                )


def _risen(slopes: Floats, real: npt.NDArray[np.bool_]) -> Floats:
    """By how much each slope (D, T) is above that of the real piece before it; 0 at pieces that are not real."""
    last = np.maximum.accumulate(np.where(real, np.arange(real.shape[1]), -1), axis=1)
    before = last[:, :-1]
    above = slopes[:, 1:] - np.take_along_axis(slopes, np.maximum(before, 0), axis=1)
    risen: Floats = np.where(real[:, 1:] & (before >= 0), above, 0.0)
    return risen
