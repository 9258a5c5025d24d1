"""Relations and figures named in passing: whose, of which kind; how much, per what, of what, who says so."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.read.dates import find_dates
from dragoman.read.figures import find_figures
from dragoman.read.parse import parse_text
from dragoman.read.reference import refer
from dragoman.read.relations import find_relations


def _relations(text: str) -> set[tuple[str, frozenset[str]]]:
    parsed = parse_text(text, date(2018, 6, 1))
    return {(one.kind, frozenset(one.parties)) for one in find_relations(parsed, refer(parsed), find_dates(parsed))}


@pytest.mark.parametrize(
    ("text", "kind", "pair"),
    [
        ("Peru has no diplomatic relations with Taiwan.", "no diplomatic relations", {"PER", "TWN"}),
        ("Peru and Chile restored diplomatic relations in 1978.", "diplomatic relations", {"PER", "CHL"}),
        ("Diplomatic ties between Peru and Chile are good.", "diplomatic relations", {"PER", "CHL"}),
        ("Peru severed diplomatic relations with Chile.", "no diplomatic relations", {"PER", "CHL"}),
        ("Kenya is an ally of Uganda.", "alliance", {"KEN", "UGA"}),
        ("Kenya, Uganda's closest ally, sent rice.", "alliance", {"KEN", "UGA"}),
        ("Kenya is allied with Uganda.", "alliance", {"KEN", "UGA"}),
        ("The alliance between Kenya and Uganda holds.", "alliance", {"KEN", "UGA"}),
        ("Kenya shares a border with Uganda.", "border", {"KEN", "UGA"}),
        ("Kenya borders Uganda.", "border", {"KEN", "UGA"}),
        ("The border between Kenya and Uganda was closed.", "border", {"KEN", "UGA"}),
        ("Kenya is Uganda's main backer.", "patron", {"KEN", "UGA"}),
        ("The dispute between Kenya and Uganda is old.", "dispute", {"KEN", "UGA"}),
    ],
)
def test_a_relation_of_two_parties(text: str, kind: str, pair: set[str]) -> None:
    """Kind and pair are found, once, and nothing else."""
    assert _relations(text) == {(kind, frozenset(pair))}


@pytest.mark.parametrize(
    "text",
    [
        "Kenya wants to establish diplomatic relations with Uganda.",
        "Would Kenya be an ally of Uganda?",
        "Kenya closed its border on Monday.",
        "Relations between Kenya and Uganda are tense.",
        "Kenya and Uganda have allies in Europe.",
    ],
)
def test_no_relation(text: str) -> None:
    """What is wanted or asked, has one side, or is no diplomatic relation is none."""
    assert _relations(text) == set()


def test_since_when_and_who_says() -> None:
    """The year in which relations began, and who is named as saying so."""
    parsed = parse_text("President William Ruto said Kenya restored diplomatic relations with Uganda in 1978.")
    (found,) = find_relations(parsed, refer(parsed), find_dates(parsed))
    assert found.since is not None
    assert (found.since.value, found.says) == ("1978", "William Ruto")


@pytest.mark.parametrize(
    ("text", "amount", "unit", "per", "of"),
    [
        ("The pipeline would bring $100 million annually.", 1e8, "USD", "year", "The pipeline"),
        ("Kenya pays €2.5bn a year in fees.", 2.5e9, "EUR", "year", "fees"),
        ("Kenya got a $5 billion loan.", 5e9, "USD", None, "loan"),
        ("Kenya buys 3.3 million tons of gas per year.", 3.3e6, "tonne", None, "gas"),
        ("Kenya buys 30,000 barrels a day of crude oil.", 3e4, "barrel", "day", "crude oil"),
        ("Trade with Uganda rose by 12 percent.", 12, "percent", None, "Trade"),
        ("The railway is 940 km long.", 940, "kilometre", None, "The railway"),
        ("Kenya will pay USD 17.5 billion.", 1.75e10, "USD", None, "Kenya"),
    ],
)
def test_a_figure(text: str, amount: float, unit: str, per: str | None, of: str | None) -> None:
    """Amount, unit, per what and of what."""
    parsed = parse_text(text)
    (found,) = find_figures(parsed, refer(parsed))
    said = text[slice(*found.of)] if found.of else None
    assert (found.amount, found.unit, found.per, said) == (amount, unit, per, of)


@pytest.mark.parametrize(
    "text", ["In 2016 Kenya had 3 ministers.", "The 5 won their seats.", "Resolution 2094 passed by 15 to 0."]
)
def test_no_figure(text: str) -> None:
    """Years, counts of people and numbers of documents are no figures."""
    parsed = parse_text(text)
    assert find_figures(parsed, refer(parsed)) == []


def test_who_names_a_figure() -> None:
    """Who is named as saying it."""
    parsed = parse_text("President William Ruto said the pipeline would bring $100 million a year.")
    (found,) = find_figures(parsed, refer(parsed))
    assert found.says == "William Ruto"
