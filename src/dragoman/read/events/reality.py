"""What the words only suppose: conditions, abilities, questions, fears, what might have been, and purposes.

Each verb from the trigger up to the top of the sentence is asked in turn; the first
that does not assert what stands below it gives the reason.  A purpose is no deed
where the words say nothing else ("in order to", "aimed at"); another infinitive of
purpose is only less sure (see :mod:`trust`).
"""

from __future__ import annotations

from dragoman.read.events.modality import PREDICATES
from dragoman.read.syntax.tree import SUBJECTS, Tree

_CONDITIONS = frozenset({"if", "unless", "whether", "lest"})
_ASKING_WORDS = frozenset({"how", "when", "where", "whether", "what", "why", "whom"})
_ABILITIES = frozenset(
    {
        "ability", "capability", "capable", "capacity", "potential", "means", "mean", "way", "chance", "possibility",
        "incentive", "temptation", "unable", "difficult", "hard", "easy", "impossible", "unlikely", "enough",
    }
)  # fmt: skip
_SUPPOSING = frozenset({"fear", "doubt", "imagine", "wonder", "speculate", "dream", "pretend", "envisage", "envision"})
_AGAINST = frozenset({"oppose", "resist", "avoid", "risk", "reject", "denounce", "condemn", "regret"})
_KEEPING = frozenset(
    {"prohibit", "ban", "bar", "prevent", "stop", "keep", "deter", "discourage", "block", "refrain", "abstain"}
)
_EVIDENCE = frozenset(
    {"evidence", "proof", "sign", "indication", "reason", "suggestion", "question", "step", "move", "progress"}
)
_ABILITY = "an ability"
_NOBODY = frozenset({"nobody", "none", "no-one"})
_PURPOSES = frozenset({"aim", "design", "intend", "mean", "calculate"})
_DENYING = frozenset({"deny", "refute", "rebut", "disclaim", "disprove"})
_DENIED_BELOW = frozenset({"ccomp", "acl", "dobj", "xcomp", "pcomp", "prep", "pobj"})
_WARNING = frozenset({"warn", "caution"})
_MAY = frozenset({"may", "might", "could", "can"})
_UNREAL_PAST = frozenset({"would", "could", "might", "should"})
_INVERTED = frozenset({"had", "were", "should"})
_BELOW = frozenset({"acl", "xcomp", "ccomp", "pcomp", "relcl"})


def unreal(tree: Tree, trigger: int, used: tuple[int, ...] = ()) -> str | None:
    """Why the words do not say that the event of a trigger took place or will, or None.

    ``used`` are the words that a trigger such as "have" or "begin" takes its event from.
    """
    if tree.words[-1] == "?":
        return "asked, not said"
    for node in tree.above(trigger):
        reason = _of_head(tree, node) or (_of_verb(tree, node) if tree.pos[node] in PREDICATES else None)
        if reason is not None:
            return reason
    if _is_denied(tree, trigger):
        return "denied"
    if tree.lemmas[trigger] in _WARNING and _is_caution(tree, trigger):
        return "a caution"
    able = tree.lemmas[trigger] == "able" or any(_of_head(tree, node) == _ABILITY for node in used)
    return _ABILITY if able else None


def is_purpose(tree: Tree, trigger: int) -> bool:
    """Whether a verb between the trigger and the top is an infinitive of purpose."""
    return any(tree.deps[node] == "advcl" and _is_to(tree, node) for node in tree.above(trigger))


def _of_verb(tree: Tree, node: int) -> str | None:
    kids = tree.kids[node]
    words = {tree.words[kid] for kid in kids if tree.deps[kid] in {"mark", "advmod"}}
    if words & _CONDITIONS or _is_inverted(tree, node):
        return "a condition"
    if any(_is_nobody(tree, kid) for kid in kids if tree.deps[kid] in SUBJECTS):
        return "done by nobody"
    if _is_to(tree, node) and words & _ASKING_WORDS:
        return "asked, not said"
    if _is_to(tree, node) and (words & {"yet"} or _after_yet(tree, node)):
        return "not yet"
    modals = {tree.words[kid] for kid in kids if tree.deps[kid] == "aux"}
    if modals & _UNREAL_PAST and modals & {"have", "'ve"}:
        return "what might have been"
    if "can" in modals and tree.deps[node] == "relcl" and not any(tree.deps[kid] == "neg" for kid in kids):
        return _ABILITY
    return "said to the reader" if _is_addressed(tree, node) else None


def _of_head(tree: Tree, node: int) -> str | None:
    head = tree.heads[node]
    if tree.tags[node] == "VBG" and tree.lemmas[head] in _AGAINST and tree.deps[node] in _BELOW:
        return "opposed or avoided"
    if tree.deps[node] == "pcomp" and tree.heads[head] != head:
        if tree.words[head] == "from" and tree.lemmas[tree.heads[head]] in _KEEPING:
            return "kept from"
        reason = "a purpose" if tree.lemmas[tree.heads[head]] in _PURPOSES and tree.words[head] == "at" else None
        able = tree.lemmas[tree.heads[head]] in _ABILITIES and tree.words[head] == "of"
        return _ABILITY if able else reason
    if tree.deps[node] not in _BELOW or head == node:
        return None
    if tree.lemmas[head] in _EVIDENCE and any(tree.words[kid] == "no" for kid in tree.kids[head]):
        return "without evidence"
    if tree.lemmas[head] in _SUPPOSING and tree.pos[head] in PREDICATES:
        return "only supposed"
    if not _is_to(tree, node):
        return None
    if tree.lemmas[head] in _ABILITIES:
        return _ABILITY
    in_order = tree.lemmas[head] == "order" and tree.words[tree.heads[head]] == "in"
    made_for = tree.lemmas[head] in _PURPOSES and tree.tags[head] == "VBN" and tree.lemmas[head] != "intend"
    return "a purpose" if in_order or made_for else None


def _is_nobody(tree: Tree, subject: int) -> bool:
    return tree.words[subject] in _NOBODY or any(tree.words[kid] == "no" for kid in tree.children(subject, "det"))


def _is_inverted(tree: Tree, node: int) -> bool:
    """Whether the auxiliary stands before the subject of a clause below: "had they shot it down"."""
    if tree.deps[node] not in {"advcl", "ccomp", "dep"}:
        return False
    subjects = [kid for kid in tree.kids[node] if tree.deps[kid] in SUBJECTS]
    return bool(subjects) and any(
        tree.words[kid] in _INVERTED and tree.deps[kid] in {"aux", "auxpass"} and kid < subjects[0]
        for kid in tree.kids[node]
    )


def _is_addressed(tree: Tree, node: int) -> bool:
    """Whether a clause is an order to the reader ("please call the police") or is about the reader ("you agree")."""
    kids = tree.kids[node]
    if any(tree.words[kid] == "you" and tree.deps[kid] in SUBJECTS for kid in kids):
        return True
    return any(tree.words[kid] == "please" for kid in kids)


def _after_yet(tree: Tree, verb: int) -> bool:
    to = min(kid for kid in tree.kids[verb] if tree.tags[kid] == "TO")
    return to > 0 and tree.words[to - 1] == "yet"


def _is_to(tree: Tree, verb: int) -> bool:
    return any(tree.tags[kid] == "TO" for kid in tree.kids[verb])


def _is_denied(tree: Tree, trigger: int) -> bool:
    """Whether a trigger is what somebody denies: "denied that", "denied reports that"."""
    for node in tree.above(trigger)[:-1]:
        if tree.deps[node] not in _DENIED_BELOW:
            return False
        if tree.lemmas[tree.heads[node]] in _DENYING:
            return True
    return False


def _is_caution(tree: Tree, verb: int) -> bool:
    """Whether a warning is of what may happen by itself or by others: "warned that talks could fail"."""
    for clause in tree.children(verb, "ccomp"):
        subjects = [kid for kid in tree.kids[clause] if tree.deps[kid] in SUBJECTS]
        may = any(tree.deps[kid] == "aux" and tree.words[kid] in _MAY for kid in tree.kids[clause])
        if may and any(tree.pos[kid] != "PRON" for kid in subjects):
            return True
    return False
