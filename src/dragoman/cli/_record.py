"""``dragoman export``, ``dragoman review`` and ``dragoman identity``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli._common import FILE, as_of_option, json_option, print_json, put, record_option, tell

if TYPE_CHECKING:
    from dragoman.record import Record
    from dragoman.record.views import IdentityEntry


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
        click.echo(f"{row.score or 0:.1f}  {row.entity}  ~  {row.other}   {row.because or ''}")
    if not rows:
        tell("no merge waits for a decision")


@identity.command("entities")
@record_option()
@click.option(
    "--kind",
    type=click.Choice(["person", "state", "organisation", "office", "place", "group"]),
    help="Of this kind only.",
)
@click.option("--country", help="Of this state only (as KOR).")
@click.option("--name", help="Whose name holds these letters.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many at most.")
@as_of_option
@json_option
def entities(
    record_path: Path, kind: str | None, country: str | None, name: str | None, limit: int, as_of: date | None,
    as_json: bool,
) -> None:  # fmt: skip
    """List entities after merges, most mentioned first: id, name, kind, state, articles, what was merged."""
    with _open(record_path, as_of) as record:
        found = record.identity.entities(kind=kind, country=country)
    rows = [row for row in found if name is None or name.casefold() in row.name.casefold()][:limit]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        merged = f"  = {', '.join(row.merged)}" if row.merged else ""
        click.echo(f"{row.entity}  {row.name}  {row.kind}  {row.country or '-'}  {row.articles}{merged}")


@identity.command()
@click.argument("keep")
@click.argument("other")
@record_option()
@BY
@BECAUSE
def merge(keep: str, other: str, record_path: Path, by: str, because: str | None) -> None:
    """Take OTHER to be KEEP."""
    with _open(record_path) as record:
        keep, other = record.identity.named(keep), record.identity.named(other)
        line = record.identity.merge(keep, other, by=by, because=because)
        doubt = _doubt(record, keep, other)
    tell(f"line {line}: {other} is {keep}")
    if doubt:
        tell(f"dragoman: the names speak for two persons: {doubt}; dragoman identity undo {line} takes the merge back")


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
        entity = record.identity.named(entity)
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
        entity, other = record.identity.named(entity), record.identity.named(other)
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
        click.echo(f"{row.seq}  {row.at}  {row.by}: {row.action} {_of_line(row)}{undone}")


def _of_line(row: IdentityEntry) -> str:
    """What a line of the identity log is about."""
    if row.undoes is not None:
        return f"line {row.undoes}"
    where = [f"under the name {row.name}" if row.name else "", f"in {row.article}" if row.article else ""]
    about = " ".join(filter(None, [f"{row.entity} {row.other}", *where]))
    return f"{about}: {row.because}" if row.because else about


def _doubt(record: Record, one: str, other: str) -> str | None:
    """Why two entities that are merged look like two persons, if they do."""
    from dragoman.read.identity import NameInContext, judge_person

    people = {row.entity: row for row in record.identity.people()}
    if one not in people or other not in people:
        return None
    found = judge_person(
        *(NameInContext(name=people[each].name, country=people[each].country) for each in (one, other))
    )
    return found.because if found.answer == "different" else None


def _open(path: Path, as_of: date | None = None) -> Record:
    from dragoman.record import Record

    return Record.open(path, as_of=as_of)


def _made_by(at: str, as_of: date | None) -> bool:
    return as_of is None or at[:10] <= as_of.isoformat()
