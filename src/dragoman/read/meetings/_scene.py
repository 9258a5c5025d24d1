"""Who a noun phrase or pronoun means, as parties to a meeting."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from dragoman.read.findings import Entity, Level
from dragoman.read.identity.pronouns import Antecedents
from dragoman.read.meetings._grammar import antecedent_of_relative, core, subject_token
from dragoman.read.meetings._words import RELATIVE, lemma, words
from dragoman.read.parsed import text_of
from dragoman.read.world import world

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.read.findings import Span as Place
    from dragoman.read.index import EntityIndex
    from dragoman.read.parsed import Paragraph, Parsed


FARTHEST_NAME = 14
_OF_WHOM = frozenset({"of", "from", "for", "to"})
_OF_A_TITLE = frozenset({"PROPN", "NOUN", "ADJ", "DET", "PART"})


def listed_heads(token: Token) -> list[Token]:
    """A word and those joined to it, itself first; "and" ends a list, and what follows a comma then is another part."""
    heads = sorted({token, *token.conjuncts}, key=lambda item: item.i)
    lists: list[list[Token]] = [heads[:1]]
    ended = False
    for left, right in pairwise(heads):
        last = any(item.lower_ in {"and", "or", "&"} for item in token.doc[left.i : right.i])
        if ended and not last:
            lists.append([])
        lists[-1].append(right)
        ended = last
    own = next(one for one in lists if token in one)
    return [token, *(item for item in own if item != token)]


class Scene:
    """One text's parties: answers who a token means."""

    def __init__(self, parsed: Parsed, index: EntityIndex) -> None:
        self.parsed = parsed
        self.index = index
        self.antecedents = Antecedents(parsed, index)
        self._cache: dict[int, list[tuple[Place, Entity]]] = {}

    def parties(self, paragraph: Paragraph, token: Token, *, listed: bool = True) -> list[Entity]:
        """The persons, states and organisations that a phrase with head ``token`` means, its list included."""
        found: list[Entity] = []
        for head in listed_heads(token) if listed else (token,):
            found.extend(entity for entity in self._one(paragraph, head) if entity not in found)
        if listed and found and found[0].kind == "person":
            named = next((child for child in token.children if child.dep_ == "appos"), token)
            whose = token if self.index.at(paragraph.span_of(token)) == found[0] else named
            span = paragraph.span_of(core(whose))
            found.extend(entity for entity in self.listed_with(paragraph, span) if entity not in found)
        return found

    def listed_with(self, paragraph: Paragraph, span: Place) -> list[Entity]:
        """The persons in one list with the person named in ``span``, by the words between them."""
        people = [
            (at, who)
            for at, who in self._people(paragraph)
            if who.kind == "person" and ((at[0] < span[1] and span[0] < at[1]) or not self._owns(paragraph, at))
        ]
        here = [place for place, (at, _) in enumerate(people) if at[0] < span[1] and span[0] < at[1]]
        if not here:
            return []
        first, last = here[0], here[-1]
        while first > 0 and self._one_list(paragraph, people[first - 1][0], people[first][0]):
            if first < last and self._ends(paragraph, people[first - 1][0], people[first][0]):
                break
            first -= 1
        while last + 1 < len(people) and self._one_list(paragraph, people[last][0], people[last + 1][0]):
            if last > first and self._ends(paragraph, people[last - 1][0], people[last][0]):
                break
            last += 1
        joined = people[first : last + 1]
        text = text_of(paragraph.doc)[joined[0][0][0] - paragraph.start : joined[-1][0][1] - paragraph.start]
        return [who for _, who in joined] if re.search(r"\b(?:and|or|&)\b", text) else []

    def _ends(self, paragraph: Paragraph, left: Place, right: Place) -> bool:
        """Whether the words between two of a list make the second its last: what follows a comma is another part."""
        text = text_of(paragraph.doc)[left[1] - paragraph.start : right[0] - paragraph.start]
        return re.search(r"\b(?:and|or)\b|&", text) is not None

    def _owns(self, paragraph: Paragraph, place: Place) -> bool:
        """Whether who is named there only says whose somebody is: ``the president's adviser``, ``an aide to Kim``."""
        name = paragraph.doc.char_span(place[0] - paragraph.start, place[1] - paragraph.start, alignment_mode="expand")
        if name is None:
            return False
        head = name.root
        if head.dep_ == "poss":
            return True
        whose = head.head.head if head.dep_ == "pobj" and head.head.lower_ in _OF_WHOM else None
        return whose is not None and _is_of_somebody(whose)

    def _people(self, paragraph: Paragraph) -> list[tuple[Place, Entity]]:
        if paragraph.start not in self._cache:
            self._cache[paragraph.start] = self.index.within((paragraph.start, paragraph.end))
        return self._cache[paragraph.start]

    def _one_list(self, paragraph: Paragraph, left: Place, right: Place) -> bool:
        between = paragraph.doc.char_span(
            left[1] - paragraph.start, right[0] - paragraph.start, alignment_mode="contract"
        )
        if between is None:
            return False
        tokens = [token for token in between if not token.is_space]
        if not tokens or len(tokens) > 12 or not any(token.lower_ in {"and", ",", "&", "or"} for token in tokens):
            return False
        return all(
            (
                token.pos_ in {"PROPN", "NOUN", "ADJ", "DET", "CCONJ", "PUNCT", "PART", "PRON"}
                and token.text not in {";", ":", ".", "–", "—", "-", "(", ")"}
                and token.lower_ not in {"he", "she", "it", "they", "who", "that", "but"}
            )
            or token.lower_ in {"of", "for"}
            for token in tokens
        )

    def before(self, paragraph: Paragraph, verb: Token) -> list[Entity]:
        """The persons named right before a verb, as its subject if the parse has lost it."""
        start = paragraph.start + verb.sent.start_char
        people = [
            (at, who) for at, who in self.index.within((start, paragraph.start + verb.idx)) if who.kind == "person"
        ]
        if not people:
            return []
        between = paragraph.doc.char_span(people[-1][0][1] - paragraph.start, verb.idx, alignment_mode="contract")
        if between is not None and any(
            token.pos_ in {"VERB", "NOUN", "PRON", "ADP", "PUNCT", "SCONJ"} for token in between
        ):
            return []
        group = self.listed_with(paragraph, people[-1][0])
        return group or [people[-1][1]]

    def _one(self, paragraph: Paragraph, head: Token) -> list[Entity]:
        if head.lower_ in RELATIVE and head.pos_ in {"PRON", "SCONJ", "DET"}:
            owner = antecedent_of_relative(head)
            return self._one(paragraph, owner) if owner is not None and owner != head else []
        whose = self.index.at(paragraph.span_of(head)) if head.tag_ == "PRP" and head.text[0].isupper() else None
        if whose is not None and whose.kind == "person" and paragraph.span_of(head) not in whose.mentions:
            return [whose]
        if head.lower_ == "koreas":
            return [self.state("PRK"), self.state("KOR")]
        if head.lower_ in {"nobody", "none", "no-one", "neither"}:
            return []
        if (
            head.pos_ in {"PRON", "DET"}
            or head.tag_ == "PRP$"
            or (head.pos_ == "NUM" and head.lower_ in {"two", "both"})
        ):
            return self.antecedents.of(paragraph, head)
        if self._is_pair(head):
            return self.antecedents.pair(paragraph, head)
        return self._named(paragraph, head)

    def _is_pair(self, head: Token) -> bool:
        if head.tag_ != "NNS" or lemma(head) not in words("pair"):
            return False
        return any(child.lower_ in {"two", "both"} for child in head.children)

    def _named(self, paragraph: Paragraph, head: Token) -> list[Entity]:
        mentions = self.index.within(paragraph.span_of(core(head)))
        at_head = self.index.at(paragraph.span_of(head))
        if at_head is not None and at_head.kind == "person":
            return [at_head]
        for child in head.children:
            if child.dep_ == "appos" and (named := self.index.at(paragraph.span_of(child))) and named.kind == "person":
                return [named]
        if head.dep_ == "appos" and (named := self.index.at(paragraph.span_of(head.head))) and named.kind == "person":
            return [named]
        if at_head is not None and at_head.kind in {"state", "organisation"}:
            return [at_head] if at_head.country else []
        if lemma(head) in words("other") and (
            found := self._other(paragraph, head, [entity for _, entity in mentions])
        ):
            return found
        titled = _is_of_somebody(head) or bool(world().titles(head.lower_))
        if titled and (named_behind := self._named_behind(paragraph, head)) is not None:
            return [named_behind]
        if _is_of_somebody(head):
            found = self._of_role(paragraph, head, [entity for _, entity in mentions])
            return found or self._the_one(paragraph, head)
        persons = [entity for span, entity in mentions if entity.kind == "person" and _adjacent(span, paragraph, head)]
        return persons[-1:]

    def _named_behind(self, paragraph: Paragraph, head: Token) -> Entity | None:
        """The person named behind a title: ``the speaker of the assembly of Elbonia Ann Lee``, ``the envoy, Bo Ek,``.

        Between them stand only what the title is of, and at most one comma right before the name.  Who stands right
        behind "of", with a title or none, is another one: ``the sister of Elbonia's dictator, Bo Ek``.
        """
        start = paragraph.start + head.idx + len(head)
        sentence = paragraph.start + head.sent.end_char
        behind = ((at, who) for at, who in self.index.within((start, sentence)) if who.kind == "person")
        place, person = next(behind, (None, None))
        if place is None or person is None:
            return None
        between = paragraph.doc.char_span(
            start - paragraph.start, place[0] - paragraph.start, alignment_mode="contract"
        )
        tokens = [token for token in between if not token.is_space] if between is not None else []
        last_is_comma = bool(tokens) and tokens[-1].text == ","
        title_of = tokens[:-1] if last_is_comma else tokens
        if len(title_of) > FARTHEST_NAME or (title_of and title_of[0].lower_ not in {"of", "for"}):
            return None
        if _names_owner(title_of):
            return None if last_is_comma else self._set_beside(paragraph, place, next(behind, None))
        plain = all(token.pos_ in _OF_A_TITLE or token.lower_ in {"of", "for"} for token in title_of)
        return person if plain and (not last_is_comma or self._closed(paragraph, place)) else None

    def _set_beside(self, paragraph: Paragraph, owner: Place, behind: tuple[Place, Entity] | None) -> Entity | None:
        """Who is named between commas behind the name of whose he is: ``the envoy of Ann Lee, Bo Ek,``."""
        name = paragraph.doc.char_span(owner[0] - paragraph.start, owner[1] - paragraph.start, alignment_mode="expand")
        if behind is None or name is None or name[-1].pos_ != "PROPN" or behind[1].country not in self.states:
            return None
        words = text_of(paragraph.doc)[owner[1] - paragraph.start : behind[0][0] - paragraph.start]
        return behind[1] if words.strip() == "," and self._closed(paragraph, behind[0]) else None

    def _closed(self, paragraph: Paragraph, place: Place) -> bool:
        """Whether an aside that begins with a comma ends right behind the name."""
        rest = text_of(paragraph.doc)[place[1] - paragraph.start :].lstrip("’'\"” ")
        return not rest or rest[0] in ",.;:)–—-"

    def _other(self, paragraph: Paragraph, head: Token, inside: list[Entity]) -> list[Entity]:
        """``his northern counterpart``: the other side, by its state or as the person last named of another."""
        states = [entity for entity in inside if entity.kind == "state"]
        if states:
            return states[-1:]
        low = {child.lower_ for child in head.children}
        code = "PRK" if low & {"northern", "north"} else "KOR" if low & {"southern", "south"} else None
        if code is not None and any(entity.id == code for entity in self.index.entities):
            last = self.last_of(paragraph, head, {code}, within=True)
            return last or [self.state(code)]
        own = {e.country for child in head.children if child.dep_ == "poss" for e in self._one(paragraph, child)}
        return self.last_of(paragraph, head, own, within=False) if own else []

    def last_of(self, paragraph: Paragraph, token: Token, countries: set[str | None], *, within: bool) -> list[Entity]:
        """The person last named before ``token`` whose state is (or is not) among ``countries``."""
        place = paragraph.start + token.idx
        for _, entity in reversed(self.index.within((max(place - 900, 0), place))):
            if entity.kind == "person" and entity.country in self.states and (entity.country in countries) == within:
                return [entity]
        return []

    def _of_role(self, paragraph: Paragraph, head: Token, inside: list[Entity]) -> list[Entity]:
        states = [entity for entity in inside if entity.kind == "state"]
        if any(child.dep_ == "poss" and child.lower_ == "koreas" for child in head.children):
            states += [self.state("PRK"), self.state("KOR")]
        for owner in _owners(head):
            states.extend(self._states_of(paragraph, owner))
        return self._led_by(paragraph, head) or states

    def _led_by(self, paragraph: Paragraph, head: Token) -> list[Entity]:
        """``a delegation headed by Bo Ek``: who heads it."""
        agents = [
            agent for child in head.children if child.dep_ == "acl" and lemma(child) in {"lead", "head"}
            for agent in child.children if agent.dep_ in {"agent", "prep"}
        ]  # fmt: skip
        named = ([e for item in agent.children for e in self.parties(paragraph, item)] for agent in agents)
        return next((people for all_ in named if (people := [e for e in all_ if e.kind == "person"])), [])

    def _states_of(self, paragraph: Paragraph, owner: Token) -> list[Entity]:
        """The states of whom a phrase means, or, of a title without a person, the states that it names."""
        meant = self.parties(paragraph, owner) or [
            entity for _, entity in self.index.within(paragraph.span_of(core(owner))) if entity.kind == "state"
        ]
        return [self.state(entity.country) for entity in meant if entity.country in self.states]

    def last_of_other(self, paragraph: Paragraph, token: Token, countries: set[str | None]) -> list[Entity]:
        """The person last named before ``token`` that is of none of ``countries``; failing that, the state."""
        place = paragraph.start + token.idx
        near = self.index.within((max(place - 500, 0), place))
        for kind in ("person", "state"):
            for _, entity in reversed(near):
                if entity.kind == kind and entity.country in self.states and entity.country not in countries:
                    return [entity]
        return []

    def tokens_before(self, paragraph: Paragraph, token: Token) -> list[Token]:
        """The tokens of the two sentences before and of this one up to ``token``."""
        number = self.antecedents.number_at(paragraph.start + token.idx)
        return [
            item for _, _, where, sentence in self.antecedents.sentences[max(number - 2, 0) : number + 1]
            for item in sentence if where.start + item.idx <= paragraph.start + token.idx
        ]  # fmt: skip

    def host_at(self, paragraph: Paragraph, token: Token) -> Entity | None:
        """Who receives at a seat of government: its state's leader in office, or the state."""
        span = paragraph.span_of(core(token))
        for place, entity in self.index.within(span):
            words_there = self.parsed.text[place[0] : place[1]]
            if entity.kind == "state" and any(name.way == "seat" for name in world().lookup(words_there)):
                return self._leader(entity)
        return None

    def _leader(self, state: Entity) -> Entity:
        when = self.parsed.published
        for office in ("supreme leader", "president", "chancellor", "prime minister"):
            holder = world().office_holder(state.id, office, when) if when else None
            if holder is not None:
                named = next((entity for entity in self.index.entities if entity.id == holder.id), None)
                return named or Entity(
                    id=holder.id, name=holder.name, kind="person", country=state.country, role=office, mentions=()
                )
        return state

    @property
    def states(self) -> frozenset[str]:
        """The codes of all states."""
        return frozenset(world().states)

    def state(self, code: str) -> Entity:
        """The state as an entity, mentioned here or not."""
        found = next((entity for entity in self.index.entities if entity.id == code), None)
        return found or Entity(
            id=code, name=world().states[code].name, kind="state", country=code, role=None, mentions=()
        )

    def _the_one(self, paragraph: Paragraph, head: Token) -> list[Entity]:
        """``the envoy``, ``the general``: the person last named whose role or office is called so."""
        if head.tag_ not in {"NN", "NNP"} or not any(child.lower_ in {"the", "that"} for child in head.children):
            return []
        place = paragraph.start + head.idx
        wanted = lemma(head)
        for _, entity in reversed(self.index.within((max(place - 1500, 0), place))):
            if entity.kind == "person" and wanted in self._titles_of(entity):
                return [entity]
        return []

    def _titles_of(self, entity: Entity) -> frozenset[str]:
        known = world().people.get(entity.id)
        offices = {term.office for term in known.terms} if known else set()
        found = {word for office in offices if office in world().offices for word in world().offices[office].words}
        return frozenset(found | set((entity.role or "").lower().split()))

    def subject_of(self, paragraph: Paragraph, verb: Token) -> list[Entity]:
        """Who does ``verb``, through conjunction, control and relative clauses."""
        token = subject_token(verb)
        found = self.parties(paragraph, token) if token is not None else []
        if len([entity for entity in found if entity.kind == "person"]) < 2 and verb.pos_ in {"VERB", "AUX"}:
            near = self.before(paragraph, verb)
            if len(near) > 1 or (near and not any(entity.kind == "person" for entity in found) and _lost(token, verb)):
                return near
        return found


def _lost(token: Token | None, verb: Token) -> bool:
    """Whether the subject that the parse gives is none: a place, or nothing at all."""
    return token is None or (token.pos_ == "PROPN" and token.head == verb)


def _is_of_somebody(noun: Token) -> bool:
    """Whether a noun is a person by office or by relation to another."""
    return lemma(noun) in words("role") or lemma(noun) in words("relation")


def _owners(noun: Token) -> list[Token]:
    """Of or for whom a person by office is one, and whose a person by relation is."""
    whose = [child for child in noun.children if child.dep_ == "poss"] if lemma(noun) in words("relation") else []
    of = (child for child in noun.children if child.dep_ == "prep" and child.lower_ in _OF_WHOM)
    return [*whose, *(item for child in of for item in child.children if item.dep_ == "pobj")]


def _names_owner(title_of: list[Token]) -> bool:
    """Whether the words of a title end in "of", or in "of" with another's title: whose it is stands next."""
    place = max((place for place, token in enumerate(title_of) if token.lower_ in _OF_WHOM), default=None)
    if place is None:
        return False
    last = title_of[-1]
    return place == len(title_of) - 1 or last.lower_ == "the" or last.tag_ == "POS" or bool(world().titles(last.lower_))


def _adjacent(span: Place, paragraph: Paragraph, head: Token) -> bool:
    return abs(span[1] - (paragraph.start + head.idx)) <= 1


def level_of(entities: list[Entity], scene: Scene, *, host_unnamed: bool = False) -> Level:
    """The level of a meeting: that of the side of lower rank, a side by its highest member.

    With ``host_unnamed`` a state without a person takes the rank of its visitor.
    """
    if host_unnamed:
        entities = [entity for entity in entities if entity.kind == "person"] or entities
    sides: dict[str, int] = {}
    for entity in entities:
        side = entity.country or entity.id
        sides[side] = min(sides.get(side, 99), rank_of(entity, scene))
    return _LEVELS[max(sides.values(), default=6)]


_LEVELS: tuple[Level, ...] = ("leader", "minister", "deputy", "envoy", "official", "working", "unknown")


def rank_of(entity: Entity, scene: Scene) -> int:
    """0 for a leader to 6 for nobody knows."""
    if entity.kind != "person":
        return 4
    known = world().people.get(entity.id)
    when = scene.parsed.published
    offices = (
        [term.office for term in known.terms if when is None or _in_office(term.start, term.end, when)] if known else []
    )
    levels = [world().offices[office].level for office in offices if office in world().offices]
    if not levels and entity.role:
        titles = world().titles(entity.role)
        levels = [world().offices[item.names[0].id].level for item in titles]
    return min((_LEVELS.index(level) for level in levels), default=4)


def _in_office(start: object, end: object, when: object) -> bool:
    return (start is None or start <= when) and (end is None or when < end)  # type: ignore[operator]
