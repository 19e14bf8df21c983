"""Lines over days as SVG: text alone, so that it shows in a notebook and in a browser without a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 320, 56, 220, 16, 36
COLOURS = ("#1b6ca8", "#c44e52", "#55803e", "#8172b2", "#b7791f", "#4c4c4c", "#2a9d8f", "#9c4f96")
DASHES = ("", "6 3", "2 3", "8 3 2 3")  # so that lines can be told apart without colours


def line_chart(days: Sequence[str], series: Mapping[str, Sequence[float]]) -> str:
    """Return lines over days as an SVG picture; days stand where they fall in time, a value of NaN breaks a line.

    Parameters
    ----------
    days
        ISO dates in order.
    series
        Name to values, one a day.

    Examples
    --------
    >>> picture = line_chart(["2023-01-01", "2024-01-01"], {"members": [3.0, 5.0]})
    >>> picture[:4], picture.count("<polyline"), "members" in picture
    ('<svg', 1, True)
    """
    known = [value for values in series.values() for value in values if value == value]
    most = max([1.0, *known])
    across = {day: _across(day, days) for day in days}
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'role="img" font-family="sans-serif" font-size="12">',
        f"<title>{escape(', '.join(series))}</title>",
    ]
    for share in (0.0, 0.5, 1.0):
        height = _down(most * share, most)
        lines.append(f'<path d="M{LEFT} {height:.1f}H{WIDTH - RIGHT}" stroke="#ccc" fill="none"/>')
        lines.append(f'<text x="{LEFT - 6}" y="{height + 4:.1f}" text-anchor="end">{most * share:,.4g}</text>')
    for day, place in across.items():
        lines.append(f'<text x="{place:.1f}" y="{HEIGHT - 12}" text-anchor="middle">{escape(day)}</text>')
    for number, (name, values) in enumerate(series.items()):
        lines += _line(number, name, [(across[day], value) for day, value in zip(days, values, strict=True)], most)
    return "\n".join([*lines, "</svg>"])


def _line(number: int, name: str, points: Sequence[tuple[float, float]], most: float) -> list[str]:
    colour, dashes = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
    kept = [(place, _down(value, most)) for place, value in points if value == value]
    path = " ".join(f"{place:.1f},{height:.1f}" for place, height in kept)
    stroke = f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"'
    dots = [f'<circle cx="{place:.1f}" cy="{height:.1f}" r="3" fill="{colour}"/>' for place, height in kept]
    height = TOP + 16 + 20 * number
    key = f'<path d="M{WIDTH - RIGHT + 12} {height - 4}h24" {stroke} fill="none"/>'
    label = f'<text x="{WIDTH - RIGHT + 42}" y="{height}">{escape(name)}</text>'
    return [f'<polyline points="{path}" {stroke} fill="none"/>', *dots, key, label]


def _across(day: str, days: Sequence[str]) -> float:
    first, last, own = (date.fromisoformat(text).toordinal() for text in (days[0], days[-1], day))
    share = (own - first) / (last - first) if last > first else 0.5
    return LEFT + 30 + share * (WIDTH - LEFT - RIGHT - 60)


def _down(value: float, most: float) -> float:
    return HEIGHT - BOTTOM - value / most * (HEIGHT - TOP - BOTTOM)
