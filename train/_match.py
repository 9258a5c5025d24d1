"""Which proposals of the reader the labels bear out.

A proposal is compared with every label of its kind; its label is ``strict`` and ``loose``, each true, false, or None
where the labellers were in doubt or the proposal tells what counts elsewhere.

Events      The words must overlap the evidence (or its sentence, if type and a side are right).  Strict: type and both
            sides right.  Loose: type right, or a party of each side right.  An event of talks that tells a labelled
            contact is None: it counts as the contact.
Contacts    Two parties of a labelled contact take part and the evidence overlaps.  Strict: the status is right, too.
Promises    At least half of the clause, measured by the F1 of characters.  Strict: and by the right side.
Stances     As promises.  Strict: by the right side, and of the right kind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, KeysView, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.read.findings import Commitment, Event, Meeting, Reading, Span, Stance

MUTUAL = ("AGREE", "CONSULT", "COOPERATE")
HALF = 0.5
_YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_SMALL = frozenset({"the", "of", "and", "for", "a", "an", "in", "on", "group", "party", "government", "s"})
_CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the labels say of a proposal; None where they leave it open."""

    strict: bool | None
    loose: bool | None


class Parties:
    """The names under which a reading and the labels know a party."""

    def __init__(self, reading: Reading, labels: dict[str, Any]) -> None:
        self.entities = {entity.id: entity for entity in reading.entities}
        self.parties = {party.id: party for party in reading.parties}
        known = labels.get("parties") or {}
        self.aliases = {code: {code, name} for code, name in known.items() if isinstance(name, str)}

    def names(self, entity: str | None, country: str | None) -> frozenset[str]:
        """Codes and names of the party for which an entity acts; none where it is nobody's side that is known."""
        found = self.entities.get(entity or "")
        party = self.parties.get((found.party if found else None) or entity or "")
        if party is not None:
            return frozenset(filter(None, (party.code, party.name)))
        state = country or (found.country if found else None)
        names = {state} if state and state not in {"IGO", "NGO", "IMG", "MNC"} else set()
        if found is not None and found.kind in {"organisation", "group"}:
            names |= {found.name, found.id}
        elif found is None and entity:
            names |= {entity}
        return frozenset(names)

    def same(self, gold: str, names: frozenset[str]) -> bool:
        """Whether a labelled party is the one of these names."""
        wanted = self.aliases.get(gold, {gold})
        if gold in names:
            return True
        if _CODE.fullmatch(gold) and any(_CODE.fullmatch(name) for name in names):
            return False
        return any(_alike(one, name) for one in wanted for name in names)

    def paired(self, golds: Sequence[str], sides: Sequence[frozenset[str]]) -> int:
        """How many of some labelled parties have a side of their own."""
        owner: dict[int, str] = {}

        def place(gold: str, seen: set[int]) -> bool:
            for number, names in enumerate(sides):
                if number not in seen and self.same(gold, names):
                    seen.add(number)
                    if number not in owner or place(owner[number], seen):
                        owner[number] = gold
                        return True
            return False

        return sum(place(gold, set()) for gold in dict.fromkeys(golds))

    def exactly(self, golds: Sequence[str], sides: Sequence[frozenset[str]]) -> bool:
        """Whether these are the labelled parties, all of them and no other that is known."""
        if self.paired(golds, sides) < len(set(golds)):
            return False
        return all(any(self.same(gold, names) for gold in golds) for names in sides if names)


def _alike(one: str, two: str) -> bool:
    first, second = _words(one), _words(two)
    if not first or not second:
        return False
    initials = ("".join(word[0] for word in first), "".join(word[0] for word in second))
    return first <= second or second <= first or "".join(first) == initials[1] or "".join(second) == initials[0]


def _words(name: str) -> KeysView[str]:
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark)).lower()
    plain = re.sub(r"[’']s\b|[.’']", "", plain)
    return dict.fromkeys(word for word in re.findall(r"[a-z0-9]+", plain) if word not in _SMALL).keys()


def verdicts(reading: Reading, labels: dict[str, Any]) -> dict[str, list[Verdict]]:
    """What the labels say of every proposal, by kind, in the order of the reading."""
    parties = Parties(reading, labels)
    return {
        "events": [_event(parties, one, labels) for one in reading.events],
        "contacts": [_contact(parties, one, labels.get("contacts", ())) for one in reading.contacts],
        "commitments": [_clause(parties, one, one.span, labels.get("promises", [])) for one in reading.commitments],
        "stances": [_clause(parties, one, one.what, labels.get("stances", [])) for one in reading.stances],
    }


def _best(found: Iterable[tuple[bool, bool, bool]]) -> Verdict:
    """The verdict of all labels that fit: (strict, loose, in doubt)."""
    fits = list(found)
    strict = any(one[0] for one in fits if not one[2])
    loose = any(one[1] for one in fits if not one[2])
    if not loose and any(one[1] for one in fits):
        return Verdict(strict=None, loose=None)
    return Verdict(strict=strict, loose=loose)


def _event(parties: Parties, event: Event, labels: dict[str, Any]) -> Verdict:
    source = [parties.names(one.entity, one.country) for one in event.source]
    target = [parties.names(one.entity, one.country) for one in event.target]
    verdict = _best(_of_act(parties, event, source, target, act) for act in labels.get("acts", ()))
    if verdict.loose is False and event.type == "CONSULT":
        for contact in labels.get("contacts", ()):
            told = overlaps(contact["evidence"], [event.span, event.sentence])
            if told and parties.paired(_who(contact), [*source, *target]):
                return Verdict(strict=None, loose=None)
    return verdict


def _of_act(
    parties: Parties, event: Event, source: list[frozenset[str]], target: list[frozenset[str]], act: dict[str, Any]
) -> tuple[bool, bool, bool]:
    near, doubt = overlaps(act["evidence"], [event.span]), bool(act.get("doubt"))
    if not near and not overlaps(act["evidence"], [event.sentence]):
        return False, False, doubt
    kind = _YIELD.get(event.type, event.type) == _YIELD.get(act["type"], act["type"])
    by, to = act["from"], act["to"]
    exact = parties.exactly(by, source) and parties.exactly(to, target)
    dyad = parties.paired(by, source) > 0 and (parties.paired(to, target) > 0 if to else not any(target))
    if act["type"] in MUTUAL:
        exact |= parties.exactly([*by, *to], [*source, *target])
        dyad |= parties.paired([*by, *to], [*source, *target]) > 1
    loose = (kind or dyad) if near else kind and (exact or dyad)
    return kind and exact and loose, loose, doubt


def _who(contact: dict[str, Any]) -> list[str]:
    return [who["party"] for who in contact["who"] if who.get("party")]


def _contact(parties: Parties, contact: Meeting, labels: Iterable[dict[str, Any]]) -> Verdict:
    sides = [parties.names(one.entity, one.country) for one in contact.participants]
    found = []
    for label in labels:
        fits = parties.paired(_who(label), sides) > 1 and overlaps(label["evidence"], contact.evidence)
        found.append((fits and label["status"] == contact.status, fits, bool(label.get("doubt"))))
    return _best(found)


def _clause(parties: Parties, one: Commitment | Stance, span: Span, labels: Sequence[dict[str, Any]]) -> Verdict:
    sides = [parties.names(who, None) for who in one.by]
    found = []
    for label in labels:
        place = label.get("clause") or label["what"]
        joint = [by for other in labels if (other.get("clause") or other["what"]) == place for by in _by(other)]
        fits = char_f1(span, place) >= HALF
        right = bool(sides) and all(any(parties.same(code, side) for code in joint) for side in sides)
        kind = not isinstance(one, Stance) or one.kind == label["kind"]
        found.append((fits and right and kind, fits and right, bool(label.get("doubt"))))
    return _best(found)


def _by(label: dict[str, Any]) -> list[str]:
    """Who undertakes or wants it; of what several undertake together, any of them."""
    by = [label["by"]] if isinstance(label["by"], str) else list(label["by"])
    return [*by, *label.get("also_by", ())]


def overlaps(one: Iterable[Sequence[int]], two: Iterable[Sequence[int]]) -> bool:
    """Whether any two spans of two lists share a character."""
    others = list(two)
    return any(a[0] < b[1] and b[0] < a[1] for a in one for b in others)


def char_f1(one: Sequence[int], two: Sequence[int]) -> float:
    """F1 of the characters of two spans."""
    both = max(0, min(one[1], two[1]) - max(one[0], two[0]))
    return 2 * both / ((one[1] - one[0]) + (two[1] - two[0])) if both else 0.0
