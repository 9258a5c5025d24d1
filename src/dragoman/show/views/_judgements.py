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
from dragoman.show.views._words import day_text, party_name, the

if TYPE_CHECKING:
    from dragoman.desk.session import Desk
    from dragoman.model import Case
    from dragoman.record.views import Contact
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


MOST_BLOCKERS = 6


def likelihood(probability: float) -> str:
    """The ICD 203 words for a probability."""
    return next(words for edge, words in BINS if probability < edge)


def likely_agreement(probability: float) -> str:
    """The likelihood of an agreement as the beginning of a sentence."""
    words = likelihood(probability)
    return f"There is {words} of an agreement" if words.endswith("chance") else f"An agreement is {words}"


def judgements(desk: Desk) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """The key judgements, most important first; and who can block and what would move them."""
    found = [*_on_the_deal(desk), *_on_outcomes(desk), *_on_steps(desk), *_on_graph(desk), *_on_contacts(desk)]
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
    made = []
    if rate:
        text = (
            f"{likely_agreement(rate.value)}: talks of this kind end in one about "
            f"{share(rate.value)} of the time, by the base rate that the case states."
        )
        made.append(Point(text=text, ref=ref("forecast"), detail=rate.because))
    if package.agreement:
        words = (
            "At the values judged most fitting there is a deal that everybody whose consent is needed prefers to none"
        )
    else:
        words = "At the values judged most fitting no deal is better than none for everybody whose consent is needed"
    robust = "" if package.none is None else _in_draws(package.none)
    made.append(Point(text=f"{words}{robust}.", ref=ref("forecast"), detail=_who_blocks(package)))
    return made


def _in_draws(none: float) -> str:
    if none in {0.0, 1.0}:
        return (
            "; so it is in every draw of the judged values "
            f"({'none without' if none == 0 else 'none with'} a deal: robustness, not probability)"
        )
    return f"; none exists in {share(none)} of the draws (robustness, not probability)"


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
        text = (
            f"Carried out in {count_of(len(best.steps) - 1, 'step')} the deal enforces itself, "
            f"with {fixed(best.least_slack or 0, 1)} to spare."
        )
    else:
        binding = f" The plan that comes nearest {best.binding.words}." if best.binding else ""
        text = (
            "Neither all at once nor in steps does the deal enforce itself, at the values judged "
            f"most fitting.{binding}"
        )
    helped = [item.name for item in report.backers if item.some_plan[0] and not item.some_plan[1]]
    detail = (
        f"With {joined(helped, 'or')} as guarantor a plan holds."
        if helped
        else "No guarantor named in the case is enough by itself."
        if report.backers and not best.holds
        else ""
    )
    return [Point(text=text + robust, ref=ref("steps"), detail=detail)]


def _on_graph(desk: Desk) -> list[Point]:
    result = _result(desk, "graph")
    if result is None:
        return []
    from dragoman.show.views.graph import strong_states

    answer = result.answer
    today = answer.status_quo
    strong = strong_states(answer)
    if today is None:
        return [
            Point(
                text=f"{count_of(len(strong), 'state')} of {len(answer.states)} would hold once reached.",
                ref=ref("graph"),
            )
        ]
    words = answer.states[today].words
    if today in strong:
        text = f"Today's state ({words}) holds by itself: nobody gains by leaving it alone."
    else:
        text = f"Today's state ({words}) does not hold: somebody gains by leaving it."
    others = [answer.states[i].words for i in strong if i != today][:2]
    return [
        Point(
            text=text,
            ref=ref("graph"),
            detail=f"Others that would hold once reached: {'; '.join(others)}." if others else "",
        )
    ]


def _on_contacts(desk: Desk) -> list[Point]:
    if desk.record is None:
        return []
    pairs = [pair for pair in desk.record.contacts("person") if pair.held]
    if not pairs:
        return []
    most = max(pairs, key=lambda pair: (pair.held, pair.last or ""))
    times = {1: "once", 2: "twice"}.get(most.held, f"{most.held} times")
    text = (
        f"{party_name(most.a)} and {party_name(most.b)} met {times}, more often than any other two, last {_last(most)}."
    )
    mentions = _fetch.mentions(desk, most.meetings[-2:])
    from dragoman.show.views._words import evidence_of

    evidence = tuple(evidence_of(item) for items in mentions.values() for item in items[:1])
    return [
        Point(
            text=text, ref=ref("contacts"), evidence=evidence, detail=f"{count_of(most.sources, 'independent source')}."
        )
    ]


def _last(pair: Contact) -> str:
    return f"on {day_text(pair.last)}" if pair.last else "on a day not known"


def blockers(desk: Desk) -> tuple[Point, ...]:
    """Who can block, how often they do in the draws, and what it would take."""
    result = _result(desk, "nodeal")
    if result is None:
        return ()
    packages = [item for item in (*result.answer.packages, result.answer.together) if item]
    return tuple(point for package in packages for point in _blockers_of(desk, package))[:MOST_BLOCKERS]


def _blockers_of(desk: Desk, package: Any) -> list[Point]:
    """Who stands in the way of one package, the most frequent first."""
    case = desk.case_of()
    about = joined(
        case.issues[name].name.lower() if len(package.issues) > 2 else case.issues[name].name for name in package.issues
    )
    made = []
    for item in sorted(package.blockers, key=lambda one: -(one.share or 0)):
        if item.share:
            without = (
                f"; without its consent there would be one in {share(item.agreement)} of all draws"
                if item.agreement is not None
                else ""
            )
            how = f"{the(item.name)} alone stands in the way in {share(item.share)} of the draws without an agreement"
            made.append(
                Point(
                    text=f"{about[:1].upper()}{about[1:]}: {how}.",
                    ref=ref("forecast", issue=package.issues[0]),
                    tone="warn",
                    detail=f"No agreement in {share(package.none or 0)} of draws{without} (robustness).",
                )
            )
    return made[:2]
