"""Why a sentence gave the events it gave: entry by entry, kept and dropped."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.read._dateline import told_from
from dragoman.read.events.candidates import ENOUGH, cast_of, casts
from dragoman.read.events.compose import Composer
from dragoman.read.events.sense import Sense
from dragoman.read.events.sides import Context
from dragoman.read.events.tables import lexicon
from dragoman.read.index import EntityIndex
from dragoman.read.parsed import Parsed, text_of
from dragoman.read.reference import Reference, refer
from dragoman.read.syntax.tree import tree_of


@dataclass(frozen=True, kw_only=True)
class Explained:
    """One trigger: what it came to, by which lines of the lexicon, and why it was dropped if it was."""

    trigger: str
    type: str
    cameo: str
    status: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    confidence: float
    steps: tuple[str, ...]
    dropped: str | None


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Every trigger of one sentence, the kept ones first."""

    sentence: str
    kept: tuple[Explained, ...]
    dropped: tuple[Explained, ...]

    def __str__(self) -> str:
        lines = [self.sentence]
        lines += [_line(item) for item in (*self.kept, *self.dropped)]
        return "\n".join(lines if self.kept or self.dropped else [*lines, "  no trigger of the lexicon"])


def explain(text: str) -> list[Explanation]:
    """An explanation of each sentence of a plain text."""
    from dragoman.read.parse import parse_text

    parsed = parse_text(text)
    return explain_events(parsed, refer(parsed))


def explain_events(parsed: Parsed, index: EntityIndex) -> list[Explanation]:
    """An explanation of each sentence of a parsed text."""
    words = lexicon()
    reference = index if isinstance(index, Reference) else refer(parsed)
    found = []
    for paragraph, sentence in parsed.sentences():
        told = paragraph.start + told_from(text_of(paragraph.doc))
        context = Context(tree=tree_of(sentence, words.phrases), reference=reference, paragraph=paragraph, told=told)
        chosen = {cast.sense.trigger for cast in casts(context, words)}
        items = [
            (sense.trigger in chosen, _explained(context, sense, sense.trigger in chosen, parsed.text))
            for sense in Composer(context.tree, words).senses()
        ]
        found.append(
            Explanation(
                sentence=sentence.text,
                kept=tuple(item for is_kept, item in items if is_kept),
                dropped=tuple(item for is_kept, item in items if not is_kept),
            )
        )
    return found


def _explained(context: Context, sense: Sense, is_kept: bool, text: str) -> Explained:
    cast = cast_of(context, sense)
    reason = None if is_kept else sense.dropped or _why(cast.confidence)
    return Explained(
        trigger=context.tree.words[sense.trigger],
        type=sense.type,
        cameo=sense.code.code,
        status=sense.status,
        source=tuple(text[slice(*side.actor.span)] for side in cast.source),
        target=tuple(text[slice(*side.actor.span)] for side in cast.target),
        confidence=cast.confidence,
        steps=(*sense.steps, *cast.notes),
        dropped=reason,
    )


def _why(confidence: float) -> str:
    if confidence < ENOUGH:
        return f"confidence {confidence} is below {ENOUGH}"
    return "a weightier event of the sentence stands above it"


def _line(item: Explained) -> str:
    sides = f"{' + '.join(item.source) or '?'} -> {' + '.join(item.target) or '?'}"
    head = f"  dropped ({item.dropped})" if item.dropped else "  event"
    steps = "".join(f"\n      {step}" for step in item.steps)
    return f"{head}: {item.trigger} {item.type} {item.cameo} {item.status} {item.confidence} [{sides}]{steps}"
