"""The gate: how likely it is that the text asserts what a finder proposes, and what is sure enough to be counted.

Rules propose; a small model fitted on the project's own labels (``train/``) weighs each proposal by what the rules
and the parse know of it.  ``weights.json`` holds the model, its calibration and, by kind, the confidence from which
a finding is counted.  Without the model (``--gate rules``) the confidence that the rules set by hand stands.
"""

from __future__ import annotations

from dragoman.read.gate.model import Gate, Judgement, gate_named, gate_version
from dragoman.read.gate.weighing import KINDS, features_of, weigh

__all__ = ["KINDS", "Gate", "Judgement", "features_of", "gate_named", "gate_version", "weigh"]
