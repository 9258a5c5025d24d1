"""Word classes of meetings (``world/meetings.psv``) and the grammar words around them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dragoman.read.world._tables import listed, rows

if TYPE_CHECKING:
    from spacy.tokens import Token

PRONOUNS = frozenset({"he", "she", "him", "her", "his", "they", "them", "their", "who", "whom", "both", "each", "two"})
RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
TIMES = {"once": 1, "twice": 2, "thrice": 3}
SPEECH = frozenset(
    {"say", "tell", "announce", "report", "confirm", "write", "add", "state", "note", "declare", "recall"}
)
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
REVIVED = re.compile(r"\b(?:after all|back on|on again|again|revived?|reinstated?|restored?)\b", re.IGNORECASE)
CLAIMS = re.compile(
    r"(?P<never>\bnever\b|\bnot (?:even )?once\b|\bno (?:sitting|serving) \w+)"
    r"|(?P<yet>\bnot yet\b|\byet to\b|\bstill (?:has|have) not\b"
    r"|\b(?:has|have)(?: still)?(?: not|n['’]t) (?:yet )?met\b)"
    r"|(?P<only>\bonly\b(?= (?:\w+ )?(?:meeting|summit|leader|time)))",
    re.IGNORECASE,
)
FIRST = re.compile(
    r"\bfirst (?:[\w-]+ ){0,2}(?:meeting|summit|encounter|talks|handshake|face-to-face)\b(?! in that)", re.IGNORECASE
)
SINCE = re.compile(
    r"\b(?:in|for|since)\b (?:\S+ ){0,5}?(?:years?\b|months?\b|decades?\b|weeks?\b|[12]\d{3}|war\b)"
    r"|\bfirst\b[^.;]{0,40}\b(?:this|in that) (?:year|form|month)\b",
    re.IGNORECASE,
)


@cache
def words(name: str) -> frozenset[str]:
    """One class of ``meetings.psv``."""
    return frozenset(word for key, cell in rows("meetings.psv", 2) if key == name for word in listed(cell))


def lemma(token: Token) -> str:
    """The lemma in lower case."""
    return str(token.lemma_).lower()
