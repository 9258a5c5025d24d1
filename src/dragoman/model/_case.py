"""The case: everything that the methods know about a negotiation, frozen.

A case is made by ``load_case`` or ``loads`` only, which check it; its parts are frozen
dataclasses in tables keyed by identifier, in the order of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from pydantic import InstanceOf

from dragoman.model._bargain import Format, Issue, Party, Term, Utility
from dragoman.model._conflict import Option, Pattern, Preferences, State
from dragoman.model._deal import Guarantor, Measure
from dragoman.model._quantity import Quantity
from dragoman.model._stakes import Stakes
from dragoman.model._table import EMPTY, Table
from dragoman.model._types import FORBID, Names

if TYPE_CHECKING:
    from dragoman.model._arrays import Given, MeasureArrays, OneIssue, Spatial
    from dragoman.model._walk import Grounds, Missing

Rate = Literal["step", "year"]


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A named difference: new values by path, paths removed, and the scenarios that it extends."""

    __pydantic_config__ = FORBID
    id: str
    name: str = ""
    because: str = ""
    extends: Names = ()
    changes: Table[Any] = EMPTY
    remove: Names = ()


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a case was read from: the file's values (not to be changed), and the scenarios applied."""

    file: str = ""
    folder: str = "."
    as_of: date | None = None
    tree: Mapping[str, Any] = field(default_factory=dict)
    scenarios: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Case:
    """A negotiation: who, about what, with which options and measures, for which stakes."""

    __pydantic_config__ = FORBID
    title: str = ""
    mark: str = ""
    notes: str = ""
    as_of: date | None = None
    salience_scale: Literal[1, 100] = 1
    parties: Table[Party]
    issues: Table[Issue] = EMPTY
    terms: Table[Term] = EMPTY
    format: Format = field(default_factory=Format)
    utilities: Table[Utility] = EMPTY
    options: Table[Option] = EMPTY
    infeasible: tuple[InstanceOf[Pattern], ...] = ()
    preferences: Table[Preferences] = EMPTY
    status_quo: State | None = None
    unit_of_value: str = ""
    measures: Table[Measure] = EMPTY
    step_years: float = 1.0
    patience: Table[Quantity] = EMPTY
    patience_per: Rate = "step"
    hazard: Quantity | None = None
    hazard_per: Rate = "step"
    flow_per: Rate = "step"
    guarantees: Table[Quantity] = EMPTY
    guarantors: Table[Guarantor] = EMPTY
    no_deal: Table[Quantity] = EMPTY
    notice: int = 0
    plan: tuple[tuple[str, ...], ...] = ()
    stakes: Stakes = field(default_factory=Stakes)
    scenarios: Table[Scenario] = EMPTY
    source: InstanceOf[Source] = field(default_factory=Source, repr=False, compare=False)

    @property
    def seats(self) -> tuple[str, ...]:
        """The parties at the table, in the order of the case: those of the format, by default all."""
        return tuple(party for party in self.parties if not self.format.seats or party in self.format.seats)

    @property
    def vetoes(self) -> tuple[str, ...]:
        """The parties without which there is no agreement: those of the format, by default every seat."""
        named = self.format.vetoes
        return self.seats if named is None else tuple(party for party in self.parties if party in named)

    @property
    def proposers(self) -> tuple[str, ...]:
        """The parties that may propose, in the format's order; by default every seat."""
        return self.seats if self.format.proposers is None else self.format.proposers

    @cached_property
    def input_hash(self) -> str:
        """SHA-256 of what the case says, scenarios, notes and terms aside; it names the inputs of a result."""
        from dragoman.plain import hash_of

        said = {key: item for key, item in self.source.tree.items() if key not in {"scenarios", "notes", "terms"}}
        return hash_of({"case": said, "as_of": self.as_of})

    def numbers(self) -> tuple[Quantity, ...]:
        """Every number of the case, in its order; each knows its path."""
        from dragoman.model._walk import numbers

        return tuple(number for number, _ in numbers(self))

    def grounds(self) -> Mapping[str, Grounds]:
        """What each number rests on, by path: its own evidence and reason, else those given beside it."""
        from dragoman.model._walk import numbers

        return {number.path: grounds for number, grounds in numbers(self)}

    def missing_evidence(self) -> tuple[Missing, ...]:
        """The numbers that no anchor supports, with whether a sentence at least gives a reason."""
        from dragoman.model._walk import missing_evidence

        return missing_evidence(self)

    def with_scenario(self, name: str) -> Case:
        """The case under one of its scenarios.

        Raises:
            UnknownNameError: there is no such scenario.
        """
        from dragoman.model._scenarios import with_scenario

        return with_scenario(self, name)

    def with_changes(self, changes: Mapping[str, Any], *, remove: tuple[str, ...] = ()) -> Case:
        """The case with values set by path and paths removed, checked again.

        Raises:
            InputError: a path leads nowhere.
            CaseError: the changed case has faults.
        """
        from dragoman.model._scenarios import with_changes

        return with_changes(self, changes, remove)

    def as_known_on(self, day: date) -> Case:
        """The case as of ``day``: values dated later are not seen.

        Raises:
            CaseError: a number has no value yet on that day.
        """
        from dragoman.model._load import rebuilt

        return rebuilt(replace(self.source, as_of=day))

    def arrays(
        self,
        issues: str | Iterable[str] | None = None,
        *,
        draws: int = 0,
        seed: int = 0,
        start: int = 0,
        given: Given | None = None,
        seated: bool = True,
    ) -> Spatial:
        """Positions, saliences and capabilities as arrays (D, n, m).

        ``issues``: one, several, or None for all but side disputes.  ``draws`` 0 gives the
        central values as one row; else draws ``start`` to ``start + draws`` under ``seed``.
        ``given`` sets numbers by path.  ``seated`` keeps to the parties with a seat.

        Raises:
            UnknownNameError: there is no such issue.
            MethodError: a party that takes part has no capability.
        """
        from dragoman.model._arrays import Sampler, spatial

        return spatial(self, issues, Sampler(draws=draws, seed=seed, start=start, given=given), seated=seated)

    def table(
        self,
        issue: str,
        *,
        draws: int = 0,
        seed: int = 0,
        start: int = 0,
        given: Given | None = None,
        seated: bool = True,
    ) -> OneIssue:
        """One issue's numbers as arrays (D, n), only of the parties that take part in it.

        Raises:
            UnknownNameError: there is no such issue.
            MethodError: nobody takes part, or a party that does has no capability.
        """
        from dragoman.model._arrays import Sampler, one_issue

        return one_issue(self, issue, Sampler(draws=draws, seed=seed, start=start, given=given), seated=seated)

    def deal(self, *, draws: int = 0, seed: int = 0, start: int = 0, given: Given | None = None) -> MeasureArrays:
        """The steps' numbers as arrays, all per step.

        Raises:
            MethodError: there is no measure, or a party that performs one has no patience.
        """
        from dragoman.model._arrays import Sampler, deal

        return deal(self, Sampler(draws=draws, seed=seed, start=start, given=given))
