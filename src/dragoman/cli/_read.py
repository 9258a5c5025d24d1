"""``dragoman read`` and ``dragoman explain``."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli._common import DAY, FILE, json_option, print_json, progress, record_option, tell
from dragoman.errors import InputError, ReadError

if TYPE_CHECKING:
    from dragoman.read.findings import Reading
    from dragoman.read.gate.model import GateName
    from dragoman.read.sources import RawArticle
    from dragoman.read.wording import Term

NAMED = 20


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@record_option(required=False)
@click.option("--date", "day", type=DAY, help="Publication date of articles that state none.")
@click.option("--jobs", type=click.IntRange(min=0), default=1, show_default=True, help="Processes; 0 for all cores.")
@click.option("--term", "terms", multiple=True, metavar="WORDS", help="A contested term of your own; repeatable.")
@click.option("--case", "case_path", type=FILE, help="A case file, whose contested terms are read too.")
@click.option(
    "--gate",
    type=click.Choice(["learned", "rules"]),
    default="learned",
    show_default=True,
    help="What weighs the findings: a model, or the rules alone.",
)
@json_option
def read(
    paths: tuple[str, ...], record_path: Path | None, day: date | None, jobs: int, terms: tuple[str, ...],
    case_path: Path | None, gate: GateName, as_json: bool,
) -> None:  # fmt: skip
    """Read articles: files (text, HTML, JSON lines, CSV), folders, or - for standard input.

    With --record, findings go into the record; reading the same articles again adds nothing, and a reading that was
    interrupted goes on where it stopped. With --json the readings are printed: of one article its reading, of several
    one document with all of them. Files that cannot be read are named on standard error; the others are read.

    With --term "golden share", each party's wording of that term is read beside those of the terms that are known;
    --term "golden share: special share, veto share" gives the words for it. With --case the terms that the case names
    are read likewise. Articles that a record holds with other terms are read again.

    A finding is counted where the gate is sure enough of it; the others are kept as leads to review. --gate rules takes
    the confidence that the rules set by hand, without the model.
    """
    if record_path is None and not as_json:
        raise click.UsageError("give --record FILE to keep what is read, or --json to print it")
    from dragoman.read.wording import own_terms

    faults: list[ReadError] = []
    own = own_terms([*map(_term, terms), *_terms_of(case_path)])
    pairs = _read_all(paths, record_path, day, jobs, faults, own, gate)
    if as_json:
        _print_readings(list(pairs))
    else:
        deque(pairs, maxlen=0)
    _report(faults)


def _term(said: str) -> Term:
    """``NAME``, or ``NAME: WORDS, WORDS``."""
    from dragoman.read.wording import make_term

    name, colon, words = said.partition(":")
    return make_term(name, *(words.split(",") if colon else ()))


def _terms_of(case_path: Path | None) -> list[Term]:
    """The contested terms that a case names."""
    if case_path is None:
        return []
    from dragoman.model import load_case
    from dragoman.read.wording import make_term

    terms = load_case(case_path).terms.values()
    return [make_term(term.name, *term.words, issue=term.issue or "") for term in terms]


def _report(faults: list[ReadError]) -> None:
    if len(faults) == 1:
        raise faults[0]
    for fault in faults[:NAMED]:
        tell(f"dragoman: not read: {fault}")
    if faults:
        named = "named above" if len(faults) <= NAMED else f"the first {NAMED} are named above"
        raise InputError("read", f"{len(faults)} sources could not be read ({named})", "text in a form that is read")


def _print_readings(readings: list[tuple[RawArticle, Reading]]) -> None:
    if len(readings) == 1:
        print_json(readings[0][1].to_dict())
        return
    rows = [{"place": one.place, "title": one.title, "reading": reading.to_dict()} for one, reading in readings]
    print_json({"readings": rows})


def _read_all(
    paths: tuple[str, ...], record_path: Path | None, day: date | None, jobs: int, faults: list[ReadError],
    terms: tuple[Term, ...], gate: GateName,
) -> Iterator[tuple[RawArticle, Reading]]:  # fmt: skip
    from dragoman.read.sources import read_paths

    articles: Iterator[RawArticle] = read_paths(paths, date=day, on_error=faults.append)
    if record_path is None:
        from dragoman.read.reader import read_many
        from dragoman.work import executor_for

        with executor_for(jobs) as executor:
            yield from progress(read_many(articles, executor, terms=terms, gate=gate), "reading")
        return
    from dragoman.desk.identities import suggest_merges
    from dragoman.desk.intake import take_in
    from dragoman.record import Record

    first = next(articles, None)
    if first is None and not record_path.exists():
        return
    with Record.open(record_path, create=True) as record:
        articles = articles if first is None else chain((first,), articles)
        counts, people = {"added": 0, "unchanged": 0, "read again": 0}, set[str]()
        for article, added, reading in progress(
            take_in(record, articles, jobs=jobs, terms=terms, gate=gate), "reading"
        ):
            counts[added.outcome] += 1
            if reading is not None:
                _warn(article, reading)
                people.update(entity.id for entity in reading.entities if entity.kind == "person")
                yield article, reading
        record.settle()
        waiting = suggest_merges(record, people)
        tell(f"{record_path}: " + ", ".join(f"{number} {word}" for word, number in counts.items()))
        if waiting:
            tell(f"{waiting} pairs of persons may be one: dragoman identity suggestions --record {record_path}")


def _warn(article: RawArticle, reading: Reading) -> None:
    for warning in reading.warnings:
        if warning not in article.notes:
            tell(f"dragoman: {article.place}: {warning}")


@click.command()
@click.argument("sentence")
@json_option
def explain(sentence: str, as_json: bool) -> None:
    """Say for a sentence which entry and rule made which event, what was dropped and why, and what the gate thought.

    Use - to read the sentence from standard input.
    """
    from dragoman.read.events import explain_events
    from dragoman.read.gate.why import weighed_text
    from dragoman.read.identity import find_entities
    from dragoman.read.parse import parse_text

    text = sys.stdin.read() if sentence == "-" else sentence
    parsed = parse_text(text)
    explanation = explain_events(parsed, find_entities(parsed))
    weighed = weighed_text(text)
    if as_json:
        print_json({"sentences": explanation, "gate": weighed})
        return
    for item in (*explanation, *weighed):
        click.echo(str(item))
