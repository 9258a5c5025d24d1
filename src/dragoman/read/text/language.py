"""Which language a text is in.  Only English is read; anything else is flagged and left unread.

1. Function words decide, not letters: names of people and places are the same in every language, "with", "the" and
   "con" are not.  Where a sixth of the words (a tenth of a short text) are words that only English has, and more than
   any other language's, it is English.
2. A short text in Latin letters is in the language of which it has most function words, English before others where
   they have as many: "Xi met Petro in Bogota".
3. Otherwise py3langid says (Lui and Baldwin 2012, langid.py, ACL), over the beginning of the text.  Its answer is
   unreliable for a sentence's few words, so a text too short to say counts as English.

Every answer says how sure it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 3000
SHORT = 40
_ENGLISH_ONLY = """
the and to that it with as be by are this not from his but they have had were which said will their been who its would
she we about there after there more into against has could should than when where what because between
"""
_ENGLISH_SHORT = """
the and to with of from by for met meets meet visits visit talks says said will is was were are has have after over at
agree agrees agreed sign signs signed call calls called on in
"""
_OTHERS = {
    "es": "de la el los las del en un una por para con y que se su al lo como más pero",
    "fr": "le la les de des et du à au aux dans une un est sur pour qui que avec en",
    "de": "der die das und den von zu mit im dem des ein eine nicht auf für sich aus",
    "it": "il di che e per non una un sono della dei nel alla con gli",
    "pt": "o os da das do dos em um uma para com se no na não e",
    "nl": "het een van en te dat op voor met zijn niet aan",
    "sv": "och att det som en på av är den till inte",
    "pl": "w z na do się nie że i od po",
}
_FUNCTION = frozenset(_ENGLISH_ONLY.split())
_FUNCTION_SHORT = frozenset(_ENGLISH_SHORT.split())
_FOREIGN = {code: frozenset(words.split()) for code, words in _OTHERS.items()}
_PARTICLE_WORDS = "de da do dos das del della di du des la las los le el al von van der den bin ibn ben"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_SHARE = 0.1
_PLAIN = 1 / 6
_SURE = 0.5
_CREOLES_AND_SCOTS = frozenset({"pcm", "sco", "jam"})
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language (ISO 639-1, 639-3 where it has none there, ``und`` without words) and how sure that is, 0 to 1."""

    code: str
    sure: float


def language_of(text: str) -> str:
    """The code of the text's language."""
    return identify(text).code


def identify(text: str) -> Language:
    """The language of a text, and how sure that is."""
    sample = text[:SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    if not words:
        return Language(code="und", sure=1.0)
    short = len(words) < SHORT and _latin(sample)
    english = sum(word in _FUNCTION for word in words)
    if english >= (_SHARE if short else _PLAIN) * len(words):
        return Language(code="en", sure=round(min(1.0, 0.6 + english / len(words)), 2))
    if short:
        told = _short_line(sample, words)
        if told is not None:
            return told
    code, confidence = _identifier().classify(sample)
    sure = round(float(confidence), 2)
    if (short and sample.isascii() and confidence < _SURE) or code in _CREOLES_AND_SCOTS:
        return Language(code="en", sure=0.5)
    return Language(code=str(code), sure=sure)


def _short_line(sample: str, words: list[str]) -> Language | None:
    """The language of a line by its function words, or None where it has none.

    A particle between two names ("Rio de Janeiro", "Lula da Silva") belongs to a name; "met" in a line that is no
    English would be odd, so that English is told by as many words of its own as any other language has.
    """
    own = sum(word in _FUNCTION_SHORT for word in words)
    written = _WORD.findall(sample)
    plain = [
        word
        for before, word, after in zip(["", *written], written, [*written[1:], ""], strict=False)
        if word.islower() and not (before[:1].isupper() and after[:1].isupper() and word in _PARTICLES)
    ]
    others = {code: sum(word in known for word in plain) for code, known in _FOREIGN.items()}
    code, most = max(others.items(), key=lambda item: item[1])
    if own and own >= most and sample.isascii():
        return Language(code="en", sure=round(min(0.95, 0.5 + (own - most) / len(words)), 2))
    if most >= 2 and most > own and list(others.values()).count(most) == 1:
        return Language(code=code, sure=round(min(0.95, 0.5 + (most - own) / len(words)), 2))
    return None


def _latin(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter < "\u0250" for letter in letters) > 0.9 * len(letters)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
