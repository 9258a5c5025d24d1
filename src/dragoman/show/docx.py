"""The briefing as DOCX, for those who live in a word processor: the same document, charts as PNG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dragoman.errors import MissingExtraError
from dragoman.show.blocks import Chart, Evidence, Point, Table
from dragoman.show.brief import HOW_TO_READ, NARROW
from dragoman.show.briefing import Briefing, Paragraph, Points, briefing

if TYPE_CHECKING:
    from dragoman.desk.session import Desk

FONT = "Georgia"
ACCENT = (0x7A, 0x23, 0x18)
SOFT = (0x5B, 0x55, 0x4A)


def docx(desk: Desk) -> bytes:
    """The briefing of a desk as DOCX.

    Raises:
        MissingExtraError: python-docx is not installed.
        InputError: there is nothing to report.
    """
    return printed(briefing(desk))


def printed(brief: Briefing) -> bytes:
    """A briefing as DOCX bytes.

    Raises:
        MissingExtraError: python-docx is not installed.
    """
    try:
        from docx import Document
    except ImportError as error:
        raise MissingExtraError("python-docx", "word") from error
    document = Document()
    _set_up(document, brief)
    _head(document, brief)
    if brief.judgements:
        document.add_heading("Key judgements", level=1)
        for point in brief.judgements:
            _judgement(document, point)
    for section in brief.sections:
        document.add_heading(clean(section.title), level=1)
        for block in section.blocks:
            _block(document, block)
    _sources(document, brief)
    _run(document.add_paragraph(), HOW_TO_READ, size=8, colour=SOFT)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def clean(text: str) -> str:
    """Words without the control characters that XML forbids."""
    return "".join(char if char.isprintable() or char in NARROW else " " for char in text)


def _set_up(document: Any, brief: Briefing) -> None:
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin = section.bottom_margin = Mm(22)
    for name, size in (("Normal", 10.5), ("Heading 1", 14), ("List Number", 11), ("List Bullet", 10.5)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor(0x1F, 0x1C, 0x17)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{key}", None)
    core = document.core_properties
    core.title, core.author, core.comments = clean(brief.title), "Dragoman", clean(brief.mark)
    core.created = core.modified = _stamp(brief.day)
    footer = section.footer.paragraphs[0]
    _run(footer, f"{brief.title}. {brief.mark}" if brief.mark else brief.title, size=8, colour=SOFT)


def _stamp(day: str) -> datetime:
    try:
        return datetime.strptime(day, "%d %b %Y").replace(tzinfo=UTC)
    except ValueError:
        return datetime(1980, 1, 1, tzinfo=UTC)


def _run(
    paragraph: Any,
    text: str,
    *,
    size: float | None = None,
    bold: bool = False,
    italic: bool = False,
    colour: tuple[int, int, int] | None = None,
) -> Any:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(clean(text))
    run.bold, run.italic = bold or None, italic or None
    if size:
        run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor(*colour)
    return run


def _head(document: Any, brief: Briefing) -> None:
    day = f"Briefing, as of {brief.day}" if brief.day else "Briefing"
    line = document.add_paragraph()
    _run(line, day, size=9, colour=SOFT)
    if brief.mark:
        _run(line, f"   {brief.mark[:1].upper()}{brief.mark[1:]}", size=9, bold=True, colour=(0x8F, 0x5A, 0x00))
    _run(document.add_paragraph(), brief.title, size=22, bold=True)
    _run(document.add_paragraph(), brief.basis, italic=True, colour=SOFT)


def _judgement(document: Any, point: Point) -> None:
    paragraph = document.add_paragraph(style="List Number")
    if point.label:
        _run(paragraph, point.label, size=8.5, colour=SOFT)
        paragraph.add_run().add_break()
    _run(paragraph, point.text)
    _cites(paragraph, point.evidence)
    if point.detail:
        paragraph.add_run().add_break()
        _run(paragraph, point.detail, size=8.5, colour=SOFT)


def _cites(paragraph: Any, evidence: Sequence[Evidence]) -> None:
    numbers = sorted({item.number for item in evidence})
    if numbers:
        _run(paragraph, ", ".join(str(number) for number in numbers), colour=ACCENT).font.superscript = True


def _block(document: Any, block: object) -> None:
    if isinstance(block, Paragraph):
        paragraph = document.add_paragraph()
        _run(paragraph, block.text, size=8.5 if block.small else None, colour=SOFT if block.small else None)
        _cites(paragraph, block.evidence)
    elif isinstance(block, Points):
        for point in block.items:
            paragraph = document.add_paragraph(style="List Bullet")
            _run(paragraph, point.text)
            _cites(paragraph, point.evidence)
    elif isinstance(block, Table):
        _table(document, block)
    elif isinstance(block, Chart):
        _chart(document, block)


def _table(document: Any, table: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if table.title:
        _run(document.add_paragraph(), table.title, bold=True)
    made = document.add_table(rows=1, cols=len(table.columns))
    made.style = "Light List"
    for cell, column in zip(made.rows[0].cells, table.columns, strict=True):
        _run(cell.paragraphs[0], column.title, size=8.5, bold=True)
    for row in table.rows:
        for spot, cell, column in zip(made.add_row().cells, row, table.columns, strict=True):
            paragraph = spot.paragraphs[0]
            if column.kind == "number":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _run(paragraph, cell.text, size=8.5)
            _cites(paragraph, cell.evidence)
    if table.note:
        _run(document.add_paragraph(), table.note, size=8, colour=SOFT)


def _chart(document: Any, chart: Chart) -> None:
    from docx.shared import Mm

    from dragoman.show.charts import svg_png, to_png

    _run(document.add_paragraph(), chart.title, size=9.5, bold=True).font.bold = True
    png = to_png(chart.spec) if chart.spec else svg_png(chart.svg)
    document.add_picture(io.BytesIO(png), width=Mm(162))
    document.inline_shapes[-1]._inline.docPr.set("descr", clean(chart.alt))
    if chart.note:
        _run(document.add_paragraph(), chart.note, size=8, colour=SOFT)


def _sources(document: Any, brief: Briefing) -> None:
    if not brief.sources:
        return
    document.add_heading("Sources", level=1)
    for source in brief.sources:
        _run(document.add_paragraph(), f"{source.number}  {source.text}", size=8.5)
