"""Which language a text is in.  Only English is read; anything else is flagged and left unread.

Language identification by py3langid (Lui and Baldwin 2012, langid.py, ACL) over the
beginning of the text.  Its answer is unreliable for a headline's few words, so a
short text in Latin letters counts as English where enough of its words are English
function words, or where it is too short to say.
"""

from __future__ import annotations

import re

SAMPLE = 3000
SHORT = 25
_FUNCTION_WORDS = """
the of and to in a is that for it on was with as he be at by has are this not from his but they have an had were
which said will or their been who its would she we about after there more no if over with into against
"""
_FUNCTION = frozenset(_FUNCTION_WORDS.split())
_SHARE = 0.12
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """The ISO 639-1 code of the text's language, ``und`` where it has no words."""
    sample = text[:SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    if not words:
        return "und"
    if len(words) < SHORT and _latin(sample) and _function_share(words) >= _SHARE:
        return "en"
    from py3langid import classify

    return str(classify(sample)[0])


def _latin(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter < "\u0250" for letter in letters) > 0.9 * len(letters)


def _function_share(words: list[str]) -> float:
    return sum(word in _FUNCTION for word in words) / len(words)
