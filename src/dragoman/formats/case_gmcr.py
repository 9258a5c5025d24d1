"""The graph model's JSON exchange format of the public Python tool.

Options are numbered from 0.  States are numbered from 1 over the feasible ones, the
first option being the lowest bit; a ranking lists states best first, ties as lists.
A statement is a conjunction (a list of ``[option, "Y" or "N"]``) or a union of such
(``{"members": [...]}``), most important first.  Options of the same name in the hands of
two parties are told apart by these; a file with misperceptions or coalitions is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dragoman.errors import MethodError, ReadError
from dragoman.formats.case_text import identifiers, read_text, write_text
from dragoman.model import Case, Pattern, State, Statement, patterns_of
from dragoman.model import to_yaml as yaml_of

_DIRECTIONS = {"both": "both", "fwd": "forward", "back": "back"}
_MOST_OPTIONS = 20


def read_gmcr(path: str | Path) -> str:
    """The YAML of a case from a file of the graph model's exchange format.

    Raises:
        ReadError: the file is not in that format.
    """
    place = str(path)
    document = _document(read_text(path), place)
    options = _entries(document, "options", place)
    makers = _entries(document, "decisionMakers", place)
    party_ids = list(identifiers([_name(entry, place) for entry in makers], place).values())
    owners = _owners(makers, party_ids, len(options), place)
    _nothing_more(document, makers, place)
    names = _told_apart([_name(entry, place) for entry in options], owners, makers, party_ids)
    option_ids = list(identifiers(names, place).values())
    terms = [_literals(term, len(options), place) for term in _entries(document, "infeasibles", place)]
    manual = bool(document.get("useManualPreferenceRanking", document.get("useManualPreferenceVectors", False)))
    states = _numbered(len(options), terms, place) if manual else []
    values = {
        "title": Path(path).stem,
        "parties": {key: {"name": entry["name"]} for key, entry in zip(party_ids, makers, strict=True)},
        "options": {
            key: {"owner": owners[at], "name": names[at], "moves": _direction(entry, place)}
            for at, (key, entry) in enumerate(zip(option_ids, options, strict=True))
        },
        "infeasible": [{option_ids[at]: "yes" if yes else "no" for at, yes in term.items()} for term in terms],
        "preferences": {
            key: {"ranking": _ranking(entry, states, option_ids, place)}
            if manual
            else {"statements": [_says(item, option_ids, place) for item in entry.get("preferences", [])]}
            for key, entry in zip(party_ids, makers, strict=True)
        },
    }
    return yaml_of(values, comment=f"Read from the graph model's file {Path(path).name}")


def _nothing_more(document: Mapping[str, Any], makers: Sequence[Any], place: str) -> None:
    """Refuse what would change the equilibria and a case cannot say: misperceptions, and parties that act as one."""
    for maker in makers:
        said = [key for key in maker if "misperce" in key.casefold() and maker[key]]
        if said:
            raise ReadError(
                place,
                f"{said[0]} of {maker['name']!r}",
                "a conflict that all see alike; import one without them, give each view as a scenario, and solve "
                "by the method hypergame",
            )
    together = [group for group in document.get("coalitions") or () if isinstance(group, list) and len(group) > 1]
    if together:
        names = " and ".join(str(_maker_name(makers, at)) for at in together[0])
        raise ReadError(place, f"the coalition of {names}", "decision makers that act for themselves")


def _maker_name(makers: Sequence[Any], at: Any) -> Any:
    return makers[at]["name"] if isinstance(at, int) and 0 <= at < len(makers) else at


def _told_apart(
    names: Sequence[str], owners: Sequence[str], makers: Sequence[Mapping[str, Any]], keys: Sequence[str]
) -> list[str]:
    """Option names, each with its party's where two parties have an option of the same name."""
    titles = {key: str(maker["name"]) for key, maker in zip(keys, makers, strict=True)}
    folded = [name.casefold() for name in names]
    return [
        f"{name} ({titles[owner]})" if folded.count(name.casefold()) > 1 else name
        for name, owner in zip(names, owners, strict=True)
    ]


def _document(text: str, place: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise ReadError(place, f"not JSON: {error}", "the graph model's exchange format") from None
    except RecursionError:
        raise ReadError(place, "brackets nested too deeply", "the graph model's exchange format") from None
    if not isinstance(document, dict):
        raise ReadError(place, type(document).__name__, "an object with decisionMakers and options")
    return document


def _entries(document: Mapping[str, Any], key: str, place: str) -> list[Any]:
    entries = document.get(key)
    if not isinstance(entries, list):
        raise ReadError(place, f"no list {key!r}", "decisionMakers, options, infeasibles")
    return entries


def _name(entry: Any, place: str) -> str:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise ReadError(place, f"{entry!r}"[:60], "an entry with a name")
    return str(entry["name"])


def _owners(makers: Sequence[Mapping[str, Any]], keys: list[str], count: int, place: str) -> list[str]:
    owners: dict[int, str] = {}
    for key, maker in zip(keys, makers, strict=True):
        for option in maker.get("options", []):
            at = _index(option, count, place)
            if at in owners:
                raise ReadError(place, f"option {at} of {owners[at]!r} and {key!r}", "one owner an option")
            owners[at] = key
    missing = [at for at in range(count) if at not in owners]
    if missing:
        raise ReadError(place, f"option {missing[0]} without an owner", "each option with one decision maker")
    return [owners[at] for at in range(count)]


def _index(raw: Any, count: int, place: str) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw < count:
        raise ReadError(place, f"the option number {raw!r}", f"a number from 0 to {count - 1}")
    return raw


def _direction(entry: Mapping[str, Any], place: str) -> str:
    raw = entry.get("permittedDirection", "both")
    if raw not in _DIRECTIONS:
        raise ReadError(place, f"permittedDirection {raw!r}", "both, fwd or back")
    return _DIRECTIONS[raw]


def _literals(raw: Any, count: int, place: str) -> dict[int, bool]:
    if not isinstance(raw, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in raw):
        raise ReadError(place, f"{raw!r}"[:60], 'a list of [option, "Y" or "N"]')
    literals: dict[int, bool] = {}
    for option, answer in raw:
        if answer not in {"Y", "N"}:
            raise ReadError(place, f"{answer!r}", '"Y" or "N"')
        literals[_index(option, count, place)] = answer == "Y"
    return literals


def _numbered(count: int, terms: Sequence[Mapping[int, bool]], place: str) -> list[int]:
    """The feasible states as bit codes, in the order in which the format numbers them."""
    if count > _MOST_OPTIONS:
        raise ReadError(place, f"a ranking over {count} options", f"at most {_MOST_OPTIONS}, or statements")
    return [code for code in range(2**count) if not any(_matches(term, code) for term in terms)]


def _matches(term: Mapping[int, bool], code: int) -> bool:
    return all(bool(code >> at & 1) == yes for at, yes in term.items())


def _ranking(entry: Mapping[str, Any], states: list[int], names: list[str], place: str) -> list[Any]:
    ranking = entry.get("preferenceRanking", entry.get("preferenceVector"))
    if not isinstance(ranking, list):
        raise ReadError(place, f"no preferenceRanking of {entry['name']!r}", "a list of state numbers, best first")
    tied = [group if isinstance(group, list) else [group] for group in ranking]
    groups = [[_state(number, states, names, place) for number in group] for group in tied]
    return [group if len(group) > 1 else group[0] for group in groups]


def _state(number: Any, states: list[int], names: list[str], place: str) -> str:
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(states):
        raise ReadError(place, f"the state number {number!r}", f"a number from 1 to {len(states)}")
    code = states[number - 1]
    return " + ".join(name for at, name in enumerate(names) if code >> at & 1) or "none"


def _says(raw: Any, names: list[str], place: str) -> str:
    members = raw.get("members") if isinstance(raw, dict) else [raw]
    if not isinstance(members, list) or not members:
        raise ReadError(place, f"{raw!r}"[:60], 'a list of literals, or {"members": [...]}')
    parts = [
        " and ".join(
            names[at] if yes else f"not {names[at]}" for at, yes in _literals(member, len(names), place).items()
        )
        for member in members
    ]
    return " or ".join(parts)


def write_gmcr(case: Case, path: str | Path) -> None:
    """Write the graph model's part of a case in the exchange format.

    Raises:
        MethodError: the case has no options, a party lacks preferences, or some have statements and others rankings.
        InputError: the file cannot be written.
    """
    if not case.options:
        raise MethodError("options", "no options", "a case with options")
    names = list(case.options)
    parties = [party for party in case.parties if any(option.owner == party for option in case.options.values())]
    missing = [party for party in parties if party not in case.preferences]
    if missing:
        raise MethodError(f"preferences.{missing[0]}", "no preferences", "those of every owner of an option")
    manual = {bool(case.preferences[party].ranking) for party in parties}
    if len(manual) > 1:
        raise MethodError("preferences", "rankings beside statements", "one of the two for all parties in this format")
    infeasible = [_pairs(pattern, names) for pattern in case.infeasible]
    terms = [{option: answer == "Y" for option, answer in pairs} for pairs in infeasible]
    numbers: dict[int, int] = {}
    if True in manual:
        numbers = {code: at for at, code in enumerate(_numbered(len(names), terms, str(path)), 1)}
    document = {
        "program": "dragoman",
        "decisionMakers": [_maker(case, party, names, numbers) for party in parties],
        "options": [
            {"name": option.name or key, "permittedDirection": option.moves.replace("forward", "fwd")}
            for key, option in case.options.items()
        ],
        "infeasibles": infeasible,
        "useManualPreferenceRanking": True in manual,
    }
    write_text(path, json.dumps(document, indent=1, ensure_ascii=False) + "\n")


def _pairs(pattern: Pattern, names: list[str]) -> list[list[Any]]:
    answers = {name: "Y" if name in pattern.yes else "N" for name in names if name in pattern.yes | pattern.no}
    return [[names.index(name), answer] for name, answer in answers.items()]


def _maker(case: Case, party: str, names: list[str], numbers: Mapping[int, int]) -> dict[str, Any]:
    preferences = case.preferences[party]
    maker: dict[str, Any] = {
        "name": case.parties[party].name,
        "options": [at for at, name in enumerate(names) if case.options[name].owner == party],
        "preferences": [_condition(statement, names) for statement in preferences.statements],
    }
    if preferences.ranking:
        groups = [[numbers[_code(state, names)] for state in group] for group in preferences.ranking]
        maker["preferenceRanking"] = [group if len(group) > 1 else group[0] for group in groups]
    return maker


def _code(state: State, names: list[str]) -> int:
    return sum(1 << at for at, name in enumerate(names) if name in state)


def _condition(statement: Statement, names: list[str]) -> Any:
    """A statement as the union of conjunctions that is true of the same states."""
    members = [_pairs(pattern, names) for pattern in patterns_of(statement.formula)]
    if not members or not all(members):
        raise MethodError(
            "preferences",
            f"{statement.text!r}, which no state or every state fulfils",
            "a statement that divides the states",
        )
    return members[0] if len(members) == 1 else {"compound": True, "members": members}
