"""Networks for notebooks: a pyvis Network with the map's layout, its texts escaped, offline when written."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.networks import DEFAULT_NETWORK, STATUSES
from tsunagari.graph.store import write_output
from tsunagari.viz.look.palette import KINDS, NO_SECTOR, OTHER_KIND, SECTORS
from tsunagari.viz.map.drawn import Drawn
from tsunagari.viz.map.layout import lay_out
from tsunagari.viz.map.network import without_areas
from tsunagari.viz.map.page import vis_network
from tsunagari.viz.map.payload import OPTIONS

if TYPE_CHECKING:
    from datetime import date

    from pyvis.network import Network

    from tsunagari.graph.knowledge import KnowledgeGraph

PLAIN_SHAPES = frozenset({"dot", "diamond", "triangle", "star", "hexagon", "square"})
"""Shapes that vis-network draws with the name beneath."""
PAGE = """<!doctype html>
<html><head><meta charset="utf-8"><title>{title}</title>
<style>html, body, #network {{ height: 100%; margin: 0; }}</style></head>
<body><div id="network"></div><script>{library}</script>
<script>new vis.Network(document.getElementById("network"), {{nodes: {nodes}, edges: {edges}}}, {options});</script>
</body></html>
"""


def pyvis_network(
    kg: KnowledgeGraph, network: str = DEFAULT_NETWORK, *, at: date | str | None = None, lang: str = "ja"
) -> Network:
    """Return a network as a pyvis ``Network``: laid out, styled and named as on the map.

    The lists of pyvis are filled directly: its ``add_edge`` compares each new tie with every earlier one, and its
    ``from_nx`` drops parallel ties and changes the graph it is given. Texts are escaped, because pyvis writes titles as
    HTML. ``write_html``, ``save_graph`` and ``show`` of the object returned write a page that loads nothing, in UTF-8.

    Parameters
    ----------
    kg
        The graph.
    network
        A network of ``kg.network``.
    at, lang
        Day and language.

    Raises
    ------
    NetworkError
        pyvis is not installed.
    UnknownNameError
        There is no such network.
    """
    try:
        from pyvis.network import Network
    except ImportError as error:
        raise NetworkError(
            Message("pyvis がありません。", "pyvis is not installed."),
            Message("pip install 'tsunagari[pyvis]' で入ります。", "Install it with: pip install 'tsunagari[pyvis]'"),
        ) from error

    class OfflineNetwork(Network):  # type: ignore[misc]  # pyvis has no types
        """A pyvis network whose page is written whole: no address in it, no name of a source as markup."""

        def generate_html(self, *_given: object, **_named: object) -> str:
            return _page(self, kg.title)

        def write_html(self, name: str, *_given: object, **_named: object) -> None:
            write_output(Path(name), self.generate_html().encode("utf-8"))

    chosen = kg.network(network, at=at, statuses=None if network == "all" else STATUSES, lang=lang)
    drawn = Drawn.of_graph(chosen)
    drawn = without_areas(drawn) if network == "all" and len(drawn) else drawn
    model = OfflineNetwork(directed=chosen.is_directed(), cdn_resources="in_line")
    model.nodes.extend(_nodes(drawn))
    model.node_ids.extend(range(len(drawn)))
    model.node_map.update(enumerate(model.nodes))
    labels = [escape(str(label or "")) for label in drawn.ties.get("kind_label", ())]
    ends = zip(drawn.source.tolist(), drawn.target.tolist(), labels, strict=True)
    model.edges.extend({"from": a, "to": b, "title": label} for a, b, label in ends)
    model.set_options(json.dumps({name: value for name, value in OPTIONS.items() if name != "interaction"}))
    return model


def _nodes(drawn: Drawn) -> Iterator[dict[str, Any]]:
    """Yield the nodes as pyvis keeps them: where, as what, how large, in which colour, every text escaped."""
    positions = lay_out(drawn).positions
    degrees = drawn.degrees.tolist()
    most = max(degrees, default=0) or 1
    texts = (drawn.texts(name) for name in ("kind", "label", "class_label", "sector"))
    for place, (kind_name, label, class_label, sector) in enumerate(zip(*texts, strict=True)):
        kind = KINDS.get(kind_name, OTHER_KIND)
        x, y = positions[drawn.ids[place]]
        yield {
            "id": place,
            "label": escape(label),
            "title": escape(" · ".join(text for text in (label, class_label) if text)),
            "x": x,
            "y": y,
            "shape": kind.shape if kind.shape in PLAIN_SHAPES else "dot",
            "size": round(7 + 13 * math.sqrt(degrees[place] / most), 1),
            "color": SECTORS.get(sector, NO_SECTOR).colour if sector else kind.colour,
        }


def _page(model: Any, title: str) -> str:
    options = model.options if isinstance(model.options, dict) else json.loads(model.options.to_json())
    # vis-network writes labels on a canvas, where nothing is markup; the titles stay escaped
    nodes = [{**node, "label": _plain(node["label"])} for node in model.nodes]
    blocks = {"nodes": nodes, "edges": model.edges, "options": options}
    texts = {name: _script_json(value) for name, value in blocks.items()}
    return PAGE.format(title=escape(title), library=vis_network(), **texts)


def _plain(label: Any) -> str:
    return unescape(str(label))


def _script_json(value: Any) -> str:
    r"""Return JSON that is safe inside a script element.

    Examples
    --------
    >>> _script_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
