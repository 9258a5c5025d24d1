"""What a sentence says happens: triggers with their operators, negation and modality worked out.

1. Each verb, predicate adjective and event noun that answers to the lexicon is a
   sense with a CAMEO code.
2. An operator (agree, refuse, threaten, demand, stop ...) looks up what it makes
   of the event in its complement or object: "agree" over "withdraw troops" is an
   intent to yield.
3. "will" and its like work as the operator *intend*, and as *refuse* where
   negated; "must" and "should" as *demand*; a plain "not" drops the event and
   says so; "may" leaves it possible.
4. Speech verbs are no events: what was said stands for itself, with the speaker
   kept as the one who demands where the clause says "must".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.read.events.clause import Clause, clause_of, prep_pairs, resolve
from dragoman.read.events.lexicon import Lexicon
from dragoman.read.events.match import Match, bag, match_noun, match_verb
from dragoman.read.events.ontology import Code, codes
from dragoman.read.events.tree import Tree
from dragoman.read.findings import EventType, Status

_MONTHS = frozenset({"march", "may"})
_HEDGING_MARKS = {"until": 2.0, "till": 2.0, "unless": 2.0, "if": 1.5, "lest": 2.0, "before": 0.8, "because": 0.8, "although": 0.5, "though": 0.5, "once": 1.0, "whether": 1.0, "as": 0.5, "after": 0.6, "since": 0.6, "while": 0.4, "when": 0.6}
_WILLING = frozenset({"+intend", "+offer", "+accept"})
_WISHES = frozenset({"want", "wish", "like", "desire"})
DEPTH = 6
FUTURE = frozenset({"will", "would", "shall"})
DUTY = frozenset({"must", "should", "ought"})
PERHAPS = frozenset({"may", "might", "could"})
PREDICATES = frozenset({"VERB", "AUX", "ADJ"})
TARGET_PREPS = (
    "against",
    "with",
    "to",
    "on",
    "at",
    "from",
    "for",
    "between",
    "among",
    "of",
    "into",
    "in",
    "over",
    "toward",
    "towards",
    "by",
    "near",
    "along",
)
_REFINE = {
    "economic": frozenset(
        {"economic", "financial", "development", "money", "loan", "budget", "euro", "dollar", "debt", "investment"}
    ),
    "military": frozenset(
        {
            "military",
            "weapon",
            "arm",
            "arms",
            "tank",
            "missile",
            "lethal",
            "ammunition",
            "defense",
            "defence",
            "troop",
            "soldier",
        }
    ),
    "humanitarian": frozenset(
        {
            "humanitarian",
            "food",
            "medical",
            "medicine",
            "relief",
            "vaccine",
            "emergency",
            "refugee",
            "disaster",
            "shelter",
        }
    ),
    "peacekeeping": frozenset({"peacekeeping", "peacekeeper"}),
}
_REFINED = {
    "070": {"economic": "071", "military": "072", "humanitarian": "073", "peacekeeping": "074"},
    "060": {"economic": "061", "military": "062"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """One event that a sentence speaks of, before its sides are known as actors.

    ``source`` and ``target`` are token places in order of preference; ``used`` are
    the tokens whose senses went into this one; ``steps`` tell how it came about.
    ``dropped`` says why it is no event, where it is none.
    """

    trigger: int
    code: Code
    type: EventType
    mode: str | None
    status: Status
    source: tuple[int, ...]
    target: tuple[int, ...]
    both: bool
    weight: float
    nominal: bool
    hedge: float
    used: tuple[int, ...]
    steps: tuple[str, ...]
    dropped: str | None = None
    content: bool = False


class Composer:
    """Works out the senses of one sentence; every token is looked at once."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self._clauses: dict[int, Clause] = {}
        self._senses: dict[int, Sense | None] = {}
        self._open: set[int] = set()

    def senses(self) -> list[Sense]:
        """Every sense of the sentence, those used by another left out."""
        found = [sense for place in range(len(self.tree)) if (sense := self.sense(place)) is not None]
        found = [replace(sense, hedge=self._hedge(sense.trigger)) for sense in found]
        used = {place for sense in found for place in sense.used}
        return [sense for sense in found if sense.trigger not in used]

    def clause(self, place: int) -> Clause:
        """The clause of a predicate."""
        if place not in self._clauses:
            self._clauses[place] = clause_of(self.tree, place)
        return self._clauses[place]

    def sense(self, place: int) -> Sense | None:
        """The sense of one token, or None."""
        if place in self._senses:
            return self._senses[place]
        if place in self._open or len(self._open) > DEPTH:
            return None
        self._open.add(place)
        pos = self.tree.pos[place]
        found = None
        if pos in PREDICATES:
            found = self._predicate(place)
        elif pos == "NOUN" or (pos == "PROPN" and self.tree.lemmas[place] not in _MONTHS):
            found = self._noun(place)
        self._open.discard(place)
        self._senses[place] = found
        return found

    def _hedge(self, place: int) -> float:
        """How little the clause asserts: purposes, conditions and relative clauses say less."""
        tree, value = self.tree, 0.0
        for node in tree.above(place):
            dep = tree.deps[node]
            if tree.pos[node] not in PREDICATES:
                continue
            marks = [tree.words[kid] for kid in tree.kids[node] if tree.deps[kid] in {"mark", "advmod"}]
            value += max((_HEDGING_MARKS.get(word, 0.0) for word in marks), default=0.0)
            if dep in {"advcl", "acl", "xcomp"} and any(tree.tags[kid] == "TO" for kid in tree.kids[node]):
                value += 1.2 if dep != "xcomp" else 0.5
            elif dep == "pcomp":
                value += 0.8
            elif dep in {"relcl", "acl"}:
                value += 0.8
        return min(value, 4.0)

    # -- predicates

    def _predicate(self, place: int) -> Sense | None:
        clause = self.clause(place)
        match = match_verb(self.tree, place, clause, self.lexicon) if self._known(place) else None
        if match is None or match.entry.outcome == "+say":
            return self._bare_modal(place, clause)
        if match.entry.outcome == "-":
            return None
        unwilling = clause.negated and (match.entry.outcome in _WILLING or self.tree.lemmas[place] in _WISHES)
        sense = self._outcome(place, clause, match, "+refuse" if unwilling else match.entry.outcome)
        return sense if sense is None or unwilling else self._modality(clause, sense)

    def _bare_modal(self, place: int, clause: Clause) -> Sense | None:
        """A predicate that the lexicon does not know, under "must" or "will not"."""
        operator = _modal_operator(clause)
        if operator not in {"demand", "refuse"}:
            return None
        step = f"{operator} ({clause.modal}) over {self.tree.lemmas[place]}, which the lexicon does not know"
        sense = self._sense(place, clause, self.lexicon.operators[operator]["*"], 0.3, (step,))
        if operator == "refuse":
            return sense
        sides = tuple(dict.fromkeys([*clause.subj, *sense.target]))
        return replace(sense, source=self._speakers(place), target=sides, used=())

    def _known(self, place: int) -> bool:
        lemma = self.tree.lemmas[place]
        return lemma in self.lexicon.verbs or any(
            f"{lemma}_{self.tree.lemmas[kid]}" in self.lexicon.verbs for kid in self.tree.kids[place]
        )

    def _outcome(self, place: int, clause: Clause, match: Match, outcome: str) -> Sense | None:
        step = f"{match.entry.place} {self.tree.lemmas[place]} {match.entry.shown}"
        if not outcome.startswith("+"):
            return self._plain(place, clause, match, step)
        inner = self._inner(place, clause, match)
        if outcome == "+say":
            return None
        if inner is None:
            return self._empty(place, clause, match, outcome[1:], step)
        return self._apply(place, clause, outcome[1:], inner, step)

    def _plain(self, place: int, clause: Clause, match: Match, step: str) -> Sense:
        entry = match.entry
        code = codes()[_refined(self.tree, entry.outcome, match.used)]
        things = set(match.used) if _has_thing(match) else set()
        used = tuple(resolve(self.tree, noun) for noun in match.used)
        target = self._targets(clause, things)
        source = clause.subj
        if entry.sources:
            source = tuple(noun for prep, noun in clause.preps if prep in entry.sources)
            target = tuple(dict.fromkeys([*clause.subj, *(noun for noun in target if noun not in source)]))
        return Sense(
            trigger=place,
            code=code,
            type=entry.type or code.type,  # type: ignore[arg-type]
            mode=entry.mode or (code.mode if entry.type in {None, code.type} else None),
            status="held",
            source=source,
            target=target,
            both=entry.both,
            weight=1.0 + match.score,
            nominal=False, hedge=0.0,
            used=used,
            steps=(step,),
        )

    def _targets(self, clause: Clause, things: set[int]) -> tuple[int, ...]:
        direct = [noun for noun in clause.obj if noun not in things]
        pairs = sorted(
            ((prep, noun) for prep, noun in clause.preps if prep in TARGET_PREPS),
            key=lambda pair: TARGET_PREPS.index(pair[0]),
        )
        return tuple(dict.fromkeys([*direct, *(noun for _, noun in pairs), *clause.obj]))

    def _inner(self, place: int, clause: Clause, match: Match) -> Sense | None:
        nouns = [resolve(self.tree, noun) for noun in match.used]
        places = [*nouns, *clause.comp, *(noun for noun in clause.obj), *(noun for _, noun in clause.preps)]
        for noun in places:
            sense = self.sense(noun)
            if sense is not None and sense.trigger != place:
                return sense
        return self._by_modifier(clause, match)

    def _by_modifier(self, clause: Clause, match: Match) -> Sense | None:
        for noun in (*match.used, *clause.obj):
            for kid in self.tree.kids[noun]:
                if self.tree.deps[kid] == "compound":
                    sense = self._noun(kid)
                    if sense is not None:
                        return sense
        return None

    def _empty(self, place: int, clause: Clause, match: Match, operator: str, step: str) -> Sense | None:
        if operator == "do":
            return None
        table = self.lexicon.operators[operator]
        outcome = table.get("*", "-")
        if outcome in {"-", "="}:
            return None
        return self._sense(place, clause, outcome, 0.6 + match.score / 2, (step, f"{operator} over no known event"))

    def _sense(self, place: int, clause: Clause, outcome: str, weight: float, steps: tuple[str, ...]) -> Sense:
        code = codes()[outcome]
        inner_subjects = tuple(
            noun for verb in clause.comp for noun in self.clause(verb).subj if self.clause(verb).own_subject
        )
        inner_targets = tuple(noun for verb in clause.comp for noun in self._targets(self.clause(verb), set()))
        return Sense(
            trigger=place, code=code, type=code.type, mode=code.mode, status="held", source=clause.subj,
            target=tuple(dict.fromkeys([*inner_subjects, *self._targets(clause, set()), *inner_targets])),
            both=False, weight=weight, nominal=False, hedge=0.0, used=clause.comp, steps=steps,
        )  # fmt: skip

    def _apply(self, place: int, clause: Clause, operator: str, inner: Sense, step: str) -> Sense | None:
        outcome = look_up(self.lexicon, operator, inner.code.code)
        if outcome == "-":
            return replace(
                inner,
                trigger=place,
                weight=inner.weight * 0.5,
                dropped=f"{operator} over {inner.code.code} is no event",
                used=(*inner.used, inner.trigger),
                steps=(*inner.steps, step),
            )
        targets = self._targets(clause, set(clause.obj))
        people = tuple(noun for noun in clause.obj if noun != inner.trigger)
        inner_sides = tuple(noun for noun in inner.source if noun not in clause.subj)
        if operator in {"demand", "appeal"}:
            target = (*people, *inner_sides, *targets, *inner.target)
        else:
            target = (*inner.target, *people, *targets)
        if outcome == "=":
            source = clause.subj or inner.source
            return replace(
                inner, trigger=place, source=source, target=tuple(dict.fromkeys(target)), weight=inner.weight + 0.2,
                used=(*inner.used, inner.trigger), steps=(*inner.steps, step), nominal=False, hedge=0.0,
            )  # fmt: skip
        code = codes()[outcome]
        return Sense(
            trigger=place, code=code, type=code.type, mode=code.mode, status=_status_of(operator, inner),
            source=clause.subj, target=tuple(dict.fromkeys(target)), both=inner.both and operator in {"intend", "cancel", "stop"},
            weight=inner.weight + 1.0, nominal=False, hedge=0.0, used=(*inner.used, inner.trigger),
            steps=(*inner.steps, f"{step}: {operator} over {inner.code.code} is {outcome}"),
        )  # fmt: skip

    # -- negation and modality

    def _modality(self, clause: Clause, sense: Sense) -> Sense | None:
        modal = clause.modal
        if modal in PERHAPS and not clause.negated:
            return replace(sense, status="possible", weight=sense.weight * 0.9, steps=(*sense.steps, f"modal {modal}"))
        operator = _modal_operator(clause)
        if operator is None:
            return sense
        outcome = look_up(self.lexicon, operator, sense.code.code)
        if operator == "not" and outcome == "-":
            return replace(sense, dropped="negated", status="denied", weight=sense.weight * 0.5)
        if outcome == "=":
            return sense
        if outcome == "-":
            return replace(sense, dropped=f"{operator} over {sense.code.code}", weight=sense.weight * 0.5)
        code = codes()[outcome]
        source = sense.source
        target = sense.target
        if operator == "demand":
            speakers = self._speakers(sense.trigger)
            source, target = speakers, tuple(dict.fromkeys([*sense.source, *sense.target]))
        return replace(
            sense, code=code, type=code.type, mode=code.mode, source=source, target=target,
            status="planned" if operator == "intend" else "held",
            both=sense.both and operator == "intend",
            steps=(*sense.steps, f"{operator} ({'not ' if clause.negated else ''}{modal}) over {sense.code.code} is {outcome}"),
        )  # fmt: skip

    def _speakers(self, place: int) -> tuple[int, ...]:
        for node in self.tree.above(place)[1:]:
            if self.tree.pos[node] == "VERB" and self.tree.deps[place] in {
                "ccomp",
                "parataxis",
                "conj",
                "xcomp",
                "advcl",
                "ROOT",
            }:
                return self.clause(node).subj
        for kid in self.tree.kids[place]:
            if self.tree.deps[kid] in {"parataxis", "ccomp"} and self.tree.pos[kid] == "VERB":
                return self.clause(kid).subj
        return ()

    # -- nouns

    def _noun(self, place: int) -> Sense | None:
        tree = self.tree
        pairs = prep_pairs(tree, place)
        match = match_noun(tree, place, pairs, self.lexicon)
        if match is None or match.entry.outcome in {"-", "+say"}:
            return None
        entry = match.entry
        source, target = self._noun_sides(place, pairs, match)
        step = f"{entry.place} {tree.lemmas[place]} {entry.shown}"
        if entry.outcome.startswith("+"):
            return self._noun_operator(place, pairs, entry.outcome[1:], source, target, step)
        words = bag(tree, place)
        code = codes()[_refine_words(entry.outcome, words)]
        return Sense(
            trigger=place, code=code, type=entry.type or code.type, mode=entry.mode or code.mode,  # type: ignore[arg-type]
            status="held", source=source, target=target, both=entry.both, weight=0.5 + match.score / 2, nominal=True, hedge=0.0,
            used=(), steps=(step,), content=entry.content,
        )  # fmt: skip

    def _noun_sides(
        self, place: int, pairs: list[tuple[str, int]], match: Match
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        tree, entry = self.tree, match.entry
        owners = [kid for kid in tree.kids[place] if tree.deps[kid] == "poss"]
        makers = [noun for prep, noun in pairs if prep in (entry.sources or ("by", "from"))]
        adjectives = [
            kid
            for kid in tree.kids[place]
            if tree.deps[kid] in {"amod", "compound"} and tree.words[kid] not in {"peace"}
        ]
        wanted = entry.targets or TARGET_PREPS
        others = sorted(
            ((prep, noun) for prep, noun in pairs if prep in wanted and noun not in makers),
            key=lambda pair: wanted.index(pair[0]),
        )
        source = (*makers, *owners, *adjectives)
        return tuple(source), tuple(noun for _, noun in others)

    def _noun_operator(
        self,
        place: int,
        pairs: list[tuple[str, int]],
        operator: str,
        source: tuple[int, ...],
        target: tuple[int, ...],
        step: str,
    ) -> Sense | None:
        verbs = [kid for kid in self.tree.kids[place] if self.tree.deps[kid] in {"acl", "ccomp", "xcomp"}]
        for node in (*verbs, *(noun for _, noun in pairs)):
            inner = self.sense(node)
            if inner is None:
                continue
            outcome = look_up(self.lexicon, operator, inner.code.code)
            if outcome == "-":
                return None
            code = inner.code if outcome == "=" else codes()[outcome]
            kind = inner.type if outcome == "=" else code.type
            mode = inner.mode if outcome == "=" else code.mode
            return Sense(
                trigger=place, code=code, type=kind, mode=mode, status="held", source=source or inner.source,
                target=tuple(dict.fromkeys([*inner.target, *target])), both=False, weight=inner.weight, nominal=True, hedge=0.0,
                used=(*inner.used, inner.trigger), steps=(*inner.steps, f"{step}: {operator} over {inner.code.code} is {outcome}"),
            )  # fmt: skip
        return None


def look_up(lexicon: Lexicon, operator: str, inner: str) -> str:
    """What an operator makes of an inner code: the line with the longest matching prefix."""
    table = lexicon.operators[operator]
    for length in range(len(inner), 1, -1):
        if inner[:length] in table:
            return table[inner[:length]]
    return table.get("*", "-")


def _modal_operator(clause: Clause) -> str | None:
    if clause.modal in FUTURE or (clause.modal in {"can", "could"} and clause.negated):
        return "refuse" if clause.negated else "intend"
    if clause.modal in DUTY:
        return "demand"
    return "not" if clause.negated else None


def _status_of(operator: str, inner: Sense) -> Status:
    if operator == "intend":
        return "planned"
    return "called off" if operator == "cancel" and inner.code.code.startswith("04") else "held"


def _has_thing(match: Match) -> bool:
    return any("obj" in need.slots and need.words is not None for need in match.entry.needs) and bool(match.entry.needs)


def _refined(tree: Tree, code: str, used: tuple[int, ...]) -> str:
    return _refine_words(code, [word for noun in used for word in bag(tree, noun)])


def _refine_words(code: str, words: list[str]) -> str:
    for name, refined in _REFINED.get(code, {}).items():
        if not _REFINE[name].isdisjoint(words):
            return refined
    return code
