"""PLOVER as data: types, quad classes, modes, and what CAMEO codes become."""

from __future__ import annotations

import pytest

from dragoman.errors import UnknownNameError
from dragoman.read.events.ontology import CONTEXTS, MODES, QUADS, TYPES, codes, from_cameo, quad, type15


def test_sixteen_types_and_fifteen_names() -> None:
    """CONCEDE and RETREAT are one name in the inventory of fifteen; the others keep theirs."""
    assert len(TYPES) == 16
    assert {type15(kind) for kind in TYPES} == (set(TYPES) - {"CONCEDE", "RETREAT"}) | {"YIELD"}


def test_quad_classes() -> None:
    """Quads run from verbal cooperation to material conflict; SANCTION is material, ACCUSE verbal conflict."""
    assert set(QUADS) == set(TYPES) == set(MODES)
    assert quad("SANCTION") == 4
    assert quad("ACCUSE") == 3
    assert [kind for kind in TYPES if quad(kind) == 1] == ["AGREE", "CONSULT", "SUPPORT"]


def test_every_code_is_sound() -> None:
    """Modes belong to their type, contexts to the list, and Goldstein values lie within -10 and 10."""
    for code in codes().values():
        assert code.mode is None or code.mode in MODES[code.type], code
        assert set(code.contexts) <= set(CONTEXTS), code
        assert -10 <= code.goldstein <= 10, code


def test_the_sign_of_goldstein_goes_with_the_quad() -> None:
    """Cooperation is never negative, material conflict never positive; an accusation is negative."""
    for code in codes().values():
        if quad(code.type) in {1, 2}:
            assert code.goldstein >= 0, code
        if quad(code.type) == 4 or code.type == "ACCUSE":
            assert code.goldstein < 0, code


@pytest.mark.parametrize(
    ("code", "kind", "mode", "goldstein"),
    [
        ("042", "CONSULT", "visit", 1.9),
        ("057", "SUPPORT", None, 8.0),
        ("0841", "RETREAT", "release", 7.0),
        ("0831", "CONCEDE", None, 5.0),
        ("1056", "REQUEST", "yield", -5.0),
        ("112", "ACCUSE", "disapprove", -2.0),
        ("163", "COERCE", "restrict", -8.0),
        ("1712", "ASSAULT", "destroy", -9.2),
        ("1724", "COERCE", "curfew", -5.0),
        ("195", "ASSAULT", "aerial", -10.0),
    ],
)
def test_published_conversions(code: str, kind: str, mode: str | None, goldstein: float) -> None:
    """Codes convert as in the table of September 2021, modes under the names of the 2021 codebook."""
    found = from_cameo(code)
    assert (found.type, found.mode, found.goldstein) == (kind, mode, goldstein)


def test_statements_have_no_plover_event() -> None:
    """A plain statement (010) is no event, and an unknown code is an error that lists what is known."""
    with pytest.raises(UnknownNameError, match="010"):
        from_cameo("010")
