"""Networks as GraphML and GEXF, for Gephi, yEd, Cytoscape and igraph.

networkx writes both, but takes several minutes and gigabytes for half a million ties, writes a truth value as Python
does, and the clock into GEXF; its readers test what stands here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from tsunagari.graph.export.network_table import NetworkTable, plain

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
GRAPHML = "http://graphml.graphdrawing.org/xmlns"
GEXF = "http://www.gexf.net/1.2draft"
QUOTED = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
Columns = Mapping[str, Sequence[Any]]


def to_graphml(table: NetworkTable) -> bytes:
    """Write a network as GraphML; lists become text joined by ``|``, what is not known is left out.

    Examples
    --------
    >>> import networkx as nx
    >>> ties = {"source": ["a"], "target": ["b"], "weight": [2.0]}
    >>> text = to_graphml(NetworkTable("ties", {"id": ["a", "b"], "label": ["A", "B"]}, ties))
    >>> list(nx.parse_graphml(text.decode()).edges(data="weight"))
    [('a', 'b', 2.0)]
    """
    nodes, ties = _without(table.nodes, "id"), _without(table.ties, "source", "target")
    node_keys, tie_keys = (
        {name: f"{mark}{i}" for i, name in enumerate(part)} for mark, part in (("n", nodes), ("e", ties))
    )
    lines = [HEAD, f'<graphml xmlns="{GRAPHML}">']
    for kind, part, keys in (("node", nodes, node_keys), ("edge", ties, tie_keys)):
        for name, key in keys.items():
            typed = _type_of(part[name], "long")
            lines.append(f'  <key id="{key}" for="{kind}" attr.name="{_quoted(name)}" attr.type="{typed}"/>')
    lines.append(f'  <graph id="{_quoted(table.name)}" edgedefault="directed">')
    for node, data in zip(table.nodes["id"], _data(nodes, node_keys), strict=True):
        lines.append(f'    <node id="{_quoted(node)}">{data}</node>')
    ends = zip(
        table.ties["source"], table.ties["target"], _data(ties, tie_keys, len(table.ties["source"])), strict=True
    )
    for number, (source, target, data) in enumerate(ends):
        lines.append(f'    <edge id="e{number}" source="{_quoted(source)}" target="{_quoted(target)}">{data}</edge>')
    return "\n".join([*lines, "  </graph>", "</graphml>", ""]).encode()


def _data(part: Columns, keys: Mapping[str, str], length: int | None = None) -> Iterator[str]:
    if not part:
        yield from [""] * (length or 0)
        return
    for values in zip(*part.values(), strict=True):
        yield "".join(
            f'<data key="{key}">{_text(value)}</data>'
            for key, value in zip(keys.values(), values, strict=True)
            if value is not None
        )


def to_gexf(table: NetworkTable) -> bytes:
    """Write a network as GEXF 1.2; lists become text joined by ``|``, what is not known is left out.

    Examples
    --------
    >>> import io
    >>> import networkx as nx
    >>> ties = {"source": ["a"], "target": ["b"], "weight": [2.0]}
    >>> text = to_gexf(NetworkTable("ties", {"id": ["a", "b"], "label": ["A", "B"]}, ties))
    >>> list(nx.read_gexf(io.BytesIO(text)).edges(data="weight"))
    [('a', 'b', 2.0)]
    """
    nodes, ties = _without(table.nodes, "id", "label"), _without(table.ties, "source", "target", "weight")
    lines = [HEAD, f'<gexf xmlns="{GEXF}" version="1.2">', "  <meta><creator>Tsunagari</creator></meta>"]
    lines.append('  <graph mode="static" defaultedgetype="directed">')
    for kind, part in (("node", nodes), ("edge", ties)):
        lines.append(f'    <attributes class="{kind}" mode="static">')
        for place, (name, values) in enumerate(part.items()):
            typed = _type_of(values, "long")
            lines.append(f'      <attribute id="{place}" title="{_quoted(name)}" type="{typed}"/>')
        lines.append("    </attributes>")
    lines.append("    <nodes>")
    for node, label, values in zip(
        table.nodes["id"], table.nodes["label"], _values(nodes, len(table.nodes["id"])), strict=True
    ):
        lines.append(f'      <node id="{_quoted(node)}" label="{_quoted(label)}">{values}</node>')
    lines += ["    </nodes>", "    <edges>"]
    ends = zip(table.ties["source"], table.ties["target"], table.ties["weight"], strict=True)
    for number, ((source, target, weight), values) in enumerate(
        zip(ends, _values(ties, len(table.ties["source"])), strict=True)
    ):
        shown = f'source="{_quoted(source)}" target="{_quoted(target)}" weight="{weight!r}"'
        lines.append(f'      <edge id="{number}" {shown}>{values}</edge>')
    return "\n".join([*lines, "    </edges>", "  </graph>", "</gexf>", ""]).encode()


def _values(part: Columns, length: int) -> Iterator[str]:
    if not part:
        yield from [""] * length
        return
    for values in zip(*part.values(), strict=True):
        known = "".join(
            f'<attvalue for="{place}" value="{_quoted(value)}"/>'
            for place, value in enumerate(values)
            if value is not None
        )
        yield f"<attvalues>{known}</attvalues>"


def _without(columns: Columns, *names: str) -> Columns:
    """Return the columns that hold something, without those of these names."""
    return {
        name: values
        for name, values in columns.items()
        if name not in names and any(value is not None for value in values)
    }


def _type_of(values: Sequence[Any], whole: str) -> str:
    """Return the type of a column: of its first known value."""
    known = next((value for value in values if value is not None), "")
    if isinstance(known, bool):
        return "boolean"
    if isinstance(known, int):
        return whole
    return "double" if isinstance(known, float) else "string"


def _text(value: Any) -> str:
    """Return a value as text of an element, where a reader takes a carriage return for a line break."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(str(plain(value)), {"\r": "&#13;"})


def _quoted(value: Any) -> str:
    """Return a value as text of an attribute, where a reader takes every line break for a blank."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(str(plain(value)), QUOTED)
