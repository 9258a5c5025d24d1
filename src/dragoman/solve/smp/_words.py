"""The answer in sentences: the outcomes, how the run ended, and turn by turn who moved and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from dragoman.solve._wording import listed, names_of, near, number, share, start, the
from dragoman.solve.smp._answer import Challenge, Choice, IssueOutcome, Round, SmpAnswer
from dragoman.solve.smp._case import Setting
from dragoman.solve.smp._options import Options

if TYPE_CHECKING:
    from dragoman.model import Case

MOST_TOLD = 6
WORTH_TELLING = 0.005
QUIET = "nobody moves by as much as half a per cent of a scale"


def sentences(case: Case, answer: SmpAnswer) -> tuple[str, ...]:
    """One sentence an issue, then how the run ended, then the turns; quiet turns on end are told as one."""
    outcomes = tuple(_outcome(case, item) for item in answer.issues)
    return (*outcomes, _ending(case, answer), *_turns_in_words(case, answer.rounds))


def _turns_in_words(case: Case, rounds: tuple[Round, ...]) -> Iterator[str]:
    for quiet, group in groupby(rounds, key=lambda turn: not any(_steps(case, item) for item in turn.choices)):
        turns = list(group)
        if quiet and len(turns) > 1:
            yield f"Turns {turns[0].turn} to {turns[-1].turn}: {QUIET}."
        else:
            yield from (turn_in_words(case, turn) for turn in turns)


def _outcome(case: Case, item: IssueOutcome) -> str:
    issue = case.issues[item.issue]
    words = (
        f"{item.name}: {number(item.central)}{near(issue, item.central)}, the mean of the last positions by their "
        f"chances; the likeliest to win is {number(item.likeliest)}{near(issue, item.likeliest)}"
    )
    if item.over_draws:
        low, high = item.over_draws.quantiles[5], item.over_draws.quantiles[95]
        words += f"; the judged ranges alone put the mean between {number(low)} and {number(high)} (90 % of draws)"
    return f"{words}."


def _ending(case: Case, answer: SmpAnswer) -> str:
    ended = {
        "rest": f"came to rest after {_turns(answer.turns)}",
        "limit": f"had not come to rest after {_turns(answer.turns)}; the last positions are no equilibrium",
        "undefined": f"ended after {_turns(answer.turns)}: every position is equally likely to win, so nobody presses",
        "failed": f"broke off after {_turns(answer.turns)}: it left the domain in which its utilities are defined",
    }[answer.status]
    last = {party: chances[-1] for party, chances in answer.chances.items()}
    best = max(last.values())
    names = names_of(case)
    ahead = listed(the(names[party]) for party, chance in last.items() if chance == best)
    return f"The run on the central values {ended}. The place most likely to win ({share(best)}) is that of {ahead}."


def _turns(count: int) -> str:
    return "one turn" if count == 1 else f"{count} turns"


def turn_in_words(case: Case, turn: Round) -> str:
    """Who pressed whom, who moved and why; beyond six the furthest are told."""
    if not turn.challenges:
        return f"Turn {turn.turn}: nobody expects to gain by pressing anybody."
    names = names_of(case)
    pressing = "; ".join(_pressing(item, names) for item in turn.challenges[:MOST_TOLD])
    rest = len(turn.challenges) - MOST_TOLD
    more = f"; and {rest} more press somebody" if rest > 0 else ""
    return " ".join([f"Turn {turn.turn}: {pressing}{more}.", *_moves(case, turn, names)])


def _pressing(item: Challenge, names: Mapping[str, str]) -> str:
    return (
        f"{the(names[item.initiator])} presses {the(names[item.target])} "
        f"(by its own estimate {share(item.chance)} sure to prevail, gain {item.gain:.3f})"
    )


def _moves(case: Case, turn: Round, names: Mapping[str, str]) -> Iterator[str]:
    moves = sorted((item for item in turn.choices if _steps(case, item)), key=lambda item: -_far(case, item))
    yield from (start(_move(case, item, names)) for item in moves[:MOST_TOLD])
    if not moves:
        yield start(f"{QUIET}.")
    elif len(moves) > MOST_TOLD:
        yield f"{len(moves) - MOST_TOLD} others move less far."


def _move(case: Case, item: Choice, names: Mapping[str, str]) -> str:
    return f"{the(names[item.party])} moves {listed(_steps(case, item))}: {_why(item, names)}."


def _why(item: Choice, names: Mapping[str, str]) -> str:
    elected = (
        f"is the likeliest of its {item.options} options to win a vote of all ({share(item.chance)})"
        if item.likeliest
        else f"is drawn among its {item.options} options, with {share(item.chance)}"
    )
    if item.bargain is None:
        return f"the status quo {elected}"
    initiator, target = item.bargain
    whose = (
        f"its own bargain with {the(names[target])}"
        if initiator == item.party
        else f"the bargain that {the(names[initiator])} sought"
    )
    return f"{whose} {elected}"


def _far(case: Case, item: Choice) -> float:
    """How far a party moves, as a share of the scales."""
    return sum(_share_of_scale(case, item, name) for name in item.after)


def _share_of_scale(case: Case, item: Choice, name: str) -> float:
    scale = case.issues[name].scale
    return abs(item.after[name] - item.before[name]) / (scale.high - scale.low)


def _steps(case: Case, item: Choice) -> list[str]:
    """The moves worth telling, an issue each."""
    return [
        f"from {number(item.before[name])} to {number(item.after[name])} on “{case.issues[name].name}”"
        for name in item.after
        if _share_of_scale(case, item, name) >= WORTH_TELLING
    ]


def warnings(case: Case, how: Setting, answer: SmpAnswer, options: Options) -> tuple[str, ...]:
    """What the reader of this result should know of this input."""
    return (*_of_input(case, how), *_of_run(answer, options))


def _of_input(case: Case, how: Setting) -> Iterator[str]:
    names = names_of(case)
    if how.saliences == "mean" and len(how.issues) > 1:
        yield f"saliences may add up to more than 1 a party: all are divided by the number of issues, {len(how.issues)}"
    for row, party in enumerate(how.parties):
        absent = [case.issues[name].name for at, name in enumerate(how.issues) if not how.present[row, at]]
        if absent:
            whose = start(the(names[party]))
            yield f"{whose} takes no part in {listed(absent)}: it gives way there, from the mean of the others"
    out = [case.parties[party].name for party in case.parties if party not in how.parties]
    if out:
        yield f"without a seat or a position and therefore left out: {listed(out)}"
    side = [issue.name for name, issue in case.issues.items() if issue.side and name not in how.issues]
    if side:
        yield f"side disputes are left out: {listed(side)}"


def _of_run(answer: SmpAnswer, options: Options) -> Iterator[str]:
    if answer.status == "limit":
        yield f"the run on the central values did not come to rest within {_turns(options.max_turns)}"
    if answer.status in {"undefined", "failed"}:
        yield f"the run on the central values ended as {answer.status} after {_turns(answer.turns)}"
    if answer.ties:
        yield f"{answer.ties} choices of the run hang on the order of the parties, since options tie"
    ends = answer.over_draws
    if ends is None:
        return
    for status, words in (
        ("limit", "did not come to rest"),
        ("undefined", "ended with all positions equally likely"),
        ("failed", "left the model's domain and have no outcome"),
    ):
        if ends.statuses[status]:
            yield f"{share(ends.statuses[status])} of draws {words}"
    if ends.tied:
        yield f"in {share(ends.tied)} of draws some choice hangs on the order of the parties"


def caveats(options: Options) -> tuple[str, ...]:
    """What always holds, and what holds under these settings."""
    always = (
        "No outcomes are known for this model: its spread is that of the judged numbers and of nothing else.",
        "The model yields positions and chances; taking their mean as the outcome is this program's choice.",
        "All parties move at once and each decides apart, so a bargain is often kept by one side only.",
        "A small change of a number can turn a target or a choice and with it the path; read the draws, not the run.",
    )
    some = []
    if options.transition == "Stochastic":
        some.append("Stochastic transitions: KTAB's own runs cannot be repeated, so no run of it is reproduced here.")
    if options.voting == "ASymProsp":
        some.append("ASymProsp depends on the order of the options, which KTAB leaves to its threads.")
    if options.bargain != "InitOnlyInterp":
        some.append("As in KTAB the receiver's view enters by its gain where its chance would be expected.")
    return (*always, *some)
