"""Decisions of reviewers: written to a log that only grows, and applied to the findings they speak of."""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from dragoman.errors import InputError, RecordError, UnknownNameError
from dragoman.plain import canonical_json, to_plain
from dragoman.record import _write
from dragoman.record._articles import anchor_at, find_article, text_of
from dragoman.record._check import check_finding, check_values
from dragoman.record._decide import Verdict, decide
from dragoman.record._payload import KINDS, Finding, decode, encode, from_plain, kind_of, type_of, whole_span
from dragoman.record._reblock import reblock
from dragoman.record._resolve import load_resolution, undone
from dragoman.record._seal import seal
from dragoman.record._store import Row, Store
from dragoman.record.views import Anchor, Decision, Grade


class Review:
    """What people decide on findings.  Nothing is deleted: an undo is a further line of the log.

    Decisions are anchored by the hash of the article's text and the quoted words,
    so that they survive a better reader and a record that is built anew.
    """

    def __init__(self, store: Store, clock: Callable[[], str], changed: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._changed = changed

    def accept(self, finding: str, *, by: str = "reviewer", because: str | None = None) -> int:
        """Accept a finding as it stands; the number of the decision.

        Raises:
            UnknownNameError: no finding has that id.
        """
        return self._decide("accept", finding, None, by, because)

    def reject(self, finding: str, *, by: str = "reviewer", because: str | None = None) -> int:
        """Reject a finding: it is kept, marked, and counted nowhere."""
        return self._decide("reject", finding, None, by, because)

    def correct(
        self, finding: str, changes: Mapping[str, Any], *, by: str = "reviewer", because: str | None = None
    ) -> int:
        """Change fields of a finding; ``changes`` maps names of fields to values, typed or as plain JSON.

        Raises:
            UnknownNameError: no finding has that id, or its kind no such field.
            RecordError: a value is not on its closed list, a span is outside the text.
        """
        return self._decide("correct", finding, dict(changes), by, because)

    def add(self, article: str, finding: Finding, *, by: str = "reviewer", because: str | None = None) -> int:
        """Add a finding that the reader missed; its spans point into the article's text.

        Raises:
            UnknownNameError: there is no such article.
            RecordError: a span is outside the text, a value is not on its closed list.
        """
        rowid, key, text_hash = find_article(self._store, article)
        text = text_of(self._store, rowid)
        check_finding(finding, text)
        anchor = anchor_at(key, text_hash, text, whole_span(finding))
        return self._log("add", anchor, (kind_of(finding), type_of(finding)), encode(finding), (by, because))

    def grade(
        self,
        article: str,
        *,
        reliability: str | None,
        credibility: int | None,
        by: str = "reviewer",
        because: str | None = None,
    ) -> int:
        """Grade an article on the Admiralty scale: reliability of the source A-F, credibility of what it says 1-6."""
        grade = Grade(reliability=reliability, credibility=credibility)  # type: ignore[arg-type]
        check_values(grade, "grade")
        if credibility is not None and credibility not in range(1, 7):
            raise RecordError("grade.credibility", str(credibility), "1 to 6")
        text_hash = find_article(self._store, article)[2]
        return self._append(
            "grade", {"hash": text_hash, "payload": canonical_json(grade), "by": by, "because": because}
        )

    def undo(self, decision: int, *, by: str = "reviewer", because: str | None = None) -> int:
        """Undo a decision (or an undo) by its number.

        Raises:
            InputError: there is no such decision, or it is undone already.
        """
        lines = {one.seq: one for one in self.log()}
        if decision not in lines:
            raise InputError("decision", str(decision), f"a number up to {max(lines, default=0)}")
        if lines[decision].undone:
            raise InputError("decision", f"{decision} is undone already", "one that holds")
        text_hash = self._undone_hash(decision)
        return self._append("undo", {"hash": text_hash, "undoes": decision, "by": by, "because": because})

    def _undone_hash(self, decision: int) -> str | None:
        return self._store.value("SELECT hash FROM decisions WHERE seq = ?", (decision,))  # type: ignore[no-any-return]

    def log(self, *, article: str | None = None) -> tuple[Decision, ...]:
        """Every decision in the order in which it was made, undone ones marked."""
        rows = self._store.rows(
            "SELECT seq, at, by, action, hash, kind, exact, type, because, undoes FROM decisions ORDER BY seq"
        )
        gone = undone({row[0]: row[9] for row in rows})
        chosen = None if article is None else find_article(self._store, article)[2]
        names = ("seq", "at", "by", "action", "hash", "kind", "exact", "type", "because", "undoes")
        return tuple(
            Decision(**dict(zip(names, row, strict=True)), undone=row[0] in gone)
            for row in rows
            if chosen is None or row[4] == chosen
        )

    def _decide(self, action: str, name: str, changes: dict[str, Any] | None, by: str, because: str | None) -> int:
        row = self._store.one(
            "SELECT f.kind, f.payload, f.as_read, a.id, a.key, a.hash FROM findings f JOIN articles a ON a.id = "
            "f.article "
            "WHERE f.key = ?",
            (name,),
        )
        if row is None:
            raise UnknownNameError("finding", name, ())
        kind, text = row[0], text_of(self._store, row[3])
        held, read = decode(kind, row[1]), decode(kind, row[2] or row[1])
        wanted = held if changes is None else corrected(held, changes)
        check_finding(wanted, text)
        anchor = anchor_at(row[4], row[5], text, whole_span(read))
        return self._log(action, anchor, (kind, type_of(read)), encode(wanted), (by, because))

    def _log(
        self, action: str, anchor: Anchor, kind: tuple[str, str | None], payload: str, who: tuple[str, str | None]
    ) -> int:
        row = {
            "hash": anchor.hash, "kind": kind[0], "exact": anchor.exact, "prefix": anchor.prefix,
            "suffix": anchor.suffix,
            "span_start": anchor.start, "span_end": anchor.end, "type": kind[1], "payload": payload, "by": who[0],
            "because": who[1],
        }  # fmt: skip
        return self._append(action, row)

    def _append(self, action: str, row: dict[str, Any]) -> int:
        full = {"action": action, "at": self._clock(), **row}
        with self._store.durable():
            marks = ", ".join(f":{name}" for name in full)
            seq = self._store.run(f"INSERT INTO decisions ({', '.join(full)}) VALUES ({marks})", full)
            for (article,) in self._store.rows("SELECT id FROM articles WHERE hash = ?", (row["hash"],)):
                rewrite_findings(self._store, article)
        self._changed()
        return seq


def corrected(finding: Finding, changes: Mapping[str, Any]) -> Finding:
    """A finding with some fields changed.

    Raises:
        UnknownNameError: its kind has no such field.
        RecordError: a value does not have the field's shape.
    """
    names = [item.name for item in fields(finding)]
    for name in changes:
        if name not in names:
            raise UnknownNameError(kind_of(finding), name, names)
    plain = to_plain(finding) | {name: to_plain(value) for name, value in changes.items()}
    made: Finding = from_plain(KINDS[kind_of(finding)], plain)
    return made


def verdicts_on(store: Store, text_hash: str) -> list[Verdict]:
    """The decisions that hold on a text's findings, in order."""
    rows = store.rows(
        "SELECT seq, action, kind, type, exact, prefix, suffix, span_start, span_end, payload, undoes FROM decisions "
        "WHERE hash = ? ORDER BY seq",
        (text_hash,),
    )
    gone = undone({row[0]: row[10] for row in rows})
    return [_verdict(row) for row in rows if row[0] not in gone and row[1] not in ("undo", "grade")]


def _verdict(row: Row) -> Verdict:
    return Verdict(
        action=row[1], kind=row[2], type=row[3], exact=row[4], prefix=row[5], suffix=row[6], start=row[7], end=row[8],
        finding=decode(row[2], row[9]) if row[9] else None,
    )  # fmt: skip


def rewrite_findings(store: Store, article: int) -> None:
    """Work out anew what holds of an article's findings, from what the reader gave and what people decided."""
    rows = store.rows(
        "SELECT kind, coalesce(as_read, payload) FROM main.findings WHERE article = ? AND origin = 'reader' "
        "ORDER BY id",
        (article,),
    )
    write_findings(store, article, [decode(kind, payload) for kind, payload in rows])


def write_findings(store: Store, article: int, findings: list[Finding]) -> None:
    """Put in the findings of an article, in place of those that are there, decisions applied."""
    row = store.one("SELECT key, hash, day FROM main.articles WHERE id = ?", (article,))
    if row is None:
        raise RecordError(store.place, f"no article {article}", "an article of the record")
    key, text_hash, day = row
    text = str(store.value("SELECT text FROM main.texts WHERE article = ?", (article,)))
    _write.mark_stale(store, [article])
    _write.clear_findings(store, article)
    reader = store.value("SELECT reader FROM main.readings WHERE article = ?", (article,)) or "rules"
    home = _write.Home(
        rowid=article, key=key, day=day, text=text, resolution=load_resolution(store), reader=str(reader),
        parties=dict(store.rows(
                "SELECT subject, value FROM main.statements WHERE article = ? AND property = 'party'", (article,)
            )),
    )  # fmt: skip
    seen: dict[str, int] = {}
    for one in decide(findings, verdicts_on(store, text_hash), text):
        _write.put_finding(store, home, one, seen)
    reblock(store, article)
    seal(store, article)
