"""Who a report comes from: what makes two reports one source or two.

1. A report credited to a wire agency (in its byline, or behind its dateline) comes from the agency, whoever prints it.
2. Else it comes from its outlet: under the outlet's one name, or its owner's, where the analyst's table gives them.
3. Without an outlet it comes from the host of its address; without that from itself.
4. Copies of one text are one report, and come from where the earliest comes from.

A government's own publications are told apart by the outlet's name or address: what a government says of itself is
marked so.  The table of outlets (name, canonical name, owner, kind) is the analyst's, kept in the record.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from dragoman.errors import InputError, UnknownNameError
from dragoman.record._store import Store

OriginKind = Literal["agency", "government", "press", "institute", "party"]
KINDS: tuple[str, ...] = get_args(OriginKind)
_AGENCIES = {
    "Associated Press": "AP|Associated Press|The Associated Press", "Reuters": "Reuters|Thomson Reuters",
    "AFP": "AFP|Agence France-Presse|Agence France Presse", "Xinhua": "Xinhua|Xinhua News Agency",
    "Yonhap": "Yonhap|Yonhap News Agency", "TASS": "TASS|ITAR-TASS", "Kyodo": "Kyodo|Kyodo News",
    "dpa": "dpa|Deutsche Presse-Agentur", "EFE": "EFE|Agencia EFE", "ANSA": "ANSA", "PTI": "PTI|Press Trust of India",
    "Interfax": "Interfax", "RIA Novosti": "RIA Novosti|RIA", "Anadolu": "Anadolu|Anadolu Agency|AA",
    "KCNA": "KCNA|Korean Central News Agency", "Bloomberg": "Bloomberg|Bloomberg News", "UPI": "UPI",
    "IRNA": "IRNA", "PA": "PA|PA Media|Press Association", "Ukrinform": "Ukrinform", "SANA": "SANA",
}  # fmt: skip
_AGENCY_OF = {name.casefold(): agency for agency, names in _AGENCIES.items() for name in names.split("|")}
_CREDIT = re.compile(r"^[^\n]{0,80}?\((?P<name>[A-Z][A-Za-z .-]{1,28})\)\s*[-–—:]", re.MULTILINE)
_STATE = re.compile(
    r"\b(?:ministry|white house|kremlin|state department|department of (?:state|defen[cs]e)|foreign office|government"
    r"|prime minister's office|presidency|office of the (?:president|prime minister)|cabinet office|embassy"
    r"|press (?:office|service) of the)\b|^(?:[\w-]+\.)*(?:gov|mil|gob|gouv|govt)(?:\.[a-z]{2})?$",
    re.IGNORECASE,
)
_HOST = re.compile(r"^[a-z]+://(?:www\.)?([^/:?#]+)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Outlet:
    """What the analyst says of an outlet: its one name, who owns it, what kind it is; None where nothing is said."""

    name: str
    canonical: str
    owner: str | None = None
    kind: str | None = None


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a report comes from, and what kind of source that is."""

    name: str
    kind: str


def origin_of(
    *, key: str, outlet: str | None, byline: str | None, url: str | None, text: str, known: Outlet | None = None
) -> Origin:
    """The origin of one article by what it says of itself and what the table says of its outlet."""
    agency = _agency(byline) or _agency(outlet) or _credited(text[:300])
    if agency is not None:
        return Origin(name=agency, kind="agency")
    host = match[1].lower() if (match := _HOST.match(url or "")) else None
    name = (known.owner or known.canonical) if known else outlet or host or key
    state = any(_STATE.search(words) for words in (outlet, host) if words)
    return Origin(name=name, kind=(known.kind if known else None) or ("government" if state else "press"))


def _agency(words: str | None) -> str | None:
    return _AGENCY_OF.get((words or "").strip().casefold())


def _credited(head: str) -> str | None:
    found = (_agency(match["name"]) for match in _CREDIT.finditer(head))
    return next((one for one in found if one), None)


def outlet_named(store: Store, name: str | None) -> Outlet | None:
    """What the record's table says of an outlet."""
    row = store.one("SELECT name, canonical, owner, kind FROM main.outlets WHERE name = ?", (name,)) if name else None
    return None if row is None else Outlet(name=row[0], canonical=row[1], owner=row[2], kind=row[3])


def outlets_from_csv(text: str, place: str) -> tuple[Outlet, ...]:
    """A table of outlets: ``name``, ``canonical`` and, where known, ``owner`` and ``kind``.

    Raises:
        InputError: a column is missing or unknown, a name stands twice or is empty, or a kind is none of ``KINDS``.
    """
    rows = csv.DictReader(io.StringIO(text))
    heads = [head.strip() for head in rows.fieldnames or ()]
    if not {"name", "canonical"} <= set(heads) <= {"name", "canonical", "owner", "kind"}:
        raise InputError(place, f"the columns {', '.join(heads) or 'none'}", "name, canonical and maybe owner, kind")
    made: dict[str, Outlet] = {}
    for number, row in enumerate(rows, start=2):
        values = {str(key).strip(): (value or "").strip() for key, value in row.items() if key is not None}
        if not values["name"] or not values["canonical"] or values["name"] in made:
            raise InputError(f"{place}:{number}", repr(values["name"]), "a name that stands once, with its one name")
        if values.get("kind", "") not in {"", *KINDS}:
            raise UnknownNameError(f"{place}:{number}, kind", values["kind"], KINDS)
        made[values["name"]] = Outlet(
            name=values["name"], canonical=values["canonical"], owner=values.get("owner") or None,
            kind=values.get("kind") or None,
        )  # fmt: skip
    return tuple(made.values())


def set_outlets(store: Store, outlets: Iterable[Outlet]) -> int:
    """Take a table of outlets over and work out anew where their articles come from; how many articles moved."""
    given = list(outlets)
    with store.durable():
        store.run_many(
            "INSERT OR REPLACE INTO main.outlets VALUES (?, ?, ?, ?)",
            [(one.name, one.canonical, one.owner, one.kind) for one in given],
        )
        moved = [
            rowid
            for one in given
            for (rowid,) in store.rows("SELECT id FROM main.articles WHERE outlet = ? ORDER BY id", (one.name,))
            if put_origin(store, rowid)
        ]
        store.run_many(
            "INSERT OR IGNORE INTO main.stale SELECT DISTINCT f.block FROM main.findings f "
            "JOIN main.articles a ON a.id = f.article JOIN main.articles g ON g.key = a.source_group "
            "WHERE g.id = ? AND f.block IS NOT NULL",
            [(rowid,) for rowid in moved],
        )
    return len(moved)


def put_origin(store: Store, article: int) -> bool:
    """Write down where an article comes from; whether that is another place than was known."""
    row = store.one(
        "SELECT a.key, a.outlet, a.byline, a.url, substr(t.text, 1, 300), a.origin, a.origin_kind "
        "FROM main.articles a JOIN main.texts t ON t.article = a.id WHERE a.id = ?",
        (article,),
    )
    if row is None:
        return False
    key, outlet, byline, url, head, name, kind = row
    found = origin_of(key=key, outlet=outlet, byline=byline, url=url, text=head, known=outlet_named(store, outlet))
    store.run("UPDATE main.articles SET origin = ?, origin_kind = ? WHERE id = ?", (found.name, found.kind, article))
    return (found.name, found.kind) != (name, kind)


@dataclass(frozen=True, kw_only=True)
class OutletOrigin:
    """The reports of one outlet that come from one origin."""

    outlet: str | None
    origin: str
    kind: str
    articles: int


def list_origins(store: Store) -> tuple[OutletOrigin, ...]:
    """Every outlet with the origins of its reports, most reports first."""
    rows = store.rows(
        "SELECT outlet, origin, origin_kind, count(*) FROM articles GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2"
    )
    return tuple(OutletOrigin(outlet=row[0], origin=row[1], kind=row[2], articles=row[3]) for row in rows)


def kinds_of(store: Store) -> dict[str, int]:
    """How many origins of each kind the articles have, most first."""
    return dict(
        store.rows(
            "SELECT kind, count(*) FROM (SELECT DISTINCT g.origin, g.origin_kind AS kind FROM articles a "
            "JOIN articles g ON g.key = a.source_group) GROUP BY kind ORDER BY count(*) DESC, kind"
        )
    )
