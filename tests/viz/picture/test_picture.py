"""The map as a picture: readable at A4 whatever the size, with every name in a font of its own."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from PIL import Image

from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.viz.look.palette import SECTORS
from tsunagari.viz.map.drawn import Drawn
from tsunagari.viz.map.layout import Layout, lay_out, place_frames
from tsunagari.viz.picture import network_picture
from tsunagari.viz.picture.captions import Captions, fitted
from tsunagari.viz.picture.pen import Pen, text_width
from tsunagari.viz.picture.picture import WIDTH, level_of
from tsunagari.viz.picture.scene import Scene, bundles, signs

NAMES = {"sector": {"npo": "NPO"}, "kind": {"platform": "連携の場"}}
PLACES = [f"架空{number}市" for number in range(24)]


def town(bodies: int, prefectures: int = 1) -> Drawn:
    """A made-up network: a platform in each town, its members around it, the platforms in a row."""
    graph: Any = nx.Graph()
    for number in range(bodies):
        place = number % len(PLACES)
        where = {"municipality": PLACES[place], "prefecture": f"架空{place % prefectures}県"}
        is_hub = number < len(PLACES)
        kind = {"kind": "platform", "sector": ""} if is_hub else {"kind": "organization", "sector": "npo"}
        graph.add_node(f"n{number}", label=f"架空の団体{number}", **kind, **where)
        if number:
            graph.add_edge(f"n{number}", f"n{number - 1 if is_hub else place}")
    return Drawn.of_graph(graph)


def drawn_as(drawn: Drawn, layout: Layout) -> tuple[str, Captions]:
    scale = WIDTH / max(frame.x + frame.width for frame in (*layout.frames, *layout.regions))
    scene = Scene(drawn, layout, scale, [f.group.title for f in layout.frames], [r.title for r in layout.regions])
    level = level_of(layout, scale)
    return level, scene.draw(Pen(WIDTH, WIDTH), level)


@pytest.mark.parametrize(
    ("bodies", "prefectures", "level"), [(60, 1, "bodies"), (400, 1, "bodies"), (1500, 3, "frames")]
)
def test_no_name_stands_over_another_or_twice(bodies: int, prefectures: int, level: str) -> None:
    drawn = town(bodies, prefectures)
    found, captions = drawn_as(drawn, lay_out(drawn) if bodies < 1000 else place_frames(drawn))
    assert found == level
    assert len(captions.texts) >= 20
    boxes = list(captions.texts.values())
    for place, (left, top, right, bottom) in enumerate(boxes):
        assert 0 <= left < right <= WIDTH + 2
        for other in boxes[:place]:
            assert not (left < other[2] - 2 and right - 2 > other[0] and top < other[3] and bottom > other[1])


def test_from_far_every_place_has_its_name() -> None:
    drawn = town(1500, 3)
    _, captions = drawn_as(drawn, place_frames(drawn))
    assert set(PLACES) | {f"架空{number}県" for number in range(3)} <= set(captions.texts)


def test_the_strongest_ties_between_places_are_kept() -> None:
    graph: Any = nx.Graph([("a", "b"), ("c", "d"), ("a", "d"), ("e", "a")])
    drawn = Drawn.of_graph(graph)
    place = {"a": 0, "b": 1, "c": 0, "d": 1, "e": -1}
    assert bundles(drawn, [place[node] for node in drawn.ids]) == [(0, 1, 3)]


def test_the_legend_explains_every_colour_and_shape_that_is_there() -> None:
    found = signs(town(60), NAMES, "なし")
    assert found == [("dot", SECTORS["npo"].colour, "NPO"), ("diamond", "#273043", "連携の場")]


def test_a_graph_gives_the_same_picture_again_in_true_colours(bundled: KnowledgeGraph) -> None:
    first, again = network_picture(bundled), network_picture(bundled)
    assert first is not None
    assert again is not None
    assert first.png == again.png
    image = Image.open(io.BytesIO(first.png)).convert("RGB")
    assert image.size == (2 * first.width, pytest.approx(2 * first.height, abs=2))
    assert image.size[0] / (17.4 / 2.54) > 200  # dots an inch between the margins of A4
    assert image.getpixel((0, image.size[1] - 1)) == (255, 255, 255)


def test_without_ties_there_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("団体名,市区町村\n架空の会,鳥取市\n架空の輪,岩美町\n", encoding="utf-8")
    text = '[workspace]\ntitle = "架空"\nas_of = 2025-04-01\n[[source]]\nfile = "list.csv"\nkind = "organizations"\n'
    (tmp_path / "tsunagari.toml").write_text(text, encoding="utf-8")
    with build(tmp_path) as graph:
        assert network_picture(graph) is None


def test_a_font_is_brought_along_for_old_characters_too() -> None:
    assert text_width("髙﨑𠮷", 10) == pytest.approx(30)
    lines = fitted("架空の\u202e逆さ\u200b会" * 800, 100, 10, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert "\u202e" not in "".join(lines)
