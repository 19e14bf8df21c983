"""Derive loaders/fiction/old_kanji.txt: forms of kanji of today, each with the old form that a list may have instead.

The pairs come from the registry package opencc-python-reimplemented (Apache licence), which nothing else of the project
reads: how fictional lists are spelled must not follow from the table that the loaders fold spellings by. Run it in an
environment that has the package::

    pip install --no-deps opencc-python-reimplemented
    python scripts/make_fiction_kanji.py
"""

from __future__ import annotations

import unicodedata
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "loaders" / "fiction" / "old_kanji.txt"


def read_pairs() -> list[str]:
    """Return pairs of a form of today and its old form, one of each, in the order of the list."""
    text = files("opencc").joinpath("dictionary", "JPVariants.txt").read_text(encoding="utf-8")
    pairs: dict[str, str] = {}
    for line in text.splitlines():
        old, _, new = line.partition("\t")
        new = new.split(" ")[0].strip()
        if len(old) == len(new) == 1 and unicodedata.normalize("NFKC", old) != unicodedata.normalize("NFKC", new):
            pairs.setdefault(new, old)
    return [f"{new}{old}" for new, old in pairs.items()]


def main() -> None:
    """Write the file."""
    TARGET.write_text("".join(f"{pair}\n" for pair in read_pairs()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
