"""Write docs/issue-codes.md from the tables of codes and rules: ``python scripts/make_issue_code_page.py``."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2

from tsunagari.errors import Message
from tsunagari.graph.sparql.rules import all_rules
from tsunagari.loaders.issues.issue_codes import CODES, GROUPS
from tsunagari.viz.look.headings import SEVERITIES

PAGE = Path(__file__).parent.parent / "docs" / "issue-codes.md"
TEMPLATES = Path(__file__).parent / "templates"
PARAMETER = re.compile(r"\{[^{}]*\}")


def both_languages(text: Message) -> str:
    """Return a text in both languages for a table cell, with an ellipsis for what depends on the case."""
    return "<br>".join(PARAMETER.sub("…", part).replace("|", "\\|") for part in (text.ja, text.en))


def page() -> str:
    """Return the text of the page."""
    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(loader=loader, trim_blocks=True, keep_trailing_newline=True)  # Markdown, not HTML
    environment.filters["both"] = both_languages
    return environment.get_template(PAGE.name).render(
        groups=GROUPS,
        by_group={name: [item for item in CODES.items() if item[1].group == name] for name in GROUPS},
        rules_title=Message("グラフ全体の規則", "Rules over the whole graph"),
        rules=[(rule.name, rule) for rule in all_rules()],
        severities=SEVERITIES,
    )


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
