"""Write docs/kinds.md and docs/kinds.ja.md from the kinds, the ontology and docs/samples.

Run ``python scripts/make_kinds_page.py`` after a change of any of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jinja2

from tsunagari.errors import Message
from tsunagari.loaders.workspace.kinds import KINDS, Kind
from tsunagari.ontology.columns import Column
from tsunagari.ontology.vocabulary import vocabulary
from tsunagari.viz.starter.column_help import column_format, column_meaning, kind_meaning

ROOT = Path(__file__).parent.parent
PAGES = {"kinds.md": "en", "kinds.ja.md": "ja"}
TEMPLATES = Path(__file__).parent / "templates"
SAMPLES = ROOT / "docs" / "samples"
HEADERS_SHOWN = 6


@dataclass(frozen=True)
class Section:
    """What the page says of one kind."""

    name: str
    label: Message
    aliases: tuple[str, ...]
    meaning: str
    note: str
    samples: list[str]
    setting: str
    columns: list[str]
    party: bool


def read_toml(path: Path) -> dict[str, dict[str, str]]:
    """Return the tables of a TOML file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def sample_settings() -> dict[str, list[tuple[str, str]]]:
    """Return kind to file and settings as written, of the samples."""
    _, *blocks = (SAMPLES / "tsunagari.toml").read_text(encoding="utf-8").split("[[source]]\n")
    found: dict[str, list[tuple[str, str]]] = {}
    for block in blocks:
        table = tomllib.loads(block)
        found.setdefault(table["kind"], []).append((table["file"], f"[[source]]\n{block.strip()}"))
    return found


def column_row(column: Column, lang: str) -> str:
    """Return the line of one column in a table."""
    label = column.labels.get("ja", column.name)
    others = [header for header in column.headers if header not in (label, column.name) and not header.isascii()]
    name = f"`{column.name}`"
    needed = {"ja": "必須", "en": "required"}[lang] if column.required and not column.common else ""
    cells = (
        label,
        name,
        needed,
        column_meaning(column, lang),
        column_format(column, lang),
        "、".join(others[:HEADERS_SHOWN]),
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def column_head(lang: str) -> str:
    """Return the head of a table of columns."""
    heads = {
        "ja": ("見出し", "列の名前", "", "意味", "書き方", "ほかの見出し"),
        "en": ("header", "column", "", "meaning", "how to write it", "other headers"),
    }[lang]
    return f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}"


def sections(lang: str) -> Iterator[Section]:
    """Yield what the page says of each kind."""
    notes, samples = read_toml(TEMPLATES / "kind-notes.toml"), sample_settings()
    for kind in KINDS.values():
        given = samples.get(kind.name, [])
        yield Section(
            kind.name,
            kind.label,
            kind.aliases,
            "" if kind.adapter else kind_meaning(kind, lang),
            notes.get(kind.name, {}).get(lang, ""),
            list(dict.fromkeys(file for file, _ in given)),
            given[0][1] if given else "",
            [column_row(column, lang) for column in own_columns(kind)],
            kind.party is not None,
        )


def own_columns(kind: Kind) -> list[Column]:
    """Return the columns of a kind without the common ones; a fixed format has none to choose from."""
    if kind.adapter:
        return []
    return [column for column in vocabulary().columns(kind.cls).values() if not column.common]


def page(name: str) -> str:
    """Return the text of a page."""
    lang = PAGES[name]
    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(loader=loader, trim_blocks=True, keep_trailing_newline=True)  # Markdown, not HTML
    environment.filters["link"] = lambda file: f"[{file}](samples/{file})"
    environment.filters["code"] = lambda text: f"`{text}`"
    common = [column for column in vocabulary().columns("PlatformMembership").values() if column.common]
    return environment.get_template("kinds.md").render(
        lang=lang,
        kinds=list(sections(lang)),
        settings=read_toml(TEMPLATES / "settings.toml"),
        column_head=column_head(lang),
        common=[column_row(column, lang) for column in common],
    )


def main() -> None:
    """Write the pages."""
    for name in PAGES:
        (ROOT / "docs" / name).write_text(page(name), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
