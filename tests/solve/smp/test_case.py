"""From a case file to the answer: scales, saliences, absent parties, draws and words."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from dragoman.errors import MethodError, UnknownNameError
from dragoman.model import Case, loads
from dragoman.solve import Result, solve
from dragoman.solve.smp import Options, SmpAnswer, path, prepare

PARTIES = {"North": 90, "South": 70, "League": 50}
TEXT = """
parties:
  North: {name: Republic of the North, capability: 90}
  South: {name: Kingdom of the South, capability: 70}
  League: {name: League of Neighbours, capability: 50}
issues:
  flow:
    name: Water let through
    status_quo: 20
    positions:
      North: {position: {value: 12, low: 0, high: 25}, salience: 0.6}
      South: {position: 45, salience: {low: 0.3, high: 0.45}}
      League: {position: 85, salience: 0.35}
  gauges:
    name: Gauges
    scale: {low: 0, high: 40}
    positions:
      North: {position: 28, salience: 0.25}
      South: {position: {value: 12, low: 8, high: 20}, salience: 0.5}
      League: {position: 2, salience: 0.55}
  islet:
    name: Islet
    side: true
    positions:
      South: {position: 100, salience: 0.2}
"""


def case(text: str = TEXT) -> Case:
    """The case above."""
    return loads(text)


def answer(result: Result) -> SmpAnswer:
    """The answer, typed."""
    found = result.answer
    assert isinstance(found, SmpAnswer)
    return found


def test_the_answer_is_the_run_on_the_central_values() -> None:
    """Positions by turn in each issue's units, and chances by turn, are those of the arrays."""
    found = answer(solve("smp", case(), draws=0))
    x = np.array([[0.12, 0.7], [0.45, 0.3], [0.85, 0.05]])
    run = path(prepare(x, np.array([[0.6, 0.25], [0.375, 0.5], [0.35, 0.55]]), np.array([90.0, 70.0, 50.0])))
    assert found.turns == run.turns
    for at, (issue, width) in enumerate(zip(found.issues, (100, 40), strict=True)):
        for row, party in enumerate(PARTIES):
            assert issue.positions[party] == pytest.approx((width * run.positions[:, row, at]).tolist())
    for row, party in enumerate(PARTIES):
        assert found.chances[party] == tuple(run.chances[:, row].tolist())


def test_the_outcome_is_the_mean_of_the_last_places_by_their_chances() -> None:
    """Places that several parties share count once."""
    item = answer(solve("smp", case(), draws=0)).issues[0]
    found = answer(solve("smp", case(), draws=0))
    places = {
        tuple(round(issue.positions[party][-1], 6) for issue in found.issues): found.chances[party][-1]  # type: ignore[index]
        for party in PARTIES
    }
    assert sum(places.values()) == pytest.approx(1)
    assert item.central == pytest.approx(sum(place[0] * chance for place, chance in places.items()))
    assert item.likeliest == pytest.approx(max(places, key=lambda place: places[place])[0])


def test_every_turn_says_who_pressed_whom_and_who_took_what() -> None:
    """Challenges and choices follow one another: what is taken is offered, and leads to the next position."""
    found = answer(solve("smp", case(), draws=0))
    assert len(found.rounds) == found.turns
    for at, turn in enumerate(found.rounds):
        offered = {(item.initiator, item.target): item for item in turn.challenges}
        for choice in turn.choices:
            for issue in found.issues:
                trail = issue.positions[choice.party]
                assert trail is not None
                assert choice.before[issue.issue] == trail[at]
                assert choice.after[issue.issue] == trail[at + 1]
            if choice.bargain is None:
                assert choice.after == choice.before
                continue
            deal = offered[choice.bargain]
            places = deal.initiator_at if choice.party == deal.initiator else deal.target_at
            assert choice.after in places


def test_sentences_tell_outcomes_first_then_the_turns() -> None:
    """The first sentences are the issues', in order; then how the run ended; then turn 1, with a cause."""
    result = solve("smp", case(), draws=20)
    assert result.reasons[0].startswith("Water let through: ")
    assert result.reasons[1].startswith("Gauges: ")
    assert "came to rest after 10 turns" in result.reasons[2]
    assert result.reasons[3].startswith("Turn 1: the Republic of the North presses the League of Neighbours")
    assert "moves from 85 to 18.6 on “Water let through” and from 2 to 12.8 on “Gauges”" in result.reasons[3]
    assert (
        "the Republic of the North sought is the likeliest of its 3 options to win a vote of all" in result.reasons[3]
    )


def test_the_result_says_what_it_rests_on() -> None:
    """No record, the source, the parameters, and the side dispute that is left out."""
    result = solve("smp", case(), draws=5, seed=3)
    assert str(result.track_record) == "record: none"
    assert "Wise, Lester and Efird" in result.citation
    assert result.parameters["voting"] == "Prop"
    assert "side disputes are left out: Islet" in result.warnings
    json.dumps(result.to_dict(), allow_nan=False)


@pytest.mark.parametrize("options", [{}, {"transition": "Stochastic"}])
def test_results_do_not_depend_on_chunks(options: dict[str, str]) -> None:
    """Draws in chunks of 1, 7 and all at once give one answer."""
    results = [solve("smp", case(), draws=40, seed=1, chunk=size, **options) for size in (1, 7, 40)]
    assert results[0].to_dict() == results[1].to_dict() == results[2].to_dict()


@pytest.mark.parametrize("options", [{}, {"transition": "Stochastic"}])
def test_results_do_not_depend_on_the_number_of_processes(options: dict[str, str]) -> None:
    """Two processes give the answer of one, also with chunks of unequal size; another seed gives another answer."""
    one, two = (solve("smp", case(), draws=20, seed=1, chunk=7, jobs=jobs, **options) for jobs in (1, 2))
    assert one.to_dict() == two.to_dict()
    assert solve("smp", case(), draws=20, seed=2, chunk=7, **options).to_dict()["answer"] != one.to_dict()["answer"]


def test_more_draws_leave_the_first_ones_as_they_are() -> None:
    """The distribution of 40 draws is that of 40 single runs on their numbers."""
    given = case()
    found = answer(solve("smp", given, draws=40, seed=2)).issues[0].over_draws
    assert found is not None
    table = given.arrays(("flow", "gauges"), draws=40, seed=2)
    outcomes = []
    for draw in range(40):
        x = table.position[draw] / table.high
        run = path(prepare(x, table.salience[draw], table.capability[draw, :, 0]))
        last = run.steps[-1]
        outcomes.append(100 * float((last.chances.by_place[0] * last.state.position[0, :, 0]).sum()))
    assert found.draws == 40
    assert found.mean == pytest.approx(np.mean(outcomes))
    assert found.quantiles[50] == pytest.approx(np.median(outcomes))


def test_certain_numbers_give_a_spread_of_nothing() -> None:
    """Without uncertain numbers every draw is the central run, also many of them."""
    text = TEXT.replace("{value: 12, low: 0, high: 25}", "12").replace("{low: 0.3, high: 0.45}", "0.4")
    found = answer(solve("smp", case(text.replace("{value: 12, low: 8, high: 20}", "12")), draws=5000))
    spread = found.issues[0].over_draws
    assert spread is not None
    assert spread.draws == 5000
    assert spread.quantiles[5] == spread.quantiles[95] == found.issues[0].central
    assert found.over_draws is not None
    assert found.over_draws.statuses["rest"] == 1


def test_stochastic_runs_follow_their_seed() -> None:
    """One seed gives one path, several seeds several, and KTAB's generator its own."""
    runs = [
        [answer(solve("smp", case(), draws=0, transition="Stochastic", **more)).chances for more in seeds]
        for seeds in ([{"seed": 1}, {"seed": 1}], [{"ktab_seed": 1}, {"ktab_seed": 1}], [{"seed": n} for n in range(6)])
    ]
    assert runs[0][0] == runs[0][1]
    assert runs[1][0] == runs[1][1]
    assert len({str(chances) for chances in runs[2]}) > 1


def test_saliences_that_add_up_to_more_than_one_are_divided_by_the_issues() -> None:
    """The default says so and gives what halved saliences give; insisting on them is an error."""
    high = TEXT.replace("salience: 0.6}", "salience: 0.9}")
    result = solve("smp", case(high), draws=0)
    assert result.parameters["saliences"] == "mean"
    assert any("divided by the number of issues, 2" in words for words in result.warnings)
    halved = high
    for value in ("0.9", "0.35", "0.25", "0.5", "0.55"):
        halved = halved.replace(f"salience: {value}}}", f"salience: {float(value) / 2}}}")
    halved = halved.replace("{low: 0.3, high: 0.45}", "{low: 0.15, high: 0.225}")
    wanted = answer(solve("smp", case(halved), draws=0)).chances
    for party, chances in answer(result).chances.items():
        assert chances == pytest.approx(wanted[party])
    with pytest.raises(MethodError, match=r"North: salience: they add up to 1\.15"):
        solve("smp", case(high), draws=0, saliences="given")


def test_an_absent_party_gives_way() -> None:
    """Without a position it has no trail there and starts at the mean of the others; it can be refused."""
    text = TEXT.replace("      League: {position: 2, salience: 0.55}\n", "")
    result = solve("smp", case(text), draws=10)
    found = answer(result)
    assert found.issues[1].positions["League"] is None
    assert found.issues[0].positions["League"] is not None
    assert any("takes no part in Gauges" in words for words in result.warnings)
    with pytest.raises(MethodError, match=r"issues\.gauges\.positions\.League"):
        solve("smp", case(text), draws=0, absent="error")


def test_one_issue_may_be_solved_alone() -> None:
    """Asking for one issue leaves the other out."""
    found = answer(solve("smp", case(), draws=0, issues="flow"))
    assert [item.issue for item in found.issues] == ["flow"]


def test_an_accommodation_matrix_holds_ideals_back() -> None:
    """A party whose ideal does not follow its moves takes another path."""
    free = answer(solve("smp", case(), draws=0))
    held = answer(solve("smp", case(), draws=0, accommodation={"League": {"League": 0.2}}))
    assert free.issues[0].positions["League"] != held.issues[0].positions["League"]
    with pytest.raises(UnknownNameError, match="Leage"):
        solve("smp", case(), draws=0, accommodation={"Leage": {"North": 0.2}})


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("capability: 70}", "capability: 0}", "South: capability: a capability of 0"),
        ("salience: 0.6}", "salience: 0.6, capability: 7}", "capabilities that differ between issues"),
        ("  League: {name: League of Neighbours, capability: 50}\n", "", None),
    ],
)
def test_cases_outside_the_model_are_named(old: str, new: str, found: str | None) -> None:
    """What the model has no room for is an error that names the party."""
    text = TEXT.replace(old, new)
    if found is None:
        text = "\n".join(line for line in text.splitlines() if "League" not in line)
        found = "2 actors"
    with pytest.raises(MethodError, match=found):
        solve("smp", case(text), draws=0)


@pytest.mark.parametrize(
    "parameters",
    [{"saliences": "all"}, {"absent": "never"}, {"issues": "flaw"}, {"voting": "proportional"}],
)
def test_unknown_choices_are_named(parameters: dict[str, Any]) -> None:
    """A value that nothing answers to is an error."""
    with pytest.raises(UnknownNameError):
        solve("smp", case(), draws=0, **parameters)


def test_a_case_without_issues_is_named() -> None:
    """There must be something to bargain about."""
    with pytest.raises(MethodError, match="no issues"):
        solve("smp", loads("parties: {A: {capability: 1}, B: {capability: 1}, C: {capability: 1}}"), draws=0)


def test_a_run_that_does_not_rest_is_told() -> None:
    """With one turn allowed the warning and the ending say that the model did not come to rest."""
    result = solve("smp", case(), draws=10, max_turns=1)
    assert answer(result).status == "limit"
    assert "100 % of draws did not come to rest" in result.warnings
    assert "had not come to rest after one turn" in result.reasons[2]


def test_every_option_is_a_parameter() -> None:
    """The result's parameters hold every field of the options, so that it can be made again."""
    result = solve("smp", case(), draws=0, bargain="PWCompInterp", interpolation="S1P1")
    chosen = {name: result.parameters[name] for name in Options.__dataclass_fields__}
    assert Options(**chosen) == Options(bargain="PWCompInterp", interpolation="S1P1")
