"""The bottom line: what no deal, steps, guarantors and graph say jointly, by a table of their combinations.

Three findings are put together: whether a bargain exists, whether a plan would last, and whether a named guarantor
makes one last.  A bargain or a plan ``hangs`` where it exists at some of the values tried within the stated ranges and
not at others.  What the graph of situations says beside it is told with the reason where the two seem to differ: the
graph weighs situations as wholes, the steps what somebody gains by leaving half-way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Answer = Literal["yes", "hangs", "no", "unknown"]
MOST = 0.95

BARGAINS: Mapping[Answer, str] = {
    "yes": "a bargain exists",
    "hangs": "whether a bargain exists hangs on judged values",
    "no": "no bargain exists",
}
# (would a plan last, does a guarantor make one last): what that means of what is agreed.
LASTING: Mapping[tuple[Answer, Answer], str] = {
    ("yes", "unknown"): "it can be kept with nobody to enforce it",
    ("hangs", "yes"): "whether it would last hangs on judged values, but with {who} as guarantor it would",
    ("hangs", "no"): "whether it would last hangs on judged values",
    ("hangs", "unknown"): "whether it would last hangs on judged values",
    ("no", "yes"): "nobody can be held to it; with {who} as guarantor it would last",
    ("no", "no"): "nobody can be held to it, and no guarantor named in the case mends that alone",
    ("no", "unknown"): "nobody can be held to it",
    ("unknown", "unknown"): "whether it would last the case does not say",
}
JOINTS: Mapping[tuple[Answer, Answer], str] = {
    ("yes", "yes"): ", and ", ("yes", "no"): ", but ", ("yes", "hangs"): "; ", ("yes", "unknown"): "; ",
    **{("hangs", lasts): "; if it does, " for lasts in ("yes", "no", "hangs", "unknown")},
    **{("no", lasts): "; were the measures agreed all the same, " for lasts in ("yes", "no", "hangs")},
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What each method found: ``guarantor`` is who makes a plan last, None where nobody does or none is named."""

    bargain: Answer
    lasts: Answer
    mended: Answer = "unknown"
    guarantor: str | None = None


def answered(at_best: bool, share: float | None) -> Answer:
    """Yes or no where nearly all values tried agree with the best judged ones; else it hangs on them."""
    if share is None:
        return "yes" if at_best else "no"
    if at_best:
        return "yes" if share >= MOST else "hangs"
    return "no" if share <= 1 - MOST else "hangs"


def bottom_line(standing: Standing) -> str | None:
    """The joint sentence; None where no method answered."""
    mended: Answer = "unknown" if standing.lasts in {"yes", "unknown"} else standing.mended
    lasting = LASTING[standing.lasts, mended].format(who=standing.guarantor)
    bargain = BARGAINS.get(standing.bargain)
    if bargain is None:
        line = f"of the measures exchanged, {lasting}" if standing.lasts != "unknown" else ""
    elif (joint := JOINTS.get((standing.bargain, standing.lasts))) is None:
        line = bargain
    else:
        line = f"{bargain}{joint}{lasting}"
    return f"{line[0].upper()}{line[1:]}." if line else None
