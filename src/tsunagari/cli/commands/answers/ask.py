"""``ask``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tsunagari.cli.shell.language import scan_option
from tsunagari.cli.shell.localized import (
    LocalizedCommand,
    LocalizedGroup,
    LocalizedOption,
)
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import Settings, settings, shared_options
from tsunagari.cli.shell.tables import show_frame
from tsunagari.cli.shell.terminal import say, terminal_width
from tsunagari.errors import Message, QueryError

if TYPE_CHECKING:
    from tsunagari.graph.sparql import Question
from tsunagari.cli.shell.asking import NO_ROWS, SHARED, chosen_engine, engine_option


class QuestionGroup(LocalizedGroup):
    """A group whose commands are the questions, bundled ones and those in ``questions/`` of the workspace."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the questions."""
        return list(self._questions(ctx))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the question `cmd_name` a command with an option for each of its parameters."""
        question = self._questions(ctx).get(cmd_name)
        return question_command(question) if question else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Note a workspace named behind the question: it may hold the question itself."""
        workspace = scan_option(args, "-w", "--workspace")
        if workspace is not None:
            ctx.meta["tsunagari.workspace"] = workspace
        return super().resolve_command(ctx, args)

    @staticmethod
    def _questions(ctx: click.Context) -> dict[str, Question]:
        from tsunagari.graph.sparql import all_questions

        return all_questions(questions_folder(str(ctx.meta.get("tsunagari.workspace", "."))))


def questions_folder(workspace: str) -> Path | None:
    """Return where a workspace keeps its own questions; None for a remote graph."""
    return None if "://" in workspace else Path(workspace, "questions")


def question_command(question: Question) -> click.Command:
    """Return the command that asks `question`."""

    def answer(timeout: float, **given: Any) -> None:
        chosen = settings()
        params = {name: value for name, value in given.items() if value is not None}
        try:
            graph, engine = open_graph(chosen), chosen_engine()
            frame = graph.ask(question.name, lang=chosen.lang, at=chosen.at, timeout=timeout, engine=engine, **params)
        except QueryError as error:
            raise _as_usage(error, chosen) from error
        say(Message(question.ja, question.en), chosen)
        readable = [name for name in frame.columns if not name.endswith("_id")]
        show_frame(frame, chosen, columns=readable, width=terminal_width())
        if not len(frame):
            say(NO_ROWS, chosen)

    options = [
        LocalizedOption(
            [option_name(item.name), item.name],
            text=Message(item.ja + "（必須）", item.en + " (required)") if item.required else Message(item.ja, item.en),
            metavar=item.kind.upper(),
        )
        for item in question.parameters
        if item.name not in SHARED
    ]
    made = LocalizedCommand(question.name, callback=answer, params=[], summary=Message(question.ja, question.en))
    engine_option(made)
    shared_options(*SHARED)(made)
    made.params = [*options, *reversed(made.params)]  # decorators add from the last to the first
    return made


def _as_usage(error: QueryError, chosen: Settings) -> Exception:
    """Return a missing parameter as wrong use, called by the name of its option; any other error as it is."""
    from tsunagari.graph.sparql import MissingParameterError

    if not isinstance(error, MissingParameterError):
        return error
    names = {item.name: option_name(item.name) for item in error.missing}
    return click.UsageError(error.message_for(error.missing, names).text(chosen.lang), click.get_current_context())


def option_name(parameter: str) -> str:
    """Return the option for a parameter of a question.

    >>> option_name("fiscal_year")
    '--fiscal-year'
    """
    return f"--{parameter.replace('_', '-')}"


@click.group(
    "ask",
    cls=QuestionGroup,
    invoke_without_command=True,
    subcommand_metavar="[QUESTION] [OPTIONS]",
    details=Message(
        "\b\ntsunagari ask                              質問の一覧\n"
        "tsunagari ask 質問名 --help                その質問の条件\n"
        "tsunagari ask partnership-members --partnership 鳥取 --at 2023-10-01\n\n"
        "名前は一部でもかまいません。作業フォルダーの questions/ に .rq を置くと、自分の質問も加わります。",
        "\b\ntsunagari ask                              lists the questions\n"
        "tsunagari ask QUESTION --help              its parameters\n"
        "tsunagari ask partnership-members --partnership 鳥取 --at 2023-10-01\n\n"
        "Part of a name is enough. Put .rq files into questions/ of the workspace to add your own.",
    ),
)
@shared_options(*SHARED)
@engine_option
@click.pass_context
def ask_command(ctx: click.Context, timeout: float) -> None:  # noqa: ARG001 - for the questions
    """List the questions when none is named."""
    if ctx.invoked_subcommand is not None:
        return
    from tsunagari.graph.sparql import questions

    chosen = settings()
    frame = questions(chosen.lang, folder=questions_folder(chosen.workspace))
    if chosen.format == "table":  # a theme is named once, above its questions; their --help tells the parameters
        frame["theme"] = frame["theme"].mask(frame["theme"].duplicated(), "")
    show_frame(frame, chosen, columns=("theme", "name", "question"), width=terminal_width())
    say(Message("条件は tsunagari ask 質問名 --help", "Parameters: tsunagari ask QUESTION --help"), chosen)
