"""Who can block an agreement, and what would move them: sentences and a table out of the no-deal answer.

Nothing passes without those whose consent the format needs.  Whether one of them stands
in the way is a question of values: at the central ones, and in so many of the draws
(robustness, not probability).  What would move a blocker can be said where one issue is
settled by itself: it must come to want the other side of the status quo.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.show.blocks import Cell, Column, Point, Table, count_of, fixed, joined, number_cell, ref, share, text_cell
from dragoman.show.views._words import the

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.model import Case
    from dragoman.solve.no_deal import Blocker, NoDealAnswer, Package

RARE = 0.05
MOST_POINTS = 6


def title_of(case: Case, package: Package) -> str:
    """The issues of a package as a title; all issues of the main table together are called that."""
    main = {name for name, issue in case.issues.items() if not issue.side}
    if len(package.issues) > 1 and set(package.issues) >= main:
        return "All issues together"
    return joined(case.issues[name].name for name in package.issues)


def needed_names(case: Case, package: Package) -> list[str]:
    """Those whose consent a package needs, ratifiers called so."""
    named = [the(case.parties[key].name) for key in package.needed if key in case.parties]
    return named + [f"the ratifier {item.name}" for item in package.blockers if item.ratifier]


def blocker_points(case: Case, answer: NoDealAnswer) -> tuple[Point, ...]:
    """Who must consent; then, package by package, who stands in the way and what would move them."""
    every = [*answer.packages, answer.together] if answer.together else list(answer.packages)
    needed = joined(dict.fromkeys(name for package in every for name in needed_names(case, package)))
    first = Point(
        text=f"Nothing passes without {needed}." if needed else "Nobody’s consent alone is needed.", ref=ref("power")
    )
    points = [point for package in answer.packages for point in _points_of(case, package)]
    return (first, *points[: MOST_POINTS - 1])


def _points_of(case: Case, package: Package) -> Iterator[Point]:
    title, to = title_of(case, package), ref("forecast", issue=package.issues[0])
    none = package.none
    if package.agreement and (none is None or none < RARE):
        where = "at the central values" if not none else f"in all but {share(none)} of the draws (robustness)"
        yield Point(text=f"{title}: nobody stands in the way.", ref=to, tone="good", detail=f"A deal exists {where}.")
        return
    blocking = [item for item in package.blockers if in_the_way(package, item)]
    who = joined(the(item.name) for item in blocking)
    text = f"{title}: {'each of ' if len(blocking) > 1 else ''}{who} stands in the way." if who else (
        f"{title}: no single consent is what is missing."
    )  # fmt: skip
    moves = [moves_words(case, package, item) for item in blocking]
    robust = "" if none is None else f" No deal in {share(none)} of the draws (robustness)."
    detail = f"{'; '.join(text for text in moves if text)}.".lstrip(".")
    yield Point(text=text, ref=to, tone="warn", detail=f"{detail[:1].upper()}{detail[1:]}{robust}".strip())


def in_the_way(package: Package, item: Blocker) -> bool:
    """Whether a consent is what is missing: at the central values, or in more than a few draws."""
    return item.blocks or ((package.none or 0) >= RARE and (item.share or 0) >= RARE)


def moves_words(case: Case, package: Package, blocker: Blocker) -> str:
    """What would move one blocker, in words; empty where that cannot be said of one issue."""
    if blocker.ratifier:
        return f"{the(blocker.name)} would have to accept less than the case says it does"
    name = package.issues[0]
    here, issue = package.status_quo[name], case.issues[name]
    if len(package.issues) > 1 or here is None or blocker.id not in issue.positions:
        return ""
    wants = issue.positions[blocker.id].position.central()
    others = [issue.positions[key].position.central() for key in package.needed if key in issue.positions]
    if all((other - here) * (wants - here) >= 0 for other in others):
        return ""
    side = "more" if wants < here else "less"
    return f"{the(blocker.name)}, now at {fixed(wants)}, would have to want {side} than the status quo of {fixed(here)}"


def blocking_table(case: Case, answer: NoDealAnswer) -> Table:
    """Everybody whose consent is needed, package by package."""
    columns = (
        Column(name="package", title="Settled together"),
        Column(name="who", title="Whose consent is needed"),
        Column(name="blocks", title="In the way", note="at the central values: no deal, but one without this consent"),
        Column(name="none", title="No deal in draws", kind="number", note="robustness, not probability"),
        Column(name="share", title="Alone in the way", kind="number", note="of the draws without a deal"),
        Column(name="without", title="A deal without it", kind="number", note="share of draws, its consent not asked"),
        Column(name="moves", title="What would move it", wide=True),
    )
    every = [*answer.packages, answer.together] if answer.together else list(answer.packages)
    rows = tuple(_row(case, package, item) for package in every for item in package.blockers)
    return Table(
        name="blocking",
        title="Who can block, and what would move them",
        columns=columns,
        rows=rows,
        empty="Nobody’s consent is needed.",
        note=(
            f"{count_of(len(every), 'package')}, as the case links its issues; a share of draws says how far the "
            "answer hangs on the judged values."
        ),
    )


def _row(case: Case, package: Package, item: Blocker) -> tuple[Cell, ...]:
    to = ref("forecast", issue=package.issues[0])
    return (
        text_cell(title_of(case, package), to),
        Cell(text=item.name, note="ratifier" if item.ratifier else ""),
        Cell(text="yes" if item.blocks else "no", tone="bad" if item.blocks else ""),
        _share(package.none),
        _share(item.share),
        _share(item.agreement),
        text_cell(moves_words(case, package, item) if in_the_way(package, item) else ""),
    )


def _share(value: float | None) -> Cell:
    return number_cell(None) if value is None else Cell(text=share(value), value=round(value, 4))
