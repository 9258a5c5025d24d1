"""Does the sentence speak of the past or of what is to come?

From the words around a time expression, in this order: a preposition that looks
ahead ("until", "no later than"), the verb that governs it in the parse, and where
there is no parse, the nearest verb of the sentence by its tag.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.read.dates import _words as w
from dragoman.read.dates._anchor import Direction
from dragoman.read.parsed import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AHEAD = re.compile(
    r"(?i)\b(?:no later than|as (?:early|soon|late) as|(?:scheduled|due|set|slated|planned) "
    r"(?:on|in|by|for)|deadline of|starting|"
    r"beginning|effective|payable|maturing|expiring|expires?|of record|takes effect)(?: on| in| from)?\s+(?:the\s+)?$"
)
_UNTIL = re.compile(r"(?i)\b(?:until|till)\s+(?:\w+\s+)?$")
_MODALS = w.word_set(
    """
    will 'll ’ll wo shall would may might can should must ca 'd
    """
)
_COMMITTED = frozenset({"schedule", "expect", "plan", "set", "slate", "due", "intend"})
_ASKED = _COMMITTED | w.word_set(
    """
    hope want agree vow pledge promise order urge ask prepare aim propose need threaten wait require invite
    decide call commit likely ready poise seek request oblige offer able willing give allow let tell demand warn
    continue subpoena summon persuade convince force press begin start refuse authorize authorise instruct
    direct
    """
)
_REPORTING = w.word_set(
    """
    say tell report announce state add declare quote write note claim confirm warn show be have remain recall
    """
)
_TIMETABLED = w.word_set(
    """
    meeting summit talk talks election vote hearing session visit trip conference debate deadline referendum
    primary caucus congress game match trial ceremony inauguration poll runoff review launch release date
    """
)
_APPOINTING = (
    _COMMITTED
    | _TIMETABLED
    | w.word_set(
        """
    invitation invite accept appoint book arrange propose agree fix appointment plan schedule
    """
    )
)
_DENIALS = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "no"})
_DROPPED = frozenset({"postpone", "cancel", "scrap", "scrub", "abandon", "shelve", "call", "put", "delay"})
_WHEN = frozenset({"when", "if", "once", "until", "unless", "before", "after"})
_PRESENT_BE = frozenset({"is", "are", "'s", "’s", "'re", "’re", "be", "am"})
_VERBS = frozenset({"VERB", "AUX"})
_STEPS = 12


def direction_of(doc: Doc, start: int, end: int) -> Direction:
    """The direction of time in which characters ``start`` to ``end`` of a parsed text lie."""
    text = text_of(doc)
    token = _token_at(doc, start, end)
    if _AHEAD.search(text, max(0, start - 40), start):
        return "unknown" if token is not None and token.tag and _fell_through(token) else "future"
    if token is None or not token.tag:
        return "unknown"
    if _UNTIL.search(text, max(0, start - 20), start):
        return "past" if _had(doc, token) else "future"
    if not token.dep:
        return _by_tags(doc, token.i)
    return _by_parse(token)


def _fell_through(token: Token) -> bool:
    """Whether what was planned for the time did not come: ``a meeting planned for Thursday was postponed``."""
    verb = next((item for item in token.ancestors if item.lemma_ in _COMMITTED), None)
    return verb is not None and verb.dep_ == "acl" and _dropped(verb)


def _dropped(verb: Token) -> bool:
    """Whether a verb above says that something did not come to be."""
    return any(
        item.lemma_ in _DROPPED and item.tag_ in {"VBN", "VBD"} and not _perfect(item) for item in verb.ancestors
    )


def _perfect(verb: Token) -> bool:
    """Whether a verb is in the present perfect, as news of what is still to come is."""
    return any(child.lower_ in {"has", "have"} for child in verb.children if child.dep_ in {"aux", "auxpass"})


def _token_at(doc: Doc, start: int, end: int) -> Token | None:
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None


def _had(doc: Doc, token: Token) -> bool:
    """Whether the words soon after or before are in the pluperfect."""
    near = doc[max(0, token.i - 12) : token.i + 12]
    return any(word.lower_ in {"had", "'d", "’d"} for word in near)


def _by_parse(token: Token) -> Direction:
    """Climb to the governing verb; a participle that says nothing passes on to its own governor."""
    if token.dep_ in {"poss", "compound", "nmod", "amod", "nummod"} and token.head.pos_ in {"NOUN", "PROPN"}:
        return _of_noun(token, token.head)
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.pos_ in {"NOUN", "PROPN"}:
        return _of_noun(token, token.head.head)
    if _is_timetabled(token) or _is_appointed(token):
        return "future"
    here, in_subject = token, False
    for _ in range(_STEPS):
        if _verb_like(here):
            found = _of_verb(here)
            if found is not None:
                return "unknown" if in_subject and here.tag_ in {"VBZ", "VBP"} else found
        elif here.lemma_ in {"due", "likely", "ready", "deadline"}:
            return "future"
        if here.head.i == here.i:
            break
        in_subject = in_subject or here.dep_ in {"nsubj", "nsubjpass"}
        here = here.head
    return "unknown"


def _is_timetabled(token: Token) -> bool:
    """Whether it says when something is: ``the deadline is Tuesday``, ``the vote is on May 5``."""
    verb = token.head.head if token.head.dep_ == "prep" else token.head
    return verb.lower_ in {"is", "are"} and any(
        child.dep_ == "nsubj" and child.lemma_.lower() in _TIMETABLED | {"deadline"} for child in verb.children
    )


def _is_appointed(token: Token) -> bool:
    """Whether it says for when something is: ``accepted an invitation for October``, ``proposed talks for May 5``."""
    behind = token.head
    return (
        token.dep_ == "pobj"
        and behind.lower_ == "for"
        and behind.head.lemma_.lower() in _APPOINTING
        and not any(item.lemma_ in _DROPPED for item in token.ancestors)
    )


def _verb_like(token: Token) -> bool:
    """Whether a word is a verb both by its tag and by its place in the sentence."""
    return token.pos_ in _VERBS and token.dep_ not in {"pobj", "dobj", "compound", "nmod", "amod", "attr"}


def _of_noun(token: Token, noun: Token) -> Direction:
    """What a date that describes a noun says: a timetabled event may lie ahead, what else is named has happened."""
    if noun.lemma_.lower() in {"deadline", "date"}:
        return "future"
    if noun.lemma_.lower() not in _TIMETABLED:
        return "past" if token.dep_ == "poss" else "unknown"
    here = noun
    for _ in range(_STEPS):
        if _verb_like(here) and (found := _of_verb(here)) is not None:
            return found
        if here.head.i == here.i:
            break
        here = here.head
    return "unknown"


def _of_verb(verb: Token) -> Direction | None:
    """What a verb says; None where its own governor decides."""
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    words = {child.lower_ for child in helpers}
    if words & _MODALS and "have" not in words:
        return "future"
    if "could" in words and _negated(verb):
        return "past"
    if verb.tag_ == "VB" and "to" in words:
        return _of_infinitive(verb)
    if verb.lower_ in {"is", "are"} and any(child.lemma_ in {"due", "likely"} for child in verb.children):
        return "future"
    if verb.tag_ == "VBN":
        return _of_participle(verb, helpers, words)
    if verb.lemma_ in _COMMITTED and verb.pos_ == "VERB" and verb.lemma_ != "set":
        return "future"
    if verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in helpers):
        return "past"
    if verb.tag_ == "VBG":
        return "future" if any(child.tag_ in {"VBZ", "VBP"} for child in helpers) else None
    if verb.tag_ in {"VBZ", "VBP"}:
        return "past" if verb.lemma_ in _REPORTING else "future"
    return None


def _negated(verb: Token) -> bool:
    """Whether the words before a verb deny it ("could not be reached", "neither could be found")."""
    before = verb.doc[max(verb.sent.start, verb.i - 12) : verb.i]
    return any(word.lower_ in _DENIALS for word in before)


def _of_participle(verb: Token, helpers: list[Token], words: set[str]) -> Direction:
    if verb.lemma_ in _COMMITTED:
        return "unknown" if verb.dep_ == "acl" and _dropped(verb) else "future"
    if any(child.tag_ == "VBD" for child in helpers) or words & {"has", "have", "'ve", "’ve"}:
        return "past"
    if words & _PRESENT_BE:
        conditional = any(child.lower_ in _WHEN for child in verb.children)
        return "future" if conditional or "be" in words else "past"
    return "past"


def _of_infinitive(verb: Token) -> Direction | None:
    head = verb.head
    if head.lemma_ == "be":
        return "future" if head.tag_ in {"VBZ", "VBP"} else None
    if head.lemma_ in _ASKED or head.pos_ == "ADJ" or head.lower_ == "going":
        return "future"
    if head.pos_ == "NOUN":
        return (
            "future"
            if head.lemma_ in {"plan", "deadline", "decision", "pledge", "promise", "order", "intention", "vow", "bid"}
            else None
        )
    return "unknown"


def _by_tags(doc: Doc, place: int) -> Direction:
    """The nearest verb of the same stretch of words, looked for backwards first."""
    for step in (*range(place - 1, max(place - 15, -1), -1), *range(place + 1, min(place + 12, len(doc)))):
        token = doc[step]
        if token.tag_ == "MD":
            return "future"
        if token.tag_ == "VBD":
            return "past"
        if token.tag_ in {"VBZ", "VBP"}:
            return "unknown"
        if token.text in {".", ";"}:
            break
    return "unknown"
