"""FollowTheMoney JSON lines: articles, entities, events and meetings as entities of that model.

Used of its schemas: Article, Person, Organization, PublicBody, Event.  Ids are made
from the record's own, so that two exports of one record join.  Countries are ISO
3166-1 alpha-2 in lower case, as the model has them.
"""

from __future__ import annotations

from hashlib import sha1
from typing import Any

from dragoman.formats._rows import excerpt, shared_note
from dragoman.plain import canonical_json
from dragoman.record import Record
from dragoman.record.views import ArticleRow, EntityRow, EventRow, MeetingRow, Party

SCHEMAS = {"person": "Person", "organisation": "Organization", "state": "PublicBody", "group": "Organization"}
DATASET = "dragoman"


def to_ftm(record: Record, *, full_text: bool) -> bytes:
    """The whole record as entities, one a line."""
    note = shared_note(record)
    made = [
        *(_article(record, row, full_text) for row in record.articles()),
        *(_entity(row) for row in record.identity.entities() if row.kind in SCHEMAS),
        *(_event(record, row, full_text) for row in record.events()),
        *(_event(record, row, full_text) for row in record.meetings()),
    ]
    return "".join(canonical_json(_with_note(one, note)) + "\n" for one in made).encode()


def _with_note(entity: dict[str, Any], note: str | None) -> dict[str, Any]:
    if note:
        entity["properties"]["notes"] = [note]
    return entity


def _made(schema: str, name: str, properties: dict[str, list[Any]]) -> dict[str, Any]:
    identity = sha1(f"{DATASET}|{name}".encode()).hexdigest()  # noqa: S324 - a name, not a secret
    kept = {key: sorted({str(value) for value in values if value}) for key, values in properties.items()}
    return {"id": identity, "schema": schema, "datasets": [DATASET], "properties": {k: v for k, v in kept.items() if v}}


def _article(record: Record, row: ArticleRow, full_text: bool) -> dict[str, Any]:
    return _made(
        "Article",
        f"article|{row.key}",
        {
            "title": [row.title], "publisher": [row.outlet], "publishedAt": [row.published], "author": [row.byline],
            "sourceUrl": [row.url], "contentHash": [row.hash], "language": [row.language], "retrievedAt": [],
            ("bodyText" if full_text else "summary"): [excerpt(record.text(row.key), full_text)],
        },
    )  # fmt: skip


def _entity(row: EntityRow) -> dict[str, Any]:
    return _made(
        SCHEMAS[row.kind],
        f"entity|{row.entity}",
        {"name": [row.name], "alias": list(row.names), "country": [alpha2(row.country)]},
    )


def _event(record: Record, row: EventRow | MeetingRow, full_text: bool) -> dict[str, Any]:
    parties = row.participants if isinstance(row, MeetingRow) else (*row.source, *row.target)
    title = "MEETING" if isinstance(row, MeetingRow) else row.type
    keys = [mention.article for mention in record.event(row.id).mentions]
    return _made(
        "Event",
        f"event|{row.id}",
        {
            "name": [f"{title}: {', '.join(party.name for party in parties)}"],
            "date": [row.date.start if row.date else None],
            "location": [row.place], "country": [alpha2(party.country) for party in parties],
            "involved": [_id_of(party) for party in parties], "recordId": [row.id], "status": [row.status],
            "summary": [excerpt(row.words, full_text)], "proof": [_made("Article", f"article|{key}",
            {})["id"] for key in keys],
        },
    )  # fmt: skip


def _id_of(party: Party) -> str:
    return str(_made("Person", f"entity|{party.entity}", {})["id"])


def alpha2(country: str | None) -> str | None:
    """A state's code as FollowTheMoney has it, or None where there is none.

    >>> alpha2("PRK")
    'kp'
    """
    import pycountry

    found = pycountry.countries.get(alpha_3=country) if country else None
    return found.alpha_2.lower() if found else None
