"""Tables of events of other coders: read rightly, kept beside the record, compared with it, counted nowhere.

Rows are written out here after the codebooks of the tables; no row of a real table is copied.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from dragoman.cli import run
from dragoman.desk.coders import compare
from dragoman.desk.session import Desk
from dragoman.errors import ReadError
from dragoman.formats import export
from dragoman.formats.event_tables import country_of, event_table_of
from dragoman.record import Record
from dragoman.record.others import CodedEvent, Unread
from dragoman.show.views.sources import build

FIRST = """Outlet: The Esk Herald
Title: Ministers meet
Published: 2021-06-02

Russian President Vladimir Putin met Chinese President Xi Jinping in Moscow on Tuesday.
"""
SECOND = """Outlet: The Tay Courier
Title: A visit to the river
Published: 2021-06-09

China's leader Xi Jinping received Russian President Vladimir Putin in Beijing on Tuesday, and they dined on a boat.
"""


def gdelt(columns: int = 61, **cells: str) -> str:
    """A row of GDELT without a head."""
    places = {"SQLDATE": 1, "a": 7, "b": 17, "root": 25, "code": 26}
    row = ["" for _ in range(columns)]
    row[0], row[2], row[3], row[4] = "900100200", "202106", "2021", "2021.4"
    row[50 if columns < 61 else 52] = "Moscow, Russia"
    if columns > 57:
        row[-1] = "https://a.example/1"
    for name, value in cells.items():
        row[places[name]] = value
    return "\t".join(row) + "\n"


ICEWS_HEAD = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\t"
    "Target Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\t"
    "Country\tLatitude\tLongitude\n"
)
ICEWS = (
    ICEWS_HEAD
    + "1\t2021-06-01\tVladimir Putin\tx\tRussian Federation\tMake a visit\t42\t1.9\tXi Jinping\tx\tChina\t7\t2\tWire\t"
    "Moscow\t\t\tRussian Federation\t\t\n"
)
POLECAT = (
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\t"
    "Recipient Name\tRecipient Country\tPlacename\tSource\tPublication Date\tHeadline\n"
    "e1\t2021-06-01\tCONSULT\tvisit\t2.0\tVERBAL COOPERATION\t\tRussia\tRUS\tChina\tCHN\tMoscow\tWire\t"
    "2021-06-02\tPair\n"
)
ACLED = (
    "event_id_cnty;event_date;year;event_type;sub_event_type;actor1;actor2;country;location;source;notes;fatalities\n"
    "RUS1;01 June 2021;2021;Strategic developments;Agreement;Government of Russia (2000-);Government of China (2012-);"
    'Russia;Moscow;Wire;"On 1 June 2021, Russian and Chinese envoys signed a paper; a second was put off.";0\n'
)
UCDP = (
    "id,relid,year,type_of_violence,side_a,side_b,source_office,source_headline,where_description,country,date_start,"
    "date_end,best\n"
    "5,X-1,2021,1,Government of Ukraine,Government of Russia,Wire,Shells,A village,Ukraine,2021-06-01 00:00:00.000,"
    "2021-06-01 00:00:00.000,3\n"
)
# The text of each table, then coder, day, source, target, type, code, place, words and address of its row.
TABLES: dict[str, tuple[str, tuple[str | None, ...]]] = {
    "GDELT 2.0": (
        gdelt(SQLDATE="20210601", a="RUS", b="CHN", code="042"),
        ("GDELT", "2021-06-01", "RUS", "CHN", "CONSULT", "042", "Moscow, Russia", None, "https://a.example/1"),
    ),
    "GDELT 1.0": (
        gdelt(58, SQLDATE="20210601", a="RUS", b="ROM", code="112"),
        ("GDELT", "2021-06-01", "RUS", "ROU", "ACCUSE", "112", "Moscow, Russia", None, "https://a.example/1"),
    ),
    "GDELT 1.0, reduced": (
        gdelt(57, SQLDATE="20210601", a="RUS", b="EUR", code="0841"),
        ("GDELT", "2021-06-01", "RUS", None, "RETREAT", "0841", "Moscow, Russia", None, None),
    ),
    "ICEWS": (
        ICEWS,
        ("ICEWS", "2021-06-01", "RUS", "CHN", "CONSULT", "042", "Moscow, Russian Federation", None, None),
    ),
    "POLECAT": (POLECAT, ("POLECAT", "2021-06-01", "RUS", "CHN", "CONSULT", None, "Moscow", "Pair", None)),
    "ACLED": (
        ACLED,
        ("ACLED", "2021-06-01", "RUS", "CHN", "AGREE", None, "Moscow, Russia",
         "On 1 June 2021, Russian and Chinese envoys signed a paper; a second was put off.", None),
    ),
    "UCDP": (UCDP, ("UCDP GED", "2021-06-01", "UKR", "RUS", "ASSAULT", None, "A village", "Shells", None)),
}  # fmt: skip


def rows_of(path: Path) -> tuple[str, list[CodedEvent], list[str]]:
    """The coder, the rows and the lines without use of a table."""
    with event_table_of(path) as table:
        return table.coder, list(table.rows), table.faults


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("packed", ["plain", "zip", "gz"])
def test_each_table_is_read_by_its_codebook(tmp_path: Path, name: str, packed: str) -> None:
    """Coder, day, sides, type, code, place, words and address are those of the row, packed or not."""
    text, (coder, *want) = TABLES[name]
    data = text.encode()
    if packed == "zip":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as book:
            book.writestr("table.CSV", data)
        data = out.getvalue()
    path = tmp_path / "table.csv"
    path.write_bytes(gzip.compress(data) if packed == "gz" else data)
    found, (row,), faults = rows_of(path)
    assert found == coder
    assert [row.day, row.source, row.target, row.type, row.cameo, row.place, row.words, row.url] == want
    assert not faults
    assert json.loads(row.payload)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a,b\n1,2\n", "columns a, b; expected a table of GDELT, ICEWS, POLECAT, ACLED or UCDP GED"),
        (b"", "columns none"),
        (b"PK\x03\x04broken", "a damaged archive"),
        (b"\x1f\x8bbroken", "expected"),
    ],
)
def test_another_table_is_refused_by_name(tmp_path: Path, data: bytes, said: str) -> None:
    """What is no table of events is named with its columns."""
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=r"t\.csv") as caught:
        rows_of(path)
    assert said in str(caught.value)


def test_rows_without_use_are_counted_by_line(tmp_path: Path) -> None:
    """A row without a day, and one that says nothing, are named by line and left out."""
    path = tmp_path / "t.tab"
    path.write_text(ICEWS + "2\tsoon\tX\n" + "3\t2021-06-01\t\n")
    _, rows, faults = rows_of(path)
    assert len(rows) == 1
    assert [fault.rsplit(":", 1)[1] for fault in faults] == ["3", "4"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Government of Ukraine", "UKR"), ("Military Forces of Russia (2000-)", "RUS"), ("PRK", "PRK"),
        ("Protesters (Bolivia)", "BOL"), ("Boko Haram", None), ("", None), (None, None),
        ("China and Russia", None),
    ],
)  # fmt: skip
def test_names_become_countries_where_they_name_one(name: str | None, code: str | None) -> None:
    """A government, its forces and its code are the country; a group, or two countries, are none."""
    assert country_of(name) == code


@pytest.fixture
def record_path(tmp_path: Path) -> Path:
    """A record of two articles: a meeting on 1 June, another on 8 June."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number, text in enumerate((FIRST, SECOND)):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    path = tmp_path / "r.sqlite"
    assert run(["read", str(folder), "--record", str(path)]) == 0
    return path


def test_a_table_stands_beside_the_record_and_is_never_counted(
    record_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The comparison shows both, only there and only here; no count of the record changes; a table is added once."""
    table = tmp_path / "g.tsv"
    lines = gdelt(SQLDATE="20210601", a="RUS", b="CHN", code="042") * 300
    lines += gdelt(SQLDATE="20210602", a="CHN", b="RUS", code="040") * 2
    lines += gdelt(SQLDATE="20210605", a="RUS", b="CHN", code="112")
    lines += gdelt(SQLDATE="20210609", a="RUS", b="CHN", code="112")
    lines += gdelt(SQLDATE="20210605", a="USA", b="IRN", code="042")
    table.write_text(lines)
    with Record.open(record_path) as record:
        before = record.counts(), record.contacts(), record.ties(), record.events()
    command = ["import", "events", str(table), "--record", str(record_path)]
    assert run([*command, "--sides", "RUS,CHN"]) == 0
    assert "304 events of GDELT stand beside" in capsys.readouterr().err
    assert run(command) == 0
    assert "stands beside" in capsys.readouterr().err
    with Record.open(record_path) as record:
        assert (record.counts(), record.contacts(), record.ties(), record.events()) == before
        found = [(row.day, row.a, row.b, row.type, row.there, row.here, row.found) for row in compare(record)]
        assert found == [
            ("2021-06-01", "CHN", "RUS", "CONSULT", 300, 1, "both"),
            ("2021-06-02", "CHN", "RUS", "CONSULT", 2, 1, "both"),
            ("2021-06-05", "CHN", "RUS", "ACCUSE", 1, 0, "only there"),
            ("2021-06-08", "CHN", "RUS", "CONSULT", 0, 1, "only here"),
            ("2021-06-09", "CHN", "RUS", "ACCUSE", 1, 0, "only there"),
        ]
        assert compare(record, "ICEWS") == ()
        content = export(record, "coders", "csv").decode()
        assert "only there" in content
        assert "https://a.example/1" in content
        (kept,) = record.others.tables()
        assert (kept.coder, kept.rows, kept.name) == ("GDELT", 304, "g.tsv")
    with Record.open(record_path, as_of="2021-06-04") as record:
        assert all((event.day or "") <= "2021-06-04" for _, event in record.others.events())
    assert run(["import", "list", "--record", str(record_path)]) == 0
    assert "GDELT" in capsys.readouterr().out
    assert run(["import", "remove", "1", "--record", str(record_path)]) == 0
    assert run(["import", "remove", "1", "--record", str(record_path)]) == 1


def test_notes_of_a_table_can_be_read_as_articles(record_path: Path, tmp_path: Path) -> None:
    """With --as-articles what a row tells in words is an article with the row's day and outlet."""
    table = tmp_path / "a.csv"
    table.write_text(ACLED)
    assert run(["import", "events", str(table), "--record", str(record_path), "--as-articles"]) == 0
    with Record.open(record_path) as record:
        (note,) = record.articles(outlet="Wire")
        assert note.published == "2021-06-01"
        assert "a note of a table of events" in note.notes


def test_what_was_not_read_is_kept_until_it_is_read(record_path: Path, tmp_path: Path) -> None:
    """A refused file stands in the record's list, and is struck from it once it reads."""
    path = tmp_path / "in" / "2.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(60))
    assert run(["read", str(tmp_path / "in"), "--record", str(record_path)]) == 1
    with Record.open(record_path) as record:
        assert record.others.unread() == (
            Unread(place=str(path), outcome="refused", reason="a picture", advice="text: run OCR over it first"),
        )
    with Desk.open(record=record_path) as desk:
        (row,) = build(desk, {}).unread.rows
        assert [cell.text for cell in row] == [str(path), "refused", "a picture", "text: run OCR over it first"]
    path.write_text(FIRST.replace("Moscow", "Kazan"), encoding="utf-8")
    assert run(["read", str(tmp_path / "in"), "--record", str(record_path)]) == 0
    with Record.open(record_path) as record:
        assert record.others.unread() == ()
