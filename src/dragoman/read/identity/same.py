"""Whether two names in their contexts are one person.

String similarity alone never merges.  In order, the first that applies decides:

1. Two spellings that the world's tables know for one person are that person, where
   the contexts are his, or agree with each other in state and office.
   Contradictions make two people: generation (Jr., Sr.), sex, middle initials,
   states, family names or given names that no romanisation and no nickname joins.
2. Two names that the world's tables know are whom the tables say, unless the
   context speaks against it.
3. One written form (hyphens, case, diacritics and middle names apart) is one person
   if the context agrees: one state, or one office, or a name that the tables know
   as one man's; where the roles are of different walks of life, it is unsure, and so
   it is where only one has a private role, where neither has a role and a generation
   lies between them, and where a name goes on or begins otherwise ("Reza Pahlavi",
   "Mohammad Reza Pahlavi") without one office: father and son bear such names.
4. Forms that only romanisation or a nickname joins need one state and roles that agree.
5. A family name alone is one person with a full name only through an office that one
   person holds at a time.
6. Everything else is unsure, and waits for a person to decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from dragoman.read.identity._lexicon import family_first, given_names, words
from dragoman.read.identity.romanise import Script, may_be_one, script_of
from dragoman.read.world import Person, plain_letters, world

Answer = Literal["same", "different", "unsure"]

_SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_HONORIFIC = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|sir|dame|lord|lady|comrade|prof|hon|samdech|daw|datuk|ayatollah|hojatoleslam)\.? +",
    re.IGNORECASE,
)
_MALE, _FEMALE = (
    re.compile(r"^(?:mr|sir|lord|king)\b", re.IGNORECASE),
    re.compile(r"^(?:mrs|ms|miss|dame|lady|queen)\b", re.IGNORECASE),
)
_AS_TWO = str.maketrans(
    {"ö": "oe", "ü": "ue", "ä": "ae", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae", "ı": "i", "ł": "l"}
)
GENERATION = 18
_PRIVATE = frozenset({"expert", "journalist", "citizen", "activist", "business", "cleric", "judge", "police chief"})
_FEW_NAMES: frozenset[Script] = frozenset({"ko", "zh"})


@dataclass(frozen=True, kw_only=True)
class NameInContext:
    """A name as an article gives it: state, office (an id of ``offices.psv`` or free words), sex, day."""

    name: str
    country: str | None = None
    office: str | None = None
    sex: str | None = None
    when: date | None = None


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The answer and the rule that gave it, in words."""

    answer: Answer
    because: str


@dataclass(frozen=True, kw_only=True)
class NameParts:
    """A name taken apart; ``given`` is empty for a family name alone."""

    family: str
    given: tuple[str, ...]
    initials: tuple[str, ...]
    suffix: str | None
    sex: str | None


def same_person(a: NameInContext, b: NameInContext) -> Answer:
    """Whether two names are one person: ``same``, ``different``, or ``unsure`` where a person should look."""
    return judge_person(a, b).answer


def judge_person(a: NameInContext, b: NameInContext) -> Judgement:
    """:func:`same_person` with its reason."""
    for known in (_by_known_spelling, _by_contradiction, _by_world, _by_form, _by_office):
        if found := known(a, b):
            return found
    return Judgement(answer="unsure", because="the names may be one, and nothing else decides")


def parts_of(name: str, country: str | None = None) -> NameParts:
    """Take a name apart: honorifics and titles off, family and given names, initials, generation."""
    bare = _bare(name)
    raw = [word.strip(",") for word in bare.split()]
    suffix = next(
        (_SUFFIXES[word.lower().strip(".")] for word in raw[1:] if word.lower().strip(".") in _SUFFIXES), None
    )
    raw = [word for place, word in enumerate(raw) if not (place and word.lower().strip(".") in _SUFFIXES)]
    initials = tuple(
        letter.lower() for word in raw if re.fullmatch(r"(?:[A-Z]\.?)+", word) and len(raw) > 1 and len(word) < 6
        for letter in word.replace(".", "")
    )  # fmt: skip
    full = [word for word in raw if not (re.fullmatch(r"(?:[A-Z]\.)+|[A-Z]", word) and len(raw) > 1)] or raw
    family, given = _split(full, country)
    sex = "m" if _MALE.match(name) else "f" if _FEMALE.match(name) else None
    return NameParts(family=family, given=given, initials=initials, suffix=suffix, sex=sex)


def _split(full: list[str], country: str | None) -> tuple[str, tuple[str, ...]]:
    """Family name and given names, by the order of the country or the look of the name."""
    if len(full) <= 1:
        return (full[0] if full else "", ())
    person = _known_as(" ".join(full))
    if person is not None and person.family in {full[0], full[-1]}:
        return person.family, tuple(full[1:] if full[0] == person.family else full[:-1])
    if _family_first(full, person.country if person else country):
        return full[0], tuple(full[1:])
    start = len(full) - 1
    while (
        country != "VNM"
        and start > 1
        and full[start - 1].lower() in {"al", "el", "bin", "van", "von", "de", "da", "dos", "ben", "der"}
    ):
        start -= 1
    return " ".join(full[start:]), tuple(full[:start])


def _family_first(full: list[str], country: str | None) -> bool:
    tables = family_first()
    script = script_of(country)
    if script in {"ko", "zh"}:
        return full[0] in tables[script] or full[-1] not in tables[script]
    if country is not None and country not in {"VNM", "KHM"}:
        return False
    if full[0] in given_names():
        return False
    hyphened = "-" in full[-1] and "-" not in full[0]
    return (full[0] in tables["ko"] and (hyphened or len(full) == 3)) or (full[0] in tables["zh"] and len(full) == 2)


@cache
def _known_as(name: str) -> Person | None:
    """The one person of public life whom a full name means, if only one bears it."""
    ids = {item.id for item in world().lookup(name) if item.way == "person"}
    return world().people[next(iter(ids))] if len(ids) == 1 else None


def _by_known_spelling(a: NameInContext, b: NameInContext) -> Judgement | None:
    one, two = known_person(a.name), known_person(b.name)
    if one is None or two is None or one.id != two.id:
        return None
    agree = a.office is not None and a.office == b.office and a.country == b.country
    if agree or (_fits(one, a) and _fits(one, b)):
        return Judgement(answer="same", because=f"both spellings are known for {one.name}")
    return None


def _by_contradiction(a: NameInContext, b: NameInContext) -> Judgement | None:
    first, second = parts_of(a.name, a.country or b.country), parts_of(b.name, b.country or a.country)
    sexes = {_sex(a, first), _sex(b, second)} - {None}
    if len(sexes) == 2:
        return Judgement(answer="different", because="a man and a woman")
    if _states_differ(a, b):
        return Judgement(answer="different", because=f"of two states, {a.country} and {b.country}")
    script = _script(a, b)
    if not _families_meet(first, second, script):
        return Judgement(answer="different", because=f"family names {first.family} and {second.family}")
    if first.given and second.given:
        if first.suffix != second.suffix and (first.suffix in {"sr", "jr"}) and (second.suffix in {"sr", "jr"}):
            return Judgement(answer="different", because="of two generations")
        if _initials_clash(first, second):
            return Judgement(answer="different", because="middle initials differ")
        if not _givens_meet(first, second, script):
            return Judgement(answer="different", because="given names differ")
    return None


def _sex(item: NameInContext, parts: NameParts) -> str | None:
    sex = item.sex or parts.sex
    if sex is None and parts.given and script_of(item.country) not in {"ko", "zh", "ja"}:
        sex = given_names().get(parts.given[0])
    known = _known_as(_bare(item.name))
    return (known.sex if known and sex is None else sex) if sex != "u" else None


@cache
def _bare(name: str) -> str:
    """``name`` without honorifics and office titles before it."""
    rest = name.replace("’", "'").strip()
    while True:
        cut = _HONORIFIC.sub("", rest)
        titles = world().titles(cut)
        if titles and titles[0].start == 0 and cut[titles[0].end : titles[0].end + 1] in {" ", "."}:
            cut = cut[titles[0].end :].lstrip(" .")
        if cut in {rest, ""}:
            return rest
        rest = cut


def _states_differ(a: NameInContext, b: NameInContext) -> bool:
    states = world().states
    if a.country is None or b.country is None or a.country == b.country:
        return False
    return a.country in states and b.country in states and world().today(a.country) != world().today(b.country)


def _script(a: NameInContext, b: NameInContext) -> Script:
    for item in (a, b):
        if (script := script_of(item.country)) != "latin":
            return script
        known = _known_as(_bare(item.name))
        if known is not None and (script := script_of(known.country)) != "latin":
            return script
    first = _bare(a.name).split()
    return "ko" if first and first[0] in family_first()["ko"] and "-" in a.name + b.name else "latin"


def _families_meet(first: NameParts, second: NameParts, script: Script) -> bool:
    if _same_form(first.family, second.family) or may_be_one(first.family, second.family, script, family=True):
        return True
    if not first.given or not second.given:
        alone, full = (first, second) if not first.given else (second, first)
        return any(_same_form(alone.family, word) for word in full.given) and script in {"ja", "ar"}
    turned = {first.family.lower(), *(word.lower() for word in first.given)} == {
        second.family.lower(), *(word.lower() for word in second.given)
    }  # fmt: skip
    return (turned and script in {"ko", "zh", "ja"}) or _turned_variant(first, second, script) or goes_on(first, second)


def goes_on(first: NameParts, second: NameParts) -> bool:
    """Whether one name of two words or more is how the other begins: ``Bilawal Bhutto``, ``Bilawal Bhutto Zardari``."""
    one, two = (" ".join((*parts.given, parts.family)).split() for parts in (first, second))
    short, long = sorted((one, two), key=len)
    return 2 <= len(short) < len(long) and all(
        _same_form(word, other) for word, other in zip(short, long, strict=False)
    )


def _turned_variant(first: NameParts, second: NameParts, script: Script) -> bool:
    """Family and given name in another order and another spelling: ``Abe Shinzo``, ``Shinzo Abe``."""
    return (
        script in {"ja", "ko", "zh"}
        and may_be_one(first.family, " ".join(second.given), script)
        and may_be_one(" ".join(first.given), second.family, script)
    )


def _same_form(first: str, second: str) -> bool:
    return bool(_written(first) & _written(second))


@cache
def _written(name: str) -> frozenset[str]:
    """The letters of a name, umlauts and slashed letters as one letter and as two."""
    low = name.lower().removeprefix("al-").removeprefix("el-")
    return frozenset(re.sub(r"[^a-z]", "", plain_letters(form)) for form in (low, low.translate(_AS_TWO)))


def _initials_clash(first: NameParts, second: NameParts) -> bool:
    if len(first.given) and len(second.given) and _same_form(first.given[0], second.given[0]):
        one = first.initials or tuple(word[0].lower() for word in first.given[1:])
        two = second.initials or tuple(word[0].lower() for word in second.given[1:])
        return (bool(one and two) and one[: len(two)] != two[: len(one)]) or bool(one and two and len(one) != len(two))
    return False


def _givens_meet(first: NameParts, second: NameParts, script: Script) -> bool:
    one, two = " ".join(first.given), " ".join(second.given)
    if _same_form(one, two) or may_be_one(one, two, script):
        return True
    if script in _FEW_NAMES:
        return may_be_one(one, second.family, script) and may_be_one(first.family, two, script)
    head, other = first.given[0], second.given[0]
    if any(len(word) > 3 and _same_form(word, item) for word in first.given for item in second.given):
        return True
    return (
        _same_form(head, other)
        or may_be_one(head, other, script)
        or nicknames(head, other)
        or (script == "ja" and may_be_one(one, second.family, script))
    )


@cache
def _groups() -> dict[str, frozenset[int]]:
    text = files("dragoman.read.world").joinpath("nicknames.psv").read_text(encoding="utf-8")
    found: dict[str, set[int]] = {}
    for number, line in enumerate(text.splitlines()):
        if line and not line.startswith("#"):
            for name in line.split(","):
                found.setdefault(name.strip().lower(), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def nicknames(first: str, second: str) -> bool:
    """Whether two given names stand for each other: ``Bill`` and ``William``."""
    groups = _groups()
    return bool(groups.get(first.lower(), frozenset()) & groups.get(second.lower(), frozenset()))


def _by_world(a: NameInContext, b: NameInContext) -> Judgement | None:
    one, two = known_person(a.name), known_person(b.name)
    if one is None or two is None:
        return None
    if one.id != two.id:
        return Judgement(answer="different", because=f"known as {one.name} and {two.name}")
    return Judgement(answer="unsure", because=f"the name of {one.name}, in a context that is not his")


def known_person(name: str) -> Person | None:
    """Whom the tables know under a full name, or under a byname like Jokowi; a family name alone is nobody's."""
    bare = _bare(name)
    return None if " " not in bare and plain_letters(bare) in world().families else _known_as(bare)


def _fits(person: Person, item: NameInContext) -> bool:
    states = world().states
    if item.country in states and person.country in states and item.country != person.country:
        return False
    if item.office is None:
        return True
    if item.office in _PRIVATE:
        return not person.terms
    mine = {term.office for term in person.terms}
    return (
        not mine
        or item.office in mine
        or bool(mine & _PUBLIC and _walk(item.office) == "public")
        or (_walk(item.office) in {_walk(office) for office in mine})
    )


_PUBLIC = frozenset(
    {"president", "prime minister", "foreign minister", "supreme leader", "leader", "vice president", "chancellor",
     "parliament head", "defence minister", "monarch"}
)  # fmt: skip


def _walk(office: str) -> str:
    """The walk of life an office belongs to: public, military, or a private one."""
    if office in _PRIVATE:
        return office
    known = world().offices.get(office)
    if known is None:
        return office
    return "military" if known.office == "military" else "public" if known.office != "other" else known.sector


def _by_form(a: NameInContext, b: NameInContext) -> Judgement | None:
    first, second = parts_of(a.name, a.country or b.country), parts_of(b.name, b.country or a.country)
    if not first.given or not second.given:
        return None
    script = _script(a, b)
    written = _one_written(first, second, script)
    together = a.country is not None and a.country == b.country
    if not _roles_agree(a, b):
        return Judgement(answer="unsure", because="one name in two walks of life")
    if first.suffix != second.suffix and not _one_holder(a, b):
        return Judgement(answer="unsure", because="one name, with and without a generation")
    one_office = a.office is not None and a.office == b.office
    if doubt := _doubt(a, b, first, second):
        return Judgement(answer="unsure", because=doubt)
    if written and (together or one_office) and not _many_bear(a, b):
        return Judgement(answer="same", because="one name, and one state or office")
    if written and not _many_bear(a, b) and script not in _FEW_NAMES and not _plain_context(a, b):
        return Judgement(answer="same", because="one full name, and nothing against it")
    if not written and together and (one_office or script != "latin" or _nicknamed(first, second)):
        if script in _FEW_NAMES and not one_office and not (a.office is None and b.office is None):
            return Judgement(answer="unsure", because="spellings that may be one name, of one state, not of one office")
        return Judgement(answer="same", because="two spellings of one name, and one state")
    return None


def _doubt(a: NameInContext, b: NameInContext, first: NameParts, second: NameParts) -> str | None:
    """Why one written form may still be two people: a private namesake, a generation between, father and son."""
    if a.office is not None and a.office == b.office:
        return None
    if (a.office in _PRIVATE) != (b.office in _PRIVATE):
        return "one name, of which one is a private person's"
    if goes_on(first, second) or _begins_otherwise(first, second):
        return "names of which one is a part of the other, and not one office"
    if a.office is None and b.office is None and a.when and b.when and abs(a.when.year - b.when.year) > GENERATION:
        return "one name, no office, and a generation between"
    return None


def _begins_otherwise(first: NameParts, second: NameParts) -> bool:
    """Whether only the last given name is the same: ``Reza Pahlavi``, ``Mohammad Reza Pahlavi``."""
    return (
        len(first.given) != len(second.given)
        and not _same_form(first.given[0], second.given[0])
        and not (nicknames(first.given[0], second.given[0]))
    )


def _plain_context(a: NameInContext, b: NameInContext) -> bool:
    """Whether nothing at all is known of either, or the name is so common that it proves nothing."""
    family = parts_of(a.name).family
    return family in words("common") or (
        a.country is None
        and b.country is None
        and a.office is None
        and b.office is None
        and _known_as(_bare(a.name)) is None
    )


def _nicknamed(first: NameParts, second: NameParts) -> bool:
    return nicknames(first.given[0], second.given[0]) and _same_form(first.family, second.family)


def _one_written(first: NameParts, second: NameParts, script: Script) -> bool:
    one, two = " ".join(first.given), " ".join(second.given)
    if not _same_form(first.family, second.family):
        return goes_on(first, second) or (
            script in {"ko", "ja", "zh"} and {first.family, *first.given} == {second.family, *second.given}
        )
    if _same_form(one, two):
        return True
    if script in _FEW_NAMES or _is_initial(first, second):
        return False
    return _same_form(first.given[0], second.given[0]) or _same_form(first.given[-1], second.given[-1])


def _is_initial(first: NameParts, second: NameParts) -> bool:
    return min(len(first.given[0]), len(second.given[0])) <= 2


def _many_bear(a: NameInContext, b: NameInContext) -> bool:
    """Whether the tables know several people whom the shorter of the names would fit: ``George Bush``."""
    for item in (a, b):
        parts = parts_of(item.name, item.country)
        fitting = [
            person for person in world().families.get(parts.family, ())
            if parts.given and any(_same_form(parts.given[0], word) for word in parts_of(person.name).given[:1])
            and not parts.initials and parts.suffix is None
        ]  # fmt: skip
        if len(fitting) > 1 and not (a.office is not None and a.office == b.office and a.when == b.when):
            return True
    return False


def _roles_agree(a: NameInContext, b: NameInContext) -> bool:
    if a.office is None or b.office is None or a.office == b.office:
        return True
    one, two = _walk(a.office), _walk(b.office)
    return one == two == "public"


def _one_holder(a: NameInContext, b: NameInContext) -> bool:
    """Whether the tables have one holder of the office of both on the days of both."""
    found = _by_office(a, b)
    return found is not None and found.answer == "same"


def _by_office(a: NameInContext, b: NameInContext) -> Judgement | None:
    """A family name alone, by an office that one person holds at a time."""
    if a.office is None or a.office != b.office or a.country is None or a.country != b.country:
        return None
    if a.office not in words("single"):
        return None
    if a.when is not None and b.when is not None:
        holders = {
            person.id if (person := world().office_holder(item.country or "", item.office or "", item.when)) else None
            for item in (a, b) if item.when is not None
        }  # fmt: skip
        if len(holders) == 2:
            return Judgement(answer="different", because=f"two holders of the office of {a.office}")
        if holders != {None}:
            return Judgement(answer="same", because=f"one holder of the office of {a.office}")
        return Judgement(answer="unsure", because="one office, on days whose holder the tables do not know")
    return Judgement(answer="unsure", because="one office, on unknown days")
