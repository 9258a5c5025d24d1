"""Files, folders and streams to raw articles."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import ReadError
from dragoman.read.sources import Article, read_paths

BODY = "The ministers met in Geneva on Tuesday. They agreed to meet again in a month.\n"
PAGE = """<!doctype html><html><head><title>Ministers meet in Geneva</title>
<meta property="article:published_time" content="2019-03-05T10:00:00Z">
<meta property="og:site_name" content="The Lake Post">
</head><body><nav><a href="/">Home</a><a href="/w">World</a></nav>
<article><h1>Ministers meet in Geneva</h1>
<p>The two foreign ministers met in Geneva on Tuesday for the first time since the autumn,
officials of both sides said.</p>
<p>They agreed to meet again in a month and to send their deputies to Vienna to prepare
the agenda of that meeting.</p>
<p>A spokesman said that the talks had been useful and that neither side expected a quick result from them.</p>
</article><footer>Copyright 2019</footer></body></html>"""


def write(folder: Path, name: str, data: str | bytes) -> Path:
    """A file of the test's own."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def only(path: Path, given: date | None = None) -> Article:
    """The only article of a file."""
    articles = list(read_paths([path], given))
    assert len(articles) == 1
    return articles[0]


def fault(path: Path) -> str:
    """The message with which a file is refused."""
    with pytest.raises(ReadError) as caught:
        list(read_paths([path]))
    return str(caught.value)


def test_header_lines_are_metadata_and_offsets_begin_after_them(tmp_path: Path) -> None:
    """A text file's header lines become fields; ``text`` and ``place`` are those of the body."""
    head = (
        "Outlet: The Lake Post\nTitle: Ministers meet\nPublished: 2019-03-05\n"
        "Byline: A. Writer\nNote: written for a test\n\n"
    )
    article = only(write(tmp_path, "a.txt", head + BODY))
    assert article.text == BODY
    assert article.place.endswith("a.txt:7")
    assert (article.outlet, article.title, article.byline) == ("The Lake Post", "Ministers meet", "A. Writer")
    assert (article.published, article.published_from) == (date(2019, 3, 5), "metadata")
    assert article.notes == ("written for a test",)


def test_a_text_without_headers_is_all_body(tmp_path: Path) -> None:
    """Nothing is cut from a text that has no header lines, not even leading blank lines."""
    article = only(write(tmp_path, "a.txt", "\n\n" + BODY))
    assert article.text == "\n\n" + BODY
    assert (article.published, article.published_from) == (None, "none")


def test_metadata_beats_the_given_date_and_the_given_date_beats_the_text(tmp_path: Path) -> None:
    """The date given fills in where a source states none; a date line of the text comes last."""
    stated = write(tmp_path, "a.txt", "Published: 2019-03-05\n\n" + BODY)
    line = write(tmp_path, "b.txt", "Published on 7 March 2019\n\n" + BODY)
    assert only(stated, date(2020, 1, 1)).published == date(2019, 3, 5)
    assert only(line, date(2020, 1, 1)).published_from == "given"
    assert (only(line).published, only(line).published_from) == (date(2019, 3, 7), "text")


def test_html_goes_through_extraction_with_its_metadata(tmp_path: Path) -> None:
    """A page yields its article's text, title, outlet and date, and none of its menu."""
    article = only(write(tmp_path, "a.html", PAGE))
    assert "The two foreign ministers met" in article.text
    assert "Copyright" not in article.text
    assert article.title == "Ministers meet in Geneva"
    assert (article.outlet, article.published, article.kind) == ("The Lake Post", date(2019, 3, 5), "html")


def test_html_without_an_article_is_one_clear_error(tmp_path: Path) -> None:
    """A page without running text is refused by name."""
    assert "HTML without the text of an article" in fault(write(tmp_path, "a.html", "<html><body></body></html>"))


def test_json_lines_give_one_article_a_line(tmp_path: Path) -> None:
    """Rows carry text and metadata under common names; the place names the line."""
    rows = [{"text": BODY, "headline": "One", "date": "2019-03-05T08:00:00"}, {"body": BODY, "source": "Post"}]
    articles = list(read_paths([write(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows)))]))
    assert [article.title for article in articles] == ["One", None]
    assert articles[1].outlet == "Post"
    assert articles[1].place.endswith("a.jsonl:2")


def test_a_bad_row_is_reported_and_the_others_are_read(tmp_path: Path) -> None:
    """With ``on_error`` a faulty JSON line does not hide its neighbours."""
    path = write(
        tmp_path,
        "a.jsonl",
        json.dumps({"text": BODY}) + "\n{oops\n" + json.dumps({"title": "x"}) + "\n" + json.dumps({"text": BODY}),
    )
    faults: list[ReadError] = []
    assert len(list(read_paths([path], on_error=faults.append))) == 2
    assert [str(item).split(": ")[0].rsplit(":", 1)[-1] for item in faults] == ["2", "3"]


def test_csv_rows_are_articles(tmp_path: Path) -> None:
    """A table with a text column gives an article a row, whatever its delimiter."""
    path = write(tmp_path, "a.csv", 'title;text;published\nOne;"Line one.\nLine two.";2019-03-05\nTwo;Other text.;\n')
    articles = list(read_paths([path]))
    assert [article.text for article in articles] == ["Line one.\nLine two.", "Other text."]
    assert articles[0].published == date(2019, 3, 5)


def test_csv_without_a_text_column_says_what_it_found(tmp_path: Path) -> None:
    """The error names the columns that stand there."""
    assert "columns a, b; expected a column named text" in fault(write(tmp_path, "a.csv", "a,b\n1,2\n"))


def test_a_folder_is_read_in_sorted_order_and_every_file_of_it_is_read_or_named(tmp_path: Path) -> None:
    """Hidden files pass; every other file gives its article, or a fault that says what it is and what to do."""
    (tmp_path / "sub").mkdir()
    write(tmp_path, "b.txt", BODY)
    write(tmp_path / "sub", "a.txt", BODY)
    write(tmp_path, "bad.txt", b"")
    write(tmp_path, ".hidden.txt", BODY)
    write(tmp_path, "case.yaml", "a: 1")
    write(tmp_path, "notes.md", "Not much of an article.")
    write(tmp_path, "data.json.gz", b"\x1f\x8b")
    write(tmp_path, "prog.r", "x <- 1")
    faults: list[ReadError] = []
    articles = list(read_paths([tmp_path], on_error=faults.append))
    assert [Path(article.place.rsplit(":", 1)[0]).name for article in articles] == ["b.txt", "notes.md", "a.txt"]
    assert [(Path(fault.place).name, fault.found) for fault in faults] == [
        ("bad.txt", "an empty file"),
        ("case.yaml", "a YAML file"),
        ("data.json.gz", "a damaged packed file (Compressed file ended before the end-of-stream marker was reached)"),
        ("prog.r", "a file whose ending '.r' is none of a format that is read"),
    ]
    assert all(fault.expected for fault in faults)


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """``-`` reads a text, or a page, or JSON lines, from standard input."""
    for data, kind in ((BODY, "text"), (PAGE, "html"), (json.dumps({"text": BODY}), "json")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
        assert [article.kind for article in read_paths(["-"])] == [kind]


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.txt", b"", "an empty file"),
        ("a.txt", b"  \n \n", "no text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture; expected text: run OCR over it first"),
        ("a.txt", bytes(range(1, 32)) * 40, "a binary file"),
        ("a.html", b"PK\x03\x04" + b"\x00" * 100, "a damaged ZIP archive"),
        ("a.txt", b"x" * 1_500_000, "a line of 1,500,000 characters"),
        ("a.txt", b"word " * 500_000, "one article of 2,500,000 characters"),
        ("a.txt", b"Published: soon\n\nText.", "published 'soon'"),
        ("a.json", b"[1]", "a JSON int"),
        ("a.json", b"[" * 100_000, "JSON"),
        ("a.jsonl", b"", "an empty file"),
        ("a.jsonl", b'{"text": 5}', "text that is a int"),
        ("a.csv", b'text\n"open', "a.csv"),
    ],
)
def test_bad_files_give_one_clear_line(tmp_path: Path, name: str, data: bytes, found: str) -> None:
    """Every kind of bad file is one ReadError of one line that names the file and what stands there."""
    message = fault(write(tmp_path, name, data))
    assert found in message
    assert name in message
    assert "\n" not in message


def test_a_line_of_fifty_megabytes_is_refused(tmp_path: Path) -> None:
    """One enormous line is refused as text and as a JSON line."""
    line = b"x" * 50_000_000
    assert "one article of 50,000,000 characters" in fault(write(tmp_path, "a.txt", line))
    assert "a line of more than" in fault(write(tmp_path, "a.jsonl", line))


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    """A path that does not exist is named."""
    assert "no such file or folder" in fault(tmp_path / "nowhere.txt")


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    """A folder without files is named."""
    assert "a folder without files; expected a folder of articles" in fault(tmp_path)


def test_another_encoding_is_read_and_said(tmp_path: Path) -> None:
    """Text that is not UTF-8 is read by a guess that the article's notes state."""
    text = "Le ministre des Affaires étrangères a rencontré son homologue à Genève, où la réunion a été présidée. " * 5
    article = only(write(tmp_path, "a.txt", text.encode("cp1252")))
    assert "étrangères" in article.text
    assert "not UTF-8; read as" in article.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_followed(tmp_path: Path, encoding: str) -> None:
    """Text with a byte-order mark is decoded by it, and the mark is gone."""
    article = only(
        write(
            tmp_path,
            "a.txt",
            "Ōsaka. ".encode(encoding) if encoding == "utf-8-sig" else ("Ōsaka. " * 3).encode(encoding),
        )
    )
    assert article.text.startswith("Ōsaka.")
    assert article.notes == ()


def test_line_ends_become_one(tmp_path: Path) -> None:
    """Windows and old Mac line ends count as one character."""
    assert only(write(tmp_path, "a.txt", b"One.\r\nTwo.\rThree.")).text == "One.\nTwo.\nThree."


def test_a_web_archive_needs_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without warcio a WARC file names the extra to install."""
    monkeypatch.setitem(sys.modules, "warcio", None)
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    message = fault(write(tmp_path, "a.warc", b"WARC/1.0"))
    assert "a WARC archive" in message
    assert "'warcio': install it with  pip install 'dragoman[documents]'" in message
