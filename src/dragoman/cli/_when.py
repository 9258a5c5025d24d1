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
@click.option("--act", default="meet", show_default=True, help="The kind of act whose simple rate is told.")
@click.option("--register", "book_path", type=FILE, help="Register both rates as forecasts.")
@as_of_option
@json_option
def when(
    a: str, b: str, record_path: Path, by: date, act: str, book_path: Path | None, as_of: date | None, as_json: bool
) -> None:
    """Base rates that A and B (states as USA or by name, or persons by name or id) meet by a day.

    The forecast is the simple rate of resolved questions of the kind; beside it stands what the record's own meetings
    give, with what is known of how good that is.
    """
    from dragoman.desk.when import will_meet
    from dragoman.record import Record

    with Record.open(record_path, as_of=as_of) as record:
        found = will_meet(record, a, b, by, act)
    if book_path is not None:
        from dragoman.record.register import Forecast, Register

        book = Register.open(book_path, create=True)
        try:
            for method, said in (("simple rate", found.simple.probability), ("ledger", found.chance.probability)):
                forecast = Forecast(
                    what=f"{a} and {b} {act}",
                    due=found.by,
                    made_on=found.until,
                    probability=said,
                    method=method,
                    input_hash=found.input_hash,
                )
                tell(f"registered as {book.add(forecast).key} ({method}, {said:.0%})")
        finally:
            book.close()
    if as_json:
        print_json(found)
    else:
        click.echo(found.words)
