"""Solving beside the server: in processes of their own, so that no page waits for another page's result."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import active_children, get_context
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.desk.session import Desk

SOLVERS = 2
NICE = 5


@contextmanager
def solving_beside(desk: Desk) -> Iterator[Desk]:
    """The desk with processes that solve its case, which end with the block whatever they are at."""
    if desk.base is None:
        yield desk
        return
    with ProcessPoolExecutor(
        max_workers=SOLVERS,
        mp_context=get_context("spawn"),
        initializer=_give_way,
    ) as pool:
        try:
            yield replace(desk, executor=pool)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in active_children():
                child.terminate()


def _give_way() -> None:
    """Leave Ctrl-C to the server, and the processor to it first, where the system knows priorities."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICE)


def solve_all(desk: Desk) -> None:
    """Solve what the pages show; what cannot be solved is told on its page, what is broken off is not solved."""
    from dragoman.show.views._answers import prepare

    try:
        for method in desk.methods():
            desk.try_result(method)
        if desk.scenarios:
            prepare(desk)
    except BrokenExecutor:
        return
