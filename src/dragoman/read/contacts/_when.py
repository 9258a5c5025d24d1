"""Day, place, count and claims of a contact: what hangs on its predicate or on the verb that carries it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dragoman.read._dateline import told_from
from dragoman.read.contacts._grammar import auxiliaries, clause_tokens, core, is_ranked, number_of
from dragoman.read.contacts._lexicon import NOMINAL, VERBAL, is_one_of, lemma, words
from dragoman.read.parsed import text_of
from dragoman.read.world import world

if TYPE_CHECKING:
    from typing import Literal

    from spacy.tokens import Token

    from dragoman.read.contacts._article import Predicate
    from dragoman.read.findings import DateFinding, Entity, Status

    Claim = Literal["first", "only", "never", "not yet"]

_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_NO_DAY = frozenset({"since", "until", "till", "before", "after", "by", "about", "on the"})
_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "parataxis", "acl"})
_FARTHEST = 9
_PLACED = frozenset({"in", "at", "on", "near", "outside"})
_OFTEN = frozenset(
    {"regularly", "often", "usually", "frequently", "always", "sometimes", "routinely", "rarely", "seldom"}
)
_NEVER = re.compile(r"\bnever\b|\bnot (?:even )?once\b|\bno (?:sitting|serving) \w+", re.IGNORECASE)
_YET = re.compile(
    r"\bnot yet\b|\byet to\b|\bstill (?:has|have) not\b|\b(?:has|have)(?: still)?(?: not|n['’]t) (?:yet )?\w+",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\bonly\b(?= (?:\w+ )?(?:meeting|summit|leader|time))", re.IGNORECASE)
_FIRST = re.compile(
    r"\bfirst (?:[\w-]+ ){0,2}(?:meeting|summit|encounter|talks|handshake|face-to-face)\b(?! in that)", re.IGNORECASE
)
_SINCE = re.compile(
    r"\b(?:in|for|since)\b (?:\S+ ){0,5}?(?:years?\b|months?\b|decades?\b|weeks?\b|[12]\d{3}|war\b)"
    r"|\bfirst\b[^.;]{0,40}\b(?:this|in that) (?:year|form|month)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b")


def day_of(predicate: Predicate, carrier: Token) -> DateFinding | None:
    """The date that hangs nearest on the predicate or on its carrier; None where none does."""
    paragraph = predicate.paragraph
    first = paragraph.start + told_from(text_of(paragraph.doc))
    start, end = predicate.span
    tops = {predicate.token.i: 0}
    if not _is_before_or_after(predicate.token):
        tops.setdefault(carrier.i, 1)
    for verb in (predicate.token, carrier):
        if verb.dep_ == "conj" and verb.head.pos_ in VERBAL and verb.pos_ in VERBAL and not says_again(verb):
            tops.setdefault(verb.head.i, 4)
        if (
            verb.dep_ in {"advcl", "xcomp"}
            and verb.tag_ in {"VBG", "VB"}
            and verb.head.pos_ in VERBAL
            and (verb.tag_ == "VBG" or is_one_of(verb.head, "going", "intend"))
        ):
            tops.setdefault(verb.head.i, 2)
    for top in _occasion(predicate.token):
        tops.setdefault(top.i, 3)
    best: tuple[int, int, DateFinding] | None = None
    for item in predicate.article.dates:
        if item.kind not in {"DATE", "TIME"} or item.start is None or item.span[0] < max(first, start):
            continue
        if item.span[1] > end:
            break
        depth = _depth(predicate, item, tops)
        if depth is not None:
            key = (depth, abs(item.span[0] - paragraph.start - predicate.token.idx), item)
            best = key if best is None or key[:2] < best[:2] else best
    return _as_news(predicate, carrier, best[2]) if best else None


def says_again(verb: Token) -> bool:
    """``received him again``: another contact than the one before."""
    return any(child.lower_ == "again" for child in verb.children)


def _occasion(token: Token) -> list[Token]:
    """The event that would be the occasion: ``the forum in A in May might provide an occasion for B to meet C``."""
    noun = next((item for item in token.ancestors if lemma(item) in words("occasion")), None)
    if noun is None or noun.head.pos_ not in VERBAL:
        return []
    return [child for child in noun.head.children if child.dep_ == "nsubj"]


def _is_before_or_after(noun: Token) -> bool:
    """Whether a noun says how long before or after it something was: ``six days after the dinner``."""
    if noun.dep_ != "pobj":
        return False
    prep = noun.head
    measured = any(child.dep_ in {"npadvmod", "nummod"} for child in prep.children)
    return (
        prep.lower_ in {"before", "since", "until"}
        or (prep.lower_ in {"after", "following"} and measured)
        or (prep.lower_ == "of" and prep.head.lower_ == "ahead")
    )


def _depth(predicate: Predicate, item: DateFinding, tops: dict[int, int]) -> int | None:
    """Steps from a date up to one of ``tops`` without entering another event or clause, else None."""
    start = predicate.paragraph.start
    found = predicate.paragraph.doc.char_span(item.span[0] - start, item.span[1] - start, alignment_mode="expand")
    if found is None or not len(found):
        return None
    token, steps = found.root, 0
    while token.i not in tops:
        if token.head == token or token.dep_ in _CLAUSES or steps > _FARTHEST:
            return None
        if token.dep_ == "conj" and token.pos_ in VERBAL:
            return None
        if token.dep_ == "prep" and token.lower_ in _NO_DAY:
            return None
        if (
            steps
            and token.pos_ in NOMINAL
            and not _is_of_time(token)
            and token.i not in tops
            and not _is_transparent(token)
        ):
            return None
        token, steps = token.head, steps + 1
    return steps + tops[token.i]


def _is_of_time(token: Token) -> bool:
    return token.dep_ in {"npadvmod", "nummod", "compound"} or lemma(token) in words("time")


def _is_transparent(noun: Token) -> bool:
    """Whether a date on a noun may be that of the clause: the other side, a place, a measure; no other event."""
    if noun.pos_ == "PROPN" or lemma(noun) in words("measure") | words("staff"):
        return True
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ in {"in", "at", "with", "by", "via", "on", "to", "over"}
        and not any(child.dep_ == "poss" for child in noun.children)
    )


def _as_news(predicate: Predicate, carrier: Token, day: DateFinding) -> DateFinding:
    """A weekday of what was held is never ahead: ``met on Thursday`` in Wednesday's paper was last week's."""
    published = predicate.article.parsed.published
    verb = carrier if carrier.pos_ in VERBAL else predicate.token
    held = (verb.tag_ == "VBD" and not auxiliaries(verb) & {"was", "were"}) or "did" in auxiliaries(verb)
    words_ = predicate.article.parsed.text[day.span[0] : day.span[1]]
    if not held or published is None or day.start is None or day.start != day.end or not _WEEKDAY.search(words_):
        return day
    own = date.fromisoformat(day.start[:10])
    if published < own <= published + timedelta(days=7) and not any(char.isdigit() for char in words_):
        before = (own - timedelta(days=7)).isoformat()
        return replace(day, start=before, end=before, value=before)
    return day


def place_of(predicate: Predicate, carrier: Token) -> str | None:
    """The place that the clause names with in, at, to, on or near, the nearest first."""
    above = carrier.head if carrier.dep_ in {"xcomp", "advcl", "conj"} and is_one_of(carrier.head, "going") else carrier
    tops = dict.fromkeys((predicate.token, carrier, above, *_occasion(predicate.token)))
    found = [
        (rank, abs(token.i - predicate.token.i), _place_name(predicate, token, entity))
        for rank, top in enumerate(tops)
        for token in clause_tokens(top)
        if _is_where(predicate, token, top) and (entity := _place_at(predicate, token)) is not None
    ]
    return min(found)[2] if found else None


def _place_at(predicate: Predicate, token: Token) -> Entity | None:
    """The place or state at a word, or in its phrase."""
    reference, paragraph = predicate.article.reference, predicate.paragraph
    entity = reference.at(paragraph.span_of(token)) or reference.at(paragraph.span_of(core(token)))
    return entity if entity is not None and entity.kind in {"place", "state"} else None


def _place_name(predicate: Predicate, token: Token, entity: Entity) -> str:
    """The name of a place; a seat of government has its own name and not that of its state."""
    for span, named in predicate.article.reference.within(predicate.paragraph.span_of(core(token))):
        text = predicate.article.parsed.text[span[0] : span[1]]
        if named.id == entity.id and any(name.way == "seat" for name in world().lookup(text)):
            return text
    return entity.name


def _is_where(predicate: Predicate, token: Token, top: Token) -> bool:
    """Whether a word says where its clause is; "to" does after going and receiving, "on" does not after going."""
    case = token.head.lower_
    if token.dep_ != "pobj" or lemma(token.head.head) in words("ruler") or not _is_of_clause(token, top):
        return False
    if is_one_of(top, "going"):
        return case in _PLACED | {"to"} and case != "on"
    return case in _PLACED or (case == "to" and predicate.frame.name in {"visit", "host", "invite"})


def place_before(predicate: Predicate) -> str | None:
    """The place named last before a predicate in its sentence."""
    start = predicate.paragraph.start
    before = (start + predicate.sentence.start_char, start + predicate.token.idx)
    places = [entity.name for _, entity in predicate.article.reference.within(before) if entity.kind == "place"]
    return places[-1] if places else None


def _is_of_clause(token: Token, top: Token) -> bool:
    """Whether a place hangs on the clause, or on a party to it, and not on what was talked of."""
    head = token.head.head
    for _ in range(4):
        if head == top:
            return True
        if head.dep_ == "prep" and head.lower_ in {"about", "on", "of", "regarding", "over"}:
            return False
        if head.dep_ in {"dobj", "pobj", "npadvmod", "advmod", "prep", "conj", "appos"}:
            head = head.head
        else:
            return False
    return False


def count_of(predicate: Predicate, carrier: Token) -> int:
    """How many contacts: ``twice``, ``three times``, ``two summits``."""
    token = predicate.token
    for item in clause_tokens(token if token.pos_ in VERBAL else carrier):
        if item.lower_ in _TIMES and item.head.pos_ in VERBAL | {"ADV"}:
            return _TIMES[item.lower_]
        if lemma(item) == "time" and item.tag_ == "NNS":
            for child in item.children:
                if child.dep_ == "nummod" and (number := number_of(child)):
                    return number
    if token.tag_ == "NNS":
        for child in token.children:
            if child.dep_ == "nummod" and (number := number_of(child)):
                return number
    return 1


def count_after(token: Token) -> int | None:
    """``twice`` or ``three times`` right behind one of a list."""
    for item in token.doc[token.i + 1 : token.i + 4]:
        if item.lower_ in _TIMES:
            return _TIMES[item.lower_]
        if (number := number_of(item)) and item.i + 1 < len(token.doc) and token.doc[item.i + 1].lower_ == "times":
            return number
        if item.pos_ == "PROPN" or item.lower_ in {"and", ","}:
            break
    return None


def claim_of(predicate: Predicate, status: Status) -> Claim | None:
    """Whether the sentence claims first, only, never or not yet: of this contact, and not "in nine years"."""
    text = predicate.sentence.text
    if status == "denied":
        return "never" if _NEVER.search(text) else "not yet" if _YET.search(text) else None
    if _is_first(predicate.token) or _FIRST.search(text):
        return None if _SINCE.search(text) else "first"
    return "only" if _ONLY.search(text) else None


def _is_first(token: Token) -> bool:
    if is_ranked(token) is not None:
        return "first" in {child.lower_ for child in (*token.head.children, token.head)}
    times = [
        item for child in token.children if child.lower_ == "for" for item in child.children if lemma(item) == "time"
    ]
    return "first" in [child.lower_ for item in (*times, token) for child in item.children]


def is_habit(predicate: Predicate) -> bool:
    """Whether the clause tells what is done every week and the like: no one contact."""
    token = predicate.token
    bare = token.tag_ == "VB" and not auxiliaries(token)
    present = bare or token.tag_ in {"VBZ", "VBP"}
    often = any(child.lower_ in _OFTEN for child in token.children)
    start, end = predicate.span
    recurring = any(item.kind == "SET" and start <= item.span[0] < end for item in predicate.article.dates)
    return present and (often or recurring)


def source_of(predicate: Predicate) -> str | None:
    """By whose report: the subject of the verb of saying above the clause, or whom "according to" names."""
    token = _teller(predicate.token) or _according(predicate.token)
    if token is None or token.lower_ in {"it", "they", "there", "which", "that", "this", "who"}:
        return None
    entity = predicate.article.reference.at(predicate.paragraph.span_of(token))
    if entity is not None and entity.kind == "person":
        return entity.name
    if token.pos_ == "PRON":
        found = predicate.who(token)
        return found[0].name if found else None
    return str(core(token).text)


def _teller(trigger: Token) -> Token | None:
    below = trigger
    for item in _up(trigger):
        if item is not trigger and is_one_of(item, "saying") and below.dep_ in {"ccomp", "parataxis", "relcl", "advcl"}:
            return _subject(item) if below.dep_ in {"ccomp", "parataxis"} else None
        aside = next((c for c in item.children if c.dep_ == "parataxis" and is_one_of(c, "saying")), None)
        if aside is not None:
            return _subject(aside)
        below = item
    return None


def _up(token: Token) -> Iterator[Token]:
    yield token
    for steps, item in enumerate(token.ancestors):
        if steps > 5:
            return
        yield item


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ == "nsubj"), None)


def _according(token: Token) -> Token | None:
    for item in (token, *token.ancestors):
        for child in item.children:
            if child.lower_ == "according":
                inner = (top for to in child.children if to.lower_ == "to" for top in to.children)
                return next((top for top in inner if top.dep_ == "pobj"), None)
    return None
