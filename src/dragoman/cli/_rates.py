"""``dragoman rates``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from dragoman.cli._common import as_of_option, case_option, json_option, print_json


@click.command()
@click.option("--like", "name", help="A class; all of them are listed where none is given.")
@click.option("--event", help="One event of the class; all where none is given.")
@case_option()
@click.option("--leave-out", help="States whose own disputes do not count, as PRK,USA; those of the case by default.")
@as_of_option
@json_option
def rates(
    name: str | None,
    event: str | None,
    case_path: Path | None,
    leave_out: str | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """How often negotiations of a kind ended so, counted from public data sets, with intervals and sources."""
    from dragoman.desk.rates import like, names, states_of, table
    from dragoman.desk.sides import state_code
    from dragoman.errors import UnknownNameError
    from dragoman.model import load_case

    if name is None:
        classes = table()["classes"]
        if as_json:
            print_json({key: {"definition": classes[key]["definition"]} for key in names()})
            return
        for key in names():
            click.echo(f"{key:28}{classes[key]['definition']} ({', '.join(classes[key]['events'])})")
        return
    without: tuple[str, ...] = ()
    if leave_out is not None:
        given = [one.strip() for one in leave_out.split(",") if one.strip()]
        codes = [state_code(one) for one in given]
        if None in codes:
            raise UnknownNameError("--leave-out", given[codes.index(None)], ())
        without = tuple(code for code in codes if code)
    elif case_path is not None:
        without = states_of(load_case(case_path, as_of=as_of))
    found = like(name, event, without=without)
    if as_json:
        print_json(found)
    else:
        click.echo(str(found))
