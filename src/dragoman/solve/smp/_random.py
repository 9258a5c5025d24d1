"""The random numbers of Stochastic transitions: one an actor and turn, keyed by the draw.

KTAB hands its numbers out in the order in which threads come to a lock, so a run of it
cannot be repeated, not even by itself.  Here actor k takes the k-th number of its turn.
:class:`KtabUniforms` is KTAB's own generator: the 64-bit Mersenne twister (Nishimura
and Matsumoto 2000), each word scrambled and divided by 2^64 - 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import numpy as np

from dragoman.solve.smp._votes import Floats, Ints

WORDS, MIDDLE = 312, 156
MASK = (1 << 64) - 1
KTAB_SEED = 0xD67CC16FE69C185C


class Uniforms(Protocol):
    """Numbers in 0..1 for a turn."""

    def of(self, turn: int, draws: Ints, actors: int) -> Floats:
        """Those of some draws in a turn, (draws, actors)."""
        ...


@dataclass(frozen=True, kw_only=True)
class SeededUniforms:
    """Each draw and turn has a stream of its own under ``seed``; ``start`` is the number of the first draw."""

    seed: int = 0
    start: int = 0

    def of(self, turn: int, draws: Ints, actors: int) -> Floats:
        """Those of some draws in a turn, (draws, actors)."""
        return np.stack([self._one(turn, self.start + int(draw), actors) for draw in draws])

    def _one(self, turn: int, draw: int, actors: int) -> Floats:
        return np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=(draw, turn))).random(actors)


@dataclass(frozen=True, kw_only=True)
class KtabUniforms:
    """KTAB's numbers under a scenario's seed, for one draw."""

    seed: int = KTAB_SEED

    def of(self, turn: int, draws: Ints, actors: int) -> Floats:
        """Those of a turn, the same for every draw, (draws, actors)."""
        words = islice(mersenne_twister(self.seed), turn * actors, (turn + 1) * actors)
        return np.tile([scrambled(word) / float(MASK) for word in words], (len(draws), 1))


def scrambled(word: int) -> int:
    """KTAB's mapping of a raw word."""
    return (word + 0xE08C1D668B756F83) * (2 * word + 3) & MASK


def mersenne_twister(seed: int) -> Iterator[int]:
    """The words of MT19937-64 under ``seed``."""
    state = [seed & MASK]
    for at in range(1, WORDS):
        state.append(6364136223846793005 * (state[-1] ^ (state[-1] >> 62)) + at & MASK)
    while True:
        for at in range(WORDS):
            mixed = (state[at] & ~0x7FFFFFFF & MASK) | (state[(at + 1) % WORDS] & 0x7FFFFFFF)
            odd = 0xB5026F5AA96619E9 if mixed & 1 else 0
            state[at] = state[(at + MIDDLE) % WORDS] ^ (mixed >> 1) ^ odd
            yield _tempered(state[at])


def _tempered(word: int) -> int:
    word ^= (word >> 29) & 0x5555555555555555
    word ^= (word << 17) & 0x71D67FFFEDA60000
    word ^= (word << 37) & 0xFFF7EEE000000000
    return word ^ (word >> 43)
