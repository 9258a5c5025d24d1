"""Statistical drawings: axes with round ticks, marks where the numbers are, and words that stay within."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.dom.minidom import Document, parseString

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dragoman.show.charts import CONF, COOP, Later
from dragoman.show.drawings import _axes, bars, cells, lines, panels, tornado
from dragoman.show.views import ties

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3))
NASTY = "<script>&\"'</script>"


def parsed(svg: str) -> Document:
    """The drawing as a document; fails where it is not well formed."""
    return parseString(svg)  # noqa: S318


def texts(svg: str) -> list[str]:
    """Every word of a drawing."""
    return [
        "".join(str(node.nodeValue) for node in item.childNodes) for item in parsed(svg).getElementsByTagName("text")
    ]


def heights(svg: str, colour: str) -> list[float]:
    """The upright ends of the bars of one colour, from where to where."""
    path = next(p for p in parsed(svg).getElementsByTagName("path") if p.getAttribute("fill") == colour)
    found = re.findall(r"M[-\d.]+ ([-\d.]+)V([-\d.]+)", path.getAttribute("d"))
    return [float(base) - float(end) for base, end in found]


@given(NUMBERS, NUMBERS, st.integers(2, 10))
@settings(max_examples=200, deadline=None)
def test_ticks_are_round_evenly_spaced_and_few(one: float, other: float, most: int) -> None:
    """Ticks lie within the range, at equal steps of 1, 2 or 5 times a power of ten, and no more than asked for."""
    low, high = sorted((one, other))
    assume(high - low > 1e-3)
    found = [value for value, _ in _axes.marks(low, high, most)]
    step = _axes.step_of(low, high, most)
    assert len(found) <= most + 1
    assert all(low - step * 1e-6 <= value <= high + step * 1e-6 for value in found)
    assert all(abs(b - a - step) < step * 1e-6 for a, b in pairwise(found))
    assert f"{step:e}"[0] in "125"
    wide = _axes.widened(low, high, most)
    assert wide[0] <= low + step * 1e-6
    assert wide[1] >= high - step * 1e-6


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 9000), st.integers(3, 12))
@settings(max_examples=200, deadline=None)
def test_days_are_marked_in_order_and_within_the_span(first: date, length: int, most: int) -> None:
    """Marks of time lie between the first and the last day, rise, and are not many more than asked for."""
    last = first + timedelta(days=length)
    found = _axes.days(first, last, most)
    ordinals = [value for value, _ in found]
    assert ordinals == sorted(set(ordinals))
    assert all(first.toordinal() <= value <= last.toordinal() for value in ordinals if length > 62)
    assert len(found) <= most + 1


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_bars_are_as_high_as_their_counts(counts: list[tuple[int, int]]) -> None:
    """Every count above zero has its bar, all to one scale, up for the first and down for the second."""
    drawn = bars.draw(
        [bars.Bar(day=date(2017 + i // 12, i % 12 + 1, 1), up=a, down=b) for i, (a, b) in enumerate(counts)]
    )
    ups, downs = heights(drawn, COOP), heights(drawn, CONF)
    wanted = [a for a, _ in counts if a], [b for _, b in counts if b]
    assert (len(ups), len(downs)) == (len(wanted[0]), len(wanted[1]))
    scales = [h / a for h, a in zip(ups, wanted[0], strict=True)] + [
        -h / b for h, b in zip(downs, wanted[1], strict=True)
    ]
    assert all(one == pytest.approx(scales[0], abs=0.02) for one in scales)
    assert len(drawn) < 20_000


@pytest.mark.parametrize("count", [7, 5_000, 2_000_000])
def test_numbers_of_an_axis_have_room_on_its_left(count: int) -> None:
    """However large the counts, no number of the axis leaves the drawing."""
    day = date(2018, 1, 1)
    svgs = [
        bars.draw([bars.Bar(day=day, up=count, down=count)]),
        panels.draw([panels.Panel(title="A", levels=(panels.Level(day=day, up=count, down=count),))]),
    ]
    for svg in svgs:
        for item in parsed(svg).getElementsByTagName("text"):
            if item.getAttribute("text-anchor") == "end":
                words = str(item.firstChild.nodeValue) if item.firstChild else ""
                assert float(item.getAttribute("x")) >= _axes.LETTER * len(words)


def test_a_thin_level_of_a_panel_is_blank() -> None:
    """A level that is not shown has no area, and those around it keep their places."""
    levels = [panels.Level(day=date(2018, m, 1), up=float(m), down=1.0) for m in (1, 2, 3)]
    blank = panels.Level(day=date(2018, 2, 1), up=None, down=None)
    whole = panels.draw([panels.Panel(title=NASTY, levels=tuple(levels))])
    thin = panels.draw([panels.Panel(title=NASTY, levels=(levels[0], blank, levels[2]))])
    assert len(heights(whole, COOP)) == 3
    assert heights(thin, COOP) == [heights(whole, COOP)[0], heights(whole, COOP)[2]]
    assert NASTY in texts(thin)


def test_lines_pass_through_their_points_and_are_named_once() -> None:
    """A line has as many points as were given, its own dash, and one name; names of lines that end together differ."""
    given_ = [lines.Line(name=name, points=((0, 1), (1, 5), (2, 5))) for name in ("A", "B & C", NASTY)]
    drawn = lines.draw(given_, dots=True, names=True, zero=True)
    found = [p for p in parsed(drawn).getElementsByTagName("path") if p.getAttribute("stroke-width") == "2"]
    assert [p.getAttribute("d").count("L") + 1 for p in found] == [3, 3, 3]
    assert len({p.getAttribute("stroke-dasharray") for p in found}) == 3
    places = [float(t.getAttribute("y")) for t in parsed(drawn).getElementsByTagName("text")][-3:]
    assert all(abs(b - a) >= 13 for a, b in pairwise(sorted(places)))
    assert [text for text in texts(drawn) if text in {"A", "B & C", NASTY}] == ["A", "B & C", NASTY]


def test_a_tornado_has_a_ring_at_the_low_end_and_a_disc_at_the_high_end() -> None:
    """The ring lies left of the disc where the outcome rises with the number, else right of it."""
    drawn = tornado.draw([tornado.Swing(name="x" * 90, low=1, high=9), tornado.Swing(name="y", low=8, high=2)], 5)
    rings = [float(c.getAttribute("cx")) for c in parsed(drawn).getElementsByTagName("circle")]
    assert rings[0] < rings[1]
    assert rings[2] > rings[3]
    assert max(map(len, texts(drawn))) <= tornado.MOST_LETTERS


def test_cells_that_hold_are_framed() -> None:
    """Cells say their value with its sign; only those that hold have a frame."""
    grid = [cells.Cell(x=x, y=y, value=x - y, holds=x > y) for x in (0.0, 1.0) for y in (0.0, 1.0)]
    drawn = cells.draw(grid, title="t", upright=0.5)
    framed = [r for r in parsed(drawn).getElementsByTagName("rect") if r.getAttribute("stroke")]
    assert len(framed) == 1
    assert {"+1.0", "\u22121.0", "0.0"} <= set(texts(drawn))


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("ABCDEFG"), st.sampled_from("ABCDEFG")).filter(lambda pair: pair[0] < pair[1]),
        st.floats(0.01, 50),
        max_size=14,
    )
)
@settings(max_examples=80, deadline=None)
def test_closeness_is_that_of_networkx(pairs: dict[tuple[str, str], float]) -> None:
    """Closeness over any network, in one part or several, is what networkx finds path by path."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    for (a, b), tie in pairs.items():
        graph.add_edge(a, b, distance=1 / tie)
    assert ties.closeness(pairs) == pytest.approx(nx.closeness_centrality(graph, distance="distance"))


def test_nothing_is_drawn_of_nothing() -> None:
    """Drawings of no rows are empty texts."""
    assert bars.draw([]) == panels.draw([]) == lines.draw([]) == tornado.draw([], 0) == ""
    assert cells.draw([], title="", upright=0) == ""


def test_a_specification_is_made_when_it_is_asked_for_and_once() -> None:
    """A page that only draws never makes the specification; asking twice makes it once."""
    made: list[int] = []

    def make(value: int) -> dict[str, int]:
        made.append(value)
        return {"value": value}

    spec = Later(make, 7)
    assert spec
    assert made == []
    assert dict(spec) == {"value": 7} == spec
    assert made == [7]
