"""Copies: articles that share most of their text, such as wire copy, count as one source.

1. Shingles: every five words in a row, letters and digits only, hashed to 64 bits.
2. MinHash by datasketch (Broder, On the resemblance and containment of documents,
   1997): 128 values, in 32 bands of 4 rows; articles that agree in a band are compared.
3. Two are copies where they share at least .6 of all shingles (resemblance), or
   .8 of those of the shorter (containment: a shortened wire story).
4. Copies of copies are one group, named by its earliest article.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from datasketch import MinHash

BANDS, ROWS = 32, 4
SHINGLE = 5
FEWEST_SHINGLES = 20
RESEMBLANCE, CONTAINMENT = 0.6, 0.8
MOST_KEPT = 4_000_000
_WORD = re.compile(r"\w+")
_SEED, _SCHEME = 20180612, "affine32"

Hashes = NDArray[np.uint64]


def shingles(text: str) -> Hashes:
    """The distinct 32-bit hashes of every five words in a row, sorted."""
    words = _WORD.findall(text.casefold())
    runs = {" ".join(words[place : place + SHINGLE]) for place in range(max(len(words) - SHINGLE + 1, 0))}
    hashed = (int.from_bytes(blake2b(run.encode(), digest_size=4).digest(), "big") for run in runs)
    return np.unique(np.fromiter(hashed, dtype=np.uint64, count=len(runs)))


def band_values(hashes: Hashes) -> list[int]:
    """One value for each band of the MinHash signature; empty for a text too short to compare."""
    if len(hashes) < FEWEST_SHINGLES:
        return []
    signature = _empty().copy()
    signature.update_batch(hashes.tolist())
    rows = signature.hashvalues.astype("<u8").reshape(BANDS, ROWS)
    return [int.from_bytes(blake2b(row.tobytes(), digest_size=7).digest(), "big") for row in rows]


@cache
def _empty() -> MinHash:
    """The signature of nothing, with the permutations that all signatures share."""
    from datasketch import MinHash

    return MinHash(num_perm=BANDS * ROWS, seed=_SEED, scheme=_SCHEME, hashfunc=int)


def likeness(a: Hashes, b: Hashes) -> float | None:
    """Containment of the shorter in the longer where the two are copies, else None."""
    return likenesses(a, [b])[0]


def likenesses(one: Hashes, others: Sequence[Hashes]) -> list[float | None]:
    """:func:`likeness` of one text with each of many, all counted in one pass."""
    if len(one) < FEWEST_SHINGLES or not others:
        return [None] * len(others)
    sizes = np.array([len(other) for other in others])
    every = np.concatenate(others)
    held = one[np.minimum(np.searchsorted(one, every), len(one) - 1)] == every
    sums = np.concatenate([[0], np.cumsum(held)])
    ends = np.cumsum(sizes)
    common = sums[ends] - sums[ends - sizes]
    shorter = np.minimum(sizes, len(one))
    containment = common / np.maximum(shorter, 1)
    alike = (common >= RESEMBLANCE * (len(one) + sizes - common)) | (containment >= CONTAINMENT)
    return [
        float(share) if yes else None
        for share, yes in zip(containment, alike & (shorter >= FEWEST_SHINGLES), strict=True)
    ]


class Shingled:
    """The shingles of the texts met last, so that a text that many others resemble is not cut up each time."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self.most = most
        self._size = 0
        self._kept: OrderedDict[int, Hashes] = OrderedDict()

    def get(self, article: int) -> Hashes | None:
        """The shingles of an article, where they are kept."""
        found = self._kept.get(article)
        if found is not None:
            self._kept.move_to_end(article)
        return found

    def put(self, article: int, hashes: Hashes) -> None:
        """Keep an article's shingles, and let go of those that were asked for longest ago."""
        self._kept[article] = hashes
        self._size += len(hashes)
        while self._size > self.most:
            self._size -= len(self._kept.popitem(last=False)[1])


def groups(order: Mapping[int, tuple[str, str]], edges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The earliest member (by ``order``: day and key) of the group of every article that has an edge."""
    parent: dict[int, int] = {}

    def root(article: int) -> int:
        parent.setdefault(article, article)
        while parent[article] != article:
            parent[article] = parent[parent[article]]
            article = parent[article]
        return article

    for a, b in edges:
        if a in order and b in order:
            first, second = sorted((root(a), root(b)), key=lambda one: order[one])
            parent[second] = first
    return {article: root(article) for article in parent}
