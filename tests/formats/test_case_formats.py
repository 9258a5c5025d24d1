"""The foreign formats of cases: what is read, what is written, and that the two agree."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from dragoman.errors import InputError, MethodError, MissingExtraError, ReadError, UnknownNameError
from dragoman.formats.case_challenge import read_challenge, write_challenge
from dragoman.formats.case_exchange import read_exchange, write_exchange
from dragoman.formats.case_files import FORMATS, case_format
from dragoman.formats.case_gmcr import read_gmcr, write_gmcr
from dragoman.formats.case_ktab import read_ktab, write_ktab
from dragoman.formats.case_xlsx import read_xlsx, write_xlsx
from dragoman.model import Case, case_yaml, loads
from tests.model.test_case_file import BASE, example

CHECKS = os.environ.get("DRAGOMAN_CHECKS")
needs_checks = pytest.mark.skipif(CHECKS is None, reason="DRAGOMAN_CHECKS is not set: the published files are not here")

KTAB = """\
River ,"Who gets, how much", 3, 2,
Actor,Description,Power,Pstn1,Sal1,Pstn2,Sal2,
N, The North, 60, 20, 50, 0, 40,
S, "The South", 40.5, 80, 60.25, 90, 30,

"L", League, 20, 50, 10, 50, 10,
"""
EXCHANGE = """\
'#A'\t'North Bank'\t'North Bank'\t'upstream'
'#A'\t'S'\t'The South'\t''
'#P'\t'flow'\t'Flow'\t''
'#M'\t'flow'\t0.5
'#M'\t'flow'\t3
'#M'\t'flow'\t7
'#P'\t'dams'\t'Dams'\t''
'#D'\t'North Bank'\t'flow'\t0.5\t0.9\t1.0
'#D'\t'S'\t'flow'\t7.0\t0.5\t0.25
'#D'\t'S'\t'dams'\t30\t0.125\t0.5
"""
CHALLENGE = "Position, Actor, Salience, Influence\n4, The North, 0.8, 0.08\n10, The South, 0.6, 0.16\n"
MAKERS: list[dict[str, object]] = [
    {
        "name": "One",
        "options": [0, 2],
        "preferences": [[[0, "Y"], [1, "N"]], {"members": [[[2, "Y"]], [[1, "Y"]]]}],
    },
    {"name": "Two", "options": [1], "preferences": [[[0, "Y"]]]},
]
GMCR: dict[str, object] = {
    "decisionMakers": MAKERS,
    "options": [
        {"name": "One cooperates", "permittedDirection": "both"},
        {"name": "Two cooperates", "permittedDirection": "fwd"},
        {"name": "One leaves", "permittedDirection": "back"},
    ],
    "infeasibles": [[[0, "Y"], [2, "Y"]]],
}


def saved(folder: Path, text: str, name: str = "file.txt") -> Path:
    """A file with ``text``."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def same_numbers(one: Case, other: Case) -> None:
    """Both cases have the same parties, issues and arrays."""
    left, right = one.arrays(), other.arrays()
    assert (left.parties, left.issues) == (right.parties, right.issues)
    for name in ("position", "salience", "capability", "low", "high"):
        np.testing.assert_allclose(getattr(left, name), getattr(right, name), rtol=0, atol=1e-9)


def test_ktab_files_are_read(tmp_path: Path) -> None:
    """A KTAB file gives its actors, powers, positions and saliences, stray commas and blank lines aside."""
    case = loads(read_ktab(saved(tmp_path, KTAB)))
    arrays = case.arrays()
    assert (case.title, case.notes) == ("River", "Who gets, how much")
    assert [party.name for party in case.parties.values()] == ["The North", "The South", "League"]
    assert arrays.parties == ("N", "S", "L")
    assert arrays.position[0].tolist() == [[20, 0], [80, 90], [50, 50]]
    np.testing.assert_allclose(arrays.salience[0], [[0.5, 0.4], [0.6025, 0.3], [0.1, 0.1]])
    assert arrays.capability[0, :, 0].tolist() == [60, 40.5, 20]


def test_exchange_files_are_read(tmp_path: Path) -> None:
    """An exchange file gives scales from its points, absence, and power by issue where it differs."""
    case = loads(read_exchange(saved(tmp_path, EXCHANGE)))
    assert list(case.parties) == ["North-Bank", "S"]
    scale = case.issues["flow"].scale
    assert (scale.low, scale.high, dict(scale.points)) == (0.5, 7.0, {"at 3": 3.0})
    arrays = case.arrays()
    assert arrays.present.tolist() == [[True, False], [True, True]]
    assert arrays.capability[0, 1].tolist() == [0.25, 0.5]
    assert case.parties["North-Bank"].capability is not None


def test_challenge_tables_are_read(tmp_path: Path) -> None:
    """A table's columns are known by their headings in any order; its scale runs over the positions."""
    table = loads(read_challenge(saved(tmp_path, CHALLENGE))).table("issue")
    assert table.parties == ("The-North", "The-South")
    assert (table.low, table.high) == (4.0, 10.0)
    assert table.position.tolist() == [[4, 10]]
    stated = loads(read_challenge(saved(tmp_path, CHALLENGE), low=0, high=20)).table("issue")
    assert (stated.low, stated.high) == (0.0, 20.0)


def test_gmcr_statements_are_read(tmp_path: Path) -> None:
    """Conjunctions and unions become statements, infeasible lists patterns, directions moves."""
    case = loads(read_gmcr(saved(tmp_path, json.dumps(GMCR))))
    assert [option.moves for option in case.options.values()] == ["both", "forward", "back"]
    assert [option.owner for option in case.options.values()] == ["One", "Two", "One"]
    first, second = case.preferences["One"].statements
    assert first.holds({"One-cooperates"})
    assert not first.holds({"One-cooperates", "Two-cooperates"})
    assert second.holds({"One-leaves"})
    assert second.holds({"Two-cooperates"})
    assert not second.holds({"One-cooperates"})
    assert case.infeasible[0].matches(frozenset({"One-cooperates", "One-leaves"}))


def ranked() -> dict[str, object]:
    """The conflict with rankings over its six feasible states, numbered among the feasible ones."""
    rankings = [[6, [1, 2], 3, 4, 5], [[1, 2, 3], [4, 5, 6]]]
    makers = [{**maker, "preferenceRanking": ranking} for maker, ranking in zip(MAKERS, rankings, strict=True)]
    return {**GMCR, "decisionMakers": makers, "useManualPreferenceRanking": True}


def test_gmcr_states_are_numbered_over_the_feasible_ones(tmp_path: Path) -> None:
    """The last of six feasible states is the one with the two highest options."""
    case = loads(read_gmcr(saved(tmp_path, json.dumps(ranked()))))
    assert case.preferences["One"].ranking[0] == (frozenset({"Two-cooperates", "One-leaves"}),)
    assert case.preferences["One"].ranking[1] == (frozenset(), frozenset({"One-cooperates"}))


ROUND_TRIPS: list[tuple[Callable[[Path], str], Callable[[Case, Path], object], str]] = [
    (read_ktab, write_ktab, KTAB),
    (read_exchange, write_exchange, EXCHANGE),
    (read_challenge, lambda case, path: write_challenge(case, path, issue="issue"), CHALLENGE),
]


@pytest.mark.parametrize(("read", "write", "text"), ROUND_TRIPS)
def test_what_is_written_reads_back_the_same(
    tmp_path: Path, read: Callable[[Path], str], write: Callable[[Case, Path], object], text: str
) -> None:
    """Reading, writing and reading again gives the same numbers, and writing again the same bytes."""
    case = loads(read(saved(tmp_path, text)))
    write(case, tmp_path / "again.txt")
    again = loads(read(tmp_path / "again.txt"))
    same_numbers(case, again)
    write(again, tmp_path / "third.txt")
    assert (tmp_path / "third.txt").read_bytes() == (tmp_path / "again.txt").read_bytes()


@pytest.mark.parametrize("document", [GMCR, ranked()])
def test_gmcr_files_read_back_the_same(tmp_path: Path, document: dict[str, object]) -> None:
    """A conflict written in the exchange format has the same options, patterns and preferences when read again."""
    case = loads(read_gmcr(saved(tmp_path, json.dumps(document))))
    write_gmcr(case, tmp_path / "again.json")
    again = loads(read_gmcr(tmp_path / "again.json"))
    assert (again.parties, again.options, again.infeasible) == (case.parties, case.options, case.infeasible)
    states = [frozenset({name}) for name in case.options] + [frozenset(case.options), frozenset()]
    for party, preferences in case.preferences.items():
        assert again.preferences[party].ranking == preferences.ranking
        pairs = zip(preferences.statements, again.preferences[party].statements, strict=True)
        assert all(one.holds(state) == other.holds(state) for one, other in pairs for state in states)


def test_workbooks_hold_the_tables_of_a_case(tmp_path: Path) -> None:
    """A workbook read back gives the parties, issues, options, statements, measures and rates; the rest is named."""
    pytest.importorskip("openpyxl")
    case = loads(example())
    missing = write_xlsx(case, tmp_path / "case.xlsx")
    assert {"scenarios", "stakes", "format", "rankings", "status_quo", "dated and coded values"} <= set(missing)
    again = loads(read_xlsx(tmp_path / "case.xlsx"))
    assert list(again.parties) == list(case.parties)
    left, right = case.arrays(), again.arrays()
    assert left.issues == right.issues
    np.testing.assert_allclose(left.position, right.position, atol=1e-9)
    np.testing.assert_allclose(left.salience, right.salience, atol=1e-9)
    assert again.issues["flow"].positions["South"].salience == case.issues["flow"].positions["South"].salience
    assert again.infeasible == case.infeasible
    assert again.preferences["North"].statements == case.preferences["North"].statements
    assert again.measures["joint-works"].performers == ("North", "South")
    one, other = case.deal(draws=50, seed=3), again.deal(draws=50, seed=3)
    np.testing.assert_allclose(one.flow, other.flow)
    np.testing.assert_allclose(one.patience, other.patience)
    np.testing.assert_allclose(one.hazard, other.hazard)


def test_workbooks_hold_text_as_text(tmp_path: Path) -> None:
    """A text that looks like a formula is written as text."""
    openpyxl = pytest.importorskip("openpyxl")
    write_xlsx(loads("title: '=1+1'\nparties: {US: {name: '=cmd()'}}\n"), tmp_path / "case.xlsx")
    book = openpyxl.load_workbook(tmp_path / "case.xlsx")
    assert book["parties"]["B2"].data_type == "s"
    assert book["case"]["B2"].value == "=1+1"


def test_without_openpyxl_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where openpyxl is not installed, the error names the extra to install."""
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"dragoman\[tables\]"):
        write_xlsx(loads(BASE), tmp_path / "case.xlsx")


def test_a_case_is_written_as_yaml_that_reads_back() -> None:
    """The YAML of a case loads as the same case; under a scenario, without the list of scenarios."""
    case = loads(example())
    assert loads(case_yaml(case)) == case
    changed = case.with_scenario("hard-line")
    again = loads(case_yaml(changed))
    assert (again.parties, again.issues, again.stakes) == (changed.parties, changed.issues, changed.stakes)
    assert not again.scenarios


@pytest.mark.parametrize(
    ("read", "text", "said"),
    [
        (read_ktab, "", "an empty file"),
        (read_ktab, "a,b\n", "1 rows"),
        (read_ktab, KTAB.replace(" 3, 2,", " x, 2,"), "number of actors"),
        (read_ktab, KTAB.replace(" 3, 2,", " 4, 2,"), "3 actors, where the first row says 4"),
        (read_ktab, KTAB.replace("40.5, 80", "40.5, high"), ":4: 'high'; expected a number"),
        (read_ktab, KTAB.replace("40.5, 80", "40.5"), ":4: 6 columns; expected 7"),
        (read_ktab, KTAB.replace('"L"', "N"), "the name 'N' twice"),
        (read_ktab, KTAB.replace("60, 20", "nan, 20"), "'nan'; expected a finite number"),
        (read_exchange, "x", ":1: 'x'; expected a row that begins with"),
        (read_exchange, "'#M'\t'flow'\t3\n", "an actor and an issue of the file"),
        (read_exchange, EXCHANGE + "'#D'\t'S'\t'flow'\t1\t1\t1\n", "a second row of 'S' on 'flow'"),
        (read_exchange, EXCHANGE + "'#D'\t'S'\t'flow'\n", "3 columns; expected 6"),
        (read_exchange, EXCHANGE + "'#A'\t'S'\t'S'\n", "'S' twice"),
        (read_challenge, "Actor,Position\n", "no column 'capability'"),
        (read_challenge, CHALLENGE.replace("0.8,", ""), "3 columns; expected 4"),
        (read_challenge, CHALLENGE.split("\n", maxsplit=1)[0], "a heading without rows"),
        (read_gmcr, "{", "not JSON"),
        (read_gmcr, "[1]", "expected an object"),
        (read_gmcr, "[" * 100_000, "nested too deeply"),
        (read_gmcr, json.dumps({**GMCR, "options": 3}), "no list 'options'"),
        (read_gmcr, json.dumps(GMCR).replace('"fwd"', '"up"'), "permittedDirection 'up'"),
        (read_gmcr, json.dumps(GMCR).replace("[0, 2]", "[0]"), "option 2 without an owner"),
        (read_gmcr, json.dumps(GMCR).replace("[0, 2]", "[0, 7]"), "the option number 7"),
        (read_gmcr, json.dumps(ranked()).replace("[6, [1, 2]", "[9, [1, 2]"), "the state number 9"),
        (read_xlsx, "no workbook", "no workbook"),
    ],
)
def test_malformed_files_are_named(tmp_path: Path, read: Callable[[Path], str], text: str, said: str) -> None:
    """A file that is not in its format gives a clear error with file, line if there is one, and what was expected."""
    path = saved(tmp_path, text, "file.xlsx" if read is read_xlsx else "file.txt")
    with pytest.raises(ReadError) as caught:
        read(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_reports_files_that_cannot_be_read_or_written(tmp_path: Path, name: str) -> None:
    """A missing file and a folder that does not exist give an InputError, whatever the format."""
    item = case_format(name)
    with pytest.raises(InputError, match="cannot be read"):
        item.read(tmp_path / "none")
    text = BASE + "preferences: {US: [l], DPRK: [not f]}\n"
    with pytest.raises(InputError, match="nothing was written"):
        item.write(loads(text), tmp_path / "none" / "file")


def test_formats_refuse_what_they_cannot_say(tmp_path: Path) -> None:
    """KTAB has no room for absence, the graph model none for mixed preferences; unknown formats are named."""
    absent = loads(read_exchange(saved(tmp_path, EXCHANGE)))
    with pytest.raises(MethodError, match="no room for absence"):
        write_ktab(absent, tmp_path / "x.csv")
    with pytest.raises(MethodError, match="no options"):
        write_gmcr(absent, tmp_path / "x.json")
    mixed = BASE + "preferences: {US: [l], DPRK: {ranking: [none, f, l, f + l]}}\n"
    with pytest.raises(MethodError, match="rankings beside statements"):
        write_gmcr(loads(mixed), tmp_path / "x.json")
    with pytest.raises(UnknownNameError, match="did you mean 'ktab'"):
        case_format("ktb")


@needs_checks
@pytest.mark.parametrize("name", ["3dim", "soe-policy"])
def test_published_ktab_files_make_the_round_trip(tmp_path: Path, name: str) -> None:
    """The published KTAB files read as cases and keep their numbers through writing."""
    case = loads(read_ktab(Path(str(CHECKS)) / "smp" / f"{name}.csv"))
    assert len(case.parties) in {7, 26}
    write_ktab(case, tmp_path / "again.csv")
    same_numbers(case, loads(read_ktab(tmp_path / "again.csv")))


@needs_checks
@pytest.mark.parametrize(
    "name", ["copenhagen.csv", "rand0.csv", "rand1.csv", "rand2.csv", "sample_data.txt", "small.csv", "two.csv"]
)
def test_published_exchange_files_make_the_round_trip(tmp_path: Path, name: str) -> None:
    """The published files of the exchange model read as cases and keep their numbers through writing."""
    case = loads(read_exchange(Path(str(CHECKS)) / "exchange" / name))
    write_exchange(case, tmp_path / "again.csv")
    same_numbers(case, loads(read_exchange(tmp_path / "again.csv")))


@needs_checks
def test_the_published_conflict_makes_the_round_trip(tmp_path: Path) -> None:
    """The prisoners' dilemma of the public program reads as its ranking says and keeps it through writing."""
    case = loads(read_gmcr(Path(str(CHECKS)) / "gmcr" / "prisoners.exchange.json"))
    best = case.preferences["One"].ranking[0]
    assert best == (frozenset({"Two-cooperates"}),)
    write_gmcr(case, tmp_path / "again.json")
    assert loads(read_gmcr(tmp_path / "again.json")).preferences == case.preferences


@needs_checks
def test_the_published_emission_table_is_read(tmp_path: Path) -> None:
    """The emission standards table reads as ten actors and keeps its numbers through writing."""
    case = loads(read_challenge(Path(str(CHECKS)) / "challenge" / "emission_standards.csv"))
    assert case.table("issue").position.shape == (1, 10)
    write_challenge(case, tmp_path / "again.csv", issue="issue")
    same_numbers(case, loads(read_challenge(tmp_path / "again.csv")))
