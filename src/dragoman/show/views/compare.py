"""Scenarios side by side: every method's main answers under each, and what each scenario changes.

An answer that differs from the case as it stands is marked by a sign and, where it is a
number, by the difference.  All rests on central values.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.show.blocks import (
    Cell,
    Chart,
    Choice,
    Column,
    Filter,
    Table,
    count_of,
    fixed,
    joined,
    number_cell,
    ref,
    signed,
    text_cell,
)
from dragoman.show.views._answers import Answer, answers
from dragoman.show.views._base import Query, View, head, one_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.desk.session import Desk
    from dragoman.model import Case

    Key = tuple[str, str]
    Column_ = Mapping[Key, Answer]

SAME = 0.05
NAMES = ("scenario", "issue", "value", "base")
SHOWN = ("", "differing")
LONGEST = 140
CAVEAT = (
    "Central values only: nothing here says how sure a difference is. A method that a scenario’s case does not suit "
    "has a dash. Methods share their inputs, so their agreement is no corroboration."
)


@dataclass(frozen=True, kw_only=True)
class Compare(View):
    """The page."""

    filters: tuple[Filter, ...]
    chart: Chart | None
    answers: Table
    changes: Table
    caveats: tuple[str, ...]


def build(desk: Desk, query: Query) -> Compare:
    """The page for this query: ``scenario`` (one beside the case; by default all), ``about``, ``show``.

    Raises:
        InputError: the desk has no case, or the query names what is not there.
    """
    base = desk.case_of()
    only = one_of(query, "scenario", ("", *base.scenarios), "")
    names = (only,) if only else tuple(base.scenarios)
    columns = [{item.key: item for item in answers(desk, name)} for name in (None, *names)]
    abouts = tuple(dict.fromkeys(item.about for column in columns for item in column.values()))
    about = one_of(query, "about", ("", *abouts), "")
    rows = chosen_keys(columns, about, differing=one_of(query, "show", SHOWN, "") == "differing")
    return Compare(
        head=head(
            desk, "compare", "Scenarios side by side", lead_of(base, names, columns), query=query, basis=ref("case")
        ),
        filters=filters_of(base, only, abouts, query),
        chart=mean_chart(base, names, columns),
        answers=answer_table(base, names, columns, rows),
        changes=change_table(desk, names),
        caveats=(CAVEAT,),
    )


def scenario_name(case: Case, name: str) -> str:
    """A scenario's name in words."""
    return case.scenarios[name].name or name


def filters_of(case: Case, only: str, abouts: Sequence[str], query: Query) -> tuple[Filter, ...]:
    """Scenario, what it is about, and whether all answers are shown."""
    about, show = query.get("about", ""), query.get("show", "")

    def choices(pairs: Sequence[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
        return tuple(Choice(value=value, text=text, chosen=value == chosen) for value, text in pairs)

    scenarios = [("", "all scenarios"), *((name, scenario_name(case, name)) for name in case.scenarios)]
    return (
        Filter(name="scenario", title="Beside the case", value=only, choices=choices(scenarios, only)),
        Filter(
            name="about",
            title="About",
            value=about,
            choices=choices([("", "everything"), *((name, name) for name in abouts)], about),
        ),
        Filter(
            name="show",
            title="Answers",
            value=show,
            choices=choices([("", "all"), ("differing", "those that differ")], show),
        ),
    )


def chosen_keys(columns: Sequence[Column_], about: str, *, differing: bool) -> list[Key]:
    """The questions to show, in the order in which the first scenario that has them asks them."""
    first = {key: item for column in reversed(columns) for key, item in column.items()}
    order = dict.fromkeys(key for column in columns for key in column)
    return [
        key
        for key in order
        if (not about or first[key].about == about) and (not differing or differences(columns, key))
    ]


def differs(item: Answer | None, base: Answer | None) -> bool:
    """Whether an answer is another than that of the case as it stands."""
    if item is None or base is None:
        return item is not base
    if item.value is not None and base.value is not None:
        return abs(item.value - base.value) >= SAME
    return (item.text, item.value is None) != (base.text, base.value is None)


def differences(columns: Sequence[Column_], key: Key) -> int:
    """Under how many scenarios an answer differs."""
    return sum(differs(column.get(key), columns[0].get(key)) for column in columns[1:])


def lead_of(case: Case, names: Sequence[str], columns: Sequence[Column_]) -> str:
    """Which scenario changes most answers, and whether any makes a plan hold."""
    if not names:
        return "The case has no scenarios; a what-if can be saved as one on the page of the forecast."
    keys = dict.fromkeys(key for column in columns for key in column)
    counts = {
        name: sum(differs(column.get(key), columns[0].get(key)) for key in keys)
        for name, column in zip(names, columns[1:], strict=True)
    }
    most = max(counts, key=lambda name: counts[name])
    same = [scenario_name(case, name) for name in names if not counts[name]]
    tail = f" {joined(same)} {'change' if len(same) > 1 else 'changes'} none." if same else ""
    return (
        f"“{scenario_name(case, most)}” changes most: {counts[most]} of {count_of(len(keys), 'answer')} differ from "
        f"those of the case as it stands.{tail}"
    )


def answer_table(case: Case, names: Sequence[str], columns: Sequence[Column_], keys: Sequence[Key]) -> Table:
    """A row an answer, a column a scenario."""
    heads = (
        Column(name="about", title="About"),
        Column(name="method", title="Answer"),
        Column(name="base", title="The case as it stands"),
        *(Column(name=f"s-{name}", title=scenario_name(case, name)) for name in names),
        Column(name="differs", title="Differ", kind="number", note="under how many scenarios the answer differs"),
    )
    rows = tuple(_answer_row(columns, key) for key in keys)
    return Table(
        name="answers",
        title="Every method’s main answers",
        columns=heads,
        rows=rows,
        empty="No answer to show.",
        note="Δ marks an answer that differs from the case as it stands; behind a number stands the difference.",
    )


def _answer_row(columns: Sequence[Column_], key: Key) -> tuple[Cell, ...]:
    first = next(column[key] for column in columns if key in column)
    base = columns[0].get(key)
    return (
        text_cell(first.about),
        text_cell(first.method),
        *(_answer_cell(column.get(key), base) for column in columns),
        number_cell(differences(columns, key)),
    )


def _answer_cell(item: Answer | None, base: Answer | None) -> Cell:
    tone = "differs" if differs(item, base) else ""
    if item is None:
        return Cell(text="–", tone=tone)
    if item.value is None:
        return Cell(text=item.text, ref=item.ref, tone=tone)
    change = (
        "" if not tone or base is None or base.value is None else f" ({signed(item.value - base.value, item.digits)})"
    )
    return Cell(text=fixed(item.value, item.digits) + change, value=round(item.value, 6), ref=item.ref, tone=tone)


def mean_chart(case: Case, names: Sequence[str], columns: Sequence[Column_]) -> Chart | None:
    """The weighted mean of every issue under every scenario."""
    from dragoman.show.plots import scenario_dots

    titles = ("The case as it stands", *(scenario_name(case, name) for name in names))
    issues = [key for key in columns[0] if key[0] == "mean" and columns[0][key].value is not None]
    if not names or not issues:
        return None
    rows = [
        (title, columns[0][key].about, value, base)
        for key in issues
        for title, column in zip(titles, columns, strict=True)
        if key in column and (value := column[key].value) is not None and (base := columns[0][key].value) is not None
    ]
    heads = (
        Column(name="scenario", title="Scenario"),
        Column(name="issue", title="Issue"),
        Column(name="value", title="Weighted mean", kind="number"),
        Column(name="change", title="Change", kind="number"),
    )
    table = tuple(
        (
            text_cell(title),
            text_cell(about),
            number_cell(value, 1),
            Cell(text=signed(value - base), value=round(value - base, 6)),
        )
        for title, about, value, base in rows
    )
    far = max(rows, key=lambda row: abs(row[2] - row[3]))
    return Chart(
        name="means",
        title="The weighted mean of every issue, scenario by scenario",
        alt=f"{far[0]} moves {far[1]} most, from {fixed(far[3], 1)} to {fixed(far[2], 1)}.",
        spec=scenario_dots(
            [dict(zip(NAMES, row, strict=True)) for row in rows], titles, [columns[0][key].about for key in issues]
        ),
        table=Table(name="means-table", title="", columns=heads, rows=table),
        note="The dotted line is the case as it stands; an open circle is the case itself.",
    )


def change_table(desk: Desk, names: Sequence[str]) -> Table:
    """What each scenario changes in the case."""
    from dragoman.model import diff

    base = desk.case_of()
    columns = (
        Column(name="scenario", title="Scenario"),
        Column(name="path", title="Number or rule"),
        Column(name="before", title="In the case", wide=True),
        Column(name="after", title="In the scenario", wide=True),
    )
    rows = tuple(
        (
            text_cell(scenario_name(base, name), ref("forecast", scenario=name)),
            text_cell(change.path),
            text_cell(_short(change.before)),
            text_cell(_short(change.after)),
        )
        for name in names
        for change in diff(base, desk.case_of(name))
        if not change.path.endswith((".because", ".evidence"))
    )
    because = "; ".join(
        f"{scenario_name(base, name)}: {base.scenarios[name].because}" for name in names if base.scenarios[name].because
    )
    return Table(
        name="changes",
        title="What each scenario changes",
        columns=columns,
        rows=rows,
        empty="The case has no scenarios.",
        note=f"{because}." if because else "",
    )


def _short(value: Any) -> str:
    """A value of the case on one line."""
    if isinstance(value, dict) and "value" in value:
        low, high = value.get("low"), value.get("high")
        return f"{value['value']}" + (f" ({low} to {high})" if low is not None and high is not None else "")
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        text = "; ".join(value)
    else:
        text = "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


__all__ = ["Compare", "build"]
