"""What an article says a speaker is: role and affiliation, from every place that names him.

1. The words before a name: "Chinese Foreign Minister Wang Yi".
2. The words beside it: "Wang Yi, China's foreign minister", "the spokesman, Lu Kang".
3. What a sentence makes of it: "Lee is a professor at ...".
4. What follows a name: "Falk of the Rhine Institute", "Falk, who teaches law at ...", "Falk, who is now retired".
5. A description parts into role and affiliation at "of", "for", "at", "with", "from", unless both sides are one title.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.read.quotes._behind import behind_name
from dragoman.read.quotes._descriptions import Description
from dragoman.read.quotes._names import Cast, antecedent, is_honorific, is_person, is_title_word, name_run, run_text
from dragoman.read.quotes._tables import names_body
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Token

_PART = re.compile(r"\s+(?:of|for|at|with|from|in|to|on)\s+(?:the\s+)?", re.IGNORECASE)
_ARTICLE = re.compile(
    r"^(?:a|an|the|one|two|three|another|other|his|her|its|their|both|some|several|many|most)\s+", re.IGNORECASE
)
_POSSESSED = re.compile(r"^(?P<owner>(?:(?! (?:of|for|at|with|from|in) ).){2,60}?)(?:'s|’s|(?<=s)['’])\s+(?P<role>.+)$")
_CLAUSE_DEPS = frozenset({"relcl", "acl", "advcl", "appos", "conj", "cc", "punct"})


def describe(text: str) -> Description | None:
    """Part a description into role and affiliation; None where it says nothing."""
    plain = _ARTICLE.sub("", text.strip(" ,.;:-–—()")).strip()
    if not plain or not any(mark.isalpha() for mark in plain):
        return None
    owned = _POSSESSED.match(plain)
    if owned is not None:
        return Description(text=plain, role=owned["role"], affiliation=_ARTICLE.sub("", owned["owner"]))
    place = _parting(plain)
    if place is not None:
        return Description(text=plain, role=plain[: place[0]], affiliation=plain[place[1] :])
    body = next((match for match in world().match(plain) if match.start == 0 and match.end < len(plain)), None)
    if body is not None and any(name.way != "person" for name in body.names):
        return Description(text=plain, role=plain[body.end :].strip(), affiliation=plain[: body.end])
    return Description(text=plain, role=plain, affiliation=None)


def _parting(plain: str) -> tuple[int, int] | None:
    """Where role and affiliation part: the first preposition that no title runs over."""
    titles = world().titles(plain)
    for found in _PART.finditer(plain):
        if not any(title.start < found.start() and title.end >= found.end() for title in titles):
            return found.start(), found.end()
    return None


def descriptions(head: Token, cast: Cast) -> list[Description]:
    """Every description of the speaker behind ``head``: at the quote first, then elsewhere in the article."""
    real = antecedent(head)
    run = cast.person_run(real)
    found = _described([real])
    if run is None:
        return found
    name = real.doc[run[1] - 1].text
    if name not in cast.described:
        cast.described[name] = _described(cast.mentions.get(name, []))
    return found + [item for item in cast.described[name] if item not in found]


def _described(places: list[Token]) -> list[Description]:
    found: list[Description] = []
    for place in places:
        for description in (*map(describe, _beside(place)), *behind_name(place)):
            if description is not None and description not in found:
                found.append(description)
    return found


def _beside(head: Token) -> list[str]:
    texts = []
    run = name_run(head) if head.pos_ == "PROPN" else None
    if run is None:
        return [] if head.pos_ == "PRON" else [_phrase(head)]
    if not is_person(run_text(head.doc, run)):
        return [_phrase(head)] if _is_lone_title(head) else []
    before = _before_name(head, run[0])
    if before:
        texts.append(before)
    texts += [_phrase(child) for child in head.children if child.dep_ == "appos" and child.i > head.i]
    if head.dep_ == "appos" and head.head.pos_ == "NOUN":
        texts.append(_phrase(head.head))
    verb = head.head
    if head.dep_ == "nsubj" and verb.lemma_ == "be":
        texts += [_phrase(child) for child in verb.children if child.dep_ == "attr" and child.pos_ == "NOUN"]
    return texts


def _is_lone_title(head: Token) -> bool:
    """A title with a capital that the tagger took for a name: "Head of the Foreign Affairs Committee"."""
    belongs = any(child.lower_ == "of" for child in head.rights)
    return belongs and is_title_word(head.text) and not names_body(head.text)


def _before_name(head: Token, first: int) -> str:
    """The words that lead up to a name: its title with what stands before the title."""
    doc, start = head.doc, head.left_edge.i
    words = doc[start:first]
    while len(words) and is_honorific(words[-1].text):
        words = words[:-1]
    titled = any(is_title_word(token.text) or token.pos_ == "NOUN" for token in words)
    body = [item for item in world().lookup(words.text) if item.way == "organisation"] if titled else []
    return words.text if titled and not body and len(words) < 14 else ""


def _phrase(noun: Token) -> str:
    """A noun with its prepositional phrases, without clauses and further appositions."""
    doc = noun.doc
    last = noun.i
    for child in noun.rights:
        if child.dep_ in _CLAUSE_DEPS or child.pos_ in ("VERB", "AUX"):
            break
        last = child.right_edge.i
    text: str = doc[noun.left_edge.i : last + 1].text
    return text.split(",", maxsplit=1)[0] if len(text) > 160 else text
