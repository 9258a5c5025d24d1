"""Who does a verb, whose a noun is: the head of the phrase that names the speaker.

1. A verb's own subject; of a passive, the noun after "by".
2. Without one, the subject of the verb that governs it: "he smiled, saying", "he rose and said".
3. A participle that modifies a noun belongs to the noun: "a statement saying".
4. Where the parse gives none, the noun phrase that stands next to the verb.
5. A noun's possessor, or the subject of the verb that carries it: "his warning", "he issued a warning".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.read.parsed import text_of
from dragoman.read.quotes._claims import dateline_end
from dragoman.read.quotes._lexicon import word_list
from dragoman.read.quotes._phrases import is_active_finite, is_time, sentence_start

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_VERBAL = frozenset({"VERB", "AUX"})
_BORROW = frozenset({"xcomp", "advcl", "ccomp", "conj", "pcomp", "acl", "dep"})
_INSIDE = frozenset({"pobj", "dobj", "prep", "xcomp", "agent", "attr"})
_SAME_TURN = 4
_EMPTY = frozenset({"it", "there", "that", "this"})
_INFINITIVES = frozenset({"xcomp", "ccomp", "pcomp"})
_OWN = frozenset({"his", "her", "its", "their"})


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """The head of who does ``verb``: its own subject, or that of the verb that governs it."""
    passive = False
    for child in verb.children:
        dep = child.dep_
        if dep == "nsubj":
            return _issuer(child, verb, depth) or _of_emphasis(child) or child
        if dep in ("auxpass", "nsubjpass"):
            passive = True
    if passive or _reduced_passive(verb):
        return opening_noun(verb) if _told_clause(verb) else agent_of(verb)
    return _borrowed(verb, depth) if depth <= _SAME_TURN else None


def _of_emphasis(subject: Token) -> Token | None:
    """The noun before "themselves"."""
    before = subject.nbor(-1) if subject.i and subject.lower_.endswith(("self", "selves")) else None
    return before if before is not None and before.pos_ in _NOMINAL else None


def _issuer(subject: Token, verb: Token, depth: int) -> Token | None:
    """Who issued the words that speak in a clause: "Berg released a letter that said"."""
    noun = verb.head
    if subject.tag_ != "WDT" or verb.dep_ != "relcl" or noun.lemma_.lower() not in word_list("carriers"):
        return None
    return _carrier(noun, depth) if depth <= _SAME_TURN and noun.dep_ == "dobj" else None


def _reduced_passive(verb: Token) -> bool:
    """A participle that leaves its subject out: "Asked whether", "the man accused of"."""
    if verb.dep_ not in ("advcl", "acl", "dep", "ROOT"):
        return False
    if any(child.dep_ in ("aux", "auxpass") for child in verb.children) or _set_off_active(verb):
        return False
    return verb.tag_ == "VBN" or (verb.lower_ in ("asked", "told") and verb.dep_ != "ROOT")


def _told_clause(verb: Token) -> bool:
    """A finite verb taken for a participle: what is "promised that ..." by nobody cannot be, but "told that" can."""
    if verb.dep_ != "acl" or verb.lemma_ in word_list("addressing"):
        return False
    return any(
        child.dep_ == "ccomp" and any(mark.lower_ == "that" and mark.dep_ == "mark" for mark in child.children)
        for child in verb.children
    )


def _set_off_active(verb: Token) -> bool:
    """A finite verb that the tagger took for a participle: "Ruiz, an aide, called the plan weak"."""
    if verb.i == 0 or verb.nbor(-1).text != "," or verb.head.pos_ != "PROPN":
        return False
    return any(child.dep_ in ("dobj", "oprd", "ccomp") and child.i > verb.i for child in verb.children)


def _borrowed(verb: Token, depth: int) -> Token | None:
    head = verb.head
    if verb.dep_ in ("acl", "relcl") and head.pos_ in _NOMINAL:
        return _of_modified(verb, head, depth)
    if verb.dep_ == "pcomp" and head.pos_ in ("ADP", "SCONJ"):
        head = head.head
    if verb.dep_ not in _BORROW or head.i == verb.i:
        return None
    if head.pos_ in _VERBAL:
        found = _controller(verb, head, depth)
        return None if found is not None and verb.dep_ in _INFINITIVES and _is_empty(found, head) else found
    if head.pos_ in _NOMINAL:
        return _carrier(head, depth)
    if head.pos_ == "ADJ" and head.head.pos_ in _VERBAL:
        found = subject_of(head.head, depth + 1)
        return None if found is not None and _is_empty(found, head.head) else found
    return None


def _of_modified(verb: Token, noun: Token, depth: int) -> Token | None:
    """Whose act a verb beside a noun is: the noun's, or its owner's where the noun only carries the words."""
    set_off = verb.i > 0 and verb.nbor(-1).text in (",", "-", "–", "—")
    told = noun.dep_ == "dobj" and verb.lemma_ == "say"
    if verb.tag_ == "VB" or set_off or told or noun.lemma_.lower() in word_list("carriers"):
        return _carrier(noun, depth) or (noun if verb.tag_ != "VB" else None)
    return noun


def _is_empty(subject: Token, verb: Token) -> bool:
    """The "it" of "it is important to note", which nobody stands behind."""
    return verb.lemma_ == "be" and subject.lower_ in _EMPTY


def _controller(verb: Token, head: Token, depth: int) -> Token | None:
    """Whose act an infinitive or participle is: the object's ("led her to say") or the subject's."""
    for child in head.children:
        if child.dep_ == "nsubjpass" and (verb.dep_ != "conj" or verb.tag_ != "VBN"):
            return child
        if child.dep_ == "dobj" and verb.dep_ in ("xcomp", "ccomp") and head.lemma_ in word_list("object-control"):
            return child
    return subject_of(head, depth + 1) or lost_subject(head)


def lost_subject(verb: Token) -> Token | None:
    """The subject that an active verb with a tense must have, where the parse lost it."""
    if not is_active_finite(verb) or verb.dep_ == "advcl":
        return None
    return beside(verb, inverted=False) or opening_noun(verb)


def _carrier(noun: Token, depth: int) -> Token | None:
    owner = possessor_of(noun)
    if owner is not None and owner.dep_ != "poss":
        return owner
    verb = noun.head
    while verb.pos_ not in _VERBAL and verb.head.i != verb.i and verb.dep_ not in ("nsubj", "nsubjpass"):
        verb = verb.head
    if verb.pos_ in _VERBAL and noun.dep_ not in ("nsubj", "nsubjpass") and depth <= _SAME_TURN:
        return subject_of(verb, depth + 1) or lost_subject(verb)
    return owner


def agent_of(verb: Token) -> Token | None:
    """Who does a passive verb: the noun after "by"."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((noun for noun in child.children if noun.dep_ == "pobj"), None)
    return None


def possessor_of(noun: Token) -> Token | None:
    """Whose ``noun`` it is: "his view", "Iran's warning", "a warning by Iran"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("by", "from", "among"):
            return next((inner for inner in child.children if inner.dep_ == "pobj"), None)
    return None


def carrier_of(noun: Token) -> Token | None:
    """A reporting noun's owner, or the subject of the verb that has it as object."""
    owner = possessor_of(noun)
    if noun.dep_ == "dobj" and (owner is None or owner.lower_ in _OWN):
        return _carrier(noun, 0) if owner is None else subject_of(noun.head) or owner
    return owner


def beside(verb: Token, *, inverted: bool) -> Token | None:
    """The noun phrase next to ``verb`` that the parse did not make its subject.

    ``inverted``: look behind the verb first ("said the minister").
    """
    if inverted:
        return _behind(verb) or _ahead(verb)
    return _ahead(verb) or opening_noun(verb, dateline_end(text_of(verb.doc))) or _behind(verb)


def _behind(verb: Token) -> Token | None:
    doc = verb.doc
    for place in range(verb.i + 1, min(verb.i + 8, len(doc))):
        token = doc[place]
        if token.pos_ in _NOMINAL and not premodifies(token):
            return token
        if token.pos_ in ("VERB", "AUX", "PUNCT", "ADP", "SCONJ"):
            return None
    return None


def _ahead(verb: Token) -> Token | None:
    doc = verb.doc
    for place in range(verb.i - 1, max(verb.i - 4, -1), -1):
        token = doc[place]
        if token.pos_ in _NOMINAL and token.pos_ != "NUM" and not is_time(token):
            return _outer_noun(token, verb)
        if token.pos_ not in ("ADV", "AUX") and not is_time(token):
            return doc[place - 1] if token.text == "," and place and _closes_name(doc[place - 1]) else None
    return None


def _outer_noun(token: Token, verb: Token) -> Token:
    """The noun in whose clause ``token`` stands before ``verb``: "an aide who knew the plan said"."""
    inner = token
    while inner.dep_ in _INSIDE and inner.head.i < token.i:
        inner = inner.head
    outer = inner.head
    return outer if inner.dep_ in ("relcl", "acl") and outer.pos_ in _NOMINAL and outer.i < verb.i else token


def _closes_name(token: Token) -> bool:
    """The last word of a name set off by commas: "the campaign chief, Ana Ruiz, bluntly said"."""
    return token.pos_ == "PROPN" and not is_time(token) and token.dep_ != "pobj"


def opening_noun(verb: Token, story: int = 0) -> Token | None:
    """The noun phrase that opens the sentence of ``verb``: its subject when the parse lost it in asides.

    ``story`` is the offset where the text begins after a dateline.
    """
    for token in verb.doc[sentence_start(verb) : verb.i]:
        if token.idx < story or is_time(token):
            continue
        if (
            token.pos_ in _NOMINAL
            and token.dep_ not in ("pobj", "poss", "compound", "npadvmod", "nummod")
            and not premodifies(token)
        ):
            return token
        if token.pos_ in _VERBAL:
            return None
    return None


def premodifies(token: Token) -> bool:
    """Part of a longer name or noun that goes on to the right."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if token.dep_ == "compound":
        return True
    return following is not None and following.pos_ in ("PROPN", "NOUN") and token.pos_ in ("PROPN", "NOUN")
