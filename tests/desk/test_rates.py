"""Reference classes: what the shipped table says of itself, how kin are left out, and when a rate is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.cli import cli
from dragoman.desk.rates import ENOUGH, faults, few_words, interval, like, names, rate, states_of, table
from dragoman.errors import UnknownNameError
from dragoman.model import loads
from dragoman.solve.when import wilson

CASE = """
title: Two who talk
mark: made for a test
parties:
  N: {name: North Korea, entities: [Pyongyang]}
  A: {name: United States, entities: [Washington]}
  C: {name: China, entities: [Beijing]}
format:
  vetoes: [N, A]
"""


def with_rate(low: float, high: float, more: str) -> str:
    """The case with a base rate in its middle."""
    return f"{CASE}  base_rate: {{value: {(low + high) / 2}, low: {low}, high: {high}, because: as counted}}\n{more}"


def test_every_count_of_the_table_is_a_part_of_its_whole() -> None:
    """Yes at most n, kin at most all, n and dropped together all units, and a wider class holds the narrower."""
    classes = table()["classes"]
    for name, item in classes.items():
        wider = classes.get(item["wider"])
        for event, sums in item["events"].items():
            assert 0 <= sums["yes"] <= sums["n"] == item["units"] - sums["dropped"], (name, event)
            assert sum(pair[0] for pair in sums["kin"].values()) <= sums["yes"]
            assert all(pair[1] >= 3 for pair in sums["kin"].values()), "no count of one or two is shipped"
            if wider and event in wider["events"]:
                assert sums["n"] <= wider["events"][event]["n"]
                assert sums["yes"] <= wider["events"][event]["yes"]


def test_every_class_stands_with_its_source_version_and_check() -> None:
    """What was counted, by which version, and against which published total; where none was at hand that is said."""
    for name in names():
        found = like(name)
        assert "version" in found.source
        assert "published" in found.source
        assert {item.name for item in found.rates} <= set(names())


def test_three_nested_classes_stand_together() -> None:
    """A class is told with the wider ones that hold it, the narrowest first."""
    found = like("crises.mediated", "formal")
    assert [item.name for item in found.rates] == ["crises.mediated", "crises.since-1945", "crises"]


def test_own_dispute_is_left_out_with_its_kin() -> None:
    """Seven of the twelve nuclear crises are of North Korea and the United States: five are left, and counts only."""
    whole, own = rate("crises.nuclear", "formal"), rate("crises.nuclear", "formal", without=("PRK", "USA"))
    assert (whole.n, own.n, own.left_out) == (12, 5, 7)
    assert own.clusters < ENOUGH
    assert own.share is own.low is own.high is None
    assert "counts only" in str(own)
    assert "%" not in str(own)


def test_kin_of_few_units_widen_the_interval_both_ways() -> None:
    """Where the own dispute has one or two units, their outcomes are not shipped: the interval covers either."""
    few = table()["classes"]["crises.mediated"]["few"]
    pair = next(key for key in few if few[key] == 2)
    plain, unsure = rate("crises.mediated", "formal"), rate("crises.mediated", "formal", without=pair.split("-"))
    assert unsure.unsure == 2
    assert (unsure.low or 0) <= (plain.low or 0)
    assert (unsure.high or 1) >= (plain.high or 1)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=40), st.integers(0, 4))
def test_no_interval_is_narrower_than_counting_gives(pairs: list[tuple[int, int]], unsure: int) -> None:
    """Kin and units in doubt only widen it; without them it is Wilson's."""
    sizes = [(yes, yes + no) for yes, no in pairs]
    yes, n = sum(y for y, _ in sizes), sum(k for _, k in sizes)
    squares = (sum(y * y for y, _ in sizes), sum(y * k for y, k in sizes), sum(k * k for _, k in sizes))
    low, high = interval(yes, n, len(sizes), squares, min(unsure, n))
    plain = wilson(yes, n)
    assert low <= plain[0] + 1e-12
    assert high >= plain[1] - 1e-12


def test_units_that_always_end_as_their_kin_are_worth_their_clusters() -> None:
    """Ten clusters of ten that end all alike tell what ten units tell."""
    clusters = [(10, 10)] * 4 + [(0, 10)] * 6
    squares = (sum(y * y for y, _ in clusters), sum(y * k for y, k in clusters), sum(k * k for _, k in clusters))
    low, high = interval(40, 100, 10, squares)
    assert (low, high) == pytest.approx(wilson(0.4 * 9, 9), abs=1e-9)


def test_what_was_chosen_is_never_told_as_an_effect() -> None:
    """Mediated beside not mediated comes with the reason why the difference is none."""
    found = like("crises.not-mediated", "formal")
    assert [(pair.one.name, pair.other.name) for pair in found.apart] == [("crises.mediated", "crises.not-mediated")]
    assert "chosen, not assigned" in str(found)


def test_unknown_classes_and_events_are_named_with_the_nearest() -> None:
    """A slip of the pen is an error."""
    with pytest.raises(UnknownNameError, match=r"did you mean 'crises\.mediated'"):
        like("crises.mediatd")
    with pytest.raises(UnknownNameError, match="did you mean 'formal'"):
        like("crises", "formall")


@pytest.mark.parametrize(
    ("low", "high", "of", "wrong"),
    [
        (0.25, 0.6, "4 of 9 rounds since 1993", True),
        (0.18, 0.74, "4 of 9 rounds since 1993", False),
        (0.18, 0.6, "four out of nine", True),
        (0.25, 0.74, "four of the nine", True),
        (0.35, 0.45, "crises.mediated/formal", True),
        (0.2, 0.7, "crises.mediated/formal", False),
        (0.1, 0.9, "crises.mediated/frmal", True),
        (0.1, 0.2, "what I have heard", True),
        (0.25, 0.6, "", False),
    ],
)
def test_a_range_narrower_than_counting_gives_is_a_fault(low: float, high: float, of: str, wrong: bool) -> None:
    """Counts or a class bind the range; neither counts nor a class is a fault of the name; a bare judgement is not."""
    found = [*faults(loads(with_rate(low, high, f"  base_rate_of: '{of}'\n" if of else "")))]
    assert bool(found) is wrong, found


def test_counts_in_the_reason_bind_as_well() -> None:
    """Who writes "three of ten" in the reason and claims 28 to 32 % is told what three of ten give."""
    text = CASE + "  base_rate: {value: 0.3, low: 0.28, high: 0.32, because: Three of ten rounds ended in a text}\n"
    (_, found, expected), *_ = faults(loads(text))
    assert "3 of 10" in found
    assert "11% to 60%" in expected


@pytest.mark.parametrize(
    ("of", "words"),
    [
        ("4 of 9 rounds", "Of 9 like it that the case counts 4 ended in agreement (19% to 73% by counting)"),
        ("40 of 90 rounds", None),
        ("crises.mediated/formal", None),
        ("crises.nuclear/formal", "Of 5 like it that the case counts 1 ended"),
        ("crises.nuclaer/formal", "not known here: crises.nuclaer/formal"),
        ("", None),
    ],
)
def test_few_units_have_counts_and_no_word_of_likelihood(of: str, words: str | None) -> None:
    """Below twenty the page prints counts; what names no class is told instead of passed over."""
    told = few_words(loads(with_rate(0.1, 0.9, f"  base_rate_of: '{of}'\n" if of else "")))
    assert (told is None) if words is None else words in (told or ""), told


def test_the_own_dispute_is_that_of_those_whose_consent_is_needed() -> None:
    """A helper at the table does not make every crisis of his neighbourhood the case's own."""
    assert states_of(loads(CASE)) == ("PRK", "USA")


def test_the_command_and_case_check_say_the_same(tmp_path: Path) -> None:
    """``rates`` lists and tells classes, ``case check`` leaves with 1 on a narrow range."""
    path = tmp_path / "case.yaml"
    path.write_text(with_rate(0.3, 0.32, "  base_rate_of: 4 of 9\n"), encoding="utf-8")
    run = CliRunner().invoke
    assert "crises.nuclear" in run(cli, ["rates"]).output
    told = json.loads(run(cli, ["rates", "--like", "crises.nuclear", "--case", str(path), "--json"]).output)
    assert told["rates"][0]["left_out"] == 7
    checked = run(cli, ["case", "check", str(path), "--json"])
    assert checked.exit_code == 1
    assert json.loads(checked.output)["faults"][0]["path"] == "format.base_rate"
    assert run(cli, ["rates", "--like", "crises", "--leave-out", "Atlantis"]).exit_code == 1
