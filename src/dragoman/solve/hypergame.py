"""Misperception: a conflict that its parties see differently (first-level hypergames).

Wang, Hipel and Fraser 1988; Aljefri, Bashar, Fang and Hipel 2018 (in the graph model).

1. A *view* is a scenario of the case: what a party believes of options, infeasible states
   and preferences.  A party without one sees the case as it stands.
2. In each view the graph model gives for every party the states that are stable.
3. A state *holds* when each party, in its own view, is stable at it: nobody moves, each for
   its own reasons.  A state that a party's view does not contain cannot hold for it.
4. Three kinds of states: *shared*, equilibria in every view; *believed*, equilibria in the
   view of a party that do not hold (it will see them left: a surprise); *unforeseen*, states
   that hold and are no equilibrium in some party's view.
5. *Strategic surprise*: where believed equilibria of a view are left, who leaves it and for
   which state, by the leaver's own view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import MethodError, UnknownNameError
from dragoman.solve._methods import Method
from dragoman.solve._wording import listed, names_of
from dragoman.solve.graph import CONCEPTS, Problem, Sanctions, analyse, problem_of, why
from dragoman.solve.result import Result, result_of

if TYPE_CHECKING:
    from dragoman.model import Case

__all__ = ["HypergameAnswer", "Surprise", "ViewRow", "solve"]

METHOD = Method(
    name="hypergame",
    place=13,
    title="Misperception",
    answers="which states hold where the parties see the conflict differently, and who is surprised",
    needs="options",
)
CITATION = "Wang, Hipel, Fraser 1988; Aljefri, Bashar, Fang, Hipel 2018 (first-level hypergames in the graph model)"
CAVEATS = (
    "Each party is taken to act on its own view and to learn nothing from what it sees.",
    "What a party believes is a judgement about a judgement: state on what it rests.",
)
MOST_TOLD = 6
State = frozenset[str]


@dataclass(frozen=True, kw_only=True)
class ViewRow:
    """One view: its scenario (empty: the case as it stands), whose it is, and its equilibria as options taken."""

    scenario: str
    parties: tuple[str, ...]
    equilibria: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Surprise:
    """``party`` believes that ``state`` lasts, and ``leaver``, by its own view, leaves it for ``to`` (None: unseen)."""

    party: str
    state: tuple[str, ...]
    leaver: str
    to: tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True)
class HypergameAnswer:
    """States as the options taken: those that hold, those in every view, those nobody or not everybody foresees."""

    concept: str
    views: tuple[ViewRow, ...]
    holds: tuple[tuple[str, ...], ...]
    shared: tuple[tuple[str, ...], ...]
    unforeseen: tuple[tuple[str, ...], ...]
    surprises: tuple[Surprise, ...]


@dataclass(frozen=True, kw_only=True)
class _View:
    """A view solved: its problem, the place of each state, and by party the states that are stable."""

    problem: Problem
    place: Mapping[State, int]
    stable: Mapping[str, frozenset[State]]
    equilibria: frozenset[State]


def solve(
    case: Case,
    *,
    method: str = "hypergame",
    draws: int = 0,  # noqa: ARG001 - every method takes it
    seed: int = 0,
    views: Mapping[str, str] | None = None,
    concept: str = "SEQ",
    sanctions: Sanctions = "sequences",
) -> Result:
    """Which states hold where each party acts on its own view.

    Args:
        case: the case with options and preferences, as it is.
        method: the name under which the result is filed.
        draws: not used; views are judged whole.
        seed: not used.
        views: by party the scenario of the case that says what it believes.
        concept: NASH, SEQ, GMR or SMR.
        sanctions: what others may answer with, as in ``graph``.

    Raises:
        MethodError: no views are given, or a view has other parties with options than the case.
        UnknownNameError: no such party, scenario or concept.
    """
    if concept not in CONCEPTS:
        raise UnknownNameError("concept", concept, CONCEPTS)
    given = dict(views or {})
    if not given:
        raise MethodError(
            "views", "no views", 'by party a scenario of the case, as in views={"North": "as-north-sees"}'
        )
    for party in given:
        if party not in case.parties:
            raise UnknownNameError("party", party, tuple(case.parties))
    names = list(dict.fromkeys(["", *given.values()]))
    solved = {name: _view(case.with_scenario(name) if name else case, concept, sanctions) for name in names}
    parties = solved[""].problem.party_ids
    for name, view in solved.items():
        if view.problem.party_ids != parties:
            raise MethodError(
                f"scenario {name}", listed(view.problem.party_ids), f"the movers of the case, {listed(parties)}"
            )
    answer = _answer(given, solved, parties, concept, sanctions)
    return result_of(
        case,
        method,
        answer,
        reasons=_sentences(case, answer),
        parameters={"views": given, "concept": concept, "sanctions": sanctions},
        seed=seed,
        draws=0,
        citation=CITATION,
        caveats=CAVEATS,
        warnings=tuple(
            f"{case.parties[party].name} has no option and no preferences, so that its view changes nothing"
            for party in given
            if party not in parties
        ),
    )


def _view(case: Case, concept: str, sanctions: Sanctions) -> _View:
    problem = problem_of(case)
    flags = analyse(problem.conflict, sanctions=sanctions).by_concept[concept]
    ids = problem.option_ids
    states = [
        frozenset(name for at, name in enumerate(ids) if bits >> at & 1) for bits in problem.conflict.states.tolist()
    ]
    return _View(
        problem=problem,
        place={state: at for at, state in enumerate(states)},
        stable={
            party: frozenset(state for state, holds in zip(states, flags[at], strict=True) if holds)
            for at, party in enumerate(problem.party_ids)
        },
        equilibria=frozenset(state for at, state in enumerate(states) if flags[:, at].all()),
    )


def _answer(
    given: Mapping[str, str], solved: Mapping[str, _View], parties: tuple[str, ...], concept: str, sanctions: Sanctions
) -> HypergameAnswer:
    own = {party: solved[given.get(party, "")] for party in parties}
    holds = frozenset.intersection(*(own[party].stable[party] for party in parties))
    held = {name: [party for party in parties if given.get(party, "") == name] for name in solved}
    seen = [view for name, view in solved.items() if held[name]]
    order = list(next(iter(solved.values())).problem.option_ids)
    surprises = [
        Surprise(party=party, state=_taken(order, state), leaver=leaver, to=to)
        for party in parties
        for state in _sorted(order, own[party].equilibria - holds)
        for leaver, to in _leavers(own, state, order, concept, sanctions)
        if leaver != party
    ]
    return HypergameAnswer(
        concept=concept,
        views=tuple(
            ViewRow(
                scenario=name,
                parties=tuple(held[name]),
                equilibria=tuple(_taken(order, state) for state in _sorted(order, view.equilibria)),
            )
            for name, view in solved.items()
        ),
        holds=tuple(_taken(order, state) for state in _sorted(order, holds)),
        shared=tuple(
            _taken(order, one) for one in _sorted(order, frozenset.intersection(*(view.equilibria for view in seen)))
        ),
        unforeseen=tuple(
            _taken(order, one) for one in _sorted(order, holds) if any(one not in view.equilibria for view in seen)
        ),
        surprises=tuple(surprises),
    )


def _leavers(
    own: Mapping[str, _View], state: State, order: list[str], concept: str, sanctions: Sanctions
) -> list[tuple[str, tuple[str, ...] | None]]:
    """Who leaves a state by its own view, and for which; a state that the view lacks is left for none that it knows."""
    found: list[tuple[str, tuple[str, ...] | None]] = []
    for party, view in own.items():
        if state in view.stable[party]:
            continue
        if state not in view.place:
            found.append((party, None))
            continue
        problem = view.problem
        place = problem.party_ids.index(party)
        reason = why(problem.conflict, view.place[state], place, concept, sanctions=sanctions)
        step = next(item.improvement for item in reason.deterrents if item.answer is None)
        bits = int(problem.conflict.states[step])
        there = frozenset(name for at, name in enumerate(problem.option_ids) if bits >> at & 1)
        found.append((party, _taken(order, there)))
    return found


def _taken(order: list[str], state: State) -> tuple[str, ...]:
    return tuple(sorted(state, key=lambda name: (order.index(name) if name in order else len(order), name)))


def _sorted(order: list[str], states: frozenset[State]) -> list[State]:
    return sorted(states, key=lambda state: (len(state), _taken(order, state)))


def _sentences(case: Case, answer: HypergameAnswer) -> tuple[str, ...]:
    names = names_of(case)
    titles = {key: option.name or key for key, option in case.options.items()}

    def said(state: tuple[str, ...]) -> str:
        return f"[{' + '.join(titles.get(name, name) for name in state) or 'nothing taken'}]"

    def some(states: tuple[tuple[str, ...], ...]) -> str:
        more = f" and {len(states) - MOST_TOLD} more" if len(states) > MOST_TOLD else ""
        return "; ".join(said(state) for state in states[:MOST_TOLD]) + more

    words = [
        f"Each party acting on its own view, {some(answer.holds)} would last under {answer.concept}."
        if answer.holds
        else f"Each party acting on its own view, no state lasts under {answer.concept}."
    ]
    for view in answer.views:
        whose = listed(names[party] for party in view.parties) if view.parties else "nobody"
        what = f"the scenario {view.scenario}" if view.scenario else "the case as it stands"
        believed = some(view.equilibria) if view.equilibria else "no equilibrium"
        words.append(f"In {what}, the view of {whose}: {believed}.")
    words += [
        f"{names[one.party]} would be surprised at {said(one.state)}, which it takes to last: {names[one.leaver]} "
        + (f"leaves it for {said(one.to)}." if one.to is not None else "does not know of it.")
        for one in answer.surprises[:MOST_TOLD]
    ]
    if answer.unforeseen:
        words.append(f"Not foreseen in every view, and yet lasting: {some(answer.unforeseen)}.")
    return tuple(words)
