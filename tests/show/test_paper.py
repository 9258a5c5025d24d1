"""The briefing: key judgements first, words in bounds, hostile text as text, the same bytes twice."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.desk import Desk
from dragoman.errors import InputError
from dragoman.show.blocks import Point, Table
from dragoman.show.brief import HOW_TO_READ, images, literal, printed, source
from dragoman.show.briefing import Briefing, briefing
from dragoman.show.views._judgements import likelihood
from tests.show.conftest import CASE

TERMS = (
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
)


@pytest.fixture(scope="module")
def brief(desk: Desk) -> Briefing:
    """The briefing of the small negotiation."""
    return briefing(desk)


@pytest.fixture(scope="module")
def paper(brief: Briefing) -> bytes:
    """Its PDF."""
    return printed(brief)


def _text(pdf: bytes) -> str:
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages)).replace("-\u00ad", "")


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def test_the_pdf_begins_with_the_key_judgements(brief: Briefing, paper: bytes) -> None:
    """Every key judgement stands in the PDF, before what happened, with the mark on it."""
    text = _letters(_text(paper))
    assert brief.judgements
    for point in brief.judgements:
        assert _letters(point.text) in text
    assert text.index("keyjudgements") < text.index("whathappened")
    assert "inventedexample" in text


def test_the_pdf_uses_only_fonts_that_it_holds(paper: bytes) -> None:
    """Every font of every page is embedded."""
    from pypdf import PdfReader

    for page in PdfReader(io.BytesIO(paper)).pages:
        embedded, other = page._get_fonts()
        assert not other - embedded
        assert embedded


def test_the_briefing_has_two_to_eight_pages(paper: bytes) -> None:
    """It is short enough to be read."""
    from pypdf import PdfReader

    assert 2 <= len(PdfReader(io.BytesIO(paper)).pages) <= 8


def test_the_same_briefing_gives_the_same_bytes(brief: Briefing, paper: bytes) -> None:
    """Nothing in the PDF depends on the clock or the machine."""
    assert printed(brief) == paper


def test_sources_are_numbered_by_first_mention_and_all_listed(brief: Briefing) -> None:
    """Numbers run from one without a gap, and every reference names its outlet and day."""
    assert [item.number for item in brief.sources] == list(range(1, len(brief.sources) + 1))
    assert all(", 2" in item.text or re.search(r"\d{4}", item.text) for item in brief.sources)


def test_likelihood_and_robustness_stay_in_their_bounds(brief: Briefing) -> None:
    """Words of likelihood stand only beside a base rate; a share of draws is never called a probability."""
    points = [*brief.judgements, *(p for s in brief.sections for b in s.blocks if hasattr(b, "items") for p in b.items)]
    for point in points:
        text = point.text
        if any(re.search(rf"\b{term}\b", text) for term in TERMS):
            assert "base rate" in f"{text} {point.detail}".lower() or "as they did" in text
            assert "confidence" not in text
        if "draws" in text and "probability" in text:
            assert "not probability" in text


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.02, "almost no chance"),
        (0.1, "very unlikely"),
        (0.3, "unlikely"),
        (0.5, "a roughly even chance"),
        (0.7, "likely"),
        (0.9, "very likely"),
        (0.99, "almost certain"),
    ],
)
def test_words_of_likelihood_are_the_published_bins(chance: float, words: str) -> None:
    """The bins of Intelligence Community Directive 203."""
    assert likelihood(chance) == words


@pytest.mark.parametrize(
    "attack",
    [
        '"); #panic("x") //',
        '#import "@preview/x"',
        "$ sum $ @ref <label> *b* _i_ `r`",
        '\\u{41} \\" \\',
        "\u202e\u0000\u0007 [[[[",
        "= Heading\n+ item",
    ],
)
def test_hostile_words_are_words_on_paper(brief: Briefing, attack: str) -> None:
    """Words that are instructions elsewhere are printed as they stand."""
    bad = replace(
        brief,
        title=attack,
        mark=attack,
        basis=attack,
        judgements=(Point(text=attack, detail=attack),),
        sections=(),
        sources=(),
    )
    text = _letters(_text(printed(bad)))
    assert _letters(attack) in text


def test_a_literal_never_ends_early() -> None:
    """Quotation marks and backslashes are escaped, control characters are gone."""
    assert literal('a"b\\c\n\x00') == '"a\\"b\\\\c  "'


def test_the_source_holds_no_file_and_no_address(brief: Briefing) -> None:
    """The document imports nothing and reads nothing."""
    text = source(brief)
    assert "#import" not in re.sub(r'"(?:\\.|[^"\\])*"', '""', text)
    assert "#read" not in re.sub(r'"(?:\\.|[^"\\])*"', '""', text)


def test_the_pages_can_be_looked_at(brief: Briefing) -> None:
    """The same document as pictures, one a page."""
    pictures = images(brief, 30)
    assert len(pictures) >= 2
    assert all(item.startswith(b"\x89PNG") for item in pictures)


def test_an_empty_desk_has_nothing_to_report(tmp_path: object) -> None:
    """Without an article and a case there is no briefing, and the reason is said."""
    from pathlib import Path

    from dragoman.record import Record

    path = Path(str(tmp_path)) / "empty.db"
    Record.open(path, create=True).close()
    with Desk.open(record=path) as empty, pytest.raises(InputError, match="nothing to report"):
        briefing(empty)


def test_the_word_file_says_the_same(brief: Briefing) -> None:
    """The DOCX holds every key judgement, the mark, the sources, and names a font for its text."""
    docx = pytest.importorskip("docx", reason="python-docx is not installed: the extra 'word' is not tested")
    from dragoman.show.docx import printed as printed_docx

    made = docx.Document(io.BytesIO(printed_docx(brief)))
    text = "\n".join(paragraph.text for paragraph in made.paragraphs)
    for point in brief.judgements:
        assert point.text in text
    assert "Invented example" in text
    assert HOW_TO_READ in text
    assert made.styles["Normal"].font.name == "Georgia"
    assert len(made.inline_shapes) >= 1


def test_the_briefing_says_who_can_block_before_the_steps(desk: Desk) -> None:
    """Who must consent stands between the positions and the steps, with whether anybody is in the way."""
    titles = [section.title for section in briefing(desk).sections]
    assert titles.index("Who can block, and what would move them") == titles.index("Which steps would hold") - 1
    blocking = next(section for section in briefing(desk).sections if section.title.startswith("Who can block"))
    first = blocking.blocks[0].items[0].text  # type: ignore[union-attr]
    assert first == "Nothing passes without the United States and North Korea."


def test_scenarios_that_move_no_forecast_are_named_and_not_listed(tmp_path: Path) -> None:
    """The briefing's table of scenarios holds the case and what moves it; the rest is told in its note."""
    bolder = "  bolder: {name: Bolder, changes: {issues.scope.positions.US.position: 100}}\n"
    (tmp_path / "case.yaml").write_text(CASE + bolder, encoding="utf-8")
    with Desk.open(case=tmp_path / "case.yaml", draws=20) as alone:
        tables = [block for section in briefing(alone).sections for block in section.blocks if isinstance(block, Table)]
    table = next(block for block in tables if block.name == "scenarios")
    assert [row[0].text for row in table.rows] == ["The case as it stands", "Bolder"]
    assert "“A guarantor”" in table.note
