"""Tables of trade: columns recognised, years averaged, and what is wrong said plainly."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from dragoman.errors import MethodError, MissingExtraError, ReadError
from dragoman.solve.stakes import read_table

GOOD = "exporter,importer,year,trade,dist,sanctions\nA,A,1,80,5,0\nA,B,1,20,50,1\nB,A,1,10,50,1\nB,B,1,90,9,0\n"


def written(folder: Path, text: str) -> Path:
    """A file with this text."""
    path = folder / "trade.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_are_recognised(tmp_path: Path) -> None:
    """Common names stand for the same columns, distance becomes its logarithm, other columns are read when named."""
    found = read_table(written(tmp_path, "# a note\n" + GOOD), variables=["sanctions"])
    other = GOOD.replace("exporter", "iso_o").replace("importer", "iso_d").replace("trade", "tradeflow")
    assert found.countries == ("A", "B")
    assert found.flows.tolist() == [[80, 20], [10, 90]]
    assert found.variables["lndist"] == pytest.approx(np.log([[5, 50], [50, 9]]))
    assert found.variables["sanctions"].tolist() == [[0, 1], [1, 0]]
    assert read_table(written(tmp_path, other)).flows.tolist() == found.flows.tolist()


def test_years_are_averaged(tmp_path: Path) -> None:
    """Rows of the years asked for are averaged, others left out."""
    rows = GOOD + GOOD.split("\n", 1)[1].replace(",1,", ",2,").replace(",80,", ",60,")
    path = written(tmp_path, rows)
    assert read_table(path, [1, 2]).flows[0, 0] == 70
    assert read_table(path, [2]).flows[0, 0] == 60


def test_parquet_reads_as_csv(tmp_path: Path) -> None:
    """A table in Parquet is the same table."""
    text = written(tmp_path, GOOD)
    binary = tmp_path / "trade.parquet"
    pl.read_csv(text).write_parquet(binary)
    assert read_table(binary).flows.tolist() == read_table(text).flows.tolist()


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        (GOOD.replace("A,A,1,80,5,0\n", ""), MethodError, "no domestic trade of A.*gross output less exports"),
        (GOOD.replace("A,B,1,20,50,1\n", ""), MethodError, "1 pairs without a row, first A to B"),
        (GOOD.replace("trade", "goods"), ReadError, "a column trade or tradeflow"),
        (GOOD.replace(",20,", ",lots,"), MethodError, "trade 'lots'"),
        (GOOD.replace(",20,", ",nan,"), MethodError, "a finite number"),
        (GOOD.replace(",20,", ",-20,"), MethodError, "negative flow"),
        (GOOD.replace(",50,", ",0,"), MethodError, "a distance of 0"),
        ("exporter,importer,trade\n", ReadError, "no rows"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, error: type[Exception], words: str) -> None:
    """Each fault of a table gives one error that names it and what would do."""
    with pytest.raises(error, match=words):
        read_table(written(tmp_path, text))


def test_missing_files_and_years(tmp_path: Path) -> None:
    """A missing file, a broken Parquet file and years that the table lacks are named."""
    with pytest.raises(ReadError, match="no such file"):
        read_table(tmp_path / "none.csv")
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"not parquet")
    with pytest.raises(ReadError, match="cannot be read"):
        read_table(broken)
    with pytest.raises(ReadError, match="no row of the years 1999"):
        read_table(written(tmp_path, GOOD), [1999])


def test_parquet_needs_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without polars a Parquet table asks for the extra by name."""
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingExtraError, match=r"dragoman\[tables\]"):
        read_table(tmp_path / "trade.parquet")


def test_an_unknown_country_is_named(tmp_path: Path) -> None:
    """A country that the table lacks is refused by name."""
    with pytest.raises(MethodError, match="no country 'C'"):
        read_table(written(tmp_path, GOOD)).place("C")
