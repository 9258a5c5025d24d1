"""The Korea example as a notebook: run it cell by cell, or as a program, or with marimo (``marimo edit``)."""

# %% Read the example into a record
from __future__ import annotations

import tempfile
from pathlib import Path

import dragoman
from dragoman.desk.intake import take_in
from dragoman.read.sources import read_paths

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "korea"
FOLDER = Path(tempfile.mkdtemp())
with dragoman.Record.open(FOLDER / "korea.sqlite", create=True) as record:
    for _ in take_in(record, read_paths(sorted((EXAMPLE / "articles").glob("2018-06*.txt")))):
        pass

# %% Tables as frames
book = dragoman.open(FOLDER / "korea.sqlite", EXAMPLE / "case.yaml", draws=50)
meetings = book.table("meetings", frames="rows")
quotes = book.table("quotes", frames="rows")

# %% A chart of a page as an Altair object
timeline = book.chart("chronology", book.charts("chronology")[0])

# %% A method
outcome = book.solve("mean")
findings = outcome.reasons
