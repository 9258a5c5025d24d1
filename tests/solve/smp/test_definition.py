"""The arrays against the definition, number by number, over every option and many small conflicts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dragoman.solve.smp import (
    STATUSES,
    Input,
    KtabUniforms,
    Options,
    SeededUniforms,
    ends,
    mersenne_twister,
    path,
    prepare,
)
from tests.solve.smp import slow

CHOICES = {
    "victory": ["Linear", "Square", "Quartic", "Octic", "Binary"],
    "election": ["Conditional", "MarkovIncentive", "MarkovUniform"],
    "voting": ["Binary", "PropBin", "Prop", "PropCbc", "Cubic", "ASymProsp"],
    "risk_estimate": ["None", "OneThird", "Half", "TwoThirds", "Full"],
    "risk_range": ["Min", "Mid", "Max"],
    "third_party": ["NoCommit", "SemiCommit", "FullCommit"],
    "interpolation": ["S1P1", "S2P2", "S2PMax"],
    "bargain": ["InitOnlyInterp", "InitRcvrInterp", "PWCompInterp"],
}
DEFAULTS = {name: getattr(Options(), name) for name in CHOICES}
EACH = [(name, value) for name, values in CHOICES.items() for value in values]


def numbers(low: int, high: int, count: int) -> st.SearchStrategy[list[float]]:
    """Hundredths, so that ties and equal places are common."""
    return st.lists(st.integers(low, high).map(lambda n: n / 100), min_size=count, max_size=count)


@st.composite
def conflicts(draw: st.DrawFn, most: int = 5) -> dict[str, Any]:
    """Positions, saliences (adding up to at most 1) and capabilities of a few actors."""
    actors, issues = draw(st.integers(3, most)), draw(st.integers(1, 3))
    return {
        "x": [draw(numbers(0, 100, issues)) for _ in range(actors)],
        "s": [draw(numbers(1, 100 // issues, issues)) for _ in range(actors)],
        "c": [value * 100 for value in draw(numbers(1, 100, actors))],
    }


def fast(conflict: dict[str, Any], **options: Any) -> Any:
    """The package's run."""
    matrix = options.pop("accommodation", None)
    given_ = prepare(conflict["x"], conflict["s"], conflict["c"], matrix)
    return path(given_, Options(**options))


def same_as_defined(conflict: dict[str, Any], most: int, **options: Any) -> bool:
    """Compare up to ``most`` turns, to the last bit; false where the model has no answer."""
    chosen = {**DEFAULTS, **options}
    matrix = chosen.pop("accommodation", None)
    try:
        states = slow.run(slow.Case(**conflict, accommodation=matrix, options=chosen), most)
    except ArithmeticError:
        return False
    run = fast(conflict, accommodation=matrix, max_turns=most, **chosen)
    if run.status in {"failed", "undefined"}:
        return False
    assert run.turns == len(states) - 1
    for step, state in zip(run.steps, states, strict=True):
        assert step.state.position[0].tolist() == state.x
        assert step.state.ideal[0].tolist() == state.z
        assert step.state.distance[0].tolist() == state.d
        assert step.state.risk[0].tolist() == state.r
        assert step.chances.by_actor[0].tolist() == state.reported()
    return True


FIXED = {
    "x": [[0.12, 0.8], [0.5, 0.43], [0.9, 0.21], [0.33, 0.67], [0.71, 0.05]],
    "s": [[0.6, 0.3], [0.41, 0.4], [0.3, 0.52], [0.2, 0.75], [0.55, 0.1]],
    "c": [100.0, 80.0, 63.0, 40.0, 55.0],
}


@pytest.mark.parametrize(("name", "value"), EACH)
def test_every_option_follows_its_definition_to_the_last_bit(name: str, value: str) -> None:
    """Each value of each option gives the definition's states, bit for bit."""
    assert same_as_defined(FIXED, 8, **{name: value})


@settings(max_examples=40, deadline=None)
@given(
    conflict=conflicts(),
    options=st.fixed_dictionaries({name: st.sampled_from(values) for name, values in CHOICES.items()}),
)
def test_any_mixture_of_options_follows_the_definition(conflict: dict[str, Any], options: dict[str, str]) -> None:
    """Options in any mixture, on conflicts full of ties, give the definition's states, bit for bit."""
    assume(same_as_defined(conflict, 3, **options))


@settings(max_examples=15, deadline=None)
@given(conflict=conflicts(), data=st.data())
def test_ideals_follow_the_accommodation_matrix(conflict: dict[str, Any], data: st.DataObject) -> None:
    """With any accommodation matrix ideals and positions are those of the definition."""
    count = len(conflict["c"])
    matrix = [[value / count for value in data.draw(numbers(0, 100, count))] for _ in range(count)]
    assume(same_as_defined(conflict, 3, accommodation=matrix))


@settings(max_examples=15, deadline=None)
@given(group=st.lists(conflicts(most=4), min_size=2, max_size=5), name=st.sampled_from(sorted(CHOICES)))
def test_a_draw_does_not_depend_on_its_neighbours(group: list[dict[str, Any]], name: str) -> None:
    """Draws solved together have the ends that each has alone, bit for bit."""
    first = group[0]
    alike = [one for one in group if np.shape(one["x"]) == np.shape(first["x"])]
    chosen: dict[str, Any] = {name: CHOICES[name][-1]}
    options = Options(**chosen, max_turns=12)
    inputs = [prepare(one["x"], one["s"], one["c"]) for one in alike]
    together = ends(joined(inputs), options)
    for at, one in enumerate(inputs):
        alone, run = ends(one, options), path(one, options)
        assert together.position[at].tolist() == alone.position[0].tolist() == run.positions[-1].tolist()
        assert together.by_place[at].tolist() == alone.by_place[0].tolist()
        assert together.turns[at] == alone.turns[0] == run.turns
        assert STATUSES[together.status[at]] == run.status


def joined(inputs: list[Input]) -> Input:
    """Several draws as one input."""
    return prepare(
        np.concatenate([one.position for one in inputs]),
        np.concatenate([one.actors.salience for one in inputs]),
        np.concatenate([one.actors.capability for one in inputs]),
    )


@settings(max_examples=15, deadline=None)
@given(conflict=conflicts())
def test_a_stochastic_turn_takes_the_option_that_its_number_reaches(conflict: dict[str, Any]) -> None:
    """The first turn of a Stochastic run is the definition's under the same random numbers."""
    uniforms = SeededUniforms(seed=3)
    run = path(
        prepare(conflict["x"], conflict["s"], conflict["c"]), Options(transition="Stochastic", max_turns=1), uniforms
    )
    assume(run.status == "limit")
    case = slow.Case(**conflict, accommodation=None, options=DEFAULTS)
    drawn = uniforms.of(0, np.array([0]), len(conflict["c"]))[0].tolist()
    assert run.positions[1].tolist() == slow.State(case, case.x, case.x).moved(drawn)


def test_ktabs_generator_is_the_64_bit_mersenne_twister() -> None:
    """The ten thousandth word under seed 5489 is the one that the C++ standard demands (ISO C++ 2011, 26.5.5)."""
    words = mersenne_twister(5489)
    assert [next(words) for _ in range(10_000)][-1] == 9981545732273789042


def test_ktabs_numbers_go_on_from_turn_to_turn() -> None:
    """The second turn's numbers are those that follow the first's, and all lie in 0..1."""
    uniforms = KtabUniforms(seed=7)
    first, second = (uniforms.of(turn, np.array([0]), 4)[0] for turn in (0, 1))
    together = uniforms.of(0, np.array([0]), 8)[0]
    assert np.concatenate([first, second]).tolist() == together.tolist()
    assert ((together >= 0) & (together <= 1)).all()
