"""From a text to everything read from it, and from many articles to their readings.

One article goes through: language, clean-up, parse, entities, dates, quotes,
events, meetings, commitments, contested words.  Finders see the parsed article and
what the finders before them found; none of them knows another.

Articles are parsed in groups, so that batches of paragraphs stay full; groups are
what :mod:`dragoman.work` hands to processes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Literal

from dragoman.errors import ReadError
from dragoman.read.findings import Dropped, Reading, Span
from dragoman.read.gate import gate_named, gate_version, weigh
from dragoman.read.gate.features import Features
from dragoman.read.gate.model import GateName
from dragoman.read.gate.weighing import KINDS, features_of
from dragoman.read.guard import Guard
from dragoman.read.parse import PIPELINE, ToParse, in_pieces, parse_many
from dragoman.read.parsed import Parsed
from dragoman.read.sources._article import RawArticle, refuse_halves
from dragoman.work import in_groups, in_order

if TYPE_CHECKING:
    from dragoman.read.reference import Reference
    from dragoman.read.reference.own import OwnParty
    from dragoman.read.wording import Term

GROUP = 16
SCHEMA: Literal["dragoman/reading/2"] = "dragoman/reading/2"
PublishedFrom = Literal["given", "metadata", "text", "none"]


@dataclass(frozen=True, kw_only=True)
class _Prepared:
    """An article before parsing: its language, what clean-up kept and dropped, and what to warn of."""

    article: RawArticle
    language: str
    sure: float
    kept: tuple[Span, ...]
    dropped: tuple[Dropped, ...]

    @property
    def english(self) -> bool:
        return self.language == "en"


@dataclass(frozen=True, kw_only=True)
class _Own:
    """What the analyst gives: contested terms, and who belongs to whom."""

    terms: tuple[Term, ...] = ()
    parties: tuple[OwnParty, ...] = ()


def read_text(
    text: str, published: date | str | None = None, *, title: str | None = None, terms: Iterable[str | Term] = (),
    gate: GateName = "learned", parties: Iterable[str | OwnParty] = (),
) -> Reading:  # fmt: skip
    """Everything read from one text.

    Args:
        text: the article; all spans of the reading are offsets into it.
        published: the day of publication (a date or ``YYYY-MM-DD``); without it the day that the text states,
            and without that relative dates stay unresolved.
        title: the headline, where it is not part of the text.
        terms: contested terms of one's own dispute, beside those that are known: words, or from ``make_term``.
        parties: who belongs to whom, before what the text says: lines such as ``Jonas Mbewe, Mbewe -> ZMB``.
        gate: what weighs the findings: ``learned``, or ``rules`` for the confidence that the rules set by hand.

    Raises:
        ReadError: ``published`` is not a date, the text is no well-formed Unicode, a term has no words, there is
            no such gate, or a line of ``parties`` is none.
    """
    refuse_halves(text, "text")
    given = _day(published)
    stated, origin = _published(text, given)
    article = RawArticle(text=text, place="text", kind="text", title=title, published=stated, published_from=origin)
    return next(iter(read_articles([article], terms=terms, gate=gate, parties=parties)))


def read_articles(
    articles: Iterable[RawArticle], *, pipeline: str = PIPELINE, terms: Iterable[str | Term] = (),
    gate: GateName = "learned", parties: Iterable[str | OwnParty] = (),
) -> Iterator[Reading]:  # fmt: skip
    """Readings of articles, in order, in this process; ``terms``, ``gate``, ``parties`` as for :func:`read_text`."""
    own, sides = _own(terms), _sides(parties)
    for group in in_groups(articles, GROUP):
        yield from read_group(group, pipeline=pipeline, terms=own, gate=gate, parties=sides)


def read_many(
    articles: Iterable[RawArticle], executor: Executor | None = None, *, pipeline: str = PIPELINE,
    terms: Iterable[str | Term] = (), gate: GateName = "learned", parties: Iterable[str | OwnParty] = (),
) -> Iterator[tuple[RawArticle, Reading]]:  # fmt: skip
    """Articles with their readings, in order; groups run on the executor where one is given."""
    work = partial(_read_pairs, pipeline=pipeline, terms=_own(terms), gate=gate, parties=_sides(parties))
    for pairs in in_order(work, in_groups(articles, GROUP), executor):
        yield from pairs


def _own(terms: Iterable[str | Term]) -> tuple[Term, ...]:
    from dragoman.read.wording import own_terms

    return own_terms(terms)


def _sides(parties: Iterable[str | OwnParty]) -> tuple[OwnParty, ...]:
    from dragoman.read.reference.own import own_parties

    return own_parties(parties)


def _read_pairs(
    group: Sequence[RawArticle], *, pipeline: str, terms: tuple[Term, ...], gate: GateName,
    parties: tuple[OwnParty, ...],
) -> list[tuple[RawArticle, Reading]]:  # fmt: skip
    readings = read_group(group, pipeline=pipeline, terms=terms, gate=gate, parties=parties)
    return list(zip(group, readings, strict=True))


def read_group(
    group: Sequence[RawArticle], *, pipeline: str = PIPELINE, terms: Iterable[str | Term] = (),
    gate: GateName = "learned", parties: Iterable[str | OwnParty] = (),
) -> list[Reading]:  # fmt: skip
    """Readings of a group of articles, parsed as one stream."""
    own = _Own(terms=_own(terms), parties=_sides(parties))
    prepared = [_prepare(article) for article in group]
    parsed, now = iter(_parsed(prepared, pipeline)), versions(pipeline, own.terms, gate, own.parties)
    return [
        _reading(item, next(parsed), now, own, gate) if item.english else _unread(item, now)
        for item in prepared
    ]  # fmt: skip


def proposed(article: RawArticle) -> tuple[Reading, dict[str, list[Features]]]:
    """What the finders propose in an article, not weighed, and the features of each proposal: what a gate is fitted on.

    Of an article that is not English there are none.
    """
    item, now = _prepare(article), versions(gate="rules")
    if not item.english:
        return _unread(item, now), {kind: [] for kind in KINDS}
    parsed = next(iter(_parsed([item], PIPELINE)))
    reading, index = _found(item, parsed, now, _Own())
    return reading, features_of(parsed, index, reading)


def _parsed(prepared: Sequence[_Prepared], pipeline: str) -> Iterator[Parsed]:
    to_parse = [
        ToParse(
            text=item.article.text,
            kept=item.kept,
            published=item.article.published,
            title=item.article.title,
            segments=item.article.segments,
        )
        for item in prepared
        if item.english
    ]
    return iter(parse_many(to_parse, name=pipeline))


def _prepare(article: RawArticle) -> _Prepared:
    from dragoman.read.text.clean import clean
    from dragoman.read.text.language import identify
    from dragoman.read.text.segments import segmented

    article = segmented(article)
    cleaned = clean(article.text)
    language = identify("\n".join(article.text[start:end] for start, end in cleaned.kept) or article.text)
    return _Prepared(
        article=article, language=language.code, sure=language.sure,
        kept=tuple(in_pieces(article.text, cleaned.kept)), dropped=cleaned.dropped,
    )  # fmt: skip


def _reading(item: _Prepared, parsed: Parsed, now: dict[str, str], own: _Own, gate: GateName) -> Reading:
    reading, index = _found(item, parsed, now, own)
    guard = Guard()
    weighed = guard.one("gate", lambda: weigh(parsed, index, reading, gate_named(gate)), None)
    if weighed is None:
        weighed = weigh(parsed, index, reading, None)
    return replace(weighed, faults=(*reading.faults, *guard.faults))


def _found(item: _Prepared, parsed: Parsed, now: dict[str, str], own: _Own) -> tuple[Reading, Reference]:
    from dragoman.read.contacts import find_contacts
    from dragoman.read.dates import find_dates
    from dragoman.read.events import find_events
    from dragoman.read.figures import find_figures
    from dragoman.read.promises import find_fates, find_promises
    from dragoman.read.quotes import find_quotes
    from dragoman.read.reference import Reference, refer
    from dragoman.read.relations import find_relations
    from dragoman.read.stances import find_stances
    from dragoman.read.wording import find_definitions

    guard = Guard()
    index = guard.one("entities", lambda: refer(parsed, own.parties), Reference(parsed, (), ()))
    dates = guard.many("dates", lambda: find_dates(parsed))
    quotes = guard.many("quotes", lambda: find_quotes(parsed, index))
    reading = replace(
        _unread(item, now),
        quotes=quotes,
        dates=dates,
        events=guard.many("events", lambda: find_events(parsed, index, dates)),
        contacts=guard.many("contacts", lambda: find_contacts(parsed, index, dates)),
        entities=index.printed,
        parties=index.parties,
        affiliations=index.affiliations,
        commitments=guard.many("promises", lambda: find_promises(parsed, index, dates)),
        stances=guard.many("stances", lambda: find_stances(parsed, index, dates)),
        relations=guard.many("relations", lambda: find_relations(parsed, index, dates)),
        figures=guard.many("figures", lambda: find_figures(parsed, index)),
        fates=guard.many("fates", lambda: find_fates(parsed, index, dates)),
        definitions=guard.many("wording", lambda: find_definitions(parsed, index, quotes, more=own.terms)),
        faults=tuple(guard.faults),
    )
    return reading, index


def _unread(item: _Prepared, now: dict[str, str]) -> Reading:
    article = item.article
    return Reading(
        schema=SCHEMA,
        language=item.language,
        published=article.published.isoformat() if article.published else None,
        published_from=article.published_from,
        title=article.title,
        quotes=(),
        dates=(),
        events=(),
        contacts=(),
        entities=(),
        commitments=(),
        fates=(),
        definitions=(),
        dropped=item.dropped,
        warnings=_warnings(item),
        versions=now,
        gate=now["gate"],
    )


def _warnings(item: _Prepared) -> tuple[str, ...]:
    words = list(item.article.notes)
    if item.language == "und":
        words.append("no words: there is nothing to read")
    elif not item.english:
        words.append(
            f"the language is {item.language!r} (sure {item.sure:.2f}), not English: the text is stored and left unread"
        )
    if item.article.published is None:
        words.append("no publication date: relative dates stay unresolved")
    return tuple(words)


def versions(
    pipeline: str = PIPELINE, terms: Iterable[str | Term] = (), gate: GateName = "learned",
    parties: Iterable[str | OwnParty] = (),
) -> dict[str, str]:  # fmt: skip
    """The versions that a reading depends on, and the terms and parties of one's own that it was made with, if any."""
    from dragoman.read.reference.own import said_of
    from dragoman.read.wording._terms import named

    own = {"terms": named(_own(terms)), "parties": said_of(_sides(parties))}
    return _versions(pipeline) | {"gate": gate_version(gate)} | {key: said for key, said in own.items() if said}


@cache
def _versions(pipeline: str) -> dict[str, str]:
    return {name: version(name) for name in ("dragoman", "spacy")} | {"pipeline": _pipeline_version(pipeline)}


def _pipeline_version(pipeline: str) -> str:
    from dragoman.read.parse import pipeline as load

    meta = load(pipeline).meta
    return f"{meta.get('lang', '')}_{meta.get('name', pipeline)} {meta.get('version', '')}"


def _day(published: date | str | None) -> date | None:
    if isinstance(published, datetime):
        return published.date()
    if published is None or isinstance(published, date):
        return published
    try:
        return date.fromisoformat(published)
    except (TypeError, ValueError) as error:
        raise ReadError("published", repr(published), "a day such as 2018-06-12") from error


def _published(text: str, given: date | None) -> tuple[date | None, PublishedFrom]:
    from dragoman.read.dates import publication_date

    if given is not None:
        return given, "given"
    stated = publication_date(text)
    return stated, "text" if stated is not None else "none"
