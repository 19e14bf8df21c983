"""Make the font that pictures bring along: the characters of Japanese standards out of Noto Sans CJK JP.

Run: ``python scripts/make_picture_font.py NotoSansCJK-Regular.ttc`` (needs ``fonttools``). What is left out: layout
features, hints, and the characters that no Japanese encoding has, four fifths of the file.
"""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parents[1] / "viz" / "picture" / "font" / "NotoSansCJKjp-Subset.otf"
ENCODINGS = ("cp932", "euc_jp", "euc_jis_2004", "shift_jisx0213")
BLOCKS = ((0x20, 0x7F), (0xA0, 0x180), (0x370, 0x460), (0x2000, 0x2070), (0x2100, 0x2150), (0x2460, 0x2600))
BLOCKS += ((0x3000, 0x3100), (0x31F0, 0x3400), (0xF900, 0xFB00), (0xFF00, 0xFFF0))
DROPPED = ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]


def characters() -> set[int]:
    """Return the characters of the encodings and of the blocks of signs."""
    found = {code for low, high in BLOCKS for code in range(low, high)}
    for encoding, high, low in itertools.product(ENCODINGS, range(0x81, 0xFF), range(0x40, 0xFF)):
        for data in (bytes((high, low)), bytes((0x8F, high, low))):
            try:
                found.update(map(ord, data.decode(encoding)))
            except UnicodeDecodeError:
                continue
    return found


def main() -> None:
    """Cut the font and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("font", type=Path)
    parser.add_argument("--number", type=int, default=0, help="of the Japanese font in a collection")
    asked = parser.parse_args()
    font = TTFont(asked.font, fontNumber=asked.number)
    options = subset.Options()
    options.layout_features, options.hinting, options.name_IDs = [], False, ["*"]
    options.drop_tables += DROPPED
    options.notdef_outline = True
    cut = subset.Subsetter(options)
    cut.populate(unicodes=characters())
    cut.subset(font)
    font.save(TARGET)
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes, {len(font.getBestCmap()):,} characters")


if __name__ == "__main__":
    main()
