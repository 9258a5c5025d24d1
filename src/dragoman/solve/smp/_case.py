"""The numbers of a case as the model takes them: one scale, one capability a party, shares of attention.

1. Positions go to 0..1 over each issue's scale.
2. A party has one capability over the issues that are solved together.
3. Saliences are shares of a whole, at most 1 a party.  Where a case's may add up to more
   over several issues, all are divided by the number of issues ("mean").
4. A party that takes no part in an issue gets salience 0 there, and a place at the
   weighted mean of those that do: it gives way on it in every bargain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import MethodError, UnknownNameError
from dragoman.solve.outcomes import weighted_mean
from dragoman.solve.smp._run import Input, prepare
from dragoman.solve.smp._votes import Flags, Floats

if TYPE_CHECKING:
    from dragoman.model import Case, Spatial

SALIENCES = ("given", "mean")
ABSENT = ("mean", "error")
ROUNDING = 1e-12

Accommodation = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """How a case enters the model: its parties and issues, the parties' rows, and the choices made.

    ``present`` (A, m) says who takes part in what; ``low`` and ``high`` (m,) are the scales.
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    rows: Flags
    present: Flags
    low: Floats
    high: Floats
    saliences: str
    accommodation: Floats | None = None

    def units(self, position: Floats) -> Floats:
        """Positions in 0..1 (..., m) in the units of the issues."""
        return self.low + position * (self.high - self.low)


def setting(
    case: Case,
    issues: tuple[str, ...] | None,
    *,
    saliences: str | None = None,
    absent: str = "mean",
    accommodation: Accommodation | None = None,
) -> Setting:
    """What the model makes of a case.

    Raises:
        UnknownNameError: no such issue, choice or party.
        MethodError: no issue, nobody takes part in one, or a party is absent where ``absent`` forbids it.
    """
    for name, value, known in (("saliences", saliences or "given", SALIENCES), ("absent", absent, ABSENT)):
        if value not in known:
            raise UnknownNameError(name, value, known)
    table = case.arrays(issues)
    if not table.issues:
        raise MethodError("issues", "no issues", "at least one issue with positions")
    for at, name in enumerate(table.issues):
        if not table.present[:, at].any():
            raise MethodError(f"issues.{name}.positions", "no party with a seat takes part", "at least one position")
    rows: Flags = np.logical_or.reduce(table.present, axis=1)
    made = Setting(
        parties=tuple(party for party, here in zip(table.parties, rows, strict=True) if here),
        issues=table.issues,
        rows=rows,
        present=table.present[rows],
        low=table.low,
        high=table.high,
        saliences=saliences or ("given" if _within_one(case, table) else "mean"),
    )
    if absent == "error" and not made.present.all():
        party, issue = (int(at[0]) for at in np.nonzero(~made.present))
        place = f"issues.{made.issues[issue]}.positions.{made.parties[party]}"
        raise MethodError(place, "no position", "one of every party on every issue")
    return replace(made, accommodation=_matrix(accommodation, made.parties))


def _within_one(case: Case, table: Spatial) -> bool:
    """Whether no draw can give a party saliences of more than 1 in all."""
    totals = dict.fromkeys(table.parties, 0.0)
    for name in table.issues:
        for party, stand in case.issues[name].positions.items():
            if party in totals and stand.salience is not None:
                totals[party] += stand.salience.range()[1]
    return max(totals.values()) <= 1 + ROUNDING


def _matrix(given: Accommodation | None, parties: tuple[str, ...]) -> Floats | None:
    if given is None:
        return None
    matrix = np.eye(len(parties))
    for party, others in given.items():
        for other, value in others.items():
            for name in (party, other):
                if name not in parties:
                    raise UnknownNameError("accommodation", name, parties)
            matrix[parties.index(party), parties.index(other)] = value
    return matrix


def input_of(table: Spatial, how: Setting) -> Input:
    """The model's input from the arrays of a case, (D, n, m).

    Raises:
        MethodError: a number outside the model's domain; the message names the party.
    """
    capability = _capability(table.capability[:, how.rows], how)
    salience = np.where(how.present, table.salience[:, how.rows], 0.0)
    if how.saliences == "mean":
        salience = salience / len(how.issues)
    position = (table.position[:, how.rows] - table.low) / (table.high - table.low)
    _check(salience, capability, how)
    if not how.present.all():
        position = _placed(position, salience, capability, how)
    return prepare(position, salience, capability, how.accommodation)


def _capability(capability: Floats, how: Setting) -> Floats:
    first = how.present.argmax(axis=1)
    one = np.take_along_axis(capability, first[None, :, None], axis=2)
    differs = how.present & (capability != one)
    if differs.any():
        party = how.parties[int(np.nonzero(differs)[1][0])]
        raise MethodError(
            f"parties.{party}.capability",
            "capabilities that differ between issues",
            "one capability a party over issues solved together, or one issue at a time",
        )
    return one[:, :, 0]


def _check(salience: Floats, capability: Floats, how: Setting) -> None:
    total = salience.sum(axis=2)
    for wrong, part, found, expected in (
        (~(capability > 0), "capability", "a capability of 0", "one above 0: without a voice a party has no seat"),
        (total <= 0, "salience", "nothing matters to it", "a salience above 0 on some issue"),
        (total > 1 + ROUNDING, "salience", f"they add up to {total.max():.4g}", 'at most 1, or saliences="mean"'),
    ):
        if wrong.any():
            party = how.parties[int(np.nonzero(wrong)[1][0])]
            raise MethodError(f"{party}: {part}", found, expected)


def _placed(position: Floats, salience: Floats, capability: Floats, how: Setting) -> Floats:
    """Positions with the absent at the weighted mean of the present, issue by issue."""
    filled = position.copy()
    for column in range(position.shape[2]):
        here = how.present[:, column]
        weight = salience[:, here, column] * capability[:, here]
        filled[:, ~here, column] = weighted_mean(position[:, here, column], weight)[:, None]
    return filled
