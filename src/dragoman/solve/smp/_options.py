"""The settings of the spatial model of politics and its fixed constants.

Names and defaults are those of the KTAB toolkit; ``Options()`` is what it uses for
every file that states none.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal, get_args, get_type_hints

from dragoman.errors import MethodError, UnknownNameError

VictoryProbModel = Literal["Linear", "Square", "Quartic", "Octic", "Binary"]
PCEModel = Literal["Conditional", "MarkovIncentive", "MarkovUniform"]
StateTransitions = Literal["Deterministic", "Stochastic"]
VotingRule = Literal["Binary", "PropBin", "Prop", "PropCbc", "Cubic", "ASymProsp"]
BigRAdjust = Literal["None", "OneThird", "Half", "TwoThirds", "Full"]
BigRRange = Literal["Min", "Mid", "Max"]
ThirdPartyCommit = Literal["NoCommit", "SemiCommit", "FullCommit"]
InterVecBrgn = Literal["S1P1", "S2P2", "S2PMax"]
BargnModel = Literal["InitOnlyInterp", "InitRcvrInterp", "PWCompInterp"]

ELECTION_FLOOR = 1e-8
CHALLENGE_FLOOR = 1e-10
MIN_GAIN = 1e-5
MIN_WEIGHT = 1e-6
SAME_PLACE = 1e-3
TIE = 1e-12
STOP_RATIO = 0.02
STOP_OFFSET = 1e-4
MIN_TURNS = 2
FEWEST_ACTORS = 3
MOST_ACTORS = 250


@dataclass(frozen=True, kw_only=True)
class Options:
    """How the model is run.

    ``victory``: from coalition strengths to the probability that one option beats another.
    ``election``: from those to the probability that each option wins.
    ``transition``: whether an actor takes its likeliest bargain or draws one.
    ``voting``: how strongly a difference of utility is voted.
    ``risk_estimate``: how much of another's risk attitude an actor sees, beside its own.
    ``risk_range``: the range of risk attitudes.
    ``third_party``: what third parties stake in a challenge (NoCommit and FullCommit both
    mean that they never count).
    ``interpolation``: where between two parties a bargain lies.
    ``bargain``: whose estimate of the challenge makes the bargain.
    ``max_turns``: the model ends after so many turns if it has not come to rest.
    """

    victory: VictoryProbModel = "Linear"
    election: PCEModel = "Conditional"
    transition: StateTransitions = "Deterministic"
    voting: VotingRule = "Prop"
    risk_estimate: BigRAdjust = "OneThird"
    risk_range: BigRRange = "Mid"
    third_party: ThirdPartyCommit = "SemiCommit"
    interpolation: InterVecBrgn = "S2P2"
    bargain: BargnModel = "InitOnlyInterp"
    max_turns: int = 100

    def __post_init__(self) -> None:
        """Check every name.

        Raises:
            UnknownNameError: a value that the model does not have.
            MethodError: ``max_turns`` is not a positive whole number.
        """
        hints = get_type_hints(type(self))
        for item in fields(self):
            known: tuple[Any, ...] = get_args(hints[item.name])
            if known and getattr(self, item.name) not in known:
                raise UnknownNameError(item.name, str(getattr(self, item.name)), known)
        if isinstance(self.max_turns, bool) or not isinstance(self.max_turns, int) or self.max_turns < 1:
            raise MethodError("max_turns", str(self.max_turns), "a whole number of at least 1")
