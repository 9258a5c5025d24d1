"""One sitting at the desk: a record, a case, and the results of its methods, as of a day.

Results are solved when first asked for and kept, keyed by scenario, method and
parameters, so that a page and the briefing made in one sitting solve once; threads that ask for the
same result wait for one another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from dragoman.errors import InputError, MethodError
from dragoman.plain import canonical_json
from dragoman.solve import METHODS, Result, solve

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from dragoman.model import Case
    from dragoman.record import Record

SCREEN_DRAWS = 1000
Made = TypeVar("Made")


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A record and a case, either of which may be missing.

    ``case`` is the base case; :meth:`case_of` gives it under a scenario.  ``draws`` and
    ``seed`` are those of every result of this sitting.  Results are solved on the
    ``executor`` where there is one, so that a server answers other pages meanwhile.
    """

    record: Record | None
    base: Case | None
    case_path: Path | None = None
    as_of: date | None = None
    draws: int = SCREEN_DRAWS
    seed: int = 0
    executor: Executor | None = field(default=None, repr=False, compare=False)
    _kept: dict[str, Any] = field(default_factory=dict, repr=False)
    _locks: dict[str, Lock] = field(default_factory=dict, repr=False)

    @classmethod
    def open(
        cls,
        *,
        record: str | Path | None = None,
        case: str | Path | None = None,
        as_of: date | None = None,
        draws: int = SCREEN_DRAWS,
        seed: int = 0,
    ) -> Desk:
        """Open a record file, a case file, or both.

        Raises:
            InputError: neither is given.
            RecordError: the record cannot be opened.
            CaseError: the case has faults.
        """
        if record is None and case is None:
            raise InputError("desk", "neither a record nor a case", "--record FILE, --case FILE or both")
        from dragoman.model import load_case
        from dragoman.record import Record

        loaded = None if case is None else load_case(Path(case), as_of=as_of)
        opened = None if record is None else Record.open(record, as_of=as_of)
        return cls(
            record=opened,
            base=loaded,
            case_path=None if case is None else Path(case),
            as_of=as_of,
            draws=draws,
            seed=seed,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the record."""
        if self.record is not None:
            self.record.close()

    @property
    def case(self) -> Case | None:
        """The base case."""
        return self.base

    @property
    def title(self) -> str:
        """The case's title, or nothing."""
        return self.base.title if self.base else ""

    @property
    def mark(self) -> str:
        """What every output made from this case must say, such as that its press was written for an example."""
        return self.base.mark if self.base else ""

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The names of the case's scenarios, in the order of the file."""
        return tuple(self.base.scenarios) if self.base else ()

    def case_of(self, scenario: str | None = None, changes: Mapping[str, Any] | None = None) -> Case:
        """The case under a scenario and further changes by path.

        Raises:
            InputError: there is no case, no such scenario, or a change that leads nowhere.
        """
        if self.base is None:
            raise InputError("desk", "no case", "--case FILE")
        case = self.base if not scenario else self.base.with_scenario(scenario)
        return case if not changes else case.with_changes(changes)

    def methods(self, scenario: str | None = None) -> tuple[str, ...]:
        """The methods for which the case has the parts."""
        if self.base is None:
            return ()
        case = self.case_of(scenario)
        return tuple(name for name, method in METHODS.items() if _has(case, method.needs))

    def result(
        self, method: str, scenario: str | None = None, *, draws: int | None = None, **parameters: Any
    ) -> Result:
        """The result of a method under a scenario, solved once.

        Args:
            method: a method's name.
            scenario: the name of a scenario; None for the case as it stands.
            draws: instead of those of the sitting; 0 for the central values alone.
            **parameters: the method's own.

        Raises:
            MethodError: the case lacks what the method needs.
            UnknownNameError: no such method or scenario.
        """
        number = self.draws if draws is None else draws
        key = _key(method, scenario, number, parameters)
        named = {"draws": number, "seed": self.seed, **parameters}
        result: Result = self._once(key, lambda: self._beside(solve, method, self.case_of(scenario), **named))
        return result

    def made(self, work: Callable[[Case], Made], scenario: str | None = None) -> Made:
        """What a function of a module makes of the case under a scenario, made once, where results are solved."""
        made: Made = self._once(_work_key(work, scenario), lambda: self._beside(work, self.case_of(scenario)))
        return made

    def is_made(self, work: Callable[[Case], Any], scenario: str | None = None) -> bool:
        """Whether :meth:`made` has it already."""
        return _work_key(work, scenario) in self._kept

    def is_solved(self, method: str, scenario: str | None = None, *, draws: int | None = None) -> bool:
        """Whether a result, or the reason why there is none, is there already."""
        return _key(method, scenario, self.draws if draws is None else draws, {}) in self._kept

    def _once(self, key: str, work: Callable[[], Any]) -> Any:
        """What ``work`` gives, the reason of a method that it cannot be solved included, kept under a key."""
        with self._locks.setdefault(key, Lock()):
            if key not in self._kept:
                try:
                    self._kept[key] = work()
                except MethodError as error:
                    self._kept[key] = error
        kept = self._kept[key]
        if isinstance(kept, MethodError):
            raise kept.with_traceback(None)
        return kept

    def _beside(self, work: Callable[..., Any], *given: Any, **named: Any) -> Any:
        if self.executor is None:
            return work(*given, **named)
        return self.executor.submit(work, *given, **named).result()

    def what_if(
        self, method: str, changes: Mapping[str, Any], scenario: str | None = None, **parameters: Any
    ) -> Result:
        """The result with further changes by path; not kept."""
        return solve(method, self.case_of(scenario, changes), draws=self.draws, seed=self.seed, **parameters)

    def try_result(
        self, method: str, scenario: str | None = None, *, draws: int | None = None, **parameters: Any
    ) -> Result | MethodError:
        """The result, or the reason why there is none: for pages that show what there is."""
        try:
            return self.result(method, scenario, draws=draws, **parameters)
        except MethodError as error:
            return error


def _key(method: str, scenario: str | None, draws: int, parameters: Mapping[str, Any]) -> str:
    return canonical_json([method, scenario, draws, parameters])


def _work_key(work: Callable[..., Any], scenario: str | None) -> str:
    return canonical_json([f"{work.__module__}.{work.__qualname__}", scenario])


def _has(case: Case, part: str) -> bool:
    if part == "format":
        return bool(case.format.votes or case.issues)
    if part == "stakes":
        return bool(case.stakes.projects or case.stakes.corridors or case.stakes.trade)
    return bool(getattr(case, part))
