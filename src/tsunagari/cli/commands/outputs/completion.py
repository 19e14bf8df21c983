"""``completion``: the script that switches shell completion on."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from tsunagari.cli.shell.localized import LocalizedArgument, LocalizedChoice, command
from tsunagari.cli.shell.options import shared_options
from tsunagari.errors import Message

SHELLS = ("bash", "zsh", "fish")


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
@shared_options()
def completion_command(shell: str) -> None:
    """Print the script that makes Tab complete this program's words in `shell`."""
    from tsunagari.cli import COMPLETION_VARIABLE, PROGRAM, cli

    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(cli, {}, PROGRAM, COMPLETION_VARIABLE)
    click.echo(script.source_template % script.source_vars())
