"""Shell completion: the script that switches it on, and the names it offers."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem, get_completion_class

from tsunagari.cli.language import current_language
from tsunagari.cli.localized import LocalizedArgument, LocalizedChoice, command
from tsunagari.errors import Message

SHELLS = ("bash", "zsh", "fish")


def complete_areas(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the municipalities and prefectures whose name, reading or code starts with what was typed."""
    from tsunagari.ontology.municipalities import municipality_table

    return [
        CompletionItem(area.code5 if incomplete.isdecimal() else area.name, help=area.full_name)
        for area in municipality_table()
        if incomplete and any(text and text.startswith(incomplete) for text in (area.name, area.reading, area.code5))
    ]


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


@command(
    "completion",
    details=Message(
        "\b\nbash: tsunagari completion bash > ~/.local/share/bash-completion/completions/tsunagari\n"
        "zsh:  tsunagari completion zsh > フォルダー/_tsunagari （フォルダーは fpath にあるもの）\n"
        "fish: tsunagari completion fish > ~/.config/fish/completions/tsunagari.fish\n\n"
        "新しいシェルを開くと、コマンド・オプション・質問名・市区町村・分野が Tab で補われます。",
        "\b\nbash: tsunagari completion bash > ~/.local/share/bash-completion/completions/tsunagari\n"
        "zsh:  tsunagari completion zsh > DIR/_tsunagari (a DIR of your fpath)\n"
        "fish: tsunagari completion fish > ~/.config/fish/completions/tsunagari.fish\n\n"
        "In a new shell Tab then completes commands, options, questions, municipalities and fields.",
    ),
)
@click.argument("shell", cls=LocalizedArgument, type=LocalizedChoice(SHELLS))
def completion_command(shell: str) -> None:
    """Print the script that makes Tab complete this program's words in `shell`."""
    from tsunagari.cli import COMPLETION_VARIABLE, PROGRAM, cli

    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(cli, {}, PROGRAM, COMPLETION_VARIABLE)
    click.echo(script.source_template % script.source_vars())
