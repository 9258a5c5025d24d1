"""When and where an act took place: the time expression of its own clause, the place behind its own preposition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.read.dates import Base
from dragoman.read.events.sides import Context
from dragoman.read.findings import DateFinding, Span
from dragoman.read.syntax.clause import prep_pairs
from dragoman.read.syntax.sentence import CLAUSAL, is_elsewhere

_ASIDES = frozenset({"relcl", "advcl"})
_WHERE = frozenset({"in", "at", "near", "outside"})


def when(
    context: Context, trigger: int, dates: Sequence[DateFinding], bases: Mapping[Span, Base]
) -> DateFinding | None:
    """The date nearest to an act, of those in its clause, else of those that stand in no clause beside it."""
    tree = context.tree
    sentence = (context.offset + tree.starts[0], context.offset + tree.ends[-1])
    middle = context.span(trigger)[0]
    inside = [
        meant
        for found in dates
        if found.kind in {"DATE", "TIME"} and sentence[0] <= found.span[0] < sentence[1]
        if not _is_of_another(context, found.span, trigger)
        if (meant := _meant(found, bases.get(found.span), middle)) is not None
    ]
    below = [context.span(place) for place in tree.subtree(trigger)]
    own = [found for found in inside if any(found.span[0] < end and start < found.span[1] for start, end in below)]
    return min(own or inside, key=lambda found: abs(found.span[0] - middle), default=None)


def _is_of_another(context: Context, place: Span, trigger: int) -> bool:
    """Whether words stand in a clause beside that of the trigger, or in an aside below it: another deed's date."""
    tree = context.tree
    word = next(node for node in range(len(tree)) if context.span(node)[1] > place[0])
    if is_elsewhere(tree, word, trigger):
        return True
    chain = tree.above(word)
    if trigger not in chain or tree.pos[trigger] not in CLAUSAL:
        return False
    return any(tree.deps[node] in _ASIDES and tree.pos[node] in CLAUSAL for node in chain[: chain.index(trigger)])


def _meant(found: DateFinding, base: Base | None, place: int) -> DateFinding | None:
    """The date that a time expression gives an act: not the one that a length is counted from, but what both mean."""
    if base is None or base.length[0] <= place < found.span[1]:
        return found
    return base.meant


def place_of(context: Context, trigger: int) -> str | None:
    """The place that an act's own preposition names."""
    for prep, noun in prep_pairs(context.tree, trigger):
        entity = context.entity(noun) if prep in _WHERE else None
        if entity is not None and entity.kind in {"place", "state"}:
            return entity.name
    return None
