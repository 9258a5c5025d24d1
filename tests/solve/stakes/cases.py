"""Small cases for the tests of the stakes."""

from __future__ import annotations

from pathlib import Path

from dragoman.model import Case, load_case, loads

PARTIES = """
parties: {A: {name: A}, B: {name: B}}
"""
STEPS = """
patience: {A: 0.9, B: 0.9}
measures:
  give: {name: A gives up, performers: [A], once: {A: {value: -10, low: -15, high: -5}, B: 20}}
  open: {name: B opens, performers: [B], once: {B: -1}, flow: {A: 0.5, B: 0.5}, reversible: true, undone: 0}
"""
PROJECT = """
  projects:
    line:
      name: The line
      hangs_on: [open]
      capital: [{year: 0, payer: B, amount: 100}]
      start: 1
      life: 3
      volume: 10
      volume_unit: tonnes
      tariff: 7
      unit_cost: 1
      operating_cost: 10
      split: {A: 0.25, B: 0.75}
      discount_rate: 0.1
"""
MONEY = """
stakes:
  currency: USD
  year: 2018
  exchange_rates: {A: 10, B: 10}
"""
TABLE = """exporter,importer,year,trade
A,A,2015,80
A,B,2015,20
B,A,2015,20
B,B,2015,180
"""


def case(stakes: str, *, steps: str = STEPS) -> Case:
    """A case with these stakes below the currency."""
    return loads(PARTIES + steps + MONEY + stakes)


def with_table(folder: Path, trade: str, table: str = TABLE) -> Case:
    """A case read from a folder with a table of trade beside it."""
    (folder / "trade.csv").write_text(table, encoding="utf-8")
    (folder / "case.yaml").write_text(PARTIES + STEPS + MONEY + trade, encoding="utf-8")
    return load_case(folder / "case.yaml")
