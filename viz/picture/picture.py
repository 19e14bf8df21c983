"""A network as a picture that is read at A4: the map's own layout and colours, with a legend below."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from tsunagari.errors import Message
from tsunagari.viz.map.drawn import Drawn
from tsunagari.viz.map.grouping import BY_PLACE
from tsunagari.viz.map.labels import texts
from tsunagari.viz.map.layout import Layout, lay_out, place_frames
from tsunagari.viz.map.network import read_network
from tsunagari.viz.map.payload import frame_title, value_names
from tsunagari.viz.picture.captions import INK
from tsunagari.viz.picture.pen import Pen, text_width
from tsunagari.viz.picture.scene import Placed, Scene, signs

if TYPE_CHECKING:
    from tsunagari.graph.knowledge import KnowledgeGraph

WIDTH = 900.0
"""Units of a sheet: A4 upright between its margins, so that 10 are letters of 5.5 points."""
SPACING, READABLE, ROOM = 58.0, 13.0, 62.0
"""Between bodies in the layout; and the least on the sheet between bodies, and of the width of a place."""
LINE, LEGEND = 15.0, 9.5
SHOWN = ("organization", "platform", "body", "programme", "activity")
NO_SECTOR_SAID = Message("区分の記載なし", "sector not stated")
NOTES = {
    "bodies": Message(
        "印は団体・連携の場・活動の一つずつ、大きさはつながりの多さ、枠は同じまとまりです。"
        "名前は書ける所だけに書いています。窓口と分野は描いていません。",
        "Each sign is an organisation, a platform or an activity, the larger the more ties it has; a frame is a group. "
        "Names stand where there is room. Services and fields are not drawn.",
    ),
    "frames": Message(
        "円は地域などのまとまりごとの団体などの数と区分、線はまとまりどうしの主なつながりで、太いほど多いことを表します。",
        "A ring is a place with the number of its bodies and their sectors; lines are the main ties between places, "
        "the thicker the more.",
    ),
    "regions": Message(
        "円は都道府県ごとの団体などの数と区分、線は都道府県どうしの主なつながりで、太いほど多いことを表します。",
        "A ring is a prefecture with the number of its bodies and their sectors; lines are the main ties between "
        "prefectures, the thicker the more.",
    ),
}


@dataclass(frozen=True, slots=True)
class NetworkPicture:
    """A picture of a network.

    Parameters
    ----------
    png
        The file.
    width, height
        Its size; the one is to the other as on paper.
    level
        ``"bodies"``, ``"frames"`` or ``"regions"``: what stands for itself in it.
    note
        How to read it.
    """

    png: bytes = field(repr=False)
    width: float
    height: float
    level: str
    note: str

    def _repr_png_(self) -> bytes:
        return self.png


def network_picture(kg: KnowledgeGraph, *, lang: str = "ja", at: date | str | None = None) -> NetworkPicture | None:
    """Draw the network of a graph as the map does, for paper.

    Few bodies are drawn one by one with the names that have room; of more than can be told apart on a sheet, places
    (municipalities, platforms), of very many prefectures are drawn as rings with their ties put together.

    Parameters
    ----------
    kg
        The graph; what it is about (`KnowledgeGraph.about`) is drawn with what is tied to it.
    lang, at
        Language and day; None takes the graph's own day.

    Returns
    -------
    The picture; the same graph gives the same bytes. None where no source states any tie.
    """
    drawn = _acting(read_network(kg, at=at, lang=lang))
    if not len(drawn.pairs):
        return None
    layout = place_frames(drawn) if len(drawn) > BY_PLACE else lay_out(drawn)
    boxes: list[Placed] = [*layout.frames, *layout.regions]
    scale = WIDTH / max(box.x + box.width for box in boxes)
    depth = max(box.y + box.height for box in boxes) * scale
    level = level_of(layout, scale)
    legend = _legend(drawn, lang)
    height = depth + 12 + LINE * (1 + max((line for *_, line in legend), default=0))
    pen, named = Pen(WIDTH, height), texts(lang)
    titles = [frame_title(frame.group, named) for frame in layout.frames]
    regions = [region.title or named["nowhere"] for region in layout.regions]
    Scene(drawn, layout, scale, titles, regions).draw(pen, level)
    for shape, colour, name, x, line in legend:
        y = depth + 14 + LINE * line
        pen.shape(shape, x + 5, y, 4.5, fill=colour)
        pen.text(name, x + 13, y, size=LEGEND, colour=INK, anchor="lm")
    return NetworkPicture(pen.png(), WIDTH, height, level, NOTES[level].text(lang))


def _acting(drawn: Drawn) -> Drawn:
    """Return the network of those who act together: fields, services and papers would hide their ties on a sheet."""
    return drawn.part(np.isin(np.array(drawn.nodes["kind"], dtype=object), SHOWN))


def level_of(layout: Layout, scale: float) -> str:
    """Return what is drawn on a sheet: bodies where they can be told apart, else the places, else the prefectures."""
    if layout.positions and SPACING * scale >= READABLE:
        return "bodies"
    widths = sorted(frame.width * scale for frame in layout.frames)
    return "regions" if len(layout.regions) > 1 and widths[len(widths) // 2] < ROOM else "frames"


def _legend(drawn: Drawn, lang: str) -> list[tuple[str, str, str, float, int]]:
    """Return the entries of the legend with their place: shape, colour, name, distance from the left and line."""
    x, line = 4.0, 0
    found: list[tuple[str, str, str, float, int]] = []
    for shape, colour, name in signs(drawn, value_names(drawn, lang), NO_SECTOR_SAID.text(lang)):
        wide = 26 + text_width(name, LEGEND)
        if x + wide > WIDTH and found:
            x, line = 4.0, line + 1
        found.append((shape, colour, name, x, line))
        x += wide
    return found
