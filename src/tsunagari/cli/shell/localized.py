"""Click commands, options and help pages that speak the language of the session."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, TypeVar

import click

from tsunagari.cli.shell.catalogue import COMMANDS, COMMANDS_BY_FOLDER, HEADINGS, SECTIONS
from tsunagari.cli.shell.language import current_language, default_language, remember_language, scan_language
from tsunagari.errors import Message
from tsunagari.viz.look.wrapping import display_width, wrap_text

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
HELP_OF_HELP = Message("この説明を表示して終わる。", "Show this page and exit.")


class LocalizedFormatter(click.HelpFormatter):
    """Help pages with translated headings and lines that count wide characters as two columns."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line with a translated prefix."""
        super().write_usage(prog, args, prefix if prefix is not None else f"{translate_heading('Usage')}: ")

    def write_heading(self, heading: str) -> None:
        """Write a heading, translated where it is one of click's."""
        super().write_heading(translate_heading(heading))

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        indent = " " * self.current_indent
        for paragraph in text.split("\n\n"):
            if paragraph.startswith("\b\n"):  # click's mark for "leave these lines as they are"
                lines = paragraph.removeprefix("\b\n").split("\n")
                self.write("".join(f"{indent}{line}\n" for line in lines) + "\n")
            else:
                self.write(wrap_text(paragraph, self.width, first=indent, rest=indent) + "\n\n")
        if self.buffer:
            self.buffer[-1] = self.buffer[-1].rstrip("\n") + "\n"

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and their meanings side by side."""
        rows = list(rows)
        left = min(max((display_width(term) for term, _ in rows), default=0), col_max) + col_spacing
        rest = " " * (self.current_indent + left)
        for term, meaning in rows:
            head = " " * self.current_indent + term
            if display_width(head) + col_spacing > len(rest) and meaning:
                self.write(head + "\n")
                head = ""
            gap = " " * (len(rest) - display_width(head))
            self.write(wrap_text(meaning, self.width, first=head + gap, rest=rest) + "\n")


def translate_heading(heading: str) -> str:
    """Return click's own heading (Usage, Options, Commands …) in the language of the session."""
    return HEADINGS[heading].text(current_language()) if heading in HEADINGS else heading


class LocalizedContext(click.Context):
    """A context whose help pages are localized."""

    formatter_class = LocalizedFormatter


class LocalizedOption(click.Option):
    """An option explained in both languages."""

    def __init__(self, *args: Any, text: Message, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.text = text

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its meaning."""
        lang = current_language()
        self.help = self.text.text(lang)
        record = super().get_help_record(ctx)
        if record is None or lang == "en":
            return record
        return record[0], record[1].replace("[default: ", "[既定: ").replace("[required]", "[必須]")


class LocalizedArgument(click.Argument):
    """An argument; the details of its command explain it."""

    def make_metavar(self, *args: Any, **attributes: Any) -> str:
        """Return what stands for the argument in the usage line."""
        return self.metavar or super().make_metavar(*args, **attributes)


class LocalizedChoice(click.Choice):  # type: ignore[type-arg,unused-ignore] # generic only from click 8.2 on
    """One of a few words; the error lists them."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the word, or end with a usage error that lists the words."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            words = ", ".join(str(choice) for choice in self.choices)
            wrong = Message(f"「{value}」は使えません。次のどれかです: {words}", f"{value!r} is not one of: {words}")
            self.fail(wrong.text(current_language()), param, ctx)


class LocalizedCommand(click.Command):
    """A command whose summary stands in the catalogue and whose details are given in both languages."""

    context_class = LocalizedContext
    allow_extra_args = True  # `parse_args` says itself what is too many

    def __init__(
        self, *args: Any, summary: Message | None = None, details: Message | None = None, **attributes: Any
    ) -> None:
        super().__init__(*args, **attributes)
        self.context_settings.setdefault("help_option_names", ["-h", "--help"])
        self.summary = summary or COMMANDS[self.name or ""]
        self.details = details

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; those too many are a usage error in the language of the session."""
        unread = super().parse_args(ctx, args)
        if ctx.args and not isinstance(self, click.Group) and not ctx.resilient_parsing:
            words = " ".join(ctx.args)
            text = Message(f"余分な引数があります: {words}", f"These arguments are too many: {words}")
            ctx.fail(text.text(current_language()))
        return unread

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 # click's signature
        """Write summary and details."""
        lang = current_language()
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.summary.text(lang))
            if self.details:
                formatter.write_paragraph()
                formatter.write_text(self.details.text(lang))

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 # click's signature
        """Return the summary."""
        return self.summary.text(current_language())

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help``, explained in the language of the session."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = HELP_OF_HELP.text(current_language())
        return found


class LocalizedGroup(LocalizedCommand, click.Group):
    """A group that names the nearest command when one is mistyped."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first of `args` names."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-") and not ctx.resilient_parsing:
            nearest = ", ".join(get_close_matches(name, self.list_commands(ctx), n=3, cutoff=0.5))
            text = Message(
                f"「{name}」というものはありません。" + (f"近いもの: {nearest}" if nearest else ""),
                f"There is no {name!r}." + (f" Nearest: {nearest}" if nearest else ""),
            )
            ctx.fail(text.text(current_language()))
        return super().resolve_command(ctx, args)


class LazyGroup(LocalizedGroup):
    """The root: it knows the commands from the catalogue and imports one only to run it or to explain it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note the language before anything else is read."""
        remember_language(ctx, scan_language(args) or default_language())
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 # click's signature
        """Return the names in the order of the catalogue."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 # click's signature
        """Import the command that `cmd_name` names."""
        folder = next((folder for folder, commands in COMMANDS_BY_FOLDER.items() if cmd_name in commands), None)
        if folder is None:
            return None
        module = importlib.import_module(f"tsunagari.cli.commands.{folder}.{cmd_name}")
        command = getattr(module, f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 # click's signature
        """Write names and summaries from the catalogue alone."""
        lang = current_language()
        width = max(map(len, COMMANDS))
        for folder, commands in COMMANDS_BY_FOLDER.items():
            with formatter.section(SECTIONS[folder].text(lang)):
                formatter.write_dl([(name.ljust(width), summary.text(lang)) for name, summary in commands.items()])


def command(name: str, *, details: Message | None = None) -> Callable[[Callable[..., Any]], LocalizedCommand]:
    """Make a function the command `name` of the catalogue."""
    return click.command(name, cls=LocalizedCommand, details=details)


def option(*declarations: str, text: Message, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """Add an option explained in both languages."""
    return click.option(*declarations, cls=LocalizedOption, text=text, **attributes)
