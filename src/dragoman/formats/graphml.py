"""GraphML of ties: states as nodes; for every pair and period one edge with cooperation and conflict apart.

Format: Brandes and others, GraphML Progress Report, Graph Drawing 2001.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from dragoman.formats._rows import Cells
from dragoman.formats._xml import for_xml

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_EDGE = {
    "period": "string", "cooperation": "double", "conflict": "double", "n_cooperation": "int", "n_conflict": "int",
    "covered": "int",
}  # fmt: skip


def to_graphml(kind: str, rows: Sequence[Cells]) -> bytes:
    """Ties as an undirected multigraph."""
    del kind
    root = ET.Element("graphml", {"xmlns": NAMESPACE})
    for name, type_ in {"note": "string"}.items():
        ET.SubElement(root, "key", {"id": name, "for": "graph", "attr.name": name, "attr.type": type_})
    for name, type_ in _EDGE.items():
        ET.SubElement(root, "key", {"id": name, "for": "edge", "attr.name": name, "attr.type": type_})
    graph = ET.SubElement(root, "graph", {"id": "ties", "edgedefault": "undirected"})
    if rows and rows[0].get("note"):
        ET.SubElement(graph, "data", {"key": "note"}).text = for_xml(rows[0]["note"])
    for state in sorted({row[end] for row in rows for end in ("a", "b")}):
        ET.SubElement(graph, "node", {"id": for_xml(state)})
    for number, row in enumerate(rows):
        edge = ET.SubElement(
            graph, "edge", {"id": f"t{number}", "source": for_xml(row["a"]), "target": for_xml(row["b"])}
        )
        for name in _EDGE:
            ET.SubElement(edge, "data", {"key": name}).text = for_xml(str(row[name]))
    ET.indent(root)
    whole: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return whole + b"\n"
