"""Whether a place name stands for the place or for those who act there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Token

PlaceReading = Literal["literal", "acts", "mixed"]

_BETWEEN = frozenset({"between", "with", "against", "by", "from"})


def reading_of_token(token: Token) -> PlaceReading:
    """How the name whose last word is ``token`` reads."""
    head = token
    while head.dep_ in {"compound", "conj", "appos", "flat"} and head.head is not head:
        head = head.head
    if head.dep_ in {"nsubj", "nsubjpass", "agent", "poss"}:
        return "acts"
    if head.dep_ == "pobj" and head.head.lower_ in _BETWEEN:
        return "acts"
    return "literal"
