"""Findings weighed: each gets the gate's confidence, and whether it is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dragoman.read.findings import Reading
from dragoman.read.gate.context import Context
from dragoman.read.gate.features import Candidate, Features, features
from dragoman.read.gate.model import Gate
from dragoman.read.index import EntityIndex
from dragoman.read.parsed import Parsed

KINDS = ("events", "contacts", "commitments", "stances")
SURE = 0.5
# Promises stand on the rules: a model fitted on official prose counts 12 of our own example's 60, the rules 47, at one
# false one in six.  It is asked again when articles of other genres are labelled.
RULED = frozenset({"commitments"})


def features_of(parsed: Parsed, index: EntityIndex, reading: Reading) -> dict[str, list[Features]]:
    """The features of every finding that is weighed, by kind, in the order of the reading."""
    ctx = Context(parsed, index, reading.quotes)
    return {kind: _features(ctx, getattr(reading, kind)) for kind in KINDS}


def _features(ctx: Context, findings: Sequence[Candidate]) -> list[Features]:
    return [features(ctx, finding) for finding in findings]


def weigh(parsed: Parsed, index: EntityIndex, reading: Reading, gate: Gate | None) -> Reading:
    """A reading with confidence and ``counted`` as the gate gives them.

    Without a gate, or for a kind that it does not know, the confidence of the rules stands; an event then counts
    from .5 on, and of the other kinds what the finder counts.
    """
    known = gate.kinds if gate is not None else {}
    if "events" not in known:
        events = tuple(replace(one, counted=one.counted and one.confidence >= SURE) for one in reading.events)
        reading = replace(reading, events=events)
    if gate is None:
        return reading
    ctx = Context(parsed, index, reading.quotes)
    gated = [kind for kind in KINDS if kind in known and kind not in RULED]
    judged = {kind: _judged(ctx, gate, kind, getattr(reading, kind)) for kind in gated}
    return replace(reading, **judged)


def _judged(ctx: Context, gate: Gate, kind: str, findings: Sequence[Candidate]) -> Any:
    weighed = [(one, gate.judge(kind, features(ctx, one))) for one in findings]
    return tuple(replace(one, confidence=said.confidence, counted=said.counted) for one, said in weighed)
