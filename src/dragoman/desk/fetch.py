"""Addresses to a web archive, when asked: lists, feeds and lists of feeds.

What the archive holds already is passed over, which is how a run that was killed goes on; with ``again`` it is asked
whether it has changed, and kept anew only if so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dragoman.desk.warc import Archive
from dragoman.desk.web import Web
from dragoman.errors import ReadError
from dragoman.read.sources._source import Source
from dragoman.read.sources.addresses import Listed, is_web, listed_by, listed_in

State = Literal["fetched", "held", "unchanged", "refused"]
MAX_TOTAL = 4 * 1024**3


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What became of one address, and why where it was refused."""

    url: str
    state: State
    size: int = 0
    fault: ReadError | None = None


def addresses(lists: Iterable[str], web: Web, faults: Callable[[ReadError], None]) -> list[str]:
    """The addresses of articles that lists, feeds and plain addresses name, each once; feeds are asked."""
    found: dict[str, None] = {}
    for item in lists:
        try:
            listed = feed_at(item, web) if is_web(item) else listed_in(Path(item))
        except ReadError as fault:
            faults(fault)
            continue
        found.update(dict.fromkeys(listed.articles))
        for feed in listed.feeds:
            try:
                found.update(dict.fromkeys(feed_at(feed, web).articles))
            except ReadError as fault:
                faults(fault)
    return list(found)


def feed_at(url: str, web: Web) -> Listed:
    """The addresses of the feed at an address; the address itself where no feed stands there.

    Raises:
        ReadError: it does not answer.
    """
    answer = web.get(url)
    refuse_status(url, answer.status)
    listed = _listed(url, answer.body)
    return listed if listed.articles or listed.feeds else Listed(articles=(url,))


def _listed(url: str, body: bytes) -> Listed:
    try:
        return listed_by(Source(name="", place=url, data=body))
    except ReadError:
        return Listed()


def fetch(urls: Iterable[str], archive: Archive, web: Web, at: Callable[[], str], *, again: bool = False
          ) -> Iterator[Fetched]:  # fmt: skip
    """Ask for each address and keep the answer; one after the other."""
    left = MAX_TOTAL
    for url in urls:
        held = archive.held.get(url)
        if held is not None and not again:
            yield Fetched(url=url, state="held")
            continue
        marks = {"If-None-Match": held.etag, "If-Modified-Since": held.modified} if held else {}
        try:
            answer = web.get(url, {name: value for name, value in marks.items() if value})
            if held is not None and answer.status == 304:
                yield Fetched(url=url, state="unchanged")
                continue
            refuse_status(url, answer.status)
            left -= len(answer.body)
            _refuse_more(url, left)
        except ReadError as fault:
            yield Fetched(url=url, state="refused", fault=fault)
            continue
        archive.add(url, at(), f"{answer.status} {answer.reason}", answer.headers, answer.body)
        yield Fetched(url=url, state="fetched", size=len(answer.body))


def _refuse_more(url: str, left: int) -> None:
    if left < 0:
        raise ReadError(url, f"more than {MAX_TOTAL:,} bytes in one run", "a second run, which goes on here")


def refuse_status(url: str, status: int) -> None:
    """Raise :class:`ReadError` where an answer is none that holds a page."""
    if not 200 <= status < 300:
        raise ReadError(url, f"the answer {status}", "a page (200)")
