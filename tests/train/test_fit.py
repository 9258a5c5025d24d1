"""Fitting: what is kept out, from where a finding counts, and whether a probability is one."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "train"))

import _models as models
import fit


def example(group: str, *, writer: str = "official", right: bool = True) -> fit.Example:
    """A proposal of a text of some dispute."""
    return fit.Example(
        features={}, right=right, strict=right, rules=0.5, group=group, hands=(writer, "b"), genre="report"
    )


def test_a_fold_keeps_out_whole_disputes() -> None:
    """Every example is kept out once, with all others of its dispute; folds are of about one size."""
    rows = [example(f"g{number % 7}") for number in range(100)]
    apart = fit.folds(rows, lambda one: one.group, 3)
    assert (np.sum(apart, axis=0) == 1).all()
    for out in apart:
        inside = {one.group for one, left in zip(rows, out, strict=True) if left}
        assert inside.isdisjoint(one.group for one, left in zip(rows, out, strict=True) if not left)
        assert 25 <= out.sum() <= 45


def test_a_finding_counts_from_the_lowest_confidence_of_enough_precision() -> None:
    """Against its definition: no lower level reaches .8, and levels with too few above them do not count."""
    draw = np.random.default_rng(3)
    p = np.round(draw.random(800), 2)
    right = draw.random(800) < p
    level, how = fit.threshold(p, right)
    assert how == "precision .8"
    assert right[p >= level].mean() >= 0.8
    assert all(right[p >= lower].mean() < 0.8 for lower in np.unique(p) if lower < level)


def test_where_no_level_is_precise_enough_the_best_is_taken_and_said() -> None:
    """The best precision of those levels that keep a tenth of what is right."""
    p = np.repeat([0.1, 0.4, 0.6], 100)
    right = np.concatenate([np.arange(100) < 10, np.arange(100) < 60, np.arange(100) < 50])
    level, how = fit.threshold(p, right)
    assert level == 0.4
    assert "0.55" in how
    assert ".8 is not reached" in how


@pytest.mark.parametrize(("slope", "shift"), [(1.0, 0.0), (2.0, -1.0), (0.5, 0.7)])
def test_calibration_finds_the_curve_that_made_the_data(slope: float, shift: float) -> None:
    """Scores of which the probability is known give back its slope and shift, and a small calibration error."""
    draw = np.random.default_rng(5)
    scores = draw.normal(0, 2, 20000)
    p = fit.logistic(scores, slope, shift)
    right = draw.random(20000) < p
    found = fit.platt(scores, right)
    assert found == pytest.approx((slope, shift), abs=0.08)
    assert fit.ece(p, right) < 0.02
    assert fit.ece(np.clip(p + 0.2, 0, 1), right) > 0.1


def test_average_precision_is_the_mean_of_precisions_at_hits() -> None:
    """Two hits at ranks one and three: (1/1 + 2/3) / 2."""
    p, right = np.array([0.9, 0.8, 0.7, 0.1]), np.array([True, False, True, False])
    assert fit.average_precision(p, right) == pytest.approx((1 + 2 / 3) / 2)


def test_articles_written_here_weigh_more() -> None:
    """Press is what is read later; official texts are the most of what is labelled."""
    assert fit.weights_of([example("g"), example("g", writer="hand1")]).tolist() == [1.0, fit.OWN]


def test_a_tree_says_what_its_nodes_say() -> None:
    """Nodes in the order of the walk, an inner node with its own value, so that parts add up to the leaf."""
    root = {
        "split_feature": 0, "threshold": 1.5, "internal_value": 0.1, "left_child": {"leaf_value": -0.25},
        "right_child": {
            "split_feature": 1, "threshold": 0.5, "internal_value": 0.2, "left_child": {"leaf_value": 0.5},
            "right_child": {"leaf_value": 0.75},
        },
    }  # fmt: skip
    nodes = models._nodes(root, ["far", "quoted"])
    assert nodes[0] == ("far", 1.5, 1, 2, 0.1)
    model = models.Fitted(bias=0.1, linear={}, trees=(nodes,))
    for features, leaf in (({}, -0.25), ({"far": 2.0}, 0.5), ({"far": 2.0, "quoted": 1.0}, 0.75)):
        assert model.score(features) == pytest.approx(leaf)
