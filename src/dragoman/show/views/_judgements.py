"""Key judgements: one line for each question that a reader has, each with what it rests on; first their joint meaning.

What hangs on a judged value is said so, without shares: "at every value tried within the stated ranges", or "hangs on
judged values".  Words of probability (the bins of Intelligence Community Directive 203) stand only where the case
states a base rate or a method has a scored record; confidence never stands in the same sentence.  An outcome is a
range in the words of its scale, as wide as the draws and the method's known misses make it; the point stands on the
method's page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.desk.rates import few_words
from dragoman.errors import MethodError
from dragoman.show.blocks import Point, count_of, fixed, joined, ref, share
from dragoman.show.views import _fetch
from dragoman.show.views._blocking import blocker_points
from dragoman.show.views._bottom import Standing, answered, bottom_line
from dragoman.show.views._words import day_text, party_name, the

if TYPE_CHECKING:
    from dragoman.desk.session import Desk
    from dragoman.model import Case, Issue
    from dragoman.record.views import Contact, NeverMet
    from dragoman.show.views._bottom import Answer
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
LEAST_MEETINGS = 2
MOST_PAIRS = 200


def likelihood(probability: float) -> str:
    """The ICD 203 words for a probability."""
    return next(words for edge, words in BINS if probability < edge)


def likely_agreement(probability: float) -> str:
    """The likelihood of an agreement as the beginning of a sentence."""
    words = likelihood(probability)
    return f"There is {words} of an agreement" if words.endswith("chance") else f"An agreement is {words}"


def judgements(desk: Desk) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """The bottom line and the answers to the questions, in order; and who can block and what would move them."""
    found = [
        *_joint(desk),
        *_on_the_deal(desk),
        *_on_steps(desk),
        *_on_guarantors(desk),
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


def standing(desk: Desk) -> Standing:
    """What no deal, steps and guarantors say, as the table of the bottom line takes it."""
    deal, steps = _result(desk, "nodeal"), _result(desk, "steps")
    bargain: Answer = "unknown"
    if deal is not None:
        package = main_package(deal.answer)
        bargain = answered(package.agreement, None if package.none is None else 1 - package.none)
    lasts: Answer = "unknown"
    mended: Answer = "unknown"
    guarantor = None
    if steps is not None:
        report = steps.answer.regimes[0]
        holds = any(plan.holds for plan in report.plans)
        lasts = answered(holds, report.shares.some if report.shares else None)
        named = _candidates(desk)
        helpful = [one for one in named if one.makes_a_plan_hold]
        mended = "unknown" if not named else "yes" if helpful else "no"
        guarantor = the(helpful[0].name) if helpful else None
    return Standing(bargain=bargain, lasts=lasts, mended=mended, guarantor=guarantor)


def _joint(desk: Desk) -> list[Point]:
    found = standing(desk)
    line = bottom_line(found)
    if line is None:
        return []
    return [Point(label="Bottom line", text=line, ref=ref("forecast"), detail=_beside_the_graph(desk, found))]


def _beside_the_graph(desk: Desk, found: Standing) -> str:
    """What the graph of situations says of today, and why it may say another thing than the steps."""
    result = _result(desk, "graph")
    if result is None or result.answer.status_quo is None:
        return ""
    from dragoman.show.views.graph import strong_states

    answer, strong = result.answer, strong_states(result.answer)
    words = answer.states[answer.status_quo].words
    if answer.status_quo in strong:
        text = f"Today's situation ({words}) would last: nobody gains by leaving it alone."
    else:
        text = f"Today's situation ({words}) would not last: somebody gains by leaving it."
    text = f"{text} {_way_out(answer)}"
    if found.lasts in {"no", "hangs"} and len(strong) > (answer.status_quo in strong):
        text += (
            " That a situation would last once reached does not contradict the steps: it weighs situations as wholes, "
            "the steps what somebody gains by leaving on the way."
        )
    return text


def _way_out(answer: Any) -> str:
    """How today's situation leads to another that would last, by the path that fewest must dislike."""
    from dragoman.show.views.graph import strong_states

    strong = set(strong_states(answer))
    ways = [way for way in answer.ways if way.best and way.best.moves and way.state in strong]
    if not ways:
        return "No series of moves leads from it to another that would last."
    way = min(ways, key=lambda one: (one.best.exceptions, -len(answer.states[one.state].taken), len(one.best.moves)))
    moves, against = len(way.best.moves), way.best.exceptions
    cost = (
        "each of which its mover gains by"
        if not against
        else f"{'one of which' if against == 1 else f'{against} of which'} its mover must be brought to"
    )
    return (
        f"From it {count_of(moves, 'move')}, {cost}, {'leads' if moves == 1 else 'lead'} to one that "
        f"would last: {answer.states[way.state].words}."
    )


def _on_the_deal(desk: Desk) -> list[Point]:
    result = _result(desk, "nodeal")
    if result is None:
        return []
    package, rate = main_package(result.answer), result.answer.base_rate
    tried = answered(package.agreement, None if package.none is None else 1 - package.none)
    text = {
        "yes": "Yes: there is a deal that everybody whose consent is needed prefers to none",
        "hangs": "It hangs on judged values: at some there is a deal that all prefer to none, at others there is not",
        "no": "No: no deal is better than none for everybody whose consent is needed",
    }.get(tried, "")
    if tried != "hangs" and package.none is not None:
        every = package.none in {0.0, 1.0}
        text += f", at {'every' if every else 'nearly every'} value tried within the stated ranges"
    if rate and desk.case is not None:
        text = (
            few_words(desk.case)
            or f"{likely_agreement(rate.value)}: talks of this kind end in one about "
            f"{share(rate.value)} of the time, by the base rate that the case states."
        ) + f" {text}"
    detail = " ".join(part for part in (rate.because if rate else "", _who_blocks(package)) if part)
    return [Point(label="Is there a bargain?", text=f"{text}.", ref=ref("forecast"), detail=detail)]


def _who_blocks(package: Any) -> str:
    blocking = [item.name for item in package.blockers if item.blocks]
    return (
        f"Without the consent of {joined(blocking, 'or')} there would be one."
        if blocking and not package.agreement
        else ""
    )


def _on_steps(desk: Desk) -> list[Point]:
    result = _result(desk, "steps")
    if result is None:
        return []
    report = result.answer.regimes[0]
    best = next((plan for plan in report.plans if plan.holds), report.plans[-1])
    if best.holds:
        how = "even all at once" if len(best.steps) == 1 else f"in {count_of(len(best.steps) - 1, 'step')}"
        text = f"Yes, {how}: at no point does anybody gain by leaving, at the values judged most fitting."
    else:
        text = f"No, neither all at once nor in steps.{_first_break(best)}"
    some = report.shares.some if report.shares else None
    if some is not None and best.holds != (some >= 0.5):
        text += " That hangs on judged values."
    once = next((plan for plan in report.plans if plan.name == "all at once"), None)
    detail = "" if once is None or once is best or once.holds else f"All at once:{_first_break(once)}"
    return [Point(label="Can it be kept, and where does it first break?", text=text, ref=ref("steps"), detail=detail)]


def _first_break(plan: Any) -> str:
    """Where a plan first breaks, in plain words."""
    binding = plan.binding
    if binding is None or binding.slack >= 0:
        return ""
    where = f"step {binding.step}" if binding.step <= len(plan.plan) else "the time after the last step"
    deeds = [
        f"{verb} {joined(f'“{name}”' for name in names)}"
        for verb, names in (("hold back", binding.withheld), ("undo", binding.undone))
        if names
    ]
    return (
        f" It first breaks in {where}, where {the(binding.party)} would {joined(deeds)}: going on is not worth it to "
        f"{the(binding.party)}, by about {_plain(-binding.slack)} of 100."
    )


def _plain(amount: float) -> str:
    return fixed(amount) if amount >= 1 else "less than 1"


def _candidates(desk: Desk) -> tuple[Any, ...]:
    from dragoman.desk.guarantors import candidates

    if desk.case is None:
        return ()
    try:
        return tuple(candidates(desk))
    except MethodError:
        return ()


def _on_guarantors(desk: Desk) -> list[Point]:
    named = _candidates(desk)
    if not named:
        return []
    text = "; ".join(f"{the(one.name)}: {_what_it_changes(one)}" for one in named)
    label = "Who could mend that?"
    return [Point(label=label, text=f"{text[:1].upper()}{text[1:]}.", ref=ref("steps"))]


def _what_it_changes(one: Any) -> str:
    if not one.counts:
        return "its threat would not be carried out"
    if one.makes_a_plan_hold:
        return "with it a plan would last"
    if one.without >= 0:
        return "a plan lasts either way"
    closes = one.with_it - one.without
    return "changes nothing" if closes <= 0 else f"narrows the gap by about {_plain(closes)} of {_plain(-one.without)}"


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
            f"Expected are {expected(region, currency)} for {who}; that can hold the deal together without a guarantor "
            f"in some of the range up to {reach}, not in all of it."
        )
        if all(holds):
            text = f"Expected are {expected(region, currency)} for {who}; that holds the deal together by itself."
    else:
        text = (
            f"What the deal unlocks, expected at {expected(region, currency)} for {who}, does not hold it together: "
            f"without a guarantor no plan lasts up to {reach}."
        )
    own = [value for value in region.own_needed if value is not None]
    least = (
        f"{who[:1].upper()}{who[1:]} itself would keep some plan from {millions(min(own))} million on, where it "
        "values least what it gives up."
        if own
        else ""
    )
    return [Point(label="What does it pay, and to whom?", text=text, ref=ref("stakes"), detail=least)]


def _on_outcomes(desk: Desk) -> list[Point]:
    result = _result(desk, "mean")
    if result is None or desk.case is None:
        return []
    parts = [
        f"{item.name[:1].lower()}{item.name[1:]} {words}"
        for item in main_issues(desk.case, result)
        if (words := _range_in_words(desk.case.issues[item.issue], item))
    ]
    if not parts:
        return []
    return [
        Point(
            label="Where would an agreement lie?", text=f"Given one: {'; '.join(parts)}.", ref=ref("forecast"),
            detail=f"As wide as the judged values and the known misses of the method make it: {result.track_record}.",
        )
    ]  # fmt: skip


def _range_in_words(issue: Issue, item: Any) -> str:
    """From which named point to which, by the widest band known; empty where the scale names none."""
    draws = item.over_draws
    edges = [item.central, *(draws.quantiles.values() if draws else ()), *(_ends(item.band))]
    names = sorted((place, name.replace("-", " ")) for name, place in issue.scale.points.items())
    if not names:
        return ""
    low = max((pair for pair in names if pair[0] <= min(edges)), default=names[0])
    high = min((pair for pair in names if pair[0] >= max(edges)), default=names[-1])
    if low == names[0] and high == names[-1]:
        return "anywhere on its scale"
    return f"at “{low[1]}”" if low == high else f"between “{low[1]}” and “{high[1]}”"


def _ends(band: Any) -> tuple[float, ...]:
    return () if band is None else (band.low, band.high)


def main_issues(case: Case, result: Result) -> list[Any]:
    """The first three issues of the main table that have an outcome."""
    return [item for item in result.answer.issues if not case.issues[item.issue].side][:3]


def _on_contacts(desk: Desk) -> list[Point]:
    """Who of the case's parties met most; where several did alike, or only once, there is nothing to say."""
    if desk.record is None or desk.case is None:
        return []
    own = _pairs_of_the_case(desk)
    if not own or own[0].held < LEAST_MEETINGS or (len(own) > 1 and own[1].held == own[0].held):
        return []
    most = own[0]
    times = {2: "twice"}.get(most.held, f"{most.held} times")
    text = f"{party_name(most.a)} and {party_name(most.b)} met {times}, last {_last(most)}."
    mentions = _fetch.mentions(desk, most.meetings[-2:])
    from dragoman.show.views._words import evidence_of

    evidence = tuple(evidence_of(item) for items in mentions.values() for item in items[:1])
    absent = _who_never_met(desk, most)
    return [
        Point(
            label="Who has access to whom?",
            text=f"{text} {absent}".strip(),
            ref=ref("contacts"),
            evidence=evidence,
            detail=f"{count_of(most.sources, 'independent source')}.",
        )
    ]


def _pairs_of_the_case(desk: Desk) -> list[Contact]:
    """Pairs of persons that met, both of parties of the case, most meetings first."""
    from dragoman.desk.parties import countries

    sides = set(countries(desk.case_of()).values())
    if desk.record is None:
        return []
    return [
        pair for pair in desk.record.contacts("person", limit=MOST_PAIRS)
        if pair.held and pair.a.country in sides and pair.b.country in sides and pair.a.country != pair.b.country
    ]  # fmt: skip


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
