"""Networks as GraphML and GEXF files, for Gephi, yEd, Cytoscape and the like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    import networkx as nx

# What XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LIST_MARK = "|"


def to_graphml(graph: nx.Graph[str]) -> bytes:
    """Write a network as GraphML; lists become text joined by ``|``, what is not known is left out.

    Examples
    --------
    >>> import networkx as nx
    >>> text = to_graphml(nx.Graph([("a", "b")]))
    >>> sorted(nx.parse_graphml(text.decode()).edges)
    [('a', 'b')]
    """
    from networkx.readwrite.graphml import GraphMLWriter

    writer = GraphMLWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph_element(plain_graph(graph))
    booleans = {key.get("id") for key in writer.xml.iter("key") if key.get("attr.type") == "boolean"}
    for data in writer.xml.iter("data"):
        if data.get("key") in booleans:
            data.text = str(data.text).lower()  # networkx writes Python's True, the format's boolean is true
    return _document(writer.xml)


def to_gexf(graph: nx.Graph[str]) -> bytes:
    """Write a network as GEXF 1.2, without the day it was written on.

    Examples
    --------
    >>> import io
    >>> import networkx as nx
    >>> text = to_gexf(nx.Graph([("a", "b")]))
    >>> sorted(nx.read_gexf(io.BytesIO(text)).edges)
    [('a', 'b')]
    """
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(plain_graph(graph))
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)
        for creator in meta.iter("creator"):
            creator.text = "Tsunagari"
    return _document(writer.xml)


def _document(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def plain_graph(graph: nx.Graph[str]) -> nx.Graph[str]:
    """Return a copy whose attributes graph files can hold: text without control characters, numbers, booleans.

    Edges of a multigraph are numbered, because the formats ask for an id that is unique in the file.
    """
    plain: Any = graph.__class__()
    for node, data in graph.nodes(data=True):
        plain.add_node(_text(node), **_plain(data))
    for number, (source, target, data) in enumerate(graph.edges(data=True)):
        key = {"key": f"e{number}"} if graph.is_multigraph() else {}
        plain.add_edge(_text(source), _text(target), **key, **_plain(data))
    return plain  # type: ignore[no-any-return]


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in data.items() if value is not None}


def _value(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return _text(LIST_MARK.join(map(str, value)))
    return _text(value) if isinstance(value, str) else value


def _text(value: str) -> str:
    return _NOT_XML.sub("\ufffd", value)
