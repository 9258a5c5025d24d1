"""Cross-references and domains: what holds between the parts of a case.

Each check is a generator of (path, found, expected).  Names count as known when the
file declares them, even where their own entry is at fault: one slip gives one fault.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from dragoman.model._bargain import Issue, Stand
from dragoman.model._case import Case
from dragoman.model._cross_conflict import conflict_faults
from dragoman.model._cross_deal import deal_faults
from dragoman.model._cross_stakes import stakes_faults
from dragoman.model._faults import Faults, Path
from dragoman.model._known import Found, Known, bounded, names_in, not_negative

Checks: TypeAlias = Iterable[Found]


def cross_check(case: Case, tree: Mapping[str, Any], faults: Faults) -> None:
    """Add every fault between the parts of ``case`` to ``faults``."""
    known = Known.of(tree)
    for check in (_parties, _issues, _terms, _format, _utilities, conflict_faults, deal_faults, stakes_faults):
        faults.extend(check(case, known))


def _parties(case: Case, known: Known) -> Iterator[Found]:
    if not known.parties:
        yield ("parties",), "no parties", "at least one party"
    spellings: dict[str, str] = {}
    for key, party in case.parties.items():
        folded = party.name.casefold()
        if folded in spellings:
            yield (
                ("parties", key, "name"),
                f"the name {party.name!r} twice (also {spellings[folded]})",
                "one party a name",
            )
        spellings[folded] = key
        yield from not_negative(("parties", key, "capability"), party.capability)
        for name, faction in party.factions.items():
            here: Path = ("parties", key, "factions", name)
            yield from bounded((*here, "weight"), faction.weight, 0, 1)
            yield from names_in((*here, "positions"), faction.positions, known.issues, "issue", keys=True)
            for issue, stand in faction.positions.items():
                if issue in case.issues:
                    yield from _stand(stand, case.issues[issue], (*here, "positions", issue))


def _issues(case: Case, known: Known) -> Iterator[Found]:
    for key, issue in case.issues.items():
        here: Path = ("issues", key)
        low, high = issue.scale.low, issue.scale.high
        if not low < high:
            yield (*here, "scale"), f"a scale from {low:g} to {high:g}", "low below high"
            continue
        for point, at in issue.scale.points.items():
            if not low <= at <= high:
                yield (*here, "scale", "points", point), f"{at:g}", f"a point from {low:g} to {high:g}"
        yield from bounded((*here, "status_quo"), issue.status_quo, low, high)
        yield from names_in((*here, "linked"), issue.linked, known.issues, "issue")
        if key in issue.linked:
            yield (*here, "linked"), f"the issue {key!r} linked to itself", "other issues"
        yield from names_in((*here, "positions"), issue.positions, known.parties, "party", keys=True)
        for party, stand in issue.positions.items():
            yield from _stand(stand, issue, (*here, "positions", party))
            if stand.salience is None:
                yield (*here, "positions", party), "no 'salience'", "how much the party cares, 'salience'"


def _terms(case: Case, known: Known) -> Iterator[Found]:
    for key, term in case.terms.items():
        here: Path = ("terms", key)
        texts = [((*here, "name"), term.name), *(((*here, "words", at), word) for at, word in enumerate(term.words))]
        for place, text in texts:
            if not any(letter.isalnum() for letter in text):
                yield place, repr(text), "words with letters or figures"
        if term.issue is not None:
            yield from names_in((*here, "issue"), (term.issue,), known.issues, "issue", single=True)


def _stand(stand: Stand, issue: Issue, here: Path) -> Iterator[Found]:
    yield from bounded((*here, "position"), stand.position, issue.scale.low, issue.scale.high)
    hint = " (set salience_scale: 100 where saliences run to 100)"
    yield from bounded((*here, "salience"), stand.salience, 0, 1, hint=hint)
    yield from not_negative((*here, "capability"), stand.capability)


def _format(case: Case, known: Known) -> Iterator[Found]:
    rules = case.format
    for field in ("seats", "vetoes", "proposers", "order"):
        names = getattr(rules, field) or ()
        yield from names_in(("format", field), names, known.parties, "party")
        yield from _within_seats(("format", field), names, rules.seats)
    yield from names_in(("format", "votes"), rules.votes, known.parties, "party", keys=True)
    for party, votes in rules.votes.items():
        if votes < 0:
            yield ("format", "votes", party), f"{votes} votes", "zero or more"
    total = sum(rules.votes.values()) if rules.votes else len(case.seats)
    if rules.quota is not None and not 0 < rules.quota <= total:
        yield (
            ("format", "quota"),
            f"a quota of {rules.quota} with {total} votes in all",
            "more than 0, at most the votes",
        )
    yield from bounded(("format", "base_rate"), rules.base_rate, 0, 1)
    for key, ratifier in rules.ratifiers.items():
        here: Path = ("format", "ratifiers", key)
        yield from names_in((*here, "party"), [ratifier.party], known.parties, "party", single=True)
        if ratifier.faction is not None:
            yield from names_in(
                (*here, "faction"), [ratifier.faction], known.factions(ratifier.party), "faction", single=True
            )
        yield from names_in((*here, "accepts"), ratifier.accepts, known.issues, "issue", keys=True)
        for issue, bound in ratifier.accepts.items():
            if issue in case.issues:
                scale = case.issues[issue].scale
                for side in ("at_least", "at_most"):
                    yield from bounded((*here, "accepts", issue, side), getattr(bound, side), scale.low, scale.high)


def _within_seats(path: Path, names: Collection[str], seats: Collection[str]) -> Iterator[Found]:
    if not seats or path[-1] == "seats":
        return
    for name in names:
        if name not in seats:
            yield path, f"{name!r}, who has no seat", f"parties of format.seats: {', '.join(seats)}"


def _utilities(case: Case, known: Known) -> Iterator[Found]:
    yield from names_in(("utilities",), case.utilities, known.parties, "party", keys=True)
    for party, utility in case.utilities.items():
        here: Path = ("utilities", party)
        yield from bounded((*here, "no_deal"), utility.no_deal, 0, 1)
        yield from names_in((*here, "issues"), utility.issues, known.issues, "issue", keys=True)
        for issue, points in utility.issues.items():
            yield from _utility_points((*here, "issues", issue), points)


def _utility_points(here: Path, points: Mapping[str, Any]) -> Iterator[Found]:
    if len(points) < 2:
        yield here, f"{len(points)} points", "at least two positions with their utilities"
    for position, quantity in points.items():
        try:
            float(position)
        except ValueError:
            yield (*here, position), repr(position), "a position, as a number"
        yield from bounded((*here, position), quantity, 0, 1)
