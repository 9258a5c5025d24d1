"""How bulk work runs: one function over many inputs, on anything that speaks ``concurrent.futures.Executor``.

Results come back in the order of the inputs, and only a bounded number of inputs
is in flight, so memory stays flat over any corpus.  By default the work runs on
processes of this machine; hand in ``dask.distributed``'s executor for a cluster.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from dragoman.errors import InputError

Given = TypeVar("Given")
Made = TypeVar("Made")


def cores() -> int:
    """The number of cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


@contextmanager
def executor_for(jobs: int) -> Iterator[Executor | None]:
    """Processes for ``jobs`` > 1, nothing (run here) for 1, all cores for 0.

    Raises:
        InputError: ``jobs`` is negative.
    """
    if jobs < 0:
        raise InputError("--jobs", str(jobs), "0 (all cores) or a positive number")
    number = jobs or cores()
    if number == 1:
        yield None
        return
    from multiprocessing import get_context

    context = get_context("spawn")
    with ProcessPoolExecutor(max_workers=number, mp_context=context, initializer=_go_with_parent) as pool:
        yield pool


def _go_with_parent() -> None:
    """In a worker: end when the process that started it ends, however that ends."""
    import threading
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def watch() -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="parent watch").start()


def in_order(
    work: Callable[[Given], Made], inputs: Iterable[Given], executor: Executor | None = None, *, ahead: int = 8
) -> Iterator[Made]:
    """``work(item)`` for every item, in order; at most ``ahead`` items are in flight on the executor."""
    if executor is None:
        yield from map(work, inputs)
        return
    stream = iter(inputs)
    waiting: deque[Future[Made]] = deque(executor.submit(work, item) for item in islice(stream, ahead))
    while waiting:
        done = waiting.popleft().result()
        waiting.extend(executor.submit(work, item) for item in islice(stream, 1))
        yield done


def in_groups(items: Iterable[Given], size: int) -> Iterator[list[Given]]:
    """``items`` in lists of ``size``; the last may be shorter."""
    stream = iter(items)
    while group := list(islice(stream, size)):
        yield group
