"""Factiva: the field form (HD, PD, SN, LP, TD ...), and the reading form that ends with "Document CODE".

Field form: each field on a line that begins with its two or three letters; HD is the title, SN the outlet, PD the day
of publication, ET the time, LP and TD the text, AN the document's code, which closes the article.  The same fields
come as rows of a table in the older page.

Reading form (RTF, and the newer page with ``class="article"``): title, then the byline, "501 words", the day, the
time, the outlet, its code, the language, the copyright; paragraphs; "Document LBA0000020180516ee5g00abc".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dragoman.read.sources._article import day_of
from dragoman.read.sources.press._export import Entry, Export, line_at

_TAGS = [
    "SE",
    "HD",
    "CR",
    "BY",
    "WC",
    "PD",
    "ET",
    "SN",
    "SC",
    "ED",
    "PG",
    "VOL",
    "LA",
    "CY",
    "CX",
    "LP",
    "TD",
    "CT",
    "RF",
    "ART",
    "CO",
    "IN",
    "NS",
    "RE",
    "IPC",
    "IPD",
    "PUB",
    "AN",
]
_FIELD = re.compile(rf"^[ \t]*({'|'.join(_TAGS)})(?:[ \t]{{1,6}}|\t|[ \t]*$)(.*)$")
_HEAD = re.compile(r"^[ \t]*HD(?:[ \t]|$)", re.MULTILINE)
_CODE = re.compile(
    r"^[ \t]*(?:Document|Dokument|Documento)[ \t]+([A-Z]{1,10}\d{6,}[A-Za-z0-9]{6,24})[ \t]*$", re.MULTILINE
)
_WORDS = re.compile(r"^([\d,.]+) words$", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}:\d\d(?: ?[AP]M)?(?: [A-Z]{2,4})?$", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:Copyright|\(c\)|©)", re.IGNORECASE)
_ANNOUNCED = re.compile(r"(?:Results Found|Articles? (?:found|selected)|Headlines?)[ :\t]+([\d,]+)", re.IGNORECASE)
_FOOT = re.compile(r"^\s*(?:©|\(c\)) ?\d{4} (?:Factiva|Dow Jones)|^\s*Page \d+ of \d+.*$|^\s*Search Summary\s*$",
                   re.IGNORECASE)  # fmt: skip
_SOURCE_CODE = re.compile(r"[A-Z0-9]{2,8}$")


def export_of(text: str, place: str) -> Export | None:
    """The articles of a Factiva export, or None where the text is none."""
    del place
    heads = list(_HEAD.finditer(text))
    if heads and re.search(r"^[ \t]*PD[ \t]", text, re.MULTILINE) and re.search(r"^[ \t]*SN[ \t]", text, re.MULTILINE):
        return _fielded(text, heads)
    codes = list(_CODE.finditer(text))
    if codes and re.search(r"^[ \t]*[\d,.]+ words[ \t]*$", text[: codes[0].start()], re.MULTILINE | re.IGNORECASE):
        return _read_form(text, codes)
    return None


def _announced(text: str) -> int | None:
    found = _ANNOUNCED.search(text)
    return int(found[1].replace(",", "")) if found else None


def _fielded(text: str, heads: Sequence[re.Match[str]]) -> Export:
    starts = [_with_section(text, match.start()) for match in heads]
    ends = [*starts[1:], len(text)]
    entries = tuple(
        _from_fields(_fields(text[start:end]), line_at(text, start)) for start, end in zip(starts, ends, strict=True)
    )
    closed = len(re.findall(r"^[ \t]*AN[ \t]", text, re.MULTILINE))
    return Export(
        database="Factiva", kind="factiva", entries=entries,
        announced=_announced(text) or (closed or None),
    )  # fmt: skip


def _with_section(text: str, at: int) -> int:
    """An article whose section (SE) stands before its title begins there."""
    before = text.rfind("\n", 0, max(at - 1, 0)) + 1
    return before if re.match(r"[ \t]*SE[ \t]", text[before:at]) else at


def _fields(part: str) -> dict[str, str]:
    fields: dict[str, list[str]] = {}
    last = ""
    for row in part.split("\n"):
        match = _FIELD.match(row)
        if match and (match[1] not in fields):
            last = match[1]
            fields[last] = [match[2].strip()]
        elif last and not _FOOT.match(row):
            fields[last].append(row.strip())
    return {name: "\n".join(rows).strip() for name, rows in fields.items()}


def _from_fields(fields: dict[str, str], line: int) -> Entry:
    text = "\n\n".join(_paragraphs(fields[name]) for name in ("LP", "TD") if fields.get(name))
    words = re.match(r"([\d,.]+)", fields.get("WC", ""))
    return Entry(
        line=line, text=text, title=_flat(fields.get("HD")), outlet=_flat(fields.get("SN")), published=fields.get("PD"),
        byline=_by(fields.get("BY")), section=_flat(fields.get("SE")) or _page(fields.get("PG")),
        words=int(re.sub(r"\D", "", words[1]) or 0) or None if words else None,
    )  # fmt: skip


def _paragraphs(words: str) -> str:
    """Paragraphs by empty lines where there are any, else by lines."""
    if re.search(r"\n[ \t]*\n", words):
        return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", words) if part.strip())
    return "\n\n".join(row.strip() for row in words.split("\n") if row.strip())


def _flat(words: str | None) -> str | None:
    return " ".join(words.split()) or None if words else None


def _by(words: str | None) -> str | None:
    flat = _flat(words)
    return re.sub(r"^(?:By|BY)\s+", "", flat) if flat else None


def _page(words: str | None) -> str | None:
    return f"page {words.strip()}" if words else None


def _read_form(text: str, codes: Sequence[re.Match[str]]) -> Export:
    entries = []
    start = 0
    for match in codes:
        entries.append(_read_entry(text[start : match.start()].split("\n"), line_at(text, start)))
        start = match.end()
    rest = text[start:]
    more = 1 if re.search(r"^[ \t]*[\d,.]+ words[ \t]*$", rest, re.MULTILINE) else 0
    return Export(
        database="Factiva", kind="factiva", entries=tuple(entries),
        announced=_announced(text) or (len(entries) + 1 if more else None),
    )  # fmt: skip


def _read_entry(rows: Sequence[str], line: int) -> Entry:
    """Title and byline above the words' line; day, outlet, language and copyright below; then the text."""
    lines = [row.strip() for row in rows if row.strip() and not _FOOT.match(row)]
    at = next((place for place, row in enumerate(lines) if _WORDS.match(row)), None)
    if at is None:
        return Entry(line=line, text="\n\n".join(lines))
    above = lines[:at]
    while above and (_FOOT.match(above[0]) or _ANNOUNCED.search(above[0])):
        above = above[1:]
    byline = (
        above[-1] if len(above) >= 2 and (above[-1].lower().startswith("by ") or len(above[-1].split()) <= 6) else None
    )
    titled = above[:-1] if byline else above
    below = lines[at + 1 :]
    day = next((row for row in below[:3] if day_of(row)), None)
    place = below.index(day) + 1 if day else 0
    if place < len(below) and _TIME.match(below[place]):
        place += 1
    outlet = below[place] if day and place < len(below) else None
    body = place + 1
    while body < len(below) and body < place + 7:
        row = below[body]
        body += 1
        if _COPYRIGHT.match(row):
            break
        if len(row.split()) > 12:
            body -= 1
            break
    found = _WORDS.match(lines[at])
    return Entry(
        line=line, text="\n\n".join(below[body:]), title=titled[-1] if titled else None, outlet=outlet, published=day,
        byline=_by(byline), words=int(re.sub(r"\D", "", found[1]) or 0) or None if found else None,
    )  # fmt: skip


def page_export_of(page: str, place: str) -> Export | None:
    """The articles of a Factiva page in either layout, or None where the page is none."""
    del place
    if 'class="article' not in page and "class='article" not in page and not re.search(r">\s*(?:<b>)?\s*HD\b", page):
        return None
    from dragoman.read.sources._markup import html_root

    root = html_root(page)
    if root is None:
        return None
    blocks = [div for div in root.iter("div") if "article" in (div.get("class") or "").split()]
    if blocks and not any(_CODE.search(_rows_text(block)) or block.find(".//table") is not None for block in blocks):
        return None
    tables = [table for table in root.iter("table") if any(tag == "HD" for tag, _ in _table(table))]
    said = " ".join(root.itertext())
    if tables:
        entries = tuple(_from_fields(dict(_table(table)), table.sourceline or 1) for table in tables)
    elif blocks:
        entries = tuple(_block(block) for block in blocks)
    else:
        return None
    return Export(database="Factiva", kind="factiva", entries=entries, announced=_announced(said))


def _rows_text(block: Any) -> str:
    from dragoman.read.sources._markup import text_of_element

    return text_of_element(block)


def _table(table: Any) -> list[tuple[str, str]]:
    """The fields of one table of the older layout; the text's cells keep their paragraphs."""
    rows = []
    for row in table.iter("tr"):
        cells = row.findall("td")
        if len(cells) >= 2:
            tag = " ".join("".join(cells[0].itertext()).split())
            if tag in _TAGS:
                rows.append((tag, _rows_text(cells[1])))
    return rows


def _block(block: Any) -> Entry:
    """One article of the newer layout: the headline is marked, and so are the paragraphs."""
    entry = _read_entry(_CODE.sub("", _rows_text(block)).split("\n"), block.sourceline or 1)
    paragraphs = [
        " ".join("".join(item.itertext()).split())
        for item in block.iter("p")
        if "articleParagraph" in (item.get("class") or "")
    ]
    paragraphs = [words for words in paragraphs if words and not _CODE.match(words)]
    headline = next(
        (
            " ".join("".join(item.itertext()).split())
            for item in block.iter()
            if "Headline" in str(item.get("class") or "")
        ),
        None,
    )
    return replace(entry, text="\n\n".join(paragraphs) or entry.text, title=headline or entry.title)
