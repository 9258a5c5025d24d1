"""PDF files with a text layer: letters to lines to paragraphs.

1. The letters of a page, with their boxes, become lines; a wide gap within a line parts columns
   (:mod:`dragoman.read.sources._pdf_lines`).
2. Lines are put in reading order: bands from top to bottom, columns from left to right
   (:mod:`dragoman.read.sources._layout`).
3. Lines that stand at the head or foot of most pages are no text; small print at the foot that begins with a number
   is a footnote and goes to the end.
4. Lines become paragraphs, over the ends of columns and pages, words parted at a line's end are joined.

A file without letters is a scan and is named as one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dragoman.errors import MissingExtraError, ReadError
from dragoman.read.dates import first_full_date
from dragoman.read.sources._article import Article
from dragoman.read.sources._layout import Line, in_reading_order
from dragoman.read.sources._paragraphs import grouped, joined, unwrapped
from dragoman.read.sources._plain import Found, text_found
from dragoman.read.sources._source import Source
from dragoman.read.sources.press import exported

MAX_PAGES = 2_000
_MAX_LETTERS = 100_000
_FEWEST_LETTERS = 25
_MARGIN_LINES = 3
_LONGEST_HEAD = 100
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/|\|)\s*\d{1,4})?\W*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_FOOTNOTE = re.compile(r"(?:\d{1,3}|[*†‡§])[.)]?\s*\S")
_FILE_NAME = re.compile(r"\.(?:docx?|indd|qxd|pdf|pages|odt|rtf|html?)$|^(?:untitled|microsoft word)", re.IGNORECASE)


def pdf_articles(source: Source) -> Found:
    """The text of a PDF.

    Raises:
        MissingExtraError: ``pypdfium2`` is not installed.
        ReadError: the file is encrypted, damaged, a scan, or of too many pages.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise MissingExtraError("pypdfium2", "documents") from error
    try:
        book = pypdfium2.PdfDocument(source.whole())
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise ReadError(source.place, "an encrypted PDF", "the file saved without a password") from error
        raise ReadError(source.place, f"a damaged PDF ({error})", "a whole file") from error
    try:
        number = len(book)
        if number > MAX_PAGES:
            raise ReadError(source.place, f"a PDF of {number:,} pages", f"at most {MAX_PAGES:,}: cut it first")
        pages = [_lines(book[place], source.place) for place in range(number)]
        title = str(book.get_metadata_dict().get("Title", "")).strip()
    finally:
        book.close()
    letters = sum(len(line.text) for page in pages for line in page)
    if letters < _FEWEST_LETTERS * max(1, min(number, 4)):
        raise ReadError(source.place, f"a PDF of {number:,} pages without a text layer (a scan?)",
                        "a text layer: run OCR over it first")  # fmt: skip
    day = head_day(pages)
    fields = {"title": title if title and not _FILE_NAME.search(title) else headline(pages), "published": day}
    lines, notes = without_margins([in_reading_order(page) for page in pages])
    export = exported("\n\n".join("\n".join(line.text for line in group) for group in grouped(lines)), source)
    if export is not None:
        for item in export:
            yield replace(item, text=_rewrapped(item.text)) if isinstance(item, Article) else item
        return
    text = "\n\n".join(joined(lines) + joined(notes))
    yield from text_found(text, source, "pdf", fields, note="the day is from the page's head" if day else None)


def _rewrapped(text: str) -> str:
    """A text whose paragraphs are still broken into lines, with whole paragraphs."""
    return "\n\n".join(unwrapped(part.split("\n"), Counter()) for part in text.split("\n\n"))


def _lines(page: Any, place: str) -> list[Line]:
    from dragoman.read.sources._pdf_lines import lines_of

    text = page.get_textpage()
    try:
        if text.count_chars() > _MAX_LETTERS:
            raise ReadError(place, f"a page of more than {_MAX_LETTERS:,} letters", "a page of a newspaper")
        return lines_of(text)
    finally:
        text.close()
        page.close()


def headline(pages: Sequence[Sequence[Line]]) -> str | None:
    """The largest print of the first page, where it is larger than the rest and a few words long."""
    if not pages or not pages[0]:
        return None
    sizes = Counter(round(line.size) for line in pages[0] for _ in line.text)
    largest = max(line.size for line in pages[0])
    if largest < 1.25 * sizes.most_common(1)[0][0]:
        return None
    words = " ".join(line.text for line in pages[0] if line.size > 0.95 * largest)
    return words if 2 <= len(words.split()) <= 30 else None


def head_day(pages: Sequence[Sequence[Line]]) -> str | None:
    """The day that stands at the head or the foot of the first page."""
    for line in _margin(pages[0]) if pages else ():
        day = first_full_date(line.text) if len(line.text) < _LONGEST_HEAD else None
        if day is not None:
            return day.isoformat()
    return None


def without_margins(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[list[Line]]]:
    """The pages without running heads and page numbers, and their footnotes apart."""
    keys: Counter[str] = Counter()
    for page in pages:
        keys.update({_key(line) for line in _margin(page)})
    often = {key for key, count in keys.items() if count >= 2 and 2 * count >= len(pages)}
    body: list[list[Line]] = []
    notes: list[list[Line]] = []
    for page in pages:
        margin = {id(line) for line in _margin(page)}
        kept = [
            line
            for line in page
            if not (id(line) in margin and (_key(line) in often or _PAGE_NUMBER.fullmatch(line.text)))
        ]
        text, small = _parted(kept)
        body.append(text)
        notes.append(small)
    return body, notes


def _margin(page: Sequence[Line]) -> list[Line]:
    """The highest and the lowest lines of a page."""
    by_height = sorted(page, key=lambda line: -line.top)
    return [*by_height[:_MARGIN_LINES], *by_height[-_MARGIN_LINES:]]


def _key(line: Line) -> str:
    """What running heads have in common: words but for figures, and the height at which they stand."""
    return f"{round(line.top / 3)} {_DIGITS.sub('#', line.text).casefold()}"


def _parted(page: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """A page's text and the small print at its foot, if that begins as a footnote does."""
    if not page:
        return [], []
    usual = Counter(round(line.size, 1) for line in page for _ in line.text).most_common(1)[0][0]
    bottom = sorted(page, key=lambda line: line.top)
    small = []
    for line in bottom:
        if line.size > 0.92 * usual:
            break
        small.append(line)
    chosen = {id(line) for line in small}
    first = next((line for line in page if id(line) in chosen), None)
    if first is None or not _FOOTNOTE.match(first.text):
        return list(page), []
    return [line for line in page if id(line) not in chosen], [line for line in page if id(line) in chosen]
