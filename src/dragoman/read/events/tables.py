"""The lexicon: readable tables of triggers, loaded once.

``words.tsv`` names classes of words, ``verbs.tsv`` and ``nouns.tsv`` list triggers
with conditions and outcome, ``operators.tsv`` says what an operator (agree,
refuse, threaten, stop ...) makes of the event under it.  The format is told in
``docs/reference/lexicon.md``; a bad line is an error that names file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from dragoman.errors import ReadError
from dragoman.read.events.ontology import MODES, TYPES, codes

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"subj": 1.0, "obj": 2.0, "comp": 1.6, "mod": 1.0, "poss": 1.0, "any": 1.4, "pred": 1.5, "inf": 1.7, "that": 1.8}
)
PREPOSITION_WEIGHT = 1.2
CLAUSE_SLOTS = frozenset({"subj", "obj", "comp", "mod", "poss", "any", "pred", "inf", "that"})
FILLERS_ANY = "*"
TABLES = ("words.tsv", "verbs.tsv", "nouns.tsv", "operators.tsv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One condition: any of the ``slots`` must hold one of ``words`` (None: anything)."""

    slots: tuple[str, ...]
    words: frozenset[str] | None
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the lexicon.

    ``outcome`` is a CAMEO code, ``+operator`` or ``-`` (not an event); ``named`` are
    the lemmas that the line names itself, not through a class.
    """

    file: str
    line: int
    lemmas: tuple[str, ...]
    needs: tuple[Need, ...]
    bare: bool
    outcome: str
    type: str | None
    mode: str | None
    named: frozenset[str]
    both: bool
    content: bool
    said: bool
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    shown: str
    weight: float

    @property
    def wants_object(self) -> bool:
        """Whether a condition asks for certain words as object: then the object is a thing, not the target."""
        return any("obj" in need.slots and need.words is not None for need in self.needs)

    @property
    def place(self) -> str:
        """File and line, as explanations print it."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All tables.

    ``members`` gives for each class its words, ``operators`` their outcome by inner
    code, ``phrases`` the set phrases by their first word, ``stems`` the first words
    of all verbs, ``known`` every noun that a table names.
    """

    members: Mapping[str, frozenset[str]]
    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    operators: Mapping[str, Mapping[str, str]]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    stems: frozenset[str]
    known: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with Dragoman."""
    folder = files("dragoman.read.events") / "lexicon"
    return build({name: (folder / name).read_text(encoding="utf-8") for name in TABLES})


def build(texts: Mapping[str, str]) -> Lexicon:
    """A lexicon from the texts of its tables, by file name (see :data:`TABLES`).

    Raises:
        ReadError: a table is missing, or a line does not follow the format; the message names file and line.
    """
    for name in TABLES:
        if name not in texts:
            raise ReadError("lexicon", f"no table {name}", ", ".join(TABLES))
    members: dict[str, frozenset[str]] = {}
    for place, (name, listed) in _rows(texts, "words.tsv", 2, 2):
        words = (_members(place, word, members) if word.startswith("@") else {word} for word in listed.split())
        members[name] = frozenset().union(*words)
    operators = _operators(texts)
    verbs = _entries(texts, "verbs.tsv", members, operators)
    nouns = _entries(texts, "nouns.tsv", members, operators)
    known = _named(members, verbs, nouns)
    return Lexicon(
        members=MappingProxyType(members),
        verbs=MappingProxyType(_by_lemma(verbs)),
        nouns=MappingProxyType(_by_lemma(nouns)),
        operators=operators,
        phrases=MappingProxyType(_phrases(known)),
        stems=frozenset(lemma.split("_")[0] for entry in verbs for lemma in entry.lemmas),
        known=known,
    )


def _rows(texts: Mapping[str, str], name: str, least: int, most: int) -> Iterator[tuple[str, list[str]]]:
    for number, line in enumerate(texts[name].splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not least <= len(cells) <= most:
            raise ReadError(f"{name}:{number}", f"{len(cells)} columns", f"{least} to {most}, separated by tabs")
        yield f"{name}:{number}", cells


def _operators(texts: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    table: dict[str, dict[str, str]] = {}
    seen: set[tuple[str, str]] = set()
    for place, (name, inner, outcome) in _rows(texts, "operators.tsv", 3, 3):
        if (name, inner) in seen:
            raise ReadError(place, f"a second line for {name} {inner}", "one line each")
        seen.add((name, inner))
        if inner == "<":
            table[name] = dict(_operator(place, table, outcome))
        elif outcome in {"=", "-"} or outcome in codes():
            table.setdefault(name, {})[inner] = outcome
        else:
            raise ReadError(place, f"outcome {outcome!r}", "a CAMEO code, = or -")
    return MappingProxyType(table)


def _operator(place: str, table: Mapping[str, Mapping[str, str]], name: str) -> Mapping[str, str]:
    if name not in table:
        raise ReadError(place, f"operator {name!r}", f"one of the lines above: {', '.join(table)}")
    return table[name]


def _entries(
    texts: Mapping[str, str],
    name: str,
    members: Mapping[str, frozenset[str]],
    operators: Mapping[str, Mapping[str, str]],
) -> list[Entry]:
    return [_entry(place, cells, members, operators) for place, cells in _rows(texts, name, 3, 5)]


def _entry(
    place: str, cells: list[str], members: Mapping[str, frozenset[str]], operators: Mapping[str, Mapping[str, str]]
) -> Entry:
    lemmas, conditions, outcome, as_type, roles = [*cells, "-", "-"][:5]
    file, line = place.split(":")
    _check_outcome(place, outcome, operators)
    kind, mode = _as_type(place, as_type)
    parts = conditions.split()
    needs = tuple(_need(place, text, members) for text in parts if text not in {"*", "no-obj"})
    return Entry(
        file=file,
        line=int(line),
        lemmas=tuple(_expand(place, lemmas, members)),
        needs=needs,
        bare="no-obj" in parts,
        outcome=outcome,
        type=kind,
        mode=mode,
        named=frozenset(item.strip() for item in lemmas.split(",") if not item.strip().startswith("@")),
        both="both" in roles.split(),
        content="content" in roles.split(),
        said="said" in roles.split(),
        sources=_role(roles, "from="),
        targets=_role(roles, "to="),
        shown=f"{conditions} -> {outcome}",
        weight=sum(need.weight for need in needs),
    )


def _expand(place: str, lemmas: str, members: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for lemma in (item.strip() for item in lemmas.split(",")):
        if not lemma or " " in lemma:
            raise ReadError(place, f"lemma {lemma!r}", "lemmas parted by commas, words of a phrase joined by _")
        if lemma.startswith("@"):
            yield from sorted(_members(place, lemma, members))
        else:
            yield lemma


def _members(place: str, name: str, members: Mapping[str, frozenset[str]]) -> frozenset[str]:
    if name[1:] not in members:
        raise ReadError(place, f"class {name}", f"a class of words.tsv: {', '.join(sorted(members))}")
    return members[name[1:]]


def _need(place: str, text: str, members: Mapping[str, frozenset[str]]) -> Need:
    slots, colon, fillers = text.partition(":")
    if not colon or not fillers:
        raise ReadError(place, f"condition {text!r}", "slot:words, as obj:@aid or on|against:*")
    names = tuple(slots.split("|"))
    for name in names:
        if name not in CLAUSE_SLOTS and name not in _members(place, "@prepositions", members):
            raise ReadError(place, f"slot {name!r}", f"{', '.join(sorted(CLAUSE_SLOTS))} or a preposition")
    words: frozenset[str] | None = None
    if FILLERS_ANY not in fillers.split("|"):
        found = [_members(place, item, members) if item.startswith("@") else {item} for item in fillers.split("|")]
        words = frozenset().union(*found)
    base = max(WEIGHTS.get(name, PREPOSITION_WEIGHT) for name in names)
    return Need(slots=names, words=words, weight=base if words is not None else base / 4)


def _check_outcome(place: str, outcome: str, operators: Mapping[str, Mapping[str, str]]) -> None:
    if outcome == "-" or outcome in codes() or outcome == "+say":
        return
    if not (outcome.startswith("+") and outcome[1:] in operators):
        raise ReadError(place, f"outcome {outcome!r}", "a CAMEO code with a PLOVER event, +operator or -")


def _as_type(place: str, text: str) -> tuple[str | None, str | None]:
    if text in {"", "-"}:
        return None, None
    kind, _, mode = text.partition(":")
    if kind not in TYPES or (mode and mode not in MODES[kind]):
        raise ReadError(place, f"type {text!r}", "TYPE or TYPE:mode of PLOVER")
    return kind, mode or None


def _role(roles: str, key: str) -> tuple[str, ...]:
    return tuple(name for part in roles.split() if part.startswith(key) for name in part.removeprefix(key).split(","))


def _by_lemma(entries: list[Entry]) -> dict[str, tuple[Entry, ...]]:
    table: dict[str, list[Entry]] = {}
    for entry in entries:
        for lemma in dict.fromkeys(entry.lemmas):
            table.setdefault(lemma, []).append(entry)
    return {lemma: tuple(found) for lemma, found in table.items()}


def _named(members: Mapping[str, frozenset[str]], verbs: list[Entry], nouns: list[Entry]) -> frozenset[str]:
    """Every noun that a class, a line of nouns.tsv or a condition names."""
    fillers = (need.words for entry in (*verbs, *nouns) for need in entry.needs if need.words is not None)
    return frozenset().union(*members.values(), *fillers, (lemma for entry in nouns for lemma in entry.lemmas))


def _phrases(words: frozenset[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for word in sorted(words):
        if "_" in word or "-" in word:
            parts = tuple(part for part in re.split(r"_|(-)", word) if part)
            table.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in table.items()}
