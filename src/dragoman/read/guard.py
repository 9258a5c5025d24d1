"""No fault of a finder loses an article: each finder runs under a guard that notes what it did not read.

A fault is noted with the finder's name, its kind and the message; what the other finders find stands.  A finder that
reaches a counted limit of its own raises :class:`LimitReached`, which is noted as such.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from dragoman.read.findings import FinderFault, Span

T = TypeVar("T")
_LOG = logging.getLogger(__name__)


class LimitReached(Exception):  # noqa: N818 - it says what happened; it is caught here and never reaches a user
    """A finder counted more steps than it may take on one text; ``where`` is the place at which it stopped."""

    def __init__(self, message: str, where: Span | None = None) -> None:
        super().__init__(message)
        self.where = where


class Guard:
    """Runs the finders of one article and gathers their ``faults``."""

    def __init__(self) -> None:
        self.faults: list[FinderFault] = []

    def one(self, finder: str, find: Callable[[], T], otherwise: T) -> T:
        """What ``find`` gives, or ``otherwise`` where it fails."""
        try:
            return find()
        except LimitReached as limit:
            self.faults.append(FinderFault(finder=finder, kind="limit", where=limit.where, message=str(limit)))
        except Exception as error:
            _LOG.warning("%s did not read an article", finder, exc_info=True)
            message = f"{type(error).__name__}: {error}"[:300]
            self.faults.append(FinderFault(finder=finder, kind="error", where=None, message=message))
        return otherwise

    def many(self, finder: str, find: Callable[[], Iterable[T]]) -> tuple[T, ...]:
        """All that ``find`` gives, or nothing where it fails."""
        return self.one(finder, lambda: tuple(find()), ())
