"""The switches of the challenge model, and the two readings of it as published."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args, get_type_hints

from dragoman.errors import MethodError, UnknownNameError

RangeMode = Literal["frozen", "current"]
Denominator = Literal["all_pairs", "pair"]
View = Literal["mover", "each"]
Key = Literal["low_mean", "least_move"]
Selection = Literal["class", "enforceable"]


@dataclass(frozen=True, kw_only=True)
class Options:
    """Every switch of the model.

    ``q``: probability that the other stays put if it is not challenged.  ``range_mode``:
    the range of the initial positions for all rounds, or of each round's own.
    ``p_denominator``: votes over a pair, or over all pairs together.  ``p_risk``: third
    parties' distances raised to their own risk exponents.  ``view``: whose exponent is
    used for the other's utility, the mover's or the other's own.  ``no_challenge``: count
    what happens without a challenge where ``q`` is below 1.  ``capitulation``: the third
    class of offers.  ``compromise_key``: which compromise is taken, the lowest blend or
    the least move.  ``selection``: by class, or the most enforceable offer.  ``risk``:
    false takes every exponent as 1.
    """

    q: float = 1.0
    range_mode: RangeMode = "current"
    p_denominator: Denominator = "pair"
    p_risk: bool = False
    view: View = "each"
    no_challenge: bool = True
    capitulation: bool = True
    compromise_key: Key = "least_move"
    selection: Selection = "class"
    risk: bool = True

    def __post_init__(self) -> None:
        if not (isinstance(self.q, (int, float)) and math.isfinite(self.q) and 0 <= self.q <= 1):
            raise MethodError("q", str(self.q), "a probability, 0 to 1")
        hints = get_type_hints(type(self))
        for item in fields(self):
            value, allowed = getattr(self, item.name), get_args(hints[item.name])
            if allowed and value not in allowed:
                raise UnknownNameError(item.name, str(value), allowed)
            if hints[item.name] is bool and not isinstance(value, bool):
                raise MethodError(item.name, str(value), "true or false")


LITERAL = Options()
FAITHFUL = Options(
    range_mode="frozen",
    p_denominator="all_pairs",
    p_risk=True,
    view="mover",
    no_challenge=False,
    capitulation=False,
    compromise_key="low_mean",
)
VARIANTS: Mapping[str, Options] = {"literal": LITERAL, "faithful": FAITHFUL}


def options_of(variant: str, switches: Mapping[str, Any]) -> Options:
    """The options of a variant with some switches changed.

    Raises:
        UnknownNameError: no such variant or switch.
        MethodError: a value outside its domain.
    """
    if variant not in VARIANTS:
        raise UnknownNameError("variant", variant, tuple(VARIANTS))
    known = tuple(item.name for item in fields(Options))
    for name in switches:
        if name not in known:
            raise UnknownNameError("parameter", name, known)
    base = {name: getattr(VARIANTS[variant], name) for name in known}
    return Options(**(base | dict(switches)))
