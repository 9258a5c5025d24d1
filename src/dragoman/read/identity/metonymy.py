"""Whether a place name stands for the place or for those who act there.

1. The name is followed to the word that decides: out of a longer name, and from a
   later member of a list to its first.
2. Its grammatical function and the governing word decide, by the word classes of
   ``world/metonymy.psv``: who does something, owns a deed, gives, receives, is
   fought or dealt with acts; where one is, goes or comes from is a place.
3. What neither class settles is read by the function's habit: subjects, agents and
   owners act, the rest are places.

The distinction follows Markert and Nissim's annotation scheme for metonymic place
names (Data and models for metonymy resolution, Language Resources and Evaluation 43,
2009); the rules and the word classes are written for this project.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from dragoman.errors import ReadError
from dragoman.read.world._tables import listed, rows

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Span
    from dragoman.read.parsed import Parsed

PlaceReading = Literal["literal", "acts", "mixed"]

_SUBJECTS = frozenset({"nsubj", "csubj"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})


def reading_of_place(parsed: Parsed, span: Span) -> PlaceReading:
    """How the place name at ``span`` (in the text as given) reads.

    ``acts`` where it stands for its government or people, ``mixed`` where it does
    both at once, else ``literal``.

    Raises:
        ReadError: the span is in no kept paragraph.
    """
    for paragraph in parsed.paragraphs:
        if paragraph.start <= span[0] and span[1] <= paragraph.end:
            found = paragraph.doc.char_span(
                span[0] - paragraph.start, span[1] - paragraph.start, alignment_mode="expand"
            )
            if found is not None and len(found):
                return reading_of_token(found.root)
    raise ReadError(f"span {span}", "not in a kept paragraph", "the span of a place name")


def reading_of_token(token: Token) -> PlaceReading:
    """How the name whose syntactic head is ``token`` reads."""
    token = _deciding(token)
    dep = token.dep_
    if dep in _SUBJECTS:
        return _of_subject(token)
    if dep == "nsubjpass":
        return "literal" if _lemma(token.head) in words("suffered") else "acts"
    if dep == "dobj":
        return "literal" if _lemma(token.head) in words("placed") else "acts"
    if dep == "poss":
        return _of_owner(token)
    if dep == "pobj":
        return _of_prepositional(token.head)
    if dep in {"dative", "agent"}:
        return "acts"
    if dep in {"compound", "nmod", "amod"}:
        return _of_modifier(token)
    return "literal"


@cache
def words(name: str) -> frozenset[str]:
    """One class of ``metonymy.psv``."""
    return frozenset(word for key, cell in rows("metonymy.psv", 2) if key == name for word in listed(cell))


def _lemma(token: Token) -> str:
    return str(token.lemma_).lower()


def _deciding(token: Token) -> Token:
    """The first member of the list, or the noun in apposition, that ``token`` belongs to."""
    for _ in range(len(token.doc)):
        head = token.head
        if head == token:
            return token
        if (token.dep_ == "conj" and head.pos_ in _NOMINAL) or (token.dep_ == "appos" and head.pos_ == "NOUN"):
            token = head
        else:
            return token
    return token


def _of_subject(token: Token) -> PlaceReading:
    verb = token.head
    lemma = _lemma(verb)
    if lemma == "be":
        return "literal" if _is_kind(verb) else "acts"
    if lemma == "have":
        placing = words("geographic") - words("held")
        return "literal" if any(_lemma(child) in placing for child in verb.children) else "acts"
    return "literal" if lemma in words("lying") else "acts"


def _is_kind(verb: Token) -> bool:
    """``is a town``, ``is in the north``, ``is near``: what or where a place is."""
    return any(
        (child.dep_ == "attr" and _lemma(child) in words("kinds"))
        or (child.dep_ == "prep" and child.lower_ in words("where"))
        for child in verb.children
    )


def _of_owner(token: Token) -> PlaceReading:
    owned = _lemma(token.head)
    if owned in words("deeds") or owned in words("done"):
        return "acts"
    if _is_one_of_its_kind(token.head) or owned in words("geographic") or token.head.pos_ == "PROPN":
        return "literal"
    return "acts"


def _is_one_of_its_kind(owned: Token) -> bool:
    """``one of Chad's best painters``, ``Chad's largest mill``: the place is where the ranking holds."""
    ranked = any(child.tag_ == "JJS" or child.lower_ in {"leading", "top"} for child in owned.children)
    listed_one = (
        owned.dep_ == "pobj" and owned.head.lower_ == "of" and owned.head.head.lower_ in {"one", "some", "many"}
    )
    return ranked or listed_one


def _of_modifier(token: Token) -> PlaceReading:
    return "acts" if _lemma(token.head) in words("modified") else "literal"


def _of_prepositional(preposition: Token) -> PlaceReading:
    word = preposition.lower_
    governor = _lemma(preposition.head)
    if preposition.dep_ == "agent" or word == "by":
        return "acts"
    if word == "of":
        return "acts" if governor in words("deeds") else "literal"
    if word == "to":
        return "acts" if governor in words("given") else "literal"
    if word == "from":
        return "acts" if governor in words("taken") else "literal"
    if word in {"toward", "towards"}:
        return "acts" if governor in words("minded") else "literal"
    if word == "for":
        return "literal" if governor in words("bound") else "acts"
    if word in {"between", "with"}:
        return "literal" if governor in words("shared") else "acts"
    return "acts" if word in words("before actors") else "literal"
