"""The table of stances: for each word the kinds and frames that it has, and what may be negotiated."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, cast, get_args

from dragoman.errors import ReadError
from dragoman.read.findings import StanceKind
from dragoman.read.world._tables import listed, rows

if TYPE_CHECKING:
    from spacy.tokens import Token

PARTS = {"verb": "VERB", "noun": "NOUN", "adjective": "ADJ"}
_ENDINGS = ("tion", "sion", "ment", "awal", "drawal", "lease", "ence", "ancy", "ship", "ing")
Entry = tuple[StanceKind, frozenset[str]]


@cache
def entries() -> Mapping[tuple[str, str], tuple[Entry, ...]]:
    """By part of speech and lemma (with its particle), kinds and frames.

    Raises:
        ReadError: a row has a kind or a part of speech that there is not.
    """
    found: dict[tuple[str, str], list[Entry]] = {}
    for kind, part, frames, lemmas in rows("stances.psv", 4):
        if part == "class":
            continue
        if kind not in get_args(StanceKind) or part not in PARTS:
            raise ReadError("world/stances.psv", f"{kind!r}, {part!r}", f"one of {get_args(StanceKind)}, {list(PARTS)}")
        for lemma in listed(lemmas):
            found.setdefault((PARTS[part], lemma), []).append((cast("StanceKind", kind), frozenset(frames.split())))
    return {key: tuple(value) for key, value in found.items()}


@cache
def words(name: str) -> frozenset[str]:
    """One class of words of the table."""
    return frozenset(
        word for kind, part, _, cell in rows("stances.psv", 4) if part == "class" and kind == name
        for word in listed(cell)
    )  # fmt: skip


def is_negotiable(noun: Token, *, by_form: bool = True) -> bool:
    """Whether a noun names what is negotiated: a deal, a deed, a right; not a person, a remark or a game.

    ``by_form``: nouns of deeds that the table does not list ("the evacuation") are told by their endings.
    """
    low = noun.lemma_.lower()
    if noun.pos_ not in {"NOUN", "PROPN"} or low in words("not negotiable"):
        return False
    return low in words("negotiable") or (by_form and noun.pos_ == "NOUN" and low.endswith(_ENDINGS) and len(low) > 6)
