"""Drawings and pieces: layouts keep their promises, spans survive being cut."""

from __future__ import annotations

from itertools import combinations, pairwise
from xml.dom.minidom import parseString

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.record.views import Party
from dragoman.show import charts
from dragoman.show.blocks import Cell, Column, Table, fixed, joined, share, signed
from dragoman.show.drawings import layers, network, scale, world
from dragoman.show.plots import apart
from dragoman.show.views._marked import MarkedSpan, excerpts, pieces_of
from dragoman.show.views._words import act_text

SPANS = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)).map(lambda pair: (min(pair), max(pair))), max_size=8)


@given(text=st.text(max_size=80), spans=SPANS)
@settings(max_examples=150, deadline=None)
def test_pieces_put_together_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    """Cutting a text at any overlapping spans loses and adds nothing."""
    marks = [MarkedSpan(start=a, end=b, kind="event") for a, b in spans if b <= len(text)]
    pieces = pieces_of(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.start == sum(len(p.text) for p in pieces[:i]) for i, piece in enumerate(pieces))


@given(text=st.text(min_size=1, max_size=400), spans=SPANS)
@settings(max_examples=150, deadline=None)
def test_excerpts_keep_every_cited_word(text: str, spans: list[tuple[int, int]]) -> None:
    """Whatever is cited stands in the excerpt, and excerpts are in order and apart."""
    inside = [(a, b) for a, b in spans if b <= len(text)]
    kept = excerpts(text, inside, around=10, most=60)
    assert all(any(start <= a and b <= end for start, end in kept) for a, b in inside)
    assert all(one[1] < other[0] for one, other in pairwise(kept))


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=8), st.floats(0.1, 5))
@settings(max_examples=100, deadline=None)
def test_labels_are_moved_apart_and_keep_their_mean(values: list[float], gap: float) -> None:
    """Neighbouring labels stand at least a gap apart, around the same mean."""
    moved = sorted(apart(values, gap))
    assert all(b - a >= gap - 1e-6 for a, b in pairwise(moved))
    assert sum(moved) == pytest.approx(sum(values), abs=1e-6)


def _nodes(*names: str) -> list[layers.Node]:
    return [layers.Node(id=name, title=name, start=name == "s") for name in names]


def test_layers_count_moves_from_the_start() -> None:
    """A state stands in the layer of its fewest moves; what no move reaches stands last."""
    edges = [layers.Edge(source=a, target=b, party="x") for a, b in ("sa", "ab", "sb", "bc")]
    assert layers.layers(_nodes("s", "a", "b", "c", "z"), edges) == [["s"], ["a", "b"], ["c"], ["z"]]


def test_drawings_are_well_formed_and_escape_names() -> None:
    """Names made of markup are text in every drawing."""
    bad = "<script>\"&'"
    node = layers.Node(id="s", title=bad, start=True, href="/graph?a=1&b=2")
    svgs = [
        layers.draw([node], [], {bad: "#000000"}, {bad: bad}, bad),
        network.draw(
            [
                network.Link(a=bad, b="b", cooperation=1, conflict=2),
                network.Link(a="b", b="c", cooperation=1, conflict=0),
            ],
            label=bad,
        ),
        scale.draw(
            (0, 100),
            [(bad, 50)],
            [scale.Placed(name=bad, colour="#000000", low=0, value=5, high=9, weight=1)],
            [],
            label=bad,
        ),
        world.draw([world.Place(name=bad, lat=1, lon=2, count=3)], []),
    ]
    for svg in svgs:
        assert parseString(svg).documentElement is not None  # noqa: S318
        assert "<script" not in svg


def test_the_projection_keeps_areas() -> None:
    """A small square has the same area on the map wherever it lies (Lambert's azimuthal equal-area projection)."""

    def area(lat: float, lon: float, step: float = 0.01) -> float:
        from math import cos, radians

        corners = [
            world.project(lat + dy, lon + dx, (40, 100))[:2] for dy, dx in ((0, 0), (0, step), (step, step), (step, 0))
        ]
        total = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True))
        return abs(total) / 2 / (radians(step) ** 2 * cos(radians(lat + step / 2)))

    for lat, lon in ((40, 100), (0, 60), (60, 150), (-20, 110), (70, 20)):
        assert area(lat, lon) == pytest.approx(1.0, rel=1e-3)


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5), st.integers(0, 9)), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_names_on_the_map_cover_no_name(spots: list[tuple[float, float, int]]) -> None:
    """However close the places, no two names stand over each other; the place with most is named unless it is cut."""
    places = [world.Place(name=f"Town {i}", lat=a, lon=b, count=n) for i, (a, b, n) in enumerate(spots)]
    boxes = {world.label_box(said, x, y, anchor) for said, x, y, anchor in texts_of(world.draw(places, []))}
    assert boxes
    for one, other in combinations(boxes, 2):
        assert (
            one[2] <= other[0] + 0.1 or other[2] <= one[0] + 0.1 or one[3] <= other[1] + 0.1 or other[3] <= one[1] + 0.1
        )


def texts_of(svg: str) -> list[tuple[str, float, float, str]]:
    """The texts of a drawing: words, where they stand, and by which of their ends."""
    return [
        (
            str(t.firstChild.nodeValue),
            float(t.getAttribute("x")),
            float(t.getAttribute("y")),
            t.getAttribute("text-anchor"),
        )
        for t in parseString(svg).getElementsByTagName("text")  # noqa: S318
        if t.firstChild is not None
    ]


def test_the_map_shows_where_most_was_held() -> None:
    """The frame is drawn around the places that hold half of the meetings; a far one is outside it."""
    near = [world.Place(name=f"N{i}", lat=38 + i, lon=127, count=3) for i in range(3)]
    far = world.Place(name="Far", lat=-34.6, lon=-58.4, count=2)
    assert far not in world.bulk_of([*near, far])
    assert world.bulk_of([far]) == [far]
    bulk = [(place.lat, place.lon) for place in world.bulk_of([*near, far])]
    assert "Far 2" not in {text[0] for text in texts_of(world.draw([*near, far], [], within=bulk))}
    assert "Far 2" in {text[0] for text in texts_of(world.draw([*near, far], []))}


def test_every_option_of_a_state_has_room_in_its_box() -> None:
    """The squares of a state stay inside its box, be there one option or twenty."""
    for count in (1, 10, 20):
        node = layers.Node(id="s", title="1", start=True, flags=((True, "#000000"),) * count)
        rects = parseString(layers.draw([node], [], {}, {}, "")).getElementsByTagName("rect")  # noqa: S318
        box, *squares = [r for r in rects if r.getAttribute("height") != r.getAttribute("width")][:1] + [
            r for r in rects if r.getAttribute("height") == r.getAttribute("width")
        ]
        right = float(box.getAttribute("x")) + float(box.getAttribute("width"))
        assert len(squares) == count
        assert all(float(s.getAttribute("x")) + float(s.getAttribute("width")) <= right for s in squares)


def test_an_act_reads_as_what_became_of_it() -> None:
    """Held, planned, possible, called off and denied acts read apart; no verb stands without a subject."""
    us, north = Party(entity="USA", name=""), Party(entity="PRK", name="")
    said = [
        act_text("AGREE", [us], [north], status) for status in ("held", "planned", "possible", "called off", "denied")
    ]
    assert said == [
        f"United States {verb} with North Korea"
        for verb in ("agreed", "is to agree", "may agree", "is no longer to agree", "did not agree")
    ]
    assert act_text("REQUEST", [us], []) == "A request by United States"
    assert act_text("ASSAULT", [], [north], "possible") == "An attack directed at North Korea (possible)"
    assert act_text("CONSULT", [us, north], [us, north]) == "Talks among United States and North Korea"
    assert act_text("CONSULT", [], []) == "Talks by unnamed parties"


def test_a_chart_takes_the_colours_of_the_page_and_of_paper() -> None:
    """On the page colours are names of the style sheet; on paper they stay; neither holds an address."""
    from dragoman.show.plots import diverging_bars

    spec = diverging_bars(
        [{"period": "Jun 2018", "start": "2018-06-01", "up": 2, "down": -1, "meetings": 1, "planned": 0}], "month"
    )
    page, paper = charts.to_svg(spec), charts.to_paper_svg(spec)
    assert "var(--coop)" in page
    assert charts.COOP in paper
    assert charts.to_png(spec).startswith(b"\x89PNG")
    for svg in (page, paper):
        assert "style=" not in svg
        assert "<script" not in svg


def test_numbers_print_as_a_reader_expects() -> None:
    """True minus signs, thin spaces, and no share that claims certainty where there is none."""
    assert fixed(-1234.5, 1) == "\u22121\u202f234.5"
    assert signed(0.04) == "0.0"
    assert signed(2) == "+2.0"
    assert share(0.004) == "<1\u202f%"
    assert share(0.999) == ">99\u202f%"
    assert share(0) == "0\u202f%"
    assert joined(["a", "b", "c"]) == "a, b and c"


def test_a_table_exports_what_it_sorts_by() -> None:
    """The CSV holds values, not print, and disarms formulas."""
    table = Table(
        name="t",
        title="",
        columns=(Column(name="a", title="A"),),
        rows=((Cell(text="1 000", value=1000),), (Cell(text="=1+1"),)),
    )
    assert table.to_csv() == "A\r\n1000\r\n'=1+1\r\n"
    assert table.records() == [{"a": 1000}, {"a": "=1+1"}]
