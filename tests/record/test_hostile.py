"""Hostile text is text: stored and returned exactly, found by search, never run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.record import Record
from dragoman.record.views import Hit
from dragoman.testing import make_article, make_event, make_quote, make_reading, make_record

ATTACKS = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)> ]]> <!-- --> &amp; &#x41;",
    "sql": "Robert'); DROP TABLE articles;-- \" OR 1=1 /* ; UPDATE findings SET payload = ''",
    "control": "a\x00b\x01\x08\x0b\x1b[31mred\x7f\x85 end",
    "bidi": "\u202egnirts desrever\u202c \u2066isolated\u2069 \u200f\ufeff\u200b",
    "brackets": "(" * 10_000 + ")" * 10_000 + "[" * 10_000 + "{" * 10_000,
    "quotes": "“” ‘’ \"\" '' «» `` ´´ \\\" \\' %s {0} ${x} {{7*7}}",
    "astral": "𝕯𝖗𝖆𝖌𝖔𝖒𝖆𝖓 🤝 \U0010fffd é é",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_comes_back_as_it_went_in(tmp_path: Path, name: str) -> None:
    """Text, title, outlet, byline, names and words of findings survive unchanged, and nothing else is harmed."""
    attack = ATTACKS[name]
    text = f"Before. {attack} After."
    whole = (8, 8 + len(attack))
    reading = make_reading(
        quotes=(make_quote(whole, speaker=attack, entity=attack),),
        events=(make_event(span=whole, place=attack, day="2018-06-12"),),
    )
    with make_record(
        tmp_path / "r.db", [(make_article(text, outlet=attack, title=attack, byline=attack), reading)]
    ) as record:
        full = record.article(record.articles()[0].key)
        assert (full.text, full.row.title, full.row.outlet, full.row.byline) == (text, attack, attack, attack)
        quote = record.quotes()[0]
        assert (quote.text, quote.speaker, quote.entity) == (attack, attack, attack)
        assert record.evidence(quote.id)[0].exact == attack
        assert record.events()[0].place == attack
        assert record.review.accept(quote.id, by=attack, because=attack) == 1
        assert record.review.log()[0].because == attack
        assert record.counts().articles == 1
    with Record.open(tmp_path / "r.db", as_of="2018-06-12") as seen:
        assert seen.article(full.row.key).text == text


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A record with one article to search."""
    words = "Peace AND war, or NOT: near (brackets) col:x"
    path = tmp_path_factory.mktemp("hostile") / "r.db"
    with make_record(path, [(make_article(words), make_reading())]) as record:
        yield record


TOKENS = st.sampled_from(
    ["peace", "war", "AND", "OR", "NOT", "NEAR(", "(", ")", '"', "*", "^", ":", "-", "'", "x:", "5)", "{", "+"]
)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.lists(TOKENS, max_size=6).map(" ".join)
    )
)
def test_a_search_finds_or_explains(small: Record, text: str) -> None:
    """Any text searched for gives hits or an input error that names the operators, and nothing else."""
    hits: tuple[Hit, ...] = ()
    explained = ""
    try:
        hits = small.search(text)
    except InputError as error:
        explained = error.expected
    assert "NEAR" in explained or all(hit.snippet for hit in hits)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("peace war", 1), ("peace treaty", 0), ("peace OR treaty", 1), ("peace NOT war", 0), ('"and war"', 1),
        ('"war and"', 0), ("bracket*", 1), ("bracket", 0), ("NEAR(peace war, 2)", 1), ("(peace OR treaty) war", 1),
        ("PEACE", 1), ("col:x", 1), ("peace's", 0),
    ],
)  # fmt: skip
def test_search_operators_do_what_the_help_says(small: Record, query: str, found: int) -> None:
    """Words all stand, phrases in order; OR, NOT, brackets, beginnings and nearness work; punctuation is harmless."""
    assert len(small.search(query, kinds=["article"])) == found


@pytest.mark.parametrize("query", ["", "   ", '"', "()", "peace AND", "(peace", "NEAR(", "OR", "NOT peace"])
def test_a_search_that_cannot_be_read_explains_the_operators(small: Record, query: str) -> None:
    """A broken query is the user's to mend, with what would do."""
    with pytest.raises(InputError, match="a phrase"):
        small.search(query)
