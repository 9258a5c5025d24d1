"""The lexicon: every line is valid, none is there twice, and a bad line is told with its place."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import ReadError
from dragoman.read.events import lexicon
from dragoman.read.events.ontology import codes
from dragoman.read.events.sense import look_up
from dragoman.read.events.sides import sectors
from dragoman.read.events.tables import TABLES, Entry, build

OPERATORS = sorted(lexicon().operators)
SECTORS = {
    "GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PTY", "OPP", "REB", "MED", "EDU", "BUS", "HLH", "LAB", "AGR", "REL",
    "REF", "CRM", "CVL",
}  # fmt: skip


def texts() -> dict[str, str]:
    """The tables that ship."""
    folder = files("dragoman.read.events") / "lexicon"
    return {name: (folder / name).read_text(encoding="utf-8") for name in TABLES}


def entries() -> list[Entry]:
    """Every line of verbs and nouns, once."""
    words = lexicon()
    every = [entry for table in (words.verbs, words.nouns) for group in table.values() for entry in group]
    return list({(entry.file, entry.line): entry for entry in every}.values())


def test_every_table_follows_the_format() -> None:
    """The shipped tables load without an error."""
    assert build(texts()).verbs.keys() == lexicon().verbs.keys()


def test_no_lemma_has_two_lines_with_the_same_conditions() -> None:
    """A lemma that a line names itself stands under one line for each set of conditions."""
    stated = Counter(
        (entry.file, lemma, entry.shown.split(" -> ")[0]) for entry in entries() for lemma in sorted(entry.named)
    )
    assert [key for key, count in stated.items() if count > 1] == []


def test_no_line_lists_a_lemma_twice() -> None:
    """No line repeats a lemma, and no class repeats a word."""
    for text in (texts()["verbs.tsv"], texts()["nouns.tsv"]):
        for line in text.splitlines():
            if line.strip() and not line.startswith("#"):
                lemmas = [item.strip() for item in line.split("\t")[0].split(",")]
                assert len(lemmas) == len(set(lemmas)), line
    for line in texts()["words.tsv"].splitlines():
        if line.strip() and not line.startswith("#"):
            words = line.split("\t")[1].split()
            assert [word for word, count in Counter(words).items() if count > 1] == [], line


def test_the_lexicon_is_large() -> None:
    """There are thousands of senses: pairs of a lemma and a set of conditions."""
    assert sum(len(group) for group in lexicon().verbs.values()) > 6000
    assert len(lexicon().nouns) > 800


def test_every_plover_type_has_triggers() -> None:
    """Each of the sixteen types is the outcome of some line or of some operator."""
    reached = {entry.type or codes()[entry.outcome].type for entry in entries() if entry.outcome in codes()}
    reached |= {
        codes()[code].type for table in lexicon().operators.values() for code in table.values() if code in codes()
    }
    assert len(reached) == 16


def test_sectors_are_those_of_plover() -> None:
    """Every line of the sectors names a PLOVER sector."""
    assert set(sectors().values()) <= SECTORS


@pytest.mark.parametrize(
    ("table", "line", "told"),
    [
        ("verbs.tsv", "praise\tobj:*", "columns"),
        ("verbs.tsv", "praise\tobj:*\t999", "outcome '999'"),
        ("verbs.tsv", "praise\tobj:*\t+dance", "outcome '+dance'"),
        ("verbs.tsv", "praise\tobject:*\t051", "slot 'object'"),
        ("verbs.tsv", "praise\tobj\t051", "condition 'obj'"),
        ("verbs.tsv", "praise\tobj:@nothing\t051", "class @nothing"),
        ("verbs.tsv", "praise\tobj:*\t051\tPRAISE", "type 'PRAISE'"),
        ("verbs.tsv", "praise\tobj:*\t051\tSUPPORT:loud", "type 'SUPPORT:loud'"),
        ("verbs.tsv", "give praise\tobj:*\t051", "lemma 'give praise'"),
        ("operators.tsv", "agree\t07", "columns"),
        ("operators.tsv", "agree\t07\t7", "outcome '7'"),
        ("operators.tsv", "agree\t<\tnobody", "operator 'nobody'"),
        ("operators.tsv", "refuse\t07\t122", "a second line for refuse 07"),
    ],
)
def test_a_bad_line_is_named(table: str, line: str, told: str) -> None:
    """A line that breaks the format is an error that names the file, the line and what was expected."""
    broken = texts()
    broken[table] += line + "\n"
    number = len(broken[table].splitlines())
    with pytest.raises(ReadError) as caught:
        build(broken)
    assert str(caught.value).startswith(f"{table}:{number}: ")
    assert told in str(caught.value)
    assert caught.value.expected


def test_a_missing_table_is_named() -> None:
    """Without one of its tables there is no lexicon."""
    with pytest.raises(ReadError, match=r"nouns\.tsv"):
        build({name: text for name, text in texts().items() if name != "nouns.tsv"})


@given(operator=st.sampled_from(OPERATORS), inner=st.sampled_from(sorted(codes())))
def test_the_longest_prefix_decides(operator: str, inner: str) -> None:
    """An operator takes the line whose inner code is the longest prefix of the event's, else the line of ``*``."""
    table = lexicon().operators[operator]
    fitting = [key for key in table if key != "*" and inner.startswith(key)]
    expected = table[max(fitting, key=len)] if fitting else table.get("*", "-")
    assert look_up(lexicon(), operator, inner) == expected


@given(inner=st.sampled_from(sorted(codes())))
def test_operators_land_where_they_should(inner: str) -> None:
    """Refusing is REJECT or nothing, threatening THREATEN, demanding REQUEST; a stop never leaves the same code."""
    words = lexicon()
    refused = look_up(words, "refuse", inner)
    assert refused == "-" or codes()[refused].type == "REJECT"
    threatened = look_up(words, "threaten", inner)
    assert threatened == "=" or codes()[threatened].type == "THREATEN"
    demanded = look_up(words, "demand", inner)
    assert codes()[inner if demanded == "=" else demanded].type == "REQUEST"
    assert look_up(words, "stop", inner) != inner
