"""Checks of the graph model's part: owners, states that can be, rankings that are whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

from dragoman.model._known import Found, Known, bounded, names_in

if TYPE_CHECKING:
    from dragoman.model._case import Case
    from dragoman.model._conflict import Pattern, Preferences, State
    from dragoman.model._faults import Path
    from dragoman.model._statements import Statement

_MOST_RANKED = 12


def conflict_faults(case: Case, known: Known) -> Iterator[Found]:
    """Every fault of options, infeasible patterns, status quo and preferences."""
    for key, option in case.options.items():
        yield from names_in(("options", key, "owner"), [option.owner], known.parties, "party", single=True)
    possible = find_state(tuple(case.options), case.infeasible)
    if case.options and possible is None:
        yield ("infeasible",), "patterns that leave no state at all", "patterns that leave at least one state"
    yield from _status_quo(case)
    yield from names_in(("preferences",), case.preferences, known.parties, "party", keys=True)
    for party, preferences in case.preferences.items():
        yield from _one_of_two(known.tree, party)
        yield from _preferences(preferences, case, ("preferences", party))


def _status_quo(case: Case) -> Iterator[Found]:
    if case.status_quo is None:
        return
    for pattern in case.infeasible:
        if pattern.matches(case.status_quo):
            yield ("status_quo",), f"an infeasible state ({described(pattern)})", "a feasible state"


def described(pattern: Pattern) -> str:
    """A pattern in words."""
    return " and ".join([*sorted(pattern.yes), *(f"not {name}" for name in sorted(pattern.no))])


def find_state(options: Sequence[str], patterns: Sequence[Pattern]) -> State | None:
    """A feasible state, found by branching on the options of a pattern that still threatens; None if there is none."""
    return _search(frozenset(), frozenset(), [(pattern.yes, pattern.no) for pattern in patterns], frozenset(options))


def _search(
    yes: frozenset[str], no: frozenset[str], terms: list[tuple[frozenset[str], frozenset[str]]], options: frozenset[str]
) -> State | None:
    live = [(a - yes, b - no) for a, b in terms if not a & no and not b & yes]
    if not live:
        return yes
    first, other = min(live, key=lambda term: len(term[0]) + len(term[1]))
    if not first and not other:
        return None
    for name in sorted(first | other):
        taken, left = (yes, no | {name}) if name in first else (yes | {name}, no)
        if (state := _search(taken, left, live, options)) is not None:
            return state
        yes, no = (yes | {name}, no) if name in first else (yes, no | {name})
    return None


def _one_of_two(tree: Mapping[str, Any], party: str) -> Iterator[Found]:
    """A fault where a party's preferences are given in both ways, or in none; a bare list is statements."""
    entry = tree["preferences"][party]
    given = [name for name in ("statements", "ranking") if isinstance(entry, Mapping) and entry.get(name)]
    if isinstance(entry, Mapping) and len(given) != 1:
        found = "both statements and a ranking" if given else "neither statements nor a ranking"
        yield ("preferences", party), found, "one of 'statements' and 'ranking'"


def _preferences(preferences: Preferences, case: Case, here: Path) -> Iterator[Found]:
    yield from bounded((*here, "swap"), preferences.swap, 0, 1)
    for at, statement in enumerate(preferences.statements):
        if _contradicts_itself(statement):
            yield (*here, "statements", at), f"{statement.text!r}, which no state can fulfil", "what some state fulfils"
    if preferences.ranking:
        yield from _ranking(preferences, case, (*here, "ranking"))


def _contradicts_itself(statement: Statement) -> bool:
    names = sorted(statement.options)
    if len(names) > _MOST_RANKED:
        return False
    states = product((False, True), repeat=len(names))
    return not any(statement.holds(name for name, yes in zip(names, answers, strict=True) if yes) for answers in states)


def _ranking(preferences: Preferences, case: Case, here: Path) -> Iterator[Found]:
    seen: set[State] = set()
    for at, group in enumerate(preferences.ranking):
        for state in group:
            if state in seen:
                yield (*here, at), f"the state {_named(state)} twice", "each state once"
            seen.add(state)
            if any(pattern.matches(state) for pattern in case.infeasible):
                yield (*here, at), f"the infeasible state {_named(state)}", "feasible states"
    if len(case.options) <= _MOST_RANKED:
        missing = [state for state in _feasible(case) if state not in seen]
        if missing:
            listed = ", ".join(_named(state) for state in missing[:3])
            found = f"a ranking without {len(missing)} feasible states ({listed}{', ...' if len(missing) > 3 else ''})"
            yield here, found, "every feasible state once"


def _feasible(case: Case) -> Iterator[State]:
    names = tuple(case.options)
    for answers in product((False, True), repeat=len(names)):
        state = frozenset(name for name, yes in zip(names, answers, strict=True) if yes)
        if not any(pattern.matches(state) for pattern in case.infeasible):
            yield state


def _named(state: State) -> str:
    return " + ".join(sorted(state)) or "none"
