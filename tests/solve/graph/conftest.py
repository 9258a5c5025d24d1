"""Random conflicts for the property tests."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from dragoman.solve.graph import Conflict, Option, feasible_states


@st.composite
def conflicts(draw: st.DrawFn, *, most_options: int = 5, most_parties: int = 3) -> Conflict:
    """Conflicts with irreversible options, ties and infeasible holes."""
    parties = draw(st.integers(2, most_parties))
    count = draw(st.integers(parties, most_options))
    options = tuple(
        Option(
            name=f"o{place}",
            owner=place if place < parties else draw(st.integers(0, parties - 1)),
            moves=draw(st.sampled_from(["both", "both", "forward", "back"])),
        )
        for place in range(count)
    )
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    states = feasible_states(count, [])
    keep = rng.random(len(states)) > draw(st.sampled_from([0.0, 0.2, 0.5]))
    keep[draw(st.integers(0, len(states) - 1))] = True
    states = states[keep]
    top = draw(st.sampled_from([2, 4, len(states)]))
    ranks = rng.integers(0, top, size=(parties, len(states)))
    return Conflict(parties=tuple("ABCDEF"[:parties]), options=options, states=states, ranks=ranks, status_quo=0)
