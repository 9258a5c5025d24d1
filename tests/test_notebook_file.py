"""The notebook of the docs."""

from __future__ import annotations

import runpy
from pathlib import Path

NOTEBOOK = Path(__file__).resolve().parent.parent / "docs" / "notebook.py"


def test_the_notebook_runs() -> None:
    """Every cell of the notebook runs and gives tables, a chart and findings."""
    made = runpy.run_path(str(NOTEBOOK))
    assert made["meetings"]
    assert made["quotes"]
    assert made["timeline"].to_dict()
    assert made["findings"]
    made["book"].desk.close()
