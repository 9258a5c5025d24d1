"""Forecasters of resolved questions: each takes the questions that it may know and one that it may not.

The simple ones come first; ``RICHER`` are those that would take the place of the
shrunken rate if they were better.  All were written down before any was scored on
the questions, and none has a number fitted beyond what its rule says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from dragoman.solve.when import WEIGHT, simple_rate

GROUPS = {
    "meet": "talks", "visit": "talks", "talk": "talks", "resume talks": "talks", "mediate": "talks",
    "sign": "accords", "agree": "accords", "ceasefire": "accords", "join": "accords", "recognise": "accords",
    "resolution": "accords", "ambassador": "favours", "release": "favours",
    "withdraw": "breaks", "sanction": "breaks", "breach": "breaks",
}  # fmt: skip
"""Kinds of act by what they ask of the other side."""
BODIES = frozenset({"UN", "EU", "NATO", "IMF", "WTO", "IAEA", "OPEC", "LAS", "TPP", "G7", "G8", "AU", "ASEAN", "OAS"})
PRIOR = 0.25
"""The rate before any question is over, for the forecaster that goes forward in time: one yes of four, judged."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A resolved question as far as a forecaster may look: nothing of its words."""

    key: str
    act: str
    actors: tuple[str, ...]
    opened: date
    closes: date
    resolved: date
    outcome: int
    family: str
    crowd: float | None

    @property
    def horizon(self) -> int:
        """Days from asking to the day due."""
        return max((self.closes - self.opened).days, 1)

    @property
    def exposure(self) -> int:
        """Days for which it was seen: to the yes, or to the day due."""
        end = min(self.resolved, self.closes) if self.outcome else self.closes
        return max((end - self.opened).days, 1)


Known = Sequence[Question]
Forecaster = Callable[[Known, Question], float]


def always_no(known: Known, asked: Question) -> float:
    """It does not happen."""
    del known, asked
    return 0.0


def overall(known: Known, asked: Question) -> float:
    """The rate of all questions known."""
    del asked
    return sum(one.outcome for one in known) / len(known) if known else PRIOR


def of_kind(known: Known, asked: Question) -> float:
    """The rate of the kind of act, or that of all where none of the kind is known."""
    same = [one for one in known if one.act == asked.act]
    return overall(same or known, asked)


def shrunken(known: Known, asked: Question) -> float:
    """The rate of the kind, drawn to that of all: the default."""
    same = [one for one in known if one.act == asked.act]
    yes = sum(one.outcome for one in same)
    return simple_rate(yes, len(same), sum(one.outcome for one in known), len(known)).probability


def nested(known: Known, asked: Question) -> float:
    """The kind drawn to its group, the group to all."""
    rate = overall(known, asked)
    group = [one for one in known if GROUPS.get(one.act) == GROUPS.get(asked.act)]
    for part in (group, [one for one in group if one.act == asked.act]):
        rate = (sum(one.outcome for one in part) + WEIGHT * rate) / (len(part) + WEIGHT)
    return rate


def hazard(known: Known, asked: Question) -> float:
    """Yeses by days of exposure in the kind, drawn to all, over the days left: 1 - (T / (T + t))^k.

    The rate of all weighs as ten questions of the mean exposure.
    """
    days = sum(one.exposure for one in known)
    same = [one for one in known if one.act == asked.act]
    lent = WEIGHT * days / len(known)
    count = sum(one.outcome for one in same) + lent * sum(one.outcome for one in known) / days
    span = sum(one.exposure for one in same) + lent
    return float(1 - (span / (span + asked.horizon)) ** count)


def regression(known: Known, asked: Question) -> float:
    """Logistic regression on group, pair, number of sides and log of the days left, with a ridge of one."""
    rows, outcomes = np.array([_features(one) for one in known]), np.array([one.outcome for one in known], float)
    middle, scale = rows.mean(axis=0), rows.std(axis=0)
    scale[scale == 0] = 1.0
    design = np.column_stack([np.ones(len(rows)), (rows - middle) / scale])
    ridge = np.diag([1e-6, *np.ones(rows.shape[1])])
    weights = np.zeros(design.shape[1])
    for _ in range(30):
        said = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (outcomes - said) - ridge @ weights
        weights += np.linalg.solve((design.T * (said * (1 - said))) @ design + ridge, slope)
    at = np.concatenate([[1.0], (np.array(_features(asked)) - middle) / scale])
    return float(1 / (1 + np.exp(-at @ weights)))


def _features(one: Question) -> list[float]:
    groups = [float(GROUPS.get(one.act) == group) for group in ("talks", "favours", "breaks")]
    body = any(actor in BODIES for actor in one.actors)
    return [*groups, float(body), float(len(one.actors) > 2), float(np.log(one.horizon))]


SIMPLE: dict[str, Forecaster] = {
    "always no": always_no,
    "overall rate": overall,
    "rate by kind, raw": of_kind,
    "rate by kind, shrunken": shrunken,
}
DEFAULT = "rate by kind, shrunken"
RICHER: dict[str, Forecaster] = {
    "kind in its group": nested,
    "hazard with exposure": hazard,
    "regression": regression,
}
