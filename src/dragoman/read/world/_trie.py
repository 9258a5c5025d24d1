"""Longest-match lookup of many names in a text, in one pass.

Words are runs of letters and digits; every other mark but white space is a word of
its own, so that ``U.S.`` and ``Kim Jong-un`` match however a parser cuts them.
Text positions are code points of the text searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

Way = Literal["name", "adjective", "people", "capital", "seat", "organisation", "person", "place", "office"]

WORD = re.compile(r"[^\W_]+|[^\w\s]")
_SAME = str.maketrans({"’": "'", "‘": "'", "`": "'", "‐": "-", "‑": "-", "–": "-"})
_END = ""


@dataclass(frozen=True, slots=True)
class Name:
    """One reading of a name: whose it is, in which way it names, and the country that goes with it."""

    id: str
    way: Way
    country: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """A name found at ``text[start:end]``, with every reading it may have."""

    start: int
    end: int
    names: tuple[Name, ...]


class Trie:
    """Names by their words."""

    def __init__(self, entries: Iterable[tuple[str, Name]]) -> None:
        self._root: dict[str, Any] = {}
        for text, name in entries:
            self._add(text, name)

    def _add(self, text: str, name: Name) -> None:
        node = self._root
        for word in WORD.findall(text.translate(_SAME)):
            node = node.setdefault(word, {})
        known = node.get(_END, ())
        if name not in known:
            node[_END] = (*known, name)

    def lookup(self, text: str) -> tuple[Name, ...]:
        """The readings of exactly ``text``; empty where it is no name."""
        node = self._root
        for word in WORD.findall(text.translate(_SAME)):
            if word not in node:
                return ()
            node = node[word]
        found: tuple[Name, ...] = node.get(_END, ())
        return found

    def match(self, text: str) -> list[Match]:
        """Every longest name in ``text`` from the left, without overlaps."""
        words = [(found.group(), found.start(), found.end()) for found in WORD.finditer(text.translate(_SAME))]
        root, matches, place = self._root, [], 0
        while place < len(words):
            node = root.get(words[place][0])
            if node is None:
                place += 1
                continue
            length, names = _longest(node, words, place)
            if names:
                matches.append(Match(words[place][1], words[place + length - 1][2], names))
                place += length
            else:
                place += 1
        return matches


def _longest(node: dict[str, Any], words: list[tuple[str, int, int]], place: int) -> tuple[int, tuple[Name, ...]]:
    """Length in words and readings of the longest name that begins at ``place``; ``node`` is past its first word."""
    length, names = (1, node[_END]) if _END in node else (0, ())
    for step in range(place + 1, len(words)):
        if words[step][0] not in node:
            break
        node = node[words[step][0]]
        if _END in node:
            length, names = step - place + 1, node[_END]
    return length, names
