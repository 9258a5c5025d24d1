"""``dragoman case``: check, new, import, export, suggest."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli._common import FILE, as_of_option, json_option, print_json, put, record_option, tell
from dragoman.errors import CaseError

if TYPE_CHECKING:
    from dragoman.model import Case

OUTPUT = click.option("-o", "--output", type=FILE, help="Where to write; standard output by default.")


@click.group()
def case() -> None:
    """Write, check, bring in and take out case files."""


@case.command()
@click.argument("path", type=FILE, metavar="FILE")
@as_of_option
@json_option
def check(path: Path, as_of: date | None, as_json: bool) -> None:
    """Name every fault of a case at once, and list the numbers that no evidence supports."""
    from dragoman.model import load_case

    try:
        loaded = load_case(path, as_of=as_of)
    except CaseError as error:
        if as_json:
            print_json({"ok": False, "faults": error.faults})
            raise click.exceptions.Exit(1) from error
        raise
    _check_base_rate(path, loaded, as_json)
    missing = loaded.missing_evidence()
    bare = [item for item in missing if not item.reasoned]
    if as_json:
        print_json({"ok": True, "faults": [], "input_hash": loaded.input_hash, "missing_evidence": missing})
        return
    parts = f"{len(loaded.parties)} parties, {len(loaded.issues)} issues, {len(loaded.options)} options"
    click.echo(f"{path}: no faults ({parts}, {len(loaded.measures)} measures, {len(loaded.scenarios)} scenarios)")
    if missing:
        click.echo(f"{len(missing)} numbers rest on no evidence, {len(bare)} of them not even on a stated reason:")
        for item in bare[:20]:
            click.echo(f"  {item.path}")
        if len(bare) > 20:
            click.echo(f"  ... and {len(bare) - 20} more; --json lists all")


def _check_base_rate(path: Path, loaded: Case, as_json: bool) -> None:
    """Leave with the faults of the base rate: one narrower than counting gives is none."""
    from dragoman.desk.rates import faults
    from dragoman.errors import Fault

    found = [
        Fault(file=str(path), line=None, path=at, found=what, expected=wanted) for at, what, wanted in faults(loaded)
    ]
    if not found:
        return
    if as_json:
        print_json({"ok": False, "faults": found})
        raise click.exceptions.Exit(1)
    raise CaseError(found)


@case.command()
@click.argument("path", type=FILE, metavar="FILE")
@click.option("--parties", help="Their names, separated by commas; asked for where not given.")
@click.option("--issues", help="Their names, separated by commas; asked for where not given.")
def new(path: Path, parties: str | None, issues: str | None) -> None:
    """Write a new case with its parts explained in comments. An existing file is never overwritten."""
    from dragoman.errors import InputError
    from dragoman.model import new_case

    if path.exists():
        raise InputError(str(path), "a file that exists", "the name of a new file")
    asked = parties if parties is not None else click.prompt("Parties, separated by commas", err=True)
    about = issues if issues is not None else click.prompt("Issues, separated by commas", err=True)
    put(path, new_case(_names(asked), _names(about)))


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


@case.command("import")
@click.argument("path", type=FILE, metavar="FILE")
@click.option("--format", "form", required=True, help="ktab, exchange, challenge, gmcr or xlsx.")
@OUTPUT
def import_(path: Path, form: str, output: Path | None) -> None:
    """Make a case file from a table of another program."""
    from dragoman.formats.case_files import case_format

    put(output, case_format(form).read(path))


@case.command()
@click.argument("path", type=FILE, metavar="FILE")
@click.option(
    "--format",
    "form",
    required=True,
    help="ktab, exchange, challenge, gmcr or xlsx; the state graph as graphml, dot or json.",
)
@click.option("-o", "--output", type=FILE, required=True, help="Where to write.")
@as_of_option
def export(path: Path, form: str, output: Path, as_of: date | None) -> None:
    """Write a case as a table for another program; what that program cannot hold is named."""
    from dragoman.formats.case_files import case_format
    from dragoman.formats.conflict import FORMS, conflict_graph
    from dragoman.model import load_case

    loaded = load_case(path, as_of=as_of)
    if form in FORMS:
        put(output, conflict_graph(loaded, form))
        return
    for left_out in case_format(form).write(loaded, output):
        tell(f"dragoman: left out: {left_out}")
    tell(f"wrote {output}")


@case.command()
@click.argument("path", type=FILE, metavar="FILE")
@record_option()
@as_of_option
@json_option
def suggest(path: Path, record_path: Path, as_of: date | None, as_json: bool) -> None:
    """Say what a record has to say about a case. Nothing is written into the case."""
    from dragoman.desk.suggest import suggestions
    from dragoman.model import load_case
    from dragoman.record import Record

    with Record.open(record_path, as_of=as_of) as record:
        found = suggestions(load_case(path, as_of=as_of), record)
    if as_json:
        print_json(found)
    else:
        click.echo(str(found))


@case.command()
def schema() -> None:
    """Print the JSON schema of case files, for editors."""
    from dragoman.model import case_schema

    print_json(case_schema())
