"""The path of the challenge model in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dragoman.solve._wording import listed, names_of, near, number, possessive, share, the

if TYPE_CHECKING:
    from dragoman.model import Case
    from dragoman.solve.challenge._answer import ChallengeAnswer, IssueChallenge, Move

MOST_MOVES = 6


def sentences(case: Case, answer: ChallengeAnswer) -> tuple[str, ...]:
    """Every issue: the outcome, then who moved in which round and why."""
    return tuple(words for item in answer.issues for words in _issue(case, item))


def _issue(case: Case, item: IssueChallenge) -> list[str]:
    words = [_outcome(case, item)]
    names = names_of(case)
    shown = [(row, move) for row in item.rounds for move in row.moves if _size(item, move) >= 0.01]
    words += [f"{item.name}, round {row.number}: {move_words(names, move)}" for row, move in shown[:MOST_MOVES]]
    if len(shown) > MOST_MOVES:
        words.append(f"{len(shown) - MOST_MOVES} more moves follow on {item.name}; the path has them all.")
    if not shown:
        words.append(f"{item.name}: no challenge makes anybody move.")
    return words


def _size(item: IssueChallenge, move: Move) -> float:
    return abs(move.after - move.before) / (item.high - item.low)


def _outcome(case: Case, item: IssueChallenge) -> str:
    rounds = len(item.rounds)
    words = (
        f"{item.name}: {number(item.central)}{near(case.issues[item.issue], item.central)} after {rounds} "
        f"round{'s' if rounds > 1 else ''} of challenges, from a median of {number(item.start)}"
    )
    if item.over_draws:
        at = item.over_draws.quantiles
        words += (
            f"; of the draws half end below {number(at[50])}, the middle half between {number(at[25])} and "
            f"{number(at[75])}, 90 % between {number(at[5])} and {number(at[95])}"
        )
    if item.band:
        words += f"; with the method's known errors {number(item.band.low)} to {number(item.band.high)} (80 % band)"
    return words + "."


def move_words(names: Mapping[str, str], move: Move) -> str:
    """One move: who, from where to where, and what was expected of the challenge."""
    head = f"{the(names[move.party])} moves from {number(move.before)} to {number(move.after)}"
    other = names[move.challenger]
    if move.kind == "confrontation":
        why = (
            f"because {the(other)} expects more of a confrontation ({number(move.other)}) than it does itself "
            f"({number(move.own)})"
        )
    elif move.kind == "compromise":
        why = (
            f"because {possessive(other)} challenge threatens {number(-move.own)} of expected loss "
            f"({the(other)} expects to gain {number(move.other)}, so they meet part of the way)"
        )
    else:
        why = (
            f"giving in to {the(other)}: a contest would cost it {number(-move.own)} of expected loss, more than the "
            f"{number(move.other)} that {the(other)} would gain"
        )
    tie = "; another offer was as good, the order of the parties decided" if move.tied else ""
    return f"{head} {why}{tie}."


def warnings(answer: ChallengeAnswer) -> tuple[str, ...]:
    """What of this answer hangs on the stopping round, on ties, on Q or on the direction of the scale."""
    words = []
    if answer.variant == "faithful":
        words.append(
            "the faithful variant serves replication only: it prefers low numbers, so turning a scale round changes "
            "its outcome"
        )
    moving = [item.name for item in answer.issues if not item.settled]
    if moving:
        words.append(
            f"parties still move in round {answer.stopping_round} on {listed(moving)}: the outcome is not at rest"
        )
    restless = [item for item in answer.issues if item.resting is not None and item.resting < 0.9]
    words += [
        f"{item.name}: the median still moves in the last round in {share(1 - (item.resting or 0))} of draws"
        for item in restless
    ]
    words += [
        f"{item.name}: the order of the parties decides some move in {share(item.tied)} of draws"
        for item in answer.issues
        if item.tied
    ]
    for item in answer.issues:
        low, high = min(item.by_q.values()), max(item.by_q.values())
        if high - low > 0.05 * (item.high - item.low):
            each = ", ".join(f"{number(value)} at Q = {q:g}" for q, value in item.by_q.items())
            words.append(f"{item.name}: the outcome depends on Q: {each}")
    return tuple(words)
