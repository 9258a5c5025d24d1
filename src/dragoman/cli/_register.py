"""``dragoman register`` and ``dragoman score``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli._common import DAY, FILE, as_of_option, json_option, print_json, put, record_option, tell

if TYPE_CHECKING:
    from dragoman.record import Scored


@click.group()
def register() -> None:
    """Forecasts made, append-only, kept in a record or in a file of their own."""


@register.command()
@click.argument("what")
@record_option()
@click.option("--due", type=DAY, required=True, help="The day by which it can be settled.")
@click.option("--made-on", type=DAY, required=True, help="The day on which the forecast is made.")
@click.option("--probability", type=float, help="That it happens by the day, 0 to 1.")
@click.option("--low", type=float, help="Lower end of a range.")
@click.option("--high", type=float, help="Upper end of a range.")
@click.option("--level", type=float, help="How sure the range is, as 0.8.")
@click.option("--method", help="The method that made it.")
@click.option("--input-hash", help="The hash of the inputs, as results print it.")
@click.option("--note", help="Anything a later reader should know.")
def add(
    what: str,
    record_path: Path,
    due: date,
    made_on: date,
    probability: float | None,
    low: float | None,
    high: float | None,
    level: float | None,
    method: str | None,
    input_hash: str | None,
    note: str | None,
) -> None:
    """Register WHAT is forecast: a probability, or a range with its level."""
    from dragoman.record.register import Forecast, Register

    forecast = Forecast(
        what=what,
        due=due.isoformat(),
        made_on=made_on.isoformat(),
        probability=probability,
        low=low,
        high=high,
        level=level,
        method=method,
        input_hash=input_hash,
        note=note,
    )
    book = Register.open(record_path, create=True)
    try:
        click.echo(book.add(forecast).key)
    finally:
        book.close()


@register.command("list")
@record_option()
@as_of_option
@json_option
def list_(record_path: Path, as_of: date | None, as_json: bool) -> None:
    """List the forecasts in the order in which they were made."""
    from dragoman.record.register import Register

    book = Register.open(record_path)
    try:
        rows = book.forecasts(as_of=as_of)
    finally:
        book.close()
    if as_json:
        print_json(rows)
        return
    for row in rows:
        said = f"{row.probability:.0%}" if row.probability is not None else f"{row.low} to {row.high}"
        click.echo(f"{row.key}  made {row.made_on}, due {row.due}: {row.what}: {said}")


@register.command()
@click.argument("key")
@click.argument("outcome", type=float)
@record_option()
@click.option("--on", "day", type=DAY, required=True, help="The day on which it was settled.")
@click.option("--source", required=True, help="Who says what the outcome was.")
def settle(key: str, outcome: float, record_path: Path, day: date, source: str) -> None:
    """Note what came of forecast KEY: 1 or 0 for a probability, the value for a range."""
    from dragoman.record.register import Register

    book = Register.open(record_path)
    try:
        book.settle(key, outcome, on=day, source=source)
    finally:
        book.close()
    tell(f"settled {key}: {outcome:g}")


@register.command("take")
@click.argument("path", type=FILE, metavar="FILE")
@record_option()
def take(path: Path, record_path: Path) -> None:
    """Bring in a table (CSV) of questions, forecasts and outcomes, with the common fields of forecasting sites."""
    from dragoman.record.questions import take_table
    from dragoman.record.register import Register

    book = Register.open(record_path, create=True)
    try:
        found = take_table(book, path)
    finally:
        book.close()
    tell(f"{found.questions} questions, {found.forecasts} forecasts, {found.outcomes} outcomes")
    if found.unforecast:
        tell(f"{found.unforecast} outcomes of questions that nobody has forecast were left out")


@register.command("table")
@record_option()
@click.option("-o", "--output", type=FILE, help="Where to write; standard output by default.")
def table_(record_path: Path, output: Path | None) -> None:
    """Write all questions, forecasts and outcomes as a table (CSV) that comes in again as it went out."""
    from dragoman.record.questions import table_of
    from dragoman.record.register import Register

    book = Register.open(record_path)
    try:
        put(output, table_of(book))
    finally:
        book.close()


@register.command("due")
@record_option()
@click.option("--as-of", "day", type=DAY, required=True, help="The day of which it is asked.")
@json_option
def due_(record_path: Path, day: date, as_json: bool) -> None:
    """List the forecasts whose day has passed and of which nobody has noted the outcome."""
    from dragoman.record.register import Register

    book = Register.open(record_path)
    try:
        rows = book.due(day)
    finally:
        book.close()
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row.key}  due {row.due}: {row.what}")


@click.command()
@record_option(required=False)
@click.option(
    "--table",
    type=FILE,
    help="Back-test: issues with outcome and forecasts (CSV).",
)
@as_of_option
@json_option
def score(record_path: Path | None, table: Path | None, as_of: date | None, as_json: bool) -> None:
    """Score the forecasts that are settled (Brier, CRPS, calibration), or back-test methods on a table of outcomes."""
    if (record_path is None) == (table is None):
        raise click.UsageError("give --record FILE or --table FILE")
    if table is not None:
        from dragoman.desk.backtest import backtest

        found = backtest(table)
        if as_json:
            print_json(found)
        else:
            click.echo(str(found))
        return
    from dragoman.record.register import Register

    book = Register.open(Path(str(record_path)))
    try:
        card = book.score(as_of=as_of)
    finally:
        book.close()
    if as_json:
        print_json(card)
        return
    for row in card.rows:
        click.echo(f"{row.forecast.key}  {row.forecast.what}: {_state(row)}")
    for name, value in card.brier.items():
        averaged, peer = card.brier_averaged[name], card.peer.get(name)
        told = f"Brier, {name}: {value:.3f} at the due day, {averaged:.3f} time-averaged"
        click.echo(told + (f", {peer:+.3f} against the others" if peer is not None else ""))
    for name, value in card.crps.items():
        click.echo(f"CRPS, {name}: {value:.3f} at the due day")
    if card.waiting:
        click.echo(f"{card.waiting} settled before their day: they count when it has passed (as of {card.on})")


def _state(row: Scored) -> str:
    if row.score is not None:
        return f"{row.rule} {row.score:.3f}"
    return "overdue" if row.overdue else "settled, waits for its day" if row.waiting else "open"
