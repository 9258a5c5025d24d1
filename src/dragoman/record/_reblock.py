"""The blocks of an article's findings in the file, worked out anew whenever its findings or who is meant change."""

from __future__ import annotations

import json
from collections import defaultdict

from dragoman.record._blocks import Placed, blocks_of, is_doubtful
from dragoman.record._report import clause_of, names_of
from dragoman.record._store import Row, Store
from dragoman.record._words import things

_FINDINGS = """
SELECT id, key, kind, type, span_start, words, payload, block, review FROM main.findings WHERE article = ?
AND kind IN ('event', 'meeting', 'call', 'commitment', 'fate') ORDER BY id
"""
_ACTORS = """
SELECT c.finding, c.role, c.name, c.country, c.resolved FROM main.actors c
JOIN main.findings f ON f.id = c.finding WHERE f.article = ? ORDER BY c.finding, c.role, c.place
"""


def reblock(store: Store, article: int) -> None:
    """Put every finding of an article into its block; blocks that gain or lose one are stale."""
    rows = store.rows(_FINDINGS, (article,))
    actors: dict[int, list[Row]] = defaultdict(list)
    for actor in store.rows(_ACTORS, (article,)):
        actors[actor[0]].append(actor)
    blocks = blocks_of([_placed(row, actors[row[0]]) for row in rows])
    moved = [(block, row) for row, block in zip(rows, blocks, strict=True) if block != row[7]]
    store.run_many("UPDATE main.findings SET block = ? WHERE id = ?", [(block, row[0]) for block, row in moved])
    stale = {one for block, row in moved for one in (block, row[7]) if one is not None}
    store.run_many("INSERT OR IGNORE INTO main.stale VALUES (?)", [(one,) for one in sorted(stale)])


def _placed(row: Row, actors: list[Row]) -> Placed:
    _, key, kind, kind_type, start, words, stored, _, review = row
    payload = json.loads(stored)
    names = names_of((name, country) for _, _, name, country, meant in actors if country or meant)
    return Placed(
        key=key, kind=kind, type=kind_type, start=start,
        sides=tuple((role, country or meant or "?") for _, role, _, country, meant in actors),
        doubtful=is_doubtful(kind, payload, review),
        things=things(clause_of(words, payload), names) if kind == "event" else frozenset(),
    )  # fmt: skip
