"""The names that shell completion offers for an option."""

from __future__ import annotations

from contextlib import suppress

import click
from click.shell_completion import CompletionItem

import tsunagari
from tsunagari.cli.shell.language import current_language
from tsunagari.errors import TsunagariError


def complete_areas(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the municipalities and prefectures whose name, reading or code starts with what was typed."""
    from tsunagari.ontology.municipalities import municipality_table

    return [
        CompletionItem(area.code5 if incomplete.isdecimal() else area.name, help=area.full_name)
        for area in municipality_table()
        if incomplete and any(text and text.startswith(incomplete) for text in (area.name, area.reading, area.code5))
    ]


def complete_organizations(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the organisations of the workspace whose name starts with what was typed."""
    with suppress(TsunagariError):
        names = tsunagari.open(str(ctx.meta.get("tsunagari.workspace", "."))).organizations["name"]
        return [CompletionItem(name) for name in dict.fromkeys(names) if incomplete and name.startswith(incomplete)]
    return []


def complete_fields(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the bundled support fields whose notation or label starts with what was typed."""
    from tsunagari.ontology.vocabulary import vocabulary

    lang = current_language()
    known = vocabulary()
    items = []
    for concept in (concept for scheme in known.field_schemes for concept in known.schemes[scheme].concepts):
        label = concept.labels.get(lang, concept.notation)
        if incomplete and label.startswith(incomplete):
            items.append(CompletionItem(label))
        elif concept.notation.startswith(incomplete):
            items.append(CompletionItem(concept.notation, help=label))
    return items
