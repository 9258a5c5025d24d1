"""``dragoman when``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from dragoman.cli._common import DAY, FILE, as_of_option, json_option, print_json, record_option, tell


@click.command()
@click.argument("a")
@click.argument("b")
@record_option()
@click.option("--by", type=DAY, required=True, help="The day by which they would have met.")
@click.option("--register", "book_path", type=FILE, help="Register it as a forecast.")
@as_of_option
@json_option
def when(
    a: str, b: str, record_path: Path, by: date, book_path: Path | None, as_of: date | None, as_json: bool
) -> None:
    """Base rate that A and B (states as USA, or persons by name or id) meet by a day.

    It rests on how often they met and how many announced meetings took place, as the record has it.
    """
    from dragoman.desk.when import will_meet
    from dragoman.record import Record

    with Record.open(record_path, as_of=as_of) as record:
        found = will_meet(record, a, b, by)
    if book_path is not None:
        from dragoman.record.register import Forecast, Register

        forecast = Forecast(
            what=f"{a} and {b} meet",
            due=found.by,
            made_on=found.until,
            probability=found.chance.probability,
            method="when",
            input_hash=found.input_hash,
        )
        book = Register.open(book_path, create=True)
        try:
            tell(f"registered as {book.add(forecast).key}")
        finally:
            book.close()
    if as_json:
        print_json(found)
    else:
        click.echo(found.words)
