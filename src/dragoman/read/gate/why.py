"""What the gate thought of each finding of a text, and what weighed most."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.read.findings import Commitment, Event, Meeting, Stance
from dragoman.read.gate.features import Candidate
from dragoman.read.gate.model import gate_named
from dragoman.read.gate.weighing import KINDS

_REASONS = 6


@dataclass(frozen=True, kw_only=True)
class Explained:
    """One finding: what it is, its words, the confidence of the rules and of the gate, and the gate's reasons.

    ``why`` are features with what each adds to the log odds; ``proposed_by`` is the rule, where the finding names it.
    """

    kind: str
    finding: str
    words: str
    proposed_by: str | None
    rules: float
    gate: float | None
    counted: bool
    why: tuple[tuple[str, float], ...]

    def __str__(self) -> str:
        if self.gate is None:
            return f"  {self.finding} “{self.words}”: rules {self.rules}; the gate does not weigh {self.kind}"
        counts = "counted" if self.counted else "not counted"
        lines = [f"  {self.finding} “{self.words}”: rules {self.rules}, gate {self.gate}, {counts}"]
        return "\n".join([*lines, *(f"      {weight:+.2f}  {name}" for name, weight in self.why)])


def weighed_text(text: str) -> list[Explained]:
    """What the gate thinks of each finding of a plain text."""
    from dragoman.read.reader import proposed
    from dragoman.read.sources._article import RawArticle

    article = RawArticle(text=text, place="text", kind="text")
    reading, features = proposed(article)
    gate = gate_named("learned")
    found = []
    for kind in KINDS:
        for finding, own in zip(getattr(reading, kind), features[kind], strict=True):
            judged = gate.judge(kind, own, most=_REASONS) if gate is not None and kind in gate.kinds else None
            start, end = _span(finding)
            found.append(
                Explained(
                    kind=kind, finding=_name(finding), words=text[start:end], rules=finding.confidence,
                    proposed_by=finding.rule if isinstance(finding, Event) else None,
                    gate=judged.confidence if judged else None,
                    counted=judged.counted if judged else finding.counted, why=judged.why if judged else (),
                )
            )  # fmt: skip
    return found


def _name(finding: Candidate) -> str:
    if isinstance(finding, Event):
        return f"event {finding.type}"
    if isinstance(finding, Meeting):
        return f"contact {finding.mode}, {finding.status}"
    return "promise" if isinstance(finding, Commitment) else f"stance {finding.kind}"


def _span(finding: Candidate) -> tuple[int, int]:
    if isinstance(finding, Meeting):
        return finding.evidence[0]
    return finding.what if isinstance(finding, Stance) else finding.span
