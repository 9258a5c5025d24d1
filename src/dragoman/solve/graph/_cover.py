"""The least cover: the fewest states that one party must stop preferring to a wanted one, others held fixed.

An integer programme solved exactly (HiGHS).  It is a bound behind the inverse question
and a map of what stands in the way: no claim of a least change is made where two
parties are unstable, for then others' preferences change too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from dragoman.errors import MethodError
from dragoman.solve.graph._coalitions import reach
from dragoman.solve.graph._conflict import Conflict, Flags
from dragoman.solve.graph._moves import Moves, moves_of


def least_cover(conflict: Conflict, party: int, state: int, concept: str) -> tuple[int, ...]:
    """The fewest states that ``party`` must stop preferring to ``state`` for it to be stable, others fixed.

    Every improvement t must be demoted itself or have a reachable sanction that is, or is made,
    no better than ``state``; under SMR the sanction's own escapes must be demoted too.
    """
    own = moves_of(conflict, party)
    above = conflict.ranks[party] > conflict.ranks[party, state]
    improvements = own.from_state(state, improving=True)
    if not len(improvements):
        return ()
    if concept == "NASH":
        return tuple(improvements.tolist())
    others = [place for place in range(len(conflict.parties)) if place != party]
    reached = reach(conflict, others, improving=concept == "SEQ")
    bundles = {
        sanction: frozenset(_to_demote(own, above, sanction, escapes=concept == "SMR"))
        for sanction in np.flatnonzero(reached[improvements].any(axis=0)).tolist()
    }
    needs = [
        [frozenset({step}), *(bundles[x] for x in np.flatnonzero(reached[step]).tolist())]
        for step in improvements.tolist()
    ]
    return _smallest_choice(needs)


def _to_demote(own: Moves, above: Flags, sanction: int, *, escapes: bool) -> Iterator[int]:
    if above[sanction]:
        yield sanction
    if escapes:
        yield from (step for step in own.from_state(sanction).tolist() if above[step])


def _smallest_choice(needs: Sequence[Sequence[frozenset[int]]]) -> tuple[int, ...]:
    """The fewest states such that every need has one bundle wholly among them (integer programme)."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import lil_array

    open_needs = [bundles for bundles in needs if frozenset() not in bundles]
    if not open_needs:
        return ()
    states = sorted(frozenset().union(*(bundle for bundles in open_needs for bundle in bundles)))
    bundles = sorted({bundle for need in open_needs for bundle in need}, key=sorted)
    size = len(states) + len(bundles)
    rows = sum(len(bundle) for bundle in bundles) + len(open_needs)
    matrix, low = lil_array((rows, size)), np.zeros(rows)
    row = 0
    for place, bundle in enumerate(bundles):
        for state in bundle:
            matrix[row, states.index(state)], matrix[row, len(states) + place] = 1, -1
            row += 1
    for need in open_needs:
        for bundle in set(need):
            matrix[row, len(states) + bundles.index(bundle)] = 1
        low[row] = 1
        row += 1
    cost = np.concatenate([np.ones(len(states)), np.zeros(len(bundles))])
    answer = milp(
        cost,
        constraints=LinearConstraint(matrix.tocsr(), low, np.inf),
        integrality=np.ones(size),
        bounds=Bounds(0, 1),
    )
    if answer.x is None:
        raise MethodError("least cover", f"the integer programme gave no answer ({answer.message})", "a solution")
    return tuple(state for place, state in enumerate(states) if answer.x[place] > 0.5)
