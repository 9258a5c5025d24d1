"""The findings of the stakes as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.solve._wording import possessive, start, the
from dragoman.solve.stakes._answer import CorridorReport, Gain, ProjectReport, StakesAnswer, TradeReport

if TYPE_CHECKING:
    from dragoman.model import Case
    from dragoman.solve.stakes._join import Region


def money(value: float, currency: str) -> str:
    """A sum in words: "1.2 billion USD"."""
    for size, word in ((1e9, " billion"), (1e6, " million"), (1e3, " thousand")):
        if abs(value) >= size:
            return f"{value / size:.3g}{word} {currency}".strip()
    return f"{value:.3g} {currency}".strip()


def sentences(case: Case, answer: StakesAnswer) -> tuple[str, ...]:
    """Who gains, how much, on what it hangs, and whether it holds the deal together."""
    words = [_gain(item, answer.currency) for item in answer.gains]
    words += [_project(case, item, answer.currency) for item in answer.projects]
    if answer.corridors:
        words += _corridors(case, answer.corridors, answer.currency)
    if answer.trade:
        words.append(_trade(answer.trade))
    if answer.region:
        words += _region(answer.region, answer.currency)
    return tuple(words)


def _gain(item: Gain, currency: str) -> str:
    money_ = item.money
    spread = f"{money(money_.low, currency)} to {money(money_.high, currency)}"
    points = f", worth {item.points.mean:.2g} points to it" if item.points else ""
    verb = "gains" if money_.mean >= 0 else "loses"
    return start(
        f"{the(item.name)} {verb} {money(abs(money_.mean), currency)} a year from the stakes on average "
        f"({spread} in nine draws of ten){points}."
    )


def _project(case: Case, item: ProjectReport, currency: str) -> str:
    worth = ", ".join(
        f"{the(case.parties[row.party].name or row.party)} {money(row.value.mean, currency)}" for row in item.parties
    )
    widest = item.tornado[0].path.rsplit(".", 1)[-1].replace("_", " ") if item.tornado else "nothing uncertain"
    hangs = " and ".join(case.measures[name].name or name for name in item.hangs_on) or "nothing"
    return f"{item.name} (hangs on: {hangs}) is worth today, by party: {worth}; it turns most on the {widest}."


def _corridors(case: Case, report: CorridorReport, currency: str) -> list[str]:
    places = case.stakes.corridors.places if case.stakes.corridors else {}
    words = []
    for item in report.demands:
        if item.before is None or item.after is None:
            continue
        route = ", ".join(places[name].name if name in places else name for name in item.after.places)
        words.append(
            f"Freight {item.demand}: {item.shifted.mean / item.tonnes:.0%} would shift to {route} "
            f"({item.before.days:.0f} days before, {item.after.days:.0f} after; fare a tonne "
            f"{money(item.before.fare, currency)} before, {money(item.after.fare, currency)} after)."
        )
    paid = ", ".join(
        f"{the(case.parties[name].name or name)} {money(spread.mean, currency)}"
        for name, spread in report.income.items()
    )
    if paid:
        words.append(f"Fees along the routes, net of those lost elsewhere, a year: {paid}.")
    return words


def _trade(report: TradeReport) -> str:
    best = sorted(report.countries, key=lambda row: -row.real.mean)
    first = ", ".join(f"{row.country} {100 * row.real.mean:+.3f} %" for row in best[:3])
    last = best[-1]
    return (
        f"Trade ({report.baseline} baseline), change of real expenditure: {first}; least {last.country} "
        f"{100 * last.real.mean:+.3f} %."
    )


def _region(region: Region, currency: str) -> list[str]:
    reach, expected = money(region.income[-1], currency), money(region.expected, currency)
    measures = " and ".join(f"“{name}”" for name in region.measures)
    head = (
        f"Without a guarantor, over {possessive(region.party)} yearly income from {measures} and the value that "
        f"it sets on “{region.gives_up}”"
    )
    if all(value is None for value in region.needed):
        short = -max(max(row) for row in region.slack)
        verdict = (
            f"no plan holds anywhere up to {reach} a year (expected: {expected}); the nearest, short by {short:.2f}, "
            f"{region.binds}"
        )
    else:
        cells = [value >= -1e-9 for row in region.slack for value in row]
        turn = _turn(region, currency)
        part = sum(cells) / len(cells)
        verdict = f"a plan holds in {part:.0%} of the region up to {reach} a year; {turn} (expected: {expected})"
    return [f"{head}: {verdict}.", *_robust(region, currency)]


def _turn(region: Region, currency: str) -> str:
    middle = region.needed[len(region.cost) // 2]
    if middle is None:
        return "at the middle of that value no income so high suffices"
    return f"at the middle of that value it takes {money(middle, currency)} a year"


def _robust(region: Region, currency: str) -> list[str]:
    if not region.robust:
        return []
    best = max(range(len(region.robust)), key=lambda place: region.robust[place])
    here = min(range(len(region.income)), key=lambda place: abs(region.income[place] - region.expected))
    words = (
        f"Over draws of all other judged values, a plan of those tried holds in {region.robust[here]:.0%} at the "
        f"expected income and in {region.robust[best]:.0%} at best, at {money(region.income[best], currency)} a year: "
        "robustness, not probability."
    )
    return [words]
