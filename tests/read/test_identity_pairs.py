"""Same person or not: no false merge on the hard pairs, and the true variants found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.identity import NameInContext, find_entities, in_context, judge_person, link_people, same_person
from dragoman.read.parse import parse_text

_DATA = Path(__file__).parent / "data"


def _name(cell: str) -> NameInContext:
    name, country, office, year = (*(part.strip() for part in cell.split(";")), "", "", "")[:4]
    return NameInContext(
        name=name,
        country=country or None,
        office=office or None,
        when=date(int(year), 7, 1) if year else None,
    )


def _pairs(table: str) -> list[tuple[NameInContext, NameInContext]]:
    lines = (_DATA / table).read_text(encoding="utf-8").splitlines()
    cells = [line.split("|") for line in lines if line and not line.startswith("#")]
    return [(_name(first), _name(second)) for first, second in cells]


HARD = _pairs("hard_pairs.psv")
VARIANTS = _pairs("variant_pairs.psv")


def test_lists_are_long_enough() -> None:
    """Both lists have 150 pairs or more."""
    assert min(len(HARD), len(VARIANTS)) >= 150


@pytest.mark.parametrize("pair", HARD, ids=lambda pair: f"{pair[0].name}-{pair[1].name}")
def test_hard_pairs_never_merge(pair: tuple[NameInContext, NameInContext]) -> None:
    """No pair of two persons is judged one, whichever comes first."""
    assert same_person(*pair) != "same", judge_person(*pair)
    assert same_person(*reversed(pair)) != "same", judge_person(*reversed(pair))


def test_variants_are_found() -> None:
    """At least nine in ten true variants are judged one person, and none two."""
    answers = [same_person(first, second) for first, second in VARIANTS]
    assert answers.count("same") >= 0.9 * len(answers)
    assert answers.count("different") == 0


@settings(max_examples=150)
@given(st.sampled_from([*HARD, *VARIANTS]))
def test_order_does_not_matter(pair: tuple[NameInContext, NameInContext]) -> None:
    """The judgement is symmetric."""
    assert same_person(*pair) == same_person(*reversed(pair))


@settings(max_examples=150)
@given(st.text(max_size=25), st.text(max_size=25))
def test_any_text_is_judged(first: str, second: str) -> None:
    """Any two strings get an answer, and the judgement gives its reason."""
    found = judge_person(NameInContext(name=first), NameInContext(name=second))
    assert found.answer in {"same", "different", "unsure"}
    assert found.because


def test_links_are_what_judging_every_pair_gives() -> None:
    """Blocking loses no pair that judging all of them would link or suggest."""
    first, second = ([pair[side] for pair in (*HARD[::7], *VARIANTS[::7])] for side in (0, 1))
    linked = {(link.first, link.second): link.judgement.answer for link in link_people(first, second)}
    judged = {
        (one, two): answer
        for one, a in enumerate(first)
        for two, b in enumerate(second)
        if (answer := same_person(a, b)) != "different"
    }
    assert linked == judged


def test_two_articles_are_linked() -> None:
    """The same minister in two spellings is linked across articles; another Kim is not."""
    day = date(2018, 7, 1)
    one = in_context(
        find_entities(parse_text("Russian Foreign Minister Sergei Lavrov met Kim Jong-un.", day)).entities, day
    )
    two = in_context(
        find_entities(parse_text("Russia's foreign minister, Sergey Lavrov, met Kim Yong-nam.", day)).entities, day
    )
    links = link_people(one, two)
    assert [(one[link.first].name, two[link.second].name, link.judgement.answer) for link in links] == [
        ("Sergei Lavrov", "Sergei Lavrov", "same")
    ]
