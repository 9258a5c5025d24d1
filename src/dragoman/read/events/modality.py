"""Negation, modals and how little a clause asserts."""

from __future__ import annotations

from dataclasses import replace

from dragoman.read.events.sense import Sense, look_up, recoded, unique
from dragoman.read.events.tables import Lexicon
from dragoman.read.syntax.auxiliaries import modal
from dragoman.read.syntax.clause import Clause
from dragoman.read.syntax.factuality import PREDICATES, factuality
from dragoman.read.syntax.tree import SUBJECTS, Tree

FUTURE = frozenset({"will", "would", "shall"})
DUTY = frozenset({"must", "should", "ought"})
PERHAPS = frozenset({"may", "might", "could"})
NEGATED = "negated"
_MOST_HEDGE = 4.0
_MARKS = {
    "until": 2.0, "till": 2.0, "unless": 2.0, "lest": 2.0, "if": 1.5, "whether": 1.0, "once": 1.0, "before": 0.8,
    "because": 0.8, "after": 0.6, "since": 0.6, "when": 0.6, "although": 0.5, "though": 0.5, "as": 0.5, "while": 0.4,
}  # fmt: skip


def modal_operator(clause: Clause) -> str | None:
    """The operator that a clause's modal and negation work as, or None."""
    if clause.modal in FUTURE or (clause.modal in {"can", "could"} and clause.negated):
        return "refuse" if clause.negated else "intend"
    if clause.modal in DUTY:
        return "demand"
    return "not" if clause.negated else None


def with_modality(sense: Sense, clause: Clause, lexicon: Lexicon, speakers: tuple[int, ...]) -> Sense:
    """``sense`` as its clause's modal and negation leave it; ``speakers`` are who says so."""
    if clause.modal in PERHAPS and not clause.negated:
        return replace(
            sense, status="possible", weight=sense.weight * 0.9, steps=(*sense.steps, f"modal {clause.modal}")
        )
    operator = modal_operator(clause)
    if operator is None:
        return sense
    outcome = look_up(lexicon, operator, sense.code.code)
    if outcome == "=":
        return replace(sense, status="planned") if operator == "intend" else sense
    if outcome == "-":
        return _dropped(sense, operator)
    words = " ".join(word for word in ("not" if clause.negated else "", clause.modal or "") if word)
    changed = recoded(sense, outcome, f"{operator} ({words}) over {sense.code.code} is {outcome}")
    if operator == "demand":
        return replace(changed, source=speakers, target=unique(sense.source, sense.target), both=False)
    planned = operator == "intend"
    source = sense.source or speakers
    return replace(changed, source=source, status="planned" if planned else "held", both=sense.both and planned)


def _dropped(sense: Sense, operator: str) -> Sense:
    reason = NEGATED if operator == "not" else f"{operator} over {sense.code.code} is no event"
    return replace(sense, dropped=reason, status="denied", weight=sense.weight * 0.5)


_ABILITY = frozenset({"able", "ability", "capability", "capable", "capacity", "potential", "means", "chance"})


def settled(tree: Tree, sense: Sense) -> Sense:
    """``sense`` with the status that the words around its trigger leave it, dropped where they do not assert it."""
    if sense.dropped is not None:
        return sense
    judged = factuality(tree, sense.trigger, bare=not sense.nominal)
    if not _ABILITY.isdisjoint(tree.lemmas[place] for place in (sense.trigger, *sense.used)):
        return replace(sense, dropped="an ability", status="possible")
    if tree.lemmas[sense.trigger] in {"warn", "caution"} and _is_caution(tree, sense.trigger):
        return replace(sense, dropped="a caution", status="possible")
    if judged.value == "denied" and sense.status == "called off":
        return sense
    if judged.value in {"denied", "supposed", "aimed at"}:
        return replace(sense, dropped=judged.rule, status="denied" if judged.value == "denied" else "possible")
    if judged.value == "possible" or (judged.value == "planned" and sense.status == "held"):
        return replace(sense, status=judged.value, steps=(*sense.steps, judged.rule))
    return sense


def _is_caution(tree: Tree, verb: int) -> bool:
    """Whether a warning is of what may happen by itself or by others: "warned that talks could fail"."""
    return any(
        modal(tree, clause) in {"may", "might", "could", "can"}
        and any(tree.pos[kid] != "PRON" for kid in tree.children(clause, *SUBJECTS))
        for clause in tree.children(verb, "ccomp")
    )


def hedge(tree: Tree, place: int) -> float:
    """How little the clause of a token asserts: purposes, conditions and relative clauses say less than main ones."""
    value = sum(_hedge_of(tree, node) for node in tree.above(place) if tree.pos[node] in PREDICATES)
    return min(value, _MOST_HEDGE)


def _hedge_of(tree: Tree, node: int) -> float:
    dep = tree.deps[node]
    marks = [tree.words[kid] for kid in tree.kids[node] if tree.deps[kid] in {"mark", "advmod"}]
    value = max((_MARKS.get(word, 0.0) for word in marks), default=0.0)
    if dep in {"advcl", "acl", "xcomp"} and any(tree.tags[kid] == "TO" for kid in tree.kids[node]):
        return value + (0.5 if dep == "xcomp" else 1.8)
    return value + {"pcomp": 0.8, "relcl": 0.8, "acl": 0.8, "amod": 1.5}.get(dep, 0.0)
