"""Pages asked for before their results are there: built beside the answer, which says how far the solving is.

A page that shows results is built on a thread of its own.  Where it is not ready in a moment, the reader gets its
frame with what needs no result; the page's script asks now and then how far things are, and loads the page when it
is ready.  Every page is built once, whoever asks for it, while neither the record nor the case changes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from dragoman.show.blocks import count_of, joined
from dragoman.show.views._answers import asked, best_steps

if TYPE_CHECKING:
    from dragoman.desk.session import Desk
    from dragoman.show.pages import Page

MOST_KEPT = 64
MOMENT = 0.05
WHILE = 0.2


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How many of a page's results are there, and which are still being solved; ``what`` is counted."""

    done: int
    of: int
    left: tuple[str, ...]
    what: str

    @property
    def words(self) -> str:
        """The same as a sentence."""
        if not self.left:
            return "Everything is solved; drawing this page, which fills itself in."
        if self.of == 1:
            return f"Solving: {self.left[0]}; this page fills itself in when it is done."
        missing = f" (still: {joined(self.left)})" if len(self.left) <= 3 else ""
        return f"Solving: {self.done} of {count_of(self.of, self.what)} done{missing}; this page fills itself in."


def progress(desk: Desk, page: Page, query: Mapping[str, str]) -> Progress:
    """How far the results are that a page shows under a query."""
    if page.name == "compare":
        return _progress_of_scenarios(desk)
    if any(name.startswith("set.") for name in query):
        return Progress(done=0, of=0, left=(), what="method")
    scenario = query.get("scenario") if query.get("scenario") in desk.scenarios else None
    wanted = [name for name in page.methods if name in desk.methods(scenario)]
    left = tuple(name for name in wanted if not desk.is_solved(name, scenario))
    return Progress(done=len(wanted) - len(left), of=len(wanted), left=left, what="method")


def _progress_of_scenarios(desk: Desk) -> Progress:
    solved = [(name, desk.is_solved(name, scenario, draws=0)) for name, scenario in asked(desk)]
    planned = [("best steps", desk.is_made(best_steps, scenario)) for scenario in (None, *desk.scenarios)]
    every = [*solved, *planned]
    left = tuple(dict.fromkeys(name for name, there in every if not there))
    return Progress(done=sum(there for _, there in every), of=len(every), left=left, what="answer")


class Builder:
    """Builds views, each once; ``patient`` waits for them, otherwise they are built on threads of their own."""

    def __init__(self, *, patient: bool) -> None:
        self.patient = patient
        self._kept: dict[Hashable, Future[Any]] = {}
        self._lock = Lock()

    def begin(self, key: Hashable, build: Callable[[], Any], *, wait: bool) -> Future[Any]:
        """A view that is or will be there under a key; to ``wait`` builds it here where nobody builds it yet."""
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                return known
            if len(self._kept) >= MOST_KEPT:
                self._kept = {name: made for name, made in self._kept.items() if not made.done()}
            made: Future[Any] = Future()
            self._kept[key] = made
        if wait or self.patient:
            _fill(made, build)
        else:
            Thread(target=_fill, args=(made, build), daemon=True).start()
        return made

    def take(self, key: Hashable, made: Future[Any]) -> Any:
        """What was built; what went wrong is told once and tried anew when asked for again."""
        try:
            return made.result()
        except BaseException:
            with self._lock:
                if self._kept.get(key) is made:
                    del self._kept[key]
            raise


def _fill(made: Future[Any], build: Callable[[], Any]) -> None:
    """Put what is built, or what went wrong, where it is waited for."""
    try:
        made.set_result(build())
    except BaseException as error:
        made.set_exception(error)


def is_ready(made: Future[Any], progress_: Progress) -> bool:
    """Whether a view is there, given a moment where results are missing and a while where it has only to be drawn."""
    try:
        made.exception(timeout=MOMENT if progress_.left else WHILE)
    except (TimeoutError, CancelledError):
        return made.done()
    return True
