"""The findings of the stakes as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.solve._wording import listed, possessive, share, start, the
from dragoman.solve.stakes._answer import (
    CorridorReport,
    DemandReport,
    Gain,
    ProjectReport,
    Spread,
    StakesAnswer,
    TradeReport,
)
from dragoman.solve.steps._evaluate import TOLERANCE

if TYPE_CHECKING:
    from dragoman.model import Case
    from dragoman.solve.stakes._region import Region

BASELINES = {
    "observed": "observed baseline",
    "fitted": "baseline fitted by the gravity model",
    "before": "baseline from before the borders closed",
}


def money(value: float, currency: str) -> str:
    """A sum in words: "1.2 billion USD"."""
    for size, word in ((1e9, " billion"), (1e6, " million"), (1e3, " thousand")):
        if abs(value) >= size:
            return f"{value / size:.3g}{word} {currency}".strip()
    return f"{value:.3g} {currency}".strip()


def sentences(case: Case, answer: StakesAnswer) -> tuple[str, ...]:
    """Who gains, how much, on what it hangs, and whether it holds the deal together."""
    words = [_who(answer.gains, answer.currency)] if answer.gains else []
    words += _region(answer.region, answer.currency) if answer.region else []
    words += [_gain(case, item, answer.currency) for item in answer.gains]
    words += [_project(case, item, answer.currency) for item in answer.projects]
    if answer.corridors:
        words += _corridors(case, answer.corridors, answer.currency)
    if answer.trade:
        words.append(_trade(answer.trade, answer.currency))
    return tuple(words)


def _who(gains: tuple[Gain, ...], currency: str) -> str:
    """All parties in one sentence, the greatest gain in its own eyes first."""
    ranked = sorted(gains, key=lambda item: -(item.points.mean if item.points else 0.0))
    parts = [
        f"{the(item.name)} {'gains' if item.money.mean >= 0 else 'loses'} {money(abs(item.money.mean), currency)}"
        + (f" ({abs(item.points.mean):.2g} points)" if item.points else "")
        for item in ranked
    ]
    return f"A year, on average and before what they put in: {listed(parts)}."


def _gain(case: Case, item: Gain, currency: str) -> str:
    income, net = item.money, item.net
    verb = "gains" if income.mean >= 0 else "loses"
    points = f", worth {item.points.mean:.2g} points to it" if item.points else ""
    words = (
        f"{the(item.name)} {verb} {money(abs(income.mean), currency)} a year on average "
        f"({_between(income, currency)} in nine draws of ten){points}"
    )
    names = [f"“{case.measures[name].name or name}”" for name in item.hangs_on if name in case.measures]
    if names:
        words += f", as long as {listed(names)} {'stands' if len(names) == 1 else 'stand'}"
    if net.mean != income.mean:
        words += f"; after what it puts in, {money(net.mean, currency)} ({_between(net, currency)})"
    return start(f"{words}.")


def _between(spread: Spread, currency: str) -> str:
    return f"{money(spread.low, currency)} to {money(spread.high, currency)}"


def _project(case: Case, item: ProjectReport, currency: str) -> str:
    worth = ", ".join(
        f"{the(case.parties[row.party].name or row.party)} {money(row.value.mean, currency)}" for row in item.parties
    )
    widest = f"; it turns most on the {item.tornado[0].label}" if item.tornado else ""
    hangs = " and ".join(case.measures[name].name or name for name in item.hangs_on) or "nothing"
    return (
        f"{item.name} (hangs on: {hangs}; income from year {item.start}) is worth today, after what each puts in: "
        f"{worth}{widest}."
    )


def _corridors(case: Case, report: CorridorReport, currency: str) -> list[str]:
    words = [_demand(case, item, currency) for item in report.demands if item.after is not None]
    paid = ", ".join(
        f"{the(case.parties[name].name or name)} {money(spread.mean, currency)}"
        for name, spread in report.income.items()
    )
    if paid:
        words.append(f"Fees along the routes, less those lost on routes left, a year: {paid}.")
    return words


def _demand(case: Case, item: DemandReport, currency: str) -> str:
    places = case.stakes.corridors.places if case.stakes.corridors else {}
    after = item.after
    route = " - ".join(places[name].name for name in after.places) if after else ""
    part = item.shifted.mean / item.tonnes if item.tonnes else 0.0
    words = f"Freight {item.name}: {share(part)} would shift to the deal's routes, most cheaply {route}"
    if item.before is None or after is None:
        return f"{words}; it has no route today."
    saved = item.saved_money.mean
    yearly = f"{money(abs(saved), currency)} a year {'less' if saved >= 0 else 'more'} in fares"
    return (
        f"{words} ({item.before.days:.0f} days before, {after.days:.0f} after; fare a tonne "
        f"{money(item.before.fare, currency)} before, {money(after.fare, currency)} after); over all that shifts, "
        f"{yearly} and {item.saved_days.mean / 1e6:.2g} million tonne-days saved."
    )


def _trade(report: TradeReport, currency: str) -> str:
    rows = [
        f"{row.country} {100 * row.real.mean:+.2g} % ({100 * row.real.low:+.2g} to {100 * row.real.high:+.2g} %"
        + (f"; {money(row.money.mean, currency)} a year)" if row.money is not None else ")")
        for row in sorted(report.countries, key=lambda row: -abs(row.real.mean))[:4]
    ]
    return (
        f"Trade ({BASELINES[report.baseline]}; deficits {report.deficits}), change of real expenditure: "
        f"{', '.join(rows)}."
    )


def _region(region: Region, currency: str) -> list[str]:
    reach, expected = money(region.income[-1], currency), money(region.expected, currency)
    measures = listed(f"“{name}”" for name in region.measures)
    head = (
        f"Without a guarantor, over {possessive(region.party)} yearly income from {measures} and the value that "
        f"it sets on “{region.gives_up}” ({_ends(region.cost)} points)"
    )
    cells = [value >= -TOLERANCE for row in region.slack for value in row]
    if any(cells):
        verdict = (
            f"a plan holds in {share(sum(cells) / len(cells))} of the region up to {reach} a year; "
            f"{_turn(region.needed, currency)} (expected: {expected})"
        )
    else:
        verdict = f"no plan holds anywhere up to {reach} a year (expected: {expected}); the nearest {region.binds}"
    return [f"{head}: {verdict}.", _own(region, currency), *_robust(region, currency)]


def _ends(cost: tuple[float, ...]) -> str:
    return f"{cost[0]:.3g} to {cost[-1]:.3g}" if len(cost) > 1 else f"{cost[0]:.3g}"


def _turn(needed: tuple[float | None, ...], currency: str) -> str:
    found = [value for value in needed if value is not None]
    if len(found) < len(needed):
        part = len(found) / len(needed)
        least = f", from {money(min(found), currency)} on" if found else ""
        return f"some income suffices at {share(part)} of these values{least}"
    low, high = money(min(found), currency), money(max(found), currency)
    return f"it takes {low} to {high} a year, by what is given up" if low != high else f"it takes {low} a year"


def _own(region: Region, currency: str) -> str:
    others = [f"{the(name)} {value:.2g}" for name, value in region.short.items() if value > TOLERANCE]
    words = (
        f"Looking only at whether {the(region.party)} itself would keep some plan, {_turn(region.own_needed, currency)}"
    )
    if others:
        words += f"; at the nearest point the guarantees still needed are, in points: {', '.join(others)}"
    return f"{words}."


def _robust(region: Region, currency: str) -> list[str]:
    if not region.robust:
        return []
    best = max(range(len(region.robust)), key=region.robust.__getitem__)
    here = min(range(len(region.income)), key=lambda place: abs(region.income[place] - region.expected))
    words = (
        f"Over draws of all other judged values, a plan of those tried holds in {share(region.robust[here])} at the "
        f"expected income and in {share(region.robust[best])} at best, at {money(region.income[best], currency)} a "
        "year: robustness, not probability."
    )
    return [words]
