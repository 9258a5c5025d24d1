"""The conflict graph: states from today's, what is stable for whom, why, and what would move it.

The drawing holds today's state, the equilibria that hold under Nash or SEQ, and the
states on the ways to them, at most thirty; every state stands in the table.  A state
picked gives its reasons party by party; a target picked gives the changes that would
make it hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.show.blocks import (
    Cell,
    Chart,
    Choice,
    Column,
    Filter,
    Point,
    Ref,
    Table,
    count_of,
    joined,
    number_cell,
    ref,
    share,
    text_cell,
)
from dragoman.show.charts import PARTIES
from dragoman.show.drawings import layers
from dragoman.show.views._base import Query, View, head, one_of, whole
from dragoman.show.views._wanted import asked, inverse_note, name_of, obstacle_points, remedy_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.desk.session import Desk
    from dragoman.model import Case
    from dragoman.solve.graph import GraphAnswer, Move, Reason
    from dragoman.solve.result import Result

MOST_NODES = 18
ROWS = 50
LONGEST = 5
MOST_JOINT = 6
CONCEPTS = ("SEQ", "NASH", "GMR", "SMR")
CONCEPT_NAMES = {
    "NASH": "Nash: nobody has a move that it prefers",
    "SEQ": "SEQ: every such move is answered by others' own improvements",
    "GMR": "GMR: every such move can be answered somehow",
    "SMR": "SMR: and the mover cannot escape the answer",
}


@dataclass(frozen=True, kw_only=True)
class GraphPage(View):
    """The page: the drawing, the equilibria, the states, the reasons of one, the changes for another."""

    filters: tuple[Filter, ...]
    drawing: Chart | None
    options: tuple[tuple[str, str, str], ...]
    findings: tuple[Point, ...]
    states: Table
    chosen: str
    reasons: Table
    target: str
    obstacles: tuple[Point, ...]
    remedies: Table | None
    remedies_note: str
    caveats: tuple[str, ...]
    basis: str


def build(desk: Desk, query: Query) -> GraphPage:
    """The page for this query: ``scenario``, ``concept``, ``state`` and ``target`` (numbers of states)."""
    scenario, concept = query.get("scenario") or None, one_of(query, "concept", CONCEPTS, "SEQ")
    case = desk.case_of(scenario)
    result = desk.result("graph", scenario)
    answer: GraphAnswer = result.answer
    state, target = _number(query, "state", answer), _number(query, "target", answer)
    inverse = asked(case, target, concept)
    picked = state if state is not None else answer.status_quo
    return GraphPage(
        head=head(desk, "graph", "Conflict graph", lead_of(answer), query=query, basis=ref("graph", anchor="reasons")),
        filters=filters_of(desk, query, answer),
        drawing=drawing(case, answer, query, picked),
        options=option_rows(case),
        findings=finding_points(answer, query),
        states=state_table(answer, query),
        chosen=name_of(answer, picked),
        reasons=reason_table(case, answer, picked, concept),
        target=name_of(answer, target),
        obstacles=obstacle_points(answer, inverse, query),
        remedies=remedy_table(answer, inverse),
        remedies_note=inverse_note(answer, inverse),
        caveats=result.caveats,
        basis=basis_of(result),
    )


def _number(query: Query, name: str, answer: GraphAnswer) -> int | None:
    given = query.get(name, "")
    if not given:
        return None
    if not given.isdecimal() or len(given) > 12 or not 1 <= int(given) <= len(answer.states):
        raise InputError(f"query, {name}", repr(given), f"the number of a state, 1 to {len(answer.states)}")
    return int(given) - 1


def basis_of(result: Result) -> str:
    """What a result rests on, in one line."""
    return (
        f"{result.citation}. {count_of(result.draws, 'draw').capitalize()}, seed {result.seed}, inputs "
        f"{result.input_hash[:12]}; {result.track_record}."
    )


def lead_of(answer: GraphAnswer) -> str:
    """How many states hold, and whether today's does."""
    strong = strong_states(answer)
    if not strong:
        return "No state holds under Nash or SEQ: somebody always has a move that pays."
    today = answer.status_quo
    now = (
        ""
        if today is None
        else " Today's state is one of them."
        if today in strong
        else " Today's state is not one of them."
    )
    return (
        f"{count_of(len(strong), 'state')} of {len(answer.states)} would hold once reached, under "
        f"Nash or SEQ stability.{now}"
    )


def strong_states(answer: GraphAnswer) -> list[int]:
    """Equilibria under Nash or SEQ, Nash first."""
    nash = list(answer.equilibria["NASH"])
    return nash + [state for state in answer.equilibria["SEQ"] if state not in nash]


def filters_of(desk: Desk, query: Query, answer: GraphAnswer) -> tuple[Filter, ...]:
    """Scenario, concept, state and target."""
    base = desk.case_of()
    scenario = query.get("scenario", "")
    numbers = [(str(row.index + 1), f"{row.index + 1}: {row.words[:60]}") for row in answer.states]

    def choices(name: str, pairs: Sequence[tuple[str, str]]) -> tuple[Choice, ...]:
        return tuple(Choice(value=value, text=text, chosen=value == query.get(name, "")) for value, text in pairs)

    scenarios = [("", "the case as it stands"), *((key, item.name or key) for key, item in base.scenarios.items())]
    return (
        Filter(name="scenario", title="Scenario", value=scenario, choices=choices("scenario", scenarios)),
        Filter(
            name="concept",
            title="Stability",
            choices=tuple(Choice(value=c, text=c, chosen=c == query.get("concept", "SEQ")) for c in CONCEPTS),
        ),
        Filter(
            name="state", title="Why does it hold or not", choices=choices("state", [("", "today's state"), *numbers])
        ),
        Filter(
            name="target", title="What would make it hold", choices=choices("target", [("", "pick a state"), *numbers])
        ),
    )


def option_rows(case: Case) -> tuple[tuple[str, str, str], ...]:
    """Each option in order: its number, its name, its owner."""
    return tuple(
        (str(i), option.name or key, case.parties[option.owner].name)
        for i, (key, option) in enumerate(case.options.items(), 1)
    )


def shown_states(answer: GraphAnswer) -> list[int]:
    """Today's state, the strong equilibria, and the states on the ways to them; at most eighteen."""
    first = [answer.status_quo] if answer.status_quo is not None else []
    return list(
        dict.fromkeys([*first, *strong_states(answer)[: MOST_NODES // 2], *(move.to for move in way_moves(answer))])
    )[:MOST_NODES]


def way_moves(answer: GraphAnswer) -> list[Move]:
    """The moves on the best ways to the strong equilibria."""
    paths = [way.improving or way.best for way in answer.ways]
    return [move for path in paths if path and len(path.moves) <= LONGEST for move in path.moves]


def drawing(case: Case, answer: GraphAnswer, query: Query, picked: int | None) -> Chart | None:
    """The layered state graph with the moves that their makers prefer."""
    from dragoman.show.links import ServerLinks

    shown = shown_states(answer)
    if not shown:
        return None
    owners = list(dict.fromkeys(case.parties[option.owner].name for option in case.options.values()))
    colours = {owner: PARTIES[i % len(PARTIES)] for i, owner in enumerate(owners)}
    strong = set(strong_states(answer))
    links = ServerLinks()
    kept = tuple((key, value) for key, value in query.items() if key in {"scenario", "concept", "target"})
    nodes = [
        layers.Node(
            id=str(i),
            title=str(i + 1),
            detail="today"
            if i == answer.status_quo
            else ", ".join(c for c in ("NASH", "SEQ") if i in answer.equilibria[c]),
            start=i == answer.status_quo,
            stable=i in strong,
            chosen=i == picked,
            href=links.href(Ref(page="graph", query=(*kept, ("state", str(i + 1))))),
            flags=tuple(
                (key in answer.states[i].taken, colours[case.parties[o.owner].name]) for key, o in case.options.items()
            ),
        )
        for i in shown
    ]
    edges = [edge for a, b in combinations(shown, 2) for edge in moves_between(case, answer, a, b)]
    liked = {(edge.source, edge.target) for edge in edges}
    edges += [
        layers.Edge(source=str(m.fro), target=str(m.to), party=answer.names[m.party], improves=False)
        for m in way_moves(answer)
        if not m.improves and {m.fro, m.to} <= set(shown) and (str(m.fro), str(m.to)) not in liked
    ]
    edges = list(dict.fromkeys(edges))
    svg = layers.draw(nodes, edges, colours, {owner: owner for owner in owners}, "")
    left = len(answer.states) - len(shown)
    return Chart(
        name="drawing",
        title="From today's state",
        alt=lead_of(answer),
        svg=svg,
        numbers_in="states",
        note=(
            "A double frame holds under Nash or SEQ; the bar at the left of a box is today. Filled squares "
            "are options taken, in the order listed below. "
            "Full strength: moves that their makers prefer; faint: moves on a way there that the mover "
            f"would rather not make.{f' {left} further states stand in the table only.' if left else ''}"
        ),
    )


def moves_between(case: Case, answer: GraphAnswer, a: int, b: int) -> list[layers.Edge]:
    """The improvement from one to the other, or back, if one party alone can make it."""
    mine, yours = set(answer.states[a].taken), set(answer.states[b].taken)
    owners = {case.options[key].owner for key in mine ^ yours}
    if len(owners) != 1:
        return []
    owner = case.parties[owners.pop()].name
    place = answer.names.index(owner) if owner in answer.names else None
    made = []
    for source, target, gained, lost in ((a, b, yours - mine, mine - yours), (b, a, mine - yours, yours - mine)):
        if any(case.options[key].moves == "back" for key in gained) or any(
            case.options[key].moves == "forward" for key in lost
        ):
            continue
        if place is not None and answer.states[target].ranks[place] > answer.states[source].ranks[place]:
            made.append(layers.Edge(source=str(source), target=str(target), party=owner))
    return made


def finding_points(answer: GraphAnswer, query: Query) -> tuple[Point, ...]:
    """Each strong equilibrium: what is taken, how it is reached, how robust it is."""
    ways = {way.state: way for way in answer.ways}
    made = [
        Point(text=move.words, ref=ref("graph", scenario=query.get("scenario"), state=move.to + 1))
        for move in answer.joint_moves[:MOST_JOINT]
    ]
    for state in strong_states(answer)[:8]:
        way = ways.get(state)
        concepts = joined(c for c in ("NASH", "SEQ", "GMR", "SMR") if state in answer.equilibria[c])
        robust = (
            ""
            if answer.robustness is None
            else (
                f"; holds in {share(float(answer.robustness.share['SEQ'][state]))} of "
                f"{answer.robustness.draws} draws of the preferences (robustness)"
            )
        )
        made.append(
            Point(
                text=name_of(answer, state),
                detail=f"{concepts}; {way_text(answer, way)}{robust}",
                ref=ref("graph", scenario=query.get("scenario"), state=state + 1),
                tone="held" if state == answer.status_quo else "good",
            )
        )
    return tuple(made)


def way_text(answer: GraphAnswer, way: object) -> str:
    """How a state is reached from today's, in words."""
    best = getattr(way, "improving", None) or getattr(way, "best", None)
    if best is None:
        return "cannot be reached from today's state" if answer.status_quo is not None else "no state of today is given"
    if not best.moves:
        return "today's state"
    movers = joined(
        (f"{answer.names[move.party]}{'' if move.improves else ' (against its preference)'}" for move in best.moves),
        "then",
    )
    return f"reached in {count_of(len(best.moves), 'move')}: {movers}"


def state_table(answer: GraphAnswer, query: Query) -> Table:
    """Every state: what is taken, under which concepts it is an equilibrium, for whom it is stable, robustness."""
    columns = (
        Column(name="n", title="No.", kind="number"),
        Column(name="words", title="Options taken", wide=True),
        Column(name="eq", title="Holds under"),
        *(
            Column(name=f"stable-{i}", title=party, note="concepts under which it is stable for this party")
            for i, party in enumerate(answer.names)
        ),
        Column(
            name="robust",
            title="SEQ in draws",
            kind="number",
            note="share of draws of the preferences: robustness, not probability",
        ),
    )
    page, strong = whole(query, "page", 1), strong_states(answer)
    order = [*strong, *(i for i in range(len(answer.states)) if i not in set(strong))]
    rows = tuple(_state_row(answer, i, query) for i in order[(page - 1) * ROWS : page * ROWS])
    pages = -(-len(order) // ROWS)
    return Table(
        name="states",
        title="All states",
        columns=columns,
        rows=rows,
        total=len(order),
        page=page,
        pages=pages,
        note="N Nash, Q SEQ, G GMR, S SMR. " + "; ".join(CONCEPT_NAMES.values()) + ".",
    )


def _state_row(answer: GraphAnswer, i: int, query: Query) -> tuple[Cell, ...]:
    row = answer.states[i]
    to = ref("graph", scenario=query.get("scenario"), concept=query.get("concept"), state=i + 1)
    holds = [c for c in ("NASH", "SEQ", "GMR", "SMR") if i in answer.equilibria[c]]
    letters = {"NASH": "N", "SEQ": "Q", "GMR": "G", "SMR": "S"}
    stable = [
        "".join(letters[c] for c in ("NASH", "SEQ", "GMR", "SMR") if party in row.stable[c]) or "–"
        for party in answer.parties
    ]
    robust = None if answer.robustness is None else float(answer.robustness.share["SEQ"][i])
    return (
        number_cell(i + 1, to=to),
        Cell(text=row.words, ref=to, note="today" if i == answer.status_quo else ""),
        Cell(text=", ".join(holds) or "–", value=len(holds), tone="good" if {"NASH", "SEQ"} & set(holds) else ""),
        *(text_cell(item) for item in stable),
        Cell(text="–" if robust is None else share(robust), value=robust),
    )


def reason_table(case: Case, answer: GraphAnswer, state: int | None, concept: str) -> Table:
    """Why one state is stable or not, for every party."""
    columns = (
        Column(name="party", title="Party"),
        Column(name="stable", title="Stable"),
        Column(name="why", title="Why", wide=True),
    )
    found = reasons_of(case, answer, state, concept) if state is not None else ()
    rows = tuple(
        (
            text_cell(answer.names[r.party]),
            Cell(text="yes" if r.stable else "no", tone="good" if r.stable else "bad"),
            text_cell(r.words),
        )
        for r in found
    )
    return Table(name="reasons", title="", columns=columns, rows=rows, empty="Pick a state.")


def reasons_of(case: Case, answer: GraphAnswer, state: int, concept: str) -> tuple[Reason, ...]:
    """The reasons that the answer holds, or worked out for a state that it has none for."""
    held = tuple(r for r in answer.reasons if r.state == state and r.concept == concept)
    if held:
        return held
    from dragoman.solve.graph import problem_of, why

    conflict = problem_of(case).conflict
    return tuple(why(conflict, state, party, concept, sanctions=answer.sanctions) for party in range(len(answer.names)))
