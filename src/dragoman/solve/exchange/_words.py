"""The exchange model's findings in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dragoman.solve._wording import listed, names_of, near, number, start, the

if TYPE_CHECKING:
    from dragoman.model import Case
    from dragoman.solve.exchange._answer import DealRow, ExchangeAnswer, IssueExchange

MOST_DEALS = 4


def sentences(case: Case, answer: ExchangeAnswer) -> tuple[str, ...]:
    """Outcomes by issue, which issues are traded for which, and the first exchanges of the one path."""
    names = names_of(case)
    words = [_outcome(case, item) for item in answer.issues]
    if answer.traded:
        pairs = [
            f"{listed((case.issues[name].name for name in row.issues), 'for')} ({number(row.times)} times a draw)"
            for row in answer.traded[:3]
        ]
        words.append(f"Traded most: {listed(pairs)}.")
    if answer.gains:
        ranked = sorted(answer.gains, key=lambda party: -answer.gains[party])
        words.append(start(f"{the(names[ranked[0]])} gains most as a partner, {the(names[ranked[-1]])} least."))
    first = [deal for deal in answer.deals if deal.round == 1][:MOST_DEALS]
    words += [_deal(case, names, deal) for deal in first]
    if len(answer.deals) > len(first):
        words.append(f"On the one path {len(answer.deals) - len(first)} more exchanges follow.")
    if not answer.deals:
        words.append("No two parties have anything to exchange.")
    return tuple(words)


def _outcome(case: Case, item: IssueExchange) -> str:
    issue = case.issues[item.issue]
    if item.over_draws is None:
        return f"{item.name}: from {number(item.start)} to {number(item.central)}{near(issue, item.central)}."
    at = item.over_draws.quantiles
    shift = item.shift or 0.0
    way = "hardly moved" if abs(shift) < (item.high - item.low) / 200 else f"moved by {shift:+.1f} on average"
    return (
        f"{item.name}: {number(at[50])}{near(issue, at[50])} in the middle of the draws, 90 % of them between "
        f"{number(at[5])} and {number(at[95])}; {way} by exchanges."
    )


def _deal(case: Case, names: Mapping[str, str], deal: DealRow) -> str:
    moves = [
        f"{the(names[giver])} moves its vote from {number(before)} to {number(after)} on {case.issues[issue].name}"
        for giver, issue, before, after in zip(deal.givers, deal.issues, deal.before, deal.after, strict=True)
    ]
    losers = sorted(
        (party for party, value in deal.external.items() if value < -0.005), key=lambda party: deal.external[party]
    )
    tail = f"; {the(names[losers[0]])} loses most by it" if losers else ""
    return (
        f"First round, on the one path: {moves[0]}, and {moves[1]} because each gains {number(deal.gain)} by it{tail}."
    )


def warnings(case: Case, answer: ExchangeAnswer) -> tuple[str, ...]:
    """Ties on the path, and issues that the model leaves out."""
    words = []
    if answer.ties:
        words.append(
            f"{answer.ties} equal gains on the one path were settled by the order of parties and issues; other orders "
            "end elsewhere: take the draws, not the path"
        )
    side = [issue.name for issue in case.issues.values() if issue.side]
    if side:
        words.append(f"side disputes are left out: {listed(side)}")
    return tuple(words)
