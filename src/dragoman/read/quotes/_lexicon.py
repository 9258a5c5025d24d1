"""The lexicon of cues: which words report, and how their content stands beside them.

One line of ``cues.tsv`` is one word: lemma, part of speech, frames, strength (see
``docs/methods/quotes.md``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dragoman.errors import ReadError

PLAIN_FRAMES = frozenset(
    {"that", "wh", "to", "ing", "obj", "as", "small", "objto", "objof", "objfor", "objwith", "quote", "whole"}
)
_POS = frozenset({"verb", "noun", "adj", "adv"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """What a word can introduce.

    ``strength`` 3 is an utterance, 2 a stance or a finding that is commonly reported.
    ``weak`` frames count only where the content holds quoted words.
    """

    frames: frozenset[str]
    weak: frozenset[str]
    strength: int
    preps: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Cues by lemma, one table a part of speech."""

    verbs: Mapping[str, Cue]
    nouns: Mapping[str, Cue]
    adjectives: Mapping[str, Cue]
    adverbs: Mapping[str, Cue]


def read_table(name: str, columns: int) -> list[list[str]]:
    """The rows of a tab-separated table of this package; ``#`` begins a comment line."""
    rows = []
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != columns:
            raise ReadError(f"{name}:{number}", f"{len(cells)} columns", f"{columns} columns, parted by tabs")
        rows.append(cells)
    return rows


def _cue(place: str, frames: str, strength: str) -> Cue:
    names = frozenset(name.removesuffix("?") for name in frames.split())
    weak = frozenset(name.removesuffix("?") for name in frames.split() if name.endswith("?"))
    unknown = sorted(name for name in names if name not in PLAIN_FRAMES and not name.startswith("pp:"))
    if unknown:
        raise ReadError(place, f"frame {unknown[0]!r}", f"one of {', '.join(sorted(PLAIN_FRAMES))} or pp:PREPOSITION")
    if strength not in {"2", "3"}:
        raise ReadError(place, f"strength {strength!r}", "2 or 3")
    preps = frozenset(name[3:] for name in names if name.startswith("pp:"))
    return Cue(frames=names, weak=weak, strength=int(strength), preps=preps)


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with the package, read once."""
    tables: dict[str, dict[str, Cue]] = {pos: {} for pos in _POS}
    for lemma, pos, frames, strength in read_table("cues.tsv", 4):
        if pos not in _POS:
            raise ReadError(f"cues.tsv: {lemma}", f"part of speech {pos!r}", f"one of {', '.join(sorted(_POS))}")
        tables[pos][lemma] = _cue(f"cues.tsv: {lemma}", frames, strength)
    return Lexicon(verbs=tables["verb"], nouns=tables["noun"], adjectives=tables["adj"], adverbs=tables["adv"])


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in read_table("lists.tsv", 2)}


def word_list(name: str) -> frozenset[str]:
    """A closed word class of ``lists.tsv``."""
    return _lists()[name]
