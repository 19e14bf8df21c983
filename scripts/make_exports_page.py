"""Write docs/exports.md and docs/exports.ja.md from the table of formats: ``python scripts/make_exports_page.py``."""

from __future__ import annotations

from pathlib import Path

import jinja2

from tsunagari.errors import Message
from tsunagari.graph.export import FORMATS

DOCS = Path(__file__).parent.parent / "docs"
TEMPLATES = Path(__file__).parent / "templates"
PAGES = {"exports.md": "en", "exports.ja.md": "ja"}
FAMILIES = {
    "rdf": Message("RDF: すべての記載", "RDF: every statement"),
    "network": Message("ネットワーク", "Networks"),
    "tables": Message("表", "Tables"),
}


def page(name: str) -> str:
    """Return the text of a page."""
    lang = PAGES[name]
    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(  # Markdown, not HTML
        loader=loader, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["cell"] = lambda text: text.replace("|", "\\|")
    families = [(family, heading.text(lang)) for family, heading in FAMILIES.items()]
    return environment.get_template("exports.md").render(lang=lang, formats=FORMATS, families=families)


def main() -> None:
    """Write the pages."""
    for name in PAGES:
        (DOCS / name).write_text(page(name), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
