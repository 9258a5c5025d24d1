"""What leaves a record: safe for spreadsheets, excerpts by default, the same bytes each time, whole files only."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError, UnknownNameError
from dragoman.formats import EXCERPT, FORMATS, KINDS, export, format_of, table, write
from dragoman.formats.csv import RISKY, cell
from dragoman.record import Record
from dragoman.testing import (
    make_article,
    make_commitment,
    make_event,
    make_meeting,
    make_quote,
    make_reading,
    make_record,
    span_of,
)

OWN_KINDS = sorted(set(KINDS) - {"coders"})  # what stands beside the record is tested with its tables
LONG = "and then the talks went on " * 40
EVIL = '=HYPERLINK("http://evil.example";"click") <b>&amp;</b> "quoted", {braces} \\ \x01 \u202e'
NOTE = "example press, written for Dragoman"
ALL = sorted((form.name, kind) for form in FORMATS.values() for kind in form.kinds if kind != "coders")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A record of two articles with a finding of each kind and hostile names."""
    text = f"Ann met Bob. They promised a freeze. {EVIL} {LONG}"
    reading = make_reading(
        events=(make_event(span=span_of(text, "met"), day="2018-06-12", place=EVIL, sentence=(0, 12), cameo="036"),
                make_event("RUS", "ACCUSE", "USA", span=span_of(text, "promised"), status="denied")),
        meetings=(make_meeting(span=span_of(text, "Ann met Bob"), day="2018-06-12"),),
        calls=(make_meeting(span=span_of(text, "Ann met"), mode="call"),),
        quotes=(make_quote(span_of(text, EVIL), speaker=EVIL), make_quote(span_of(text, LONG.strip()))),
        commitments=(make_commitment("a freeze", span_of(text, "promised")),),
    )  # fmt: skip
    first = make_article(
        text, outlet=EVIL, title=EVIL, byline="B. Line", url="https://example.org/a?x={1}", notes=(NOTE, "other")
    )
    second = make_article("Nothing here.", outlet="Plain", title="Plain & simple", published=None, notes=(NOTE,))
    path = tmp_path_factory.mktemp("formats") / "r.db"
    with make_record(path, [(first, reading), (second, make_reading())]) as made:
        yield made


@pytest.mark.parametrize(("form", "kind"), ALL)
def test_the_same_record_gives_the_same_bytes(record: Record, form: str, kind: str) -> None:
    """Every form of every kind is made twice alike, and is not empty."""
    once = export(record, kind, form)
    assert once
    assert export(record, kind, form) == once


@pytest.mark.parametrize(("form", "kind"), [pair for pair in ALL if FORMATS[pair[0]].text])
def test_full_text_leaves_only_where_it_is_asked_for(record: Record, form: str, kind: str) -> None:
    """By default no form holds an article's long passage; where a form has words at all, full text brings it."""
    assert LONG.strip() not in export(record, kind, form).decode()
    whole = export(record, kind, form, full_text=True).decode()
    if kind in ("articles", "quotes", "findings", "record") and form not in ("bibtex", "csl"):
        assert LONG.strip() in whole


@pytest.mark.parametrize("kind", OWN_KINDS)
def test_rows_survive_csv_and_json_lines(record: Record, kind: str) -> None:
    """Both give back the table, CSV with its guard of an apostrophe."""
    rows = table(record, kind)
    assert [json.loads(line) for line in export(record, kind, "jsonl").decode().splitlines()] == rows
    read = list(csv.DictReader(io.StringIO(export(record, kind, "csv").decode("utf-8-sig"), newline="")))
    assert read == [{name: str(cell(value)) for name, value in row.items()} for row in rows]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=20))
def test_no_text_becomes_a_formula(text: str) -> None:
    """A cell of text never begins as a formula does, and loses nothing but its guard."""
    made = cell(text)
    assert not made.startswith(RISKY)
    assert made.removeprefix("'") == text.replace("\0", "\ufffd").removeprefix("'")


def test_numbers_stay_numbers_in_csv() -> None:
    """A negative score is not a formula."""
    assert cell(-7.0) == -7.0


@pytest.mark.parametrize("kind", OWN_KINDS)
def test_parquet_and_excel_hold_the_table(record: Record, kind: str) -> None:
    """Columns, types and values come back from both; texts that look like formulas are texts."""
    polars, openpyxl = pytest.importorskip("polars"), pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    rows = table(record, kind)
    assert polars.read_parquet(io.BytesIO(export(record, kind, "parquet"))).to_dicts() == rows
    sheet = openpyxl.load_workbook(io.BytesIO(export(record, kind, "xlsx"))).active
    head, *body = sheet.iter_rows()
    assert [one.value for one in head] == list(rows[0])
    for row, cells in zip(rows, body, strict=True):
        assert all(one.data_type != "f" for one in cells)
        assert [_read(one.value) for one in cells] == [*row.values()]


def _read(value: object) -> object:
    """A cell's value, control characters as Excel writes them taken back."""
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), value) if isinstance(value, str) else value


def test_a_text_too_long_for_a_cell_is_refused_not_cut(tmp_path: Path) -> None:
    """Excel holds 32,767 characters in a cell: more is an error that says what to use instead."""
    with make_record(tmp_path / "r.db", [(make_article("word " * 8000), make_reading())]) as made:
        with pytest.raises(InputError, match="32767"):
            export(made, "articles", "xlsx", full_text=True)
        assert export(made, "articles", "xlsx")


def test_ties_are_a_graph_with_both_sums(record: Record) -> None:
    """GraphML: a node a state, an edge a pair and month, cooperation and conflict apart."""
    root = ET.fromstring(export(record, "ties", "graphml"))  # noqa: S314 - our own output
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    assert [node.get("id") for node in root.iterfind(".//g:node", space)] == ["PRK", "USA"]
    (edge,) = root.iterfind(".//g:edge", space)
    data = {one.get("key"): one.text for one in edge}
    assert (data["period"], data["cooperation"], data["conflict"]) == ("2018-06", "3.0", "0.0")


def test_gdelt_columns_hold_events_held_only(record: Record) -> None:
    """One line for the event held, under GDELT's names; what GDELT would compute otherwise is empty."""
    (row,) = csv.DictReader(io.StringIO(export(record, "events", "gdelt").decode()), delimiter="\t")
    wanted = {
        "SQLDATE": "20180612",
        "Actor1CountryCode": "USA",
        "Actor2CountryCode": "PRK",
        "QuadClass": "1",
        "EventRootCode": "03",
    }
    assert {name: row[name] for name in wanted} == wanted
    assert row["AvgTone"] == ""
    assert row["GLOBALEVENTID"].isdigit()


def test_follow_the_money_entities_refer_to_each_other(record: Record) -> None:
    """Every line is an entity; whom an event involves and what proves it are ids of other lines."""
    made = [json.loads(line) for line in export(record, "record", "ftm").decode().splitlines()]
    known = {one["id"]: one["schema"] for one in made}
    assert {"Article", "Person", "PublicBody", "Event"} <= set(known.values())
    for one in made:
        properties = one["properties"]
        assert all(isinstance(value, str) for values in properties.values() for value in values)
        assert all(known[proof] == "Article" for proof in properties.get("proof", []))
        if one["schema"] == "Event" and "MEETING" in properties["name"][0]:
            assert {known[who] for who in properties["involved"]} == {"Person"}
            assert properties["country"] == ["kp", "us"]


def test_annotations_point_at_the_words(record: Record) -> None:
    """Each annotation's selectors find the words of its finding in the text."""
    whole: dict[str, Any] = json.loads(export(record, "findings", "annotations"))
    items = whole["first"]["items"]
    assert whole["total"] == len(items) == len(record.findings())
    text = record.text(record.articles()[0].key)
    for item in items:
        for target in item["target"]:
            position = next(one for one in target["selector"] if one["type"] == "TextPositionSelector")
            quotes = [one for one in target["selector"] if one["type"] == "TextQuoteSelector"]
            words = text[position["start"] : position["end"]]
            assert [one["exact"] for one in quotes] == ([words] if len(words) <= EXCERPT else [])


def test_sources_are_cited_without_breaking_the_format(record: Record) -> None:
    """BibTeX has balanced braces and no bare specials; CSL JSON says who, where and when."""
    bib = export(record, "articles", "bibtex").decode()
    assert bib.count("@article{") == 2
    bare = re.sub(r"\\[{}$&%#_]", "", bib)
    assert bare.count("{") == bare.count("}")
    assert r"Plain \& simple" in bib
    items = json.loads(export(record, "articles", "csl"))
    assert items[0]["container-title"] == EVIL
    assert items[0]["issued"] == {"date-parts": [[2018, 6, 12]]}
    assert "issued" not in items[1]


@pytest.mark.parametrize("kind", OWN_KINDS)
def test_a_note_on_every_article_stands_on_every_row(record: Record, kind: str) -> None:
    """What marks all articles, such as that they were written as an example, marks every row made from them."""
    assert {row["note"] for row in table(record, kind)} == {NOTE}


def test_a_file_is_written_whole_or_not_at_all(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full the old file stands, and nothing lies about beside it."""
    path = tmp_path / "events.csv"
    write(record, "events", "csv", path)
    before = path.read_bytes()
    assert before == export(record, "events", "csv")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dragoman.files.os.fsync", full)
    with pytest.raises(InputError, match="no space left on device; nothing was written"):
        write(record, "articles", "csv", path)
    assert [one.name for one in tmp_path.iterdir()] == ["events.csv"]
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(record: Record, tmp_path: Path) -> None:
    """The error names the file asked for."""
    with pytest.raises(InputError, match=r"nowhere/x\.csv"):
        write(record, "events", "csv", tmp_path / "nowhere" / "x.csv")


def test_an_open_stream_takes_an_export(record: Record) -> None:
    """Standard output, or anything that takes bytes, will do."""
    out = io.BytesIO()
    write(record, "quotes", "jsonl", out)
    assert out.getvalue() == export(record, "quotes", "jsonl")


def test_only_the_rows_given_leave(record: Record) -> None:
    """A page exports what it shows."""
    chosen = record.events(status="denied")
    assert [row["id"] for row in table(record, "events", rows=chosen)] == [chosen[0].id]


def test_a_form_that_cannot_hold_a_kind_says_what_can() -> None:
    """Unknown names are corrected, impossible pairs explained."""
    with pytest.raises(UnknownNameError, match="did you mean 'csv'"):
        format_of("cvs", "events")
    with pytest.raises(InputError, match="events go as csv"):
        format_of("graphml", "events")
