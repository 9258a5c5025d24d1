"""Solve the casebook and set the answers beside what came: ``make casebook``.

    python bench/casebook.py [--json FILE]

One table, "outcome known to the coder": whoever wrote the values knew the outcomes, so it compares methods on the same
inputs and claims no skill, and as the sample is balanced by outcome it quotes no share of successes.  Signed and kept
after five years are scored apart; points are compared only where a text was signed.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from dragoman.desk.rates import rate
from dragoman.model import Case, load_case
from dragoman.record.scoring import brier
from dragoman.solve import solve

FOLDER = Path(__file__).resolve().parent.parent / "casebook"
POINTS = ("mean", "median", "constant 50", "status quo")
SIGNED, KEPT = ("crises.mediated", "formal"), ("agreements.full", "kept5")


def outcomes() -> dict[str, dict[str, Any]]:
    """What came of each case, from its separate file."""
    found: dict[str, dict[str, Any]] = YAML(typ="safe").load((FOLDER / "outcomes.yaml").read_text(encoding="utf-8"))
    return found


def answers(case: Case) -> dict[str, Any]:
    """What the methods say of a case, at its central values: they never see the outcome."""
    nodeal = solve("nodeal", case, draws=0).answer
    package = nodeal.together or max(nodeal.packages, key=lambda item: len(item.issues))
    steps = solve("steps", case, draws=0).answer
    points = {
        name: {row.issue: row.central for row in solve(name, case, draws=0).answer.issues}
        for name in ("mean", "median")
    }
    points["constant 50"] = dict.fromkeys(case.issues, 50.0)
    points["status quo"] = {
        name: issue.status_quo.central() for name, issue in case.issues.items() if issue.status_quo is not None
    }
    return {
        "deal": bool(package.agreement),
        "holds": any(plan.holds for report in steps.regimes for plan in report.plans),
        "points": points,
    }


def row(name: str, came: dict[str, Any]) -> dict[str, Any]:
    """One case: what was said, what came, and how far each method's points were off."""
    case = load_case(FOLDER / f"{name}.yaml")
    said = answers(case)
    known = came.get("points", {})
    return {
        "case": name,
        "as_of": str(case.as_of),
        "sourced": not any("source not seen" in text for text in [case.mark]),
        "signed": came["signed"],
        "deal": said["deal"],
        "kept5": came.get("kept5"),
        "holds": said["holds"],
        "errors": {
            method: [abs(said["points"][method][issue] - value) for issue, value in known.items()] for method in POINTS
        },
    }


def measure() -> dict[str, Any]:
    """All rows and what they come to."""
    rows = [row(name, came) for name, came in outcomes().items()]
    signed = [one for one in rows if one["signed"]]
    base = {name: rate(*key).share or 0.0 for name, key in (("signed", SIGNED), ("kept", KEPT))}
    errors = {method: [error for one in rows for error in one["errors"][method]] for method in POINTS}
    return {
        "rows": rows,
        "cases": len(rows),
        "sourced": sum(one["sourced"] for one in rows),
        "deal_right": sum(one["deal"] == one["signed"] for one in rows),
        "deal_always": max(len(signed), len(rows) - len(signed)),
        "deal_brier": _mean([brier(float(one["deal"]), float(one["signed"])) for one in rows]),
        "deal_base_brier": _mean([brier(base["signed"], float(one["signed"])) for one in rows]),
        "kept_cases": len(signed),
        "holds_right": sum(one["holds"] == one["kept5"] for one in signed),
        "holds_brier": _mean([brier(float(one["holds"]), float(one["kept5"])) for one in signed]),
        "holds_base_brier": _mean([brier(base["kept"], float(one["kept5"])) for one in signed]),
        "points": len(errors["mean"]),
        "mae": {method: _mean(values) for method, values in errors.items()},
    }


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def show(found: dict[str, Any]) -> None:
    """The table."""
    print(
        "OUTCOME KNOWN TO THE CODER: methods compared on the same inputs; no skill is claimed and no share of successes"
    )
    print(f"{found['cases']} cases, {found['sourced']} of them sourced; the rest are demonstrations\n")
    heads = ("a deal exists", "signed", "would hold", "kept 5 y", "mean off by")
    print(f"{'case':24}{'as of':12}{heads[0]:>14}{heads[1]:>8}{heads[2]:>12}{heads[3]:>10}{heads[4]:>13}")
    for one in found["rows"]:
        off = one["errors"]["mean"]
        print(
            f"{one['case']:24}{one['as_of']:12}{_yes(one['deal']):>14}{_yes(one['signed']):>8}{_yes(one['holds']):>12}"
            f"{_yes(one['kept5']):>10}{f'{_mean(off):.0f}' if off else '-':>13}"
        )
    print(
        f"\n'a deal exists' agrees with signed in {found['deal_right']} of {found['cases']} (one answer for all: "
        f"{found['deal_always']}); Brier {found['deal_brier']:.3f}, the rate of mediated crises "
        f"{found['deal_base_brier']:.3f}"
    )
    print(
        f"'would hold' agrees with kept five years in {found['holds_right']} of {found['kept_cases']} signed; Brier "
        f"{found['holds_brier']:.3f}, the rate of full peace agreements {found['holds_base_brier']:.3f}"
    )
    print(f"mean absolute error on {found['points']} points: " + ", ".join(
        f"{method} {value:.1f}" for method, value in found["mae"].items()
    ))  # fmt: skip


def _yes(value: bool | None) -> str:
    return "-" if value is None else "yes" if value else "no"


def main() -> None:
    """Solve, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    given = parser.parse_args()
    begun = time.monotonic()
    found = measure()
    show(found)
    print(f"{time.monotonic() - begun:.0f} s")
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
