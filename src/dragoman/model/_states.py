"""The texts of the graph model: statements, infeasible patterns, states, rankings.

Brought from what people write to formulas and sets of options, with a fault for each
text that cannot be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any, TypeVar

from dragoman.model._conflict import Pattern, State
from dragoman.model._faults import Faults, Path, nearest, one_of, shown
from dragoman.model._statements import And, Formula, If, Iff, Is, Not, Or, Statement, StatementError, parse

T = TypeVar("T")
_YES = {"yes": True, "no": False, "y": True, "n": False, "true": True, "false": False}
_MOST_TERMS = 4096


class TooManyTermsError(ValueError):
    """A statement that falls into more patterns than can be listed."""


def conflict_part(shape: dict[str, Any], faults: Faults) -> dict[str, Any]:
    """``shape`` with the graph model's texts read."""
    names = option_names(shape.get("options"))
    changed = dict(shape)
    if isinstance(shape.get("infeasible"), list):
        entries = enumerate(shape["infeasible"])
        changed["infeasible"] = [
            pattern for at, raw in entries for pattern in _infeasible(raw, names, ("infeasible", at), faults)
        ]
    if shape.get("status_quo") is not None:
        changed["status_quo"] = _status_quo(shape["status_quo"], names, ("status_quo",), faults)
    if isinstance(shape.get("preferences"), dict):
        changed["preferences"] = {
            party: _preferences(party, raw, names, ("preferences", party), faults)
            for party, raw in shape["preferences"].items()
        }
    return changed


def option_names(options: Any) -> dict[str, str]:
    """Identifier -> name (or nothing) of every option."""
    entries = options.items() if isinstance(options, dict) else ()
    return {
        key: entry["name"] if isinstance(entry, dict) and isinstance(entry.get("name"), str) else ""
        for key, entry in entries
    }


def read_statement(text: str, names: Mapping[str, str], path: Path, faults: Faults) -> Formula | None:
    """The formula of ``text``; a fault and None where it cannot be read."""
    try:
        return parse(text, names)
    except StatementError as error:
        faults.add(path, f"{error.found} at column {error.column} of {shown(text)}", error.expected)
        return None


def _preferences(party: str, raw: Any, names: Mapping[str, str], path: Path, faults: Faults) -> Any:
    if isinstance(raw, list):
        raw = {"statements": raw}
    if not isinstance(raw, dict):
        return raw
    changed = {**raw, "party": party}
    if isinstance(raw.get("statements"), list):
        read = [_statement(item, names, (*path, "statements", at), faults) for at, item in enumerate(raw["statements"])]
        changed["statements"] = [item for item in read if item]
    if isinstance(raw.get("ranking"), list):
        changed["ranking"] = _ranking(raw["ranking"], names, (*path, "ranking"), faults)
    return changed


def _statement(raw: Any, names: Mapping[str, str], path: Path, faults: Faults) -> Statement | None:
    entry = {"says": raw} if isinstance(raw, str) else raw
    if not isinstance(entry, dict) or not isinstance(entry.get("says"), str):
        faults.add(path, shown(raw), "a statement as text, or {says: TEXT, because: WHY}")
        return None
    for key in set(entry) - {"says", "because"}:
        faults.add((*path, key), f"unknown key {key!r}", one_of(("says", "because")))
    formula = read_statement(entry["says"], names, path, faults)
    because = entry.get("because") or ""
    return Statement(text=entry["says"], formula=formula, because=str(because)) if formula else None


def _ranking(raw: list[Any], names: Mapping[str, str], path: Path, faults: Faults) -> list[list[State]]:
    groups: list[list[State]] = []
    for at, group in enumerate(raw):
        members = group if isinstance(group, list) else [group]
        states = [state_of(item, names, (*path, at), faults) for item in members]
        groups.append([state for state in states if state is not None])
    return groups


def state_of(raw: Any, names: Mapping[str, str], path: Path, faults: Faults) -> State | None:
    """A state as ``a + b``, ``none``, ``YNNY`` or a mapping of options to yes and no."""
    if isinstance(raw, dict):
        return _taken(raw, names, path, faults)
    if not isinstance(raw, str):
        faults.add(path, shown(raw), "a state: options joined by '+', 'none', or one letter (Y, N) an option")
        return None
    if raw.casefold() == "none":
        return frozenset()
    if len(raw) == len(names) and set(raw) <= {"Y", "N"} and raw not in names:
        return frozenset(name for name, letter in zip(names, raw, strict=True) if letter == "Y")
    parts = [_option(part.strip(), names, path, faults) for part in raw.split("+")]
    return frozenset(part for part in parts if part) if all(parts) else None


def _option(text: str, names: Mapping[str, str], path: Path, faults: Faults) -> str | None:
    spellings = {name.casefold(): key for key, name in names.items() if name} | {key.casefold(): key for key in names}
    key = spellings.get(text.casefold())
    if key is None:
        faults.add(path, f"unknown option {text!r}{nearest(text, spellings)}", one_of(names))
    return key


def _status_quo(raw: Any, names: Mapping[str, str], path: Path, faults: Faults) -> State | None:
    if isinstance(raw, list):
        options = [_option(str(item), names, (*path, at), faults) for at, item in enumerate(raw)]
        return frozenset(option for option in options if option)
    return state_of(raw, names, path, faults)


def _taken(raw: Mapping[str, Any], names: Mapping[str, str], path: Path, faults: Faults) -> State:
    return frozenset(key for key, yes in _answers(raw, names, path, faults).items() if yes)


def _answers(raw: Mapping[str, Any], names: Mapping[str, str], path: Path, faults: Faults) -> dict[str, bool]:
    """Options to yes and no; 'any' is left out."""
    answers: dict[str, bool] = {}
    for text, answer in raw.items():
        key = _option(text, names, (*path, text), faults)
        said = str(answer).casefold()
        if said not in _YES and said not in {"any", "-"}:
            faults.add((*path, text), shown(answer), "yes, no or any")
        elif key and said in _YES:
            answers[key] = _YES[said]
    return answers


def _infeasible(raw: Any, names: Mapping[str, str], path: Path, faults: Faults) -> list[Pattern]:
    because = ""
    if isinstance(raw, dict) and "when" in raw and "when" not in names:
        for key in set(raw) - {"when", "because"}:
            faults.add((*path, key), f"unknown key {key!r}", one_of(("when", "because")))
        because, raw = str(raw.get("because") or ""), raw["when"]
    if isinstance(raw, dict):
        answers = _answers(raw, names, path, faults)
        yes = frozenset(key for key, said in answers.items() if said)
        return [Pattern(yes=yes, no=frozenset(answers) - yes, because=because)]
    if not isinstance(raw, str):
        faults.add(path, shown(raw), "a mapping of options to yes and no, or a statement")
        return []
    formula = read_statement(raw, names, path, faults)
    try:
        return patterns_of(formula, because) if formula else []
    except TooManyTermsError:
        faults.add(path, f"a statement of more than {_MOST_TERMS} patterns", "several smaller ones")
        return []


def patterns_of(formula: Formula, because: str = "") -> list[Pattern]:
    """The patterns (conjunctions) whose union is exactly the states of which ``formula`` is true."""
    return [Pattern(yes=yes, no=no, because=because) for yes, no in _terms(formula, wanted=True)]


_Term = tuple[frozenset[str], frozenset[str]]


def _terms(formula: Formula, *, wanted: bool) -> list[_Term]:
    """The disjunctive normal form of ``formula`` (or of its negation), contradictions dropped."""
    if isinstance(formula, Is):
        only = frozenset({formula.option})
        return [(only, frozenset())] if wanted else [(frozenset(), only)]
    if isinstance(formula, Not):
        return _terms(formula.of, wanted=not wanted)
    if isinstance(formula, If):
        return _terms(Or((formula.then, Not(formula.when))), wanted=wanted)
    if isinstance(formula, Iff):
        both = And((formula.left, formula.right))
        neither = And((Not(formula.left), Not(formula.right)))
        return _terms(Or((both, neither)), wanted=wanted)
    parts = [_terms(part, wanted=wanted) for part in formula.parts]
    return _joined(parts) if isinstance(formula, And) == wanted else _least([term for part in parts for term in part])


def _joined(parts: list[list[_Term]]) -> list[_Term]:
    terms = parts[0]
    for part in parts[1:]:
        pairs = product(terms, part)
        merged = [(a[0] | b[0], a[1] | b[1]) for a, b in pairs if not (a[0] | b[0]) & (a[1] | b[1])]
        terms = _least(merged)
    return terms


def _least(terms: list[_Term]) -> list[_Term]:
    """Without terms that another one covers."""
    if len(terms) > _MOST_TERMS:
        raise TooManyTermsError
    unique = list(dict.fromkeys(terms))
    if len(unique) > 256:
        return unique
    return [a for a in unique if not any(b != a and b[0] <= a[0] and b[1] <= a[1] for b in unique)]
