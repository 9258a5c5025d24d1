"""The grammar's own words: classes of lemmas (``words.tsv``) and what words make of an act (``factuality.tsv``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast, get_args

from dragoman.errors import ReadError

Factuality = Literal["asserted", "planned", "possible", "aimed at", "denied", "supposed"]
SLOTS = ("over", "over clause", "over that", "over noun", "on noun", "modal", "mark", "preposition")


@cache
def words(name: str) -> frozenset[str]:
    """The lemmas of a class."""
    return _classes()[name]


@cache
def _classes() -> Mapping[str, frozenset[str]]:
    rows = _rows("words.tsv", 2)
    return MappingProxyType({name: frozenset(listed.split()) for _, (name, listed) in rows})


@cache
def factors() -> Mapping[str, Mapping[str, Factuality]]:
    """By slot and word, the factuality of what stands there.

    Raises:
        ReadError: a line names no slot or no value of the scale, or a word twice in one slot.
    """
    table: dict[str, dict[str, Factuality]] = {slot: {} for slot in SLOTS}
    for place, (slot, value, listed) in _rows("factuality.tsv", 3):
        if slot not in table or value not in get_args(Factuality):
            raise ReadError(place, f"{slot!r}, {value!r}", f"one of {SLOTS} and one of {get_args(Factuality)}")
        for word in listed.split():
            if word in table[slot]:
                raise ReadError(place, f"a second line for {slot} {word}", "one line each")
            table[slot][word] = cast("Factuality", value)
    return MappingProxyType({slot: MappingProxyType(found) for slot, found in table.items()})


def _rows(name: str, columns: int) -> Iterator[tuple[str, list[str]]]:
    text = (files("dragoman.read.syntax") / name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != columns:
            raise ReadError(f"{name}:{number}", f"{len(cells)} columns", f"{columns}, separated by tabs")
        yield f"{name}:{number}", cells
