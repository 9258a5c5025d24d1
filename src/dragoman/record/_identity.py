"""Who is who: merges, splits and suggestions, in a log that only grows."""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from dragoman.errors import InputError, UnknownNameError
from dragoman.read.world import slug
from dragoman.record._filters import page
from dragoman.record._reblock import reblock
from dragoman.record._resolve import LogLine, Resolution, load_resolution, undone
from dragoman.record._store import Store
from dragoman.record._write import mark_stale
from dragoman.record.views import EntityRow, IdentityEntry, PersonSeen

_MENTIONED = "SELECT DISTINCT entity FROM mentions"


class Identity:
    """The record's log of who is who.

    A merge says that two entities are one, a split that some mentions of one
    entity are another.  Both can be undone; reading again respects them.
    """

    def __init__(
        self, store: Store, clock: Callable[[], str], changed: Callable[[], None], ready: Callable[[], object]
    ) -> None:
        self._store = store
        self._clock = clock
        self._changed = changed
        self._ready = ready

    def merge(self, keep: str, other: str, *, by: str = "reviewer", because: str | None = None) -> int:
        """Say that ``other`` is ``keep``; the number of the log's line.

        Raises:
            UnknownNameError: the record knows no such entity.
            InputError: they are one already.
        """
        resolution = load_resolution(self._store)
        for name in (keep, other):
            self._must_know(name)
        if resolution.canonical(keep) == resolution.canonical(other):
            raise InputError("merge", f"{keep} and {other} are one already", "two entities")
        return self._append("merge", entity=keep, other=resolution.canonical(other), by=by, because=because)

    def split(
        self, entity: str, into: str, *, name: str | None = None, article: str | None = None, by: str = "reviewer",
        because: str | None = None,
    ) -> int:  # fmt: skip
        """Say that mentions of ``entity`` under a name, in an article (its key), or both, are ``into``.

        ``into`` is a new or a known entity.

        Raises:
            UnknownNameError: the record knows no such entity.
            InputError: neither name nor article is given, or ``into`` is ``entity``.
        """
        self._must_know(entity)
        if (name is None and article is None) or entity == into:
            raise InputError(
                "split", f"{entity} into {into}", "another entity, and a name or an article that tells them apart"
            )
        return self._append("split", entity=entity, other=into, name=name, article=article, by=by, because=because)

    def suggest_merge(self, entity: str, other: str, *, score: float, because: str, by: str = "reader") -> int | None:
        """Put a merge that is not certain on the list; None where it was suggested, decided or dismissed before."""
        pair = {entity, other}
        resolution = load_resolution(self._store)
        if resolution.canonical(entity) == resolution.canonical(other):
            return None
        if any({line.entity, line.other} == pair and line.action in ("suggest", "dismiss") for line in self.log()):
            return None
        return self._append("suggest", entity=entity, other=other, score=score, by=by, because=because)

    def dismiss(self, entity: str, other: str, *, by: str = "reviewer", because: str | None = None) -> int:
        """Say that a suggested pair are two."""
        return self._append("dismiss", entity=entity, other=other, by=by, because=because)

    def not_compared(self, entities: Iterable[str]) -> frozenset[str]:
        """Those of some entities that were never compared with the others of the record."""
        known = {row[0] for row in self._store.rows("SELECT entity FROM compared")}
        return frozenset(entities) - known

    def mark_compared(self, entities: Iterable[str]) -> None:
        """Note that entities were compared with all others."""
        with self._store.transaction():
            self._store.run_many("INSERT OR IGNORE INTO main.compared VALUES (?)", [(one,) for one in entities])

    def suggestions(self) -> tuple[IdentityEntry, ...]:
        """Suggested merges that wait for a decision, most likely first."""
        resolution = load_resolution(self._store)
        lines = [line for line in self.log() if not line.undone]
        gone = {frozenset((line.entity, line.other)) for line in lines if line.action == "dismiss"}
        seen = None if self._store.as_of is None else {row[0] for row in self._store.rows(_MENTIONED)}
        waiting = [
            line
            for line in lines
            if line.action == "suggest" and line.entity and line.other
            and frozenset((line.entity, line.other)) not in gone
            and resolution.canonical(line.entity) != resolution.canonical(line.other)
            and (seen is None or {line.entity, line.other} <= seen)
        ]  # fmt: skip
        return tuple(sorted(waiting, key=lambda line: (-(line.score or 0), line.seq)))

    def undo(self, line: int, *, by: str = "reviewer", because: str | None = None) -> int:
        """Undo a line of the log (or an undo) by its number.

        Raises:
            InputError: no such line, it is undone already, or what would then hold contradicts later merges.
        """
        lines = {one.seq: one for one in self.log()}
        if line not in lines:
            raise InputError("identity log", f"line {line}", f"a number up to {max(lines, default=0)}")
        if lines[line].undone:
            raise InputError("identity log", f"line {line} is undone already", "one that holds")
        self._check_undo(line)
        return self._append("undo", undoes=line, by=by, because=because)

    def _check_undo(self, line: int) -> None:
        rows = self._lines()
        fault = contradiction([*rows, LogLine(seq=rows[-1].seq + 1, action="undo", undoes=line)])
        if fault:
            raise InputError("identity log", f"undoing line {line}: {fault}", "an undo of the later merge first")

    def log(self) -> tuple[IdentityEntry, ...]:
        """Every line of the log in order, undone ones marked."""
        rows = self._store.rows(
            "SELECT seq, at, by, action, entity, other, name, article, because, score, undoes FROM identity_log "
            "ORDER BY seq"
        )
        gone = undone({row[0]: row[10] for row in rows})
        names = ("seq", "at", "by", "action", "entity", "other", "name", "article", "because", "score", "undoes")
        return tuple(IdentityEntry(**dict(zip(names, row, strict=True)), undone=row[0] in gone) for row in rows)

    def people(self) -> tuple[PersonSeen, ...]:
        """Every person that articles mention, before merges."""
        self._ready()
        roles = dict[str, str](
            self._store.rows(
                "SELECT subject, value FROM (SELECT subject, value, row_number() OVER (PARTITION BY subject "
                "ORDER BY count(*) DESC, length(value) DESC, value) AS place FROM statements "
                "WHERE property = 'role' GROUP BY subject, value) WHERE place = 1"
            )
        )
        rows = self._store.rows(
            "SELECT e.id, e.name, e.country, count(DISTINCT a.id), min(a.day) FROM entities e "
            "JOIN mentions m ON m.entity = e.id JOIN articles a ON a.id = m.article "
            "WHERE e.kind = 'person' GROUP BY e.id ORDER BY e.id"
        )
        return tuple(
            PersonSeen(
                entity=row[0], name=row[1], country=row[2], role=roles.get(row[0]), articles=row[3], first=row[4]
            )
            for row in rows
        )

    def named(self, name: str) -> str:
        """The entity of an id, or the only one that bears a name (case and hyphens apart); else ``name`` as it is.

        What articles mention goes before what only stands as the party of a finding.

        Raises:
            InputError: several bear the name.
        """
        self._ready()
        letters = slug(name)
        for test in (self._mentions, self._knows):
            for entity in (name, letters):
                if entity and test(entity):
                    return entity
        if not letters:
            return name
        bearers = [
            row[0] for row in self._store.rows("SELECT id, name FROM entities ORDER BY id") if slug(row[1]) == letters
        ]
        if not bearers:
            return name
        if len(bearers) > 1:
            raise InputError("entity", f"{name}, which {len(bearers)} bear", "one of: " + ", ".join(bearers))
        return str(bearers[0])

    def known(self, name: str) -> str:
        """The entity of an id, or the only one that bears a name, after all merges.

        Raises:
            UnknownNameError: nobody in the record is called so.
            InputError: several bear the name.
        """
        entity = self.named(name)
        self._must_know(entity)
        return self.canonical(entity)

    def canonical(self, entity: str) -> str:
        """The entity that is meant after all merges."""
        return load_resolution(self._store).canonical(entity)

    def entities(
        self, *, kind: str | None = None, country: str | None = None, limit: int | None = None, offset: int = 0
    ) -> tuple[EntityRow, ...]:
        """Entities after merges (splits by article counted, splits by name alone not), most mentioned first."""
        page(limit, offset)
        self._ready()
        resolution = load_resolution(self._store)
        about = {row[0]: row[1:] for row in self._store.rows("SELECT id, name, kind, country FROM entities")}
        touched = {*resolution.merged, *resolution.merged.values(), *(rule[0] for rule in resolution.splits)}
        made = [
            EntityRow(
                entity=entity, name=about[entity][0], kind=about[entity][1], country=about[entity][2],
                names=(about[entity][0],),
                merged=(), articles=articles, mentions=mentions,
            )
            for entity, articles, mentions in self._store.rows(
                "SELECT entity, count(DISTINCT article), count(*) FROM mentions GROUP BY entity"
            )
            if entity not in touched and entity in about
        ]  # fmt: skip
        made += self._entities_touched(touched, resolution, about)
        kept = [one for one in made if kind in (None, one.kind) and country in (None, one.country)]
        kept.sort(key=lambda one: (-one.mentions, one.entity))
        return tuple(kept[offset : None if limit is None else offset + limit])

    def _entities_touched(self, touched: set[str], resolution: Resolution, about: dict[str, Any]) -> list[EntityRow]:
        """Entities that merges or splits speak of, counted mention by mention."""
        grouped: dict[str, list[Any]] = defaultdict(list)
        for entity in sorted(touched):
            for row in self._store.rows(
                "SELECT m.entity, e.name, e.kind, e.country, a.key, count(*) FROM mentions m "
                "JOIN articles a ON a.id = m.article JOIN entities e ON e.id = m.entity WHERE m.entity = ? "
                "GROUP BY a.key",
                (entity,),
            ):
                grouped[resolution.resolve(row[0], None, row[4]) or row[0]].append(row)
        return [_entity_row(entity, rows, about.get(entity)) for entity, rows in grouped.items()]

    def _mentions(self, entity: str) -> bool:
        return self._store.one("SELECT 1 FROM mentions WHERE entity = ?", (entity,)) is not None

    def _knows(self, entity: str) -> bool:
        return bool(
            self._mentions(entity)
            or self._store.one("SELECT 1 FROM actors WHERE entity = ?", (entity,))
            or any(entity == line.other for line in self._lines() if line.action == "split")
        )

    def _must_know(self, entity: str) -> None:
        if self._knows(entity):
            return
        known = [row[0] for row in self._store.rows("SELECT DISTINCT entity FROM mentions ORDER BY entity")]
        raise UnknownNameError("entity", entity, known)

    def _lines(self) -> list[LogLine]:
        return [
            LogLine(
                seq=one.seq,
                action=one.action,
                entity=one.entity,
                other=one.other,
                name=one.name,
                article=one.article,
                undoes=one.undoes,
            )
            for one in self.log()
        ]

    def _append(self, action: str, **row: Any) -> int:
        full = {"action": action, "at": self._clock(), **row}
        with self._store.durable():
            before = load_resolution(self._store)
            marks = ", ".join(f":{name}" for name in full)
            seq = self._store.run(f"INSERT INTO identity_log ({', '.join(full)}) VALUES ({marks})", full)
            if action in ("merge", "split", "undo"):
                resolve_again(self._store, before, load_resolution(self._store))
        self._changed()
        return seq


def contradiction(lines: list[LogLine]) -> str | None:
    """Why a log cannot hold: an entity merged into two others, or into itself by way of others."""
    gone = undone({line.seq: line.undoes for line in lines})
    into: dict[str, str] = {}
    for line in lines:
        if line.action != "merge" or line.seq in gone or line.other is None or line.entity is None:
            continue
        if line.other in into:
            return f"{line.other} would be merged into both {into[line.other]} and {line.entity}"
        into[line.other] = line.entity
    for entity in into:
        place, steps = entity, 0
        while place in into and steps <= len(into):
            place, steps = into[place], steps + 1
        if steps > len(into):
            return f"{entity} would be merged into itself"
    return None


def _entity_row(entity: str, rows: list[Any], known: Any) -> EntityRow:
    name, kind, country = known or rows[0][1:4]
    return EntityRow(
        entity=entity, name=name, kind=kind, country=country, names=tuple(sorted({row[1] for row in rows})),
        merged=tuple(sorted({row[0] for row in rows} - {entity})), articles=len({row[4] for row in rows}),
        mentions=sum(row[5] for row in rows),
    )  # fmt: skip


def resolve_again(store: Store, before: Resolution, after: Resolution) -> None:
    """Bring the rows of every entity whose meaning may have changed up to date."""
    touched = {*before.merged, *after.merged, *before.merged.values(), *after.merged.values()}
    touched |= {rule[0] for rule in (*before.splits, *after.splits)} | {*before.splits.values(), *after.splits.values()}
    articles: set[int] = set()
    for entity in sorted(touched):
        for finding, role, place, name, resolved, article, home in store.rows(
            "SELECT c.finding, c.role, c.place, c.name, c.resolved, a.key, a.id FROM actors c JOIN findings f ON f.id "
            "= c.finding "
            "JOIN articles a ON a.id = f.article WHERE c.entity = ?",
            (entity,),
        ):
            meant = after.resolve(entity, name, article)
            if meant != resolved:
                store.run(
                    "UPDATE actors SET resolved = ? WHERE finding = ? AND role = ? AND place = ?",
                    (meant, finding, role, place),
                )
                store.run("UPDATE quotes SET resolved = ? WHERE finding = ?", (meant, finding))
                articles.add(home)
    mark_stale(store, sorted(articles))
    for article in sorted(articles):
        reblock(store, article)
