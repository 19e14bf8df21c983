"""``verify``."""

from __future__ import annotations

import click

from tsunagari.cli.shell.failures import FAILED
from tsunagari.cli.shell.localized import command
from tsunagari.cli.shell.options import settings, shared_options
from tsunagari.cli.shell.tables import show_frame
from tsunagari.cli.shell.terminal import say, terminal_width
from tsunagari.errors import Message
from tsunagari.graph.wording import screen_columns

COLUMNS = screen_columns("verified")


@command(
    "verify",
    details=Message(
        "同梱の小さなネットワークで指標を計算し、論文に印刷された値と、印刷された桁まで比べます。"
        "作業フォルダーも通信も要りません。合わない値があれば終了コード 1 で終わります。",
        "Computes the measures for the small networks of the literature and compares them with the printed values, to "
        "the decimals that were printed. Needs no workspace and no network. Exits with 1 when a value differs.",
    ),
)
@shared_options("format", "output")
@click.pass_context
def verify_command(ctx: click.Context) -> None:
    """Compute, compare, show."""
    from tsunagari.graph.verify import verify

    chosen = settings()
    frame = verify(chosen.lang)
    show_frame(frame, chosen, columns=COLUMNS, width=terminal_width())
    passed, every = int(frame["passed"].sum()), len(frame)
    say(
        Message(
            f"{every} 件のうち {passed} 件が文献の値と一致しました。", f"{passed} of {every} agree with the literature."
        ),
        chosen,
    )
    if passed < every:
        ctx.exit(FAILED)
