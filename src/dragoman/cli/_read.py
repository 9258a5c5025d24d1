"""``dragoman read`` and ``dragoman explain``."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli._common import DAY, FILE, json_option, print_json, progress, put, record_option, tell
from dragoman.errors import InputError, ReadError

if TYPE_CHECKING:
    from dragoman.desk.delivery import Delivery
    from dragoman.read.findings import Reading
    from dragoman.read.gate.model import GateName
    from dragoman.read.reference.own import OwnParty
    from dragoman.read.sources import Article, DateRule
    from dragoman.read.wording import Term
    from dragoman.record import Record

NAMED = 20


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@record_option(required=False)
@click.option("--date", "day", type=DAY, help="Publication date of articles that state none.")
@click.option(
    "--date-from",
    "date_words",
    metavar="name|file|PATTERN",
    help="Take the day of articles that state none from the file's name, the file's own day, or its path: YYYY/MM/DD.",
)
@click.option("--jobs", type=click.IntRange(min=0), default=1, show_default=True, help="Processes; 0 for all cores.")
@click.option("--cluster", metavar="ADDRESS", help="Read on a Dask cluster: tcp://HOST:8786, or local for one here.")
@click.option("--term", "terms", multiple=True, metavar="WORDS", help="A contested term of your own; repeatable.")
@click.option("--case", "case_path", type=FILE, help="A case file, whose terms and parties' names are read too.")
@click.option("--parties", "parties_path", type=FILE, help="Who belongs to whom: a file of lines NAME, NAME -> PARTY.")
@click.option(
    "--gate",
    type=click.Choice(["learned", "rules"]),
    default="learned",
    show_default=True,
    help="What weighs the findings: a model, or the rules alone.",
)
@click.option("--report", "report_path", type=FILE, help="Write what became of every file: .csv or .json.")
@click.option("--skip-unreadable", is_flag=True, help="Files of a folder that cannot be read are no failure.")
@json_option
def read(
    paths: tuple[str, ...], record_path: Path | None, day: date | None, date_words: str | None, jobs: int,
    terms: tuple[str, ...], case_path: Path | None, parties_path: Path | None, gate: GateName,
    report_path: Path | None, skip_unreadable: bool, as_json: bool, cluster: str | None,
) -> None:  # fmt: skip
    """Read articles: files of any format, folders, archives, or - for standard input.

    Text, HTML, PDF, Word, OpenDocument, RTF, EPUB, mail, saved pages, feeds, WARC, ZIP, TAR, JSON, tables, RIS, BibTeX
    and exports of press databases are read; docs/reference/formats.md has them all. What is not read is named with
    what it is and what to do; a table at the end counts everything. Exit status 1: something could not be read.

    With --record, findings go into the record; reading the same articles again adds nothing, and a reading that was
    interrupted goes on where it stopped. With --json the readings are printed: of one article its reading, of several
    one document with all of them.

    With --term "golden share", each party's wording of that term is read beside those of the terms that are known;
    --term "golden share: special share, veto share" gives the words for it. With --case the terms that the case names
    are read likewise. Articles that a record holds with other terms or parties are read again.

    With --parties a file says who acts for whom, a party a line: "Jonas Mbewe, Mbewe -> ZMB", "the harbour workers ->
    Harbour Workers (union)". It goes before what the articles say, and each reading notes where it decided. The names
    that a case gives its parties as entities do the same.
    """
    if record_path is None and not as_json:
        raise click.UsageError("give --record FILE to keep what is read, or --json to print it")
    if report_path is not None and report_path.suffix.lower() not in (".csv", ".json"):
        raise click.UsageError("--report takes a file that ends in .csv or .json")
    from dragoman.desk.delivery import Delivery, report_of
    from dragoman.read.sources import date_rule
    from dragoman.read.wording import own_terms

    delivery = Delivery()
    faults: list[ReadError] = []
    plan = _Plan(
        paths=paths, day=day, rule=date_rule(date_words) if date_words else None, jobs=jobs,
        terms=own_terms([*map(_term, terms), *_terms_of(case_path)]), gate=gate, delivery=delivery, faults=faults,
        parties=(*_parties_in(parties_path), *_parties_of(case_path)), cluster=cluster,
    )  # fmt: skip
    pairs = _read_printed(plan) if record_path is None else _read_into(record_path, plan)
    if as_json:
        _print_readings(list(pairs))
    else:
        deque(pairs, maxlen=0)
    if report_path is not None:
        put(report_path, report_of(delivery.rows, report_path.suffix.lower()[1:]))
    _report(plan, skip_unreadable)


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """What is to be read, and where it is noted what became of it."""

    paths: tuple[str, ...]
    day: date | None
    rule: DateRule | None
    jobs: int
    terms: tuple[Term, ...]
    parties: tuple[OwnParty, ...]
    gate: GateName
    delivery: Delivery
    faults: list[ReadError]
    cluster: str | None = None

    def articles(self) -> Iterator[Article]:
        """The articles; faults are noted."""
        from dragoman.read.sources import read_paths

        return read_paths(self.paths, date=self.day, on_error=self._fault, date_from=self.rule)

    def _fault(self, fault: ReadError) -> None:
        self.faults.append(fault)
        self.delivery.fault(fault)


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


def _parties_in(path: Path | None) -> tuple[OwnParty, ...]:
    """The parties of a file of lines.

    Raises:
        ReadError: the file is no text, or a line is none.
    """
    if path is None:
        return ()
    from dragoman.read.reference.own import own_parties

    try:
        return own_parties(path.read_text(encoding="utf-8-sig").splitlines(), str(path))
    except UnicodeDecodeError as error:
        raise ReadError(str(path), "no UTF-8 text", "lines NAME, NAME -> PARTY") from error


def _parties_of(case_path: Path | None) -> list[OwnParty]:
    """The parties of a case, by the names that it gives as their entities."""
    if case_path is None:
        return []
    from dragoman.model import load_case
    from dragoman.read.reference.own import own_party

    return [own_party(party.name, party.entities) for party in load_case(case_path).parties.values()]


def _report(plan: _Plan, skip: bool) -> None:
    """Name what was not read, close with the table, and fail unless all of it may be skipped.

    Raises:
        InputError: something could not be read.
    """
    from dragoman.desk.delivery import table_of

    faults = plan.faults
    named = {str(Path(path)) for path in plan.paths if not Path(path).is_dir()}
    counted = [fault for fault in faults if not skip or _is_named(fault.place, named)]
    alone = len(faults) == len(counted) == 1
    for fault in () if alone else faults[:NAMED]:
        tell(f"dragoman: not read: {fault}")
    if len(faults) > NAMED:
        tell(f"dragoman: not read: {len(faults) - NAMED} more; --report FILE lists them all")
    if len(plan.delivery.rows) > 1:
        for line in table_of(plan.delivery):
            tell(line)
    if alone:
        raise faults[0]
    if counted:
        shown = "named above" if len(faults) <= NAMED else f"the first {NAMED} are named above"
        wanted = "text in a form that is read, or --skip-unreadable for the files of a folder"
        raise InputError("read", f"{len(counted)} sources could not be read ({shown})", wanted)


def _is_named(place: str, named: set[str]) -> bool:
    """Whether a fault is that of a file which was given by name, not of one in a folder or an archive."""
    return place in named or (place.rpartition(":")[0] in named and "!" not in place)


def _print_readings(readings: list[tuple[Article, Reading]]) -> None:
    if len(readings) == 1:
        print_json(readings[0][1].to_dict())
        return
    rows = [{"place": one.place, "title": one.title, "reading": reading.to_dict()} for one, reading in readings]
    print_json({"readings": rows})


def _read_printed(plan: _Plan) -> Iterator[tuple[Article, Reading]]:
    """Articles with their readings, kept nowhere."""
    from dragoman.read.reader import read_many
    from dragoman.work import executor_for

    with executor_for(plan.jobs, plan.cluster) as executor:
        for article, reading in progress(
            read_many(plan.articles(), executor, terms=plan.terms, gate=plan.gate, parties=plan.parties), "reading"
        ):
            plan.delivery.article(article, "read", reading)
            yield article, reading


def _read_into(record_path: Path, plan: _Plan) -> Iterator[tuple[Article, Reading]]:
    """Articles into a record; those that were read now, with their readings."""
    from dragoman.desk.identities import suggest_merges
    from dragoman.desk.intake import take_in
    from dragoman.record import Record

    articles = _once(plan)
    first = next(articles, None)
    if first is None and not record_path.exists():
        return
    with Record.open(record_path, create=True) as record:
        articles = articles if first is None else chain((first,), articles)
        counts = {"added": 0, "unchanged": 0, "read again": 0}
        for article, added, reading in progress(
            take_in(
                record,
                articles,
                jobs=plan.jobs,
                terms=plan.terms,
                gate=plan.gate,
                parties=plan.parties,
                cluster=plan.cluster,
            ),
            "reading",
        ):
            counts[added.outcome] += 1
            plan.delivery.article(article, "read" if reading is not None else "unchanged", reading)
            if reading is not None:
                _warn(article, reading)
                yield article, reading
        _note_unread(record, plan.delivery)
        record.settle()
        waiting = suggest_merges(record)
        tell(f"{record_path}: " + ", ".join(f"{number} {word}" for word, number in counts.items()))
        if waiting:
            tell(f"{waiting} pairs of persons may be one: dragoman identity suggestions --record {record_path}")


def _note_unread(record: Record, delivery: Delivery) -> None:
    """Keep with the record what was handed over and not read, until it is read."""
    from dragoman.record.others import Unread

    unread = [
        Unread(place=row.place, outcome=row.state, reason=row.why, advice=row.do or None)
        for row in delivery.rows
        if row.state in ("refused", "empty")
    ]
    read = [row.place.partition("!")[0] for row in delivery.rows if row.state in ("read", "unchanged")]
    if unread or record.others.unread():
        record.others.note_unread(unread, {name for place in read for name in (place, place.rpartition(":")[0])})


def _once(plan: _Plan) -> Iterator[Article]:
    """The articles without those that stood in this delivery before."""
    from dragoman.record import article_key

    seen: set[str] = set()
    for article in plan.articles():
        key = article_key(article.text, article.outlet)
        if key in seen:
            plan.delivery.article(article, "duplicate")
        else:
            seen.add(key)
            yield article


def _warn(article: Article, reading: Reading) -> None:
    for warning in reading.warnings:
        if warning not in article.notes:
            tell(f"dragoman: {article.place}: {warning}")


@click.command()
@click.argument("sentence")
@json_option
def explain(sentence: str, as_json: bool) -> None:
    """Say for a sentence which entry and rule made which event, and what was dropped and why.

    Use - to read the sentence from standard input.
    """
    from dragoman.read.events import explain_events
    from dragoman.read.identity import find_entities
    from dragoman.read.parse import parse_text

    parsed = parse_text(sys.stdin.read() if sentence == "-" else sentence)
    explanation = explain_events(parsed, find_entities(parsed))
    if as_json:
        print_json(explanation)
        return
    for item in explanation:
        click.echo(str(item))
