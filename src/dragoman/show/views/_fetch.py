"""What views ask of a desk, in one place: rows of the record, numbers of the results.

Every function here is a query; none decides how anything looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

from dragoman.errors import InputError, MethodError
from dragoman.show.blocks import Evidence
from dragoman.show.views._base import ROWS_A_PAGE
from dragoman.show.views._words import SPEAKS_FOR_STATE, country_code, country_name

if TYPE_CHECKING:
    from dragoman.desk.session import Desk
    from dragoman.model import Anchor, Case, Party
    from dragoman.record import Record
    from dragoman.record.views import ArticleFull, CheckedClaim, Contact, Hit, MeetingRow, Mention, QuoteRow, Standing

MOST_CHOICES = 200


def record_of(desk: Desk) -> Record:
    """The desk's record.

    Raises:
        InputError: the desk has none.
    """
    if desk.record is None:
        raise InputError("this page", "the desk holds no record", "a record: open one with --record FILE")
    return desk.record


def first_day(desk: Desk) -> str | None:
    """The first day of publication seen: when the coverage began."""
    rows = record_of(desk).articles(limit=1)
    return rows[0].published if rows else None


def last_day(desk: Desk) -> date | None:
    """The last day of publication seen: what the pages mean by now."""
    last = record_of(desk).tallies.last_day()
    return date.fromisoformat(last) if last else None


def mentions(desk: Desk, ids: Iterable[str]) -> dict[str, tuple[Mention, ...]]:
    """The first reports of each joined event, superseded versions left out."""
    return record_of(desk).mentions(list(ids))


def quotes(desk: Desk, wanted: Mapping[str, Any], page: int) -> tuple[tuple[QuoteRow, ...], int]:
    """One page of statements, and how many there are."""
    speaker = wanted.get("speaker")
    asked: dict[str, Any] = {key: value for key, value in wanted.items() if key != "speaker" and value}
    if speaker:
        asked["entity" if ":" in speaker else "speaker"] = speaker
    rows = record_of(desk).quotes(**asked, limit=ROWS_A_PAGE, offset=(page - 1) * ROWS_A_PAGE)
    return rows, record_of(desk).count_quotes(**asked)


def search(desk: Desk, text: str) -> tuple[Hit, ...]:
    """Places that answer a search."""
    return record_of(desk).search(text)


def who_of(a: str | None, b: str | None) -> dict[str, Any]:
    """What to ask the record for the meetings of one, or of two who both took part (entities, or alpha-3 codes)."""
    names = [name for name in (a, b) if name]
    countries = [name for name in names if len(name) == 3 and name.isupper()]
    parties = [name for name in names if name not in countries]
    return {"country": countries or None, "party": parties or None}


def calls(desk: Desk, a: str | None, b: str | None, most: int) -> tuple[tuple[MeetingRow, ...], int]:
    """The first calls, video conferences and letters, of one or of two; and how many there are."""
    who = who_of(a, b)
    return record_of(desk).calls(**who, limit=most), record_of(desk).count_meetings(**who, calls=True)


def claims(desk: Desk) -> tuple[CheckedClaim, ...]:
    """Claims of first, only, never and not yet, with what contradicts them."""
    return record_of(desk).claims()


def told_fates(desk: Desk, ids: Iterable[str]) -> dict[str, tuple[Mention, ...]]:
    """For each promise, the later reports of what became of it."""
    return {name: record_of(desk).event(name).fates for name in ids}


def never_met(
    desk: Desk, people: Sequence[Standing], pairs: Sequence[Contact]
) -> list[tuple[tuple[str, str, str, int], tuple[Mention, ...]]]:
    """Pairs of those who met most that never met: names, what is known, articles searched; with the reports.

    Two of one state are left out: whether they meet is not what a negotiation turns on.
    """
    names = {one.entity: standing_name(one) for one in people}
    states = {one.entity: one.country for one in people}
    met = {(pair.a.entity, pair.b.entity) for pair in pairs if pair.held}
    made = []
    for a, b in combinations(sorted(names), 2):
        if (a, b) in met or (states[a] and states[a] == states[b]):
            continue
        answer = record_of(desk).never_met(a, b)
        if answer.answer != "met" and answer.searched:
            made.append(((names[a], names[b], answer.answer, answer.searched), answer.reports))
    return sorted(made, key=lambda item: (item[0][2] != "reported", -item[0][3]))


def standing_name(one: Standing) -> str:
    """What one who met others is called on the page: a country known by its code alone by its usual name."""
    return country_name(one.name) if len(one.name) == 3 and one.name.isupper() else one.name


def code_of(party: Party) -> str:
    """A party's country by its alpha-3 code, found by its name or the names of its entities; empty where it is none."""
    return next((code for name in (party.name, *party.entities) if (code := country_code(name))), "")


def parties_without_statements(desk: Desk) -> list[str]:
    """Parties of the case for whose state no leader or government is quoted."""
    if desk.case is None:
        return []
    speaking = {state for state, office in record_of(desk).tallies.spoken() if office in SPEAKS_FOR_STATE}
    return [party.name for party in desk.case.parties.values() if code_of(party) and code_of(party) not in speaking]


def anchored(desk: Desk, anchors: Iterable[Anchor]) -> tuple[Evidence, ...]:
    """Words of articles that a case rests on, where they stand in the record; those not found are left out."""
    wanted = tuple(anchors)
    found = places(desk, wanted)
    return tuple(dict.fromkeys(found[anchor] for anchor in wanted if anchor in found))


def places(desk: Desk, anchors: Iterable[Anchor]) -> dict[Anchor, Evidence]:
    """Where the words stand in the record, by anchor; those not found are left out.  Every article is opened once."""
    if desk.record is None:
        return {}
    made: dict[Anchor, Evidence] = {}
    by_article: dict[str, dict[Anchor, None]] = {}
    for anchor in anchors:
        by_article.setdefault(anchor.article, {})[anchor] = None
    for article, wanted in by_article.items():
        try:
            full = desk.record.article(article)
        except InputError:
            continue
        made |= {anchor: item for anchor in wanted if (item := _anchored(full, anchor))}
    return made


def _anchored(full: ArticleFull, anchor: Anchor) -> Evidence | None:
    start = full.text.find(anchor.prefix + anchor.exact)
    if start < 0:
        return None
    start += len(anchor.prefix)
    row = full.row
    return Evidence(
        article=row.key,
        outlet=row.outlet or "unnamed outlet",
        title=row.title or "untitled",
        published=row.published,
        start=start,
        end=start + len(anchor.exact),
        words=anchor.exact,
    )


def numbers_without_evidence(desk: Desk) -> int:
    """How many numbers of the case rest on no words of an article."""
    return len(desk.case.missing_evidence()) if desk.case else 0


def means(case: Case) -> dict[str, float]:
    """The weighted mean of positions on each issue, by the case's central values; issues without weight left out."""
    from dragoman.solve.outcomes import weighted_mean

    made = {}
    for issue in case.issues:
        try:
            table = case.table(issue)
            made[issue] = float(weighted_mean(table.position, table.capability * table.salience)[0])
        except MethodError:
            continue
    return made


def countries(desk: Desk) -> list[str]:
    """States that take part in meetings or ties, those of the case first."""
    named = [code for party in desk.case.parties.values() if (code := code_of(party))] if desk.case else []
    seen = {one.entity for one in record_of(desk).tallies.standings("state", limit=MOST_CHOICES)}
    return [*dict.fromkeys(named), *sorted(seen - set(named))]
