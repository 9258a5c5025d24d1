"""The bottom line is composed by a table; a plan fails where it first breaks; ranges are as wide as is known."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from dragoman.model import loads
from dragoman.show.views._bottom import Answer, Standing, answered, bottom_line
from dragoman.solve import solve

ALL: tuple[Answer, ...] = get_args(Answer)
CASE = """
parties: {A: {name: Alpha}, B: {name: Beta}}
measures:
  talk: {name: Talk, performers: [B], once: {A: 3, B: -1}}
  close: {name: Close, performers: [A], once: {A: -6, B: 4}}
  disarm: {name: Disarm, performers: [A], once: {A: -30, B: 5}}
plan: [[talk], [close], [disarm]]
patience: {A: 0.9, B: 0.9}
hazard: 0
"""


@pytest.mark.parametrize(
    ("bargain", "lasts", "mended", "want"),
    [
        ("yes", "yes", "unknown", "A bargain exists, and it can be kept with nobody to enforce it."),
        ("yes", "no", "yes", "A bargain exists, but nobody can be held to it; with Russia as guarantor it would last."),
        (
            "yes", "no", "no",
            "A bargain exists, but nobody can be held to it, and no guarantor named in the case mends that alone.",
        ),
        (
            "hangs", "no", "unknown",
            "Whether a bargain exists hangs on judged values; if it does, nobody can be held to it.",
        ),
        (
            "no", "yes", "unknown",
            "No bargain exists; were the measures agreed all the same, it can be kept with nobody to enforce it.",
        ),
        ("no", "unknown", "unknown", "No bargain exists."),
        ("unknown", "no", "unknown", "Of the measures exchanged, nobody can be held to it."),
    ],
)  # fmt: skip
def test_the_line_says_jointly_what_the_methods_say(bargain: Answer, lasts: Answer, mended: Answer, want: str) -> None:
    """A bargain that nobody can be held to is said in one sentence, and so is every other combination."""
    assert bottom_line(Standing(bargain=bargain, lasts=lasts, mended=mended, guarantor="Russia")) == want


@pytest.mark.parametrize(("bargain", "lasts", "mended"), [*product(ALL, ALL, ("yes", "no", "unknown"))])
def test_every_combination_has_a_sentence(bargain: Answer, lasts: Answer, mended: Answer) -> None:
    """None is forgotten, and where nothing was asked nothing is said."""
    line = bottom_line(Standing(bargain=bargain, lasts=lasts, mended=mended, guarantor="Russia"))
    if (bargain, lasts) == ("unknown", "unknown"):
        assert line is None
    else:
        assert line is not None
        assert line[0].isupper()
        assert line.endswith(".")
        assert ("Russia" in line) == (lasts in {"no", "hangs"} and mended == "yes")


@pytest.mark.parametrize(
    ("at_best", "share", "want"),
    [
        (True, None, "yes"), (False, None, "no"), (True, 1.0, "yes"), (True, 0.96, "yes"), (True, 0.6, "hangs"),
        (False, 0.0, "no"), (False, 0.04, "no"), (False, 0.2, "hangs"), (True, 0.02, "hangs"), (False, 0.99, "hangs"),
    ],
)  # fmt: skip
def test_an_answer_hangs_where_values_tried_say_otherwise(at_best: bool, share: float | None, want: Answer) -> None:
    """Yes or no only where nearly all values tried agree with the values judged most fitting."""
    assert answered(at_best, share) == want


def test_a_plan_fails_at_the_first_step_that_somebody_would_leave() -> None:
    """The first step is short already: that the third is shorter is not reached, and is not told as where it fails."""
    plans = solve("steps", loads(CASE), draws=0).answer.regimes[0].plans
    given = next(plan for plan in plans if plan.name.startswith("nearest"))
    short = [min((value for value in row.slack if value is not None), default=0.0) for row in given.steps]
    first = next(place for place, value in enumerate(short, start=1) if value < 0)
    worst = short.index(min(short)) + 1
    assert first < worst
    assert given.binding is not None
    assert given.binding.step == first
    assert given.least_slack == pytest.approx(min(short))
