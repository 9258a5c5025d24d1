"""How rows of a record read: dates, parties, acts and statuses in words."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from dragoman.record.views import EventRow
from dragoman.show.blocks import Evidence, joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.record.views import CommitmentRow, MeetingRow, Mention, Party, QuoteRow, When

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ACTS = {
    "AGREE": ("agree", "with"),
    "CONSULT": ("consult", "with"),
    "SUPPORT": ("back", ""),
    "COOPERATE": ("cooperate", "with"),
    "AID": ("aid", ""),
    "CONCEDE": ("concede", "to"),
    "RETREAT": ("pull back", "from"),
    "REQUEST": ("appeal", "to"),
    "ACCUSE": ("accuse", ""),
    "REJECT": ("turn down", ""),
    "THREATEN": ("threaten", ""),
    "PROTEST": ("protest", "against"),
    "MOBILIZE": ("mobilise", "against"),
    "SANCTION": ("sanction", ""),
    "COERCE": ("coerce", ""),
    "ASSAULT": ("attack", ""),
}
NOUNS = {
    "AGREE": "an agreement",
    "CONSULT": "talks",
    "SUPPORT": "support",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "CONCEDE": "a concession",
    "RETREAT": "a withdrawal",
    "REQUEST": "a request",
    "ACCUSE": "an accusation",
    "REJECT": "a refusal",
    "THREATEN": "a threat",
    "PROTEST": "a protest",
    "MOBILIZE": "a show of force",
    "SANCTION": "sanctions",
    "COERCE": "coercion",
    "ASSAULT": "an attack",
}
PASTS = {"turn down": "turned down", "pull back": "pulled back"}
OFFICES = {
    "leader": "leader",
    "executive": "government",
    "legislature": "member of parliament",
    "military": "military",
    "state media": "state media",
    "party": "party official",
    "expert": "expert",
    "press": "press",
    "other": "other",
}
STATUS_TONES = {
    "held": "held",
    "planned": "planned",
    "possible": "possible",
    "called off": "off",
    "denied": "denied",
    "open": "open",
    "kept": "good",
    "broken": "bad",
    "disputed": "warn",
    "superseded": "off",
}
SPEAKS_FOR_STATE = ("leader", "executive")
SHORT_NAMES = {
    "PRK": "North Korea",
    "KOR": "South Korea",
    "USA": "United States",
    "RUS": "Russia",
    "CHN": "China",
    "JPN": "Japan",
    "GBR": "Britain",
    "IRN": "Iran",
    "VNM": "Vietnam",
    "SYR": "Syria",
    "TWN": "Taiwan",
    "VEN": "Venezuela",
    "IGO": "international body",
    "NGO": "non-governmental body",
    "IMG": "armed group",
    "MNC": "company",
}


@lru_cache(maxsize=512)
def country_name(code: str | None) -> str:
    """The usual English name of a country, by its ISO 3166-1 alpha-3 code; the code itself where it has none."""
    if not code:
        return ""
    if code in SHORT_NAMES:
        return SHORT_NAMES[code]
    import pycountry

    found = pycountry.countries.get(alpha_3=code)
    return str(getattr(found, "common_name", found.name)) if found else code


@lru_cache(maxsize=512)
def country_code(name: str) -> str:
    """The ISO 3166-1 alpha-3 code of a country by its usual name; empty where it has none."""
    for code, usual in SHORT_NAMES.items():
        if name == usual:
            return code
    import pycountry

    found = (
        pycountry.countries.get(name=name)
        or pycountry.countries.get(common_name=name)
        or pycountry.countries.get(alpha_3=name)
    )
    return str(found.alpha_3) if found else ""


def day_text(day: str | None, *, year: bool = True) -> str:
    """``12 Jun 2018``; a dash where there is none."""
    if not day:
        return "–"
    made = date.fromisoformat(day[:10])
    return f"{made.day} {MONTHS[made.month - 1]}" + (f" {made.year}" if year else "")


def when_text(when: When | None) -> str:
    """A date as precise as it is known: a day, days, a month, a year."""
    if when is None or not when.start:
        return "undated"
    start, end = when.start, when.end or when.start
    if when.precision == "year" and start[:4] == end[:4]:
        return start[:4]
    if when.precision == "month" and start[:7] == end[:7]:
        return f"{MONTHS[int(start[5:7]) - 1]} {start[:4]}"
    return range_text(start, end)


def range_text(start: str, end: str) -> str:
    """``12 Jun 2018``, ``11–12 Jun 2018``, ``30 May – 2 Jun 2018``."""
    if start[:10] == end[:10]:
        return day_text(start)
    if start[:7] == end[:7]:
        return f"{int(start[8:10])}–{day_text(end)}"
    return f"{day_text(start, year=start[:4] != end[:4])} – {day_text(end)}"


def the(name: str) -> str:
    """A name with the article that it takes in a sentence: ``the United States``."""
    return f"the {name}" if name.startswith(("United ", "Netherlands", "Philippines")) else name


def party_name(party: Party) -> str:
    """A party's name; a country known by its code alone by its usual name."""
    code = party.name or party.entity
    return country_name(code) if len(code) == 3 and code.isupper() else code


def party_names(parties: Iterable[Party]) -> str:
    """The parties as a list in a sentence."""
    return joined(dict.fromkeys(party_name(party) for party in parties))


def act_text(kind: str, source: Iterable[Party], target: Iterable[Party], status: str = "held") -> str:
    """An event as a short sentence: who did what to whom, did it, was to do it or did not."""
    sides = [tuple(side) for side in (source, target)]
    who, whom = party_names(sides[0]), party_names(sides[1])
    if not who or who == whom or not whom:
        alone = who and (not whom or len(sides[0]) == 1)
        named = f"by {who}" if alone else f"directed at {whom}" if whom and not who else f"among {who}"
        return _bare_act_text(kind, named if who or whom else "by unnamed parties", status)
    verb, with_ = ACTS.get(kind, (kind.lower(), ""))
    return " ".join(filter(None, (who, _in_time(verb, status, several=len(sides[0]) > 1), with_, whom)))


def _bare_act_text(kind: str, sides: str, status: str) -> str:
    noun = NOUNS.get(kind, kind.lower())
    return f"{noun[0].upper()}{noun[1:]} {sides}{'' if status == 'held' else f' ({status})'}"


def _in_time(verb: str, status: str, *, several: bool) -> str:
    match status:
        case "planned":
            return f"{'are' if several else 'is'} to {verb}"
        case "possible":
            return f"may {verb}"
        case "called off":
            return f"{'are' if several else 'is'} no longer to {verb}"
        case "denied":
            return f"did not {verb}"
        case _:
            return PASTS.get(verb, verb + ("d" if verb.endswith("e") else "ed"))


MEANT_TO_MEET = "036"
MET = {
    "held": "met",
    "planned": "were to meet",
    "possible": "may meet",
    "called off": "called off a meeting",
    "denied": "did not meet",
}


def happening_text(row: EventRow | MeetingRow) -> str:
    """An event or a meeting as a short sentence."""
    if isinstance(row, EventRow):
        return act_text(_told_as(row), row.source, row.target, row.status)
    return f"{party_names(row.participants)} {MET.get(row.status, 'met')}"


def _told_as(row: EventRow) -> str:
    """The type as it is told: who says that they are to meet or talk (CAMEO 036) has talks ahead, not an agreement."""
    return "CONSULT" if row.cameo == MEANT_TO_MEET and row.status != "held" else row.type


def promise_text(row: CommitmentRow) -> str:
    """A promise as a short sentence."""
    return f"{party_names(row.by) or 'Somebody'}: {' '.join(row.clause.split())}"


def evidence_of(mention: Mention) -> Evidence:
    """A report of a joined event as evidence."""
    return Evidence(
        article=mention.article,
        outlet=mention.outlet or "unnamed outlet",
        title=mention.title or "untitled",
        published=mention.published,
        start=mention.anchor.start,
        end=mention.anchor.end,
        words=mention.anchor.exact,
    )


def evidence_of_quote(row: QuoteRow) -> Evidence:
    """Where a statement stands."""
    return Evidence(
        article=row.article,
        outlet=row.outlet or "unnamed outlet",
        title=row.title or "untitled",
        published=row.published,
        start=row.start,
        end=row.end,
        words=row.text,
    )


def speaker_text(row: QuoteRow) -> str:
    """Who said it, in which role, and for whom."""
    who = row.speaker or "an unnamed speaker"
    role = row.role or row.affiliation
    return f"{who}, {role}" if role and role.casefold() not in who.casefold() else who


def standing_text(row: QuoteRow) -> str:
    """For whom a speaker speaks, and whether that is a government's position."""
    state = country_name(row.state)
    office = OFFICES.get(row.office, row.office)
    if row.office in SPEAKS_FOR_STATE:
        return f"speaks for the government of {state}" if state else f"{office}; state not known"
    return f"{office}{' in ' + state if state else ''}; not a government's position"
