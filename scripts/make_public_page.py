"""Write the words of the public edition into its pages: ``python scripts/make_public_page.py``."""

from __future__ import annotations

import re
from pathlib import Path

from tsunagari.errors import Message
from tsunagari.loaders.workspace.publication import publication_words

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {"public.md": "en", "public.ja.md": "ja"}
HEADS = Message(
    "| `allow` に書く語 | 日本語 | 既定 | 何を示すか |", "| word in `allow` | Japanese | default | what it shows |"
)
TABLE = re.compile(r"<!-- words -->\n.*?<!-- end -->", re.DOTALL)


def words_table(lang: str) -> str:
    """Return the table of words."""
    lines = [HEADS.text(lang), "|---|---|---|---|"]
    for word in publication_words().values():
        mark = "○" if word.is_default else ""
        lines.append(f"| `{word.name}` | {word.label.ja} | {mark} | {word.meaning.text(lang)} |")
    return "\n".join(lines)


def page(name: str) -> str:
    """Return a page with its table made anew."""
    table = f"<!-- words -->\n{words_table(PAGES[name])}\n<!-- end -->"
    return TABLE.sub(lambda _found: table, (DOCS / name).read_text(encoding="utf-8"))


def main() -> None:
    """Write the pages."""
    for name in PAGES:
        (DOCS / name).write_text(page(name), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
