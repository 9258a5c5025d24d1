"""Fit the gate on the labelled texts, and print how it does on texts kept out of training.

    python train/fit.py [--write] [--hands]

Every figure is of texts of which no dispute was seen in training (folds over disputes); ``--hands`` adds those of a
model that saw no text of the hand that wrote or labelled it.  ``--write`` stores the weights where the reader finds
them, and the figures in ``bench/results/gate.json``.  Needs ``requirements/train.txt``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from _labels import Labelled, load
from _match import verdicts
from _models import Fitted, boosted, linear
from dragoman.plain import canonical_json
from dragoman.read.gate import KINDS
from dragoman.read.gate.features import Features
from dragoman.read.reader import proposed
from dragoman.read.sources._article import RawArticle

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "src" / "dragoman" / "read" / "gate" / "weights.json"
RESULTS = ROOT / "bench" / "results" / "gate.json"
OWN = 2.0
FOLDS, WANTED, LEAST, FEWEST, BETTER = 10, 0.8, 20, 60, 0.02
MODELS: Mapping[str, Callable[[Sequence[Features], NDArray[np.bool_], NDArray[np.float64]], Fitted]] = {
    "logistic regression": linear,
    "boosting": boosted,
}
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Example:
    """A proposal with its features, what the labels say of it, what the rules thought, and of which text it is."""

    features: Features
    right: bool
    strict: bool
    rules: float
    group: str
    hands: tuple[str, str]
    genre: str


def examples(texts: Sequence[Labelled]) -> dict[str, list[Example]]:
    """Every proposal on which the labels are of one mind, by kind."""
    found: dict[str, list[Example]] = {kind: [] for kind in KINDS}
    group_of = {text.id: text.group for text in reversed(texts)}  # two hands may name the dispute of a text in two ways
    for text in texts:
        day = _day(text.published)
        article = RawArticle(
            text=text.text, place=text.id, kind="text", published=day, published_from="given" if day else "none"
        )
        reading, features = proposed(article)
        said = verdicts(reading, text.labels)
        for kind in KINDS:
            for finding, one, verdict in zip(getattr(reading, kind), features[kind], said[kind], strict=True):
                if verdict.loose is None or _place(finding) >= text.upto:
                    continue
                found[kind].append(
                    Example(
                        features=one, right=verdict.loose, strict=bool(verdict.strict), rules=finding.confidence,
                        group=group_of[text.id], hands=(text.writer, text.hand), genre=text.genre,
                    )
                )  # fmt: skip
    return found


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published) if published else None


def _place(finding: Any) -> int:
    span = getattr(finding, "span", None) or getattr(finding, "what", None) or finding.evidence[0]
    return int(span[0])


def folds(examples: Sequence[Example], key: Callable[[Example], str], most: int = FOLDS) -> list[Bools]:
    """Which examples each fold keeps out: whole groups, the largest first to the fold that has least."""
    sizes = Counter(key(one) for one in examples)
    fold_of: dict[str, int] = {}
    held = [0] * min(most, len(sizes))
    for group, size in sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0])):
        least = held.index(min(held))
        fold_of[group] = least
        held[least] += size
    return [np.array([fold_of[key(one)] == number for one in examples]) for number in range(len(held))]


def kept_out(examples: Sequence[Example], apart: Sequence[Bools], fit: Callable[..., Fitted]) -> Floats:
    """The uncalibrated score of every example by a model that saw nothing of its fold."""
    right = np.array([one.right for one in examples])
    weights, scores = weights_of(examples), np.zeros(len(examples))
    for out in apart:
        seen = [one.features for one, left in zip(examples, out, strict=True) if not left]
        model = fit(seen, right[~out], weights[~out])
        scores[out] = [model.score(one.features) for one, left in zip(examples, out, strict=True) if left]
    return scores


def weights_of(examples: Sequence[Example]) -> Floats:
    """How much each example counts: those of articles written here more, since press is what is read later."""
    return np.array([1.0 if one.hands[0] == "official" else OWN for one in examples])


def calibrated(scores: Floats, right: Bools, apart: Sequence[Bools]) -> Floats:
    """Probabilities, each by a calibration that saw nothing of its fold, rounded as they are stored."""
    found = np.zeros(len(scores))
    for out in apart:
        found[out] = logistic(scores[out], *platt(scores[~out], right[~out]))
    return np.clip(np.round(found, 2), 0.01, 0.99)


def logistic(scores: Floats, slope: float, shift: float) -> Floats:
    """Probabilities of scores."""
    return np.asarray(1 / (1 + np.exp(-np.clip(slope * scores + shift, -30, 30))))


def platt(scores: Floats, right: Bools) -> tuple[float, float]:
    """Slope and shift of the logistic function by which scores are probabilities (Platt's smoothed targets)."""
    from scipy.optimize import minimize

    many, few = right.sum(), (~right).sum()
    aims = np.where(right, (many + 1) / (many + 2), 1 / (few + 2))

    def loss(at: Floats) -> float:
        p = np.clip(logistic(scores, at[0], at[1]), 1e-9, 1 - 1e-9)
        return float(-np.mean(aims * np.log(p) + (1 - aims) * np.log(1 - p)))

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-8})
    return max(round(float(found.x[0]), 4), 0.01), round(float(found.x[1]), 4)


def ece(p: Floats, right: Bools, bins: int = 10) -> float:
    """Expected calibration error over bins of equal size."""
    parts = np.array_split(np.argsort(p, kind="stable"), bins)
    return float(sum(len(part) / len(p) * abs(p[part].mean() - right[part].mean()) for part in parts if len(part)))


def average_precision(p: Floats, right: Bools) -> float:
    """Mean precision at the right ones, the surest first; ties in the order of the text."""
    order = np.argsort(-p, kind="stable")
    hits = right[order]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean()) if hits.any() else 0.0


def threshold(p: Floats, right: Bools) -> tuple[float, str]:
    """The lowest confidence from which precision is .8, and how it was found.

    Where none is, the confidence from which precision is best, of those that keep at least a tenth of what is right.
    """
    levels = [level for level in np.unique(p) if (p >= level).sum() >= min(LEAST, len(p))]
    precise = {float(level): float(right[p >= level].mean()) for level in levels}
    enough = [level for level, value in precise.items() if value >= WANTED]
    if enough:
        return min(enough), "precision .8"
    some = [level for level in precise if right[p >= level].sum() >= 0.1 * right.sum()]
    best = max(some or precise, key=lambda level: (precise[level], -level))
    return best, f"best precision {precise[best]:.2f}; .8 is not reached"


def report(kind: str, name: str, p: Floats, rows: Sequence[Example], level: float) -> dict[str, Any]:
    """The figures of probabilities of texts kept out, printed and returned."""
    right, strict = np.array([one.right for one in rows]), np.array([one.strict for one in rows])
    taken = p >= level
    figures = {
        "candidates": len(rows), "right": round(float(right.mean()), 3),
        "average precision": round(average_precision(p, right), 3), "ece": round(ece(p, right), 3),
        "counted from": round(float(level), 2), "counted": int(taken.sum()),
        "precision": round(float(right[taken].mean()), 3) if taken.any() else None,
        "strict precision": round(float(strict[taken].mean()), 3) if taken.any() else None,
        "share of right kept": round(float(right[taken].sum() / max(right.sum(), 1)), 3),
    }  # fmt: skip
    print(f"{kind:12} {name:28} " + "  ".join(f"{key} {value}" for key, value in figures.items()), flush=True)
    return figures


def fit_kind(kind: str, rows: Sequence[Example], *, hands: bool) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """The model of one kind as ``weights.json`` has it, and its figures.

    Where no model ranks the proposals better than the rules do, by ``BETTER``, there is none: the rules stand.
    """
    right = np.array([one.right for one in rows])
    apart = folds(rows, lambda one: one.group)
    rules = np.array([one.rules for one in rows])
    figures = {"rules": report(kind, "rules", rules, rows, 0.5)}
    scores = {name: kept_out(rows, apart, fit) for name, fit in MODELS.items()}
    levels = {}
    for name, found in scores.items():
        p = calibrated(found, right, apart)
        levels[name] = threshold(p, right)
        figures[name] = report(kind, name, p, rows, levels[name][0]) | {"how": levels[name][1]}
        own = np.array([one.hands[0] != "official" for one in rows])
        if own.sum() >= LEAST:
            some = [one for one in rows if one.hands[0] != "official"]
            figures[f"{name}, articles"] = report(kind, f"{name}, articles", p[own], some, levels[name][0])
        if hands:
            ways = folds(rows, lambda one: "/".join(one.hands), most=99)
            if len(ways) > 1:
                q = calibrated(kept_out(rows, ways, MODELS[name]), right, ways)
                figures[f"{name}, no text of the hand"] = report(kind, f"{name}, hands", q, rows, levels[name][0])
    best = max(MODELS, key=lambda name: figures[name]["average precision"])
    if figures[best]["average precision"] < figures["rules"]["average precision"] + BETTER:
        print(f"{kind:12} taken: the rules, since no model is better")
        return None, figures | {"taken": "rules"}
    model = MODELS[best]([one.features for one in rows], right, weights_of(rows))
    slope, shift = platt(scores[best], right)
    print(f"{kind:12} taken: {best}, {levels[best][1]}")
    weights = model.plain() | {"calibration": [slope, shift], "counted": round(float(levels[best][0]), 2)}
    return weights, figures | {"taken": best}


def main() -> None:
    """Fit, print, and store if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="store the weights and the figures")
    parser.add_argument("--hands", action="store_true", help="also keep out whole hands")
    arguments = parser.parse_args()
    texts = load()
    if not any(text.is_official for text in texts):
        print("official texts: SKIPPED, DRAGOMAN_TRAIN names no folder with them", file=sys.stderr)
    found = examples(texts)
    weights, figures = {}, {}
    for kind, rows in found.items():
        few = min(sum(one.right for one in rows), sum(not one.right for one in rows))
        if few < FEWEST:
            print(f"{kind:12} not fitted: {len(rows)} candidates, {few} of the rarer kind; {FEWEST} are needed")
            continue
        model, figures[kind] = fit_kind(kind, rows, hands=arguments.hands)
        if model is not None:
            weights[kind] = model
    if arguments.write:
        WEIGHTS.write_text(canonical_json({"kinds": weights}) + "\n", encoding="utf-8")
        RESULTS.parent.mkdir(exist_ok=True)
        document = {"texts": len(texts), "date": datetime.now(UTC).date().isoformat(), "kinds": figures}
        RESULTS.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
        print(f"{WEIGHTS.relative_to(ROOT)}: {WEIGHTS.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
