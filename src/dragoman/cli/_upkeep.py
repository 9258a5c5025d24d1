"""``dragoman record``: the upkeep of a record's file, and where its reports come from."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.cli._common import FILE, json_option, print_json, tell

_RECORD = click.argument("record_path", type=FILE, metavar="RECORD")
_NEW = click.option("-o", "--output", type=FILE, required=True, help="The new file; nothing is ever overwritten.")


@click.group()
def record() -> None:
    """Check a record's file, copy it, save what can be saved of a damaged one; say where its reports come from."""


@record.command("check")
@_RECORD
@json_option
def check_record(record_path: Path, as_json: bool) -> None:
    """Say whether a record is whole: its file, the texts behind its evidence, every finding and decision.

    Exit status 1 where something is wrong.
    """
    from dragoman.record.upkeep import check

    found = check(record_path)
    if as_json:
        print_json({"ok": not found, "damage": found})
    else:
        for damage in found:
            click.echo(f"{damage.where}: {damage.what}")
        click.echo(f"{record_path}: {'whole' if not found else f'{len(found)} things are wrong'}")
    if found:
        tell("dragoman: record check: the record is damaged; dragoman record repair saves what can be read")
        raise click.exceptions.Exit(1)


@record.command()
@_RECORD
@_NEW
def backup(record_path: Path, output: Path) -> None:
    """Copy a record to a new file, also while others read and write it: the copy holds one moment of it."""
    from dragoman.record.upkeep import backup as copy

    copy(record_path, output)
    tell(f"wrote {output}")


@record.command()
@_RECORD
@_NEW
@json_option
def repair(record_path: Path, output: Path, as_json: bool) -> None:
    """Put what can be read of a damaged record into a new file, and name what could not be kept.

    The damaged file is left as it is. Exit status 1 where something was lost.
    """
    from dragoman.record.upkeep import repair as save

    saved = save(record_path, output)
    if as_json:
        print_json(saved)
    else:
        for damage in saved.lost:
            click.echo(f"lost: {damage.where}: {damage.what}")
        kept = ", ".join(f"{saved.kept[name]} {name}" for name in ("articles", "findings", "decisions", "forecasts"))
        click.echo(f"{output}: kept {kept}; {len(saved.lost)} things lost")
    if saved.lost:
        raise click.exceptions.Exit(1)


@record.command()
@_RECORD
@click.option("--table", type=FILE, help="A CSV with the columns name, canonical and, where known, owner and kind.")
@json_option
def outlets(record_path: Path, table: Path | None, as_json: bool) -> None:
    """List the outlets of a record with where their reports come from, or take over a table of outlets.

    Two reports of one origin (an agency, an owner, a government) are one source. Kinds: agency, government, press,
    institute, party.
    """
    from dragoman.errors import InputError
    from dragoman.record import Record
    from dragoman.record.origins import outlets_from_csv

    with Record.open(record_path) as opened:
        if table is not None:
            try:
                text = table.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                raise InputError(str(table), f"cannot be read ({error})", "a CSV in UTF-8") from error
            moved = opened.set_outlets(outlets_from_csv(text, str(table)))
            tell(f"{record_path}: {moved} articles come from elsewhere than was known")
        rows = opened.origins()
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row.articles:>6}  {row.outlet or 'unnamed outlet'}  from {row.origin} ({row.kind})")
