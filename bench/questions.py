"""How good are the forecasts: resolved questions on diplomatic acts, scored out of sample.

    DRAGOMAN_QUESTIONS=FOLDER python bench/questions.py [--json FILE] [--count]

The folder holds ``questions.jsonl``.  Each question is forecast by rules that have seen
no question of its family (questions on one matter); "forward" has seen only those that
were over on the day it was asked.  Intervals and shares of wins come from 2,000
resamples of families.  A richer rule takes the default's place only where it is better
in 90 % of them.  ``--count`` writes the counts by kind that the package ships
(``src/dragoman/desk/acts.json``): no question's words, and hashes of their ids alone, so
that the shipped rates are scored only on questions from which they were not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from _questions_models import DEFAULT, RICHER, SIMPLE, Forecaster, Question, overall, shrunken
from dragoman.desk.when import act_rate
from dragoman.record.scoring import brier, calibration, calibration_error, discrimination, log_score, thirds

ACTS = Path(__file__).resolve().parent.parent / "src" / "dragoman" / "desk" / "acts.json"
RESAMPLES = 2000
BETTER = 0.9
HORIZONS = ((0, 60, "to 60 days"), (61, 150, "61 to 150 days"), (151, 10**6, "over 150 days"))
Said = dict[str, list[float]]


def load(folder: Path) -> list[Question]:
    """The questions of a folder, by the day asked."""
    rows = [json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines() if line]
    return sorted((_question(row) for row in rows), key=lambda one: (one.opened, one.key))


def _question(row: dict[str, Any]) -> Question:
    opened, closes, resolved = (date.fromisoformat(row[name]) for name in ("opened", "closes", "resolved_on"))
    crowd = row.get("crowd")
    return Question(
        key=row["id"], act=row["act"], actors=tuple(row["actors"]), opened=opened, closes=closes, resolved=resolved,
        outcome=int(row["outcome"]), family=row.get("family") or row["id"], crowd=crowd["p"] if crowd else None,
    )  # fmt: skip


def without_family(asked: Question, questions: Sequence[Question]) -> list[Question]:
    """What a rule may know of the others: all but the family of the question."""
    return [one for one in questions if one.family != asked.family]


def over_by(asked: Question, questions: Sequence[Question]) -> list[Question]:
    """What was over on the day of asking, of other families."""
    return [one for one in without_family(asked, questions) if max(one.resolved, one.closes) < asked.opened]


def forecasts(questions: Sequence[Question]) -> Said:
    """What each rule says of each question."""
    said = {name: [_held(rule, without_family(one, questions), one) for one in questions] for name, rule in ALL.items()}
    forward = [_forward(over_by(one, questions), one) for one in questions]
    return said | {"rate by kind, shrunken, forward": forward}


ALL: dict[str, Forecaster] = SIMPLE | RICHER


def _held(rule: Forecaster, known: list[Question], asked: Question) -> float:
    return min(max(rule(known, asked), 0.0), 1.0)


def _forward(known: list[Question], asked: Question) -> float:
    return shrunken(known, asked) if known else overall(known, asked)


def scores(said: Sequence[float], questions: Sequence[Question]) -> dict[str, Any]:
    """All scores of one rule."""
    came = [float(one.outcome) for one in questions]
    bins = calibration(said, came)
    return {
        "n": len(questions),
        "brier": float(np.mean([brier(p, y) for p, y in zip(said, came, strict=True)])),
        "log": float(np.mean([log_score(p, y) for p, y in zip(said, came, strict=True)])),
        "ece": calibration_error(bins),
        "auc": discrimination(said, came),
        "bins": [[one.low, one.high, one.count, one.said, one.came_true] for one in bins],
        "thirds": [[one.count, one.expected, one.observed] for one in thirds(said, came)],
    }


def draws_of_families(questions: Sequence[Question], count: int = RESAMPLES) -> list[np.ndarray]:
    """Places of the questions in each resample: whole families, drawn with return."""
    families: dict[str, list[int]] = {}
    for place, one in enumerate(questions):
        families.setdefault(one.family, []).append(place)
    groups = [np.array(places) for places in families.values()]
    rng = np.random.default_rng(15)
    return [np.concatenate([groups[i] for i in rng.integers(len(groups), size=len(groups))]) for _ in range(count)]


def compare(said: Said, questions: Sequence[Question]) -> dict[str, dict[str, float]]:
    """Each rule's Brier with its interval, its distance from the default's, and the share of resamples it wins."""
    came = np.array([one.outcome for one in questions], float)
    errors = {name: (np.array(values) - came) ** 2 for name, values in said.items()}
    drawn = draws_of_families(questions)
    found = {}
    for name, error in errors.items():
        means = np.array([error[places].mean() for places in drawn])
        apart = np.array([(error - errors[DEFAULT])[places].mean() for places in drawn])
        low, high = np.quantile(means, (0.025, 0.975))
        worse, better = np.quantile(apart, (0.025, 0.975))
        found[name] = {
            "low": float(low), "high": float(high), "difference": float((error - errors[DEFAULT]).mean()),
            "difference_low": float(worse), "difference_high": float(better), "better": float((apart < 0).mean()),
        }  # fmt: skip
    return found


def verdict(compared: dict[str, dict[str, float]], n: int) -> dict[str, str]:
    """What is said of each richer rule."""
    words = {}
    for name in RICHER:
        row = compared[name]
        told = f"better in {row['better']:.0%} of resamples"
        interval = f"{row['difference_low']:+.3f} to {row['difference_high']:+.3f}"
        said = "worse than the simple rate" if row["difference_low"] > 0 else "not told apart from the simple rate"
        if row["better"] >= BETTER:
            said = "takes the default's place"
        words[name] = f"{said} (n = {n}, difference of Brier {interval}; {told})"
    return words


def parts(questions: Sequence[Question], said: Said, part: Callable[[Question], str]) -> dict[str, dict[str, Any]]:
    """Brier of each rule by a part of the questions."""
    names = sorted({part(one) for one in questions})
    found = {}
    for name in names:
        places = [i for i, one in enumerate(questions) if part(one) == name]
        came = [questions[i].outcome for i in places]
        found[name] = {"n": len(places), "yes": sum(came)} | {
            rule: float(np.mean([brier(values[i], y) for i, y in zip(places, came, strict=True)]))
            for rule, values in said.items()
        }
    return found


def horizon(one: Question) -> str:
    """The part of the questions by days left."""
    return next(name for low, high, name in HORIZONS if low <= one.horizon <= high)


def measure(questions: list[Question]) -> dict[str, Any]:
    """Everything that is printed."""
    said = forecasts(questions)
    crowd = [i for i, one in enumerate(questions) if one.crowd is not None]
    compared = compare(said, questions)
    given = [questions[i] for i in crowd]
    beside = {name: [values[i] for i in crowd] for name, values in said.items()} | {
        "crowd at its first freeze": [one.crowd or 0.0 for one in given]
    }
    counted = set(json.loads(ACTS.read_text(encoding="utf-8"))["counted"])
    fresh = [one for one in questions if mark(one) not in counted]
    shipped = {"rate by kind, as shipped": [act_rate(one.act).probability for one in fresh]}
    return {
        "questions": len(questions),
        "families": len({one.family for one in questions}),
        "yes": sum(one.outcome for one in questions),
        "rules": {name: scores(values, questions) | compared[name] for name, values in said.items()},
        "verdict": verdict(compared, len(questions)),
        "by_kind": parts(questions, said, lambda one: one.act),
        "by_horizon": parts(questions, said, horizon),
        "with_crowd": {name: scores(values, given) for name, values in beside.items()} if given else {},
        "crowd_compared": compare(beside, given) if given else {},
        "shipped": {name: scores(values, fresh) for name, values in shipped.items()} if fresh else {},
        "shipped_left_out": len(questions) - len(fresh),
    }


def mark(one: Question) -> str:
    """A short hash of a question's id."""
    return sha256(one.key.encode()).hexdigest()[:10]


def count(questions: Sequence[Question]) -> dict[str, Any]:
    """Yeses by kind, and from which questions they were counted."""
    kinds = sorted({one.act for one in questions})
    return {
        "about": "Resolved questions on diplomatic acts (Good Judgment Project 2011-2015, market sources of "
        "ForecastBench 2024-2026): yeses by kind of act. Counted by bench/questions.py --count.",
        "acts": {
            kind: [
                sum(one.outcome for one in questions if one.act == kind), sum(one.act == kind for one in questions)
            ]
            for kind in kinds
        },
        "counted": sorted(mark(one) for one in questions),
    }  # fmt: skip


def show(found: dict[str, Any]) -> None:
    """The tables."""
    print(f"{found['questions']} questions, {found['yes']} yes, {found['families']} families left out one at a time\n")
    print(f"{'rule':34}{'Brier':>7}  {'95 % (families)':17}{'log':>6}{'ECE':>6}{'AUC':>6}{'better than default':>21}")
    for name, row in found["rules"].items():
        print(
            f"{name:34}{row['brier']:7.3f}  {row['low']:.3f} to {row['high']:.3f}   {row['log']:6.3f}{row['ece']:6.3f}"
            f"{_auc(row['auc']):>6}{'default' if name == DEFAULT else format(row['better'], '.0%'):>21}"
        )
    for name, words in found["verdict"].items():
        print(f"{name}: {words}")
    print(f"\nreliability of the default ({DEFAULT}): said, came true, count")
    for low, high, n, said, came in found["rules"][DEFAULT]["bins"]:
        print(f"  {low:.1f} to {high:.1f}: {said:.3f}  {came:.3f}  {n}")
    print("expected and observed yeses by third:")
    for n, expected, observed in found["rules"][DEFAULT]["thirds"]:
        print(f"  {n}: {expected:.1f} expected, {observed} observed")
    show_parts(found)
    show_others(found)


def show_parts(found: dict[str, Any]) -> None:
    """Brier of the simple rules by kind and by days left."""
    for title, part in (("kind", "by_kind"), ("days left", "by_horizon")):
        print(f"\n{title:20}{'n':>4}{'yes':>5}" + "".join(f"{name[:22]:>24}" for name in SIMPLE))
        for name, row in found[part].items():
            print(f"{name:20}{row['n']:4}{row['yes']:5}" + "".join(f"{row[rule]:24.3f}" for rule in SIMPLE))


def show_others(found: dict[str, Any]) -> None:
    """The crowd, and the rates as shipped."""
    if found["with_crowd"]:
        n = next(iter(found["with_crowd"].values()))["n"]
        print(f"\nwhere a crowd is given ({n} questions)")
        for name, row in found["with_crowd"].items():
            apart = found["crowd_compared"][name]
            print(
                f"{name:34}{row['brier']:7.3f}{row['log']:7.3f}{row['ece']:7.3f}{_auc(row['auc']):>7}   against the "
                f"default {apart['difference_low']:+.3f} to {apart['difference_high']:+.3f}, better in "
                f"{apart['better']:.0%}"
            )
    for name, row in found["shipped"].items():
        print(f"\n{name}: Brier {row['brier']:.3f} on {row['n']} questions from which it was not counted")
    if found["shipped_left_out"]:
        print(
            f"\nthe shipped rates were counted from {found['shipped_left_out']} of these questions: not scored on them"
        )


def _auc(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def main() -> None:
    """Measure and print; or count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    parser.add_argument("--count", action="store_true", help="write the counts by kind that the package ships")
    given = parser.parse_args()
    folder = os.environ.get("DRAGOMAN_QUESTIONS")
    if not folder:
        print("SKIPPED: DRAGOMAN_QUESTIONS is not set, no forecast is measured", file=sys.stderr)
        return
    questions = load(Path(folder))
    if given.count:
        ACTS.write_text(json.dumps(count(questions), indent=1) + "\n", encoding="utf-8")
        return
    found = measure(questions)
    show(found)
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
