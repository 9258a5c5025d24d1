"""The case: frozen parts of a negotiation, read from YAML and checked.

No input or output below the file's reader; knows neither the record nor the methods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.model._bargain import Bound, Faction, Format, Issue, Party, Ratifier, Scale, Stand, Term, Utility
from dragoman.model._case import Case, Scenario, Source
from dragoman.model._conflict import Option, Pattern, Preferences, State
from dragoman.model._deal import Guarantor, Measure
from dragoman.model._load import load_case, loads
from dragoman.model._new import identifier, new_case
from dragoman.model._quantity import Anchor, Coding, Dated, Money, Quantity
from dragoman.model._scenarios import Change, diff
from dragoman.model._stakes import Arc, Corridors, Demand, Outlay, Place, Project, Stakes, Trade, TradeChange
from dragoman.model._statements import Formula, Statement
from dragoman.model._table import Table

if TYPE_CHECKING:
    from dragoman.model._arrays import MeasureArrays, OneIssue, Sampler, Spatial
    from dragoman.model._dump import case_yaml, to_yaml
    from dragoman.model._edit import add_scenario, remove_value, set_value
    from dragoman.model._schema import case_schema
    from dragoman.model._states import patterns_of
    from dragoman.model._walk import Grounds, Missing

__all__ = [
    "Anchor",
    "Arc",
    "Bound",
    "Case",
    "Change",
    "Coding",
    "Corridors",
    "Dated",
    "Demand",
    "Faction",
    "Format",
    "Formula",
    "Grounds",
    "Guarantor",
    "Issue",
    "Measure",
    "MeasureArrays",
    "Missing",
    "Money",
    "OneIssue",
    "Option",
    "Outlay",
    "Party",
    "Pattern",
    "Place",
    "Preferences",
    "Project",
    "Quantity",
    "Ratifier",
    "Sampler",
    "Scale",
    "Scenario",
    "Source",
    "Spatial",
    "Stakes",
    "Stand",
    "State",
    "Statement",
    "Table",
    "Term",
    "Trade",
    "TradeChange",
    "Utility",
    "add_scenario",
    "case_schema",
    "case_yaml",
    "diff",
    "identifier",
    "load_case",
    "loads",
    "new_case",
    "patterns_of",
    "remove_value",
    "set_value",
    "to_yaml",
]

_LATE = {
    "add_scenario": "_edit",
    "remove_value": "_edit",
    "set_value": "_edit",
    "case_schema": "_schema",
    "case_yaml": "_dump",
    "patterns_of": "_states",
    "to_yaml": "_dump",
    "MeasureArrays": "_arrays",
    "OneIssue": "_arrays",
    "Sampler": "_arrays",
    "Spatial": "_arrays",
    "Grounds": "_walk",
    "Missing": "_walk",
}


def __getattr__(name: str) -> Any:
    """Names that need NumPy or more are loaded when they are first asked for."""
    if name == "Deal":
        from warnings import warn

        warn("dragoman.model.Deal is now MeasureArrays", DeprecationWarning, stacklevel=2)
        name = "MeasureArrays"
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
