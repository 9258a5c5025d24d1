"""Findings into rows: the finding, its actors, and its words for search."""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from dragoman.read.findings import Quote
from dragoman.record._decide import Decided
from dragoman.record._payload import (
    ActorRow,
    actors_of,
    date_of,
    encode,
    excerpt,
    kind_of,
    status_of,
    type_of,
    whole_span,
    words_of,
)
from dragoman.record._resolve import Resolution
from dragoman.record._store import Store

WORDS_KEPT = 400


@dataclass(frozen=True, kw_only=True)
class Home:
    """The article that findings stand in, who is meant by the names in it, and for which party each entity acts."""

    rowid: int
    key: str
    day: str | None
    text: str
    resolution: Resolution
    parties: Mapping[str, str] = field(default_factory=dict)
    reader: str = "rules"


def put_finding(store: Store, home: Home, decided: Decided, seen: dict[str, int]) -> None:
    """Write one finding with its actors.  ``seen`` counts findings known by the same span and type."""
    finding, kind = decided.finding, kind_of(decided.finding)
    (start, end), when, key = whole_span(finding), date_of(finding), _finding_key(home.key, decided.name, seen)
    actors = [
        (_sided(actor, home.parties), home.resolution.resolve(actor.entity, actor.name, home.key))
        for actor in actors_of(finding, home.text)
    ]
    row = {
        "key": key, "article": home.rowid, "article_key": home.key, "day": home.day, "kind": kind,
        "type": type_of(finding),
        "status": status_of(finding),
        "date_start": when.start if when else None, "date_end": when.end if when else None,
        "precision": when.precision if when else None, "place": getattr(finding, "place", None),
        "span_start": start, "span_end": end, "confidence": getattr(finding, "confidence", 1.0),
        "origin": decided.origin, "review": decided.review, "words": words_of(finding, home.text)[:WORDS_KEPT],
        "payload": encode(finding), "as_read": encode(decided.as_read) if decided.as_read else None,
        "block": None, "counted": int(getattr(finding, "counted", True)), "act": getattr(finding, "act", None),
        "reader": home.reader,
    }  # fmt: skip
    marks = ", ".join(f":{name}" for name in row)
    rowid = store.run(f"INSERT INTO main.findings ({', '.join(row)}) VALUES ({marks})", row)
    store.run_many(
        "INSERT INTO main.actors VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (rowid, one.role, number, one.name, one.entity, meant, one.country, one.sector)
            for number, (one, meant) in enumerate(actors)
        ],
    )
    if isinstance(finding, Quote):
        _put_quote(store, home, rowid, finding, meant=actors[0][1] if actors else None)


def _sided(actor: ActorRow, parties: Mapping[str, str]) -> ActorRow:
    """The actor with the party for which it acts where a country stands: an alpha-3 code, an abbreviation, or an id."""
    party = parties.get(actor.entity or "")
    return replace(actor, country=party) if party is not None else actor


def _finding_key(article: str, name: tuple[str, int, int, str | None], seen: dict[str, int]) -> str:
    stem = "|".join(map(str, (article, *name)))
    seen[stem] = seen.get(stem, 0) + 1
    return f"{name[0][0]}-{sha256(f'{stem}|{seen[stem]}'.encode()).hexdigest()[:16]}"


def _put_quote(store: Store, home: Home, rowid: int, quote: Quote, *, meant: str | None) -> None:
    words, speaker = excerpt(home.text, quote.content), quote.speaker
    row = (
        rowid, home.rowid, home.key, home.day, whole_span(quote)[0], words, speaker.name, speaker.entity, meant,
        speaker.role, speaker.affiliation,
        quote.speaks_for.office, quote.speaks_for.state, quote.kind,
    )  # fmt: skip
    store.run("INSERT INTO main.quotes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    store.run("INSERT INTO main.quotes_fts (rowid, text, speaker) VALUES (?, ?, ?)", (rowid, words, speaker.name))


def clear_findings(store: Store, article: int) -> None:
    """Take out the findings of an article."""
    chosen = "(SELECT id FROM main.findings WHERE article = ?)"
    store.run(
        "INSERT INTO main.quotes_fts (quotes_fts, rowid, text, speaker) "
        f"SELECT 'delete', finding, text, speaker FROM main.quotes WHERE finding IN {chosen}",
        (article,),
    )
    store.run(f"DELETE FROM main.quotes WHERE finding IN {chosen}", (article,))
    store.run(f"DELETE FROM main.actors WHERE finding IN {chosen}", (article,))
    store.run("DELETE FROM main.findings WHERE article = ?", (article,))


def mark_stale(store: Store, articles: list[int]) -> None:
    """Mark the blocks of all findings of some articles as to be joined again."""
    store.run_many(
        "INSERT OR IGNORE INTO main.stale SELECT DISTINCT block FROM main.findings "
        "WHERE article = ? AND block IS NOT NULL",
        [(article,) for article in articles],
    )
