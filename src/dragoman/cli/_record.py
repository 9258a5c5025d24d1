"""``dragoman export``, ``dragoman review`` and ``dragoman identity``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli._common import FILE, as_of_option, json_option, print_json, put, record_option, tell

if TYPE_CHECKING:
    from dragoman.record import Record


@click.command()
@click.argument("kind", metavar="KIND")
@record_option()
@click.option("--format", "form", default="csv", show_default=True, help="The form of the file.")
@click.option("-o", "--output", type=FILE, help="Where to write; standard output by default.")
@click.option("--full-text", is_flag=True, help="Full text of articles instead of excerpts: mind the copyright.")
@as_of_option
def export(kind: str, record_path: Path, form: str, output: Path | None, full_text: bool, as_of: date | None) -> None:
    """Write KIND (articles, quotes, events, meetings, calls, contacts, commitments, ties ...) of a record in a form.

    Forms: csv, jsonl, parquet, xlsx; ties also as graphml, events as gdelt, findings as annotations (W3C), articles
    as bibtex or csl, and the whole record as ftm (FollowTheMoney).
    """
    from dragoman.formats import export as make
    from dragoman.record import Record

    with Record.open(record_path, as_of=as_of) as record:
        content = make(record, kind, form, full_text=full_text)
    put(output, content)


@click.group()
def review() -> None:
    """A person's decisions on findings: logged, never erased, respected by every later reading."""


@review.command("list")
@record_option()
@click.option("--state", default="open", show_default=True, help="open, accepted, rejected, corrected or added.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many.")
@as_of_option
@json_option
def list_(record_path: Path, state: str, limit: int, as_of: date | None, as_json: bool) -> None:
    """List findings by their state."""
    with _open(record_path, as_of) as record:
        rows = record.findings(review=state, limit=limit)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row.id}  {row.kind:<10} {row.confidence:.2f}  {row.words[:90]}")


BY = click.option("--by", required=True, help="Who decides.")
BECAUSE = click.option("--because", help="Why.")


@review.command()
@click.argument("finding")
@record_option()
@BY
@BECAUSE
def accept(finding: str, record_path: Path, by: str, because: str | None) -> None:
    """Accept a finding."""
    with _open(record_path) as record:
        tell(f"decision {record.review.accept(finding, by=by, because=because)}: accepted {finding}")


@review.command()
@click.argument("finding")
@record_option()
@BY
@BECAUSE
def reject(finding: str, record_path: Path, by: str, because: str | None) -> None:
    """Reject a finding: it is kept, marked, and counted nowhere."""
    with _open(record_path) as record:
        tell(f"decision {record.review.reject(finding, by=by, because=because)}: rejected {finding}")


@review.command("undo")
@click.argument("decision", type=int)
@record_option()
@BY
@BECAUSE
def undo_decision(decision: int, record_path: Path, by: str, because: str | None) -> None:
    """Undo a decision by its number in the log."""
    with _open(record_path) as record:
        tell(f"decision {record.review.undo(decision, by=by, because=because)}: undid {decision}")


@review.command("log")
@record_option()
@as_of_option
@json_option
def review_log(record_path: Path, as_of: date | None, as_json: bool) -> None:
    """Every decision in the order in which it was made; with --as-of those made by then."""
    with _open(record_path) as record:
        rows = [row for row in record.review.log() if _made_by(row.at, as_of)]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        undone = " (undone)" if row.undone else ""
        click.echo(f"{row.seq}  {row.at}  {row.by}: {row.action} {row.kind or ''} {row.exact or ''}{undone}")


@click.group()
def identity() -> None:
    """Who is who: merges and splits of entities, logged and undoable."""


@identity.command()
@record_option()
@as_of_option
@json_option
def suggestions(record_path: Path, as_of: date | None, as_json: bool) -> None:
    """List merges that are likely and not certain."""
    with _open(record_path, as_of) as record:
        rows = record.identity.suggestions()
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row.entity}  ~  {row.other}   {row.because or ''}")


@identity.command()
@click.argument("keep")
@click.argument("other")
@record_option()
@BY
@BECAUSE
def merge(keep: str, other: str, record_path: Path, by: str, because: str | None) -> None:
    """Take OTHER to be KEEP."""
    with _open(record_path) as record:
        tell(f"line {record.identity.merge(keep, other, by=by, because=because)}: {other} is {keep}")


@identity.command()
@click.argument("entity")
@click.argument("into")
@record_option()
@click.option("--name", help="Only mentions under this name.")
@click.option("--article", help="Only mentions in this article (its key).")
@BY
@BECAUSE
def split(
    entity: str, into: str, record_path: Path, name: str | None, article: str | None, by: str, because: str | None
) -> None:
    """Say that mentions of ENTITY under a name, in an article, or both, are INTO."""
    with _open(record_path) as record:
        line = record.identity.split(entity, into, name=name, article=article, by=by, because=because)
    tell(f"line {line}: split {entity} into {into}")


@identity.command()
@click.argument("entity")
@click.argument("other")
@record_option()
@BY
@BECAUSE
def dismiss(entity: str, other: str, record_path: Path, by: str, because: str | None) -> None:
    """Say that a suggested pair are two."""
    with _open(record_path) as record:
        tell(f"line {record.identity.dismiss(entity, other, by=by, because=because)}: {entity} is not {other}")


@identity.command("undo")
@click.argument("line", type=int)
@record_option()
@BY
@BECAUSE
def undo_line(line: int, record_path: Path, by: str, because: str | None) -> None:
    """Undo a line of the log by its number."""
    with _open(record_path) as record:
        tell(f"line {record.identity.undo(line, by=by, because=because)}: undid {line}")


@identity.command("log")
@record_option()
@as_of_option
@json_option
def identity_log(record_path: Path, as_of: date | None, as_json: bool) -> None:
    """The log of merges, splits and suggestions; with --as-of those made by then."""
    with _open(record_path) as record:
        rows = [row for row in record.identity.log() if _made_by(row.at, as_of)]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        undone = " (undone)" if row.undone else ""
        click.echo(f"{row.seq}  {row.at}  {row.by}: {row.action} {row.entity or ''} {row.other or ''}{undone}")


def _open(path: Path, as_of: date | None = None) -> Record:
    from dragoman.record import Record

    return Record.open(path, as_of=as_of)


def _made_by(at: str, as_of: date | None) -> bool:
    return as_of is None or at[:10] <= as_of.isoformat()
