"""The turns of the spatial model of politics over draws, until each comes to rest.

A draw ends with one of :data:`STATUSES`.  *rest*: a turn moved less than 2 % of the
first one.  *limit*: ``max_turns`` were not enough.  *undefined*: all positions are equally
likely to win, so that risk attitudes are 0/0.  *failed*: a utility left its domain or
a Markov election did not settle.

Every draw is computed by the same operations in the same order whatever other draws
stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve.smp._options import (
    FEWEST_ACTORS,
    MIN_TURNS,
    MOST_ACTORS,
    STOP_OFFSET,
    STOP_RATIO,
    Options,
)
from dragoman.solve.smp._random import SeededUniforms, Uniforms
from dragoman.solve.smp._state import Actors, Chances, State, assess, moved, reported
from dragoman.solve.smp._turn import Turn, turn
from dragoman.solve.smp._votes import Flags, Floats, Ints

STATUSES = ("rest", "limit", "undefined", "failed")
REST, LIMIT, UNDEFINED, FAILED = range(4)
WORK = 1 << 15
DEFAULT = Options()
SEEDED = SeededUniforms()


@dataclass(frozen=True, kw_only=True)
class Input:
    """Positions and saliences (K, A, D) and capabilities (K, A), checked, with ``accommodation`` (A, A) or None."""

    position: Floats
    actors: Actors
    accommodation: Floats | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One assessed state, its reported chances, and the turn that leads on from it (None for the last)."""

    state: State
    chances: Chances
    turn: Turn | None


@dataclass(frozen=True, kw_only=True)
class Path:
    """One run: its states with all that led from one to the next, and how it ended."""

    steps: tuple[Step, ...]
    status: str

    @property
    def positions(self) -> Floats:
        """(T + 1, A, D), in 0..1."""
        return np.stack([step.state.position[0] for step in self.steps])

    @property
    def chances(self) -> Floats:
        """The reported chance of each actor's position, (T + 1, A)."""
        return np.stack([step.chances.by_actor[0] for step in self.steps])

    @property
    def turns(self) -> int:
        """T, the turns taken."""
        return len(self.steps) - 1


@dataclass(frozen=True, kw_only=True)
class Ends:
    """The last state of each draw.

    ``position`` (K, A, D); ``by_place`` (K, A) the chance of each distinct position;
    ``turns``, ``status`` (an index of :data:`STATUSES`) and ``ties`` (choices that hung on
    an order), (K,) each.
    """

    position: Floats
    by_place: Floats
    turns: Ints
    status: Ints
    ties: Ints


def prepare(position: Floats, salience: Floats, capability: Floats, accommodation: Floats | None = None) -> Input:
    """Check the numbers of one draw, (A, D), (A, D) and (A,), or of K draws.

    A total salience that rounding has put above 1 by at most 1e-12 counts as 1.

    Raises:
        MethodError: shapes differ, a number is missing or out of its domain, fewer than 3
            or more than 250 actors.
    """
    x, s = (np.asarray(array, dtype=float) for array in (position, salience))
    c = np.asarray(capability, dtype=float)
    if x.ndim == 2:
        x, s, c = x[None], s[None], c[None]
    if x.ndim != 3 or s.shape != x.shape or c.shape != x.shape[:2]:
        raise MethodError(
            "smp",
            f"shapes {x.shape}, {s.shape}, {c.shape}",
            "positions, saliences (draws, actors, issues), capabilities",
        )
    if not FEWEST_ACTORS <= x.shape[1] <= MOST_ACTORS:
        raise MethodError("parties", f"{x.shape[1]} actors", f"from {FEWEST_ACTORS} to {MOST_ACTORS}")
    if not x.shape[2]:
        raise MethodError("issues", "no issues", "at least one issue with positions")
    _check_range("positions", x, 0.0, 1.0)
    _check_range("saliences", s, 0.0, 1.0)
    if not (np.isfinite(c).all() and (c > 0).all()):
        raise MethodError("capabilities", "a missing, negative or zero capability", "finite numbers above 0")
    total = np.add.accumulate(s, axis=2)[:, :, -1]
    if (total <= 0).any():
        raise MethodError("saliences", "an actor to whom nothing matters", "a salience above 0 on some issue")
    if (total > 1 + 1e-12).any():
        raise MethodError("saliences", f"an actor's add up to {total.max():.6g}", "at most 1 over the issues")
    actors = Actors(salience=s, total=np.minimum(total, 1.0), capability=c)
    return Input(position=x, actors=actors, accommodation=_accommodation(accommodation, x.shape[1]))


def _check_range(name: str, values: Floats, low: float, high: float) -> None:
    wrong = ~((values >= low) & (values <= high))
    if wrong.any():
        raise MethodError(name, f"{values[wrong][0]:.6g}", f"numbers from {low:.0f} to {high:.0f}")


def _accommodation(given: Floats | None, actors: int) -> Floats | None:
    if given is None:
        return None
    matrix = np.asarray(given, dtype=float)
    if matrix.shape != (actors, actors):
        raise MethodError("accommodation", f"shape {matrix.shape}", f"({actors}, {actors})")
    _check_range("accommodation", matrix, 0.0, 1.0)
    if (matrix.sum(axis=1) > 1 + 1e-10).any():
        raise MethodError("accommodation", "a row that adds up to more than 1", "at most 1 an actor")
    return matrix


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The draws that are still under way before turn ``at`` + 1.

    ``draws`` (n,) their numbers, ``state`` theirs, ``status`` (n,) -1 for those that go on;
    ``going`` (n,) those that ``turn`` was tried for, None where there are none.
    """

    at: int
    draws: Ints
    state: State
    actors: Actors
    status: Ints
    going: Flags
    turn: Turn | None


def march(given: Input, options: Options, uniforms: Uniforms) -> Iterator[Stage]:
    """The stages of all draws, until none goes on."""
    draws, actors = np.arange(len(given.position)), given.actors
    position = ideal = given.position
    step = first = np.full(len(draws), np.inf)
    for at in range(options.max_turns + 1):
        state = assess(position, ideal, actors, options)
        status = _status(at, state, step, first, options)
        going = status < 0
        taken = None
        if going.any():
            uniform = uniforms.of(at, draws[going], position.shape[1]) if options.transition == "Stochastic" else None
            movers = actors.some(going)
            taken = turn(state.some(going), movers, options, accommodation=given.accommodation, uniform=uniform)
            status[np.flatnonzero(going)[taken.failed]] = FAILED
        yield Stage(at=at, draws=draws, state=state, actors=actors, status=status, going=going, turn=taken)
        on, left = status < 0, None if taken is None else ~taken.failed
        if taken is None or left is None or not on.any():
            return
        before, position, ideal = position[on], taken.position[left], taken.ideal[left]
        step = moved(before, position)
        first = step if at == 0 else first[on]
        draws, actors = draws[on], actors.some(on)


def _status(at: int, state: State, step: Floats, first: Floats, options: Options) -> Ints:
    """How each draw ends in this state, -1 where it goes on."""
    rests = (
        (step / (first + STOP_OFFSET) < STOP_RATIO) if at >= MIN_TURNS else np.zeros(len(state.position), dtype=bool)
    )
    failed = ~state.election.settled | state.outside
    limit = np.full(len(rests), at >= options.max_turns)
    return np.select([failed, rests, state.undefined, limit], [FAILED, REST, UNDEFINED, LIMIT], -1)


def path(given: Input, options: Options = DEFAULT, uniforms: Uniforms = SEEDED) -> Path:
    """One run with everything kept; ``given`` holds one draw.

    Raises:
        MethodError: there is more than one draw.
    """
    if len(given.position) != 1:
        raise MethodError("smp", f"{len(given.position)} draws", "one draw; ends takes many")
    steps, status = [], -1
    for stage in march(given, options, uniforms):
        chances = reported(stage.state, stage.actors, options)
        status = int(stage.status[0]) if chances.settled[0] else FAILED
        steps.append(Step(state=stage.state, chances=chances, turn=stage.turn if status < 0 else None))
        if status >= 0:
            break
    return Path(steps=tuple(steps), status=STATUSES[status])


def ends(given: Input, options: Options = DEFAULT, uniforms: Uniforms = SEEDED) -> Ends:
    """The last state of each draw."""
    count = len(given.position)
    position, by_place = np.empty_like(given.position), np.empty(given.position.shape[:2])
    turns, status, ties = (np.zeros(count, dtype=np.intp) for _ in range(3))
    for stage in march(given, options, uniforms):
        if stage.turn is not None:
            tied = stage.turn.targets.tied | stage.turn.choices.tied
            ties[stage.draws[stage.going]] += tied.sum(axis=1)
        over = stage.status >= 0
        if over.any():
            here = stage.draws[over]
            chances = reported(stage.state.some(over), stage.actors.some(over), options)
            position[here], by_place[here] = stage.state.position[over], chances.by_place
            turns[here], status[here] = stage.at, np.where(chances.settled, stage.status[over], FAILED)
    return Ends(position=position, by_place=by_place, turns=turns, status=status, ties=ties)
