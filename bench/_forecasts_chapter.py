"""Write ``docs/forecasts.md`` from the benches' figures (``bench/results``) and the shipped table of counts.

python bench/_forecasts_chapter.py
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.desk.rates import names, rate, table

ROOT = Path(__file__).resolve().parent.parent
RESULTS, PAGE = ROOT / "bench" / "results", ROOT / "docs" / "forecasts.md"
WRITTEN = (
    "Written by `bench/_forecasts_chapter.py` from what the benches last printed (`bench/results`); a test fails where "
    "the two differ."
)
DEFAULT = "rate by kind, shrunken"


def results(name: str) -> dict[str, Any]:
    """The figures of a bench as they were last written."""
    found: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def grid(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    """A table."""
    yield "| " + " | ".join(head) + " |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def chapter() -> str:
    """The whole page."""
    return "\n".join(
        [
            "# How good are the forecasts",
            "",
            WRITTEN,
            "",
            *questions(results("questions")),
            *korea(results("when_korea")),
            *casebook(results("casebook")),
            *classes(),
        ]
    )


def questions(found: dict[str, Any]) -> Iterator[str]:
    """Resolved questions: all rules, the verdict, calibration, parts."""
    yield "## Questions that are over"
    yield ""
    yield (
        f"{found['questions']} resolved yes-or-no questions on diplomatic acts, {found['yes']} of them yes, in "
        f"{found['families']} families (questions on one matter). Each is forecast by rules that have seen nothing of "
        'its family; "forward" has seen only what was over on the day of asking. Intervals and the share of wins come '
        "from 2,000 resamples of families (`bench/questions.py`). That is little: most differences cannot be told."
    )
    yield ""
    yield from grid(
        ["rule", "Brier", "95 %", "log score", "ECE", "AUC", "better than the default in"],
        [
            [name, f"{row['brier']:.3f}", f"{row['low']:.3f} to {row['high']:.3f}", f"{row['log']:.3f}",
             f"{row['ece']:.3f}", _auc(row["auc"]), "the default" if name == DEFAULT else f"{row['better']:.0%}"]
            for name, row in found["rules"].items()
        ],
    )  # fmt: skip
    yield (
        "The log score holds probabilities within .01 and .99. A rate that leaves out the question's own family is a "
        "little lower for every yes and higher for every no, which is why the AUC of the overall rate is near 0: it "
        "means nothing."
    )
    yield ""
    for name, words in found["verdict"].items():
        yield f"- {name}: {words}."
    yield ""
    yield (
        "The default is therefore the simple rate by kind, drawn to the rate of all as by ten questions. Another rule "
        "takes its place only where it is better in 90 % of resamples."
    )
    yield ""
    default = found["rules"][DEFAULT]
    yield "Said and come true, of the default:"
    yield ""
    yield from grid(
        ["said between", "questions", "said on average", "came true"],
        [
            [f"{low:.0%} and {high:.0%}", str(n), f"{said:.1%}", f"{came:.1%}"]
            for low, high, n, said, came in default["bins"]
        ],
    )
    yield from grid(
        ["third by what was said", "questions", "yeses expected", "yeses observed"],
        [
            [part, str(n), f"{expected:.1f}", str(observed)]
            for part, (n, expected, observed) in zip(("lowest", "middle", "highest"), default["thirds"], strict=False)
        ],
    )
    for title, key in (("kind of act", "by_kind"), ("days left", "by_horizon")):
        yield from grid(
            [title, "questions", "yes", "Brier of the default", "always no", "overall rate"],
            [
                [name, str(row["n"]), str(row["yes"]), *(f"{row[rule]:.3f}" for rule in (DEFAULT, "always no",
                 "overall rate"))]
                for name, row in found[key].items()
            ],
        )  # fmt: skip
    yield from crowd(found)


def crowd(found: dict[str, Any]) -> Iterator[str]:
    """Where a crowd is given, and the shipped rates."""
    if found["with_crowd"]:
        n = next(iter(found["with_crowd"].values()))["n"]
        yield f"On the {n} questions for which a crowd of forecasters is given:"
        yield ""
        yield from grid(
            ["rule", "Brier", "AUC", "difference from the default", "better in"],
            [
                [name, f"{row['brier']:.3f}", _auc(row["auc"]),
                 _apart(found["crowd_compared"][name]),
                 f"{found['crowd_compared'][name]['better']:.0%}"]
                for name, row in found["with_crowd"].items()
                if name != DEFAULT
            ],
        )  # fmt: skip
    if found["shipped_left_out"]:
        yield (
            f"The rates that `dragoman when` ships were counted from {found['shipped_left_out']} of these questions "
            "and are not scored on them."
        )
        yield ""


def korea(found: dict[str, Any]) -> Iterator[str]:
    """The ledger and what is planned."""
    yield "## What the record adds: tried, not measured"
    yield ""
    yield (
        "The questions come without coverage, so what a record knows (how often two met, what is planned) cannot be "
        "measured on them. It was tried on the Korea example as of the first of each month: does a pair meet within 90 "
        f"days ({found['questions']} pairs and months, {found['yes']} yes; `bench/when_korea.py`). It is one dispute, "
        "with articles chosen to tell it: nothing is concluded, no interval is given, and the pages print the ledger "
        "beside the simple rate with those words."
    )
    yield ""
    yield from grid(
        ["answer", "Brier", "AUC"],
        [[name, f"{row['brier']:.3f}", _auc(row["auc"])] for name, row in found["scores"].items()],
    )


def casebook(found: dict[str, Any]) -> Iterator[str]:
    """The casebook: outcome known to the coder."""
    yield "## The casebook: outcome known to the coder"
    yield ""
    yield (
        f"{found['cases']} past negotiations as cases (`casebook/`), {found['sourced']} of them sourced. Whoever wrote "
        "the values knew the outcomes: the table compares methods on the same inputs and claims no skill. The sample "
        "is balanced by outcome, so no share of successes is quoted."
    )
    yield ""
    yield from grid(
        ["case", "as of", "a deal exists", "signed", "would hold", "kept five years", "mean off by"],
        [
            [one["case"], one["as_of"], _yes(one["deal"]), _yes(one["signed"]), _yes(one["holds"]), _yes(one["kept5"]),
             f"{sum(one['errors']['mean']) / len(one['errors']['mean']):.0f}" if one["errors"]["mean"] else "-"]
            for one in found["rows"]
        ],
    )  # fmt: skip
    yield (
        f'"A deal exists" agrees with signed in {found["deal_right"]} of {found["cases"]}, as one answer for all does '
        f'in {found["deal_always"]}. "Would hold" agrees with kept five years in {found["holds_right"]} of '
        f"{found['kept_cases']} signed (Brier {found['holds_brier']:.3f}; the rate of full peace agreements "
        f"{found['holds_base_brier']:.3f}). Mean absolute error on {found['points']} points of scales: "
        + ", ".join(f"{name} {value:.1f}" for name, value in found["mae"].items())
        + "."
    )
    yield ""


def classes() -> Iterator[str]:
    """The reference classes."""
    yield "## Reference classes"
    yield ""
    yield (
        "Counted by `bench/rates.py`; `dragoman rates --like CLASS` tells a class with the wider ones that hold it, "
        "and leaves a case's own dispute out. Intervals are the wider of Wilson's for the counts and Wilson's for what "
        "the counts are worth when units of one dispute are kin; below 20 clusters there are counts only. Whether "
        "somebody mediated or guaranteed was chosen, not assigned: differences between classes are no effects. The "
        "data sets have no event for an agreement that began to be carried out, so that none is counted."
    )
    yield ""
    rates = [rate(name, event) for name in names() for event in table()["classes"][name]["events"]]
    yield from grid(
        ["class", "event", "horizon", "yes of n", "clusters", "dropped", "share"],
        [
            [f"`{one.name}`", one.event, one.horizon, f"{one.yes} of {one.n}", str(one.clusters), str(one.dropped),
             "counts only" if one.share is None else f"{one.share:.0%} ({one.low:.0%} to {one.high:.0%})"]
            for one in rates
        ],
    )  # fmt: skip
    yield from grid(
        ["data set", "version", "unit", "terms", "check", "published", "counted", "where"],
        [
            [one["title"], one["version"], one["unit"], one["terms"], one["check"]["what"],
             str(one["check"]["published"] or "-"), str(one["check"]["counted"] or "-"), one["check"]["where"]]
            for one in table()["sources"].values()
        ],
    )  # fmt: skip
    yield (
        "Where counted and published differ, the published total is of an earlier version. What the codes mean was not "
        "read in the codebooks, of which only the first pages were at hand: that a formal agreement is `forout` 1, a "
        "mediated crisis `mediate` 4, a full agreement `pa_type` 1, a peace agreement `outcome` 1, and the final "
        "outcomes of sanctions, was judged from the names of variables, from tables of one code by another and from "
        "cases that everybody knows."
    )


def _apart(row: dict[str, float]) -> str:
    return f"{row['difference_low']:+.3f} to {row['difference_high']:+.3f}"


def _auc(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _yes(value: bool | None) -> str:
    return "-" if value is None else "yes" if value else "no"


if __name__ == "__main__":
    PAGE.write_text(chapter().rstrip() + "\n", encoding="utf-8")
