"""PLOVER 2021 as data: types with quad class, modes, contexts, and what each CAMEO code becomes.

``cameo.tsv`` carries for each CAMEO code its PLOVER type, mode and contexts, its
Goldstein value and its name.  It follows the published conversion table
(P. A. Schrodt, CAMEO to PLOVER, draft 0.8, 17 September 2021; codes and Goldstein
values from the CAMEO codebook 1.1b3) with these decisions:

1. ACCUSE counts as conflict and keeps its negative score; SANCTION is material
   conflict (quad 4).
2. Appeals (CAMEO 02) become REQUEST like the demands (10) of the same ending;
   018 and 019 become SUPPORT; other statements (01) have no PLOVER event.
3. Modes that the 2021 codebook dropped are left empty (``ease``) or take the name
   that it gives (``martial-law`` is ``curfew``; air attack is ``aerial``).
4. Blockade (191) and occupation (192) stay with the root they have in CAMEO, 19,
   and so are ASSAULT, as coders who work by hand have it; the conversion table
   moves them to COERCE.  The quad class is the same either way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import get_args

from dragoman.errors import ReadError, UnknownNameError
from dragoman.read.findings import EventType, Quad

TYPES: tuple[EventType, ...] = get_args(EventType)

QUADS: Mapping[EventType, Quad] = MappingProxyType(
    {
        "AGREE": 1, "CONSULT": 1, "SUPPORT": 1,
        "COOPERATE": 2, "AID": 2, "CONCEDE": 2, "RETREAT": 2,
        "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
        "PROTEST": 4, "MOBILIZE": 4, "SANCTION": 4, "COERCE": 4, "ASSAULT": 4,
    }
)  # fmt: skip

MODES: Mapping[EventType, tuple[str, ...]] = MappingProxyType(
    {
        "AGREE": (),
        "CONSULT": ("visit", "third-party", "multilateral", "phone"),
        "SUPPORT": (),
        "COOPERATE": (),
        "AID": (),
        "CONCEDE": (),
        "RETREAT": ("withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"),
        "REQUEST": ("assist", "change", "yield", "meet"),
        "ACCUSE": ("disapprove", "investigate", "allege"),
        "REJECT": ("assist", "change", "yield", "meet"),
        "THREATEN": ("restrict", "ban", "arrest", "relations", "rights", "expel", "territory", "violence"),
        "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct"),
        "MOBILIZE": ("troops", "weapons", "police", "militia"),
        "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
        "COERCE": (
            "seize", "restrict", "ban", "censor", "curfew", "arrest", "deport", "withhold", "misinformation", "cyber",
        ),
        "ASSAULT": (
            "abduct", "beat", "torture", "execute", "sexual", "assassinate", "destroy", "primitive", "firearms",
            "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "cleansing",
            "massacre", "unconventional",
        ),
    }
)  # fmt: skip

CONTEXTS = (
    "asylum", "cbrn", "corruption", "crime", "democracy", "diplomatic", "economic", "executive", "human_rights",
    "human_security", "humanitarian", "intelligence", "legal", "military", "peacekeeping", "political_institutions",
    "pro_autocracy", "religion_ethnicity", "rights_freedoms",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Code:
    """A CAMEO code and what PLOVER makes of it; ``goldstein`` runs from -10 (conflict) to 10."""

    code: str
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    goldstein: float
    name: str


def type15(kind: EventType) -> str:
    """The name in the inventory of fifteen: CONCEDE and RETREAT are YIELD.

    >>> type15("RETREAT"), type15("AID")
    ('YIELD', 'AID')
    """
    return "YIELD" if kind in {"CONCEDE", "RETREAT"} else kind


def quad(kind: EventType) -> Quad:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    return QUADS[kind]


@cache
def codes() -> Mapping[str, Code]:
    """Every CAMEO code that has a PLOVER event, by code.

    Raises:
        ReadError: the data file has a bad line.
    """
    lines = (files("dragoman.read.events") / "cameo.tsv").read_text(encoding="utf-8").splitlines()
    parsed = (_code(number, line) for number, line in enumerate(lines[1:], start=2))
    return MappingProxyType({code.code: code for code in parsed})


def _code(number: int, line: str) -> Code:
    cells = line.split("\t")
    if len(cells) != 6:
        raise ReadError(f"cameo.tsv:{number}", f"{len(cells)} columns", "6")
    code, kind, mode, contexts, goldstein, name = cells
    if kind not in TYPES:
        raise ReadError(f"cameo.tsv:{number}", f"type {kind!r}", "a PLOVER type")
    return Code(
        code=code,
        type=kind,
        mode=mode or None,
        contexts=tuple(contexts.split()),
        goldstein=float(goldstein),
        name=name,
    )


def from_cameo(code: str) -> Code:
    """What PLOVER makes of a CAMEO code.

    Raises:
        UnknownNameError: the code is unknown, or is a statement (01) without a PLOVER event.

    >>> from_cameo("057").type, from_cameo("0872").mode, from_cameo("112").goldstein
    ('SUPPORT', 'withdraw', -2.0)
    """
    known = codes()
    if code not in known:
        raise UnknownNameError("CAMEO code", code, list(known))
    return known[code]
