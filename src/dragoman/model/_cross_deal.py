"""Checks of the steps' part: performers, order, patience, guarantees, a plan that can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from dragoman.model._known import Found, Known, bounded, names_in, not_negative

if TYPE_CHECKING:
    from dragoman.model._case import Case
    from dragoman.model._deal import Guarantor, Measure
    from dragoman.model._faults import Path
    from dragoman.model._quantity import Quantity


def deal_faults(case: Case, known: Known) -> Iterator[Found]:
    """Every fault of measures, patience, hazard, guarantees, guarantors, values of no deal and plan."""
    for key, measure in case.measures.items():
        yield from _measure(measure, known, ("measures", key))
    yield from _cycles(case)
    for name in ("patience", "guarantees", "no_deal"):
        yield from names_in((name,), getattr(case, name), known.parties, "party", keys=True)
    for party, patience in case.patience.items():
        yield from bounded(("patience", party), patience, 0, 1, below=True)
    yield from bounded(("hazard",), case.hazard, 0, 1, below=True)
    yield from _each_not_negative(("guarantees",), case.guarantees)
    for key, guarantor in case.guarantors.items():
        yield from _guarantor(guarantor, known, ("guarantors", key))
    if not case.step_years > 0:
        yield ("step_years",), f"{case.step_years:g}", "a number of years above 0"
    if case.notice < 0:
        yield ("notice",), str(case.notice), "0 or more steps"
    yield from _plan(case, known)


def _each_not_negative(path: Path, numbers: Mapping[str, Quantity]) -> Iterator[Found]:
    for key, number in numbers.items():
        yield from not_negative((*path, key), number)


def _measure(measure: Measure, known: Known, here: Path) -> Iterator[Found]:
    if not measure.performers:
        yield (*here, "performers"), "a measure that nobody performs", "at least one party"
    yield from names_in((*here, "performers"), measure.performers, known.parties, "party")
    yield from names_in((*here, "once"), measure.once, known.parties, "party", keys=True)
    yield from names_in((*here, "flow"), measure.flow, known.parties, "party", keys=True)
    yield from names_in((*here, "after"), measure.after, known.measures, "measure")
    yield from bounded((*here, "undone"), measure.undone, 0, 1)
    if measure.undone is not None and not measure.reversible:
        yield (*here, "undone"), "a share undone of a measure that is not reversible", "reversible: true"
    if measure.option is not None:
        yield from names_in((*here, "option"), [measure.option], known.options, "option", single=True)


def _cycles(case: Case) -> Iterator[Found]:
    graph = {key: [name for name in measure.after if name in case.measures] for key, measure in case.measures.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        ring = list(reversed(error.args[1]))
        yield ("measures", ring[0], "after"), f"a circle: {' after '.join(ring)}", "an order without circles"


def _guarantor(guarantor: Guarantor, known: Known, here: Path) -> Iterator[Found]:
    numbers = {"punish": "penalty", "insure": "pays"}
    wanted = numbers.pop(guarantor.kind)
    (unwanted,) = numbers.values()
    if not getattr(guarantor, wanted):
        yield here, f"a guarantor of kind {guarantor.kind!r} without {wanted!r}", f"{wanted!r} by party"
    if getattr(guarantor, unwanted):
        yield (*here, unwanted), f"{unwanted!r} of a guarantor of kind {guarantor.kind!r}", f"{wanted!r} by party"
    for name in ("penalty", "pays"):
        yield from names_in((*here, name), getattr(guarantor, name), known.parties, "party", keys=True)
        yield from _each_not_negative((*here, name), getattr(guarantor, name))
    yield from not_negative((*here, "cost"), guarantor.cost)
    yield from not_negative((*here, "word_stake"), guarantor.word_stake)


def _plan(case: Case, known: Known) -> Iterator[Found]:
    done: dict[str, int] = {}
    for at, block in enumerate(case.plan):
        if not block:
            yield ("plan", at), "an empty step", "at least one measure"
        yield from names_in(("plan", at), block, known.measures, "measure")
        for name in block:
            if name in done and done[name] != at:
                yield ("plan", at), f"{name!r} in steps {done[name] + 1} and {at + 1}", "each measure once"
            done.setdefault(name, at)
    for name, at in done.items():
        for before in case.measures[name].after if name in case.measures else ():
            if done.get(before, at) >= at:
                where = "not in the plan" if before not in done else f"in step {done[before] + 1}"
                yield ("plan", at), f"{name!r} in step {at + 1}, {before!r} {where}", f"{before!r} in an earlier step"
