"""The briefing as PDF, set by typst: the same input gives the same bytes.

Words of the record and the case enter the document as string literals of typst's
language, never as markup, so that no text can become an instruction.  Charts are SVG
in the fonts that typst carries; no font of the system is used.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from dragoman.show.blocks import Chart, Evidence, Point, Table
from dragoman.show.briefing import Briefing, Paragraph, Points, Section, briefing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.desk.session import Desk

FONT = "Libertinus Serif"
NARROW = "\u00a0\u202f"
WIDTHS = {"number": "auto", "date": "auto", "flag": "auto"}
HOW_TO_READ = (
    "How to read this. Numbers above the line lead to the sources. Words of likelihood follow "
    "Intelligence Community Directive 203 and stand only where a "
    "base rate is stated or a method has a scored record. A share of draws says how robust a finding "
    "is to the judged inputs; it is not a probability."
)
STYLE = """
#set document(title: TITLE, author: "Dragoman")
#set page(paper: "a4", margin: (x: 22mm, top: 22mm, bottom: 20mm), footer: context [
  #set text(7.5pt, fill: luma(90))
  #line(length: 100%, stroke: 0.4pt + luma(190))
  #v(-3pt)
  #MARK #h(1fr) #counter(page).display("1 of 1", both: true)
])
#set text(font: "Libertinus Serif", size: 10pt, lang: "en", number-type: "lining", hyphenate: true)
#set par(justify: true, leading: 0.58em, spacing: 0.85em)
#show heading.where(level: 1): it => block(
  above: 1.7em, below: 0.8em, stroke: (top: 0.7pt), inset: (top: 6pt), width: 100%,
  text(13pt, weight: "semibold", it.body))
#let small(body) = text(8pt, fill: luma(70), body)
#let cite(body) = text(fill: rgb("#7a2318"), super(typographic: false, size: 0.72em, baseline: -0.42em, body))
#let judge(n, body, detail) = grid(
  columns: (16pt, 1fr), column-gutter: 8pt,
  align(right, text(15pt, fill: rgb("#7a2318"), str(n))),
  [#text(10.8pt, body)#if detail != none [#linebreak()#small(detail)]])
#let ruled(x, y) = (
  bottom: if y == 0 { 0.6pt } else { 0.3pt + luma(200) }, top: if y == 0 { 0.6pt } else { 0pt })
#let well(columns, align, ..cells) = block(breakable: true, width: 100%)[
  #set text(8.6pt)
  #set par(justify: false, leading: 0.5em)
  #table(columns: columns, align: align, stroke: ruled, inset: (x: 3pt, y: 3.2pt), ..cells)
]
"""


def pdf(desk: Desk) -> bytes:
    """The briefing of a desk as PDF.

    Raises:
        InputError: there is nothing to report.
    """
    return printed(briefing(desk))


def printed(brief: Briefing) -> bytes:
    """A briefing as PDF bytes."""
    return _compiled(brief, "pdf")[0]


def images(brief: Briefing, ppi: float = 110) -> list[bytes]:
    """The pages as PNG, to look at."""
    return _compiled(brief, "png", ppi)


def _compiled(brief: Briefing, form: Literal["pdf", "png"], ppi: float = 144) -> list[bytes]:
    import typst

    made: Any = typst.compile(
        source(brief).encode(),
        format=form,
        ppi=ppi,
        ignore_system_fonts=True,
        font_paths=[],
        timestamp=_stamp(brief.day),
    )
    return list(made) if isinstance(made, list) else [made]


def _stamp(day: str) -> int:
    """The briefing's own day, so that the same input gives the same file."""
    try:
        return int(datetime.strptime(day, "%d %b %Y").replace(tzinfo=UTC).timestamp())
    except ValueError:
        return 0


def source(brief: Briefing) -> str:
    """The typst source of a briefing."""
    style = STYLE.replace("TITLE", literal(brief.title)).replace("MARK", literal(_footer(brief)))
    return "\n".join(
        [
            style,
            *_head(brief),
            *_judgements(brief.judgements),
            *(line for item in brief.sections for line in _section(item)),
            *_sources(brief),
            _how(),
        ]
    )


def literal(text: str) -> str:
    """A typst string literal; control characters become spaces, so that nothing but words gets through."""
    clean = "".join(char if char.isprintable() or char in NARROW else " " for char in text)
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _footer(brief: Briefing) -> str:
    return f"{brief.title}{'. ' + brief.mark[:1].upper() + brief.mark[1:] if brief.mark else ''}"


def _head(brief: Briefing) -> list[str]:
    mark = (
        f'#text(8.5pt, weight: "bold", fill: rgb("#8f5a00"), {literal(brief.mark[:1].upper() + brief.mark[1:])})'
        if brief.mark
        else ""
    )
    day = f"Briefing{', as of ' + brief.day if brief.day else ''}"
    return [
        f"#small({literal(day)}) #h(1fr) {mark}",
        f'#v(2pt)\n#text(21pt, weight: "semibold", {literal(brief.title)})\n#v(-4pt)',
        f'#text(fill: luma(70), style: "italic", {literal(brief.basis)})',
        "#v(2pt)",
    ]


def _label(point: Point) -> str:
    return f"#text(size: .8em, fill: luma(90))[#{literal(point.label)}] #linebreak() " if point.label else ""


def _judgements(points: Sequence[Point]) -> list[str]:
    if not points:
        return []
    rows = [
        (
            f"#judge({number}, [{_label(point)}#{literal(point.text)}{_cites(point.evidence)}], "
            f"{literal(point.detail) if point.detail else 'none'})"
        )
        for number, point in enumerate(points, 1)
    ]
    return ["= Key judgements", "\n#v(-2pt)\n".join(rows)]


def _cites(evidence: Sequence[Evidence]) -> str:
    numbers = sorted({item.number for item in evidence})
    return f"#cite({literal(', '.join(str(n) for n in numbers))})" if numbers else ""


def _section(section: Section) -> list[str]:
    made = [f"= #{literal(section.title)}"]
    made.extend(_block(block) for block in section.blocks)
    return made


def _block(block: object) -> str:
    if isinstance(block, Paragraph):
        body = f"#{literal(block.text)}{_cites(block.evidence)}"
        return f"#small[{body}]" if block.small else body + "\n"
    if isinstance(block, Points):
        return "\n".join(
            f"- #{literal(p.text)}{_cites(p.evidence)}" + (f" #small({literal(p.detail)})" if p.detail else "")
            for p in block.items
        )
    if isinstance(block, Table):
        return _table(block)
    return _chart(block) if isinstance(block, Chart) else ""


def _table(table: Table) -> str:
    columns = ", ".join(
        "auto" if column.kind in WIDTHS else "1fr" if not column.wide else "3fr" for column in table.columns
    )
    aligns = ", ".join("right" if column.kind == "number" else "left" for column in table.columns)
    heads = ", ".join(f"strong({literal(column.title)})" for column in table.columns)
    cells = ",\n".join(", ".join(_cell(cell.text, cell.evidence, cell.tone) for cell in row) for row in table.rows)
    caption = f"#block(above: 0.9em, below: 0.4em, strong({literal(table.title)}))\n" if table.title else ""
    note = f"\n#small({literal(table.note)})" if table.note else ""
    head = f"#well(({columns},), ({aligns},), table.header({heads}),"
    return f"{caption}{head}\n{cells})\n{note}\n"


def _cell(text: str, evidence: Sequence[Evidence], tone: str) -> str:
    sign = {"bad": "\u2717 ", "good": "\u2713 ", "planned": "\u25d4 ", "off": "\u2715 "}.get(tone, "")
    return f"[#{literal(sign_free(sign) + text)}{_cites(evidence)}]"


def sign_free(sign: str) -> str:
    """Signs that the paper's font lacks are left out; words carry the meaning."""
    return sign if sign.strip() in {"\u2713", "\u2717"} else ""


def _chart(chart: Chart) -> str:
    svg = paper_svg(chart)
    note = f"\n#small({literal(chart.note)})" if chart.note else ""
    return (
        '#block(breakable: false, width: 100%)[#text(9.4pt, weight: "semibold", '
        f'{literal(chart.title)})\n#v(-3pt)\n#image(bytes({_svg_literal(svg)}), format: "svg", '
        f"width: 100%, alt: {literal(chart.alt)}){note}]\n"
    )


def _svg_literal(svg: str) -> str:
    return '"' + svg.replace("\\", "\\\\").replace('"', '\\"') + '"'


def paper_svg(chart: Chart) -> str:
    """A chart for paper: fixed colours, and text in a font that typst carries."""
    from dragoman.show.charts import to_paper_svg

    if chart.spec:
        return to_paper_svg(chart.spec)
    return chart.svg.replace("<svg ", f'<svg font-family="{FONT}" ', 1)


def _sources(brief: Briefing) -> list[str]:
    if not brief.sources:
        return []
    items = "\n".join(
        (
            f"#grid(columns: (18pt, 1fr), column-gutter: 6pt, align(right, {literal(str(item.number))}), "
            f"{literal(item.text)})"
        )
        for item in brief.sources
    )
    return [
        "= Sources",
        f"#set text(8.4pt)\n#set par(justify: false, spacing: 0.5em)\n#columns(2, gutter: 14pt)[{items}]",
    ]


def _how() -> str:
    return f"#v(6pt)\n#small({literal(HOW_TO_READ)})"
