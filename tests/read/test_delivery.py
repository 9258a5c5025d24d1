"""A folder of clippings of every kind, made here: each file is read rightly, or named with what it is and what to do.

Files are made with libraries that Dragoman does not read with (python-docx, odfpy, typst, the mail package of Python,
warcio), or written out by hand from the published descriptions of their formats.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from dragoman.errors import ReadError
from dragoman.read.sources import Article, article_files, read_paths

FIRST = "The foreign ministers of Ruritania and Freedonia met in Geneva on Tuesday, officials of both governments said."
SECOND = "They agreed to send their deputies to Vienna within a month to prepare the next round of the talks."
THIRD = "A spokesman said that neither side expected a quick result and that the border would stay open meanwhile."
BODY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n"
DAY = "2023-05-16"
TITLE = "Ministers meet in Geneva"
OUTLET = "The Lake Post"
PAGE = f"""<!doctype html><html><head><meta charset="utf-8"><title>{TITLE}</title>
<meta property="article:published_time" content="{DAY}T10:00:00Z"><meta property="og:site_name" content="{OUTLET}">
</head><body><nav><a href="/">Home</a></nav><article><h1>{TITLE}</h1>
<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article><footer>Copyright 2023</footer></body></html>"""
FIELDS = {"title": TITLE, "outlet": OUTLET, "date": DAY}


def docx() -> bytes:
    """A Word file by python-docx, with a heading, a table and what a person wrote beside it."""
    import docx as library

    book = library.Document()
    book.core_properties.title = "Not the headline"
    book.add_heading(TITLE, level=1)
    for words in (FIRST, SECOND, THIRD):
        book.add_paragraph(words)
    table = book.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Round one", "Geneva"
    return saved(book.save)


def odt() -> bytes:
    """An OpenDocument text by odfpy, with a heading and a footnote."""
    from odf.opendocument import OpenDocumentText
    from odf.text import H, Note, NoteBody, NoteCitation, P

    book = OpenDocumentText()
    book.text.addElement(H(outlinelevel=1, text=TITLE))
    first = P(text=FIRST)
    note = Note(noteclass="footnote")
    note.addElement(NoteCitation(text="1"))
    inner = NoteBody()
    inner.addElement(P(text="The talks were announced in April."))
    note.addElement(inner)
    first.addElement(note)
    book.text.addElement(first)
    for words in (SECOND, THIRD):
        book.text.addElement(P(text=words))
    return saved(book.write)


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    """What a library writes to a stream."""
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def rtf() -> bytes:
    """Rich text as word processors write it: a font table, a title, a header, curly quotes, another alphabet."""
    return (
        rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times New Roman;}}{\info{\title " + TITLE.encode() + rb"}}"
        rb"{\header\pard The Lake Post page 1\par}"
        rb"\pard " + FIRST.encode() + rb"\par\pard " + SECOND.encode() + rb" \'93Good,\'94 he said in \u379?od.\par "
        rb"\pard " + THIRD.encode() + rb"\par}"
    )


def pdf(body: str, **page: str) -> bytes:
    """A PDF by typst."""
    import typst

    settings = ", ".join(f"{name}: {value}" for name, value in page.items())
    head = f"#set page(width: 420pt, height: 420pt{', ' if settings else ''}{settings})"
    source = f'{head}\n#set text(size: 9pt, lang: "en", hyphenate: true)\n{body}'
    return bytes(typst.compile(source.encode()))


def two_columns() -> bytes:
    """A newspaper page: a headline over two columns, a running head with the day, page numbers, a footnote."""
    return pdf(
        f'#set par(justify: true)\n#place(top + center, scope: "parent", float: true)[#text(size: 18pt)[{TITLE}]]\n'
        f"{FIRST}#footnote[The talks were announced in April.]\n\n{SECOND}\n\n#lorem(300)\n\n{THIRD}",
        columns="2",
        header="[The Lake Post #h(1fr) 16 May 2023]",
        footer="context [Page #counter(page).display()]",
    )


def epub() -> bytes:
    """A book of two chapters and a cover."""
    out = io.BytesIO()
    chapter = "<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>{}</h1><p>{}</p><p>{}</p></body></html>"
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        )
        book.writestr(
            "OEBPS/book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>Two Talks</dc:title><dc:publisher>{OUTLET}</dc:publisher><dc:date>{DAY}</dc:date></metadata>"
            '<manifest><item id="c" href="cover.xhtml"/><item id="b" href="b%20two.xhtml"/>'
            '<item id="a" href="a.xhtml"/>'
            '</manifest><spine><itemref idref="c"/><itemref idref="a"/><itemref idref="b"/></spine></package>',
        )
        book.writestr("OEBPS/cover.xhtml", "<html><body><p>Two Talks</p></body></html>")
        book.writestr("OEBPS/a.xhtml", chapter.format(TITLE, FIRST, SECOND))
        book.writestr("OEBPS/b two.xhtml", chapter.format("The second round", SECOND, THIRD))
    return out.getvalue()


def mail(**more: str) -> EmailMessage:
    """A mail with a text."""
    message = EmailMessage()
    message["From"] = more.get("sender", f"{OUTLET} <news@lakepost.example>")
    message["To"] = "desk@analysts.example"
    message["Subject"] = more.get("subject", TITLE)
    message["Date"] = "Tue, 16 May 2023 18:00:00 +0200"
    message["Message-ID"] = "<1@lakepost.example>"
    message.set_content(more.get("text", BODY), cte="quoted-printable")
    return message


def mail_with_files() -> bytes:
    """A mail with a page for text, a Word file and a picture attached."""
    message = mail(text="See this in your browser.", subject="Weekly letter")
    message.add_alternative(f"<html><body><table><tr><td><p>{FIRST}</p><p>{SECOND}</p></td></tr></table></body></html>",
                            subtype="html")  # fmt: skip
    message.add_attachment(docx(), maintype="application", subtype="octet-stream", filename="talks.docx")
    message.add_attachment(b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, maintype="image", subtype="png", filename="logo.png")
    return message.as_bytes()


def forwarded() -> bytes:
    """A newsletter that a colleague forwards."""
    text = (
        "Worth reading, see below.\n\n---------- Forwarded message ---------\n"
        f"From: {OUTLET} <news@lakepost.example>\nDate: Tue, May 16, 2023 at 9:00 AM\nSubject: {TITLE}\n"
        f"To: <desk@analysts.example>\n\n{BODY}"
    )
    return mail(sender="Ann Analyst <ann@analysts.example>", subject=f"Fwd: {TITLE}", text=text).as_bytes()


def mbox() -> bytes:
    """A mailbox of two mails; one has a line that begins with From."""
    first = mail().as_bytes()
    second = mail(subject="The second round", text=f"{THIRD}\n\nFrom Vienna, {SECOND}\n").as_bytes()
    second = second.replace(b"\nFrom Vienna", b"\n>From Vienna")
    line = b"From news@lakepost.example Tue May 16 18:00:00 2023\n"
    return line + first + b"\n" + line + second + b"\n"


def mhtml() -> bytes:
    """A page as a browser saves it in one file, with a picture and a frame of advertisements."""
    page = base64.encodebytes(PAGE.encode()).decode()
    return (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://lakepost.example/talks\nSubject: x\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="b"\n\n'
        "--b\nContent-Type: text/html\nContent-Location: https://ads.example/frame\n\n"
        "<html><body><p>Buy now</p></body></html>\n"
        "--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n"
        f"Content-Location: https://lakepost.example/talks\n\n{page}\n--b\nContent-Type: image/png\n\nx\n--b--\n"
    ).encode()


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>{OUTLET}</title><item><title>{TITLE}</title><link>https://lakepost.example/1</link>
<pubDate>Tue, 16 May 2023 10:00:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{FIRST}</p><p>{SECOND}</p>]]></content:encoded></item></channel></rss>"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{OUTLET}</title>
<entry><title>{TITLE}</title><link href="https://lakepost.example/1"/><updated>{DAY}T10:00:00Z</updated>
<content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</content></entry></feed>"""
ONLY_LINKS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>{OUTLET}</title>
<item><title>{TITLE}</title><link>https://lakepost.example/1</link><description>Short...</description></item>
<item><title>Two</title><link>https://lakepost.example/2</link></item></channel></rss>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1", "title": OUTLET,
    "items": [{"id": "1", "title": TITLE, "content_html": f"<p>{FIRST}</p><p>{SECOND}</p>", "source": OUTLET,
               "date_published": f"{DAY}T10:00:00Z"}],
}  # fmt: skip
GUARDIAN = {"response": {"status": "ok", "results": [{
    "webTitle": TITLE, "webPublicationDate": f"{DAY}T10:00:00Z", "webUrl": "https://lakepost.example/1",
    "fields": {"bodyText": BODY, "publication": OUTLET, "byline": "A. Writer"}}]}}  # fmt: skip
NEWSAPI = {"status": "ok", "articles": [
    {"source": {"id": None, "name": OUTLET}, "title": TITLE, "publishedAt": f"{DAY}T10:00:00Z", "content": BODY,
     "url": "https://lakepost.example/1"},
    {"source": {"id": None, "name": OUTLET}, "title": "Cut", "publishedAt": f"{DAY}T10:00:00Z",
     "content": "The ministers [+2000 chars]", "url": "https://lakepost.example/2"}]}  # fmt: skip
GDELT_DOC = {"articles": [{"url": "https://lakepost.example/1", "title": TITLE, "seendate": "20230516T100000Z",
                           "domain": "lakepost.example"}]}  # fmt: skip
CSL = [{"type": "article-newspaper", "title": TITLE, "container-title": OUTLET,
        "issued": {"date-parts": [[2023, 5, 16]]}, "author": [{"family": "Writer", "given": "Ann"}],
        "abstract": f"{FIRST} {SECOND} {THIRD}"}]  # fmt: skip
RIS = (
    f"TY  - NEWS\nTI  - {TITLE}\nT2  - {OUTLET}\nDA  - 2023/05/16/\nAU  - Writer, Ann\n"
    f"AB  - {FIRST} {SECOND} {THIRD}\nER  - \n\nTY  - NEWS\nTI  - Other\nUR  - https://lakepost.example/2\nER  - \n"
)
BIBTEX = (
    f"@article{{a1,\n title = {{{{{TITLE}}}}},\n journal = {{{OUTLET}}},\n year = 2023, month = may, day = {{16}},\n"
    f' abstract = "{FIRST} {SECOND} {THIRD}"\n}}\n'
)
MARKDOWN = f"---\ntitle: {TITLE}\ndate: {DAY}\nsource: {OUTLET}\ntags: [talks]\n---\n\n{FIRST}\n\n"
MARKDOWN += "They **agreed** on [a date](https://x.example).\n"
EVENTS = "Event ID\tEvent Date\tSource Name\tEvent Text\tCAMEO Code\n1\t2023-05-16\tX\tConsult\t040\n"


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in files.items():
            book.writestr(name, data)
    return out.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    """A TAR archive, with a link that leads out of it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as book:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            book.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("passwd.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        book.addfile(link)
    return out.getvalue()


def warc() -> bytes:
    """A web archive: the page, its request, a picture, an error page."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, kind, status, data in (
        ("https://lakepost.example/talks", "text/html; charset=utf-8", "200 OK", PAGE.encode()),
        ("https://lakepost.example/logo.png", "image/png", "200 OK", b"\x89PNG"),
        ("https://lakepost.example/gone", "text/html", "404 Not Found", b"<html><body>gone</body></html>"),
    ):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(data), length=len(data), http_headers=headers
        )
        record.raw_stream = io.BytesIO(data)  # which the library need not copy to a file of its own
        writer.write_record(record)
    return out.getvalue()


def excel() -> bytes:
    """An Excel table of articles, the day as a date."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Title", "Publication", "Date", "Full text"], [TITLE, OUTLET, date(2023, 5, 16), BODY]):
        sheet.append(row)
    return saved(book.save)


ROW = {"title": TITLE, "outlet": OUTLET, "date": DAY, "text": BODY}
HEADED = f"Outlet: {OUTLET}\nTitle: {TITLE}\nPublished: {DAY}\n\n{BODY}"

Wanted = tuple[str | None, str | None, str | None]
FULL: Wanted = (TITLE, OUTLET, DAY)
FILES: dict[str, tuple[bytes, list[Wanted], list[str]]] = {
    # name: (content, (title, outlet, day) of each article, what is said of what is not read)
    "headed.txt": (HEADED.encode(), [FULL], []),
    "latin.txt": (HEADED.replace("Geneva on", "Genève on").encode("cp1252"), [FULL], []),
    "sixteen.txt": (HEADED.encode("utf-16"), [FULL], []),
    "noending": (HEADED.encode(), [FULL], []),
    "2023-05-16_Lake Wire_talks.txt": (BODY.encode(), [(None, "Lake Wire", DAY)], []),
    "20230516 talks.text": (BODY.encode(), [(None, None, DAY)], []),
    "head.md": (MARKDOWN.encode(), [FULL], []),
    "plain.markdown": (f"# {TITLE}\n\n{BODY}".encode(), [(TITLE, None, None)], []),
    "page.html": (PAGE.encode(), [FULL], []),
    "page.txt": (PAGE.encode(), [FULL], []),
    "saved.mhtml": (mhtml(), [FULL], []),
    "columns.pdf": (two_columns(), [(TITLE, None, DAY)], []),
    "scan.pdf": (pdf("#rect(width: 100pt)"), [], ["without a text layer (a scan?); expected a text layer: run OCR"]),
    "word.docx": (docx(), [(TITLE, None, None)], []),
    "mislabelled.doc": (docx(), [(TITLE, None, None)], []),
    "open.odt": (odt(), [(TITLE, None, None)], []),
    "rich.rtf": (rtf(), [(TITLE, None, None)], []),
    "book.epub": (epub(), [FULL, ("The second round", OUTLET, DAY)], []),
    "mail.eml": (mail().as_bytes(), [FULL], []),
    "letter.eml": (mail_with_files(), [("Weekly letter", OUTLET, DAY), (TITLE, None, None)], []),
    "forward.eml": (forwarded(), [FULL], []),
    "box.mbox": (mbox(), [FULL, ("The second round", OUTLET, DAY)], []),
    "feed.rss": (RSS.encode(), [FULL], []),
    "feed.xml": (ATOM.encode(), [FULL], []),
    "links.rss": (ONLY_LINKS.encode(), [], ["a list of 2 addresses without texts", "dragoman fetch"]),
    "feed.json": (json.dumps(JSON_FEED).encode(), [FULL], []),
    "guardian.json": (json.dumps(GUARDIAN).encode(), [FULL], []),
    "newsapi.json": (json.dumps(NEWSAPI).encode(), [FULL], ["an address without texts"]),
    "gdelt.json": (json.dumps(GDELT_DOC).encode(), [], ["an address without texts"]),
    "zotero.json": (json.dumps(CSL).encode(), [FULL], []),
    "rows.jsonl": ((json.dumps(ROW) + "\n" + json.dumps({"title": "x"}) + "\n").encode(), [FULL], ["without any text"]),
    "rows.csv": (f'Headline,Medium,publish_date,plaintext\n{TITLE},{OUTLET},{DAY},"{BODY}"\n'.encode(), [FULL], []),
    "rows.tsv": (f"title\tmedia_name\tpublish_date\ttext\n{TITLE}\t{OUTLET}\t{DAY}\t{FIRST}\n".encode(), [FULL], []),
    "stories.csv": (b"id,publish_date,title,url,media_name\n1,2023-05-16,x,https://a.example/1,A\n", [],
                    ["an address without"]),
    "rows.xlsx": (excel(), [FULL], []),
    "events.tab": (EVENTS.encode(), [], ["an event table (ICEWS)", "dragoman import events"]),
    "refs.ris": (RIS.encode(), [FULL], ["an address without texts"]),
    "refs.bib": (BIBTEX.encode(), [FULL], []),
    "urls.txt": (b"# talks\nhttps://a.example/1\nhttps://a.example/2\n", [], ["a list of 2 addresses"]),
    "feeds.opml": (b'<?xml version="1.0"?><opml><body><outline xmlUrl="https://a.example/f"/></body></opml>', [],
                   ["an address"]),
    "web.warc.gz": (warc(), [FULL], []),
    "pack.zip": (zipped({"a.txt": HEADED.encode(), "in/b.html": PAGE.encode(), "in/logo.png": b"\x89PNG",
                         "c.pages": b"x"}),
                 [FULL, FULL], ["a Pages file"]),
    "pack.tar.gz": (tarred({"a.txt": HEADED.encode(), "../../out.txt": HEADED.encode()}), [FULL, FULL], []),
    "packed.txt.gz": (gzip.compress(HEADED.encode()), [FULL], []),
    "packed.json.bz2": (bz2.compress(json.dumps(ROW).encode()), [FULL], []),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 90, [], ["a picture; expected text: run OCR over it first"]),
    "record.sqlite": (b"SQLite format 3\x00" + b"\x00" * 90, [], ["a database (SQLite)"]),
    "talk.mp3": (b"ID3\x04" + b"\x00" * 90, [], ["sound; expected a transcript"]),
    "case.yaml": (b"title: x\n", [], ["a YAML file; expected articles; a case is given with --case"]),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), [],
                ["an old Word file; expected the file saved as .docx"]),
    "schema.xml": (b'<?xml version="1.0"?><nitf><body>x</body></nitf>', [], ["XML of the kind <nitf>"]),
    "empty.txt": (b"", [], ["an empty file"]),
}  # fmt: skip


def read_file(path: Path) -> tuple[list[Article], list[ReadError]]:
    """What a file gives, and what is said of it."""
    faults: list[ReadError] = []
    return list(read_paths([path], on_error=faults.append)), faults


def about(article: Article) -> Wanted:
    """Title, outlet and day."""
    return article.title, article.outlet, article.published.isoformat() if article.published else None


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_its_articles_with_title_outlet_and_day(tmp_path: Path, name: str) -> None:
    """A file gives as many articles as it holds, each with its own title, outlet, day and text, or the right words."""
    data, wanted, said = FILES[name]
    path = tmp_path / name
    path.write_bytes(data)
    articles, faults = read_file(path)
    assert [about(article) for article in articles] == wanted, faults
    told = "\n".join(map(str, faults))
    assert all(words in told for words in said), told
    assert bool(faults) == bool(said), told
    for article in articles:
        words = " ".join(article.text.replace("è", "e").replace("Geneve", "Geneva").split())
        assert FIRST in words or SECOND in words or "agreed on a date" in words
        assert not any(mark in words for mark in ("<p>", "{\\", "Content-Type", "Copyright 2023", "See this in"))
        assert article.origin is not None
        assert article.origin.file == str(path)


def test_the_folder_is_read_whole(tmp_path: Path) -> None:
    """More than forty files in thirty kinds: the folder gives what its files give one by one, and names the rest."""
    for name, (data, _, _) in FILES.items():
        (tmp_path / name).write_bytes(data)
    faults: list[ReadError] = []
    articles = list(read_paths([tmp_path], on_error=faults.append))
    assert len(FILES) >= 40
    assert len({article.kind for article in articles}) >= 17
    assert len(articles) == sum(len(wanted) for _, wanted, _ in FILES.values())
    refused = {name for name, (_, _, said) in FILES.items() if said}
    assert {Path(fault.place.split("!")[0].split(":")[0]).name.split("[")[0] for fault in faults} == refused


def test_a_newspaper_page_is_read_column_by_column(tmp_path: Path) -> None:
    """Columns follow each other, words parted at line ends are whole, heads and page numbers go, notes come last."""
    path = tmp_path / "a.pdf"
    path.write_bytes(two_columns())
    text = next(read_paths([path])).text
    paragraphs = text.split("\n\n")
    places = [text.index(words) for words in (TITLE, FIRST, SECOND, "Lorem ipsum", THIRD, "The talks were announced")]
    assert places == sorted(places)
    assert "comprehen-" not in text
    assert not any(words in text for words in ("The Lake Post", "Page 1", "Page 2", "- "))
    assert paragraphs[-1].endswith("The talks were announced in April.")


PRINT = """THE LAKE POST, TUESDAY, MAY 16, 1995

The foreign ministers of the two coun-
tries met in Geneva on Monday for com-
prehensive talks. The vice-
minister of the south was there, and a well-known
envoy. Officials of both govern-
ments said that the talks would go on.

They will meet again in Vienna. The countries
expect no comprehensive result.
"""


def test_scanned_print_is_made_whole(tmp_path: Path) -> None:
    """Words parted at line ends are joined, "vice-" keeps its hyphen, lines become paragraphs, the head has the day."""
    (tmp_path / "a.txt").write_text(PRINT, encoding="utf-8")
    (article,) = read_paths([tmp_path])
    assert article.published == date(1995, 5, 16)
    first = article.text.split("\n\n")[1]
    assert first == (
        "The foreign ministers of the two countries met in Geneva on Monday for comprehensive talks. The vice-minister "
        "of the south was there, and a well-known envoy. Officials of both governments said that the talks would go on."
    )
    assert "undone" in article.notes[0]
    (tmp_path / "a.txt").write_text(BODY + "A well-\nknown line.\n", encoding="utf-8")
    assert next(read_paths([tmp_path])).text.endswith("A well-\nknown line.\n")


def test_the_page_of_formats_names_every_format_and_every_limit() -> None:
    """Each ending of the table, each extra that a format needs and the limits stand in the documentation."""
    from dragoman.read.sources import FORMATS, _raw, _source, html
    from dragoman.read.sources._mail import MAX_PARTS
    from dragoman.read.sources._pdf import MAX_PAGES

    page = (Path(__file__).parents[2] / "docs" / "reference" / "formats.md").read_text(encoding="utf-8")
    rows = [line for line in page.split("\n") if line.startswith("| ")]
    for form in FORMATS:
        row = next(line for line in rows if f" {form.endings[0]}" in line.split("|")[2])
        assert all(ending in row for ending in form.endings), form.name
        assert row.split("|")[3].strip() == (form.extra or ""), form.name
    for limit in (f"{_source.MAX_ENTRIES:,} entries", f"{MAX_PAGES:,} pages", f"{MAX_PARTS} parts",
                  f"{html.MAX_PAGE // 10**6} million characters a page", f"{_raw.MAX_TOKENS:,} words",
                  f"{_source.MAX_DEPTH} archives deep", f"{_source.MAX_BYTES >> 20} MiB",
                  f"{_source.MAX_UNPACKED >> 30} GiB"):  # fmt: skip
        assert limit in page, limit


def test_a_page_saved_with_its_folder_is_one_article(tmp_path: Path) -> None:
    """Frames and pictures in the folder of a saved page are no articles; a folder of that name alone is read."""
    (tmp_path / "talks.html").write_text(PAGE, encoding="utf-8")
    for folder in ("talks_files", "own_files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "frame.html").write_text(PAGE, encoding="utf-8")
    assert [path.relative_to(tmp_path).as_posix() for path in article_files(tmp_path)] == [
        "own_files/frame.html",
        "talks.html",
    ]


def test_a_sidecar_tells_what_its_file_does_not(tmp_path: Path) -> None:
    """Fields of ``a.txt.json`` or ``a.meta.yaml`` are the article's, and a sidecar is no article itself."""
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "a.txt.json").write_text(json.dumps(FIELDS), encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"Title: Its own\n\n{BODY}", encoding="utf-8")
    (tmp_path / "b.meta.yaml").write_text(f"title: Another\noutlet: {OUTLET}\npublished: {DAY}\n", encoding="utf-8")
    assert [about(article) for article in read_paths([tmp_path])] == [FULL, ("Its own", OUTLET, DAY)]


@pytest.mark.parametrize(
    ("name", "rule", "day"),
    [
        ("talks-20230516.txt", None, None),
        ("talks-20230516.txt", "name", date(2023, 5, 16)),
        ("2023/05/16/talks.txt", "*/YYYY/MM/DD/*", date(2023, 5, 16)),
        ("clip 16.05.2023.txt", "*DD.MM.YYYY*", date(2023, 5, 16)),
        ("2023-13-45_x.txt", None, None),
        ("talks.txt", "name", None),
    ],
)
def test_the_day_may_stand_in_the_path(tmp_path: Path, name: str, rule: str | None, day: date | None) -> None:
    """A day elsewhere than at the start of a name counts only where a rule says so."""
    from dragoman.read.sources import date_rule

    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(BODY, encoding="utf-8")
    assert next(read_paths([path], date_from=date_rule(rule) if rule else None)).published == day


def test_the_day_given_fills_in_after_the_name(tmp_path: Path) -> None:
    """What the file's name says comes before --date; what the source says before both."""
    (tmp_path / "2023-05-16_a.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "2023-05-17_b.txt").write_text(HEADED, encoding="utf-8")
    given = date(2020, 1, 1)
    assert [article.published for article in read_paths([tmp_path], given)] == [date(2023, 5, 16)] * 2


def test_a_page_of_which_precision_keeps_little_is_read_wider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the strict extraction keeps less than half of the wide one, the wide text is read, which is said."""
    from dragoman.read.sources import html

    def extracted(page: str, url: str | None, *, precise: bool) -> object:
        del page, url
        return type("Found", (), {"text": FIRST if precise else BODY, "title": TITLE})()

    monkeypatch.setattr(html, "_extracted", extracted)
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    article = next(read_paths([path]))
    assert article.text == BODY
    assert article.origin is not None
    assert article.origin.share is not None
    assert article.origin.share < 0.5
    assert "the wider one is read" in article.notes[0]
