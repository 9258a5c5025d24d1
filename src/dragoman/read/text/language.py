"""Which language a text is in.  Only English is read; anything else is flagged and left unread.

1. Where a sixth of the words are function words that only English has, it is English.
2. Otherwise py3langid says (Lui and Baldwin 2012, langid.py, ACL), over the beginning of the text.
   Its answer is unreliable for a sentence's few words, so for a short text in Latin letters a tenth of
   such words is enough, and a text too short to say counts as English.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 3000
SHORT = 40
_ENGLISH_ONLY = """
the and to that it with as be by are this not from his but they have had were which said will their been who its would
she we about after there more into against has could should than when where what because between
"""
_FUNCTION = frozenset(_ENGLISH_ONLY.split())
_SHARE = 0.1
_PLAIN = 1 / 6
_SURE = 0.5
_CREOLES_AND_SCOTS = frozenset({"pcm", "sco", "jam"})
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """The ISO 639-1 code of the text's language (639-3 where it has none), ``und`` where it has no words."""
    sample = text[:SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    if not words:
        return "und"
    short = len(words) < SHORT and _latin(sample)
    if sum(word in _FUNCTION for word in words) >= (_SHARE if short else _PLAIN) * len(words):
        return "en"
    code, confidence = _identifier().classify(sample)
    unsure = short and sample.isascii() and confidence < _SURE
    return "en" if unsure or code in _CREOLES_AND_SCOTS else str(code)


def _latin(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter < "\u0250" for letter in letters) > 0.9 * len(letters)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
