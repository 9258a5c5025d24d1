"""``dragoman solve``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from dragoman.cli._common import FILE, as_of_option, draws_option, json_option, patience, print_json, seed_option, tell
from dragoman.plain import to_plain
from dragoman.solve import METHODS, Result

WIDTH = 90
SANCTIONS = ("sequences", "each-once", "one-move")


def _methods_help() -> str:
    return "\n".join(f"  {name:<10} {method.answers}" for name, method in METHODS.items())


@click.command(epilog="\b\nMethods:\n" + _methods_help())
@click.argument("method", type=click.Choice(list(METHODS)), metavar="METHOD")
@click.argument("path", type=FILE, metavar="CASE")
@click.option("--scenario", "scenarios", multiple=True, help="A scenario of the case; several are put side by side.")
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="A parameter of the method, as JSON or text."
)
@click.option("--sanctions", type=click.Choice(list(SANCTIONS)), help="graph: what others may answer a move with.")
@click.option("--single-move-sanctions", is_flag=True, help="Old name of --sanctions one-move.")
@as_of_option
@draws_option
@seed_option
@json_option
def solve(
    method: str,
    path: Path,
    scenarios: tuple[str, ...],
    settings: tuple[str, ...],
    sanctions: str | None,
    single_move_sanctions: bool,
    as_of: date | None,
    draws: int,
    seed: int,
    as_json: bool,
) -> None:
    """Solve CASE by METHOD: the findings in words, or the whole result with --json."""
    from dragoman.model import load_case

    base = load_case(path, as_of=as_of)
    parameters = dict(_setting(item) for item in settings)
    if single_move_sanctions or sanctions:
        if method != "graph":
            raise click.UsageError("--sanctions belongs to the method graph")
        parameters["sanctions"] = sanctions or "one-move"
    if len(scenarios) > 1:
        _side_by_side(method, base, scenarios, {"draws": draws, "seed": seed, **parameters}, as_json=as_json)
        return
    from dragoman.solve import solve as run

    chosen = base.with_scenario(scenarios[0]) if scenarios else base
    result = _run(run, method, chosen, draws=draws, seed=seed, **parameters)
    if as_json:
        print_json(result)
    else:
        _print_result(result, base.mark)


def _run(run: Any, method: str, case: Any, **parameters: Any) -> Result:
    try:
        with patience(f"solving {method}"):
            result: Result = run(method, case, **parameters)
    except TypeError as error:
        if "unexpected keyword argument" not in str(error):
            raise
        raise click.UsageError(f"{method} has no such parameter: {str(error).rsplit(' ', 1)[-1]}") from error
    return result


def _setting(item: str) -> tuple[str, Any]:
    name, equals, value = item.partition("=")
    if not equals or not name:
        raise click.UsageError(f"--set {item!r}: expected NAME=VALUE")
    try:
        return name.replace("-", "_"), json.loads(value)
    except json.JSONDecodeError:
        return name.replace("-", "_"), value


def _print_result(result: Result, mark: str) -> None:
    if mark:
        click.echo(f"[{mark}]")
    for words in result.reasons:
        click.echo(f"- {words}")
    click.echo("")
    _print_lines("warning", result.warnings)
    _print_lines("caveat", result.caveats)
    seeded = f"{result.draws} draws, seed {result.seed}" if result.draws else "no draws"
    click.echo(f"{result.method}: {result.track_record}; {seeded}; input {result.input_hash[:12]}; {result.citation}")


def _brief(value: Any) -> str:
    if value is None:
        return "nothing"
    words = value if isinstance(value, str) else json.dumps(to_plain(value), ensure_ascii=False)
    return words if len(words) <= WIDTH else f"{words[:WIDTH]} ..."


def _print_lines(label: str, lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(f"{label}: {line}")


def _side_by_side(method: str, base: Any, scenarios: tuple[str, ...], given: dict[str, Any], *, as_json: bool) -> None:
    from dragoman.model import diff
    from dragoman.solve import solve as run

    cases = {name: base.with_scenario(name) for name in scenarios}
    results = {name: _run(run, method, case, **given) for name, case in cases.items()}
    first = scenarios[0]
    changed = {name: diff(cases[first], cases[name]) for name in scenarios[1:]}
    if as_json:
        print_json({"results": results, "differences": changed})
        return
    for name, result in results.items():
        click.echo(f"== {name}")
        _print_result(result, base.mark)
        for item in changed.get(name, ()):
            click.echo(f"differs from {first}: {item.path}: {_brief(item.before)} -> {_brief(item.after)}")
        click.echo("")
    tell("Differences of results are caused by the changed paths listed under each scenario.")
