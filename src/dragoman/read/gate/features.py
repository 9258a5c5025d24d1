"""What is known of a proposed finding, as a flat table of names and numbers.

A feature ``name=value`` is 1 where it holds; the others are numbers.  Nothing here
decides: a feature only says how the words stand (syntax, modality, quotation), how
each side was found, and what the rule that proposed the finding says of itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.read.findings import Commitment, Entity, Event, Meeting, Span, Stance
from dragoman.read.gate.context import Context

if TYPE_CHECKING:
    from spacy.tokens import Token

Features = dict[str, float]
Candidate = Event | Meeting | Commitment | Stance

_MOST_DEPTH = 8
_CLAUSAL = ("VERB", "AUX")
_SAYING = (
    "say", "tell", "add", "note", "state", "claim", "report", "announce", "declare", "argue", "insist", "stress",
    "warn", "suggest", "explain", "believe", "think", "hope", "expect", "ask", "write", "according", "deny",
)  # fmt: skip
_MARKS = ("if", "whether", "unless", "that", "because", "although", "though", "after", "before", "while", "when", "as")
_FIRST = ("we", "i", "us", "our")
_PRONOUNS = ("he", "she", "it", "they", "we", "i", "you", "who", "that", "which", "this", "these", "those")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "nsubj:pass")


def features(ctx: Context, finding: Candidate) -> Features:
    """The features of one finding."""
    if isinstance(finding, Event):
        return _event(ctx, finding)
    if isinstance(finding, Meeting):
        return _contact(ctx, finding)
    return _promise(ctx, finding) if isinstance(finding, Commitment) else _stance(ctx, finding)


def _event(ctx: Context, event: Event) -> Features:
    trigger = ctx.head(event.span)
    found = _of_place(ctx, event.span, trigger)
    found |= {
        "rules": event.confidence, f"type={event.type}": 1, f"cameo={(event.cameo or '')[:3]}": 1,
        f"status={event.status}": 1, f"mode={event.mode}": 1, "words": event.span[1] - event.span[0],
        f"dated={event.date is not None}": 1, f"place={event.place is not None}": 1,
    }  # fmt: skip
    steps = event.rule.split(" ; ")
    found["steps"] = len(steps)
    for step in steps:
        found[f"step={_shape(step)}"] = 1
    found |= _side(ctx, "source", [(one.span, one.entity) for one in event.source], trigger)
    found |= _side(ctx, "target", [(one.span, one.entity) for one in event.target], trigger)
    sources, targets = ({one.country for one in side if one.country} for side in (event.source, event.target))
    found["same country"] = float(bool(sources) and sources == targets and event.source != event.target)
    found["countries"] = len(sources | targets)
    found |= {f"source.sector={one.sector}": 1.0 for one in event.source[:1]}
    found |= {f"target.sector={one.sector}": 1.0 for one in event.target[:1]}
    return found


def _shape(step: str) -> str:
    """A step of a rule without what is particular to the sentence: at most its first four words."""
    return " ".join(step.split()[:4])


def _contact(ctx: Context, contact: Meeting) -> Features:
    evidence = contact.evidence[0]
    trigger = ctx.head(evidence)
    found = _of_place(ctx, evidence, trigger)
    found |= {
        "rules": contact.confidence, f"status={contact.status}": 1, f"mode={contact.mode}": 1,
        f"level={contact.level}": 1, f"claim={contact.claim}": 1, "people": len(contact.participants),
        "evidence": len(contact.evidence), "count": contact.count, f"dated={contact.date is not None}": 1,
        f"place={contact.place is not None}": 1, "words": evidence[1] - evidence[0],
    }  # fmt: skip
    inside = [one for one in contact.participants if one.span and _overlaps(one.span, contact.evidence)]
    found["people inside"] = len(inside)
    found["people elsewhere"] = len(contact.participants) - len(inside)
    found["countries"] = len({one.country for one in contact.participants if one.country})
    parties = [_party(ctx, one.entity) or one.country or one.entity for one in contact.participants]
    found["parties"] = len(set(parties))
    for number, one in enumerate(contact.participants[:3]):
        found |= _side(ctx, f"who{number}", [(one.span, one.entity)] if one.span else [], trigger)
    return found


def _promise(ctx: Context, promise: Commitment) -> Features:
    trigger = ctx.head(promise.span)
    found = _of_place(ctx, promise.span, trigger)
    found |= {
        "rules": promise.confidence, f"fate={promise.fate}": 1, f"deed={promise.deed}": 1, "by": len(promise.by),
        "to": len(promise.to), f"due={promise.due is not None}": 1, f"condition={promise.condition is not None}": 1,
        "evidence": len(promise.evidence), "words": promise.span[1] - promise.span[0], f"rule={promise.rule}": 1,
    }  # fmt: skip
    found |= _ids(ctx, "by", promise.by)
    found |= _ids(ctx, "to", promise.to)
    return found | _cue(trigger)


def _stance(ctx: Context, stance: Stance) -> Features:
    trigger = ctx.head(stance.what)
    found = _of_place(ctx, stance.what, trigger)
    found |= {
        "rules": stance.confidence, f"kind={stance.kind}": 1, f"status={stance.status}": 1, "by": len(stance.by),
        f"speaker={stance.speaker is not None}": 1, f"hearsay={stance.hearsay}": 1, f"strength={stance.strength}": 1,
        f"audience={stance.audience}": 1, f"condition={stance.condition is not None}": 1,
        "words": stance.what[1] - stance.what[0], f"rule={stance.rule}": 1,
    }  # fmt: skip
    found |= _ids(ctx, "by", stance.by)
    return found | _cue(trigger)


def _of_place(ctx: Context, span: Span, trigger: Token | None) -> Features:
    """How the words of a finding stand in their sentence, and the sentence in the article."""
    size = max(len(ctx.parsed.text), 1)
    found: Features = {
        "at": span[0] / size, "quoted": float(ctx.is_quoted(span[0])), "quoted share": ctx.quoted_share,
        "turns": ctx.turn_share,
    }  # fmt: skip
    if trigger is None:
        return found | {"no words": 1}
    sentence = trigger.sent
    words = [token.lower_ for token in sentence]
    offset = ctx.offset(span[0])
    where = (offset + sentence.start_char, offset + sentence.end_char)
    mentions = ctx.index.within(where)
    found |= {
        "sentence": len(words), "question": float(words[-1] == "?"), "at in sentence": (trigger.i - sentence.start),
        "names": len(mentions), "states": len({entity.country for _, entity in mentions if entity.country}),
        "semicolons": words.count(";"), "commas": words.count(","),
        "first person": float(not set(_FIRST).isdisjoint(words)),
        "second person": float("you" in words),
    }  # fmt: skip
    return found | _of_token(trigger)


def _of_token(trigger: Token) -> Features:
    chain = _chain(trigger)
    found: Features = {
        f"lemma={trigger.lemma_.lower()}": 1, f"tag={trigger.tag_}": 1, f"dep={trigger.dep_}": 1,
        "depth": min(len(chain) - 1, _MOST_DEPTH), f"path={'<'.join(token.dep_ for token in chain[:2])}": 1,
        f"head={trigger.head.lemma_.lower()}": 1, f"verb={trigger.pos_ in _CLAUSAL}": 1,
    }  # fmt: skip
    verbs = [token for token in chain if token.pos_ in _CLAUSAL]
    for name, some in (("own", verbs[:1]), ("above", verbs[1:])):
        for verb in some:
            found |= _of_verb(name, verb)
    if verbs:
        found[f"top={verbs[-1].lemma_.lower()}"] = 1
    found["told"] = float(any(verb.lemma_.lower() in _SAYING for verb in verbs[1:]))
    for token in chain[:-1]:
        if token.dep_ in {"relcl", "advcl", "acl", "ccomp", "xcomp", "pcomp", "conj", "appos", "parataxis"}:
            found[f"within={token.dep_}"] = 1
    found |= {f"det={kid.lower_}": 1 for kid in trigger.children if kid.dep_ in {"det", "poss"}}
    return found | {f"prep={kid.lower_}": 1 for kid in trigger.children if kid.dep_ == "prep"}


def _of_verb(name: str, verb: Token) -> Features:
    """Tense, modality and polarity of a verb: ``own`` is the trigger's, ``above`` any verb above it."""
    found: Features = {}
    if name == "own":
        found[f"own.tag={verb.tag_}"] = 1
        found["own.subject"] = float(any(kid.dep_ in _SUBJECTS for kid in verb.children))
    for kid in verb.children:
        if kid.dep_ in {"aux", "auxpass"}:
            found[f"{name}.aux={kid.lower_}"] = 1
        elif kid.dep_ == "neg":
            found[f"{name}.neg"] = 1
        elif kid.dep_ in {"mark", "advmod"} and kid.lower_ in _MARKS:
            found[f"{name}.mark={kid.lower_}"] = 1
        elif kid.dep_ in _SUBJECTS and kid.lower_ in _PRONOUNS:
            found[f"{name}.subject={kid.lower_}"] = 1
        elif name == "own" and kid.dep_ in {"dobj", "obj", "agent", "dative", "attr", "acomp", "prt"}:
            found[f"own.has={kid.dep_}"] = 1
    return found


def _cue(trigger: Token | None) -> Features:
    """The verb under which a clause stands, with its subject's kind."""
    if trigger is None:
        return {}
    above = [token for token in _chain(trigger)[1:] if token.pos_ in _CLAUSAL]
    found: Features = {f"cue={token.lemma_.lower()}": 1 for token in above[:1]}
    return found | {f"modal={kid.lower_}": 1 for kid in trigger.children if kid.tag_ in {"MD", "TO"}}


def _chain(token: Token) -> list[Token]:
    chain = [token]
    while chain[-1].head.i != chain[-1].i:
        chain.append(chain[-1].head)
    return chain


def _side(ctx: Context, role: str, side: Sequence[tuple[Span, str | None]], trigger: Token | None) -> Features:
    """How one side was found: who, where its words stand, and how they hang on the trigger."""
    found: Features = {f"{role}.n": len(side)}
    if not side:
        return found | {f"{role}=nobody": 1}
    span, who = side[0]
    found |= _who(role, ctx.entities.get(who or ""), who)
    head = ctx.head(span)
    if head is None or trigger is None:
        return found
    if head.doc is not trigger.doc or head.sent.start != trigger.sent.start:
        return found | {f"{role}=elsewhere": 1}
    found |= {
        f"{role}.dep={head.dep_}": 1, f"{role}.before": float(head.i < trigger.i),
        f"{role}.far": min(abs(head.i - trigger.i), 40), f"{role}.pronoun": float(head.pos_ == "PRON"),
        f"{role}.words": min(span[1] - span[0], 120),
    }  # fmt: skip
    up, down = _path(trigger, head)
    found[f"{role}.steps"] = min(up + down, 12)
    found[f"{role}.way={min(up, 4)}-{min(down, 4)}"] = 1
    crossed = [token for token in _chain(head)[:down] if token.i != head.i and token.pos_ in _CLAUSAL]
    found[f"{role}.other clause"] = float(bool(crossed))
    return found


def _path(one: Token, two: Token) -> tuple[int, int]:
    """Steps up from one token to where its way meets that of another, and down from there."""
    above = [token.i for token in _chain(one)]
    for down, token in enumerate(_chain(two)):
        if token.i in above:
            return above.index(token.i), down
    return len(above), len(_chain(two))


def _who(role: str, entity: Entity | None, who: str | None) -> Features:
    if entity is None:
        return {f"{role}.kind={'unknown' if who is None else 'state'}": 1}
    found: Features = {
        f"{role}.kind={entity.kind}": 1, f"{role}.country": float(bool(entity.country)),
        f"{role}.mentions": min(len(entity.mentions), 20), f"{role}.party": float(entity.party is not None),
    }  # fmt: skip
    return found


def _ids(ctx: Context, role: str, ids: Iterable[str]) -> Features:
    found: Features = {}
    for one in list(ids)[:2]:
        found |= _who(role, ctx.entities.get(one), one)
    return found


def _party(ctx: Context, who: str) -> str | None:
    entity = ctx.entities.get(who)
    return entity.party if entity is not None else None


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
