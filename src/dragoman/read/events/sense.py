"""One event that a sentence speaks of, before its sides are known as actors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from dragoman.read.events.ontology import Code, codes
from dragoman.read.events.tables import Entry, Lexicon, lexicon
from dragoman.read.findings import EventType, Status

_REFINED = {
    "070": {"economic": "071", "military": "072", "humanitarian": "073", "peacekeeping": "074"},
    "060": {"economic": "061", "military": "062"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """An event with its code and the places of its sides.

    ``source`` and ``target`` are token places in order of preference; ``used`` are
    the tokens whose senses went into this one; ``steps`` tell how it came about.
    ``hedge`` says how little the clause asserts (0: plainly), ``content`` that a
    noun serves as content of other words more than as an event, ``guess`` that the
    type comes from a modal alone, the verb under it being unknown, ``dropped`` why it
    is no event, where it is none.
    """

    trigger: int
    code: Code
    type: EventType
    mode: str | None
    source: tuple[int, ...]
    target: tuple[int, ...]
    weight: float
    used: tuple[int, ...]
    steps: tuple[str, ...]
    status: Status = "held"
    both: bool = False
    nominal: bool = False
    content: bool = False
    hedge: float = 0.0
    guess: bool = False
    dropped: str | None = None

    @property
    def entry(self) -> str:
        """The line of the lexicon that it began with, without its number."""
        file, _, rest = self.steps[0].partition(":")
        return f"{file} {rest.partition(' ')[2]}" if file.endswith(".tsv") else self.steps[0].split(" ")[0]


def look_up(lexicon: Lexicon, operator: str, inner: str) -> str:
    """What an operator makes of an inner code: the line with the longest matching prefix, else that of ``*``."""
    table = lexicon.operators[operator]
    for length in range(len(inner), 1, -1):
        if inner[:length] in table:
            return table[inner[:length]]
    return table.get("*", "-")


def recoded(sense: Sense, outcome: str, step: str) -> Sense:
    """``sense`` under another CAMEO code, with the step that led there."""
    code = codes()[outcome]
    return replace(sense, code=code, type=code.type, mode=code.mode, steps=(*sense.steps, step))


def kind_of(entry: Entry, words: list[str]) -> tuple[Code, EventType, str | None]:
    """Code, type and mode that a line gives, its code refined by the words of the object."""
    code = codes()[refine(entry.outcome, words)]
    kind = cast("EventType", entry.type or code.type)
    mode = entry.mode or (code.mode if kind == code.type else None)
    return code, kind, mode


def refine(code: str, words: list[str]) -> str:
    """The narrower code that the words call for: aid of food is humanitarian aid.

    >>> refine("070", ["aid", "military"]), refine("057", ["military"])
    ('072', '057')
    """
    for name, narrower in _REFINED.get(code, {}).items():
        if not lexicon().members[f"kind_{name}"].isdisjoint(words):
            return narrower
    return code


def unique(*groups: tuple[int, ...] | list[int]) -> tuple[int, ...]:
    """The places of all groups in order, each once."""
    return tuple(dict.fromkeys(place for group in groups for place in group))
