"""The two models that are tried: logistic regression, and boosted trees.  Both give what ``weights.json`` holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.read.gate.features import Features
from dragoman.read.gate.model import Kind, Node

SEEN = 3
_STRENGTH = 0.005
_BOOSTING: dict[str, Any] = {
    "n_estimators": 120, "learning_rate": 0.05, "max_depth": 4, "num_leaves": 10, "min_child_samples": 20,
    "reg_lambda": 5.0, "colsample_bytree": 0.3, "subsample": 0.8, "subsample_freq": 1, "random_state": 1, "n_jobs": 1,
    "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """A fitted model in the form in which the gate runs it."""

    bias: float
    linear: Mapping[str, float]
    trees: tuple[tuple[Node, ...], ...]

    def score(self, features: Features) -> float:
        """The sum that calibration makes a probability."""
        kind = Kind(bias=self.bias, linear=self.linear, trees=self.trees, calibration=(1.0, 0.0), counted=0.0)
        return self.bias + sum(kind.parts(features).values())

    def plain(self) -> dict[str, Any]:
        """As ``weights.json`` has it."""
        return {"bias": self.bias, "linear": dict(self.linear), "trees": [list(map(list, tree)) for tree in self.trees]}


def _table(rows: Sequence[Features]) -> tuple[list[str], NDArray[np.float64]]:
    """The features that stand in enough rows and do not stand in all alike, and their values."""
    seen = Counter(name for row in rows for name, value in row.items() if value)
    names = sorted(name for name, count in seen.items() if count >= SEEN)
    table = np.array([[row.get(name, 0.0) for name in names] for row in rows], dtype=float)
    varied = np.ptp(table, axis=0) > 0
    return [name for name, keep in zip(names, varied, strict=True) if keep], table[:, varied]


def linear(rows: Sequence[Features], right: NDArray[np.bool_], weights: NDArray[np.float64]) -> Fitted:
    """Logistic regression over features of equal spread."""
    from sklearn.linear_model import LogisticRegression

    names, table = _table(rows)
    mean, spread = table.mean(axis=0), np.maximum(table.std(axis=0), 0.1)
    model = LogisticRegression(C=_STRENGTH, max_iter=2000)
    model.fit((table - mean) / spread, right, sample_weight=weights)
    slopes = model.coef_[0] / spread
    bias = float(model.intercept_[0] - (slopes * mean).sum())
    return Fitted(
        bias=round(bias, 4),
        linear={
            name: round(float(weight), 4) for name, weight in zip(names, slopes, strict=True) if abs(weight) > 1e-4
        },
        trees=(),
    )


def boosted(rows: Sequence[Features], right: NDArray[np.bool_], weights: NDArray[np.float64]) -> Fitted:
    """Boosted small trees."""
    from lightgbm import LGBMClassifier

    names, table = _table(rows)
    model = LGBMClassifier(**_BOOSTING).fit(table, right, sample_weight=weights)
    dumped = model.booster_.dump_model()
    trees = [_nodes(tree["tree_structure"], names) for tree in dumped["tree_info"]]
    bias = sum(tree[0][4] for tree in trees)
    return Fitted(bias=round(bias, 5), linear={}, trees=tuple(trees))


def _nodes(root: dict[str, Any], names: Sequence[str]) -> tuple[Node, ...]:
    """A tree as a list of nodes; the value of an inner node is what it would say as a leaf."""
    nodes: list[Node] = []

    def add(node: dict[str, Any]) -> int:
        place = len(nodes)
        if "leaf_value" in node:
            nodes.append((None, 0.0, 0, 0, round(float(node["leaf_value"]), 5)))
            return place
        nodes.append((None, 0.0, 0, 0, 0.0))
        left, right = add(node["left_child"]), add(node["right_child"])
        value = round(float(node["internal_value"]), 5)
        nodes[place] = (names[node["split_feature"]], float(node["threshold"]), left, right, value)
        return place

    add(root)
    return tuple(nodes)
