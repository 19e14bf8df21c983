"""Networks for Pajek and UCINET.

networkx writes Pajek files too, but its own reader stumbles over a name with a quotation mark or an apostrophe in it.
"""

from __future__ import annotations

from typing import Any

from tsunagari.graph.export.network_table import NetworkTable, both_ways, plain, unique_labels

COORDINATES = "0.5 0.5 ellipse"  # what stands between the name and the attributes; the layout is the program's work
# A name or value stands between quotation marks, on one line, and the readers know no escape.
PAJEK_SAFE = str.maketrans({'"': "″", "\\": "＼", "\n": " ", "\r": " ", "\t": " "})
DL_SAFE = str.maketrans({",": "，", '"': "″", "=": "＝", **dict.fromkeys(" \t\n\r\f\v", "_")})


def to_pajek(table: NetworkTable) -> bytes:
    """Write a network as a Pajek file (.net): arcs with their weights, and the kinds as line labels.

    Node attributes are the pairs of names and quoted values that networkx and igraph read. Two nodes of one name are
    told apart by the end of the IRI. A tie without direction is two arcs.

    Examples
    --------
    >>> import networkx as nx
    >>> ties = {"source": ["a"], "target": ["b"], "weight": [2.0], "directed": [True], "kind": ["food"]}
    >>> text = to_pajek(NetworkTable("ties", {"id": ["a", "b"], "label": ["鳥取 市", "B"]}, ties))
    >>> list(nx.parse_pajek(text.decode()).edges(data=True))
    [('鳥取 市', 'B', {'weight': 2.0, 'l': 'food'})]
    """
    labels = unique_labels(table, PAJEK_SAFE)
    lines = [f"*Network {table.name}", f"*Vertices {len(labels)}"]
    for place, (label, node) in enumerate(zip(labels, table.node_rows(), strict=True), start=1):
        lines.append(f"{place} {_pajek(label)} {COORDINATES}{_pairs(node, skipped=('label',))}")
    lines.append("*Arcs")
    for source, target, tie in both_ways(table):
        named = f" l {_pajek(tie['kind'])}" if tie.get("kind") else ""
        lines.append(f"{source} {target} {tie['weight']!r}{named}")
    return "\n".join([*lines, ""]).encode()


def _pairs(values: dict[str, Any], skipped: tuple[str, ...]) -> str:
    known = {"iri" if name == "id" else name: plain(value) for name, value in values.items() if name not in skipped}
    return "".join(f" {name} {_pajek(value)}" for name, value in known.items() if value not in (None, ""))


def _pajek(value: Any) -> str:
    return f'"{str(plain(value)).translate(PAJEK_SAFE)}"'


def to_dl(table: NetworkTable) -> bytes:
    """Write a network as a UCINET DL file: labels and a list of arcs with their weights.

    Parallel ties are one arc with the sum of their weights. Blanks in names become ``_``, because the format separates
    by them. A tie without direction is two arcs.

    Examples
    --------
    >>> ties = {"source": ["a"], "target": ["b"], "weight": [2.0], "directed": [True]}
    >>> print(to_dl(NetworkTable("ties", {"id": ["a", "b"], "label": ["鳥取 市", "B"]}, ties)).decode())
    DL N=2
    FORMAT = EDGELIST1
    LABELS:
    鳥取_市,
    B
    DATA:
    1 2 2.0
    <BLANKLINE>
    """
    weights: dict[tuple[int, int], float] = {}
    for source, target, tie in both_ways(table):
        weights[source, target] = weights.get((source, target), 0.0) + tie["weight"]
    labels = unique_labels(table, DL_SAFE)
    lines = [f"DL N={len(labels)}", "FORMAT = EDGELIST1", "LABELS:", ",\n".join(labels), "DATA:"]
    lines += [f"{source} {target} {weight!r}" for (source, target), weight in sorted(weights.items())]
    return "\n".join([*lines, ""]).encode()
