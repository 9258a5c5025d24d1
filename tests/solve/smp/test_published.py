"""Numbers that the public toolkit printed, and every intermediate of a worked example."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dragoman.formats.case_ktab import read_ktab
from dragoman.model import loads
from dragoman.solve import solve
from dragoman.solve.smp import Input, Options, estimated_utilities, path, prepare
from dragoman.solve.smp import Path as Run

CHECKS = os.environ.get("DRAGOMAN_CHECKS")
needs_checks = pytest.mark.skipif(not CHECKS, reason="DRAGOMAN_CHECKS is not set: the published tables are not tried")
NAMES = {
    "vpm": "victory",
    "pcem": "election",
    "vr": "voting",
    "ra": "risk_estimate",
    "rr": "risk_range",
    "tpc": "third_party",
    "ivb": "interpolation",
    "brgn": "bargain",
}

# China's oil sector, policy and competition: capability, position and salience on the first
# issue, and on the second, then as printed after the last of 27 turns: both positions and
# the probability.  Source: the KTAB toolkit (KAPSARC), examples/smp/doc/SOE-Pol-Comp.csv and
# the reference log of 30 May 2017 beside it.
CHINA_OIL = {
    "XJ": ((100.0, 30, 24.0, 20, 48.0), (43.2, 43.3, 0.2299)),
    "LK": ((60.2, 45, 44.7, 65, 41.3), (43.2, 43.3, 0.2299)),
    "ZG": ((35.0, 30, 28.9, 15, 65.1), (38.7, 28.8, 0.1104)),
    "MK": ((35.0, 45, 20.6, 45, 49.4), (38.6, 28.8, 0.1104)),
    "LH": ((40.0, 50, 44.7, 65, 47.8), (38.7, 28.8, 0.1104)),
    "XS": ((20.0, 15, 32.0, 10, 32.0), (38.6, 29.5, 0.2202)),
    "NEA": ((15.0, 20, 32.0, 15, 32.0), (38.7, 29.0, 0.2063)),
    "MLR": ((25.0, 60, 43.9, 50, 50.1), (38.7, 29.0, 0.2063)),
    "MEP": ((20.0, 30, 26.4, 15, 17.6), (38.7, 28.9, 0.2063)),
    "MOF": ((35.0, 45, 35.9, 40, 46.6), (38.8, 30.7, 0.2330)),
    "SHX": ((20.0, 50, 44.7, 50, 47.8), (38.8, 30.8, 0.2330)),
    "HLJ": ((20.0, 20, 47.4, 30, 40.6), (38.8, 30.8, 0.2330)),
    "WY": ((40.0, 15, 49.0, 60, 46.0), (15.0, 60.0, 0.0002)),
}


def china_oil() -> Input:
    """The table above as the model's input."""
    table = np.array([row for row, _ in CHINA_OIL.values()])
    return prepare(table[:, [1, 3]] / 100, table[:, [2, 4]] / 100, table[:, 0])


def from_csv(name: str) -> tuple[list[str], list[str], Input]:
    """Actors, issues and input of a file of the toolkit."""
    first, header, *rows = (Path(CHECKS or "") / "smp" / f"{name}.csv").read_text().splitlines()
    issues = int(first.rstrip(" ,").rsplit(",", 1)[1])
    cells = [[cell.strip() for cell in row.split(",")] for row in rows if row.strip()]
    numbers = np.array([[float(cell) for cell in row[2 : 3 + 2 * issues]] for row in cells])
    labels = [cell.strip() for cell in header.split(",")][3 : 3 + 2 * issues : 2]
    return [row[0] for row in cells], labels, prepare(numbers[:, 1::2] / 100, numbers[:, 2::2] / 100, numbers[:, 0])


def expected(name: str) -> Any:
    """A file of expected numbers."""
    return json.loads((Path(CHECKS or "") / "smp" / f"{name}.json").read_text())


def printed(values: Any, digits: int) -> list[str]:
    """As the toolkit's log prints numbers."""
    return [f"{value:.{digits}f}" for value in values]


def test_china_oil_ends_as_printed() -> None:
    """After 27 turns positions and probabilities are those of the 2017 log, to every printed digit."""
    run = path(china_oil())
    assert (run.turns, run.status) == (27, "rest")
    for at, (_, (policy, competition, chance)) in enumerate(CHINA_OIL.values()):
        assert printed(100 * run.positions[-1, at], 1) == [f"{policy:.1f}", f"{competition:.1f}"]
        assert printed([run.chances[-1, at]], 4) == [f"{chance:.4f}"]


@needs_checks
@pytest.mark.parametrize("name", ["3dim", "soe-policy"])
def test_the_tables_are_met_to_every_printed_digit(name: str) -> None:
    """Positions (one digit) and probabilities (four) of every actor, issue and turn are those printed."""
    actors, issues, given = from_csv(name)
    run, table = path(given), expected(f"{name}.expected")
    for at, actor in enumerate(actors):
        for column, issue in enumerate(issues):
            wanted = table["positions"][actor][issue]
            assert printed(100 * run.positions[:, at, column], 1) == printed(wanted, 1)
        assert printed(run.chances[:, at], 4) == printed(table["prob"][actor], 4)


@needs_checks
@pytest.mark.parametrize("name", ["3dim", "soe-policy"])
def test_a_file_of_the_toolkit_read_as_a_case_gives_the_printed_digits(name: str) -> None:
    """From the file through the case to the answer, positions and probabilities are those printed."""
    actors, issues, _ = from_csv(name)
    case = loads(read_ktab(Path(CHECKS or "") / "smp" / f"{name}.csv"))
    answer, table = solve("smp", case, draws=0).answer, expected(f"{name}.expected")
    for actor, party in zip(actors, case.parties, strict=True):
        for item, issue in zip(answer.issues, issues, strict=True):
            assert printed(item.positions[party], 1) == printed(table["positions"][actor][issue], 1)
        assert printed(answer.chances[party], 4) == printed(table["prob"][actor], 4)


OPTIONS = [
    "default", "vpm=Square", "vpm=Quartic", "vpm=Octic", "vpm=Binary", "pcem=MarkovIncentive", "pcem=MarkovUniform",
    "vr=Binary", "vr=PropBin", "vr=PropCbc", "vr=Cubic", "ra=None", "ra=Half", "ra=TwoThirds", "rr=Min", "rr=Max",
    "tpc=NoCommit", "tpc=FullCommit", "ivb=S1P1", "ivb=S2PMax", "brgn=InitRcvrInterp", "brgn=PWCompInterp",
]  # fmt: skip


@needs_checks
@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("file", ["dummyData_3Dim", "SOE-Pol-Comp"])
def test_every_option_gives_the_toolkits_path(file: str, option: str) -> None:
    """Turns are equal, positions within 1e-6 of the scale's 0..100, probabilities to the four printed digits."""
    given = from_csv("3dim")[2] if file == "dummyData_3Dim" else china_oil()
    name, _, value = option.partition("=")
    chosen: dict[str, Any] = {NAMES[name]: value} if value else {}
    run = path(given, Options(**chosen))
    wanted = expected("options.expected")[f"{file}|{option}"]
    assert run.turns == wanted["turns"]
    np.testing.assert_allclose(100 * run.positions, wanted["positions_by_turn"], atol=1e-6, rtol=0)
    np.testing.assert_allclose(run.chances.T, wanted["prob_by_actor"], atol=5.1e-5, rtol=0)


@needs_checks
def test_every_option_of_the_table_is_tried() -> None:
    """The list of options above has left out no run of the table."""
    assert {key.split("|")[1] for key in expected("options.expected")} == set(OPTIONS)


@needs_checks
def test_every_intermediate_of_the_worked_example_is_met() -> None:
    """All matrices, bargains, queues and choices of every turn agree to 1e-12."""
    table = expected("worked-example")
    run = path(prepare(np.array(table["pos"]) / 100, np.array(table["sal"]) / 100, table["cap"]))
    assert len(run.steps) == len(table["states"])
    for number, wanted in enumerate(table["states"]):
        for name, found in found_state(run, number).items():
            np.testing.assert_allclose(found, wanted[name], atol=1e-12, rtol=1e-12, err_msg=f"{name}, state {number}")
        if number < run.turns:
            check_turn(run, number, wanted)


def found_state(run: Run, number: int) -> dict[str, Any]:
    """The assessed state under the names of the table."""
    step = run.steps[number]
    state = step.state
    return {
        "pos": state.position[0],
        "D": state.distance[0],
        "u0": state.neutral[0],
        "C0": state.election.strength[0],
        "P0": state.election.chance[0],
        "p0": state.election.probability[0],
        "r": state.risk[0],
        "rhat": state.estimate[0],
        "Uown": state.utility[0],
        "U_by_estimator": estimated_utilities(state)[0],
        "prob": step.chances.by_actor[0],
    }


def check_turn(run: Run, number: int, wanted: dict[str, Any]) -> None:
    """Challenges, bargains, their utilities, queues and choices."""
    turn = run.steps[number].turn
    assert turn is not None
    close: dict[str, Any] = {"atol": 1e-12, "rtol": 1e-12}
    gain = turn.challenges.gain[0].copy()
    np.fill_diagonal(gain, -999)
    np.testing.assert_allclose(turn.challenges.chance[0], wanted["phij"], **close)
    np.testing.assert_allclose(gain, wanted["edu"], **close)
    assert turn.targets.receiver[0].tolist() == wanted["target"]
    initiators = [deal["init"] for deal in wanted["bargains"]]
    assert initiators == np.flatnonzero(turn.targets.receiver[0] >= 0).tolist()
    for deal in wanted["bargains"]:
        assert turn.targets.receiver[0, deal["init"]] == deal["rcvr"]
        np.testing.assert_allclose(turn.bargains.initiator[0, deal["init"], 0], deal["posInit"], **close)
        np.testing.assert_allclose(turn.bargains.receiver[0, deal["init"], 0], deal["posRcvr"], **close)
    np.testing.assert_allclose(turn.utility[0][:, [*initiators, -1]], wanted["bargain_utils_last_col_SQ"], **close)
    for actor, (queue, chances) in enumerate(zip(wanted["queues"], wanted["queue_probs"], strict=True)):
        size = int(turn.queues.size[0, actor])
        columns = [-1 if at < 0 else initiators[at] for at in queue]
        assert turn.queues.columns[0, actor, :size].tolist() == columns
        np.testing.assert_allclose(turn.choices.probability[0, actor, :size], chances, **close)
        assert turn.choices.column[0, actor] == columns[wanted["chosen"][actor]]
