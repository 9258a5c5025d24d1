"""``dragoman show``, ``dragoman page`` and ``dragoman brief``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from dragoman.cli._common import (
    FILE,
    as_of_option,
    case_option,
    draws_option,
    patience,
    put,
    record_option,
    seed_option,
    tell,
)


@click.command()
@record_option(required=False)
@case_option()
@as_of_option
@draws_option
@seed_option
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="Port on this machine.")
def show(
    record_path: Path | None, case_path: Path | None, as_of: date | None, draws: int, seed: int, port: int
) -> None:
    """Serve the pages of a record and a case on this machine only, until interrupted."""
    from dragoman.desk import Desk
    from dragoman.show.app import serve

    with Desk.open(record=record_path, case=case_path, as_of=as_of, draws=draws, seed=seed) as desk:
        serve(desk, port=port, announce=tell)


@click.command()
@record_option(required=False)
@case_option()
@as_of_option
@draws_option
@seed_option
@click.option("-o", "--output", type=FILE, required=True, help="The HTML file to write.")
def page(
    record_path: Path | None, case_path: Path | None, as_of: date | None, draws: int, seed: int, output: Path
) -> None:
    """Write all pages as one HTML file that opens from disk and asks the network for nothing."""
    from dragoman.desk import Desk
    from dragoman.show.page import one_file

    with Desk.open(record=record_path, case=case_path, as_of=as_of, draws=draws, seed=seed) as desk:
        with patience("solving and drawing the pages"):
            content = one_file(desk)
        put(output, content)


@click.command()
@record_option(required=False)
@case_option()
@as_of_option
@draws_option
@seed_option
@click.option("-o", "--output", type=FILE, required=True, help="The file to write: .pdf or .docx.")
def brief(
    record_path: Path | None, case_path: Path | None, as_of: date | None, draws: int, seed: int, output: Path
) -> None:
    """Write the briefing, fit to hand on: PDF, or DOCX (needs the extra 'word')."""
    from dragoman.desk import Desk
    from dragoman.errors import InputError

    if output.suffix.lower() not in {".pdf", ".docx"}:
        raise InputError(str(output), f"a file ending in {output.suffix or 'nothing'}", ".pdf or .docx")
    with Desk.open(record=record_path, case=case_path, as_of=as_of, draws=draws, seed=seed) as desk:
        if output.suffix.lower() == ".pdf":
            from dragoman.show.brief import pdf

            with patience("solving and setting the briefing"):
                content = pdf(desk)
        else:
            from dragoman.show.docx import docx

            with patience("solving and setting the briefing"):
                content = docx(desk)
        put(output, content)
