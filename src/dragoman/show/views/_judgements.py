"""Key judgements: the few sentences that a reader must take away, each with its basis.

A share of draws is called robustness, never probability.  Words of probability (the
bins of Intelligence Community Directive 203) stand only where a method has a scored
record or the case states a base rate; confidence never stands in the same sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.errors import MethodError
from dragoman.show.blocks import Point, count_of, fixed, joined, ref, share
from dragoman.show.views import _fetch
from dragoman.show.views._blocking import blocker_points
from dragoman.show.views._words import day_text, party_name, the

if TYPE_CHECKING:
    from dragoman.desk.session import Desk
    from dragoman.model import Case
    from dragoman.record.views import Contact, NeverMet
    from dragoman.solve.result import Result

BINS = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "a roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.01, "almost certain"),
)


MOST_NEVER = 2


def likelihood(probability: float) -> str:
    """The ICD 203 words for a probability."""
    return next(words for edge, words in BINS if probability < edge)


def likely_agreement(probability: float) -> str:
    """The likelihood of an agreement as the beginning of a sentence."""
    words = likelihood(probability)
    return f"There is {words} of an agreement" if words.endswith("chance") else f"An agreement is {words}"


def judgements(desk: Desk) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """The key judgements, most important first; and who can block and what would move them."""
    found = [
        *_on_the_deal(desk),
        *_on_steps(desk),
        *_on_graph(desk),
        *_on_stakes(desk),
        *_on_contacts(desk),
        *_on_outcomes(desk),
    ]
    return tuple(found), blockers(desk)


def _result(desk: Desk, method: str) -> Result | None:
    if desk.case is None or method not in desk.methods():
        return None
    result = desk.try_result(method)
    return None if isinstance(result, MethodError) else result


def main_package(answer: Any) -> Any:
    """The package that holds all issues of the main table, or the largest."""
    return answer.together or max(answer.packages, key=lambda item: len(item.issues))


def _on_the_deal(desk: Desk) -> list[Point]:
    result = _result(desk, "nodeal")
    if result is None:
        return []
    package, rate = main_package(result.answer), result.answer.base_rate
    exists = f"{'A' if package.agreement else 'No'} deal that everybody whose consent is needed prefers to none exists"
    robust = "" if package.none is None else f" and {_in_draws(package.none)}"
    text = f"{exists} at the values judged most fitting{robust}."
    if rate:
        text = (
            f"{likely_agreement(rate.value)}: talks of this kind end in one about "
            f"{share(rate.value)} of the time, by the base rate that the case states. {text}"
        )
    detail = " ".join(part for part in (rate.because if rate else "", _who_blocks(package)) if part)
    return [Point(text=text, ref=ref("forecast"), detail=detail)]


def _in_draws(none: float) -> str:
    """In how many draws there is a deal, in words."""
    if none in {0.0, 1.0}:
        return f"in {'every draw' if none == 0 else 'no draw'} of the judged values (robustness, not probability)"
    return f"in {share(1 - none)} of the draws of the judged values (robustness, not probability)"


def _who_blocks(package: Any) -> str:
    blocking = [item.name for item in package.blockers if item.blocks]
    return (
        f"Without the consent of {joined(blocking, 'or')} there would be one."
        if blocking and not package.agreement
        else ""
    )


def _on_outcomes(desk: Desk) -> list[Point]:
    result = _result(desk, "mean")
    if result is None or desk.case is None:
        return []
    parts = [
        f"{item.name[:1].lower()}{item.name[1:]} {fixed(item.central)}{f' ({item.near})' if item.near else ''}"
        for item in main_issues(desk.case, result)
    ]
    text = f"Given agreement, the weighted mean puts it at: {'; '.join(parts)}."
    return [Point(text=text, ref=ref("forecast"), detail=f"Scales of 0 to 100; {result.track_record}.")]


def main_issues(case: Case, result: Result) -> list[Any]:
    """The first three issues of the main table that have an outcome."""
    return [item for item in result.answer.issues if not case.issues[item.issue].side][:3]


def _on_steps(desk: Desk) -> list[Point]:
    result = _result(desk, "steps")
    if result is None:
        return []
    report = result.answer.regimes[0]
    some = report.shares
    robust = (
        f" Some plan holds in {share(some.some)} of {count_of(some.draws, 'draw')} of the judged values (robustness)."
        if some
        else ""
    )
    best = next((plan for plan in report.plans if plan.holds), report.plans[-1])
    if best.holds:
        how = "All at once" if len(best.steps) == 1 else f"Carried out in {count_of(len(best.steps) - 1, 'step')}"
        text = f"{how} the deal enforces itself, with {fixed(best.least_slack or 0, 1)} to spare."
    else:
        binding = f" The plan that comes nearest {best.binding.words}." if best.binding else ""
        text = (
            "Neither all at once nor in steps does the deal enforce itself, at the values judged "
            f"most fitting.{binding}"
        )
    return [Point(text=text + robust, ref=ref("steps"), detail=_with_guarantor(desk))]


def _with_guarantor(desk: Desk) -> str:
    """What the guarantor that changes most changes: the best plan's least slack without it and with it."""
    from dragoman.desk.guarantors import candidates

    try:
        found = candidates(desk)
    except MethodError:
        return ""
    first = found[0]
    change = (
        f"the best plan's least slack is {fixed(first.without, 1)} without it and {fixed(first.with_it, 1)} with it"
    )
    ends = "; a plan then holds" if first.makes_a_plan_hold else ", which is not enough by itself"
    if first.with_it >= 0 and not first.makes_a_plan_hold:
        ends = "; a plan holds either way"
    return f"{first.name} as guarantor would change most: {change}{ends}."


def _on_graph(desk: Desk) -> list[Point]:
    result = _result(desk, "graph")
    if result is None:
        return []
    from dragoman.show.views.graph import strong_states

    answer = result.answer
    today, strong = answer.status_quo, strong_states(answer)
    number = f"{count_of(len(strong), 'state')} of {len(answer.states)} would hold once reached."
    if today is None:
        return [Point(text=number, ref=ref("graph"))]
    words = answer.states[today].words
    if today in strong:
        text = f"Today's state ({words}) holds by itself: nobody gains by leaving it alone."
    else:
        text = f"Today's state ({words}) does not hold: somebody gains by leaving it."
    return [Point(text=f"{text} {_way_out(answer)}".strip(), ref=ref("graph"), detail=number)]


def _way_out(answer: Any) -> str:
    """How today's state leads to another that holds, by the path that fewest must dislike."""
    from dragoman.show.views.graph import strong_states

    strong = set(strong_states(answer))
    ways = [way for way in answer.ways if way.best and way.best.moves and way.state in strong]
    if not ways:
        return "No series of moves leads from it to another state that holds."
    way = min(ways, key=lambda one: (one.best.exceptions, -len(answer.states[one.state].taken), len(one.best.moves)))
    moves, against = len(way.best.moves), way.best.exceptions
    cost = (
        "each of which its mover gains by"
        if not against
        else f"{'one of which' if against == 1 else f'{against} of which'} its mover must be brought to"
    )
    return (
        f"From it {count_of(moves, 'move')}, {cost}, {'leads' if moves == 1 else 'lead'} to a state that "
        f"would hold: {answer.states[way.state].words}."
    )


def _on_stakes(desk: Desk) -> list[Point]:
    result = _result(desk, "stakes")
    if result is None or result.answer.region is None:
        return []
    from dragoman.show.views._region import expected, millions

    region, currency = result.answer.region, result.answer.currency
    holds = [value >= 0 for row in region.slack for value in row]
    reach = f"{millions(region.income[-1])} million {currency} a year"
    who = the(region.party)
    if any(holds):
        text = (
            f"The stakes can hold the deal together without a guarantor in {share(sum(holds) / len(holds))} of the "
            f"region up to {reach} for {who}; expected are {expected(region, currency)}."
        )
    else:
        text = (
            f"What the deal unlocks, expected at {expected(region, currency)} for {who}, does not hold it together: "
            f"without a guarantor no plan holds up to {reach}."
        )
    own = [value for value in region.own_needed if value is not None]
    least = (
        f"{who[:1].upper()}{who[1:]} itself would keep some plan from {millions(min(own))} million on, where it "
        "values least what it gives up."
        if own
        else ""
    )
    return [Point(text=text, ref=ref("stakes"), detail=f"{least} The nearest plan {region.binds}.".strip())]


def _on_contacts(desk: Desk) -> list[Point]:
    if desk.record is None:
        return []
    most = next((pair for pair in desk.record.contacts("person", limit=1) if pair.held), None)
    if most is None:
        return []
    times = {1: "once", 2: "twice"}.get(most.held, f"{most.held} times")
    text = (
        f"{party_name(most.a)} and {party_name(most.b)} met {times}, more often than any other two, last {_last(most)}."
    )
    mentions = _fetch.mentions(desk, most.meetings[-2:])
    from dragoman.show.views._words import evidence_of

    evidence = tuple(evidence_of(item) for items in mentions.values() for item in items[:1])
    absent = _who_never_met(desk, most)
    return [
        Point(
            text=f"{text} {absent}".strip(),
            ref=ref("contacts"),
            evidence=evidence,
            detail=f"{count_of(most.sources, 'independent source')}.",
        )
    ]


def _who_never_met(desk: Desk, most: Contact) -> str:
    """Which party's leader has never met the one who met most others, as far as the record knows."""
    record = desk.record
    if record is None or desk.case is None:
        return ""
    sides = {
        party.entity: [pair for pair in record.contacts("person", party=party.entity) if pair.held]
        for party in (most.a, most.b)
    }
    own = {who: [pair for pair in pairs if who in (pair.a.entity, pair.b.entity)] for who, pairs in sides.items()}
    centre = max((most.a, most.b), key=lambda party: (len(own[party.entity]), party.entity))
    met = {party.entity for pair in own[centre.entity] for party in (pair.a, pair.b)}
    others = [(entity, name) for entity, name in _leaders(desk) if entity not in met]
    found = [(name, record.never_met(centre.entity, entity)) for entity, name in others]
    told = [(name, item) for name, item in found if item.answer != "met" and item.searched]
    told.sort(key=lambda pair: (pair[1].answer != "reported", -pair[1].searched))
    return " ".join(_never_words(party_name(centre), name, item) for name, item in told[:MOST_NEVER])


def _leaders(desk: Desk) -> list[tuple[str, str]]:
    """For each party of the case the first person among its names whom the record knows: entity and name."""
    if desk.record is None:
        return []
    people = {row.name.casefold(): row for row in desk.record.identity.entities(kind="person")}
    found = [
        next((people[name.casefold()] for name in party.entities if name.casefold() in people), None)
        for party in desk.case_of().parties.values()
    ]
    return [(row.entity, row.name) for row in found if row]


def _never_words(centre: str, name: str, item: NeverMet) -> str:
    between = f"{name} has met {centre}"
    span = f" from {day_text(item.first)} to {day_text(item.last)}" if item.first and item.last else ""
    searched = f"nothing found in {count_of(item.searched, 'article')}{span} that name both"
    if item.answer == "reported":
        return f"An article says that {name} has never met {centre}; no meeting: {searched}."
    return f"No report that {between}: {searched}."


def _last(pair: Contact) -> str:
    return f"on {day_text(pair.last)}" if pair.last else "on a day not known"


def blockers(desk: Desk) -> tuple[Point, ...]:
    """Who can block, who stands in the way, and what would move them."""
    result = _result(desk, "nodeal")
    return () if result is None else blocker_points(desk.case_of(), result.answer)
