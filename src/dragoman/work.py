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
from typing import Any, TypeVar

from dragoman.errors import InputError, MissingExtraError

CONNECT_SECONDS = 10
RETRIES = 3
Given = TypeVar("Given")
Made = TypeVar("Made")


def cores() -> int:
    """The number of cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


@contextmanager
def executor_for(jobs: int, cluster: str | None = None) -> Iterator[Executor | None]:
    """Processes for ``jobs`` > 1, nothing (run here) for 1, all cores for 0; or the workers of a Dask cluster.

    Args:
        jobs: how many processes of this machine.
        cluster: the address of a Dask scheduler (``tcp://host:8786``), or ``local`` for one made here; goes before
            ``jobs``.

    Raises:
        InputError: ``jobs`` is negative, or nobody answers at the address.
        MissingExtraError: Dask's ``distributed`` is not installed.
    """
    if cluster is not None:
        with _cluster(cluster) as pool:
            yield pool
        return
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


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    """The workers of a cluster as an executor; lost workers' work is done again by others.

    Raises:
        InputError: nobody answers there, or the workers run other versions of what both sides use.
        MissingExtraError: Dask's ``distributed`` is not installed.
    """
    try:
        import distributed
    except ImportError as error:
        raise MissingExtraError("distributed", "cluster") from error
    dask: Any = distributed
    made = (
        dask.LocalCluster(n_workers=cores(), threads_per_worker=1, dashboard_address=None)
        if address == "local"
        else None
    )
    try:
        client = dask.Client(made or address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputError("--cluster", f"nobody answers at {address}", "the address of a Dask scheduler") from error
    try:
        _same_versions(client)
        yield client.get_executor(retries=RETRIES)
    finally:
        client.close()
        if made is not None:
            made.close()


def _same_versions(client: Any) -> None:
    """Refuse workers that would read otherwise than this machine.

    Raises:
        InputError: a worker runs another version of Dragoman.
    """
    from importlib.metadata import version

    own = version("dragoman")
    others = {name: found for name, found in client.run(version, "dragoman").items() if found != own}
    if others:
        name, found = min(others.items())
        raise InputError("--cluster", f"worker {name} runs dragoman {found}", f"dragoman {own} on every worker")


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
