"""For whom each person acts, by the words around his or her name, wherever they stand in the article.

1. Words are read before a name ("Zambian President X", "UAW president X"), beside it ("X, chief executive of Y,",
   "Y's negotiator, X,"), in brackets ("X (Zambia)"), behind it ("X of the Union") and after "is".
2. A description counts where a title stands in it; whose title it is says the name right before it, else the one
   behind "of", "for", "at", "with", "from".  A name behind "to" is whom somebody is sent to, and one behind "in" where.
3. A state, its ministries and forces are the state; an organ of an international body is the body; a company, union,
   party, group or body is itself.  Who holds an office of state acts for the state and not for his political party.
4. "An aide to X", "X's negotiator": whose side X is on.
5. A title of state without a name ("Foreign Minister X") is of the state that only such an office has (a senator and a
   secretary of state are American), else of the one state that the words before in the sentence name, else of the
   state that the article is about.
6. Journalists, experts, witnesses and those who are no longer in office act for nobody; a nationality is no side.
7. What the words do not say, the world's tables may: an office held on the day of publication, or the state for which
   somebody was ever in office.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.read._dateline import told_from
from dragoman.read.reference._parties import Parties, state_of
from dragoman.read.reference._words import words
from dragoman.read.world import holds

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Party
    from dragoman.read.identity._cluster import Cluster, Gathering
    from dragoman.read.identity._surface import Raw, Surface

_WALKED = frozenset({"PROPN", "NOUN", "ADJ", "DET", "PART", "NUM", "X"})
_WALKED_WORDS = frozenset({"of", "for", "at", "to", "in", "on", "-", "&", "/", "from", "’s", "'s", "with"})
_FIRST_BEHIND = re.compile(r",[ ](?P<words>[^,;:.()“”\"—–]{2,120}(?:\.[ ]?[A-Z][^,;:()“”\"—–]{0,60})?)")
_BRACKETS = re.compile(r"[ ]\((?P<words>[^()]{2,60})\)")
_OF = re.compile(r"[ ](?:of|from|for)[ ](?:the[ ])?$")
_IS = re.compile(r"[ ](?:is|was|became|serves as|has been)[ ](?P<words>(?:the|an?|[A-Z])[^,;:.()“”\"]{2,90})")
_NO_DESCRIPTION = re.compile(
    r"(?:who|which|said|says|and|but|with|in|on|at|as|where|when|while|after|before|told|he|she|it|they|is|was)\b"
)
_WHO_IS = re.compile(r"who (?:is|leads|led|heads|headed|chairs|chaired|represents|represented|runs|serves as) ")
_BEFORE_TITLE = re.compile(r"(?:['’]s?)?(?: (?!(?:and|or|to|in|by|said|with|on|that)\b)[\w'’.-]+){0,5} ?$")
_BEHIND_TITLE = re.compile(
    r" (?:[\w'’-]+ ){0,2}?(?:of|for|at|with|from)(?: (?!(?:to|in|by|and|said|that)\b)[\w'’.&-]+){0,7} $"
)
_BEHIND_ADVISER = re.compile(_BEHIND_TITLE.pattern.replace("(?:of|", "(?:to|of|", 1))
_OF_A_BODY = re.compile(
    r" (?:for|of|at|with) (?:the|an?|his|her|its)\b[^,]*"
    r"\b(?:party|union|company|group|firm|bank|rebels|opposition|fund)\b"
)
_DATELINE = re.compile(r"(?P<city>[A-Z]{3,}(?: [A-Z]{3,})?)\b")
_UP_TO_NAME = re.compile(r"(?: (?:of|for|at|to|in|on|from)\b.*)?[ .]*", re.DOTALL)
_DESCRIBES = re.compile(
    r"(?:the|an?|one|its|their|his|her|our|former|then|now|currently|acting|deputy|senior|top|[A-Z])\b|[A-Z]"
)
_JOINED = re.compile(r"(?: \([^()]{1,12}\))?(?:, | and |, and | or )")
_SENT = re.compile(r"\b(?:to|in|on)(?: the)? $")
_FORMER = re.compile(r"\b(?:former|ex|late|retired|onetime|one-time|then|ousted|deposed|disgraced)[ -]", re.IGNORECASE)
_AMERICAN_MEMBER = re.compile(r"(?:, ?| \()(?:[DRI]-[A-Z][A-Za-z.]+|[DR]-?[A-Z][a-z]{2,5}\.)")
_OFFICES_OF_STATE = frozenset({
    "head of state", "head of government", "prime minister", "chancellor", "taoiseach", "supreme leader", "monarch",
    "crown prince", "deputy prime minister", "foreign minister", "defence minister", "interior minister",
    "finance minister", "trade minister", "unification minister", "energy minister", "justice minister", "minister",
    "deputy foreign minister", "deputy minister", "national security adviser", "ambassador", "legislator",
    "parliament head", "governor", "president", "vice president", "first lady", "general", "spy chief", "envoy",
    "chief of staff",
})  # fmt: skip
_OF_A_PARTY_TOO = frozenset({"president", "vice president", "envoy", "chief of staff", "general"})
_STATES_WITH_OFFICES = ("USA", "GBR", "JPN", "IND", "IRL")
_NEAR_TITLE = 40
_STAFF = frozenset({"spokesman", "official", "adviser"})
_ADVISING = frozenset({"spokesman", "adviser", "national security adviser"})
_OF_ANY_BODY = frozenset({"president", "vice president"})
_SENT_ABROAD = frozenset({"ambassador", "envoy"})
_PRIVATE = frozenset({"expert", "journalist", "citizen", "activist", "judge", "former", "cleric"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Title:
    """A title in a paragraph: where it stands and the office of ``offices.psv``, or ``head`` for one of a body."""

    start: int
    end: int
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What one place says of a person: the party, whether it is a firm word, and whether he acts for nobody."""

    party: str | None
    firm: bool
    private: bool = False
    office: str | None = None
    role: str | None = None


class Affiliations:
    """The parties of the persons of one article."""

    def __init__(self, gathering: Gathering, parties: Parties) -> None:
        self._of = gathering
        self._parties = parties
        self._said: dict[str, list[_Said]] = {}
        self._decided: dict[str, str | None] = {}
        self._starts = {id(surface): paragraph.start for paragraph, surface in gathering.surfaces}
        self.home = home_of(gathering)
        self.roles: dict[str, str] = {}

    def read(self) -> dict[str, Party | None]:
        """The party of every person, None where he or she acts for none or nothing tells."""
        people = [cluster for cluster in self._of.clusters.values() if cluster.kind == "person"]
        for _ in range(2):
            self._said.clear()
            for paragraph, surface in self._of.surfaces:
                for place, raw in enumerate(surface.raws):
                    cluster = self._of.placed.get(paragraph.start + raw.start)
                    if cluster is not None and cluster.kind == "person":
                        self._said.setdefault(cluster.id, []).extend(self._around(surface, place, raw))
            self._decided = {cluster.id: self._decide(cluster) for cluster in people}
        return {key: self._parties.get(party) if party else None for key, party in self._decided.items()}

    def _decide(self, cluster: Cluster) -> str | None:
        said = self._said.get(cluster.id, [])
        firm = [item for item in said if item.party is not None and item.firm]
        for item in said:
            if item.role and cluster.id not in self.roles:
                self.roles[cluster.id] = item.role
        if firm:
            return Counter(item.party for item in firm).most_common(1)[0][0]
        if any(item.private for item in said) and not any(item.party for item in said):
            return None
        if (known := self._by_tables(cluster)) is not None:
            return known
        loose = [item for item in said if item.party is not None]
        if loose:
            return Counter(item.party for item in loose).most_common(1)[0][0]
        if any(item.private for item in said) or cluster.country not in self._of.world.states or not cluster.role:
            return None
        return state_of(cluster.country)

    def _by_tables(self, cluster: Cluster) -> str | None:
        world, when = self._of.world, self._of.when
        person = world.people.get(cluster.id)
        if person is None:
            return None
        terms = [term for term in person.terms if when is None or holds(term, when)]
        official = next((term for term in terms if term.body), None)
        if official is not None and official.body and (when is not None or self._parties.is_spoken_of(official.body)):
            return official.body
        return state_of(person.country) if person.terms else None

    # what stands around a name

    def _around(self, surface: Surface, place: int, raw: Raw) -> Iterator[_Said]:
        text = surface.text
        start = _segment_before(surface, raw)
        if (start < raw.start and (found := self._described(surface, start, raw.start, titled=True))) or (
            (beside := _comma_before(surface, raw)) is not None
            and (found := self._described(surface, *beside, titled=True))
        ):
            yield found
        elif owner := self._owner_before(surface, raw):
            yield owner
        if _AMERICAN_MEMBER.match(text, raw.end):
            yield _Said(party="USA", firm=True)
        aside = _FIRST_BEHIND.match(text, raw.end) or _IS.match(text, raw.end)
        bracketed = _BRACKETS.match(text, raw.end)
        if aside is not None:
            yield from self._behind(surface, aside.start("words"), aside.end("words"))
        elif bracketed is not None:
            yield from self._in_brackets(surface, bracketed.start("words"), bracketed.end("words"))
        if joined := self._listed_behind(surface, place):
            yield joined
        if place + 1 < len(surface.raws):
            following = surface.raws[place + 1]
            if _OF.fullmatch(text[raw.end : following.start]) and following.kind in {"state", "organisation"}:
                firm = following.kind == "organisation" or surface.text.startswith(" of ", raw.end)
                yield _Said(party=self._party_of(surface, following), firm=firm)

    def _listed_behind(self, surface: Surface, place: int) -> _Said | None:
        """In "Senators X, Y and Z" the later ones are of the side of the first, where nothing else is said of them."""
        start, raws = self._starts[id(surface)], surface.raws
        while place and _JOINED.fullmatch(surface.text[raws[place - 1].end : raws[place].start]):
            place -= 1
            cluster = self._of.placed.get(start + raws[place].start)
            if cluster is None or cluster.kind != "person":
                return None
            if party := self._decided.get(cluster.id):
                return _Said(party=party, firm=False)
        return None

    def _behind(self, surface: Surface, start: int, end: int) -> Iterator[_Said]:
        text = surface.text
        if opening := _WHO_IS.match(text, start, end):
            start = opening.end()
        elif _NO_DESCRIPTION.match(text, start, end) or not self._describes(surface, start, end):
            return
        people = [item for item in surface.raws if start <= item.start < end and item.kind in {"person", "surname"}]
        first = next(iter(self._titles(surface, start, end)), None)
        if first is None or any(0 < item.start - first.end <= 2 for item in people):
            return
        if found := self._described(surface, start, end, titled=False):
            yield found

    @staticmethod
    def _describes(surface: Surface, start: int, end: int) -> bool:
        """Whether words may be a description: they begin as a noun does, or with a title."""
        begins = _DESCRIBES.match(surface.text, start, end) is not None
        heads = _head_words().match(surface.text, start, end)
        return begins or heads is not None or any(item.start == start for item in surface.titles)

    def _in_brackets(self, surface: Surface, start: int, end: int) -> Iterator[_Said]:
        for item in surface.raws:
            if start <= item.start < end and item.kind in {"state", "organisation"}:
                yield _Said(party=self._party_of(surface, item), firm=True)
                return

    def _owner_before(self, surface: Surface, raw: Raw) -> _Said | None:
        """``Russia's Putin``, ``Labour's X``: the side right before a name, with no title."""
        for item in surface.raws:
            if item.end < raw.start and item.kind in {"state", "organisation"}:
                between = surface.text[item.end : raw.start]
                if between in {"'s ", "’s ", "' ", "’ "}:
                    return _Said(party=self._party_of(surface, item), firm=False)
        return None

    # one description

    def _described(self, surface: Surface, start: int, end: int, *, titled: bool) -> _Said | None:
        titles = self._titles(surface, start, end)
        if titled:
            titles = [item for item in titles if _UP_TO_NAME.fullmatch(surface.text[item.end : end])]
        if not titles:
            return None
        title = titles[-1] if titled else titles[0]
        words_there = surface.text[start:end]
        former = _FORMER.search(words_there[: title.start - start + 1]) is not None or title.office == "former"
        if former:
            return _Said(party=None, firm=False, private=True)
        role = surface.text[title.start : title.end]
        whose = self._whose(surface, start, end, title)
        private = title.office in _PRIVATE
        named = whose is None or whose in self._of.world.states
        if named and (title.office == "business" or _OF_A_BODY.match(surface.text, title.end, end)):
            whose, private = None, True
        if isinstance(whose, str):
            party = None if private else self._for_office(whose, surface, title)
            return _Said(
                party=party, firm=party is not None, private=private or party is None, office=title.office, role=role
            )
        if private or title.office == "business":
            return _Said(party=None, firm=False, private=True, office=title.office, role=role)
        return _Said(
            party=self._of_state(surface, title), firm=False, office=title.office, role=role
        )  # fmt: skip

    def _titles(self, surface: Surface, start: int, end: int) -> list[_Title]:
        """The titles in a stretch of words, those of bodies too, without those that are part of a name."""
        found = [
            _Title(start=item.start, end=item.end, office=item.office)
            for item in surface.titles if start <= item.start and item.end <= end
        ]  # fmt: skip
        for match in _head_words().finditer(surface.text, start, end):
            if not any(item.start < match.end() and match.start() < item.end for item in found):
                found.append(_Title(start=match.start(), end=match.end(), office="head"))
        inside = [item for item in surface.raws if item.kind == "organisation"]
        kept = [
            item for item in found
            if not any(raw.start < item.start and item.end < raw.end for raw in inside)
            and surface.text[item.end : item.end + 2] not in {"'s", "’s"}
        ]  # fmt: skip
        return sorted(kept, key=lambda item: item.start)

    def _whose(self, surface: Surface, start: int, end: int, title: _Title) -> str | None:
        """The party whose title it is, by the names in the stretch; None where none is named."""
        text = surface.text
        near = [
            item for item in surface.raws
            if item.end <= end + 1 and item.start >= start - 1 and not text.endswith("ethnic ", 0, item.start)
        ]  # fmt: skip
        before = [
            item for item in near
            if item.end <= title.start and _BEFORE_TITLE.fullmatch(text[item.end : title.start])
            and not _SENT.search(text[start : item.start])
        ]  # fmt: skip
        pattern = _BEHIND_ADVISER if title.office in _ADVISING else _BEHIND_TITLE
        behind = [
            item for item in near
            if item.start >= title.end and pattern.fullmatch(text[title.end : item.start] + (
                "" if text[item.start - 1 : item.start] == " " else " "
            ))
        ]  # fmt: skip
        governs = title.office in _OFFICES_OF_STATE | _STAFF | {"police chief"}
        places = {"capital", "place"} if governs else {"capital"}
        for items in (before[::-1], behind):
            for kinds in ({"organisation"}, {"state", "seat"}, places, {"person", "surname"}):
                for item in items:
                    if item.kind in kinds and (party := self._party_of(surface, item)):
                        return party
        return None

    def _for_office(self, party: str, surface: Surface, title: _Title) -> str | None:
        """The state of who holds an office of state, where the words name only his political party."""
        known = self._parties.get(party)
        if known is None or known.kind != "party" or title.office not in _OFFICES_OF_STATE - _OF_A_PARTY_TOO:
            return party
        return self._of_state(surface, title) or party

    def _of_state(self, surface: Surface, title: _Title) -> str | None:
        """The state of a title of state that nothing names: by the title, the sentence before, or the article."""
        if title.office not in (_OFFICES_OF_STATE | _STAFF) - _SENT_ABROAD:
            return None
        of_something = surface.text.startswith((" for ", " of ", " at "), title.end)
        if title.office in _STAFF and of_something:
            return None
        if title.office in _OF_ANY_BODY and (of_something or not surface.text[title.start].isupper()):
            return None
        said = surface.text[title.start : title.end].lower().rstrip(".")
        for code in _STATES_WITH_OFFICES:
            if said in words(f"office of {code}") and (self._of.countries[code] or code in {self.home, "USA"}):
                return code
        token = surface.token_at(title.start)
        first = token.sent.start_char if token is not None else 0
        near = [item for item in surface.raws if first <= item.start < title.start and item.country]
        named = {
            code for item in near if item.kind in {"state", "capital", "person", "organisation"}
            for code in [state_of(item.country)] if code is not None
        }  # fmt: skip
        if len(named) == 1:
            return next(iter(named))
        return self.home

    def _party_of(self, surface: Surface, raw: Raw) -> str | None:
        """The party of a name: of a state, a body, a place (its state), or a person as far as decided."""
        cluster = self._of.placed.get(self._starts[id(surface)] + raw.start)
        if raw.kind in {"person", "surname"}:
            return self._decided.get(cluster.id) if cluster is not None else None
        if raw.kind == "organisation" and cluster is not None:
            owner = next((item for item in surface.raws if item.kind == "state" and item.end + 1 == raw.start), None)
            party = self._parties.get(self._parties.of_cluster(cluster) or "")
            if owner is not None and party is not None and party.kind == "state":
                return state_of(owner.country)
            return party.id if party is not None else None
        return state_of(raw.country)


def _segment_before(surface: Surface, raw: Raw) -> int:
    """Where the words that lead up to a name begin: its titles with what stands before them."""
    token: Token | None = surface.tokens.get(raw.start) or surface.token_at(raw.start)
    if token is None:
        return raw.start
    first = token
    while first.i > first.sent.start:
        previous = first.nbor(-1)
        inside = surface.is_named(previous.idx)
        if not inside and previous.pos_ not in _WALKED and previous.lower_ not in _WALKED_WORDS:
            break
        if previous.lower_ in {"with", "to", "from", "in", "on", "at", "for"} and not _titled_before(surface, previous):
            break
        first = previous
    return first.idx


def _titled_before(surface: Surface, preposition: Token) -> bool:
    """Whether a title or a word for one who heads stands right before a preposition: "spokesman for"."""
    text = surface.text[: preposition.idx].rstrip()
    if any(item.end == len(text) for item in surface.titles):
        return True
    found = list(_head_words().finditer(text, max(len(text) - 30, 0)))
    return bool(found) and found[-1].end() == len(text)


def _comma_before(surface: Surface, raw: Raw) -> tuple[int, int] | None:
    """The description that ends with a comma right before a name in apposition: ``Y's negotiator, X,``."""
    text = surface.text
    if text[max(raw.start - 2, 0) : raw.start] != ", " or text[raw.end : raw.end + 1] not in {",", ".", ";", ")", ""}:
        return None
    comma = surface.token_at(raw.start - 2)
    if comma is None:
        return None
    first = comma
    while first.i > first.sent.start:
        previous = first.nbor(-1)
        if not surface.is_named(previous.idx) and previous.pos_ not in _WALKED and previous.lower_ not in _WALKED_WORDS:
            break
        first = previous
    return (first.idx, comma.idx) if first.i < comma.i else None


def home_of(gathering: Gathering) -> str | None:
    """The state that an article is about, or for whose readers it is written.

    It is the one named far more often than the next, unless the officials whom the article names without their state
    ("President X") are of others: then it is theirs, if they are of one state far more often than of the next.
    """
    counted: Counter[str] = Counter()
    for country, number in gathering.countries.items():
        if (code := state_of(country)) is not None:
            counted[code] += number
    bare: Counter[str] = Counter()
    for _, surface in gathering.surfaces:
        for place, raw in enumerate(surface.raws):
            state = state_of(raw.country) if raw.kind == "person" and raw.title else None
            owner = surface.raws[place - 1] if place else None
            if state is not None and not (owner and owner.country and raw.start - owner.end < _NEAR_TITLE):
                bare[state] += 1
    first = _far_ahead(counted, 2)
    if bare and first not in bare:
        return _far_ahead(bare, 1)
    return first or _of_dateline(gathering)


def _of_dateline(gathering: Gathering) -> str | None:
    """The state from whose city an article was sent: "TEHRAN, August 8 (Xinhua) --"."""
    for _, surface in gathering.surfaces[:3]:
        found = _DATELINE.match(surface.text)
        names = gathering.world.lookup(found["city"].title()) if found is not None else ()
        if names and told_from(surface.text):
            return state_of(names[0].country)
    return None


def _far_ahead(counted: Counter[str], least: int) -> str | None:
    (first, most), (_, next_most), *_ = [*counted.most_common(2), ("", 0), ("", 0)]
    return first if most >= max(least, 2 * next_most) and first else None


def _head_words() -> re.Pattern[str]:
    global _HEAD_WORDS  # noqa: PLW0603 - made once from the table
    if _HEAD_WORDS is None:
        listed = sorted(words("head of a body"), key=lambda word: (-len(word), word))
        _HEAD_WORDS = re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b", re.IGNORECASE)
    return _HEAD_WORDS


_HEAD_WORDS: re.Pattern[str] | None = None
