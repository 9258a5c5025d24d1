"""Files as other programs write them: what a file says and a case cannot is refused or told, never dropped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import ReadError
from dragoman.formats.case_gmcr import read_gmcr
from dragoman.formats.case_ktab import read_ktab
from dragoman.model import loads
from dragoman.solve import solve

HEAD = "Actor,Description,Power,P1,S1,P2,S2"


def ktab(folder: Path, *rows: str, name: str = "given.csv") -> Path:
    """A file of these lines."""
    path = folder / name
    path.write_text("\n".join(rows) + "\n")
    return path


@pytest.mark.parametrize(
    "first",
    [
        "Ports,About ports,2,2",
        "Ports,About ports,2,2,",
        "Ports,About ports,2,2,7",
        'Ports,"About ports",2,2,made in 2017',
    ],
)
@pytest.mark.parametrize(
    ("row", "name"),
    [
        ('"Lake, Lower",the lower one,3,10,40,20,50', "Lake-Lower"),
        ("Lake$$ Lower,the lower one,3,10,40,20,50", "Lake-Lower"),
        ("Lake, Lower,the lower one,3,10,40,20,50", "Lake-Lower"),
        ("Hills,the hills,3,10,40,20,50,", "Hills"),
        ("Hills,the hills,3,10,40,20,50,a remark", "Hills"),
    ],
)
def test_ktab_rows_are_read_as_the_toolkit_reads_them(tmp_path: Path, first: str, row: str, name: str) -> None:
    """A fifth field of the first row, commas in names and fields after the last dimension change no number."""
    case = loads(read_ktab(ktab(tmp_path, first, HEAD, row, "Coast,the coast,5,90,30,80,60")))
    assert list(case.parties) == [name, "Coast"]
    assert case.notes == "About ports"
    arrays = case.arrays()
    assert arrays.position[0, 0].tolist() == [10, 20]
    assert arrays.salience[0, 0].tolist() == [0.4, 0.5]
    assert arrays.capability[0, 0].tolist() == [3, 3]


@pytest.mark.parametrize(
    ("row", "says"),
    [("Hills,the hills,3,10,40,20", "6 columns"), ("Hills,the hills,3,ten,40,20,50", "'ten'")],
)
def test_bad_ktab_rows_are_named(tmp_path: Path, row: str, says: str) -> None:
    """A row that is short or has a word for a number is refused with its line."""
    with pytest.raises(ReadError, match=f":3: {says}"):
        read_ktab(ktab(tmp_path, "Ports,About,2,2", HEAD, row, "Coast,the coast,5,90,30,80,60"))


XML = """<?xml version="1.0" encoding="UTF-8"?>
<Scenario>
 <name>Ports</name><desc>Three towns</desc><prngSeed>077</prngSeed>
 <ModelParameters><VotingRule>Cubic</VotingRule><StateTransitions>Stochastic</StateTransitions></ModelParameters>
 <Dimensions><dName>Toll</dName></Dimensions>
 <Actors>
  %s
 </Actors>
 <IdealAdjustment>
  <iaPair><adjustingIdeal>Hills</adjustingIdeal><referencePos>Hills</referencePos><adjust>0.5</adjust></iaPair>
  <iaPair><adjustingIdeal>Hills</adjustingIdeal><referencePos>Coast</referencePos><adjust>0.25</adjust></iaPair>
 </IdealAdjustment>
</Scenario>
"""
ACTOR = (
    "<Actor><name>{0}</name><description/><capability>{1}</capability><Position><dCoord>{2}</dCoord></Position>"
    "<Salience><dSal>{3}</dSal></Salience></Actor>"
)
ACTORS = (("Hills", 3, 10, 40), ("Coast", 5, 90, 30), ("Isles", 1, 50, 60))


def test_ktab_xml_is_read_and_its_settings_are_told(tmp_path: Path) -> None:
    """The XML gives the same case as the CSV; settings and accommodation stand in the notes as they can be given."""
    path = ktab(tmp_path, XML % "".join(ACTOR.format(*actor) for actor in ACTORS), name="given.xml")
    case = loads(read_ktab(path))
    rows = [f"{name},,{power},{x},{s}" for name, power, x, s in ACTORS]
    table = loads(read_ktab(ktab(tmp_path, "Ports,Three towns,3,1", "A,D,P,Toll,S", *rows)))
    assert solve("smp", case, draws=0).to_dict()["answer"] == solve("smp", table, draws=0).to_dict()["answer"]
    told = case.notes.splitlines()
    assert told[0] == "Three towns"
    assert told[1].endswith(
        "dragoman solve smp CASE --set voting=Cubic --set transition=Stochastic --set ktab_seed=77 "
        '--set accommodation=\'{"Hills": {"Hills": 0.5, "Coast": 0.25}}\''
    )
    assert (
        solve("smp", case, draws=0, voting="Cubic", accommodation={"Hills": {"Hills": 0.5, "Coast": 0.25}}).answer.turns
        >= 1
    )


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (XML.replace("VotingRule", "Mood") % ACTOR.format(*ACTORS[0]), "Mood"),
        (XML.replace("<referencePos>Coast", "<referencePos>Moon") % ACTOR.format(*ACTORS[0]), "'Moon'"),
        (XML % ACTOR.format("Hills", 3, "", 40), "<dCoord>"),
        ("<!DOCTYPE x><Scenario/>", "document type"),
        ("<Other/>", "<Other>"),
        ("<Scenario>", "no XML"),
    ],
)
def test_bad_ktab_xml_is_named(tmp_path: Path, broken: str, says: str) -> None:
    """What cannot be read in the XML is refused with what was found."""
    with pytest.raises(ReadError, match=says):
        read_ktab(ktab(tmp_path, broken, name="bad.xml"))


def conflict(**changes: Any) -> dict[str, Any]:
    """Two towns that each may build a gate of the same name."""
    makers = [
        {"name": "Hills", "options": [0], "preferences": [[[1, "N"]], [[0, "Y"]]]},
        {"name": "Coast", "options": [1], "preferences": [[[0, "N"]], [[1, "Y"]]]},
    ]
    options = [{"name": "Gate", "permittedDirection": "both"}, {"name": "gate", "permittedDirection": "fwd"}]
    return {"decisionMakers": makers, "options": options, "infeasibles": [], **changes}


def test_gmcr_options_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Two parties with an option of the same name keep both, each named with its party."""
    path = tmp_path / "gates.gmcr"
    path.write_text(json.dumps(conflict(coalitions=[0, 1])))
    case = loads(read_gmcr(path))
    assert [(option.name, option.owner, option.moves) for option in case.options.values()] == [
        ("Gate (Hills)", "Hills", "both"),
        ("gate (Coast)", "Coast", "forward"),
    ]


@pytest.mark.parametrize(
    ("maker", "whole", "says"),
    [
        ({"misperceptions": [[[0, "Y"]]]}, {}, "misperceptions of 'Hills'"),
        ({}, {"coalitions": [[0, 1]]}, "coalition of Hills and Coast"),
    ],
)
def test_gmcr_files_that_say_more_are_refused(
    tmp_path: Path, maker: dict[str, Any], whole: dict[str, Any], says: str
) -> None:
    """Misperceptions and coalitions change the equilibria and are refused; empty ones are nothing."""
    given = conflict(**whole)
    given["decisionMakers"][0] |= maker
    path = tmp_path / "more.gmcr"
    path.write_text(json.dumps(given))
    with pytest.raises(ReadError, match=says):
        read_gmcr(path)
    given = conflict(coalitions=[0, 1])
    given["decisionMakers"][0]["misperceptions"] = []
    path.write_text(json.dumps(given))
    assert loads(read_gmcr(path)).options
