"""Articles into a record: only what is new is read, and every article is committed by itself.

Articles that the record has under the present versions of the reader and with the same
terms are passed over, which is also how a reading that was killed goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dragoman.work import executor_for

_LOG = logging.getLogger(__name__)

if TYPE_CHECKING:
    from dragoman.read.findings import Reading
    from dragoman.read.gate.model import GateName
    from dragoman.read.reference.own import OwnParty
    from dragoman.read.sources import RawArticle
    from dragoman.read.wording import Term
    from dragoman.record import Record
    from dragoman.record.views import Added


def take_in(
    record: Record, articles: Iterable[RawArticle], *, jobs: int = 1, terms: Iterable[str | Term] = (),
    gate: GateName = "learned", parties: Iterable[str | OwnParty] = (), cluster: str | None = None,
) -> Iterator[tuple[RawArticle, Added, Reading | None]]:  # fmt: skip
    """Read articles into ``record``; for each what became of it, and its reading where it was read now.

    Args:
        record: the record, open for writing.
        articles: the articles.
        jobs: processes to read on; 0 for all cores.
        terms: contested terms of one's own dispute; articles read with other terms are read again.
        gate: what weighs the findings, as for :func:`dragoman.read.read_text`.
        parties: who belongs to whom, likewise; articles read with other parties are read again.
        cluster: a Dask cluster to read on, as for :func:`dragoman.work.executor_for`; this process alone writes.

    Raises:
        ReadError: a term has no words, or a line of ``parties`` is none.
        RecordError: the record cannot be written.
    """
    from dragoman.read.reader import read_many, versions
    from dragoman.read.reference.own import own_parties
    from dragoman.read.wording import own_terms
    from dragoman.record.views import Added

    own, sides = own_terms(terms), own_parties(parties)
    now = versions(terms=own, gate=gate, parties=sides)
    passed: list[tuple[RawArticle, str]] = []

    def unread() -> Iterator[RawArticle]:
        for article in articles:
            key = record.is_current(article.text, article.outlet, now)
            if key is None:
                yield article
            else:
                passed.append((article, key))

    _LOG.info("reading into %s on %s", record.path, cluster or f"{jobs or 'all'} processes")
    with executor_for(jobs, cluster) as executor:
        for article, reading in read_many(unread(), executor, terms=own, gate=gate, parties=sides):
            added = record.add(article, reading)
            _LOG.info("%s: %s, %d faults of finders", article.place, added.outcome, len(reading.faults))
            yield article, added, reading
            yield from _passed_over(passed, Added)
    yield from _passed_over(passed, Added)


def _passed_over(
    passed: list[tuple[RawArticle, str]], added: type[Added]
) -> Iterator[tuple[RawArticle, Added, Reading | None]]:
    while passed:
        article, key = passed.pop(0)
        yield article, added(key=key, outcome="unchanged"), None
