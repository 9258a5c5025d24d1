"""What an entity is called, what kind it is and whose: the value that most articles state.

Between values that as many articles state the longer goes first, then the
alphabet decides, so that the order of adding does not.
"""

# ruff: noqa: S608 - SQL is put together from constants of this package only; values are always bound

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection

from dragoman.record._store import Store

MOST_ASKED = 5000
_MOST_STATED = """
SELECT subject, property, value FROM (
  SELECT subject, property, value, row_number() OVER (
    PARTITION BY subject, property ORDER BY count(*) DESC, length(value) DESC, value
  ) AS place
  FROM {schema}.statements WHERE property IN ('name', 'kind', 'country') AND {condition}
  GROUP BY subject, property, value
) WHERE place = 1
"""
About = tuple[str, str, str | None]


def stated(store: Store, schema: str, condition: str) -> dict[str, About]:
    """Name, kind and country of the entities of which statements meet a condition."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for subject, name, value in store.rows(_MOST_STATED.format(schema=schema, condition=condition)):
        found[subject][name] = value
    return {
        entity: (values.get("name", entity), values.get("kind", "group"), values.get("country"))
        for entity, values in found.items()
    }


def refresh(store: Store) -> None:
    """Work out anew what stale entities are; events of those whose kind or country is another become stale."""
    if store.value("SELECT 1 FROM main.stale_entities LIMIT 1") is None:
        return
    with store.transaction():
        chosen = "SELECT entity FROM main.stale_entities"
        before = {
            row[0]: (row[1], row[2], row[3])
            for row in store.rows(f"SELECT id, name, kind, country FROM main.entities WHERE id IN ({chosen})")
        }
        now = stated(store, "main", f"subject IN ({chosen})")
        store.run(f"DELETE FROM main.entities WHERE id IN ({chosen})")
        store.run_many("INSERT INTO main.entities VALUES (?, ?, ?, ?)", [(one, *about) for one, about in now.items()])
        store.run_many(
            "INSERT OR IGNORE INTO main.stale SELECT DISTINCT f.block FROM main.actors c "
            "JOIN main.findings f ON f.id = c.finding WHERE c.resolved = ? AND f.block IS NOT NULL",
            [(one,) for one in before.keys() | now.keys() if before.get(one, ())[1:] != now.get(one, ())[1:]],
        )
        store.run("DELETE FROM main.stale_entities")


def names(store: Store, wanted: Collection[str] | None = None) -> dict[str, str]:
    """What entities are called, those of which anything is stated; all of them unless some are wanted."""
    if wanted is None or len(wanted) > MOST_ASKED:
        return dict[str, str](store.rows("SELECT id, name FROM entities"))
    asked = json.dumps(sorted(set(wanted)))
    return dict[str, str](
        store.rows("SELECT id, name FROM entities WHERE id IN (SELECT value FROM json_each(?))", (asked,))
    )
