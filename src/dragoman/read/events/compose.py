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

from dataclasses import replace

from dragoman.read.events.match import Match, bag, match_verb
from dragoman.read.events.modality import NEGATED, PERHAPS, hedge, modal_operator, settled, with_modality
from dragoman.read.events.nominal import TARGET_PREPS, noun_sense
from dragoman.read.events.ontology import codes, quad
from dragoman.read.events.sense import Sense, kind_of, look_up, recoded, unique
from dragoman.read.events.tables import Lexicon
from dragoman.read.findings import Status
from dragoman.read.syntax.clause import Clause, clause_of, prep_pairs, resolve
from dragoman.read.syntax.factuality import PREDICATES
from dragoman.read.syntax.tree import Tree

_MONTHS = frozenset({"march", "may"})
_JUDGING = ("051", "09", "11", "130")
_WILLING = frozenset({"+intend", "+plan", "+offer", "+accept"})
_WISHES = frozenset({"want", "wish", "like", "desire"})
_SCRUPLES = frozenset({"hesitate"})
_DEMANDING = frozenset({"demand", "call", "urge", "press", "protest", "denounce", "condemn", "oppose", "seek", "ask"})
_ASKING = frozenset({"demand", "appeal"})
_AIMED = ("at", "over", "toward", "towards", "against", "near", "off", "into", "across", "around")
_OWN = frozenset({"it", "they", "he", "she", "we", "i"})
_WILLED = frozenset({"intend", "plan", "offer"})
_HARM = 4
_SHARED = frozenset({"intend", "plan", "offer", "cancel", "stop"})
_REPORTED = frozenset({"ccomp", "parataxis", "conj", "xcomp", "advcl"})
_DEPTH = 6


class Composer:
    """Works out the senses of one sentence; every token is looked at once."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self._clauses: dict[int, Clause] = {}
        self._senses: dict[int, Sense | None] = {}
        self._open: set[int] = set()
        _mend(tree, lexicon.stems)
        _mend_nouns(tree, lexicon.known)

    def senses(self) -> list[Sense]:
        """Every sense of the sentence, those used by another left out."""
        found = [sense for place in range(len(self.tree)) if (sense := self.sense(place)) is not None]
        used = {place for sense in found for place in sense.used}
        kept = [sense for sense in found if sense.trigger not in used]
        return [settled(self.tree, replace(sense, hedge=hedge(self.tree, sense.trigger))) for sense in kept]

    def clause(self, place: int) -> Clause:
        """The clause of a predicate."""
        if place not in self._clauses:
            self._clauses[place] = clause_of(self.tree, place)
        return self._clauses[place]

    def sense(self, place: int) -> Sense | None:
        """The sense of one token, or None."""
        if place not in self._senses:
            if place in self._open or len(self._open) > _DEPTH:
                return None
            self._open.add(place)
            self._senses[place] = self._work_out(place)
            self._open.discard(place)
        return self._senses[place]

    def _work_out(self, place: int) -> Sense | None:
        pos = self.tree.pos[place]
        if pos in PREDICATES or self._is_gerund(place):
            return self._predicate(place)
        if self.tree.deps[place] == "compound":
            return None
        if pos == "NOUN" or (pos == "PROPN" and self.tree.lemmas[place] not in _MONTHS):
            return noun_sense(self.tree, place, self.lexicon, self.sense)
        return None

    def _is_gerund(self, place: int) -> bool:
        """Whether a token tagged as a noun is the verb of "began mediating"."""
        tree = self.tree
        return (
            tree.deps[place] == "xcomp"
            and tree.words[place].endswith("ing")
            and tree.lemmas[place] in self.lexicon.stems
        )

    def _predicate(self, place: int) -> Sense | None:
        clause = self.clause(place)
        match = match_verb(self.tree, place, clause, self.lexicon) if self._known(place) else None
        if match is None or match.entry.outcome == "+say" or self._states(place):
            return self._bare_modal(place, clause)
        outcome = match.entry.outcome
        if outcome == "-":
            return self._bare_modal(place, clause) if modal_operator(clause) == "refuse" else None
        if clause.negated and self._scruples(place, clause):
            return self._outcome(place, clause, match, "+intend")
        if clause.negated and (outcome in _WILLING or self.tree.lemmas[place] in _WISHES):
            return self._outcome(place, clause, match, "+refuse")
        if self.tree.lemmas[place] in _WISHES and not clause.negated and self._own_wish(clause):
            outcome = "+plan"
        sense = self._outcome(place, clause, match, outcome)
        if sense is None:
            return None
        if self._own_threat(place, clause, sense):
            clause = replace(clause, modal="would")
        return with_modality(sense, clause, self.lexicon, self.speakers(place))

    def _states(self, place: int) -> bool:
        """Whether "insist" tells what is, and does not demand: "insisted that he was right"."""
        tree = self.tree
        below = tree.children(place, "ccomp") if tree.lemmas[place] == "insist" else []
        return any(tree.tags[verb] in {"VBD", "VBZ"} and self.clause(verb).modal is None for verb in below)

    def _scruples(self, place: int, clause: Clause) -> bool:
        """Whether what is negated would have held back: "will not hesitate to strike", "did not rule out force"."""
        lemma = self.tree.lemmas[place]
        return (lemma in _SCRUPLES and bool(clause.complements)) or (lemma == "rule" and "out" in clause.particles)

    def _own_wish(self, clause: Clause) -> bool:
        """Whether the subject wants to do something, and does not want another to do it."""
        verbs = [verb for verb in clause.complements if self.clause(verb).infinitive]
        return bool(verbs) and not clause.objects and not any(self.clause(verb).own_subject for verb in verbs)

    def _own_threat(self, place: int, clause: Clause, sense: Sense) -> bool:
        """Whether speakers say of themselves that they may or could do harm: "Iran said it might expel envoys"."""
        tree = self.tree
        perfect = any(tree.lemmas[kid] == "have" and tree.deps[kid] == "aux" for kid in tree.kids[place])
        if clause.modal not in PERHAPS | {"can"} or clause.negated or perfect or quad(sense.type) != _HARM:
            return False
        speakers = self.speakers(place)
        if not clause.subjects:
            return bool(speakers) and tree.lemmas[tree.heads[place]] == "tell"
        own = clause.subjects[0]
        return bool(speakers) and (tree.words[own] in _OWN or tree.lemmas[own] == tree.lemmas[speakers[0]])

    def _known(self, place: int) -> bool:
        lemma, verbs = self.tree.lemmas[place], self.lexicon.verbs
        return lemma in verbs or any(f"{lemma}_{self.tree.lemmas[kid]}" in verbs for kid in self.tree.kids[place])

    def _bare_modal(self, place: int, clause: Clause) -> Sense | None:
        """A predicate that the lexicon does not know, under "must" or "will not"."""
        operator = modal_operator(clause)
        if operator not in {"demand", "refuse"}:
            return None
        step = f"{operator} ({clause.modal}) over {self.tree.lemmas[place]}, which the lexicon does not know"
        sense = self._default(place, clause, operator, 0.3, step)
        if sense is None:
            return None
        if operator == "refuse":
            return replace(sense, guess=True)
        target = unique(clause.subjects, sense.target)
        return replace(sense, source=self.speakers(place), target=target, used=(), guess=True)

    def _outcome(self, place: int, clause: Clause, match: Match, outcome: str) -> Sense | None:
        step = f"{match.entry.place} {self.tree.lemmas[place]} {match.entry.shown}"
        if not outcome.startswith("+"):
            return self._plain(place, clause, match, step)
        operator = outcome[1:]
        inner = self._inner(place, clause, match)
        if inner is not None:
            return self._apply(place, clause, operator, inner, step)
        weight = 0.6 + match.score / 2
        return self._default(place, clause, operator, weight, f"{step}: {operator} over no known event")

    def _plain(self, place: int, clause: Clause, match: Match, step: str) -> Sense:
        entry = match.entry
        code, kind, mode = kind_of(entry, [word for noun in match.used for word in bag(self.tree, noun)])
        things = self._things(match)
        used = tuple(resolve(self.tree, noun) for noun in match.used)
        below = [noun for thing in match.used for _, noun in prep_pairs(self.tree, thing)]
        source, target = clause.subjects, unique(self._targets(clause, things), below)
        meeting = self._shared_subject(clause, match)
        if meeting is not None:
            source, target = meeting.source, meeting.target
        elif entry.said:
            source, target = self.speakers(place), unique(clause.subjects, target)
        elif not source:
            source = unique([*things], self._forces(clause))
        elif entry.sources:
            source = tuple(noun for prep, noun in clause.obliques if prep in entry.sources)
            target = tuple(noun for noun in unique(clause.subjects, target) if noun not in source)
        if mode == "weapons":
            source, target = _of_launch(clause, source)
        if kind == "PROTEST":
            purposes = self._purposes(place, clause)
            used, target = unique(used, purposes), unique(target, self._asked_of(purposes))
        return Sense(
            trigger=place,
            code=code,
            type=kind,
            mode=mode,
            source=source,
            target=target,
            both=entry.both,
            weight=1.0 + match.score,
            used=unique(used, clause.complements) if entry.outcome.startswith(_JUDGING) else used,
            steps=(step,),
        )

    def _things(self, match: Match) -> frozenset[int]:
        """The objects that the line asks for, people left out: sanctions are imposed on somebody, envoys expelled."""
        if not match.entry.wants_object:
            return frozenset()
        people = self.lexicon.members["people"]
        return frozenset(noun for noun in match.used if self.tree.lemmas[resolve(self.tree, noun)] not in people)

    def _purposes(self, place: int, clause: Clause) -> list[int]:
        """What a protest is for is part of it: "marched to demand", "on strike, calling for"."""
        tree = self.tree
        with_it = [kid for kid in tree.kids[place] if tree.deps[kid] == "advcl" and tree.tags[kid] == "VBG"]
        below = [kid for verb in (*clause.complements, *with_it) for kid in tree.conjuncts(verb)]
        return [kid for kid in below if tree.lemmas[kid] in _DEMANDING]

    def _asked_of(self, purposes: list[int]) -> tuple[int, ...]:
        senses = (self.sense(verb) for verb in purposes)
        return unique(*(sense.target for sense in senses if sense is not None))

    def _forces(self, clause: Clause) -> list[int]:
        """Forces that something is done with: in "troops were put on alert" they are whose troops they are."""
        forces = self.lexicon.members["troops"] | self.lexicon.members["police"]
        return [noun for noun in clause.objects if self.tree.lemmas[resolve(self.tree, noun)] in forces]

    def _shared_subject(self, clause: Clause, match: Match) -> Sense | None:
        """The sense of the subject, where its sides are those of the clause: talks between A and B collapsed."""
        senses = (self.sense(resolve(self.tree, noun)) for noun in clause.subjects if noun in match.used)
        return next((sense for sense in senses if sense is not None and sense.both), None)

    def _parties(self, clause: Clause) -> Sense | None:
        """Talks as a subject, which stand for their parties: "talks between A and B failed to bring peace"."""
        senses = (self.sense(resolve(self.tree, noun)) for noun in clause.subjects)
        return next((sense for sense in senses if sense is not None and sense.both and sense.nominal), None)

    def _targets(self, clause: Clause, things: frozenset[int]) -> tuple[int, ...]:
        direct = [noun for noun in clause.objects if noun not in things]
        pairs = sorted(
            ((prep, noun) for prep, noun in clause.obliques if prep in TARGET_PREPS),
            key=lambda pair: TARGET_PREPS.index(pair[0]),
        )
        return unique(direct, [noun for _, noun in pairs if noun not in clause.subjects], clause.objects)

    def _inner(self, place: int, clause: Clause, match: Match) -> Sense | None:
        heads = [resolve(self.tree, noun) for noun in match.used]
        inner = self._first_sense(place, unique(heads, clause.complements, clause.objects), heads)
        inner = inner or self._in_compound((*match.used, *clause.objects))
        return inner or self._first_sense(place, unique([noun for _, noun in clause.obliques]), heads)

    def _first_sense(self, place: int, nodes: tuple[int, ...], heads: list[int]) -> Sense | None:
        for node in nodes:
            sense = self.sense(node)
            if sense is not None and sense.trigger != place and (node in heads or not sense.content):
                return self._not_done(sense)
        return None

    def _not_done(self, sense: Sense) -> Sense:
        """Under an operator, not to do a thing is to stop it: "agreed not to attack", "urged them not to leave"."""
        outcome = look_up(self.lexicon, "stop", sense.code.code) if sense.dropped == NEGATED else "-"
        if outcome == "-":
            return sense
        return replace(recoded(sense, outcome, f"not over {sense.code.code} is {outcome}"), dropped=None, status="held")

    def _in_compound(self, nouns: tuple[int, ...]) -> Sense | None:
        compounds = (kid for noun in nouns for kid in self.tree.kids[noun] if self.tree.deps[kid] == "compound")
        senses = (noun_sense(self.tree, kid, self.lexicon, self.sense) for kid in compounds)
        return next((sense for sense in senses if sense is not None), None)

    def _default(self, place: int, clause: Clause, operator: str, weight: float, step: str) -> Sense | None:
        """What an operator comes to where the event under it is not known."""
        outcome = self.lexicon.operators[operator].get("*", "-")
        wish = operator in _WILLED | {"refuse"} and self.tree.lemmas[place] in self.lexicon.members["wishing"]
        if outcome in {"-", "="} or wish:
            return None
        code = codes()[outcome]
        own = (
            noun for verb in clause.complements if self.clause(verb).own_subject for noun in self.clause(verb).subjects
        )
        inner = [noun for verb in clause.complements for noun in self._targets(self.clause(verb), frozenset())]
        return Sense(
            trigger=place,
            code=code,
            type=code.type,
            mode=code.mode,
            source=clause.subjects,
            target=unique([*own], self._targets(clause, frozenset()), inner),
            weight=weight,
            used=clause.complements,
            steps=(step,),
        )

    def _apply(self, place: int, clause: Clause, operator: str, inner: Sense, step: str) -> Sense:
        outcome = look_up(self.lexicon, operator, inner.code.code)
        base = replace(inner, trigger=place, nominal=False, content=False, used=(*inner.used, inner.trigger))
        if outcome == "-":
            reason = f"{operator} over {inner.code.code} is no event"
            return replace(base, weight=inner.weight * 0.5, dropped=reason, steps=(*inner.steps, step))
        target = self._targets_over(clause, operator, inner)
        if outcome == "=":
            source = (
                clause.subjects if operator in _ASKING and clause.subjects else unique(clause.subjects, inner.source)
            )
            weight = inner.weight + 0.2
            status = "planned" if operator in _WILLED else inner.status
            return replace(base, source=source, target=target, weight=weight, steps=(*inner.steps, step), status=status)
        changed = recoded(base, outcome, f"{step}: {operator} over {inner.code.code} is {outcome}")
        parties = self._parties(clause)
        if parties is not None and operator == "fail":
            return replace(
                changed,
                source=parties.source,
                target=unique(parties.target, target),
                weight=inner.weight + 1.0,
                both=True,
                used=(*changed.used, parties.trigger),
                status="held",
                dropped=None,
            )
        return replace(
            changed,
            source=clause.subjects if operator in _ASKING else unique(clause.subjects, inner.source),
            target=target,
            weight=inner.weight + 1.0,
            both=inner.both and operator in _SHARED,
            status=_status(operator, inner),
            dropped=None,
        )

    def _targets_over(self, clause: Clause, operator: str, inner: Sense) -> tuple[int, ...]:
        people = tuple(noun for noun in clause.objects if noun != inner.trigger)
        others = self._targets(clause, frozenset(clause.objects))
        if operator in _ASKING:
            asked = tuple(noun for noun in inner.source if noun not in clause.subjects)
            return unique(people, asked, others, inner.target)
        return unique(inner.target, people, others)

    def speakers(self, place: int) -> tuple[int, ...]:
        """The subject of the verb of saying above a clause, or beside it."""
        tree = self.tree
        for node in tree.above(place)[1:]:
            if tree.pos[node] == "VERB" and tree.deps[place] in _REPORTED:
                return self.clause(node).subjects
        for kid in tree.kids[place]:
            if tree.deps[kid] in {"parataxis", "ccomp"} and tree.pos[kid] == "VERB":
                return self.clause(kid).subjects
        return ()


def _of_launch(clause: Clause, source: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Sides of a test of weapons: who launched, or where from; only what it was aimed over or at is a target."""
    origin = [noun for prep, noun in clause.obliques if prep == "from"]
    aimed = [noun for prep in _AIMED for other, noun in clause.obliques if other == prep]
    return unique(source, origin) if not clause.subjects else source, unique(aimed)


def _status(operator: str, inner: Sense) -> Status:
    if operator in {"intend", "plan", "offer"}:
        return "planned"
    return "called off" if operator == "cancel" and inner.code.code.startswith("04") else "held"


def _mend(tree: Tree, stems: frozenset[str]) -> None:
    """Give verbs that the lemmatiser got wrong ("cordone" for cordoned) a lemma that the lexicon knows."""
    for place, lemma in enumerate(tree.lemmas):
        verbal = tree.pos[place] == "VERB" or (tree.deps[place] == "xcomp" and tree.words[place].endswith("ing"))
        if verbal and lemma not in stems:
            tree.lemmas[place] = next((stem for stem in _stems(tree.words[place]) if stem in stems), lemma)


def _mend_nouns(tree: Tree, known: frozenset[str]) -> None:
    """Give a plural that was taken for a name ("Gendarmes searched") the lemma of its noun."""
    for place, lemma in enumerate(tree.lemmas):
        if tree.pos[place] == "PROPN" and lemma.endswith("s") and lemma not in known and lemma[:-1] in known:
            tree.lemmas[place] = lemma[:-1]


def _stems(word: str) -> tuple[str, ...]:
    """What a form may be of: "fined" of fine, "cordoned" of cordon, "gunned" of gun."""
    if word.endswith("ing"):
        return word[:-3], f"{word[:-3]}e", word[:-4]
    if word.endswith("ied"):
        return (f"{word[:-3]}y",)
    if word.endswith("ed"):
        return word[:-2], word[:-1], word[:-3]
    return (word, word[:-1]) if word.endswith("s") else (word,)
