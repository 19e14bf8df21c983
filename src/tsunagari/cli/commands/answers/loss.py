"""``loss``."""

from __future__ import annotations

import click

from tsunagari.cli.shell.engines import EngineChoice, engine_choice, engine_options, engine_tables
from tsunagari.cli.shell.localized import LocalizedArgument, command
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import COMPOSED, Settings, settings, shared_options
from tsunagari.cli.shell.ranked import need_option, say_empty_scope, show_top
from tsunagari.cli.shell.suggestions import complete_organizations
from tsunagari.cli.shell.terminal import busy, say
from tsunagari.errors import Message
from tsunagari.graph.wording import screen_columns

LOSS_COLUMNS = screen_columns("losses")
DETAIL_COLUMNS = screen_columns("loss_details")
ENGINE_COLUMNS = ("organization", "to_nobody", "to_wide_only", "to_single", "severity_lost")
SUPPORT_ALONE = Message(
    "支援の損失だけを数えました。つながりが分かれるかは、--engine なしの 1 台の計算で出します。",
    "Counted is what support is lost; how the network falls apart is computed on one machine, without --engine.",
)
LOSING = Message("団体ごとに失われるものを調べています", "Working out what each organisation holds")
NOTHING_LOST = Message("この団体がなくなっても、失われるものはありません。", "Nothing would be lost without it.")


@command(
    "loss",
    details=Message(
        "\b\n"
        "tsunagari loss                              すべての団体について、なくなると失われるもの\n"
        "tsunagari loss 架空よりそいの会             その団体について、一つずつ\n\n"
        "担い手がいなくなる市区町村×分野、分かれるつながり、切り離される団体、会員どうしのつながりが分かれる"
        "プラットフォーム、残る唯一のつながりになる団体を、すべての団体について一度に調べます。"
        "「要注意」は、どこかで唯一の担い手であり、抜けるとつながりも分かれる団体です。"
        "csv・json・markdown・parquet・xlsx では全行・全列を出します。",
        "\b\n"
        "tsunagari loss                              what would be lost without each organisation\n"
        "tsunagari loss 架空よりそいの会             the same of one, thing by thing\n\n"
        "Tells of all organisations at once which municipality × field is left to nobody, how the network falls apart "
        "and who is cut off, which platforms lose the ties between their members, and who is left as the only "
        "connection of others. 'critical' is a sole provider somewhere without whom the network falls apart as well. "
        "csv, json, markdown, parquet and xlsx hold every row and column.",
    ),
)
@click.argument(
    "organization",
    cls=LocalizedArgument,
    metavar="[ORGANIZATION]",
    required=False,
    shell_complete=complete_organizations,
)
@shared_options("workspace", *COMPOSED, "all", "explain", "format", "output")
@need_option
@engine_options
def loss_command(
    organization: str | None,
    need: str | None,
) -> None:
    """Open, take each out, show."""
    chosen = settings()
    engine = engine_choice(organization=organization, status=chosen.statuses, public=chosen.public)
    if engine is not None:
        show_losses(engine, chosen, need)
        return
    graph = open_graph(chosen)
    if organization is not None:
        frame = graph.loss_of(organization, at=chosen.at, need=need, lang=chosen.lang)
        show_top(frame, chosen, DETAIL_COLUMNS, "loss_details", graph)
        say(str(frame.attrs["sentence"]) if len(frame) else NOTHING_LOST, chosen)
        return
    with busy(LOSING, chosen):
        frame = graph.loss(at=chosen.at, need=need, lang=chosen.lang)
    show_top(frame, chosen, LOSS_COLUMNS, "losses", graph)
    if not frame["severity_lost"].any():
        say_empty_scope(graph, chosen)


def show_losses(engine: EngineChoice, chosen: Settings, need: str | None) -> None:
    """Show what an engine counts from tables, and say what it does not."""
    with engine_tables(engine, chosen) as tables:
        frame = tables.loss(chosen.areas, chosen.fields, at=chosen.at, need=need, lang=chosen.lang)
    show_top(frame, chosen, ENGINE_COLUMNS)
    say(SUPPORT_ALONE, chosen)
