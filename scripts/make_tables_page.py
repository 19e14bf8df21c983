"""Write docs/tables.md and its Japanese twin from the layout of the tables: ``python scripts/make_tables_page.py``."""

from __future__ import annotations

from pathlib import Path

from tsunagari.errors import Message
from tsunagari.graph.cluster import layout_tables, layout_version

DOCS = Path(__file__).parent.parent / "docs"
TEMPLATES = Path(__file__).parent / "templates"
PAGES = {"tables.md": "en", "tables.ja.md": "ja"}
HEADS = Message("| 列 | 意味 | 型 |", "| column | meaning | type |")
PARTITIONED = Message("（都道府県ごと）", " (split by prefecture)")


def page(name: str) -> str:
    """Return the text of a page: what is told of the layout, then every table."""
    lang = PAGES[name]
    lines = [(TEMPLATES / name).read_text(encoding="utf-8").format(version=layout_version()).rstrip()]
    for table in layout_tables().values():
        split = PARTITIONED.text(lang) if table.partitioned else ""
        lines += ["", f"## `{table.name}`{split}", "", table.meaning.text(lang), "", HEADS.text(lang), "|---|---|---|"]
        lines += [
            f"| `{column}` | {meaning.text(lang)} | {kind} |" for column, (kind, meaning) in table.columns.items()
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the pages."""
    for name in PAGES:
        (DOCS / name).write_text(page(name), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
