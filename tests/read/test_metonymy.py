"""Places that act and places where one is."""

from __future__ import annotations

import os
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from dragoman.errors import ReadError
from dragoman.read.identity import reading_of_place
from dragoman.read.parse import parse_text

GOLD = os.environ.get("DRAGOMAN_GOLD")


@pytest.mark.parametrize(
    ("text", "name", "reading"),
    [
        ("Warsaw rejected the offer.", "Warsaw", "acts"),
        ("The treaty was signed by Hungary.", "Hungary", "acts"),
        ("Relations between Ankara and Athens improved.", "Ankara", "acts"),
        ("Denmark's decision surprised everyone.", "Denmark", "acts"),
        ("The victory of Uruguay was narrow.", "Uruguay", "acts"),
        ("They won a concession from Tokyo.", "Tokyo", "acts"),
        ("The court was set up against Serbia.", "Serbia", "acts"),
        ("Talks were held in Geneva.", "Geneva", "literal"),
        ("She moved to Portugal.", "Portugal", "literal"),
        ("The capital of Peru is crowded.", "Peru", "literal"),
        ("Chad lies south of the desert.", "Chad", "literal"),
        ("They visited Prague twice.", "Prague", "literal"),
        ("Finland's coast is long.", "Finland", "literal"),
        ("Lagos is a city on the coast.", "Lagos", "literal"),
        ("The plane left for Cairo.", "Cairo", "literal"),
        ("Zagreb is located near the mountains.", "Zagreb", "literal"),
        ("She is one of Norway's best painters.", "Norway", "literal"),
        ("It was one of Norway's demands.", "Norway", "acts"),
        ("Norway's latest demand was dropped.", "Norway", "acts"),
        ("The minister changed his attitude towards Norway.", "Norway", "acts"),
        ("The ship drifted towards Norway.", "Norway", "literal"),
        ("The island is under the administration of Norway.", "Norway", "acts"),
        ("Norway has an embassy on the island.", "Norway", "acts"),
        ("The minister tried to distance himself from Oslo.", "Oslo", "acts"),
    ],
)
def test_readings(text: str, name: str, reading: str) -> None:
    """Who does, owns a deed or is dealt with acts; where one is, goes or comes from is a place."""
    start = text.index(name)
    assert reading_of_place(parse_text(text), (start, start + len(name))) == reading


def test_span_outside_the_text_is_an_error() -> None:
    """A span in no paragraph is named."""
    with pytest.raises(ReadError, match="not in a kept paragraph"):
        reading_of_place(parse_text("Short."), (50, 60))


@pytest.mark.skipif(GOLD is None, reason="DRAGOMAN_GOLD is not set: the accuracy on held data is not checked")
def test_accuracy_on_held_data() -> None:
    """At least 89 in 100 places are told literal from not."""
    place = Path(__file__).parents[2] / "bench" / "_reading_metonymy.py"
    spec = spec_from_file_location("reading_metonymy", place)
    assert spec is not None
    assert spec.loader is not None
    bench = module_from_spec(spec)
    sys.modules[spec.name] = bench
    spec.loader.exec_module(bench)
    assert bench.measure(Path(str(GOLD))).accuracy >= 0.89
