"""The command line as a user meets it: results, exit statuses, one clear line for each fault."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.cli import run

ARTICLE = """Outlet: The Esk Herald
Title: Ministers meet
Published: 2021-06-02

President Vladimir Putin met Chinese President Xi Jinping in Moscow on Tuesday. "We agreed on the water," the Russian
foreign minister, Sergey Lavrov, said.
"""
CASE = """title: The water
parties: {N: {name: North, capability: 60}, S: {name: South, capability: 40}}
issues:
  flow:
    status_quo: 20
    positions:
      N: {position: {low: 10, high: 30}, salience: 0.9}
      S: {position: 80, salience: 0.7}
measures:
  open: {performers: [N], once: {N: -2, S: 4}}
  pay: {performers: [S], flow: {N: 1, S: -0.2}, reversible: true}
patience: {N: 0.9, S: 0.9}
options:
  release: {owner: N}
  sue: {owner: S}
status_quo: [sue]
preferences:
  N: [not sue, not release]
  S: [release, not sue]
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article on disk."""
    path = tmp_path / "one.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case on disk."""
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


def test_read_prints_what_read_text_returns(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``read --json`` of one article prints its reading and nothing else."""
    import dragoman

    assert run(["read", str(article), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    body = ARTICLE.split("\n\n", 1)[1]
    again = dragoman.read_text(body.rstrip("\n"), "2021-06-02", title="Ministers meet").to_dict()
    for key in ("quotes", "dates", "events", "meetings", "entities"):
        assert printed[key] == again[key], key


def test_readings_follow_the_published_schema(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is printed validates against the published JSON schema."""
    import jsonschema

    from dragoman.read.schema import reading_schema

    assert run(["read", str(article), "--json"]) == 0
    jsonschema.validate(json.loads(capsys.readouterr().out), reading_schema())


def test_reading_twice_adds_nothing(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second reading of the same folder leaves the record as it was."""
    record = tmp_path / "r.sqlite"
    assert run(["read", str(article.parent / "one.txt"), "--record", str(record)]) == 0
    assert run(["read", str(article.parent / "one.txt"), "--record", str(record)]) == 0
    assert "0 added, 1 unchanged" in capsys.readouterr().err


def test_terms_of_ones_own_read_an_article_again(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With another term the article is read again, with the same one it is not; words and a blank term are checked."""
    article.write_text(ARTICLE + "\nRussia rejected any sluice veto in the treaty.\n", encoding="utf-8")
    record, told = tmp_path / "r.sqlite", "sluice right: sluice veto, sluice say"
    for words, outcome in (((), "1 added"), (("--term", told), "1 read again"), (("--term", told), "1 unchanged")):
        assert run(["read", str(article), "--record", str(record), *words]) == 0
        assert outcome in capsys.readouterr().err
    assert run(["read", str(article), "--json", "--term", told]) == 0
    assert [item["term"] for item in json.loads(capsys.readouterr().out)["definitions"]] == ["sluice right"]
    assert run(["read", str(article), "--json", "--term", " "]) == 1
    assert "term: ' '" in capsys.readouterr().err


def test_read_takes_who_belongs_to_whom(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``read --parties`` reads with the analyst's own parties, and names the line that is none."""
    article, sides = tmp_path / "a.txt", tmp_path / "sides.txt"
    article.write_text("Carl Dunn, a French diplomat, refused the offer of the mayor on Monday.", encoding="utf-8")
    sides.write_text("Carl Dunn -> Harbour Workers (union)\n", encoding="utf-8")
    assert run(["read", str(article), "--json", "--parties", str(sides)]) == 0
    reading = json.loads(capsys.readouterr().out)
    assert [one["party"] for one in reading["affiliations"]] == ["harbour-workers"]
    sides.write_text("Carl Dunn\n", encoding="utf-8")
    assert run(["read", str(article), "--json", "--parties", str(sides)]) == 1
    assert "sides.txt:1" in capsys.readouterr().err


def test_a_case_names_its_contested_terms(article: Path, case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``read --case`` reads the wordings of the terms that the case names, with the words that it gives."""
    article.write_text(ARTICLE + "\nRussia rejected any sluice veto in the treaty.\n", encoding="utf-8")
    case.write_text(
        CASE + "terms: {right: {name: sluice right, words: [sluice veto], issue: flow}}\n", encoding="utf-8"
    )
    assert run(["read", str(article), "--json", "--case", str(case)]) == 0
    reading = json.loads(capsys.readouterr().out)
    assert [(item["term"], item["by"]) for item in reading["definitions"]] == [("sluice right", "RUS")]
    assert reading["versions"]["terms"] == "sluice right: sluice veto"


def test_export_as_of_hides_what_came_later(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An export as of the day before publication has no article."""
    record = tmp_path / "r.sqlite"
    assert run(["read", str(article), "--record", str(record)]) == 0
    capsys.readouterr()
    assert run(["export", "articles", "--record", str(record), "--format", "jsonl", "--as-of", "2021-06-01"]) == 0


@pytest.mark.parametrize("method", ["median", "mean", "nodeal", "graph", "steps"])
def test_solve_prints_one_document(method: str, case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``solve --json`` prints the result with seed, hash, versions and citation, the same each time."""
    assert run(["solve", method, str(case), "--draws", "50", "--seed", "7", "--json"]) == 0
    first = capsys.readouterr().out
    result = json.loads(first)
    assert result["seed"] == 7
    assert len(result["input_hash"]) == 64
    assert result["versions"]["dragoman"]
    assert result["citation"]
    assert run(["solve", method, str(case), "--draws", "50", "--seed", "7", "--json"]) == 0
    assert capsys.readouterr().out == first


def test_case_faults_are_all_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two faults give two lines with file and line, and status 1."""
    path = tmp_path / "bad.yaml"
    path.write_text(CASE.replace("position: 80", "position: 180").replace("owner: S", "owner: T"), encoding="utf-8")
    assert run(["case", "check", str(path)]) == 1
    told = capsys.readouterr().err
    assert "bad.yaml:8" in told
    assert "options.sue" in told


def test_new_case_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``case new`` writes a case that checks, and refuses an existing file."""
    path = tmp_path / "new.yaml"
    assert run(["case", "new", str(path), "--parties", "A,B", "--issues", "Price"]) == 0
    before = path.read_bytes()
    assert run(["case", "check", str(path)]) == 0
    assert run(["case", "new", str(path), "--parties", "A", "--issues", "B"]) == 1
    assert "exists" in capsys.readouterr().err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["solve", "steps"],
        ["solve", "nonsense", "case.yaml"],
        ["read", "x.txt"],
        ["export", "articles"],
        ["frobnicate"],
        ["show", "--port", "99999999"],
        ["export", "articles", "--record", "r", "--as-of", "yesterday"],
    ],
)
def test_wrong_usage_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong usage says what is wrong on standard error and leaves with 2."""
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err


def _bad_inputs(tmp_path: Path) -> dict[str, bytes]:
    return {
        "empty.txt": b"",
        "binary.txt": bytes(range(256)) * 40,
        "nothing.html": b"<html><body></body></html>",
        "line.txt": b"word " * 11_000_000,
        "broken.jsonl": b'{"text": "a"\n',
    }


@pytest.mark.parametrize("name", ["empty.txt", "binary.txt", "nothing.html", "line.txt", "broken.jsonl"])
def test_bad_files_give_one_line_and_status_1(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unreadable file is named in one line, without a traceback, and nothing is kept of it."""
    path = tmp_path / name
    path.write_bytes(_bad_inputs(tmp_path)[name])
    assert run(["read", str(path), "--json"]) == 1
    told = capsys.readouterr().err
    assert name in told
    assert "Traceback" not in told


def test_wrong_records_are_refused(tmp_path: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is no database, and a record of a newer schema, are refused and left as they were."""
    no_database = tmp_path / "no.sqlite"
    no_database.write_text("hello " * 100)
    assert run(["read", str(article), "--record", str(no_database)]) == 1
    assert no_database.read_text() == "hello " * 100
    newer = tmp_path / "newer.sqlite"
    assert run(["read", str(article), "--record", str(newer)]) == 0
    with sqlite3.connect(newer) as base:
        base.execute("PRAGMA user_version = 9999")
    base.close()
    assert run(["export", "articles", "--record", str(newer)]) == 1
    assert "newer" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere: the read-only folder is not tried")
def test_read_only_folder(tmp_path: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that may not be written gives one line and status 1."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    assert run(["read", str(article), "--record", str(closed / "r.sqlite")]) == 1
    assert "closed" in capsys.readouterr().err


def test_full_disk(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A device without space gives one line and status 1."""
    record = tmp_path / "r.sqlite"
    assert run(["read", str(article), "--record", str(record)]) == 0
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system: the full disk is not tried")
    command = f"{sys.executable} -m dragoman export articles --record {record} > /dev/full"
    for buffered in ({"PYTHONUNBUFFERED": "1"}, {"PYTHONUNBUFFERED": ""}):
        full = subprocess.run(
            ["/bin/sh", "-c", command], stderr=subprocess.PIPE, check=False, text=True, env=os.environ | buffered
        )
        assert full.returncode == 1
        assert len(full.stderr.splitlines()) == 1


def test_the_program_starts_without_heavy_packages(case: Path) -> None:
    """Asking for help and checking a case load neither the parser nor the charts."""
    code = (
        "import sys; from dragoman.cli import run; run(['--help']); "
        f"run(['case', 'check', {str(case)!r}]); "
        "print(sorted({'spacy', 'altair', 'scipy', 'networkx', 'typst', 'starlette'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_identity_goes_from_list_to_merge_to_undo(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Entities are listed, named by name or id, merged with a warning where names contradict, and undone by number."""
    record = str(tmp_path / "r.db")
    assert run(["read", str(article), "--record", record]) == 0
    capsys.readouterr()
    assert run(["identity", "entities", "--record", record, "--kind", "person", "--name", "putin"]) == 0
    assert capsys.readouterr().out.startswith("vladimir-putin  Vladimir Putin  person  RUS  1")
    assert run(["identity", "suggestions", "--record", record]) == 0
    assert "no merge waits" in capsys.readouterr().err
    assert run(["identity", "merge", "vladimir putin", "Xi Jinping", "--record", record, "--by", "ann"]) == 0
    assert "speak for two persons: of two states" in capsys.readouterr().err
    assert run(["identity", "undo", "1", "--record", record, "--by", "ann"]) == 0
    split = ["identity", "split", "Vladimir Putin", "putin-the-elder", "--name", "Putin", "--because", "his father"]
    assert run([*split, "--record", record, "--by", "ann"]) == 0
    capsys.readouterr()
    assert run(["identity", "log", "--record", record]) == 0
    lines = [line.split("ann: ")[1] for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        "merge vladimir-putin xi-jinping (undone)",
        "undo line 1",
        "split vladimir-putin putin-the-elder under the name Putin: his father",
    ]


def test_nothing_of_a_folder_is_passed_over(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder with a picture, a copy and an empty file reads the rest, counts everything, and ends with 1.

    With --skip-unreadable it ends with 0, but not where the picture is given by name; --report lists every file.
    """
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.txt", "copy.txt"):
        (folder / name).write_text(ARTICLE, encoding="utf-8")
    (folder / "undated.txt").write_text("President Vladimir Putin met Xi Jinping in Moscow.\n", encoding="utf-8")
    (folder / "fr.txt").write_text(
        "Le ministre des Affaires étrangères a rencontré son homologue à Genève, où la réunion a été présidée.\n",
        encoding="utf-8",
    )
    (folder / "empty.txt").write_bytes(b"")
    picture = folder / "x.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(60))
    record = ["--record", str(tmp_path / "r.sqlite")]
    assert run(["read", str(folder), *record]) == 1
    told = capsys.readouterr().err
    for words in (
        "not read: " + str(folder / "x.png") + ": a picture; expected text: run OCR over it first",
        "read                  2   of them 1 undated", "duplicate             1", "other language        1",
        "empty                 1", "refused               1",
    ):  # fmt: skip
        assert words in told, (words, told)
    assert told.rstrip().split("\n")[-1].startswith("dragoman: error: read: 2 sources could not be read")
    assert run(["read", str(folder), *record, "--skip-unreadable"]) == 0
    assert run(["read", str(folder), str(picture), *record, "--skip-unreadable"]) == 1
    report = tmp_path / "out.json"
    assert run(["read", str(folder), *record, "--skip-unreadable", "--report", str(report)]) == 0
    rows = json.loads(report.read_text())
    assert {Path(row["place"].split(":")[0]).name: row["state"] for row in rows} == {
        "a.txt": "unchanged", "copy.txt": "duplicate", "empty.txt": "empty", "fr.txt": "unchanged",
        "undated.txt": "unchanged", "x.png": "refused",
    }  # fmt: skip
    table = tmp_path / "out.csv"
    assert run(["read", str(folder), *record, "--skip-unreadable", "--report", str(table)]) == 0
    assert len(table.read_text().splitlines()) == 7
    assert run(["read", str(folder), *record, "--report", str(tmp_path / "out.pdf")]) == 2


def test_the_day_is_taken_from_where_one_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--date-from takes the day from the path; a pattern without a year is wrong input."""
    folder = tmp_path / "2021" / "06" / "02"
    folder.mkdir(parents=True)
    path = folder / "a.txt"
    path.write_text("President Vladimir Putin met Xi Jinping in Moscow on Tuesday.\n", encoding="utf-8")
    assert run(["read", str(path), "--json", "--date-from", "*/YYYY/MM/DD/*"]) == 0
    assert json.loads(capsys.readouterr().out)["published"] == "2021-06-02"
    assert run(["read", str(path), "--json", "--date-from", "MM/DD"]) == 1
    assert "expected name, file, or a pattern" in capsys.readouterr().err
