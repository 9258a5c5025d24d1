"""New files of folders and new entries of feeds, read into a record as they come.

A file is complete when its size and time are the same at two looks.  What became of it is remembered beside the
record (``RECORD.watch.json``): a file is looked at again only when it has changed, a refused one too.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dragoman.desk.fetch import fetch, refuse_status
from dragoman.desk.warc import Archive
from dragoman.desk.web import Answer, Web
from dragoman.errors import InputError, ReadError
from dragoman.files import write_whole
from dragoman.read.sources import Article, article_files, read_paths
from dragoman.read.sources._feed import entry_text, parsed_feed
from dragoman.read.sources._source import shown
from dragoman.read.sources.addresses import is_web

_SETTLED = 1.0
_LEAST_MINUTES, _USUAL_MINUTES, _MOST_MINUTES = 5, 60, 24 * 60
_PERIODS = {"hourly": 60, "daily": 24 * 60, "weekly": 7 * 24 * 60}


@dataclass(kw_only=True)
class Watcher:
    """Looks at folders and feeds, again and again."""

    record_path: Path
    places: tuple[str, ...]
    web: Web
    tell: Callable[[str], None]
    silent_after: int = 14
    wait: Callable[[float], None] = time.sleep
    _pending: dict[str, list[int]] = field(default_factory=dict)

    @property
    def state_path(self) -> Path:
        """Where it stands what was seen."""
        return self.record_path.with_name(self.record_path.name + ".watch.json")

    def look(self, now: datetime, *, settle: bool = False) -> int:
        """Look at every place once; how many files and feeds were refused.

        Args:
            now: the time of this look.
            settle: wait a moment to see whether files are complete, instead of until the next look.

        Raises:
            InputError: what was seen cannot be read or written, or the record cannot be.
        """
        state = self._state()
        refused = 0
        for place in self.places:
            if is_web(place):
                refused += self._feed(place, state["feeds"].setdefault(place, {}), now)
            else:
                refused += self._folder(Path(place), state["files"], settle)
        write_whole(self.state_path, json.dumps(state, indent=1, sort_keys=True).encode())
        return refused

    def _state(self) -> dict[str, dict[str, Any]]:
        try:
            state = json.loads(self.state_path.read_text(encoding="utf-8"))
            return {"files": dict(state["files"]), "feeds": dict(state["feeds"])}
        except FileNotFoundError:
            return {"files": {}, "feeds": {}}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(
                str(self.state_path), f"what was seen is damaged ({error})", "the file, or none"
            ) from error

    def _folder(self, folder: Path, seen: dict[str, Any], settle: bool) -> int:
        if not folder.is_dir():
            self.tell(f"dragoman: {folder}: no such folder")
            return 1
        new = self._new(folder, seen)
        if settle and new:
            self._pending.update(new)
            self.wait(_SETTLED)
            new = self._new(folder, seen)
        ready = [Path(name) for name, mark in new.items() if self._pending.get(name) == mark]
        self._pending = dict(new)
        faults: list[ReadError] = []
        if ready:
            self._read(list(read_paths(ready, on_error=faults.append)), faults)
        bad = {fault.place.partition("!")[0] for fault in faults}
        for path in ready:
            name = shown(path)
            is_bad = any(place == name or place.startswith((f"{name}:", f"{name}[")) for place in bad)
            seen[str(path)] = [*new[str(path)], "refused" if is_bad else "read"]
        return len(faults)

    def _new(self, folder: Path, seen: dict[str, Any]) -> dict[str, list[int]]:
        """The files that are new or changed, with size and time."""
        found = {}
        for path in article_files(folder):
            try:
                status = path.stat()
            except OSError:
                continue
            mark = [status.st_size, status.st_mtime_ns]
            if seen.get(str(path), [])[:2] != mark:
                found[str(path)] = mark
        return found

    def _read(self, articles: list[Article], faults: list[ReadError]) -> None:
        from dragoman.desk.intake import take_in
        from dragoman.record import Record
        from dragoman.record.others import Unread

        with Record.open(self.record_path, create=True) as record:
            outcomes = [added.outcome for _, added, _ in take_in(record, articles)]
            unread = [Unread(place=item.place, outcome=item.state, reason=item.found, advice=item.expected or None)
                      for item in faults]  # fmt: skip
            record.others.note_unread(unread, {article.place.rpartition(":")[0] for article in articles})
            record.settle()
        for fault in faults:
            self.tell(f"dragoman: not read: {fault}")
        if articles:
            self.tell(f"{self.record_path}: {outcomes.count('added')} added of {len(articles)} that came")

    def _feed(self, url: str, state: dict[str, Any], now: datetime) -> int:
        if state.get("next", "") > now.isoformat():
            return 0
        try:
            marks = {"If-None-Match": state.get("etag"), "If-Modified-Since": state.get("modified")}
            answer = self.web.get(url, {name: value for name, value in marks.items() if value})
            faults = [] if answer.status == 304 else self._entries(url, answer, state, now)
        except ReadError as fault:
            self.tell(f"dragoman: not read: {fault}")
            state["next"] = (now + timedelta(minutes=_USUAL_MINUTES)).isoformat()
            return 1
        state["next"] = (now + timedelta(minutes=state.get("minutes", _USUAL_MINUTES))).isoformat()
        self._name_silent(url, state, now)
        return len(faults)

    def _entries(self, url: str, answer: Answer, state: dict[str, Any], now: datetime) -> list[ReadError]:
        """Read the entries that are new: those with a text as they stand, the pages of the others."""
        refuse_status(url, answer.status)
        feed = parsed_feed(answer.body, url)
        if not feed.entries and feed.get("bozo"):
            raise ReadError(url, "no feed", "RSS or Atom")
        known = set(state.get("known", []))
        new = [entry for entry in feed.entries if _name(entry) not in known]
        faults: list[ReadError] = []
        articles = self._articles(url, answer.body, {_name(entry) for entry in new}, faults)
        pages = [entry.link for entry in new if entry.get("link") and entry_text(entry) is None]
        articles += self._pages(pages, now, faults)
        if articles or faults:
            self._read(articles, faults)
        if new:
            state["newest"] = now.isoformat()
        state["known"] = [_name(entry) for entry in feed.entries]
        state["etag"], state["modified"] = answer.header("ETag"), answer.header("Last-Modified")
        state["minutes"] = hint_of(feed.feed, answer)
        return faults

    def _articles(self, url: str, body: bytes, new: set[str], faults: list[ReadError]) -> list[Article]:
        from dragoman.read.sources._boundary import articles_in
        from dragoman.read.sources._source import Source
        from dragoman.read.text.segments import segmented

        found = []
        for item in articles_in(Source(name="feed.rss", place=url, file=url, data=body)):
            if isinstance(item, Article):
                if not new.isdisjoint({item.url or "", item.title or ""}):
                    found.append(segmented(item))
            elif "without texts" not in item.found:
                faults.append(item)
        return found

    def _pages(self, pages: list[str], now: datetime, faults: list[ReadError]) -> list[Article]:
        """The articles of pages, fetched into an archive beside the record."""
        if not pages:
            return []
        path = self.record_path.with_name(self.record_path.name + ".watch.warc.gz")
        wanted = set()
        with Archive(path=path) as archive:
            for item in fetch(pages, archive, self.web, lambda: now.strftime("%Y-%m-%dT%H:%M:%SZ")):
                if item.fault is not None:
                    faults.append(item.fault)
                else:
                    wanted.add(item.url)
        return [article for article in read_paths([path], on_error=lambda _: None) if article.url in wanted
                or (article.origin is not None and article.origin.entry in wanted)]  # fmt: skip

    def _name_silent(self, url: str, state: dict[str, Any], now: datetime) -> None:
        newest = datetime.fromisoformat(state.setdefault("newest", now.isoformat()))
        days = (now - newest).days
        if days >= self.silent_after:
            self.tell(f"dragoman: {url}: no new entry for {days} days")


def _name(entry: Any) -> str:
    """What an entry is known by."""
    return str(entry.get("link") or entry.get("id") or entry.get("title") or "")


def hint_of(feed: Any, answer: Answer) -> int:
    """After how many minutes a feed wants to be asked again, by its own words or its server's, within reason."""
    minutes = 0
    if str(feed.get("ttl", "")).isdigit():
        minutes = int(feed["ttl"])
    elif feed.get("sy_updateperiod") in _PERIODS:
        times = str(feed.get("sy_updatefrequency", "1"))
        minutes = _PERIODS[feed["sy_updateperiod"]] // max(int(times) if times.isdigit() else 1, 1)
    else:
        control = answer.header("Cache-Control") or ""
        seconds = control.partition("max-age=")[2].partition(",")[0].strip()
        minutes = int(seconds) // 60 if seconds.isdigit() else _USUAL_MINUTES
    return min(max(minutes, _LEAST_MINUTES), _MOST_MINUTES)
