"""``brokers``."""

from __future__ import annotations

from tsunagari.cli.shell.localized import LocalizedChoice, command, option
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import settings, shared_options
from tsunagari.cli.shell.ranked import GROUPS, NETWORKS, all_option, missing_option, show_top, top_option
from tsunagari.cli.shell.terminal import terminal_width
from tsunagari.errors import Message
from tsunagari.graph.wording import screen_columns

BROKER_COLUMNS = screen_columns("brokers")
ROOMY = 110  # columns of the screen below which the group and the betweenness give way to the sentence


@command(
    "brokers",
    details=Message(
        "Gould と Fernandez の 5 つの橋渡しの役割を、--group で分けた集団どうしの間で数えます。"
        "順位の（ ）は、つながりに記載もれがあるときの幅で、ほかの全団体と重なれば「データ不足」とします。"
        "名前のない団体群は順位に入りません。csv・json・markdown では全行・全列を出します。",
        "Counts the five brokerage roles of Gould and Fernandez between the groups given by --group. "
        "The places in brackets are the interval when ties are missing; where it overlaps those of all others, "
        "the data are called insufficient. "
        "Groups without a name are not ranked. csv, json and markdown hold every row and column.",
    ),
)
@shared_options("workspace", "at", "stated_by", "format", "output")
@option(
    "--group",
    type=LocalizedChoice(GROUPS),
    default="sector",
    show_default=True,
    text=Message("団体を何で分けるか。", "What divides the organisations into groups."),
)
@option(
    "--network",
    type=LocalizedChoice(NETWORKS),
    default="collaboration",
    show_default=True,
    text=Message("どのつながりの網で数えるか。", "Which network is counted in."),
)
@missing_option
@top_option
@all_option
def brokers_command(group: str, network: str, missing: float, top: int, everything: bool) -> None:
    """Open, ask for the brokers, show them."""
    chosen = settings()
    graph = open_graph(chosen)
    frame = graph.brokers(group=group, network=network, missing=missing, at=chosen.at, lang=chosen.lang)
    narrow = (terminal_width() or ROOMY) < ROOMY
    columns = tuple(name for name in BROKER_COLUMNS if not (narrow and name in ("group", "betweenness")))
    show_top(frame, chosen, columns, None if everything else top)
