"""What the commands share: options, dates, output and progress."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from threading import Timer
from typing import Any, TypeVar

import click

from dragoman.errors import InputError
from dragoman.plain import to_plain

Command = TypeVar("Command", bound=Callable[..., Any])
Item = TypeVar("Item")

PATIENCE = 2.0


class Day(click.ParamType[date]):
    """A day as ``YYYY-MM-DD``."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that says what was found."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2018-06-12", param, ctx)


class File(click.ParamType[Path]):
    """The path of a file; a folder in its place is an input at fault."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path.

        Raises:
            InputError: it is a folder.
        """
        del param, ctx
        path = Path(value)
        if path.is_dir():
            raise InputError(str(path), "a folder", "a file")
        return path


DAY = Day()
FILE = File()


def record_option(*, required: bool = True) -> Callable[[Command], Command]:
    """``--record FILE``."""
    return click.option("--record", "record_path", type=FILE, required=required, help="The record: one SQLite file.")


def case_option(*, required: bool = False) -> Callable[[Command], Command]:
    """``--case FILE``."""
    return click.option("--case", "case_path", type=FILE, required=required, help="The case: a YAML file.")


as_of_option = click.option("--as-of", type=DAY, help="See nothing published or dated after this day.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
draws_option = click.option(
    "--draws",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    help="Draws of uncertain values; 0 for none.",
)
seed_option = click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Seed of the draws."
)


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    put(None, json.dumps(to_plain(value), ensure_ascii=False, indent=1) + "\n")


def tell(message: str) -> None:
    """A message on standard error."""
    click.echo(message, err=True)


def put(output: Path | None, content: bytes | str) -> None:
    """Content to a file, as a whole or not at all, or to standard output.

    Raises:
        InputError: the file cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from dragoman.files import write_whole

    write_whole(output, data)
    tell(f"wrote {output}")


def progress(items: Iterable[Item], label: str, total: int | None = None) -> Iterator[Item]:
    """The items, with a progress bar on standard error once two seconds have passed (on a terminal)."""
    begun = time.monotonic()
    bar: Any = None
    task: Any = None
    try:
        for done, item in enumerate(items, start=1):
            yield item
            if bar is None and time.monotonic() - begun > PATIENCE and sys.stderr.isatty():
                bar, task = _bar(label, total)
            if bar is not None:
                bar.update(task, completed=done)
    finally:
        if bar is not None:
            with suppress(RuntimeError):
                bar.stop()


@contextmanager
def patience(label: str) -> Iterator[None]:
    """Say on standard error what is being done once it has taken two seconds (on a terminal)."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    status = Console(stderr=True).status(label)
    timer = Timer(PATIENCE, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        status.stop()


def _bar(label: str, total: int | None) -> tuple[Any, Any]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.start()
    return bar, bar.add_task(label, total=total)


def now() -> str:
    """The time now, for what is logged."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
