"""The map of 47 tiles: every prefecture once, its figure readable, told apart without colour too."""

from __future__ import annotations

import math
import re
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from tsunagari.errors import UnknownNameError
from tsunagari.ontology.municipalities import municipality_table
from tsunagari.viz.look.tiles import MISSING, TILES, tile_map

SVG = "{http://www.w3.org/2000/svg}"


def tiles(svg: str) -> dict[str, tuple[str, list[str]]]:
    """Return the title of each tile to its fill and its texts."""
    groups = ElementTree.fromstring(svg).findall(f"{SVG}g")
    return {
        str(group.findtext(f"{SVG}title")): (
            str(group.find(f"{SVG}rect").get("fill")),  # type: ignore[union-attr]
            [str(text.text) for text in group.findall(f"{SVG}text")],
        )
        for group in groups
    }


def test_every_prefecture_has_a_tile_of_its_own() -> None:
    named = {place.code5: place.name for place in municipality_table() if place.kind == "prefecture"}
    assert {code: tile[0] for code, tile in TILES.items()} == named
    assert len({tile[2:] for tile in TILES.values()}) == len(TILES) == 47


def test_each_tile_shows_name_and_figure_and_darkness_follows_the_figure() -> None:
    found = tiles(tile_map({"鳥取県": 1, "島根県": 1500, "北海道": 750.4}).svg)
    assert found["鳥取県: 1"] == ("#e8f0f6", ["鳥取", "1"])
    assert found["島根県: 1,500"] == ("#174a75", ["島根", "1,500"])
    assert found["北海道: 750"][1] == ["北海道", "750"]
    assert found["北海道: 750"][0] not in ("#e8f0f6", "#174a75")
    assert len(found) == 47


def test_names_in_either_language_and_codes_are_understood() -> None:
    assert tile_map({"Tottori": 1}).svg == tile_map({"31000": 1}).svg == tile_map(pd.Series({"鳥取県": 1.0})).svg
    assert tiles(tile_map({"31000": 0.25}, digits=2, lang="en").svg)["Tottori: 0.25"][1] == ["Tottori", "0.25"]


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_has_no_figure_is_pale_with_a_dash(value: float) -> None:
    found = tiles(tile_map({"東京都": value, "大阪府": 2}).svg)
    assert found["東京都: 値なし"] == (MISSING, ["東京", "–"])
    assert found["京都府: 値なし"] == (MISSING, ["京都", "–"])
    assert found["大阪府: 2"][0] != MISSING


def test_no_figure_at_all_is_a_pale_map() -> None:
    assert {fill for fill, _ in tiles(tile_map({}).svg).values()} == {MISSING}


def test_the_title_says_what_it_is_and_between_which_figures() -> None:
    svg = tile_map({"東京都": 1, "大阪府": 2}, title="<空白> & 数").svg
    assert ElementTree.fromstring(svg).findtext(f"{SVG}text") == "<空白> & 数 (1 – 2)"


def test_an_unknown_prefecture_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as caught:
        tile_map({"鳥取": 1})
    assert caught.value.hint is not None
    assert "鳥取県" in caught.value.hint.ja


def test_it_is_a_picture_in_a_notebook_and_a_file_without_anything_from_outside(tmp_path: Path) -> None:
    made = tile_map({"東京都": 1})
    assert made._repr_svg_() == made.svg == made.write(tmp_path / "map.svg").read_text(encoding="utf-8")
    assert re.findall(r"https?://[^\"]+", made.svg) == ["http://www.w3.org/2000/svg"]
