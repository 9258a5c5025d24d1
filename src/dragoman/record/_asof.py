"""A record as of a day: tables of the connection's own stand before the file's, so that no query can see later.

1. ``articles`` holds those published on the day or before.  Undated articles are
   left out: nobody can say that they were known.
2. Groups of copies and chains of versions are formed anew among these.
3. ``findings``, ``quotes`` and the like are views of what belongs to them.
4. ``joined`` events: reports join in order of publication (see :mod:`.join`), so
   an event's reports as of a day are a first part of its reports.  Events all of
   whose reports are seen, and whose sources are unchanged, are copied; the others
   are summarised anew.
"""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

from dragoman.record import _copies, _entities
from dragoman.record._settle import MADE_BESIDE, load_actors, load_findings, write_joined
from dragoman.record._store import Store

_SEEN = """
CREATE TEMP TABLE articles AS SELECT * FROM main.articles WHERE day <= '{day}';
CREATE UNIQUE INDEX temp.asof_id ON articles (id);
CREATE UNIQUE INDEX temp.asof_key ON articles (key);
CREATE INDEX temp.asof_day ON articles (day, key);
CREATE INDEX temp.asof_group ON articles (source_group);
CREATE TEMP VIEW findings AS SELECT * FROM main.findings WHERE day <= '{day}';
CREATE TEMP VIEW quotes AS SELECT * FROM main.quotes WHERE day <= '{day}';
CREATE TEMP VIEW mentions AS SELECT m.* FROM main.mentions m WHERE m.article IN (SELECT id FROM temp.articles);
CREATE TEMP VIEW countries AS SELECT c.* FROM main.countries c WHERE c.article IN (SELECT id FROM temp.articles);
CREATE TEMP VIEW covered AS SELECT * FROM main.covered WHERE day <= '{day}';
CREATE TEMP TABLE covered_months AS SELECT a, b, substr(day, 1, 7) AS month, sum(n) AS n FROM main.covered
  WHERE day <= '{day}' GROUP BY 1, 2, 3;
CREATE TEMP VIEW statements AS SELECT s.* FROM main.statements s WHERE s.article IN (SELECT id FROM temp.articles);
CREATE TEMP VIEW readings AS SELECT r.* FROM main.readings r WHERE r.article IN (SELECT id FROM temp.articles);
"""
_TABLES = ("joined", *MADE_BESIDE)


def see_as_of(store: Store, day: str) -> None:
    """Let every query of this connection see only what was published on ``day`` or before."""
    for statement in filter(str.strip, _SEEN.format(day=day).split(";")):
        store.run(statement)
    changed = _regroup(store) | _rechain(store) | _name_entities(store)
    for table in _TABLES:
        store.run(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} WHERE 0")
    _copy_joined(store, day, changed)
    for statement in _INDEXES:
        store.run(statement)
    store.as_of = day


_INDEXES = (
    "CREATE UNIQUE INDEX temp.asof_joined ON joined (id)",
    "CREATE UNIQUE INDEX temp.asof_joined_key ON joined (key)",
    "CREATE INDEX temp.asof_joined_day ON joined (kind, day IS NULL, day, key)",
    "CREATE INDEX temp.asof_joined_back ON joined (kind, day IS NULL, day DESC, key)",
    "CREATE INDEX temp.asof_joined_first ON joined (kind, first_day)",
    "CREATE INDEX temp.asof_span ON joined (kind, last_day, first_day)",
    "CREATE INDEX temp.asof_time ON joined (kind, day, status, quad, dated, precision)",
    "CREATE INDEX temp.asof_both ON joined (day IS NULL, day, key) WHERE kind IN ('event', 'meeting')",
    "CREATE INDEX temp.asof_conflicts ON joined (kind, day IS NULL, day, key) WHERE conflicts <> '[]'",
    "CREATE INDEX temp.asof_actors ON joined_actors (joined, role, entity)",
    "CREATE INDEX temp.asof_actors_entity ON joined_actors (entity, joined)",
    "CREATE INDEX temp.asof_actors_country ON joined_actors (country, joined)",
    "CREATE INDEX temp.asof_contacts ON joined_contacts (level, a, b)",
    "CREATE INDEX temp.asof_pairs ON joined_pairs (day, a, b, status, quad, goldstein, dated, precision, forward)",
    (
        "CREATE INDEX temp.asof_pairs_month ON joined_pairs "
        "(a, b, substr(day, 1, 7), status, quad, goldstein, dated, precision, day)"
    ),
    "CREATE INDEX temp.asof_covered ON covered_months (a, b, month, n)",
)


def _regroup(store: Store) -> set[int]:
    """Name the groups of copies among the articles seen; the articles whose group is another than in the file."""
    order = {row[0]: (row[1], row[2]) for row in store.rows("SELECT id, day, key FROM temp.articles")}
    edges = store.rows("SELECT a, b FROM main.copies ORDER BY a, b")
    first = _copies.groups(order, edges)
    before = dict[int, str](store.rows("SELECT id, source_group FROM temp.articles"))
    changed = {one: order[first.get(one, one)][1] for one in order if order[first.get(one, one)][1] != before[one]}
    store.run_many(
        "UPDATE temp.articles SET source_group = ? WHERE id = ?", [(key, one) for one, key in changed.items()]
    )
    return set(changed)


def _name_entities(store: Store) -> set[int]:
    """Say what entities are by the articles seen; the articles with entities whose kind or country is another then."""
    store.run("CREATE TEMP TABLE entities (id TEXT PRIMARY KEY, name TEXT, kind TEXT, country TEXT)")
    now = _entities.stated(store, "temp", "1")
    store.run_many("INSERT INTO temp.entities VALUES (?, ?, ?, ?)", [(one, *about) for one, about in now.items()])
    later = dict[str, tuple[str, str | None]]()
    for entity, kind, country in store.rows("SELECT id, kind, country FROM main.entities"):
        later[entity] = (kind, country)
    changed = [entity for entity, about in now.items() if about[1:] != later.get(entity)]
    articles = "SELECT f.article FROM main.actors c JOIN main.findings f ON f.id = c.finding WHERE c.resolved = ?"
    return {row[0] for entity in changed for row in store.rows(articles, (entity,))}


def _rechain(store: Store) -> set[int]:
    """End chains of versions at the last one seen; the articles that were superseded only later."""
    ended = {
        row[0]
        for row in store.rows(
            "SELECT id FROM temp.articles WHERE superseded_by IS NOT NULL AND superseded_by NOT IN (SELECT key "
            "FROM temp.articles)"
        )
    }
    for end in ("superseded_by", "supersedes"):
        store.run(
            f"UPDATE temp.articles SET {end} = NULL WHERE {end} IS NOT NULL AND {end} NOT IN (SELECT key FROM "
            "temp.articles)"
        )
    return ended


def _copy_joined(store: Store, day: str, changed: set[int]) -> None:
    store.run("CREATE TEMP TABLE asof_partly (id INTEGER PRIMARY KEY)")
    store.run(
        "INSERT INTO temp.asof_partly SELECT DISTINCT joined FROM main.findings "
        "WHERE joined IS NOT NULL AND (day > ? OR day IS NULL)",
        (day,),
    )
    store.run_many(
        "INSERT OR IGNORE INTO temp.asof_partly SELECT DISTINCT joined FROM main.findings WHERE article = ? AND "
        "joined IS NOT NULL",
        [(article,) for article in changed],
    )
    store.run("INSERT INTO temp.joined SELECT * FROM main.joined WHERE id NOT IN (SELECT id FROM temp.asof_partly)")
    for table in _TABLES[1:]:
        store.run(
            f"INSERT INTO temp.{table} SELECT * FROM main.{table} WHERE joined NOT IN (SELECT id FROM temp.asof_partly)"
        )
    condition = "f.joined IN (SELECT id FROM temp.asof_partly) AND f.review <> 'rejected'"
    rows = load_findings(store, f"WHERE {condition}", ())
    actors = load_actors(store, f"JOIN findings f ON f.id = c.finding WHERE {condition}", ())
    lead = dict[int, int](store.rows(f"SELECT f.id, f.joined FROM findings f WHERE {condition}"))
    write_joined(store, "temp", rows, actors, lead)
