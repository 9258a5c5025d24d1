"""Random deals for the property tests."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from dragoman.solve.steps import Deal


def make_deal(
    *,
    once: np.ndarray,
    flow: np.ndarray | None = None,
    performs: list[list[bool]],
    reversible: list[bool] | None = None,
    undone: list[float] | None = None,
    after: tuple[int, ...] | None = None,
    patience: float | list[float] = 0.9,
    hazard: float = 0.0,
    penalty: float | list[float] = 0.0,
    regime: str = "credible",
) -> Deal:
    """A deal of one draw from plain lists: ``once`` and ``flow`` are (parties, measures)."""
    parties, measures = once.shape
    return Deal(
        parties=tuple("ABCDE"[:parties]),
        measures=tuple(f"m{place}" for place in range(measures)),
        performs=np.array(performs),
        reversible=np.array(reversible if reversible is not None else [False] * measures),
        after=after or (0,) * measures,
        once=once[None].astype(float),
        flow=(flow if flow is not None else np.zeros_like(once))[None].astype(float),
        undone=np.array([undone if undone is not None else [1.0] * measures], dtype=float),
        patience=np.broadcast_to(np.array(patience, dtype=float), (parties,))[None],
        hazard=np.array([hazard]),
        guarantee=np.broadcast_to(np.array(penalty, dtype=float), (parties,))[None],
        no_deal=np.zeros((1, parties)),
        regime="snapback" if regime == "snapback" else "credible",
    )


@st.composite
def deals(draw: st.DrawFn, *, most_measures: int = 4) -> Deal:
    """Deals with joint performers, reversals, flows, orders and penalties, mostly worth doing."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, m = draw(st.integers(2, 3)), draw(st.integers(1, most_measures))
    performs = rng.random((n, m)) < 0.4
    performs[rng.integers(0, n, size=m), np.arange(m)] = True
    gain = np.where(performs, -rng.random((n, m)) * 3, rng.random((n, m)) * 4)
    after = tuple(
        sum(1 << k for k in range(place) if rng.random() < draw(st.sampled_from([0.0, 0.3]))) for place in range(m)
    )
    return make_deal(
        once=gain.round(2),
        flow=(rng.random((n, m)) * draw(st.sampled_from([0.0, 1.0]))).round(2),
        performs=performs.tolist(),
        reversible=(rng.random(m) < 0.5).tolist(),
        undone=rng.random(m).round(2).tolist(),
        after=after,
        patience=rng.uniform(0.3, 0.99, n).round(3).tolist(),
        hazard=float(draw(st.sampled_from([0.0, 0.05, 0.3]))),
        penalty=(rng.random(n) * draw(st.sampled_from([0.0, 1.0, 4.0]))).round(2).tolist(),
        regime=draw(st.sampled_from(["credible", "snapback"])),
    )
