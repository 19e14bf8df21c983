"""Write docs/columns.md and its Japanese twin from the catalogue of tables: ``python scripts/make_columns_page.py``."""

from __future__ import annotations

from pathlib import Path

from tsunagari.errors import Message
from tsunagari.graph.wording import column_entry, frame_columns, table_names, table_title

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {"columns.md": "en", "columns.ja.md": "ja"}
HEAD = Message("表の列", "Columns of the tables")
INTRO = Message(
    "データフレーム・Excel・地図・端末の表に共通の列の一覧です。",
    "The columns that data frames, workbooks, the map and the terminal share.",
)
HEADS = Message("| 列 | 呼び名 | 意味 | 型 |", "| column | heading | meaning | type |")


def page(name: str) -> str:
    """Return the text of a page."""
    lang = PAGES[name]
    lines = [f"# {HEAD.text(lang)}", "", INTRO.text(lang)]
    for table in table_names():
        lines += ["", f"## {table_title(table).text(lang)} (`{table}`)", "", HEADS.text(lang), "|---|---|---|---|"]
        for column in frame_columns(table):
            entry = column_entry(column, table)
            lines.append(f"| `{column}` | {entry.label.text(lang)} | {entry.meaning.text(lang)} | {entry.type} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the pages."""
    for name in PAGES:
        (DOCS / name).write_text(page(name), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
