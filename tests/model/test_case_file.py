"""The case file: what is read, and what is said about what cannot be."""

from __future__ import annotations

import pickle
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import CaseError
from dragoman.model import Case, Quantity, _nodes, load_case, loads
from dragoman.model._yaml import parse
from dragoman.plain import canonical_json, to_plain

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "case.md"
BASE = """\
parties: {US: {name: United States, capability: 10}, DPRK: {capability: 5}}
issues:
  scope:
    name: Scope
    scale: {low: 0, high: 100, points: {freeze: 30}}
    positions:
      US: {position: 90, salience: 0.5}
      DPRK: {position: freeze, salience: 0.9}
options:
  f: {owner: DPRK, name: DPRK freezes}
  l: {owner: US, name: US lifts}
"""


def example() -> str:
    """The full example of the reference."""
    found = re.search(r"```yaml\n(.*?)```", REFERENCE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found.group(1)


def faults_of(text: str) -> list[str]:
    """The faults of a text, one line each."""
    with pytest.raises(CaseError) as caught:
        loads(text)
    return [str(fault) for fault in caught.value.faults]


def test_the_example_of_the_reference_loads() -> None:
    """The full example of the reference is a case, and every part of it is there."""
    case = loads(example())
    assert case.seats == ("North", "South", "League")
    assert case.vetoes == ("North", "South")
    assert case.proposers == ("North",)
    assert case.issues["flow"].positions["South"].position.central() == 80.0
    assert case.issues["flow"].positions["North"].evidence[0].article == "9f2c44ab01"
    assert case.measures["joint-works"].after == ("open-gates",)
    assert case.plan == (("open-gates", "withdraw-suit"), ("joint-works",))
    assert case.stakes.exchange_rates["South"].currency == "USD"
    assert case.stakes.exchange_rates["North"].year == 2021
    assert case.stakes.corridors is not None
    assert case.stakes.corridors.arcs["valley"].start == "mines"
    assert case.preferences["League"].ranking[2] == (frozenset({"release"}), frozenset())
    assert case.status_quo == frozenset({"complaint"})


def test_every_key_of_the_reference_is_described() -> None:
    """Every key that a part of the case takes stands in the reference."""
    from dragoman.model import case_schema

    schema = case_schema()
    parts = [schema, *(part for part in schema["$defs"].values())]
    keys = {key for part in parts for kind in [part, *part.get("anyOf", [])] for key in kind.get("properties", {})}
    text = REFERENCE.read_text(encoding="utf-8")
    assert {key for key in keys if not re.search(rf"\b{key}\b", text)} == set()


def test_numbers_know_their_paths() -> None:
    """Every number carries the path by which it is drawn and changed."""
    case = loads(example())
    paths = [number.path for number in case.numbers()]
    assert len(paths) == len(set(paths))
    assert "issues.flow.positions.North.position" in paths
    assert "stakes.projects.hydro.capital.1.amount" in paths
    assert case.parties["North"].factions["farmers"].positions["flow"].position.path in paths


def test_lists_with_ids_read_like_mappings() -> None:
    """A list of entries with an id is the same case as the mapping, with lines of its own."""
    listed = """
parties:
  - {id: US, name: United States, capability: 10}
  - {id: DPRK, capability: 5}
issues:
  - id: scope
    name: Scope
    scale: {points: {freeze: 30}}
    positions: {US: {position: 90, salience: 0.5}, DPRK: {position: freeze, salience: 0.9}}
options: [{id: f, owner: DPRK, name: DPRK freezes}, {id: l, owner: US, name: US lifts}]
"""
    assert loads(listed) == loads(BASE)
    assert faults_of(listed.replace("position: 90", "position: 900"))[0].startswith("case:9: issues.scope.positions.US")


def test_salience_scale_brings_saliences_to_one() -> None:
    """Saliences given in 0..100 and declared so are those of 0..1, ranges and paths included."""
    hundred = BASE.replace("salience: 0.5", "salience: {low: 40, high: 60}").replace("salience: 0.9", "salience: 90")
    case = loads("salience_scale: 100\n" + hundred)
    stands = case.issues["scope"].positions
    assert stands["US"].salience == Quantity(
        dist="uniform", low=0.4, high=0.6, path="issues.scope.positions.US.salience"
    )
    assert stands["DPRK"].salience is not None
    assert stands["DPRK"].salience.central() == pytest.approx(0.9)


def test_as_of_hides_later_values() -> None:
    """A case read as of an earlier day has the values of that day, whether the file or the reader says so."""
    text = BASE.replace("position: 90", "position: {value: 90, dated: {2018-06-12: 60, 2019-02-28: 50}}")
    path = "issues.scope.positions.US.position"
    values = {day: loads(text, as_of=day).arrays("scope").position[0, 0, 0] for day in (date(2018, 1, 1), None)}
    assert values == {date(2018, 1, 1): 90.0, None: 50.0}
    case = loads("as_of: 2018-12-31\n" + text)
    assert [number.central() for number in case.numbers() if number.path == path] == [60.0]
    assert case.as_known_on(date(2019, 3, 1)).arrays("scope").position[0, 0, 0] == 50.0


def test_cases_are_frozen_compared_and_sent() -> None:
    """A case cannot be changed, equals its reading again, survives pickling, and is plain JSON."""
    case = loads(example())
    with pytest.raises(AttributeError):
        case.title = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        case.parties["US"] = None  # type: ignore[index]
    again: Case = pickle.loads(pickle.dumps(case))  # noqa: S301
    assert again == case == loads(example())
    assert again.input_hash == case.input_hash
    assert canonical_json(to_plain(case)) == canonical_json(to_plain(again))


def test_the_input_hash_follows_what_is_said() -> None:
    """The input's hash changes with a number and not with comments, notes or unused scenarios."""
    plain = loads(BASE).input_hash
    assert loads(BASE + "# a comment\nnotes: mine\nscenarios: {x: {changes: {title: y}}}\n").input_hash == plain
    assert loads(BASE.replace("90", "91")).input_hash != plain


def test_missing_evidence_is_listed_not_forbidden() -> None:
    """Numbers without an anchor are listed, with whether a sentence gives a reason; a stand's evidence covers it."""
    text = BASE.replace(
        "US: {position: 90, salience: 0.5}",
        'US: {position: 90, salience: 0.5, evidence: [{article: "0123456789ab", exact: words}]}',
    ).replace("capability: 10", "capability: {value: 10, because: size}")
    case = loads(text)
    assert case.grounds()["issues.scope.positions.US.salience"].evidence[0].exact == "words"
    assert case.grounds()["parties.US.capability"].because == "size"
    missing = {item.path: item.reasoned for item in case.missing_evidence()}
    assert missing == {
        "parties.US.capability": True,
        "parties.DPRK.capability": False,
        "issues.scope.positions.DPRK.position": False,
        "issues.scope.positions.DPRK.salience": False,
    }


FAULTS = [
    ("parties: {}", "case:1: parties: no parties; expected at least one party"),
    ("title: x", "no 'parties'; expected an entry 'parties'"),
    ("3", "expected a mapping with at least 'parties'"),
    ("", "an empty file"),
    ("# only a comment", "an empty file"),
    ("parties: [US", "not YAML"),
    ("parties: {US: {}}\na: !!python/object/apply:os.system [ls]", "case:2: a: the tag"),
    ("[" * 10_000, "nested too deeply"),
    ("parties: &a {US: *a}", "the alias *a of nothing before it"),
    ("parties: {US: {}}\n---\nparties: {}", "a second document"),
    ("parties: {US: {}}\nas_of: 2018-02-30", "a date or number that exists"),
    ("parties: {[a]: {}}", "a list, a mapping or an alias as a key"),
    ("parties: {a b: {}}", "the identifier 'a b'"),
    ("parties: {US: {}, US: {}}", "the key 'US' twice (lines 1 and 1)"),
    ("parties: {US: {name: X}, CN: {name: x}}", "the name 'x' twice"),
    (BASE + "bogus: 1\n", "case:12: bogus: unknown key 'bogus'"),
    (BASE + "source: 1\n", "case:12: source: unknown key 'source'"),
    (BASE + "parites: 1\n", "unknown key 'parites' (did you mean 'parties'?)"),
    (BASE.replace("US: {position", "USA: {position"), "case:7: issues.scope.positions.USA: unknown party 'USA'"),
    (
        BASE.replace("position: 90", "position: 101"),
        "case:7: issues.scope.positions.US.position: 101; expected a number",
    ),
    (BASE.replace("position: 90", "position: .nan"), "position: the number nan; expected a finite number"),
    (BASE.replace("position: freeze", "position: freze"), "unknown point 'freze' (did you mean 'freeze'?)"),
    (BASE.replace("salience: 0.5", "salience: 50"), "set salience_scale: 100"),
    (BASE.replace(", salience: 0.5", ""), "case:7: issues.scope.positions.US: no 'salience'"),
    (BASE.replace("capability: 5", "capability: -5"), "parties.DPRK.capability: -5; expected 0 or more"),
    (BASE.replace("points: {freeze: 30}", "points: {freeze: 130}"), "scale.points.freeze: 130; expected a point"),
    (BASE.replace("low: 0, high: 100", "low: 100, high: 0"), "a scale from 100 to 0; expected low below high"),
    (BASE.replace("owner: DPRK, ", ""), "case:10: options.f: no 'owner'"),
    (BASE.replace("owner: DPRK, ", "owner: DPKR, "), "options.f.owner: unknown party 'DPKR' (did you mean 'DPRK'?)"),
    (BASE + "status_quo: [f]\ninfeasible: [f]\n", "status_quo: an infeasible state (f)"),
    (BASE + "infeasible: [f, not f]\n", "infeasible: patterns that leave no state at all"),
    (BASE + "preferences: {US: {statements: [US lift if f]}}\n", "unknown option 'US lift' (did you mean 'us lifts'?)"),
    (BASE + "preferences: {US: {}}\n", "preferences.US: neither statements nor a ranking"),
    (BASE + "preferences: {US: {ranking: [none, f, l]}}\n", "a ranking without 1 feasible states (f + l)"),
    (BASE + "preferences: {US: {ranking: [none, f, l, YY, l]}}\n", "the state l twice"),
    (BASE + "preferences: {US: {ranking: [none, [f, x]]}}\n", "unknown option 'x'"),
    (BASE + "measures: {a: {performers: []}}\n", "a measure that nobody performs"),
    (
        BASE + "measures: {a: {performers: [US], after: [b]}, b: {performers: [US], after: [a]}}\n",
        "a circle: a after b after a",
    ),
    (BASE + "patience: {US: 1}\n", "patience.US: 1; expected a number from 0 to below 1"),
    (BASE + "hazard: {low: 0.9, high: 1.1}\n", "hazard: 0.9 to 1.1"),
    (BASE + "step_years: 0\n", "step_years: 0"),
    (BASE + "guarantees: {US: -1}\n", "guarantees.US: -1"),
    (BASE + "guarantors: {g: {who: Russia, kind: insure, penalty: {US: 1}}}\n", "without 'pays'"),
    (BASE + "measures: {a: {performers: [US]}}\nplan: [a, a]\n", "'a' in steps 1 and 2"),
    (
        BASE + "measures: {a: {performers: [US]}, b: {performers: [US], after: [a]}}\nplan: [[a, b]]\n",
        "'a' in step 1; expected 'a' in an earlier step",
    ),
    (BASE + "format: {seats: [US], vetoes: [DPRK]}\n", "'DPRK', who has no seat"),
    (BASE + "format: {quota: 4, votes: {US: 1, DPRK: 2}}\n", "a quota of 4 with 3 votes"),
    (BASE + "format: {votes: {US: 1.5}}\n", "format.votes.US: 1.5; expected a valid integer"),
    (BASE + "format: {ratifiers: {s: {party: US, faction: doves}}}\n", "unknown faction 'doves'"),
    (BASE + "stakes: {exchange_rates: {US: 3}}\n", "a sum without a currency"),
    (BASE + "stakes: {currency: USD, projects: {p: {split: {US: 0.5}}}}\n", "shares that add up to 0.5"),
    (
        BASE
        + "stakes: {corridors: {places: {a: {}, b: {}}, arcs: {x: {from: a, to: c, mode: rail, length_km: -1}}}}\n",
        "arcs.x.length_km: -1; expected 0 or more",
    ),
    (BASE + "stakes: {corridors: {places: {a: {}}, arcs: {x: {start: a, to: a}}}}\n", "unknown key 'start'"),
    (BASE + "stakes: {corridors: {file: nowhere.yaml}}\n", "nowhere.yaml: cannot be read"),
    (BASE + "as_of: soon\n", "as_of: 'soon'"),
    ("parties: [{id: US}, {name: x}]", "parties.1: the mapping {'name': 'x'}; expected an entry with an 'id'"),
    ("parties: [{id: US}, {id: US}]", "parties.1: the id 'US' twice"),
    ("parties: {US: {id: CN}}", "the id 'CN' under the key 'US'"),
    ("parties: {US: 3}", "parties.US: 3; expected"),
    ("parties: {US: {factions: {f: {positions: {x: 3}}}}}", "factions.f.positions.x: unknown issue 'x'"),
    ("parties: {US: {factions: {f: {weight: 2}}}}", "factions.f.weight: 2; expected a number from 0 to 1"),
    ("parties: {US: {}}\nissues: {x: {linked: [x]}}", "linked to itself"),
    ("parties: {US: {}}\nissues: {x: {linked: [y]}}", "unknown issue 'y'"),
    ("parties: {US: {}}\nissues: {x: {status_quo: 101}}", "issues.x.status_quo: 101"),
    ("parties: {US: {}}\nutilities: {US: {issues: {x: {0: 1}}}}", "1 points; expected at least two"),
    ("parties: {US: {}}\nutilities: {US: {issues: {x: {0: 1, half: 3}}}}", "'half'; expected a position"),
    (BASE + "utilities: {US: {no_deal: 2}}\n", "utilities.US.no_deal: 2"),
    (BASE + "format: {ratifiers: {s: {party: US, accepts: {scope: {at_most: 200}}}}}\n", "at_most: 200"),
    (BASE + "format: {seats: [US, US]}\n", "'US' twice; expected each party once"),
    (BASE + "infeasible: [3]\n", "infeasible.0: 3; expected a mapping of options"),
    (BASE + "infeasible: [{f: maybe}]\n", "infeasible.0.f: 'maybe'; expected yes, no or any"),
    (BASE + "infeasible: [{when: f, becuse: x}]\n", "unknown key 'becuse'"),
    (BASE + "preferences: {US: {statements: [3]}}\n", "preferences.US.statements.0: 3; expected a statement"),
    (BASE + "preferences: {US: {statements: [{says: f, beause: x}]}}\n", "unknown key 'beause'"),
    (BASE + "preferences: {US: {ranking: [3]}}\n", "preferences.US.ranking.0: 3; expected a state"),
    (BASE + "preferences: {US: {statements: [f], swap: 2}}\n", "preferences.US.swap: 2"),
    (BASE + "infeasible: [f]\npreferences: {US: {ranking: [none, l, f]}}\n", "the infeasible state f"),
    (BASE + "status_quo: {f: perhaps}\n", "status_quo.f: 'perhaps'"),
    (BASE + "measures: {a: {performers: [US], undone: 0.5}}\n", "not reversible"),
    (BASE + "measures: {a: {performers: [US], option: x}}\n", "unknown option 'x'"),
    (BASE + "guarantors: {g: {who: X, penalty: {US: 1}, pays: {US: 1}}}\n", "'pays' of a guarantor of kind 'punish'"),
    (BASE + "notice: -1\n", "notice: -1"),
    (BASE + "plan: [[]]\n", "an empty step"),
    (BASE + "patience_per: month\n", "patience_per: 'month'; expected 'step' or 'year'"),
    (BASE + "stakes: {corridors: {places: {a: {lat: 91}}}}\n", "lat: 91; expected degrees"),
    (BASE + "stakes: {corridors: {places: {a: {}}, demands: {d: {from: a, to: a, tonnes: 1}}}}\n", "to itself"),
    (BASE + "stakes: {currency: USD, exchange_rates: {US: {amount: 3, currency: EUR}}}\n", "unknown currency 'EUR'"),
    (BASE + "stakes: {currency: USD, exchange_rates: {US: 0}}\n", "exchange_rates.US: 0; expected a number above 0"),
    (
        BASE + "stakes: {trade: {file: t.csv, changes: [{from: a, to: b, variable: x, value: 1, needs: [z]}]}}\n",
        "unknown measure or option 'z'",
    ),
]


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_every_fault_is_named(text: str, said: str) -> None:
    """Each fault gives a message with its place, what was found and what was expected."""
    assert any(said in fault for fault in faults_of(text)), faults_of(text)


def test_all_faults_are_named_at_once() -> None:
    """Faults of YAML, of shape, of numbers and between parts come in one error, in the order of the file."""
    text = (
        BASE.replace("position: 90", "position: {low: 3, high: 1}")
        .replace("salience: 0.5", "salience: 7")
        .replace("capability: 10", "capabilty: 10")
        .replace("owner: US", "owner: UK")
        + "patience: {US: 1}\npatience: {US: 0.5}\nplan: [x]\nformat: {seats: [USA]}\n"
    )
    paths = [re.sub(r"^case:(\d+): ([^:]*):.*", r"\1 \2", fault) for fault in faults_of(text)]
    assert paths == [
        "1 parties.US.capabilty",
        "7 issues.scope.positions.US.position.low",
        "7 issues.scope.positions.US.salience",
        "11 options.l.owner",
        "12 patience",
        "12 patience.US",
        "14 plan.0.0",
        "15 format.seats.0",
    ]


def test_one_slip_gives_one_fault() -> None:
    """A party whose own entry is at fault is still known to those who name it."""
    assert len(faults_of(BASE.replace("capability: 5", "capability: five"))) == 1
    assert len(faults_of(BASE + "preferences: {US: {statements: [nothing known]}}\n")) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "an empty file"),
        (b"\x00\x01\x02", "binary data"),
        ("parties: {Z\u00fcrich: {}}".encode("latin-1"), "not UTF-8 (0xfc)"),
        ("parties: {US: {}}".encode("utf-16"), "binary data"),
        (b"parties: {US: {}}\n#" + b"x" * 9_000_000, "at most"),
        (b"parties: {US: {name: \x1b[31m}}", "not YAML"),
    ],
)
def test_files_that_are_no_case_give_one_clear_error(tmp_path: Path, data: bytes, said: str) -> None:
    """Empty, binary, wrongly encoded, huge and hostile files give one clear line with the file's name."""
    file = tmp_path / "case.yaml"
    file.write_bytes(data)
    with pytest.raises(CaseError, match=re.escape(said)) as caught:
        load_case(file)
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_give_a_clear_error(tmp_path: Path) -> None:
    """A file that is not there, or is a folder, gives a clear error."""
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(CaseError, match="cannot be read"):
            load_case(path)


def test_a_network_in_its_own_file_is_read(tmp_path: Path) -> None:
    """Corridors may stand in a file of their own, and their faults name that file and its line."""
    network = "places: {a: {}, b: {}}\narcs:\n  x: {from: a, to: b, mode: rail, length_km: 10}\n"
    (tmp_path / "net.yaml").write_text(network, encoding="utf-8")
    case_file = tmp_path / "case.yaml"
    case_file.write_text(BASE + "stakes: {corridors: {file: net.yaml}}\n", encoding="utf-8")
    corridors = load_case(case_file).stakes.corridors
    assert corridors is not None
    assert list(corridors.arcs) == ["x"]
    (tmp_path / "net.yaml").write_text(network.replace("10", "-10"), encoding="utf-8")
    with pytest.raises(CaseError, match=r"net\.yaml:3: stakes\.corridors\.arcs\.x\.length_km: -10"):
        load_case(case_file)


@pytest.mark.parametrize("text", [example(), example().replace("\n", "\r\n"), *(text for text, _ in FAULTS)])
def test_both_parsers_read_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With and without libyaml a text gives the same values on the same lines, or is refused."""

    def read() -> object:
        try:
            tree, faults = parse(text, "case")
        except CaseError as error:
            return "not YAML" in str(error) or str(error)
        return repr(tree), faults.places.lines, [str(fault) for fault in faults.sorted()]

    fast = read()
    monkeypatch.setattr(_nodes, "_libyaml", lambda: None)
    assert read() == fast


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("NO", "NO"),
        ("1:30", "1:30"),
        ("12_000", 12000),
        ("0123", 123),
        ("0x1F", 31),
        ("1e6", 1e6),
        ("-.5", -0.5),
        ("2018-06-12", date(2018, 6, 12)),
        ("2018-06-12 10:00", "2018-06-12 10:00"),
        ("~", None),
        ("true", True),
        ("=", "="),
        ("'12'", "12"),
        ('"~"', "~"),
        ("1.2.3", "1.2.3"),
    ],
)
def test_plain_scalars_mean_what_yaml_1_2_says(text: str, value: object) -> None:
    """Unquoted texts are numbers, dates, truth values or nothing by the core schema; quoted ones are texts."""
    tree, _ = parse(f"a: {text}\n", "case")
    assert tree == {"a": value}
    assert type(tree["a"]) is type(value)


def test_aliases_that_unfold_without_end_are_refused() -> None:
    """A file whose aliases multiply without end is refused early."""
    levels = "".join(f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 9)}]\n" for k in range(1, 9))
    assert "aliases that unfold without end" in faults_of("a0: &a0 [x]\n" + levels)[0]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.integers(0, len(BASE)))
def test_no_text_brings_the_loader_down(noise: str, at: int) -> None:
    """Whatever is written into a case, the loader gives a case or a CaseError."""
    try:
        loads(BASE[:at] + noise + BASE[at:])
    except CaseError as error:
        assert error.faults  # noqa: PT017


def test_contested_terms_have_names_and_change_no_result() -> None:
    """A term is named by its key, a text or in full; terms are no input of a method."""
    text = "parties: {N: {name: North}}\nissues: {flow: {}}\n"
    case = loads(text + "terms: {filling: , veto: right of veto, gate: {words: [sluice], issue: flow}}\n")
    assert [(term.name, term.words, term.issue) for term in case.terms.values()] == [
        ("filling", (), None), ("right of veto", (), None), ("gate", ("sluice",), "flow"),
    ]  # fmt: skip
    assert case.input_hash == loads(text).input_hash


def test_faults_of_contested_terms() -> None:
    """Words without letters and an unknown issue are named where they stand."""
    found = faults_of("parties: {N: {name: North}}\nterms: {veto: {words: ['?!'], issue: flow}}\n")
    assert len(found) == 2
    assert any("terms.veto.words.0" in fault for fault in found)
    assert any("terms.veto.issue" in fault and "'flow'" in fault for fault in found)
