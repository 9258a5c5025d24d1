"""The model over draws of a case, chunk by chunk, on this machine's processes if wanted.

A chunk's results are its draws' only, so that neither its size nor who computes it matters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.solve._distribution import chunks
from dragoman.solve.smp._case import Setting, input_of
from dragoman.solve.smp._options import Options
from dragoman.solve.smp._random import SeededUniforms
from dragoman.solve.smp._run import FAILED, WORK, Ends, Input, ends
from dragoman.solve.smp._state import places
from dragoman.solve.smp._votes import Flags, Floats, Ints, in_order

if TYPE_CHECKING:
    from dragoman.model import Case


@dataclass(frozen=True, kw_only=True)
class Draws:
    """``outcome`` (D, m) in the issues' units, ``turns``, ``status`` and ``ties`` (D,).

    ``likeliest`` (A,) counts the solved draws in which a party stands at the place most likely to win.
    """

    outcome: Floats
    turns: Ints
    status: Ints
    ties: Ints
    likeliest: Ints

    @property
    def solved(self) -> Flags:
        """The draws that have an outcome."""
        solved: Flags = np.not_equal(self.status, FAILED)
        return solved


@dataclass(frozen=True, kw_only=True)
class _Work:
    """One chunk's work, as it goes to another process."""

    given: Input
    how: Setting
    options: Options
    seed: int
    start: int


def over_draws(
    case: Case, how: Setting, options: Options, *, draws: int, seed: int, chunk: int | None = None, jobs: int = 1
) -> Draws | None:
    """The outcomes of ``draws`` draws; None for 0.

    ``chunk`` draws are held at once, by default so many that the arrays of pairs stay in
    the cache; ``jobs`` processes share the chunks (0: all cores).

    Raises:
        MethodError: a draw outside the model's domain, a negative number of draws, a chunk below 1.
        InputError: a negative number of jobs.
    """
    from dragoman.work import executor_for
    from dragoman.work import in_order as results

    size = max(1, WORK // len(how.parties) ** 2) if chunk is None else chunk
    with executor_for(jobs) as executor:
        parts = list(results(_solved, _chunks(case, how, options, draws=draws, seed=seed, size=size), executor))
    if not parts:
        return None
    return Draws(
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in ("outcome", "turns", "status", "ties")
        },
        likeliest=np.add.reduce([part.likeliest for part in parts], axis=0),
    )


def _chunks(case: Case, how: Setting, options: Options, *, draws: int, seed: int, size: int) -> Iterator[_Work]:
    for start, count in chunks(draws, size):
        table = case.arrays(how.issues, draws=count, seed=seed, start=start)
        yield _Work(given=input_of(table, how), how=how, options=options, seed=seed, start=start)


def _solved(work: _Work) -> Draws:
    uniforms = SeededUniforms(seed=work.seed, start=work.start + 1)
    found, again = _ends(work, uniforms)
    first = work.given.position[: len(found.status)]
    mean = in_order(np.swapaxes(found.position * found.by_place[:, :, None], 1, 2))
    outcome = work.how.units(np.clip(mean, first.min(axis=1), first.max(axis=1)))
    outcome[found.status == FAILED] = np.nan
    return Draws(
        outcome=outcome[again],
        turns=found.turns[again],
        status=found.status[again],
        ties=found.ties[again],
        likeliest=_likeliest(found)[again].sum(axis=0),
    )


def _ends(work: _Work, uniforms: SeededUniforms) -> tuple[Ends, Ints]:
    """The ends of a chunk and which of them is each draw's: draws that are all the same are computed once."""
    given = work.given
    arrays = (given.position, given.actors.salience, given.actors.capability)
    count = len(given.position)
    if work.options.transition == "Deterministic" and all((array == array[:1]).all() for array in arrays):
        one = np.arange(count) == 0
        given = Input(position=given.position[one], actors=given.actors.some(one), accommodation=given.accommodation)
        return ends(given, work.options, uniforms), np.zeros(count, dtype=np.intp)
    return ends(given, work.options, uniforms), np.arange(count)


def _likeliest(found: Ends) -> Flags:
    """Who stands at the place most likely to win, (K, A)."""
    _, stands_for = places(found.position)
    best = found.by_place.argmax(axis=1)
    mine: Flags = (stands_for == best[:, None]) & (found.status != FAILED)[:, None]
    return mine
