"""Which spellings in Latin letters may write one name of another script.

A spelling is ambiguous, so every word gets the *set* of forms that it may stand
for; two words may be one name if their sets meet.  That is a possibility and never
an identity: :mod:`dragoman.read.identity.same` asks for evidence besides.

- Korean: the syllable's initial, vowel and final in hangul, as McCune-Reischauer,
  the Revised Romanisation (2000), the northern practice and personal habit write them.
- Chinese: pinyin; Wade-Giles syllables, usually printed without apostrophes.
- Japanese: Hepburn; long vowels and Kunrei spellings.
- Russian and Ukrainian: y, i, iy and ii; ye and e; kh and h; doubled letters.
- Arabic and Persian: the article, q, k, g and kh; dh and d; doubled letters, vowels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import product
from typing import Literal

from dragoman.read.world import plain_letters
from dragoman.read.world._tables import listed, rows

Script = Literal["ko", "zh", "ja", "ru", "ar", "latin"]

_SCRIPTS: dict[str, Script] = {
    **dict.fromkeys(("PRK", "KOR"), "ko"),
    **dict.fromkeys(("CHN", "TWN", "HKG", "SGP", "MAC"), "zh"),
    "JPN": "ja",
    **dict.fromkeys(
        ("RUS UKR BLR KAZ KGZ UZB TJK TKM AZE ARM MDA BGR SRB MKD MNE").split(), "ru",  # noqa: SIM905
    ),
    **dict.fromkeys(
        ("SAU IRQ SYR LBN JOR PSE EGY LBY TUN DZA MAR YEM OMN ARE QAT KWT BHR SDN MRT SOM DJI "  # noqa: SIM905
         "IRN AFG PAK").split(), "ar",
    ),
}  # fmt: skip

_INITIALS = {
    "kk": "k", "gg": "k", "g": "k", "k": "k", "tt": "t", "dd": "t", "d": "t", "t": "t", "pp": "p", "bb": "p", "b": "p",
    "p": "p", "ch": "c", "jj": "c", "j": "c", "c": "c", "ss": "s", "sh": "s", "s": "s", "r": "r", "l": "r", "rh": "r",
    "n": "n", "m": "m", "h": "h", "th": "t", "kh": "k", "ph": "p", "": "",
}  # fmt: skip
_VOWELS = {
    "a": "a", "ah": "a", "ar": "a", "ya": "ya", "ae": "ae", "ai": "ae", "e": "e ae", "eh": "e", "yae": "yae",
    "ye": "ye",
    "eo": "eo", "uh": "eo", "o": "eo o", "oh": "o", "u": "u eu eo", "oo": "u", "ou": "u eo", "eu": "eu", "woo": "u",
    "wu": "u", "yeo": "yeo", "you": "yeo", "yo": "yeo yo", "yoo": "yu", "yu": "yu yeo", "yuh": "yeo", "yi": "i",
    "i": "i", "ee": "i ui", "ui": "ui i", "eui": "ui", "wa": "wa", "wae": "wae", "we": "we", "wo": "wo", "weo": "wo",
    "wi": "wi", "oe": "oe", "oi": "oe", "yea": "yeo", "yew": "yu", "ye-o": "yeo", "yoe": "yeo", "yeu": "yu",
    "eoo": "u", "eau": "o", "eon": "eo",
}  # fmt: skip
_FINALS = {
    "k": "k", "g": "k", "ck": "k", "n": "n", "t": "t", "d": "t", "l": "l", "r": "l", "m": "m", "p": "p", "b": "p",
    "ng": "ng", "": "", "rl": "l",
}  # fmt: skip
_SYLLABLE = re.compile(
    r"(kk|gg|tt|dd|pp|bb|ch|jj|ss|sh|rh|th|kh|ph|[gkdtbpjcsrlnmh])?"
    r"(yeo|yae|you|yoo|yuh|yea|yoe|wae|weo|woo|eui|yeu|ya|ye|yo|yu|yi|wa|we|wo|wi|wu|ae|ai|eo|eu|ah|oh|uh|oo|ou|oe|oi|ui|ee|a|e|i|o|u)"
    r"(ng|ck|rl|[kgntdlrmpb])?"
)


def script_of(country: str | None) -> Script:
    """The romanisation rules that names of a country's people need most."""
    return _SCRIPTS.get(country or "", "latin")


def may_be_one(first: str, second: str, script: Script, *, family: bool = False) -> bool:
    """Whether two spellings of a given name (or family name) may write one name in ``script``."""
    return bool(forms(first, script, family=family) & forms(second, script, family=family))


@cache
def forms(name: str, script: Script, *, family: bool = False) -> frozenset[str]:
    """Every form that ``name`` may stand for in ``script``; never empty."""
    word = re.sub(r"[^a-z]+", " ", plain_letters(name.replace("’", "'").replace("'", "")).lower()).strip()
    if script == "ko":
        return _korean(word, family=family)
    rules = {"zh": _chinese, "ja": _japanese, "ru": _russian, "ar": _arabic}
    found = rules[script](word) if script in rules else ()
    return frozenset(found) or frozenset({word.replace(" ", "")})


def _korean(word: str, *, family: bool) -> frozenset[str]:
    if family and word in _families():
        return frozenset({_families()[word]})
    syllables = word.split()
    if len(syllables) == 1:
        readings = {form for cut in _cuts(syllables[0]) for form in _joined(cut)}
    else:
        readings = set(_joined(syllables))
    return frozenset(readings) or frozenset({word.replace(" ", "")})


@cache
def _families() -> dict[str, str]:
    return {spelling: form for form, cell in rows("korean.psv", 2) for spelling in listed(cell)}


def _cuts(word: str) -> Iterable[tuple[str, ...]]:
    """A word written in one as one or two syllables."""
    yield (word,)
    yield from ((word[:place], word[place:]) for place in range(2, len(word) - 1))


def _joined(syllables: Iterable[str]) -> list[str]:
    parts = [_hangul(syllable) for syllable in syllables]
    return ["-".join(choice) for choice in product(*parts)] if all(parts) else []


@cache
def _hangul(syllable: str) -> tuple[str, ...]:
    found = _SYLLABLE.fullmatch(syllable)
    if found is None:
        return ()
    initial, vowel, final = found[1] or "", found[2], found[3] or ""
    return tuple(f"{_INITIALS[initial]}.{choice}.{_FINALS[final]}" for choice in _VOWELS[vowel].split())


_PINYIN = re.compile(r"zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]")
_WADE = (
    ("hs", ("x",)), ("tsh", ("ch",)), ("tz", ("z", "c")), ("ts", ("z", "c")), ("ss", ("s",)),
    ("ch", ("zh", "ch", "j", "q")),
    ("k", ("g", "k")), ("p", ("b", "p")), ("t", ("d", "t")), ("j", ("r", "j")),
)  # fmt: skip
_WADE_FINALS = {
    "ieh": "ie", "ien": "ian", "ih": "i", "ung": "ong", "iung": "iong", "eh": "e", "erh": "er", "ueh": "ue", "u": "u",
    "o": "uo", "ou": "ou", "uei": "ui", "ing": "ing", "iao": "iao", "iu": "iu",
}  # fmt: skip


def _chinese(word: str) -> Iterable[str]:
    """The pinyin forms of a given or family name: as pinyin, and read as Wade-Giles syllables."""
    joined = word.replace(" ", "")
    yield joined
    if " " not in word and len(word) > 6:
        return
    yield from ("".join(choice) for choice in product(*(_pinyin(part) for part in word.split())))


def _pinyin(syllable: str) -> tuple[str, ...]:
    for start, initials in _WADE:
        if syllable.startswith(start):
            final = syllable[len(start) :]
            finals = {final, _WADE_FINALS.get(final, final)}
            return tuple(sorted({syllable, *(initial + item for initial in initials for item in finals)}))
    for length in (4, 3, 2):
        final = syllable[-length:]
        if final in _WADE_FINALS and len(syllable) > length:
            return (syllable, syllable[:-length] + _WADE_FINALS[final])
    return (syllable, "yi" + syllable[1:]) if syllable.startswith("in") else (syllable,)


_KUNREI = (
    ("sya", "sha"), ("syu", "shu"), ("syo", "sho"), ("tya", "cha"), ("tyu", "chu"), ("tyo", "cho"), ("zya", "ja"),
    ("zyu", "ju"), ("zyo", "jo"), ("jya", "ja"), ("jyo", "jo"), ("jyu", "ju"),
)  # fmt: skip


def _japanese(word: str) -> Iterable[str]:
    word = word.replace(" ", "")
    for old, new in _KUNREI:
        word = word.replace(old, new)
    word = re.sub(r"(?<!s)(?<!t)si", "shi", word)
    word = re.sub(r"ti", "chi", word)
    word = re.sub(r"tu", "tsu", word)
    word = re.sub(r"(?<![cs])hu", "fu", word)
    word = re.sub(r"zi", "ji", word)
    word = re.sub(r"m(?=[bp])", "n", word)
    yield re.sub(r"o[ouh](?![aiueo])|o[ou]", "o", re.sub(r"uu", "u", word))


_SLAVIC = (
    (r"sch", "sh"), (r"shch", "sh"), (r"tsch|tch", "ch"), (r"dzh|dj", "j"), (r"zh|j(?=[eao])", "zh"),
    (r"kh|(?<![scz])h", "h"),
    (r"tz|ts(?!h)", "c"), (r"x|ks", "ks"), (r"ff$|w", "v"), (r"(?<=[aeou])y(?=$)", "i"), (r"iy|yy|ii|ij|yj|yi", "i"),
    (r"(?:ye|je|ie|yo|io|jo)(?=[a-z])", "e"), (r"ya|ja", "ia"), (r"yu|ju", "iu"), (r"y", "i"), (r"(.)\1", r"\1"),
    (r"^iu(?=ri|li)", "u"), (r"chov$", "chev"), (r"ou", "u"), (r"ei$|ai$|oi$", "i"), (r"ph", "f"), (r"ck", "k"),
)  # fmt: skip


def _russian(word: str) -> Iterable[str]:
    form = word.replace(" ", "")
    for old, new in _SLAVIC:
        form = re.sub(old, new, form)
    yield form
    if form.startswith("g"):
        yield "h" + form[1:]


_ARABIC = (
    (r"^(?:al|el|as|ash|an|ar|ad|at|az) ?(?=[a-z]{3})", ""), (r"abd(?:el|ul|al|ur|er|ol| al| el)? ?", "abd"),
    (r"(?:ei|ai|ay|ey|aye|aï)", "y"), (r"ou|oo|aw|au|ow", "u"), (r"ee|ie", "i"), (r"kh|gh|q|g|ck|c", "k"),
    (r"dh|th|dt", "d"),
    (r"ch", "sh"), (r"ph", "f"), (r"v", "w"), (r"(.)\1", r"\1"), (r"ah$|eh$", "a"), (r"y$|ie$", "i"),
    (r"j|dj", "j"),
    (r"o", "u"), (r"'", ""), (r"h$", ""), (r"aa", "a"), (r"h(?=[dmnzk])", "h"),
)  # fmt: skip


def _arabic(word: str) -> Iterable[str]:
    form = re.sub(r"\b(?:bin|ibn|ben) ", "", word)
    for old, new in _ARABIC:
        form = re.sub(old, new, form)
    form = form.replace(" ", "")
    places = [place for place, letter in enumerate(form) if letter == "e"][:4]
    for choice in product("ai", repeat=len(places)):
        letters = list(form)
        for place, letter in zip(places, choice, strict=True):
            letters[place] = letter
        yield "".join(letters)
