"""Names as they stand in one paragraph, before anyone asks who they are.

Three passes over the text, no model: the trie of the world's names; runs of
capitalised words that the tagger holds for proper names, cut at known names and
stripped of titles; office titles.  What comes out are :class:`Raw` mentions
that do not overlap, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dragoman.read.identity import _lexicon as lexicon
from dragoman.read.parsed import text_of
from dragoman.read.world import Match, Name, World

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

RawKind = Literal["person", "surname", "state", "capital", "seat", "organisation", "place", "unknown"]

_SHORTENED = r"(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|St|Jr|Sr|Lt|Col|Gov|Prof|Maj|Capt|Adm|Sgt|Brig|Mt|Rev|Hon|Messrs)\."
_OWNERS = (
    r"(?:Workers|Teachers|Farmers|Miners|Peoples|Officers|Soldiers|Writers|Players|Drivers|Doctors|Nurses|Students)"
)
_WORD = rf"(?:{_SHORTENED}|(?:[A-Z]\.)+|{_OWNERS}['’](?= [A-Z])|[^\W\d_]\w*(?:['’](?!s\b)\w+)*(?:-\w+)*)"
_CAPITAL = rf"(?=[A-ZÀ-ÞŠŽČĆĐŁŚŻİ]){_WORD}"
_RUN = re.compile(
    rf"(?:(?:al|el|ul)-)?{_CAPITAL}"
    rf"(?:[ ](?:(?:{lexicon.PARTICLES})[ ]){{0,2}}(?:(?:al|el|ul|ad|as|ash|an|ar|bin|ol)-)?{_CAPITAL})*"
)
_GENITIVE = re.compile(r"((?:[A-Z][\w.]*[ ]){0,2}[A-Z][\w.]*)(?:['’]s?)[ ]$")
_HEAD_OF = re.compile(
    r"\b(?:head|chair(?:man|woman)?|chief|leader|director|spokes\w+|secretary|member) of\b[^,.;\"]*$", re.IGNORECASE
)
_WORDS_OF_RUN = re.compile(r"\S+")
_STRIPPED = frozenset({"DET", "ADP", "PRON", "CCONJ", "SCONJ", "ADV", "VERB", "AUX", "NUM", "INTJ", "PART", "PUNCT"})
_ALSO_FAMILIES = frozenset({"Bank", "Church", "Post", "House", "Force", "Fund"})
_PLACE_FIRST = frozenset({"Mount", "Lake", "Camp", "Port", "Fort", "Cape", "Gulf", "Isle", "River"})
_PARTICLES = frozenset({"al", "Al", "bin", "ibn", "bint", "van", "von", "de", "der", "el", "El", "da", "dos", "del"})
_LABEL = re.compile(r"[A-Z][A-Z .'’-]{2,60}:")
_HEADED = re.compile(r"\b(?:chief|boss|head|director|coordinator|commissioner|chairwoman|supremo|manager) $")
_CORPORATE = frozenset({"Holdings", "Holding", "Co", "Inc", "Corp", "Investment", "Group", "Bank", "Motors", "Air"})
_NUMBERED = re.compile(r" \d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A name found in a paragraph, at ``doc.text[start:end]``."""

    start: int
    end: int
    text: str
    kind: RawKind
    key: str | None = None
    country: str | None = None
    title: str | None = None
    honorific: str | None = None
    sex: str | None = None


@dataclass(frozen=True, slots=True)
class TitleSpan:
    """An office title at ``doc.text[start:end]``; ``country`` where the words say whose."""

    start: int
    end: int
    office: str


class Surface:
    """One paragraph's names and titles."""

    def __init__(self, doc: Doc, world: World) -> None:
        self.doc = doc
        self.text: str = text_of(doc)
        self.world = world
        self.tokens: dict[int, Token] = {token.idx: token for token in doc}
        self.titles = [TitleSpan(item.start, item.end, item.names[0].id) for item in world.titles(_lowered(self.text))]
        self._title_at_end = {item.end: item for item in self.titles}
        self._title_at = {item.start: item for item in self.titles}
        self.raws: tuple[Raw, ...] = tuple(self._find())
        self._named = frozenset(place for item in self.raws for place in range(item.start, item.end))

    def is_named(self, place: int) -> bool:
        """Whether a place of the paragraph is inside a name."""
        return place in self._named

    def token_at(self, place: int) -> Token | None:
        """The token that holds the code point at ``place``."""
        while place >= 0:
            if place in self.tokens:
                return self.tokens[place]
            place -= 1
        return None

    def add(self, names: Sequence[Raw]) -> None:
        """Further names, where no known name and no person's full name stands."""
        if names:
            kept = [raw for raw in self.raws if raw.kind not in {"surname", "unknown"}]
            taken = {place for raw in kept for place in range(raw.start, raw.end)}
            free = [raw for raw in names if taken.isdisjoint(range(raw.start, raw.end))]
            lost = {place for raw in free for place in range(raw.start, raw.end)}
            left = [raw for raw in self.raws if raw in kept or lost.isdisjoint(range(raw.start, raw.end))]
            self.raws = tuple(_without_overlaps([*left, *free]))
        self._named = frozenset(place for item in self.raws for place in range(item.start, item.end))

    def in_label(self, place: int) -> bool:
        """Whether a place is in the label of a turn, which stands in capitals: ``SECRETARY BLINKEN:``."""
        label = _LABEL.match(self.text)
        return label is not None and place < label.end()

    def acts_alone(self, raw: Raw) -> bool:
        """Whether a single name does what a person does: it is addressed, says or does something, or owns it."""
        token = self.token_at(raw.end - 1)
        if raw.honorific or raw.title:
            return True
        return token is not None and token.tag_ == "NNP" and token.dep_ in {"nsubj", "nsubjpass", "poss"}

    def as_person(self, raw: Raw) -> Raw:
        """A name as a person's, where it can be one: two to four words, none of them a body's, and no "the" before."""
        words = raw.text.split()
        first = self.text[max(raw.start - 4, 0) : raw.start].lower()
        if not 1 < len(words) < 5 or first == "the " or set(words) & (lexicon.words("neither") | _CORPORATE):
            return raw
        if not all(word[:1].isupper() or word in _PARTICLES for word in words) or raw.text.isupper():
            return raw
        token = self.tokens.get(raw.start)
        if words[0] not in lexicon.given_names() and (token is None or token.i == token.sent.start):
            return raw
        return self._person(raw.start, raw.end, raw.text)

    def _find(self) -> Iterator[Raw]:
        matches = self._true_matches()
        taken = 0
        found: list[Raw] = []
        for run in _RUN.finditer(self.text):
            while taken < len(matches) and matches[taken].start < run.start():
                found.append(self._of_match(matches[taken]))
                taken += 1
            inside = []
            while taken < len(matches) and matches[taken].start < run.end():
                inside.append(matches[taken])
                taken += 1
            found.extend(self._of_run(run.start(), run.end(), inside))
        found.extend(self._of_match(item) for item in matches[taken:])
        return iter(_without_overlaps(found))

    def _true_matches(self) -> list[Match]:
        """The trie's matches but those that are words of the language or parts of unknown names."""
        found = []
        for item in self.world.match(self.text):
            words = self.text[item.start : item.end]
            if words == "US" or not self._is_common(item, words):
                found.append(item)
        return found

    def _is_common(self, item: Match, words: str) -> bool:
        token = self.tokens.get(item.start)
        if token is None:
            return False
        if words in {"Split", "Nice", "Bor", "Hue", "Pale", "Tyre", "Who", "CARE", "Quad", "Nis", "Bari", "Rio"}:
            return not (token.pos_ == "PROPN" and token.i > token.sent.start)
        return words.islower() and words not in {"demilitarized zone", "demilitarised zone"} and "al-" not in words

    def _of_match(self, item: Match) -> Raw:
        name = _preferred(item)
        kind: RawKind = {
            "name": "state",
            "adjective": "state",
            "people": "state",
            "capital": "capital",
            "seat": "seat",
            "organisation": "organisation",
            "person": "person",
            "place": "place",
            "office": "unknown",
        }[name.way]  # type: ignore[assignment]
        title = self._title_before(item.start)
        return Raw(
            start=item.start, end=item.end, text=self.text[item.start : item.end], kind=kind, key=name.id,
            country=name.country, title=title if kind == "person" else None,
            sex=self.world.people[name.id].sex if kind == "person" else None,
        )  # fmt: skip

    def _of_run(self, start: int, end: int, inside: Sequence[Match]) -> Iterator[Raw]:
        if self.text.startswith("The ", start) and not any(item.start == start for item in inside):
            start += len("The ")
        if joined := self._name_over_match(start, end, inside):
            yield joined
            return
        if inside and (organisation := self._organisation_over(start, end, inside)):
            yield organisation
            return
        place = start
        for item in inside:
            yield from self._piece(place, item.start, None)
            yield self._of_match(item)
            place = item.end
        yield from self._piece(place, end, self._of_match(inside[-1]) if inside else None)

    def _name_over_match(self, start: int, end: int, inside: Sequence[Match]) -> Raw | None:
        """``Michael Jordan``, ``George Washington``: a given name before a place makes a person's name."""
        if (
            len(inside) != 1
            or inside[0].end != end
            or inside[0].names[0].way in {"person", "organisation", "adjective"}
        ):
            return None
        start, title, honorific = self._without_titles(start, inside[0].start)
        before = self.text[start : inside[0].start].split()
        if (
            not before
            or " " in self.text[inside[0].start : end]
            or not all(word in lexicon.given_names() or re.fullmatch(r"[A-Z]\.", word) for word in before)
        ):
            return None
        return self._person(start, end, self.text[start:end], title, honorific)

    def _organisation_over(self, start: int, end: int, inside: Sequence[Match]) -> Raw | None:
        """``Bank of Korea``-like names that hold a state's name: ``South Korean Defense Ministry``."""
        last = self.text[start:end].rsplit(" ", 1)[-1]
        if last not in lexicon.words("organisation") or inside[-1].end == end:
            return None
        head = inside[-1] if inside[-1].names[0].way in {"adjective", "name", "people"} else None
        first = head.end if head and inside[0] is head and head.start == start else start
        words = self.text[first:end].strip()
        first = end - len(words)
        if " " not in words and first != start:
            return None
        country = head.names[0].country if head else inside[-1].names[0].country
        return Raw(start=first, end=end, text=words, kind="organisation", country=country) if first == start else None

    def _piece(self, start: int, end: int, before: Raw | None) -> Iterator[Raw]:
        """What is left of a run between known names: cut at the calendar, titles off, then judged."""
        words = [(start + found.start(), start + found.end()) for found in _WORDS_OF_RUN.finditer(self.text[start:end])]
        words = _trimmed(self, words)
        for group in _cut(self, words):
            yield from self._judge(group[0][0], group[-1][1], before)

    def _judge(self, start: int, end: int, before: Raw | None) -> Iterator[Raw]:
        start, title, honorific = self._without_titles(start, end)
        text = self.text[start:end].strip(" .,-'’") if start < end else ""
        if not text:
            return
        end = start + len(text)
        title = title or self._title_before(start)
        words = text.split()
        if len(words) > 1 and not title and _NUMBERED.match(self.text, end):
            yield Raw(start=start, end=end, text=text, kind="unknown")
        elif (cut := self._behind_title(start, words)) is not None:
            yield from self._judge(start, cut[0], before)
            yield self._person(cut[1], end, self.text[cut[1] : end], cut[2])
        elif len(words) > 1 and words[0] in lexicon.given_names() and len(words) <= 3 and not self._is_firm(words[-1]):
            yield self._person(start, end, text, title, honorific)
        elif set(words) & lexicon.words("organisation") and not (title and len(words) < 3) and not honorific:
            yield from self._body(start, end, before)
        elif len(words) > 1 and (words[-1] in lexicon.words("place") or words[0] in _PLACE_FIRST):
            yield Raw(start=start, end=end, text=text, kind="place")
        elif set(words) & lexicon.words("neither"):
            return
        elif self._is_person(start, words, title or honorific):
            yield self._person(start, end, text, title, honorific)
        elif len(words) == 1:
            yield Raw(start=start, end=end, text=text, kind="surname")
        else:
            yield Raw(start=start, end=end, text=text, kind="unknown")

    def _behind_title(self, start: int, words: list[str]) -> tuple[int, int, str | None] | None:
        """Where a body's name ends and that of its head begins: "Committee Chairman X Y", "Trade Affairs X Y"."""
        places = [start + len(" ".join(words[:number])) + (number > 0) for number in range(len(words) + 1)]
        for number in range(len(words) - 2, 0, -1):
            rest = words[number:]
            if len(rest) > 4 or set(rest) & lexicon.words("organisation") or rest[0] in lexicon.words("portfolio"):
                continue
            title = self._title_at_end.get(places[number] - 1)
            head = words[number - 1] in lexicon.words("portfolio") or words[number - 1].lower() in lexicon.words("head")
            if title is not None and title.start >= start:
                return title.start - (title.start > start), places[number], title.office
            if head and (rest[0] in lexicon.given_names() or looks_east_asian(rest)):
                known = words[number - 1].lower() in lexicon.words("head")
                return places[number - 1] - (number > 1) if known else places[number] - 1, places[number], None
        return None

    def _body(self, start: int, end: int, before: Raw | None) -> Iterator[Raw]:
        """A body, and the name of its head where that stands right after it."""
        words, country = self.text[start:end].split(), self._owner(start, before)
        tail = self._named_after_body(start, words)
        if tail is not None:
            yield from self._judge(start, tail - 1, before)
            yield self._person(tail, end, self.text[tail:end])
        elif len(words) > 1 or country:
            yield Raw(start=start, end=end, text=self.text[start:end], kind="organisation", country=country)
        elif words[0] in self.world.families:
            yield Raw(start=start, end=end, text=words[0], kind="surname")

    def _named_after_body(self, start: int, words: list[str]) -> int | None:
        """Where the name of a body's head starts: "chairman of the Duma's Foreign Affairs Committee Leonid Slutsky"."""
        last = max((place for place, word in enumerate(words) if self._is_firm(word)), default=len(words))
        tail = words[last + 1 :]
        if not 2 <= len(tail) <= 3 or not _HEAD_OF.search(self.text[max(start - 120, 0) : start]):
            return None
        return start + len(" ".join(words[: last + 1])) + 1

    def _is_firm(self, word: str) -> bool:
        return word in lexicon.words("organisation") and word not in _ALSO_FAMILIES

    def _owner(self, start: int, before: Raw | None) -> str | None:
        """The country whose adjective or genitive stands right before ``start``."""
        if before is not None and before.kind in {"state", "capital"}:
            return before.country
        match = _GENITIVE.search(self.text, 0, start)
        words = match[1].split() if match else []
        for place in range(len(words)):
            names = self.world.lookup(" ".join(words[place:]))
            if names and names[0].way in {"name", "adjective", "capital"}:
                return names[0].country
        return None

    def _person(self, start: int, end: int, text: str, title: str | None = None, honorific: str | None = None) -> Raw:
        if text.isupper() and len(text) > 3 and (title or honorific):
            text = text.title()
        sex = lexicon.HONORIFICS.get((honorific or "").lower()) or lexicon.given_names().get(text.split(maxsplit=1)[0])
        kind: RawKind = "person" if " " in text else "surname"
        return Raw(
            start=start, end=end, text=text, kind=kind, title=title, honorific=honorific,
            sex=sex if sex != "u" else None,
        )  # fmt: skip

    def _is_person(self, start: int, words: list[str], titled: str | None) -> bool:
        end = start + len(" ".join(words))
        if (
            words[-1][-1].isdigit()
            or _NUMBERED.match(self.text, end)
            or any(end == place for place in self._title_at_end)
        ):
            return False
        if titled or _HEADED.search(self.text[max(start - 20, 0) : start]):
            return len(words) <= (6 if set(words) & _PARTICLES else 4)
        if len(words) == 1:
            return False
        if words[0] in lexicon.given_names():
            return len(words) <= 4
        if looks_east_asian(words):
            return True
        token = self.tokens.get(start)
        if token is None or len(words) > 4 or self.text[max(start - 4, 0) : start].lower().endswith("the "):
            return False
        if self._is_beside_title(start, end):
            return True
        return _is_personal_subject(self.token_at(start + sum(len(word) + 1 for word in words) - 2) or token)

    def _is_beside_title(self, start: int, end: int) -> bool:
        """Whether a name stands between commas behind a title: ``Elbonia's foreign minister, X Y,``."""
        before, after = self.text[max(start - 2, 0) : start], self.text[end : end + 1]
        titled = start - 2 in self._title_at_end or _HEADED.search(f"{self.text[max(start - 22, 0) : start - 2]} ")
        return before == ", " and after in {",", ".", ";", ""} and bool(titled)

    def _without_titles(self, start: int, end: int) -> tuple[int, str | None, str | None]:
        """Past every title and honorific at ``start``; the last title and honorific seen."""
        title = honorific = None
        while start < end:
            if (found := self._title_at.get(start)) and found.end <= end:
                start, title = found.end, found.office
            elif (word := self.text[start:end].split(" ", 1)[0]).lower() in lexicon.HONORIFICS:
                start, honorific = start + len(word), word
            else:
                break
            start += len(self.text[start:end]) - len(self.text[start:end].lstrip(" ."))
        return start, title, honorific

    def _title_before(self, start: int) -> str | None:
        """The title that ends right before ``start``, as in ``leader Kim Jong Un``."""
        place = len(self.text[:start].rstrip(" "))
        found = self._title_at_end.get(place)
        return found.office if found and place < start else None


def _preferred(item: Match) -> Name:
    order = ("person", "name", "adjective", "people", "capital", "seat", "place", "organisation", "office")
    return min(item.names, key=lambda name: order.index(name.way))


def _lowered(text: str) -> str:
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(m.lower() if len(m.lower()) == 1 else m for m in text)


def _without_overlaps(found: list[Raw]) -> list[Raw]:
    kept: list[Raw] = []
    for raw in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or raw.start >= kept[-1].end:
            kept.append(raw)
    return kept


def _trimmed(surface: Surface, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without leading words that are no names: ``When``, ``The``, ``On``."""
    while words:
        token = surface.tokens.get(words[0][0])
        text = surface.text[words[0][0] : words[0][1]]
        known = text in lexicon.given_names() or text.lower() in lexicon.HONORIFICS
        if token is None or known or token.pos_ not in _STRIPPED:
            break
        words = words[1:]
    return words


def _cut(surface: Surface, words: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    group: list[tuple[int, int]] = []
    for start, end in words:
        text = surface.text[start:end].strip(".,")
        if text in lexicon.words("calendar") or (text.isupper() and len(text) > 6 and not surface.in_label(start)):
            if group:
                yield group
            group = []
        else:
            group.append((start, end))
    if group:
        yield group


def looks_east_asian(words: list[str]) -> bool:
    tables = lexicon.family_first()
    given = "".join(words[1:]).replace("-", "")
    if words[0] in tables["ko"] and len(words) <= 3:
        return ("-" in words[-1] or len(words) == 3) and len(given) <= 12
    return (words[0] in tables["zh"] and len(words) == 2 and len(given) <= 9) or (
        words[0] in tables["vi"] and 2 <= len(words) <= 4
    )


def _is_personal_subject(token: Token) -> bool:
    """Whether the name's head is the subject of a verb of speech, or has an apposition after it."""
    head = token
    while head.dep_ in {"compound", "flat"} and head.head != head:
        head = head.head
    if head.dep_ in {"nsubj", "nsubjpass"} and head.head.lemma_.lower() in lexicon.words("speech"):
        return True
    return any(child.dep_ == "appos" and child.pos_ == "NOUN" for child in head.children)
