"""Networks of congruence and conflict, as an edge list in CSV or as GraphML."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

from dragoman.errors import UnknownNameError
from dragoman.formats._xml import for_xml
from dragoman.solve.positions import Pair

FORMS = ("csv", "graphml")


def discourse_network(pairs: Sequence[Pair], form: str) -> bytes:
    """The pairs in a form; in GraphML each period of two parties is an edge of its own.

    Raises:
        UnknownNameError: no such form.
    """
    if form not in FORMS:
        raise UnknownNameError("form", form, FORMS)
    return _csv(pairs) if form == "csv" else _graphml(pairs)


def _csv(pairs: Sequence[Pair]) -> bytes:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["period", "a", "b", "congruence", "conflict"])
    writer.writerows([pair.period, pair.a, pair.b, pair.congruence, pair.conflict] for pair in pairs)
    return out.getvalue().encode()


def _graphml(pairs: Sequence[Pair]) -> bytes:
    import networkx as nx

    graph: nx.MultiGraph[str] = nx.MultiGraph()
    for pair in pairs:
        ends = for_xml(pair.a), for_xml(pair.b)
        graph.add_edge(*ends, period=pair.period, congruence=pair.congruence, conflict=pair.conflict)
    into = BytesIO()
    nx.write_graphml(graph, into, encoding="utf-8")
    return into.getvalue()
