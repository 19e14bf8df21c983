"""The national picture: one figure for each prefecture on a map of 47 tiles, as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.store import write_output

if TYPE_CHECKING:
    import pandas as pd

TILES: Mapping[str, tuple[str, str, int, int]] = {
    f"{number:02}000": tile
    for number, tile in enumerate(
        (
            ("北海道", "Hokkaido", 12, 0),
            ("青森県", "Aomori", 12, 1),
            ("岩手県", "Iwate", 12, 2),
            ("宮城県", "Miyagi", 12, 3),
            ("秋田県", "Akita", 11, 2),
            ("山形県", "Yamagata", 11, 3),
            ("福島県", "Fukushima", 12, 4),
            ("茨城県", "Ibaraki", 12, 5),
            ("栃木県", "Tochigi", 11, 5),
            ("群馬県", "Gunma", 10, 5),
            ("埼玉県", "Saitama", 10, 6),
            ("千葉県", "Chiba", 12, 6),
            ("東京都", "Tokyo", 11, 6),
            ("神奈川県", "Kanagawa", 10, 7),
            ("新潟県", "Niigata", 11, 4),
            ("富山県", "Toyama", 9, 4),
            ("石川県", "Ishikawa", 8, 4),
            ("福井県", "Fukui", 7, 5),
            ("山梨県", "Yamanashi", 9, 6),
            ("長野県", "Nagano", 9, 5),
            ("岐阜県", "Gifu", 8, 5),
            ("静岡県", "Shizuoka", 9, 7),
            ("愛知県", "Aichi", 8, 6),
            ("三重県", "Mie", 7, 7),
            ("滋賀県", "Shiga", 7, 6),
            ("京都府", "Kyoto", 6, 6),
            ("大阪府", "Osaka", 5, 7),
            ("兵庫県", "Hyogo", 5, 6),
            ("奈良県", "Nara", 6, 7),
            ("和歌山県", "Wakayama", 6, 8),
            ("鳥取県", "Tottori", 4, 6),
            ("島根県", "Shimane", 3, 6),
            ("岡山県", "Okayama", 4, 7),
            ("広島県", "Hiroshima", 3, 7),
            ("山口県", "Yamaguchi", 2, 7),
            ("徳島県", "Tokushima", 4, 9),
            ("香川県", "Kagawa", 4, 8),
            ("愛媛県", "Ehime", 3, 8),
            ("高知県", "Kochi", 3, 9),
            ("福岡県", "Fukuoka", 1, 7),
            ("佐賀県", "Saga", 0, 7),
            ("長崎県", "Nagasaki", 0, 8),
            ("熊本県", "Kumamoto", 0, 9),
            ("大分県", "Oita", 1, 8),
            ("宮崎県", "Miyazaki", 1, 9),
            ("鹿児島県", "Kagoshima", 1, 10),
            ("沖縄県", "Okinawa", 0, 11),
        ),
        start=1,
    )
}
"""Code of each prefecture to its name in both languages and the column and row of its tile: neighbours stand near."""
SIDE, GAP, TOP = 46, 3, 42  # pixels
LIGHT, DARK, MISSING, INK = (232, 240, 246), (23, 74, 117), "#f4f4f2", "#1c2733"
NO_VALUE = Message("値なし", "no value")


@dataclass(frozen=True, slots=True)
class TileMap:
    """A picture; a notebook shows it.

    Parameters
    ----------
    svg
        The picture as SVG, without anything from outside.
    """

    svg: str = field(repr=False)

    def __str__(self) -> str:
        return self.svg

    def _repr_svg_(self) -> str:
        return self.svg

    def write(self, path: Path | str) -> Path:
        """Write the picture as a file.

        Raises
        ------
        OutputError
            The place cannot be written.
        """
        return write_output(path, self.svg.encode())


def tile_map(
    values: Mapping[str, float] | pd.Series[float],
    *,
    title: str = "",
    digits: int = 0,
    links: Mapping[str, str] | None = None,
    lang: str = "ja",
) -> TileMap:
    """Draw a figure for each prefecture on a map of 47 tiles, each with its name and number; dark is much.

    Parameters
    ----------
    values
        Name (``鳥取県``, ``Tottori``) or code (``31000``) of a prefecture to its figure, such as a column of
        `tsunagari.graph.coverage.read_rollup` by ``area_id``. Prefectures that are left out, NaN and infinite figures
        are drawn pale with a dash; without any figure all are.
    title
        What the figures are; it stands above the map with the least and the greatest of them.
    digits
        Decimals shown.
    links
        Code of a prefecture to the address that its tile leads to.
    lang
        Language of the names.

    Raises
    ------
    UnknownNameError
        A name is no prefecture; the hint gives the nearest.

    Examples
    --------
    >>> "<title>鳥取県: 3</title>" in tile_map({"鳥取県": 3, "島根県": 1}).svg
    True
    """
    figures = {_code(name): float(value) for name, value in values.items()}
    found = [value for value in figures.values() if math.isfinite(value)]
    low, high = (min(found), max(found)) if found else (0.0, 0.0)
    between = f" ({low:,.{digits}f} – {high:,.{digits}f})" if found else ""
    width = (1 + max(column for *_, column, _ in TILES.values())) * (SIDE + GAP) + GAP
    height = (1 + max(row for *_, row in TILES.values())) * (SIDE + GAP) + GAP + TOP
    head = escape(f"{title}{between}")
    tiles = [_tile(code, figures.get(code, math.nan), (low, high), digits, lang) for code in TILES]
    if links:
        pairs = zip(TILES, tiles, strict=True)
        tiles = [f'<a href="{escape(links[code])}">{tile}</a>' if code in links else tile for code, tile in pairs]
    return TileMap(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="{"group" if links else "img"}" aria-label="{head}" font-family="sans-serif" text-anchor="middle">\n'
        f'<text x="{GAP}" y="26" font-size="16" text-anchor="start">{head}</text>\n' + "\n".join(tiles) + "\n</svg>\n"
    )


def _code(name: object) -> str:
    """Return the code of a prefecture by its code or name in either language."""
    text = str(name)
    named = {word: code for code, (ja, en, *_) in TILES.items() for word in (code, ja, en)}
    if text in named:
        return named[text]
    near = get_close_matches(text, named, n=3, cutoff=0.5)
    raise UnknownNameError(
        Message(f"「{text}」という都道府県はありません。", f"There is no prefecture {text!r}."),
        Message(f"近い名前: {'、'.join(near)}", f"Nearest names: {', '.join(near)}") if near else None,
    )


def _tile(code: str, value: float, limits: tuple[float, float], digits: int, lang: str) -> str:
    ja, en, column, row = TILES[code]
    name = en if lang == "en" else ja
    known = math.isfinite(value)
    number = f"{value:,.{digits}f}" if known else "–"
    fill, ink = tile_colour(value, limits)
    x, y = GAP + column * (SIDE + GAP), TOP + row * (SIDE + GAP)
    short = name if name in ("北海道", en) else name[:-1]
    told = escape(f"{name}: {number if known else NO_VALUE.text(lang)}")
    return (
        f'<g data-code="{code}"><title>{told}</title><rect x="{x}" y="{y}" width="{SIDE}" height="{SIDE}" rx="4" '
        f'fill="{fill}"/>'
        f'<text x="{x + SIDE / 2:g}" y="{y + 19}" font-size="{8 if lang == "en" else 12}" fill="{ink}">{short}</text>'
        f'<text x="{x + SIDE / 2:g}" y="{y + 36}" font-size="12" fill="{ink}">{number}</text></g>'
    )


def shade(value: float, low: float, high: float) -> str:
    """Return the fill of a tile: the darker, the nearer to the greatest.

    >>> shade(0, 0, 100), shade(100, 0, 100)
    ('#e8f0f6', '#174a75')
    """
    share = _share(value, low, high)
    return "#{:02x}{:02x}{:02x}".format(*(round(a + (b - a) * share) for a, b in zip(LIGHT, DARK, strict=True)))


def tile_colour(value: float, limits: tuple[float, float]) -> tuple[str, str]:
    """Return the colour for a figure between the least and the greatest, and the colour of what is written on it.

    Examples
    --------
    >>> tile_colour(3, (1, 3)), tile_colour(math.nan, (1, 3))
    (('#174a75', '#ffffff'), ('#f4f4f2', '#1c2733'))
    """
    if not math.isfinite(value):
        return MISSING, INK
    return shade(value, *limits), "#ffffff" if _share(value, *limits) > 0.62 else INK


def _share(value: float, low: float, high: float) -> float:
    """Return where a value stands between the least (0) and the greatest (1); 0.5 where all are the same."""
    return (value - low) / (high - low) if high > low else 0.5
