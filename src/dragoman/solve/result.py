"""What every method returns: the answer, the path to it, the reasons, and how to get it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from dragoman.plain import hash_of, to_plain

if TYPE_CHECKING:
    from dragoman.model import Case


@dataclass(frozen=True, kw_only=True)
class TrackRecord:
    """How a method has done against known outcomes; ``n`` = 0 means no record."""

    measure: str = "mean absolute error on a 0-100 scale"
    value: float | None = None
    n: int = 0
    source: str = ""

    def __str__(self) -> str:
        if not self.n or self.value is None:
            return "record: none"
        return f"record: {self.measure} {self.value:.2f} on {self.n} issues ({self.source})"


def versions() -> dict[str, str]:
    """The versions that a result depends on."""
    return dict(_versions())


@cache
def _versions() -> tuple[tuple[str, str], ...]:
    return tuple((name, version(name)) for name in ("dragoman", "numpy", "scipy"))


@dataclass(frozen=True, kw_only=True)
class Result:
    """The answer of one method to one case.

    ``answer`` is the method's own frozen dataclass; ``reasons`` are sentences for a
    reader; ``caveats`` hold for the method always, ``warnings`` for this input.
    ``parameters`` and ``seed`` with ``input_hash`` and ``versions`` give it again.  The hash
    is that of what the case says, the method and its parameters, whatever the method.
    """

    method: str
    answer: Any
    reasons: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None
    draws: int = 0
    input_hash: str = ""
    citation: str = ""
    track_record: TrackRecord = TrackRecord()
    caveats: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=versions)

    def to_dict(self) -> dict[str, Any]:
        """The result as plain JSON values (arrays as lists, NaN as null)."""
        plain: dict[str, Any] = to_plain(self)
        return plain


def result_of(
    case: Case,
    method: str,
    answer: Any,
    *,
    reasons: tuple[str, ...],
    citation: str,
    caveats: tuple[str, ...],
    seed: int,
    draws: int,
    parameters: Mapping[str, Any] | None = None,
    track_record: TrackRecord | None = None,
    warnings: tuple[str, ...] = (),
) -> Result:
    """The result of a method on a case, with the hash of its inputs."""
    given = dict(parameters or {})
    return Result(
        method=method,
        answer=answer,
        reasons=reasons,
        parameters=given,
        seed=seed,
        draws=draws,
        input_hash=hash_of([case.input_hash, method, given]),
        citation=citation,
        track_record=track_record or TrackRecord(),
        caveats=caveats,
        warnings=warnings,
    )
