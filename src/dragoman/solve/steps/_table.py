"""A plan as a table and as a timeline, for files and pages."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.solve.steps._answer import PlanReport


def plan_table(parties: Sequence[str], plan: PlanReport) -> list[dict[str, str | float | None]]:
    """One row a step and party: what it does, its value, its slack, and what it would lose by a breakdown after it."""
    return [
        {
            "step": step.number,
            "phase": "standing" if not step.measures else "step",
            "party": name,
            "does": "; ".join(
                measure for measure, who in zip(step.measures, step.performers, strict=True) if name in who
            ),
            "value": step.value[place],
            "slack": step.slack[place],
            "at stake": step.at_stake[place],
        }
        for step in plan.steps
        for place, name in enumerate(parties)
    ]


def timeline(parties: Sequence[str], plan: PlanReport, step_years: float) -> list[dict[str, str | float | None]]:
    """One row a step: when it begins (years from the start), who does what, and where the plan is most fragile."""
    return [
        {
            "step": step.number,
            "begins": (step.number - 1) * step_years,
            "what": "; ".join(
                f"{', '.join(who)}: {measure}" for measure, who in zip(step.measures, step.performers, strict=True)
            )
            or "all stands",
            "least slack": min((value for value in step.slack if value is not None), default=None),
            "most fragile": _most_fragile(parties, step.slack),
        }
        for step in plan.steps
    ]


def _most_fragile(parties: Sequence[str], slack: Sequence[float | None]) -> str:
    known = [(value, name) for name, value in zip(parties, slack, strict=True) if value is not None]
    return min(known)[1] if known else ""
