"""Figures that a text names: an amount with its unit, per what, of what, and who says so.

1. Money, shares in percent, and quantities of goods by the units of the table ``world/units.psv``.
2. *Per what* stands right behind it or before its verb: "a year", "annually", "per tonne".
3. *Of what* is what it counts ("3 million tonnes of gas", "$5 million in fees"), else the noun that it describes ("a $5
   billion loan"), else what the verb above has as its subject ("the pipeline would bring $100 million").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from dragoman.read.findings import Figure
from dragoman.read.parsed import text_of
from dragoman.read.promises._clause import SUBJECTS
from dragoman.read.promises._holders import Holders
from dragoman.read.relations import says
from dragoman.read.world._tables import listed, rows

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from dragoman.read.parsed import Paragraph, Parsed
    from dragoman.read.reference import Reference

_SCALE = {
    "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9,
    "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_NUMBER = r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_LARGE = r"(?:[- ]?(?P<scale>thousand|million|billion|trillion|bn|mn|tn|[mbk](?![\w])))?"
_PER = re.compile(
    r"(?i)\s*(?:per|an?|each|every)\s+(?P<per>year|month|week|day|hour|capita|person|head|barrel|tonne|ton|unit)\b"
    r"|\s+(?P<ly>annually|yearly|monthly|weekly|daily)\b"
)
_LY = {"annually": "year", "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day", "annual": "year"}
_TIMES = frozenset({"year", "month", "week", "day", "hour", "decade", "quarter", "time", "total"})
_FEW = 100
_COUNTED = frozenset({"of", "in", "for", "worth"})


def find_figures(parsed: Parsed, reference: Reference) -> list[Figure]:
    """The figures of a text, in order."""
    holders = Holders(parsed, reference)
    return [figure for paragraph in parsed.paragraphs for figure in _in(holders, paragraph)]


@cache
def _units() -> dict[str, str]:
    return {word.lower(): unit for unit, cell in rows("units.psv", 2) for word in listed(cell)}


@cache
def _pattern() -> re.Pattern[str]:
    signs = "|".join(re.escape(word) for word in sorted(_units(), key=len, reverse=True) if not word[-1].isalpha())
    words = "|".join(re.escape(word) for word in sorted(_units(), key=len, reverse=True) if word[-1].isalpha())
    return re.compile(
        rf"(?i)(?<![\w.,])(?:(?P<sign>(?:US|A|C|HK)?(?:{signs})|(?:USD|EUR|GBP|AUD|CAD) )\s?{_NUMBER}{_LARGE}"
        rf"|{_NUMBER.replace('<n>', '<n2>')}{_LARGE.replace('<scale>', '<scale2>')}[- ]?(?P<unit>(?:{words})\b|%))"
    )


def _in(holders: Holders, paragraph: Paragraph) -> Iterator[Figure]:
    text = text_of(paragraph.doc)
    for match in _pattern().finditer(text):
        unit = _units().get((match["sign"] or match["unit"]).strip().lower().removeprefix("us"))
        if unit is None:
            unit = _units().get((match["sign"] or "").strip().lower())
        words = paragraph.doc.char_span(*match.span(), alignment_mode="expand")
        if unit is None or words is None or not len(words):
            continue
        number = float((match["n"] or match["n2"]).replace(",", ""))
        scale = _SCALE.get((match["scale"] or match["scale2"] or "").lower(), 1.0)
        if unit == "KRW" and match["unit"] and number * scale < _FEW:
            continue
        per = _PER.match(text, match.end())
        end = per.end() if per else match.end()
        of = _of(words, _behind(paragraph, end))
        yield Figure(
            span=(paragraph.start + match.start(), paragraph.start + end), amount=number * scale, unit=unit,
            per=_per(per, words), of=paragraph.span_of(of) if of is not None else None,
            says=says(holders, paragraph, words.root),
        )  # fmt: skip


def _per(match: re.Match[str] | None, words: Span) -> str | None:
    if match is not None:
        return (match["per"] or _LY[match["ly"].lower()]).lower()
    near = [*words.root.children, *words.root.head.children]
    return next((_LY[token.lower_] for token in near if token.lower_ in _LY), None)


def _behind(paragraph: Paragraph, end: int) -> Token | None:
    """The word that begins right behind a figure."""
    if end + 2 > len(text_of(paragraph.doc)):
        return None
    word = paragraph.doc.char_span(end + 1, end + 2, alignment_mode="expand")
    return word[0] if word is not None and len(word) else None


def _of(words: Span, behind: Token | None) -> Span | None:
    """What an amount counts, the noun that it describes, or the subject of its verb."""
    root = words.root
    if behind is not None and behind.lower_ in _COUNTED:
        noun = next((item for item in behind.children if item.dep_ == "pobj"), None)
        if noun is not None and noun.lemma_.lower() not in _TIMES:
            return _phrase(noun)
    above = root.head.head if root.dep_ == "pobj" else root
    above = above.head if above.pos_ == "VERB" and above.dep_ in {"acl", "relcl"} else above
    if above is not root and above.pos_ in {"NOUN", "PROPN"} and above.i < root.i:
        return _phrase(above)
    head = root.head
    if head.pos_ in {"NOUN", "PROPN"} and root.dep_ in {"nummod", "compound", "nmod", "amod", "quantmod"}:
        return _phrase(head, after=words.end)
    verb = head if head.pos_ in {"VERB", "AUX"} else head.head
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS and child.i < root.i), None)
    return _phrase(subject) if subject is not None and verb.pos_ in {"VERB", "AUX"} else None


def _phrase(noun: Token, after: int = 0) -> Span:
    """A noun with what stands before it."""
    before = [child.left_edge.i for child in noun.children if child.i < noun.i and child.dep_ not in {"relcl", "punct"}]
    return noun.doc[max(min([noun.i, *before]), after) : noun.i + 1]
