"""``dragoman import``: what other coders say, beside a record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli._common import FILE, json_option, print_json, progress, record_option, tell

if TYPE_CHECKING:
    from dragoman.read.sources import Article
    from dragoman.record import Record
    from dragoman.record.others import CodedEvent

NAMED = 5


@click.group("import")
def import_() -> None:
    """Put what others have coded beside a record; it is never counted in it."""


@import_.command("events")
@click.argument("path", type=FILE)
@record_option()
@click.option("--sides", metavar="RUS,UKR", help="Keep rows whose two sides are both among these states.")
@click.option("--as-articles", is_flag=True, help="Also read the table's notes as articles (ACLED, POLECAT, UCDP).")
def events(path: Path, record_path: Path, sides: str | None, as_articles: bool) -> None:
    """Put a table of events of GDELT, ICEWS, POLECAT, ACLED or UCDP GED beside a record, plain, .zip or .gz.

    The rows stand beside the record as what another coder says: no count, no page and no tie of the record changes.
    "dragoman export coders" lists what both have, what only the other has, and what only the record has.
    """
    from dragoman.formats.event_tables import event_table_of
    from dragoman.record import Record

    wanted = {code.strip().upper() for code in sides.split(",")} if sides else None
    kept: list[CodedEvent] = []
    with Record.open(record_path, create=True) as record, event_table_of(path) as table:
        rows: Iterator[CodedEvent] = (row for row in table.rows if wanted is None or {row.source, row.target} <= wanted)
        if as_articles:
            rows = _kept(rows, kept)
        count = record.others.add_table(table.coder, path.name, table.digest, progress(rows, "importing"))
        if count is None:
            tell(f"{path}: stands beside {record_path} already; nothing added")
            return
        tell(f"{path}: {count:,} events of {table.coder} stand beside {record_path}")
        if table.faults:
            tell(f"dragoman: {len(table.faults):,} rows without a day or sides: {', '.join(table.faults[:NAMED])} ...")
        if as_articles:
            _read_notes(record, path, kept)


def _kept(rows: Iterator[CodedEvent], kept: list[CodedEvent]) -> Iterator[CodedEvent]:
    for row in rows:
        if row.words:
            kept.append(row)
        yield row


def _read_notes(record: Record, path: Path, kept: list[CodedEvent]) -> None:
    """Read what the rows tell in words; each note once."""
    from dragoman.desk.intake import take_in

    outcomes = [added.outcome for _, added, _ in progress(take_in(record, _notes(path, kept)), "reading")]
    record.settle()
    tell(f"{record.counts().articles:,} articles in the record; {outcomes.count('added'):,} notes added")


def _notes(path: Path, kept: list[CodedEvent]) -> Iterator[Article]:
    from datetime import date

    from dragoman.read.sources import Article, Origin

    seen: set[str] = set()
    for number, row in enumerate(kept, start=1):
        if row.words and row.words not in seen:
            seen.add(row.words)
            said = json.loads(row.payload)
            yield Article(
                text=row.words, place=f"{path}:{number}", kind="note", outlet=said.get("publisher"), url=row.url,
                published=date.fromisoformat(row.day) if row.day else None,
                published_from="metadata" if row.day else "none", notes=("a note of a table of events",),
                origin=Origin(file=str(path), entry=said.get("id")),
            )  # fmt: skip


@import_.command("list")
@record_option()
@json_option
def list_(record_path: Path, as_json: bool) -> None:
    """List the tables that stand beside a record."""
    from dragoman.record import Record

    with Record.open(record_path) as record:
        tables = record.others.tables()
    if as_json:
        print_json(tables)
        return
    for table in tables:
        click.echo(f"{table.id:>3}  {table.coder:<9} {table.rows:>9,}  {table.added_at[:10]}  {table.name}")


@import_.command("remove")
@click.argument("table", type=int)
@record_option()
def remove(table: int, record_path: Path) -> None:
    """Take a table away again, by its number in the list."""
    from dragoman.record import Record

    with Record.open(record_path) as record:
        record.others.remove_table(table)
    tell(f"{record_path}: table {table} no longer stands beside it")
