"""Findings weighed: each gets the gate's confidence, and whether it is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from dragoman.read.findings import Commitment, Event, Meeting, Reading, Stance
from dragoman.read.gate.context import Context
from dragoman.read.gate.features import Candidate, Features, features
from dragoman.read.gate.model import Gate
from dragoman.read.index import EntityIndex
from dragoman.read.parsed import Parsed

KINDS = ("events", "contacts", "commitments", "stances")
SURE = 0.5
T = TypeVar("T", Event, Meeting, Commitment, Stance)



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
    if gate is None:
        return replace(reading, events=tuple(_by_rules(event) for event in reading.events))
    ctx = Context(parsed, index, reading.quotes)
    return replace(
        reading,
        events=_judged(ctx, gate, "events", reading.events),
        contacts=_judged(ctx, gate, "contacts", reading.contacts),
        commitments=_judged(ctx, gate, "commitments", reading.commitments),
        stances=_judged(ctx, gate, "stances", reading.stances),
    )


def _by_rules(event: Event) -> Event:
    return replace(event, counted=event.counted and event.confidence >= SURE)


def _judged(ctx: Context, gate: Gate, kind: str, findings: tuple[T, ...]) -> tuple[T, ...]:
    judged: list[T] = []
    for finding in findings:
        judgement = gate.judge(kind, features(ctx, finding))
        if judgement is None:
            judged.append(_by_rules(finding) if isinstance(finding, Event) else finding)
        else:
            judged.append(replace(finding, confidence=judgement.confidence, counted=judgement.counted))
    return tuple(judged)
