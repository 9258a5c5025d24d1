"""The state graph of a conflict as GraphML, DOT or JSON: states as nodes, moves as edges.

Nodes carry the options taken, each party's rank and the concepts under which the
state is an equilibrium; edges carry who moves and whether the mover improves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dragoman.errors import InputError, UnknownNameError
from dragoman.plain import to_plain

if TYPE_CHECKING:
    import networkx as nx

    from dragoman.model import Case

MOST_STATES = 20_000


def state_graph(case: Case) -> nx.MultiDiGraph[int]:
    """The states and moves of a case as a directed graph of networkx.

    Raises:
        MethodError: the case has no conflict graph.
        InputError: there are more states than a drawing program could use.
    """
    import networkx as nx

    from dragoman.solve.graph import CONCEPTS, Network, analyse, problem_of

    conflict = problem_of(case).conflict
    if len(conflict.states) > MOST_STATES:
        raise InputError("state graph", f"{len(conflict.states)} states", f"at most {MOST_STATES}")
    stable = analyse(conflict)
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph(title=case.title)
    for state in range(len(conflict.states)):
        concepts = [name for name in CONCEPTS if stable.by_concept[name][:, state].all()]
        ranks = {f"rank {who}": int(conflict.ranks[place, state]) for place, who in enumerate(conflict.parties)}
        start = state == conflict.status_quo
        graph.add_node(state, label=conflict.describe(state), status_quo=start, equilibrium=" ".join(concepts), **ranks)
    for move in Network(conflict).moves():
        graph.add_edge(move.fro, move.to, mover=conflict.parties[move.party], improves=move.improves)
    return graph


def to_graphml(case: Case) -> bytes:
    """GraphML, for Gephi, yEd and others."""
    import networkx as nx

    into = BytesIO()
    nx.write_graphml(state_graph(case), into, encoding="utf-8")
    return into.getvalue()


def to_dot(case: Case) -> bytes:
    """DOT, for Graphviz: equilibria in bold, improvements as full lines, other moves dotted."""
    graph = state_graph(case)
    lines = ["digraph conflict {", "  node [shape=box];"]
    for state, item in graph.nodes(data=True):
        label = _quoted(f"{item['label']}\n{item['equilibrium']}".strip())
        style = ' style="bold"' if item["equilibrium"] else ""
        peripheries = " peripheries=2" if item["status_quo"] else ""
        lines.append(f"  s{state} [label={label}{style}{peripheries}];")
    for fro, to, item in graph.edges(data=True):
        style = "solid" if item["improves"] else "dotted"
        lines.append(f"  s{fro} -> s{to} [label={_quoted(item['mover'])} style={style}];")
    return "\n".join([*lines, "}", ""]).encode()


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def to_json(case: Case) -> bytes:
    """JSON: ``states`` and ``moves``."""
    graph = state_graph(case)
    document: dict[str, Any] = {
        "title": case.title,
        "mark": case.mark,
        "states": [{"state": state, **item} for state, item in graph.nodes(data=True)],
        "moves": [{"from": fro, "to": to, **item} for fro, to, item in graph.edges(data=True)],
    }
    return (json.dumps(to_plain(document), ensure_ascii=False, indent=1) + "\n").encode()


FORMS: Mapping[str, Callable[[Case], bytes]] = {"graphml": to_graphml, "dot": to_dot, "json": to_json}


def conflict_graph(case: Case, form: str) -> bytes:
    """The state graph of a case in a form.

    Raises:
        UnknownNameError: no such form.
        MethodError: the case has no conflict graph.
    """
    if form not in FORMS:
        raise UnknownNameError("form", form, list(FORMS))
    return FORMS[form](case)
