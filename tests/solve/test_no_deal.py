"""The win-set of no agreement: slow oracles, textbook cases, ratifiers, votes, who blocks, Nash's solution over it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from dragoman.errors import MethodError, UnknownNameError
from dragoman.model import Case, Quantity, Sampler, loads
from dragoman.solve import solve
from dragoman.solve._lp import maximise
from dragoman.solve._nash import nash_point
from dragoman.solve._utility import Bargain, bargain
from dragoman.solve._winset import best_offer, extent, margin
from dragoman.solve.no_deal import consent_of, packages, taking_part
from dragoman.solve.no_deal._format import bounds_of
from tests.solve.bargaining import valley


def _found(case: Case, issues: tuple[str, ...], draws: int = 0) -> Bargain:
    sampler = Sampler(draws=draws)
    players = consent_of(case, parties=taking_part(case, issues)).players
    return bargain(case, issues, players, sampler, bounds_of(case, issues, sampler))


def _random_case(seed: int) -> Case:
    rng = np.random.default_rng(seed)
    parties, issues = int(rng.integers(2, 5)), int(rng.integers(1, 4))
    rows = [f"  P{i}: {{name: P{i}, capability: {rng.uniform(1, 9):.3f}}}" for i in range(parties)]
    table = []
    for k in range(issues):
        stands = "".join(
            f"      P{i}: {{position: {rng.uniform(0, 100):.2f}, salience: {rng.uniform(0.05, 1):.3f}}}\n"
            for i in range(parties)
        )
        linked = f"    linked: [x{k - 1}]\n" if k else ""
        table.append(
            f"  x{k}:\n    name: X{k}\n    status_quo: {rng.uniform(0, 100):.2f}\n{linked}    positions:\n{stands}"
        )
    return loads("parties:\n" + "\n".join(rows) + "\nissues:\n" + "".join(table))


def _central(quantity: Quantity | None) -> float:
    assert quantity is not None
    return quantity.central()


def _programme(case: Case, issues: tuple[str, ...], goal: str | None) -> float:
    """The greatest least gain, or the greatest utility of ``goal``, by SciPy, each distance a variable."""
    parties, m = list(case.parties), len(issues)
    n = len(parties)
    stand = [[case.issues[name].positions[party] for name in issues] for party in parties]
    a = np.array([[_central(one.salience) for one in row] for row in stand])
    a /= a.sum(axis=1, keepdims=True) * 100
    p = np.array([[_central(one.position) for one in row] for row in stand])
    q = np.array([_central(case.issues[name].status_quo) for name in issues])
    rows, right = [], []
    width = m + n * m + 1
    for i in range(n):
        for k in range(m):
            for sign in (1, -1):
                row = np.zeros(width)
                row[k], row[m + i * m + k] = sign, -1
                rows.append(row)
                right.append(sign * p[i, k])
        row = np.zeros(width)
        row[m + i * m : m + (i + 1) * m], row[-1] = a[i], 1
        rows.append(row)
        right.append(float(a[i] @ np.abs(q - p[i])))
    cost = np.zeros(width)
    if goal is None:
        cost[-1] = -1
    else:
        at = parties.index(goal)
        cost[m + at * m : m + (at + 1) * m] = a[at]
    ends = [(0, 100)] * m + [(0, None)] * (n * m) + [(None, None) if goal is None else (0, 0)]
    solved = linprog(cost, A_ub=np.array(rows), b_ub=right, bounds=ends)
    return float(-solved.fun if goal is None else 1 - solved.fun)


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_margins_and_offers_agree_with_a_general_solver(seed: int) -> None:
    """The greatest least gain and every proposer's best utility equal those of SciPy's linear programmes."""
    case = _random_case(seed)
    issues = tuple(case.issues)
    found = _found(case, issues)
    gain, x = margin(found)
    assert gain[0] == pytest.approx(_programme(case, issues, None), abs=1e-7)
    assert (found.utility(x) - found.no_deal).min() == pytest.approx(gain[0], abs=1e-7)
    if gain[0] > 1e-6:
        for place, player in enumerate(found.players):
            offer = best_offer(found, place)
            assert (found.utility(offer) >= found.no_deal - 1e-7).all()
            assert found.utility(offer)[0, place] == pytest.approx(_programme(case, issues, player.id), abs=1e-6)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_the_simplex_method_agrees_with_a_general_solver(seed: int) -> None:
    """Random bounded programmes, degenerate ones among them, have SciPy's maximum."""
    rng = np.random.default_rng(seed)
    a, c = rng.integers(-3, 4, (1, 4, 7)).astype(float), rng.normal(size=(1, 7))
    b, u = rng.integers(0, 4, (1, 4)).astype(float), rng.integers(0, 3, (1, 7)).astype(float)
    z = maximise(a, b, c, u)
    assert (a[0] @ z[0] <= b[0] + 1e-9).all()
    wanted = linprog(-c[0], A_ub=a[0], b_ub=b[0], bounds=list(zip(np.zeros(7), u[0], strict=True)))
    assert c[0] @ z[0] == pytest.approx(-wanted.fun, abs=1e-9)


def test_the_setter_gets_the_veto_players_reflection_point() -> None:
    """Romer and Rosenthal: from 20 a veto player at 40 accepts up to 60, which a proposer at 90 offers."""
    case = loads(
        "parties: {S: {name: Setter, capability: 1}, V: {name: Voter, capability: 1}}\n"
        "issues: {b: {name: Budget, status_quo: 20, positions: {S: {position: 90, salience: 1}, "
        "V: {position: 40, salience: 1}}}}\nformat: {vetoes: [V], proposers: [S]}\n"
    )
    package = solve("nodeal", case, draws=0).answer.packages[0]
    assert package.offers[0].outcome == {"b": pytest.approx(60)}
    assert package.offers[0].gains["V"] == pytest.approx(0, abs=1e-9)
    assert package.extent["b"] == (pytest.approx(20), pytest.approx(60))


def test_a_status_quo_between_the_veto_players_cannot_be_moved() -> None:
    """Tsebelis: inside the core the win-set is empty, each of the two blocks, and the reason names both sides."""
    result = solve("nodeal", valley(issues__gate__positions__North__position=60), draws=0)
    gate = next(item for item in result.answer.packages if item.issues == ("gate",))
    assert not gate.agreement
    assert [row.id for row in gate.blockers if row.blocks] == ["North", "South"]
    assert any("South would go below the status quo of 50, North above it" in words for words in result.reasons)


def test_linking_issues_unblocks() -> None:
    """All issues together leave no fewer agreements than the gate alone, and the sentences say so."""
    result = solve("nodeal", valley(), draws=200)
    gate = next(item for item in result.answer.packages if item.issues == ("gate",))
    assert 0 < gate.none < 1
    assert result.answer.together.none < gate.none
    assert any(words.startswith("Linking would unblock") for words in result.reasons)


def test_the_share_without_agreement_is_that_of_single_draws() -> None:
    """On one issue two veto players agree exactly where both stand on one side of the status quo."""
    case = valley()
    x = case.table("gate", draws=200).position
    apart = ((x - 50) > 0).any(axis=1) & ((x - 50) < 0).any(axis=1)
    gate = next(item for item in solve("nodeal", case, draws=200).answer.packages if item.issues == ("gate",))
    assert gate.none == pytest.approx(apart.mean())


def test_a_ratifiers_bounds_limit_what_can_be_agreed() -> None:
    """A parliament that wants at least 70 shuts out a veto player who stands at 30 and holds 20 today."""
    extra = "  ratifiers: {house: {party: South, accepts: {flow: {at_least: 70}}}}\n"
    case = loads(
        "parties: {North: {name: North, capability: 1}, South: {name: South, capability: 1}}\n"
        "issues: {flow: {name: Water, status_quo: 20, positions: {North: {position: 30, salience: 1}, "
        f"South: {{position: 80, salience: 1}}}}}}}}\nformat:\n  vetoes: [North, South]\n{extra}"
    )
    package = solve("nodeal", case, draws=0).answer.packages[0]
    assert not package.agreement
    assert {row.id: row.blocks for row in package.blockers} == {"North": True, "South": False, "house": True}


def test_a_ratifying_faction_without_bounds_must_gain_too() -> None:
    """A faction at 10 keeps the outcome below 20 although its party would go to 40."""
    case = loads(
        "parties:\n  V: {name: Voter, capability: 1, factions: {f: {name: Hard, positions: {b: {position: 10}}}}}\n"
        "  S: {name: Setter, capability: 1}\n"
        "issues: {b: {name: Budget, status_quo: 20, positions: {S: {position: 90, salience: 1}, "
        "V: {position: 40, salience: 1}}}}\n"
        "format: {vetoes: [V, S], ratifiers: {house: {party: V, faction: f}}}\n"
    )
    assert not solve("nodeal", case, draws=0).answer.packages[0].agreement


def test_votes_let_a_majority_go_over_a_minority() -> None:
    """With two of three votes North's refusal does not matter where South and the League agree."""
    fmt = {"quota": 2, "votes": {"North": 1, "South": 1, "League": 1}, "proposers": ["South"]}
    case = valley(format=fmt, issues__flow__status_quo=30, issues__flow__linked=[])
    flow = solve("nodeal", case, draws=0).answer.packages[0]
    assert len(flow.coalitions) == 3
    assert flow.agreement
    assert flow.offers[0].outcome["flow"] == pytest.approx(70)


def test_a_stated_value_of_no_deal_takes_the_place_of_the_status_quo() -> None:
    """A party content with no deal at 0.95 shuts the win-set that is open at the status quo."""
    assert solve("nodeal", valley(), draws=0).answer.packages[0].agreement
    case = valley("utilities: {North: {no_deal: 0.999}, South: {no_deal: 0.6}}\n")
    assert not solve("nodeal", case, draws=0).answer.packages[0].agreement


def test_quadratic_losses_move_the_setters_offer_no_further() -> None:
    """On one issue the reflection point is the same for quadratic losses, to the width of a chord."""
    case = valley("utilities: {North: {loss: quadratic}, South: {loss: quadratic}}\n", issues__flow__linked=[])
    offers = {one.proposer: one.outcome["flow"] for one in solve("nodeal", case, draws=0).answer.packages[0].offers}
    assert offers["South"] == pytest.approx(40, abs=0.2)


def test_a_utility_that_rises_ever_faster_is_refused() -> None:
    """Utilities must be concave; the error names the table."""
    case = valley("utilities: {North: {issues: {flow: {0: 0, 50: 0.1, 100: 1}}}}\n")
    with pytest.raises(MethodError) as error:
        solve("nodeal", case, draws=0)
    assert error.value.place == "utilities.North.issues.flow"


def test_results_do_not_depend_on_the_chunk() -> None:
    """Shares, offers and Nash outcomes are the same in chunks of 9 and 120."""
    for method in ("nodeal", "nash"):
        one, two = (solve(method, valley(), draws=120, chunk=size).to_dict()["answer"] for size in (9, 120))
        assert one == two


def test_issues_are_grouped_by_their_links() -> None:
    """Water and toll are settled together, the gate alone."""
    assert packages(valley()) == (("flow", "toll"), ("gate",))


def test_the_base_rate_stands_beside_and_is_not_mixed_in() -> None:
    """The stated base rate is given with its reason; without one a warning says so."""
    result = solve("nodeal", valley(), draws=0)
    assert result.answer.base_rate.value == 0.3
    assert "three of ten" in result.reasons[0]
    bare = solve("nodeal", valley(format={"vetoes": ["North", "South"]}), draws=0)
    assert bare.answer.base_rate is None
    assert any("base rate" in words for words in bare.warnings)


def test_what_cannot_be_asked_is_refused() -> None:
    """No issue, no status quo anywhere, and nobody with a say have errors of their own."""
    with pytest.raises(MethodError, match="no issues"):
        solve("nodeal", loads("parties: {A: {name: A}}\n"))
    bare = loads(
        "parties: {A: {name: A, capability: 1}}\nissues: {b: {name: B, positions: {A: {position: 1, salience: 1}}}}\n"
    )
    with pytest.raises(MethodError, match="status quo"):
        solve("nodeal", bare)


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_no_outcome_nearby_or_far_has_a_greater_nash_product(seed: int) -> None:
    """Against many random outcomes of the win-set, and near ones, the Nash outcome has the greatest product."""
    case = _random_case(seed)
    found = _found(case, tuple(case.issues))
    rng = np.random.default_rng(seed)
    weight = rng.uniform(0.2, 1, (1, len(found.players)))
    asked = tuple(range(len(found.players)))
    point = nash_point(found, weight, asked)
    if np.isnan(point).any():
        assert margin(found)[0][0] <= 1e-9
        return

    def value(x: np.ndarray) -> float:
        gain = (found.utility(x[None]) - found.no_deal)[0]
        return float((weight[0] * np.log(gain)).sum() / weight.sum()) if (gain > 0).all() else -np.inf

    best = value(point[0])
    for size in (50, 10, 1, 0.1):
        for _ in range(60):
            assert value(np.clip(point[0] + rng.normal(size=point.shape[1]) * size, 0, 100)) <= best + 1e-6


def test_splitting_a_pie_gives_nashs_halves() -> None:
    """Two parties at 0 and 100 with no deal worth nothing split the scale; weights 3 to 1 give the first 75 %."""
    text = (
        "parties: {A: {name: A, capability: %s}, B: {name: B, capability: 1}}\n"
        "issues: {pie: {name: Pie, positions: {A: {position: 100, salience: 1}, B: {position: 0, salience: 1}}}}\n"
        "utilities: {A: {no_deal: 0}, B: {no_deal: 0}}\n"
    )
    for capability, share in ((1, 50), (3, 75)):
        package = solve("nash", loads(text % capability), draws=0).answer.packages[0]
        assert package.outcome["pie"] == pytest.approx(share, abs=1e-4)
        assert package.other["pie"] == pytest.approx(50, abs=1e-4)


def test_nash_has_no_outcome_where_there_is_no_agreement() -> None:
    """An empty win-set gives no outcome and says so; unknown weights are refused."""
    result = solve("nash", valley(issues__gate__positions__North__position=60), draws=0)
    gate = next(item for item in result.answer.packages if item.issues == ("gate",))
    assert gate.outcome is None
    assert any("no bargaining solution" in words for words in result.reasons)
    with pytest.raises(UnknownNameError):
        solve("nash", valley(), weights="power")


def test_the_extent_reaches_from_end_to_end_of_the_win_set() -> None:
    """On one issue the win-set is where both players gain: checked on a fine grid."""
    found = _found(valley(issues__flow__linked=[]), ("flow",))
    grid = np.linspace(0, 100, 4001)
    good = [x for x in grid if (found.utility(np.array([[x]])) >= found.no_deal - 1e-12).all()]
    low, high = extent(found)[:, 0, 0]
    assert (low, high) == (pytest.approx(min(good), abs=0.03), pytest.approx(max(good), abs=0.03))


@pytest.mark.parametrize("seed", range(12))
def test_prices_tell_who_is_in_the_way(seed: int) -> None:
    """Whether the others could agree without a player is what solving anew without the player says."""
    rng = np.random.default_rng(seed)
    stands = "".join(
        f"      P{at}: {{position: {{value: {x}, low: {max(0, x - 25)}, high: {min(100, x + 25)}}}, salience: .4}}\n"
        for at, x in enumerate(rng.integers(0, 101, 5).tolist())
    )
    issues = "".join(f"  {name}:\n    name: {name}\n    status_quo: 50\n    positions:\n{stands}" for name in "xy")
    text = (
        "parties: {" + ", ".join(f"P{at}: {{name: P{at}, capability: 1}}" for at in range(5)) + "}\nissues:\n" + issues
    )
    case = loads(text)
    package = solve("nodeal", case, draws=40, seed=seed, chunk=40).answer.together
    anew = {}
    for row in package.blockers:
        fewer = loads(text + f"format: {{vetoes: [{', '.join(f'P{at}' for at in range(5) if f'P{at}' != row.id)}]}}\n")
        anew[row.id] = 1 - solve("nodeal", fewer, draws=40, seed=seed, chunk=40).answer.together.none
        assert row.agreement == pytest.approx(anew[row.id])
