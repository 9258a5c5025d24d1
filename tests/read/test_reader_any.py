"""The reader on any text: the same under every hash seed, and no fault on texts that nobody would write."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import read_text
from dragoman.read.gate import KINDS

TIES = [
    "China on Monday called for sanctions against Japan.",
    "Ministers of Chad, Mali and Niger met envoys of the EU, the UN and the AU in Geneva and in Vienna on 3 May.",
    "He said that they would sign it. She said that he would not, and that they had told her so.",
    "Georgia and Jordan urged Chad to accept the offer of Turkey, and Turkey to repeat it.",
    "The two sides, who had met in Paris, agreed to call on each other to call for talks with both sides.",
    "Kenya accused Uganda, and Uganda Kenya, of breaking the promise that both had made to Rwanda by May 2015.",
    "“We will never accept it,” the minister said. “We offered talks; they demanded money,” his deputy said.",
    "Peru promised Chile to open the border if Chile promised Peru to close the port before June.",
    "The bank, the union and the company met; the union threatened to strike unless the bank and the company paid.",
]  # fmt: skip
_PROGRAM = """
import hashlib, json, sys
from dragoman import read_text
readings = [read_text(text, "2015-05-04").to_dict() for text in json.load(sys.stdin)]
print(json.dumps(readings))
"""
SEEDS = ("0", "1", "2", "3", "7", "11", "42", "1000")


def read_under(seed: str) -> str:
    """All that a fresh process with that hash seed reads from the texts."""
    environment = os.environ | {"PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], input=json.dumps([*TIES, "\n\n".join(TIES)]), env=environment,
        capture_output=True, text=True, check=True, cwd=Path(__file__).parent,
    )  # fmt: skip
    return done.stdout


def test_reading_does_not_depend_on_the_hash_seed() -> None:
    """Eight fresh processes with eight seeds give the same readings, whole, of texts full of ties."""
    first = read_under(SEEDS[0])
    assert sum(len(reading["events"]) for reading in json.loads(first)) >= len(TIES)
    for seed in SEEDS[1:]:
        assert read_under(seed) == first, f"seed {seed}"


_WORDS = (
    "China Japan the minister EU he they we “ ” , . ; : - ? said that met with will not promised to accept talks in "
    "Paris on Monday 3 May 2015 half-century Mr. President Xi's ( ) and or if by called off reportedly"
)
WORDS = st.sampled_from([*_WORDS.split(), "\n", "\n\n"])
LONE = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=60), st.sampled_from([None, "2015-05-04"]))
def test_no_order_of_words_makes_a_finder_fail(words: list[str], published: str | None) -> None:
    """Whatever the order, every finder reads it, and every span stands in the text."""
    check(" ".join(words), published)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TIES), LONE, st.integers(0, 120), st.integers(0, 12))
def test_no_damage_to_a_text_makes_a_finder_fail(text: str, added: str, place: int, cut: int) -> None:
    """Characters put in, taken out, cut in two: it is read all the same."""
    check(text[:place] + added + text[place + cut :], "2015-05-04")


@pytest.mark.parametrize(
    "text",
    [", the minister said", "in the past half-century", "“", "said", "he said " * 60, ".", "met " * 40, "\n,\n,\n"],
)
def test_texts_that_have_little_of_a_text(text: str) -> None:
    """Openings, lone marks and repetitions are read without a fault."""
    check(text, "2015-05-04")


def check(text: str, published: str | None) -> None:
    """No fault; and what was found stands inside the text, with a confidence that is one."""
    reading = read_text(text, published)
    assert reading.faults == ()
    spans = [span for entity in reading.entities for span in entity.mentions]
    spans += [event.span for event in reading.events] + [one.span for one in reading.dates]
    spans += [span for contact in reading.contacts for span in contact.evidence]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(0 < one.confidence <= 1 for kind in KINDS for one in getattr(reading, kind))
