"""Derive ontology/reference/kanji_forms.txt: old forms of kanji (旧字体) with the forms of today.

The pairs are those of the official lists (常用漢字表, 人名用漢字) as the registry package kyujipy (MIT licence) holds
them. Run it in an environment that has the package, which the project itself does not need::

    pip install --no-deps kyujipy
    python scripts/make_kanji_forms.py
"""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "ontology" / "reference" / "kanji_forms.txt"
_PAIR = re.compile(r'\["(.)", "(.)"\]')
_LISTS = ("kyujitai_simplified.cson", "kyujitai_variants.cson")


def read_pairs() -> dict[str, str]:
    """Return old form to new form; forms that NFKC joins already are left out."""
    pairs: dict[str, str] = {}
    for name in _LISTS:
        text = files("kyujipy").joinpath("data", name).read_text(encoding="utf-8")
        for new, old in _PAIR.findall(text):
            if unicodedata.normalize("NFKC", old) != unicodedata.normalize("NFKC", new):
                pairs[old] = new
    return pairs


def main() -> None:
    """Write the file, one pair a line, old before new, in the order of the code points."""
    pairs = read_pairs()
    lines = [f"{old}{pairs[old]}" for old in sorted(pairs)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
