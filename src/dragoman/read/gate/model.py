"""The model of the gate: a sum of weights and small trees over features, made a probability.

``weights.json`` gives for each kind a bias, a weight for single features, trees, a
calibration ``[a, b]`` (the probability is the logistic function of ``a * sum + b``)
and ``counted``, the confidence from which a finding of that kind counts.  A tree is
a list of nodes ``[feature, bound, left, right, value]``; a leaf has feature null.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from dragoman.errors import ReadError

GateName = Literal["learned", "rules"]
LEAST, MOST = 0.01, 0.99
_WEIGHTS = "weights.json"
Node = tuple[str | None, float, int, int, float]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """The model of one kind of finding."""

    bias: float
    linear: Mapping[str, float]
    trees: tuple[tuple[Node, ...], ...]
    calibration: tuple[float, float]
    counted: float

    def parts(self, features: Mapping[str, float]) -> dict[str, float]:
        """What each feature adds to the sum; together with the bias they are the sum."""
        parts = {name: weight * features[name] for name, weight in self.linear.items() if name in features}
        for tree in self.trees:
            node = tree[0]
            while node[0] is not None:
                following = tree[node[2] if features.get(node[0], 0.0) <= node[1] else node[3]]
                parts[node[0]] = parts.get(node[0], 0.0) + following[4] - node[4]
                node = following
        return parts

    def confidence(self, features: Mapping[str, float]) -> float:
        """The calibrated probability, rounded to .01."""
        return self.squeezed(sum(self.parts(features).values()))

    def squeezed(self, added: float) -> float:
        """The probability of a sum of parts."""
        slope, shift = self.calibration
        value = 1 / (1 + math.exp(-max(min(slope * (self.bias + added) + shift, 30.0), -30.0)))
        return min(max(round(value, 2), LEAST), MOST)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What the gate thought of one finding: confidence, whether it counts, and what weighed most, for and against."""

    confidence: float
    counted: bool
    why: tuple[tuple[str, float], ...]


@dataclass(frozen=True, kw_only=True)
class Gate:
    """A fitted gate: its ``version`` and a model for each kind that it knows."""

    version: str
    kinds: Mapping[str, Kind]

    def judge(self, kind: str, features: Mapping[str, float], *, most: int = 0) -> Judgement:
        """The judgement of a finding of a kind that the gate knows, with the ``most`` weighty reasons."""
        model = self.kinds[kind]
        parts = model.parts(features)
        value = model.squeezed(sum(parts.values()))
        ranked = sorted(parts.items(), key=lambda part: (-abs(part[1]), part[0]))[:most]
        why = tuple((name, round(model.calibration[0] * part, 2)) for name, part in ranked)
        return Judgement(confidence=value, counted=value >= model.counted, why=why)


def gate_named(name: GateName) -> Gate | None:
    """The gate of a name: ``learned`` is the one that ships, ``rules`` is none.

    Raises:
        ReadError: there is no gate of that name.
    """
    if name == "rules":
        return None
    if name != "learned":
        raise ReadError("gate", repr(name), "'learned' or 'rules'")
    return _shipped()


def gate_version(name: GateName) -> str:
    """What stands in versions and in the record for a gate: its name, and the hash of its weights."""
    gate = gate_named(name)
    return gate.version if gate is not None else "rules"


@cache
def _shipped() -> Gate:
    text = (files("dragoman.read.gate") / _WEIGHTS).read_text(encoding="utf-8")
    return gate_of(text)


def gate_of(text: str) -> Gate:
    """The gate that a file of weights describes."""
    document: dict[str, Any] = json.loads(text)
    kinds = {
        name: Kind(
            bias=model["bias"],
            linear=model["linear"],
            trees=tuple(tuple((n[0], n[1], n[2], n[3], n[4]) for n in tree) for tree in model["trees"]),
            calibration=(model["calibration"][0], model["calibration"][1]),
            counted=model["counted"],
        )
        for name, model in document["kinds"].items()
    }
    return Gate(version=f"learned {hashlib.sha256(text.encode()).hexdigest()[:12]}", kinds=kinds)
