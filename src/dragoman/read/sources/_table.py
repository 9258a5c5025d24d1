"""The one table of formats: first bytes and ending -> reader.

First bytes that are a plain sign of a format decide; where there is none, the file's ending does, and a text whose
ending says no more than "text" is looked at again: mail, feeds, exports and lists of references are texts too.  What
nothing here reads is named with what it is and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from dragoman.errors import ReadError
from dragoman.read.sources._source import Source

if TYPE_CHECKING:
    from dragoman.read.sources._plain import Found


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format: what it is called, its endings, and the function that reads it (``module:function``)."""

    name: str
    title: str
    endings: tuple[str, ...]
    function: str
    extra: str | None = None

    def reader(self) -> Callable[[Source], Found]:
        """The function that reads it, imported when it is needed."""
        module, _, function = self.function.partition(":")
        return cast("Callable[[Source], Found]", getattr(import_module(f"dragoman.read.sources.{module}"), function))


def _format(name: str, title: str, endings: str, function: str, extra: str | None = None) -> Format:
    return Format(name=name, title=title, endings=tuple(endings.split()), function=function, extra=extra)


FORMATS = (
    _format("text", "text file", ".txt .text .asc", "_plain:text_articles"),
    _format("markdown", "Markdown file", ".md .markdown", "_plain:markdown_articles"),
    _format("html", "page of HTML", ".html .htm .xhtml .shtml", "html:html_articles"),
    _format("mhtml", "saved page (MHTML)", ".mhtml .mht", "_mail:mhtml_articles"),
    _format("pdf", "PDF", ".pdf", "_pdf:pdf_articles", "documents"),
    _format("docx", "Word file", ".docx .docm", "_docx:docx_articles"),
    _format("odt", "OpenDocument text", ".odt .fodt", "_odt:odt_articles"),
    _format("rtf", "RTF file", ".rtf", "_rtf:rtf_articles", "documents"),
    _format("epub", "EPUB", ".epub", "_epub:epub_articles"),
    _format("mail", "mail", ".eml .emlx", "_mail:mail_articles"),
    _format("mbox", "mailbox", ".mbox .mbx", "_mail:mbox_articles"),
    _format("msg", "Outlook mail", ".msg", "_msg:msg_articles", "documents"),
    _format("feed", "feed", ".rss .atom .rdf", "_feed:feed_articles", "documents"),
    _format("opml", "list of feeds (OPML)", ".opml", "_feed:opml_articles"),
    _format("xml", "XML file", ".xml", "_feed:xml_articles"),
    _format("json", "JSON file", ".json", "_json:json_articles"),
    _format("jsonl", "file of JSON lines", ".jsonl .ndjson", "_json:json_line_articles"),
    _format("csv", "table", ".csv .tsv .tab", "_tables:csv_articles"),
    _format("excel", "Excel file", ".xlsx .xlsm", "_tables:excel_articles", "tables"),
    _format("ris", "list of references (RIS)", ".ris", "_references:ris_articles"),
    _format("bibtex", "list of references (BibTeX)", ".bib", "_references:bibtex_articles"),
    _format("warc", "WARC archive", ".warc .warc.gz", "_warc:warc_articles", "documents"),
    _format("zip", "ZIP archive", ".zip", "_archive:zip_articles"),
    _format("tar", "TAR archive", ".tar .tar.gz .tgz .tar.bz2 .tbz2 .tar.xz .txz", "_archive:tar_articles"),
    _format("packed", "packed file", ".gz .bz2 .xz", "_archive:packed_articles"),
)
BY_NAME = {form.name: form for form in FORMATS}
_BY_ENDING = {ending: form for form in FORMATS for ending in form.endings}
ENDINGS = tuple(_BY_ENDING)

_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"), (b"{\\rtf", "rtf"), (b"WARC/", "warc"),
    (b"\x1f\x8b", "packed"), (b"BZh", "packed"), (b"\xfd7zXZ\x00", "packed"),
)  # fmt: skip
_REFUSED_SIGNS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "a picture", "text: run OCR over it first"),
    (b"\xff\xd8\xff", "a picture", "text: run OCR over it first"),
    (b"GIF8", "a picture", "text: run OCR over it first"),
    (b"II*\x00", "a picture", "text: run OCR over it first"),
    (b"MM\x00*", "a picture", "text: run OCR over it first"),
    (b"BM", "a picture", "text: run OCR over it first"),
    (b"\x7fELF", "a program", "articles"), (b"MZ", "a program", "articles"),
    (b"SQLite format 3\x00", "a database (SQLite)", "articles; a record is opened with --record"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "the files in it, unpacked, or a ZIP"),
    (b"Rar!", "a RAR archive", "the files in it, unpacked, or a ZIP"),
    (b"\x28\xb5\x2f\xfd", "a file packed with Zstandard", "the file, unpacked"),
    (b"OggS", "sound or video", "a transcript"), (b"ID3", "sound", "a transcript"), (b"fLaC", "sound", "a transcript"),
    (b"bplist0", "a binary property list (a web archive of Safari?)", "the page saved as HTML, or as PDF"),
    (b"PAR1", "a Parquet table", "the table as CSV or JSON lines"),
    (b"%!PS", "a PostScript file", "the document as PDF"),
)  # fmt: skip
_REFUSED_ENDINGS = {
    ".doc": ("an old Word file", "the file saved as .docx"),
    ".xls": ("an old Excel file", "the table saved as .csv or .xlsx"),
    ".ppt": ("slides", "the text of them"), ".pptx": ("slides", "the text of them"),
    ".pst": ("an Outlook store", "the mails exported as .eml or .mbox"),
    ".mobi": ("a Kindle book", "the book as .epub"), ".azw3": ("a Kindle book", "the book as .epub"),
    ".pages": ("a Pages file", "the file exported as .docx or .pdf"),
    ".webarchive": ("a web archive of Safari", "the page saved as HTML, or as PDF"),
    ".yaml": ("a YAML file", "articles; a case is given with --case"),
    ".yml": ("a YAML file", "articles; a case is given with --case"),
    ".mp3": ("sound", "a transcript"), ".m4a": ("sound", "a transcript"), ".wav": ("sound", "a transcript"),
    ".mp4": ("video", "a transcript"), ".mov": ("video", "a transcript"), ".avi": ("video", "a transcript"),
    ".srt": ("subtitles", "a transcript"), ".vtt": ("subtitles", "a transcript"),
}  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXTUAL = frozenset({"text", "xml"})
_BOM = b"\xef\xbb\xbf"


def ending_of(name: str) -> str:
    """The ending of a file's name; both of ``.warc.gz`` and ``.tar.gz``."""
    parts = name.lower().rsplit(".", 2)
    double = "." + ".".join(parts[1:]) if len(parts) == 3 else ""
    if double in _BY_ENDING:
        return double
    return "." + parts[-1] if len(parts) > 1 and parts[-1] else ""


def format_of(source: Source) -> Format:
    """The format of a source.

    Raises:
        ReadError: nothing here reads it; the error says what it is and what to do.
    """
    head = source.head()
    if not head:
        source.whole()
    ending = ending_of(source.name)
    told = _BY_ENDING.get(ending)
    signed = _signed(head, source, told)
    if signed is not None:
        return signed
    if ending in _REFUSED_ENDINGS:
        raise ReadError(source.place, *_REFUSED_ENDINGS[ending])
    if told is not None and told.name not in _TEXTUAL:
        return told
    guessed = sniff(head)
    if told is None and ending and guessed == "text":
        raise ReadError(source.place, f"a file whose ending {ending!r} is none of a format that is read",
                        "one of " + " ".join(ENDINGS[:24]) + " ...; a text as .txt")  # fmt: skip
    if told is not None and guessed == "text":
        return told
    return BY_NAME[guessed]


def _signed(head: bytes, source: Source, told: Format | None) -> Format | None:
    """The format that the first bytes show beyond doubt, if they do.

    Raises:
        ReadError: they show one that nothing reads.
    """
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from dragoman.read.sources._archive import zip_kind

        return BY_NAME[zip_kind(source)]
    if head.startswith(_OLE):
        if told is not None and told.name == "msg":
            return told
        return _ole(source)
    if head[257:262] == b"ustar":
        return BY_NAME["tar"]
    for sign, name in _SIGNS:
        if head.startswith(sign):
            return told if told is not None and told.name in ("warc", "tar") and name == "packed" else BY_NAME[name]
    if head[4:8] == b"ftyp":
        raise ReadError(source.place, "video, sound or a picture", "a transcript")
    for sign, what, wanted in _REFUSED_SIGNS:
        if head.startswith(sign) and (len(sign) > 3 or b"\x00" in head[:512]):
            raise ReadError(source.place, what, wanted)
    return None


def _ole(source: Source) -> Format:
    data = source.whole()
    if "__properties_version1.0".encode("utf-16-le") in data:
        return BY_NAME["msg"]
    for stream, ending in (("WordDocument", ".doc"), ("Workbook", ".xls"), ("PowerPoint Document", ".ppt")):
        if stream.encode("utf-16-le") in data:
            raise ReadError(source.place, *_REFUSED_ENDINGS[ending])
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReadError(source.place, "an encrypted Office file", "the file saved without a password")
    raise ReadError(source.place, "an old Office file", "the file saved as .docx, .xlsx or .pdf")


_HTML = re.compile(rb"<!doctype html|<html[\s>]|<\?xml[^>]*>\s*<(?:!doctype html|html)", re.IGNORECASE)
_ROOT = re.compile(rb"(?:<\?xml[^>]*>|<!--.*?-->|<!doctype[^>\[]*>|\s)*<([A-Za-z][\w:.-]*)", re.DOTALL | re.IGNORECASE)
_MAIL_FIELDS = frozenset(
    [
        "from", "to", "cc", "subject", "date", "message-id", "mime-version", "received", "return-path",
        "content-type", "content-transfer-encoding", "delivered-to", "reply-to", "sender", "x-mailer",
        "list-unsubscribe", "dkim-signature"
    ]
)  # fmt: skip
_SURE_FIELDS = frozenset(["message-id", "mime-version", "received", "return-path", "delivered-to", "dkim-signature"])
_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]*):[ \t]?[^\n]*\n(?:[ \t]+\S[^\n]*\n)*")
_RIS = re.compile(rb"\s*TY {1,2}- \w+\s*\r?\n")
_BIBTEX = re.compile(rb"(?:%[^\n]*\n|\s)*@(?:article|misc|online|techreport|book|inproceedings|newspaper)\s*\{",
                     re.IGNORECASE)  # fmt: skip
_JSON = re.compile(rb'[\[{]\s*(?:["{\[]|\}|\])')
_MBOX = re.compile(rb"From \S+ [^\n]*\d\d:\d\d[^\n]*\n[A-Za-z-]+: ")


def sniff(head: bytes) -> str:
    """The format of a text by its beginning; ``text`` where it shows no other."""
    head = head.removeprefix(_BOM).replace(b"\r\n", b"\n").lstrip()
    if head.startswith(b"<") and (kind := _markup(head)) is not None:
        return kind
    return next((name for name, shows in _SHOWN if shows(head)), "text")


def _markup(head: bytes) -> str | None:
    """Which kind of markup a text is, by its root."""
    if _HTML.match(head):
        return "html"
    root = _ROOT.match(head)
    tag = root[1].decode("ascii", "replace").lower() if root else ""
    if tag in ("rss", "feed", "rdf:rdf"):
        return "feed"
    if tag in ("opml", "html"):
        return tag
    return "xml" if head.startswith(b"<?xml") else None


def _is_mail(head: bytes) -> bool:
    names = []
    at = 0
    while (match := _FIELD.match(head, at)) is not None:
        names.append(match[1].decode("ascii").lower())
        at = match.end()
    known = [name for name in names if name in _MAIL_FIELDS]
    return len(known) >= 3 and any(name in _SURE_FIELDS for name in names) and 2 * len(known) >= min(len(names), 6)


def _has_head(head: bytes) -> bool:
    return head.startswith((b"---\n", b"+++\n")) and re.search(rb"\n(?:---|\+\+\+)[ \t]*\n", head) is not None


_SHOWN: tuple[tuple[str, Callable[[bytes], object]], ...] = (
    ("json", _JSON.match), ("mbox", _MBOX.match), ("mail", _is_mail), ("ris", _RIS.match), ("bibtex", _BIBTEX.match),
    ("markdown", _has_head),
)  # fmt: skip
