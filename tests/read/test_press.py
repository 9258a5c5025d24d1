"""Exports of press databases: every article with its own outlet and day, or the whole file refused by name.

The layouts are written out here from the published descriptions of the exports (the manuals of readers for them and
the databases' own help pages), with labels in other languages, fields missing or in another order, and page heads in
the middle of an article.  No export of a database is copied.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import ReadError
from dragoman.read.sources import Article, read_paths

DAYS = ["May 16, 2018 Wednesday", "June 1, 2018 Friday", "June 12, 2018"]
ISO = [date(2018, 5, 16), date(2018, 6, 1), date(2018, 6, 12)]
TITLES = ["North Doubts the Summit", "Envoy Carries a Letter", "Leaders Shake Hands"]
OUTLETS = ["The Lake Post", "Hill Herald (London)", "The Lake Post"]
BODIES = [
    "The north said on Wednesday that it might call off the summit.\n\nA spokesman in the capital gave no reason.",
    "An envoy carried a letter to the south on Friday.\n\nIts words were not made public. He left on the same day.",
    "The two leaders met on an island on Tuesday and shook hands.\n\nThey signed a paper of four points.",
]
WORDS = [21, 22, 19]


def centred(words: str) -> str:
    """A line in the middle of the page."""
    return f"{words:^76}".rstrip()


def wrapped(body: str, width: int = 40) -> str:
    """Paragraphs broken at a width."""
    import textwrap

    return "\n\n".join("\n".join(textwrap.wrap(part, width)) for part in body.split("\n\n"))


def old_nexis(number: int, total: int, at: int, **change: object) -> str:
    """One article of the old text export."""
    lines = [centred(f"{number} of {total} {change.get('counter', 'DOCUMENTS')}"), "", ""]
    if change.get("load_first"):
        lines += ["LOAD-DATE: July 4, 2019", ""]
    lines += [centred(OUTLETS[at]), "", centred(DAYS[at]), centred("Late Edition - Final"), ""]
    lines += [f"HEADLINE: {TITLES[at]}", ""] if change.get("labelled") else [TITLES[at], ""]
    if change.get("byline", True):
        lines += ["BYLINE: By ANN WRITER", ""]
    lines += ["SECTION: Section A; Column 0; Foreign Desk; Pg. 1", ""]
    if change.get("length", True):
        lines += [f"LENGTH: {WORDS[at]} words", ""]
    lines += ["DATELINE: THE CAPITAL", "", wrapped(BODIES[at]), ""]
    if change.get("page_head"):
        lines.insert(-2, "Page 2 of 3")
    if change.get("load_last", True):
        lines += ["LOAD-DATE: May 17, 2019", "", "CORRECTION-DATE: June 30, 2019", "", "LANGUAGE: ENGLISH", ""]
    return "\n".join([*lines, centred("Copyright 2018 The Lake Company"), centred("All Rights Reserved"), "", ""])


def old_export(total: int = 3, said: int | None = None, **change: object) -> str:
    """A text export of many articles."""
    return "\n\n".join(old_nexis(place + 1, said or total, place % 3, **change) for place in range(total))


def new_nexis(at: int, **change: object) -> str:
    """One article of Nexis Uni."""
    lines = [TITLES[at], OUTLETS[at], DAYS[at], "Copyright 2018 The Lake Company All Rights Reserved"]
    lines += ["Section: Section A; Pg. 1", f"Length: {WORDS[at]} words"]
    lines += ["Byline: By ANN WRITER"] if change.get("byline", True) else []
    lines += ["Dateline: THE CAPITAL", "Body", "", BODIES[at], "", "Load-Date: July 4, 2019", "", "End of Document"]
    if change.get("page_head"):
        lines.insert(lines.index(BODIES[at]), "Page 2 of 3")
    return "\n".join(lines)


def new_export(total: int = 3, said: int | None = None, **change: object) -> str:
    """A Nexis Uni delivery with its cover."""
    cover = ["User Name: Ann", "Date and Time: Thursday, July 4, 2019 9:00:00 AM CEST", "Job Number: 12345678", ""]
    cover += [f"Documents ({said or total})", ""]
    cover += [
        f"{place + 1}. {TITLES[place % 3]}\nClient/Matter: -None-\nSearch Terms: summit" for place in range(total)
    ]
    articles = [new_nexis(place % 3, **change) for place in range(total)]
    return "\n".join([*(cover if change.get("cover", True) else []), "", *articles])


def docx_of(text: str) -> bytes:
    """A text as a Word file."""
    import docx

    book = docx.Document()
    for line in text.split("\n"):
        book.add_paragraph(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rtf_of(text: str) -> bytes:
    """A text as rich text."""
    lines = (line.replace("\\", r"\\").encode("ascii", "replace").decode() for line in text.split("\n"))
    return ("{\\rtf1\\ansi " + "".join(f"\\pard {line}\\par\n" for line in lines) + "}").encode()


def pdf_of(text: str) -> bytes:
    """A text as a PDF, with a head on each page."""
    import typst

    body = "\n\n".join(
        "#text[" + line.replace("@", "\\@").replace("_", "\\_") + "]" for line in text.split("\n") if line
    )
    head = "#set page(width: 400pt, height: 300pt, header: context [Page #counter(page).display() of 9])\n"
    return bytes(typst.compile((head + body).encode()))


FACTIVA_DAYS = ["16 May 2018", "1 June 2018", "12 June 2018"]


def factiva_fields(at: int, **change: object) -> str:
    """One article in the field form."""
    lead, _, rest = BODIES[at].partition("\n\n")
    rows = [f"HD  {TITLES[at]}", "BY  By Ann Writer", f"WC  {WORDS[at]} words", f"PD  {FACTIVA_DAYS[at]}", "ET  10:00",
            f"SN  {OUTLETS[at]}", "SC  LAKEP", "LA  English", "CY  (c) 2018 Lake Company", "", "LP  ", lead, "",
            "TD  ", rest, "", "CO  lakco : Lake Company", "NS  gcat : Political News", "RE  asiaz : Asia",
            f"AN  Document LAKEP0000{at}20180516ee5g00abc", ""]  # fmt: skip
    if change.get("section"):
        rows.insert(0, "SE  World News")
    if not change.get("byline", True):
        rows.remove("BY  By Ann Writer")
    return "\n".join(rows)


def factiva_read(at: int, **change: object) -> str:
    """One article in the reading form."""
    rows = [TITLES[at], "By Ann Writer"] if change.get("byline", True) else [TITLES[at]]
    rows += [f"{WORDS[at]} words", FACTIVA_DAYS[at]]
    rows += ["10:00"] if change.get("time", True) else []
    rows += [OUTLETS[at], "LAKEP", "English", "(c) 2018 Lake Company. All rights reserved.", ""]
    return "\n".join([*rows, BODIES[at], "", f"Document LAKEP0000{at}20180516ee5g00abc", ""])


def factiva_table(at: int) -> str:
    """One article of the older page."""
    lead, _, rest = BODIES[at].partition("\n\n")
    rows = (("HD", TITLES[at]), ("BY", "By Ann Writer"), ("WC", f"{WORDS[at]} words"), ("PD", FACTIVA_DAYS[at]),
            ("SN", OUTLETS[at]), ("LP", f"<p>{lead}</p>"), ("TD", f"<p>{rest}</p>"),
            ("AN", f"Document LAKEP0000{at}20180516ee5g00abc"))  # fmt: skip
    cells = "".join(f"<tr><td><b>{tag}</b>&nbsp;</td><td>{words}</td></tr>" for tag, words in rows)
    return f'<div class="article"><table>{cells}</table></div>'


def factiva_div(at: int) -> str:
    """One article of the newer page."""
    paragraphs = "".join(
        f'<p class="articleParagraph enarticleParagraph">{part}</p>' for part in BODIES[at].split("\n\n")
    )
    return (
        f'<div class="article enArticle"><div id="hd"><span class="enHeadline">{TITLES[at]}</span></div>'
        f'<div class="author">By Ann Writer</div><div>{WORDS[at]} words</div><div>{FACTIVA_DAYS[at]}</div>'
        f"<div>10:00</div><div>{OUTLETS[at]}</div><div>LAKEP</div><div>English</div><div>(c) 2018 Lake Company</div>"
        f"{paragraphs}<p>Document LAKEP0000{at}20180516ee5g00abc</p></div>"
    )


def page_of(parts: list[str], found: int | None = None) -> str:
    """A page of articles with a summary of the search."""
    summary = f"<div>Results Found {found}</div>" if found else ""
    return f"<html><head><title>Factiva</title></head><body>{''.join(parts)}{summary}</body></html>"


def proquest(at: int, number: int, total: int, **change: object) -> str:
    """One article of ProQuest."""
    rows = ["_" * 60, ""]
    rows += [f"Document {number} of {total}", ""] if change.get("counter") else []
    rows += [f"Title: {TITLES[at]}", "", "Author: Writer, Ann", "",
             f"Publication info: {OUTLETS[at]}, Late Edition; Lake City [Lake City]16 May 2018: A.1.", "",
             "ProQuest document link", "", "Abstract: Short.", "", f"Full text: {BODIES[at]}", "",
             "Subject: Summits", "",
             f"Publication title: {OUTLETS[at]}, Late Edition; Lake City", "", "Publication year: 2018", "",
             f"Publication date: {DAYS[at].rsplit(' ', 1)[0] if at < 2 else DAYS[at]}", "", "Section: A", "",
             f"ProQuest document ID: 20{at}", "", "Last updated: 2019-07-04", "", "Database: ProQuest", ""]  # fmt: skip
    return "\n".join(rows)


def proquest_export(total: int = 3, said: int | None = None, **change: object) -> str:
    """A text export of ProQuest."""
    parts = [proquest(place % 3, place + 1, said or total, **change) for place in range(total)]
    return "\n".join([*parts, "_" * 60, "Contact us at: http://www.proquest.com/go/contactsupport", ""])


def all_of(make: Callable[..., str], **change: object) -> str:
    """Three articles one after the other."""
    return "\n\n".join(make(at, **change) for at in range(3))


EXPORTS: dict[str, tuple[str, bytes]] = {
    "nexis, old": ("a.txt", old_export().encode()),
    "nexis, old, Windows": ("a.TXT", old_export().replace("\n", "\r\n").encode("cp1252")),
    "nexis, old, load date first": ("a.txt", old_export(load_first=True).encode()),
    "nexis, old, labelled headline": ("a.txt", old_export(labelled=True).encode()),
    "nexis, old, no byline, no length": ("a.txt", old_export(byline=False, length=False).encode()),
    "nexis, old, no load date": ("a.txt", old_export(load_last=False).encode()),
    "nexis, old, page head inside": ("a.txt", old_export(page_head=True).encode()),
    "nexis, old, German": ("a.txt", old_export(counter="DOKUMENTEN").replace(" of 3 ", " von 3 ").encode()),
    "nexis, old, one article": ("a.txt", old_export(1).encode()),
    "nexis, old, 500 articles": ("a.txt", old_export(500).encode()),
    "nexis, old, RTF": ("a.rtf", rtf_of(old_export())),
    "nexis, new, DOCX": ("a.docx", docx_of(new_export())),
    "nexis, new, RTF": ("a.rtf", rtf_of(new_export())),
    "nexis, new, PDF": ("a.pdf", pdf_of(new_export())),
    "nexis, new, text": ("a.txt", new_export().encode()),
    "nexis, new, no cover": ("a.docx", docx_of(new_export(cover=False))),
    "nexis, new, page head, no byline": ("a.docx", docx_of(new_export(page_head=True, byline=False))),
    "factiva, fields": ("a.txt", all_of(factiva_fields).encode()),
    "factiva, fields, section first": ("a.txt", all_of(factiva_fields, section=True).encode()),
    "factiva, fields, no byline": ("a.rtf", rtf_of(all_of(factiva_fields, byline=False))),
    "factiva, reading form": ("a.rtf", rtf_of(all_of(factiva_read))),
    "factiva, reading form, no byline, no time": ("a.rtf", rtf_of(all_of(factiva_read, byline=False, time=False))),
    "factiva, older page": ("a.html", page_of([factiva_table(at) for at in range(3)], 3).encode()),
    "factiva, newer page": ("a.html", page_of([factiva_div(at) for at in range(3)], 3).encode()),
    "proquest": ("a.txt", proquest_export().encode()),
    "proquest, counted": ("a.txt", proquest_export(counter=True).encode()),
    "proquest, 500 articles": ("a.txt", proquest_export(500).encode()),
}


def read_bytes(folder: Path, name: str, data: bytes) -> tuple[list[Article], list[ReadError]]:
    """What a file gives, and what is said of it."""
    path = folder / name
    path.write_bytes(data)
    faults: list[ReadError] = []
    return list(read_paths([path], on_error=faults.append)), faults


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_split_into_its_articles(tmp_path: Path, name: str) -> None:
    """Each article has its own title, outlet, day and text: not the load date, no field, no page head, no neighbour."""
    articles, faults = read_bytes(tmp_path, *EXPORTS[name])
    assert not faults, faults
    assert len(articles) == (500 if "500" in name else 1 if "one article" in name else 3)
    for place, article in enumerate(articles):
        at = place % 3
        assert (article.title, article.outlet, article.published) == (TITLES[at], OUTLETS[at].split(",")[0], ISO[at])
        assert " ".join(article.text.split()) == " ".join(BODIES[at].split())
        if "no byline" not in name:
            assert article.byline is not None
            assert "writer" in article.byline.casefold()
        assert article.published_from == "metadata"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", old_export(3, said=5).encode(), "looks like Nexis, 5 announced, 3 found"),
        ("a.docx", docx_of(new_export(3, said=37)), "looks like Nexis Uni, 37 announced, 3 found"),
        ("a.html", page_of([factiva_div(0)], 2).encode(), "looks like Factiva, 2 announced, 1 found"),
        ("a.txt", proquest_export(3, said=4, counter=True).encode(), "looks like ProQuest, 4 announced, 3 found"),
        ("a.txt", old_export().replace(centred(DAYS[1]), "").encode(), "article 2 of 3 has no day"),
        ("a.txt", all_of(factiva_fields).replace(f"SN  {OUTLETS[1]}\n", "").encode(), "article 2 of 3 has no outlet"),
        (
            "a.txt",
            new_export().replace("End of Document", "", 1).encode(),
            "looks like Nexis Uni, 3 announced, 2 found",
        ),
        (
            "a.html",
            b"<html><body><span class='DocPublicationName'>Le Lac</span><span class='DocHeader'>1</span></body></html>",
            "an export of Europresse, whose layout is not known here",
        ),
    ],
)
def test_an_export_that_does_not_split_for_certain_is_refused_whole(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    """Where found and announced differ, or an article lacks its outlet or day, nothing is read, the file is named."""
    articles, faults = read_bytes(tmp_path, name, data)
    assert articles == []
    assert [said in str(fault) for fault in faults] == [True], faults


def test_copies_within_a_delivery_are_marked(tmp_path: Path) -> None:
    """The second of two equal articles of one outlet says so; the same text in another outlet is no copy."""
    text = old_export(4)
    articles, _ = read_bytes(tmp_path, "a.txt", text.encode())
    marked = [any("stands twice in this delivery" in note for note in article.notes) for article in articles]
    assert marked == [False, False, False, True]


def test_a_delivery_in_an_archive_is_split_too(tmp_path: Path) -> None:
    """A ZIP of exports gives the articles of all of them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("one.docx", docx_of(new_export()))
        book.writestr("two.txt", old_export())
    articles, faults = read_bytes(tmp_path, "a.zip", out.getvalue())
    assert len(articles) == 6
    assert not faults


@pytest.mark.parametrize(
    "text",
    [
        "The ministers signed 2 of 3 documents on Monday. The third is open.\n",
        "End of Document\n\nThe paper closed with these words, and the talks went on.\n",
        "HD radio was the topic of the day. PD 9 is a tram.\n",
        f"Full text: {BODIES[0]}\n{'_' * 40}\n",
    ],
)
def test_an_article_that_looks_a_little_like_an_export_is_an_article(tmp_path: Path, text: str) -> None:
    """A single mark of a database in running text makes no export."""
    articles, faults = read_bytes(tmp_path, "a.txt", text.encode())
    assert [article.text for article in articles] == [text]
    assert not faults
