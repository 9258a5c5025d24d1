"""The findings of the steps as sentences that an analyst could put in a memo."""

from __future__ import annotations

from dragoman.solve.steps._answer import BackerReport, PlanReport, RegimeReport, StepsAnswer

REGIMES = {
    "credible": "if only reversals that pay their maker are carried out after a breakdown",
    "snapback": "if every reversible measure snaps back after a breakdown",
}


def sentences(answer: StepsAnswer) -> tuple[str, ...]:
    """The findings, regime by regime."""
    return tuple(words for report in answer.regimes for words in _regime_sentences(answer, report))


def _regime_sentences(answer: StepsAnswer, report: RegimeReport) -> list[str]:
    under = REGIMES[report.regime]
    words = [_once_sentence(report.plans[0], under), _best_sentence(answer, report, under)]
    if report.shares:
        shares = report.shares
        open_ = f"; {shares.open:.0%} were left open" if shares.open else ""
        words.append(
            f"Over {shares.draws} draws of the judged values, {under}: all at once holds in {shares.at_once:.0%}, "
            f"some plan in {shares.some:.0%}, none in {shares.none:.0%}{open_} (robustness, not probability)."
        )
        if shares.matters:
            first = shares.matters[0]
            words.append(
                f"The answer hangs most on the {first.value}: between the lower and the upper half of its range the "
                f"share of draws with a plan that holds changes by {100 * first.change:+.0f} percentage points."
            )
    words.extend(_backer_sentence(item, under) for item in report.backers)
    return words


def _once_sentence(once: PlanReport, under: str) -> str:
    verdict = "holds" if once.holds else "does not hold"
    how = f": it {once.binding.words}" if once.binding else ""
    plural = "All at once" if len(once.steps) <= 2 else f"As fast as the order allows ({len(once.steps) - 1} steps)"
    return f"{plural} the deal {verdict}, {under}{how}."


def _best_sentence(answer: StepsAnswer, report: RegimeReport, under: str) -> str:
    if not any(item.plan is not None for item in report.searches[:3]):
        nearest = report.plans[-1]
        needs = _needs(answer, nearest)
        tail = f" It would hold with a further penalty for a breach of {needs}." if needs else ""
        how = f"; the nearest {nearest.binding.words}" if nearest.binding else ""
        return f"No sequence of steps holds by itself, {under}{how}.{tail}"
    best = next(item for item in report.plans if item.holds)
    count = len(best.steps) - 1
    order = "; then ".join(", ".join(step.measures) for step in best.steps[:-1])
    how = f" It {best.binding.words}." if best.binding else ""
    joins = "" if best.worth_joining else " Not every party is better off with it than with no deal."
    return f"A sequence of {count} step{'s' if count > 1 else ''} holds by itself, {under}: {order}.{how}{joins}"


def _needs(answer: StepsAnswer, plan: PlanReport) -> str:
    rows = [
        f"{value:.2f} on {name}" for name, value in zip(answer.parties, plan.guarantee_needed, strict=True) if value > 0
    ]
    return ", ".join(rows)


def _backer_sentence(item: BackerReport, under: str) -> str:
    if not item.counts:
        short = f"acting would cost it {-item.slack:.2f} more than its word is worth"
        return f"{item.name} as guarantor adds nothing: {short}."
    with_, without = item.least_slack
    change = f"the best plan's least slack goes from {without:.2f} to {with_:.2f}"
    if item.some_plan == (True, False):
        return f"With {item.name} as guarantor a plan holds that does not hold without it, {under}: {change}."
    verdict = "plans hold with it and without it" if item.some_plan[1] else "no plan holds even with it"
    return f"With {item.name} as guarantor {verdict}, {under}: {change}."
