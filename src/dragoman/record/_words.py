"""What a report's words say, for comparing reports: content words, the things acted with or upon, and how many.

1. Words are cut to stems (plural, past and -ing endings), so that "fired a missile"
   and "missiles were fired" have words in common.
2. Function words, words of reporting and of the calendar are left out, and so are
   the names of who acts: that two reports name the same parties is known already.
3. Things are the content words of the clause that tells of the act, verbs of
   doing left out; words for one thing ("missile", "projectile") count as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

MANY = -1
_TOKEN = re.compile(r"[^\W\d_](?:[\w-]*\w)?")
_PROPER = re.compile(r"[^\W\d_a-zß-ÿ][\w’'-]*")
_NUMBER = re.compile(
    r"(?<![\w.,:-])(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})\b(?=\s+[^\W\d_])"
)
_ONE = re.compile(r"\b(?:an?|another)\b")
_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12,
}  # fmt: skip
_EMPTY = """
a about above across after again against ago all almost along already also although always am amid among an and another
any anyone are aren around as at away back be became because become been before began begin being below between both but
by called came can cannot come could day days did didn do does doing done don down due during each earlier early either
else end even ever every far few first five for former four from full further get give go going gone got great had has
have having he her here hers him himself his hour hours how however i if in including into is isn it its itself just
keep kept last late later latest least less let like likely long made main make making many may me member members might
minute minutes moment month months more most mr mrs ms much must my near nearly need never new next night no none nor
not nothing now number of off often old on once one only onto or other others our out over own part past people per
perhaps possible put quite rather really recent recently right s same saw say see seem seemed seen set several shall
she should show side since six so some still such t take taken taking ten than that the their them then there these
they thing things third this those though three through thus time times to today together told tomorrow tonight too
took toward towards two under until up upon us use used very was wasn way we week weeks well went were what when where
whether which while who whom whose why will with within without won would year years yesterday yet you your second
third fourth fifth morning evening afternoon monday tuesday wednesday thursday friday saturday sunday january february
march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
said says saying tell tells telling told report reports reported reporting reportedly according statement spokesman
spokeswoman spokesperson official officials announced announce added news agency agencies source sources reuters
president minister prime leader leaders government country countries state states nation nations national foreign
secretary chief capital north south east west northern southern eastern western mr local
"""
_DOING = """
launch fire test conduct carry stage hold make send order strike hit attack kill injure wound shoot drop go start
stop end begin call ask urge demand want condemn denounce criticise criticize accuse blame warn threaten meet visit talk
speak discuss arrive travel fly sign agree promise pledge offer propose plan impose pass adopt approve ban bar seize
detain arrest hold release cut close open reopen suspend halt support back welcome reject refuse deny dismiss deploy
station move withdraw pull help provide supply transfer deliver give return rescue destroy damage fight target able
prepare try seek force become show use
"""
_ONE_THING = {
    "missile": "projectile rocket icbm irbm",
    "drill": "exercise manoeuvre maneuver wargame",
    "bomb": "blast explosion bombing",
    "sanction": "embargo",
    "soldier": "troop",
    "jet": "plane aircraft warplane bomber aeroplane airplane",
    "ship": "vessel boat tanker freighter",
    "oil": "petroleum fuel crude",
    "talk": "negotiation dialogue discussion summit meeting",
    "phone": "telephone call",
    "territory": "land soil",
}


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its ending: "launched", "launches" and "launching" are "launch"."""
    word = word.casefold()
    for ending, least in (("ies", 5), ("ing", 6), ("ed", 5), ("es", 6), ("s", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith(("ss", "us", "is")):
            word = word[: -len(ending)] + ("y" if ending == "ies" else "")
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "has", "have", "had"})
EMPTY = frozenset(_EMPTY.split())
DOING = _stems(_DOING)
ONE_THING = {stem(other): stem(thing) for thing, others in _ONE_THING.items() for other in others.split()}


def tokens(text: str) -> list[str]:
    """Words of a text, small, possessive endings off."""
    plain = text.replace("’", "'").casefold()
    return [found for found in _TOKEN.findall(re.sub(r"'s\b|'", " ", plain)) if len(found) > 1]


def content(text: str, names: Iterable[str] = ()) -> frozenset[str]:
    """Stems of the words that say something, but the proper names in ``names``."""
    named = {stem(word) for name in names for word in tokens(" ".join(_PROPER.findall(name)))}
    return frozenset(stem(word) for word in tokens(text) if word not in EMPTY and len(word) > 2) - named


def things(clause: str, names: Iterable[str] = ()) -> frozenset[str]:
    """Stems of what an act is done with or upon; words for one thing as one.  The verb that opens a clause is none."""
    words = tokens(clause)
    if len(words) < 2 or not (words[1] in _BE or words[1].endswith("ed")):
        words = words[1:]
    kept = " ".join(word for word in words if not word.endswith("ed"))
    return frozenset(ONE_THING.get(word, word) for word in content(kept, names) - DOING)


def number(clause: str) -> int | None:
    """How many things the clause speaks of: a number, MANY, or None where it speaks of no thing."""
    small = clause.casefold()
    counted = _NUMBER.search(small)
    if counted:
        return _NUMBERS.get(counted[1]) or int(counted[1])
    if _ONE.search(small):
        return 1
    found = [word for word in tokens(small) if word not in EMPTY and stem(word) not in DOING]
    if not found:
        return None
    return MANY if any(word.endswith("s") and not word.endswith(("ss", "us", "is")) for word in found) else 1


def numbers_differ(one: int | None, other: int | None) -> bool:
    """Whether two clauses speak of different numbers of things."""
    if one is None or other is None or one == other:
        return False
    return not (MANY in (one, other) and max(one, other) > 1)
