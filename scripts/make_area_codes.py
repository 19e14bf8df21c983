"""Derive ontology/reference/area_codes.csv: beginnings of telephone numbers with the prefecture that they are of.

Run it in an environment that has the registry package phonenumbers (Apache licence), which the project itself does not
need::

    pip install --no-deps phonenumbers
    python scripts/make_area_codes.py
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "ontology" / "reference" / "area_codes.csv"
NAMES = """
Hokkaido Aomori Iwate Miyagi Akita Yamagata Fukushima Ibaraki Tochigi Gunma Saitama Chiba Tokyo Kanagawa Niigata Toyama
Ishikawa Fukui Yamanashi Nagano Gifu Shizuoka Aichi Mie Shiga Kyoto Osaka Hyogo Nara Wakayama Tottori Shimane Okayama
Hiroshima Yamaguchi Tokushima Kagawa Ehime Kochi Fukuoka Saga Nagasaki Kumamoto Oita Miyazaki Kagoshima Okinawa
"""
CODES = {name: f"{number:02}" for number, name in enumerate(NAMES.split(), 1)}


def read_beginnings() -> dict[str, str]:
    """Return beginning, with its zero, to the code of the prefecture, where the package tells it."""
    table: dict[str, dict[str, str]] = import_module("phonenumbers.geodata").GEOCODE_DATA
    found = {}
    for key, names in table.items():
        prefecture = names.get("en", "").rpartition(", ")[2]
        if key.startswith("81") and prefecture in CODES:
            found[f"0{key[2:]}"] = CODES[prefecture]
    return found


def shortened(beginnings: dict[str, str]) -> dict[str, str]:
    """Return the same with one beginning of three digits or more for all longer ones of one prefecture."""
    for length in range(max(map(len, beginnings)) - 1, 2, -1):
        parents: dict[str, set[str]] = {}
        for text, code in beginnings.items():
            if len(text) > length:
                parents.setdefault(text[:length], set()).add(code)
        for parent, codes in parents.items():
            if len(codes | {beginnings.get(parent, min(codes))}) == 1:
                beginnings = {text: code for text, code in beginnings.items() if not text.startswith(parent)}
                beginnings[parent] = codes.pop()
    return beginnings


def main() -> None:
    """Write the table."""
    rows = sorted(shortened(read_beginnings()).items())
    text = "beginning,prefecture\n" + "".join(f"{beginning},{code}\n" for beginning, code in rows)
    TARGET.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
