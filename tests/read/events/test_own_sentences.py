"""The class of known pairs on sentences written for this project, in tables that cover every CAMEO family.

Each ``own_sentences_*.tsv`` beside this file holds a marked sentence, its type of
fifteen and, where its author kept some apart, how the sentence was used.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from dragoman.read.events import EventClass, classify_events
from dragoman.read.events.ontology import TYPES, quad, type15

Span = tuple[int, int]
TABLES = sorted(Path(__file__).parent.glob("own_sentences_*.tsv"))
QUADS = {type15(kind): quad(kind) for kind in TYPES}
MARKS = ("<s>", "</s>", "<t>", "</t>")
LEAST_TYPE, LEAST_QUAD, LEAST_OF_A_TYPE = 0.85, 0.90, 0.65


def rows() -> list[tuple[str, str]]:
    """Marked sentence and type of every table."""
    lines = [line for path in TABLES for line in path.read_text(encoding="utf-8").splitlines()]
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(cell[0], cell[1]) for cell in cells]


def unmarked(text: str) -> str:
    """``text`` without the marks of its sides."""
    for mark in MARKS:
        text = text.replace(mark, "")
    return text


def span(marked: str, name: str) -> Span:
    """Where the side called ``s`` or ``t`` stands in the sentence without marks."""
    before, _, rest = marked.partition(f"<{name}>")
    inside = rest.partition(f"</{name}>")[0]
    start = len(unmarked(before))
    return start, start + len(unmarked(inside))


ROWS = rows()


@pytest.fixture(scope="module")
def found() -> list[EventClass | None]:
    """The class of every row, read in one batch."""
    return list(classify_events((unmarked(text), span(text, "s"), span(text, "t")) for text, _ in ROWS))


def test_every_row_is_well_formed() -> None:
    """Every sentence marks one source and one target, has a known type, and stands in the tables once."""
    assert all(text.count(mark) == 1 for text, _ in ROWS for mark in MARKS)
    assert {kind for _, kind in ROWS} <= set(QUADS)
    assert [text for text, count in Counter(unmarked(text) for text, _ in ROWS).items() if count > 1] == []


def test_the_tables_are_broad() -> None:
    """Each type that the tables cover has at least forty sentences."""
    counts = Counter(kind for _, kind in ROWS)
    assert len(ROWS) >= 700
    assert min(counts.values()) >= 40, counts


def test_most_types_are_right(found: list[EventClass | None]) -> None:
    """At least 85 % of all sentences get their type, and 90 % their quad class."""
    types = sum(one is not None and one.type15 == kind for one, (_, kind) in zip(found, ROWS, strict=True))
    quads = sum(one is not None and one.quad == QUADS[kind] for one, (_, kind) in zip(found, ROWS, strict=True))
    assert types / len(ROWS) >= LEAST_TYPE
    assert quads / len(ROWS) >= LEAST_QUAD


@pytest.mark.parametrize("kind", sorted({kind for _, kind in ROWS}))
def test_no_type_is_missed(kind: str, found: list[EventClass | None]) -> None:
    """Of the sentences of each type at least 65 % get it."""
    given = [one.type15 if one else "none" for one, (_, wanted) in zip(found, ROWS, strict=True) if wanted == kind]
    assert given.count(kind) / len(given) >= LEAST_OF_A_TYPE, Counter(given)
