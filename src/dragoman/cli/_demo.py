"""``dragoman demo``: the main job on the bundled Korea example, from articles to page and paper."""

from __future__ import annotations

import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli._common import patience, progress, put, tell
from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.desk import Desk

DRAWS = 400
FINDINGS = 5


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Folder for the record, the page and the briefing.",
)
@click.option("--jobs", type=click.IntRange(min=0), default=0, show_default=True, help="Processes; 0 for all cores.")
@click.option("--serve", "serving", is_flag=True, help="Then serve the pages on this machine until interrupted.")
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="Port for --serve.")
def demo(out: Path, jobs: int, serving: bool, port: int) -> None:
    """Read the Korea example into a record, solve its case, and write its page and briefing.

    The example's press was written for Dragoman: its outlets are invented, the facts are on the public record.
    """
    begun = time.monotonic()
    example = example_folder()
    _folder(out)
    record_path = out / "korea.sqlite"
    _read(example / "articles", record_path, jobs)
    from dragoman.desk import Desk

    with Desk.open(record=record_path, case=example / "case.yaml", draws=DRAWS) as desk:
        _solve(desk)
        if serving:
            from dragoman.show.app import serve

            serve(desk, port=port, announce=tell)
            return
        _write(desk, out)
        _tell_findings(desk)
    click.echo(f"\nPage:     {out / 'korea.html'}\nBriefing: {out / 'korea.pdf'}\nRecord:   {record_path}")
    click.echo(f"Took {time.monotonic() - begun:.0f} seconds. For the site: make serve")


def example_folder() -> Path:
    """Where the Korea example is: in the installed package, or beside the sources.

    Raises:
        InputError: it is in neither place.
    """
    package = Path(__file__).resolve().parent.parent
    for place in (package / "_examples" / "korea", package.parent.parent / "examples" / "korea"):
        if (place / "case.yaml").is_file():
            return place
    raise InputError(str(package), "no bundled example", "an installation that holds examples/korea")


def _folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(str(out), error.strerror or "cannot be made", "a folder that may be written") from error


def _read(articles: Path, record_path: Path, jobs: int) -> None:
    from dragoman.desk.intake import take_in
    from dragoman.read.sources import article_files, read_paths
    from dragoman.record import Record

    tell(f"Reading {articles} ...")
    count = len(article_files(articles))
    with Record.open(record_path, create=True) as record:
        for _ in progress(take_in(record, read_paths([articles]), jobs=jobs), "reading", total=count):
            pass
        record.settle()
        counts = record.counts()
    tell(
        f"  {counts.articles} articles, {counts.events} events, {counts.meetings} meetings, {counts.quotes} statements"
    )


def _solve(desk: Desk) -> None:
    tell("Solving the case ...")
    for name in progress(desk.methods(), "solving", total=len(desk.methods())):
        desk.try_result(name)


def _write(desk: Desk, out: Path) -> None:
    from dragoman.show.brief import pdf
    from dragoman.show.page import one_file

    tell("Writing the page and the briefing ...")
    with patience("writing the page"):
        content = one_file(desk)
    put(out / "korea.html", content)
    with patience("writing the briefing"):
        paper = pdf(desk)
    put(out / "korea.pdf", paper)


def _tell_findings(desk: Desk) -> None:
    from dragoman.show.views._judgements import judgements

    click.echo("")
    if desk.mark:
        click.echo(f"[{desk.mark}]")
    for number, point in enumerate(judgements(desk)[0][:FINDINGS], start=1):
        told = f"{point.label}{'' if point.label.endswith('?') else ':'} {point.text}"
        click.echo(textwrap.fill(told, width=100, initial_indent=f"{number}. ", subsequent_indent="   "))
