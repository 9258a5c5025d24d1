"""Which language a text is in.  Only English is read; anything else is flagged and left unread.

1. Function words decide, not letters: names of people and places are the same in every language, "with", "the" and
   "con" are not.  Where a sixth of the words (a tenth of a short text) are words that only English has, and more than
   any other language's, it is English.
2. A short text in Latin letters with English function words, one at least, and none of another language is English:
   "Xi met Petro in Bogota".
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
_OTHERS = """
de la el los las del en un una por para con y que se su al lo como más pero
le les des et du à au aux dans une est sur pour qui que avec
der die das und den von zu mit ist im dem des ein eine nicht auf für sich
il di che e per non una sono della dei nel alla con gli
o os as do da dos das em um uma não com se no na
het een van en te dat op voor met zijn niet aan
och att det som på är av för den till inte
w z na do się nie że i od po
"""
_FUNCTION = frozenset(_ENGLISH_ONLY.split())
_FUNCTION_SHORT = frozenset(_ENGLISH_SHORT.split())
_FOREIGN = frozenset(_OTHERS.split()) - _FUNCTION_SHORT
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
        own = sum(word in _FUNCTION_SHORT for word in words)
        other = sum(word in _FOREIGN for word in words)
        if own and not other and sample.isascii():
            return Language(code="en", sure=round(min(0.95, 0.5 + own / len(words)), 2))
    code, confidence = _identifier().classify(sample)
    sure = round(float(confidence), 2)
    if (short and sample.isascii() and confidence < _SURE) or code in _CREOLES_AND_SCOTS:
        return Language(code="en", sure=0.5)
    return Language(code=str(code), sure=sure)


def _latin(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter < "\u0250" for letter in letters) > 0.9 * len(letters)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
