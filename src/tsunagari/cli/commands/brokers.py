"""``brokers``."""

from __future__ import annotations

from tsunagari.cli.shell.localized import command, option
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import COMPOSED, Number, settings, shared_options
from tsunagari.cli.shell.ranked import BROKERED, group_option, missing_option, network_option, seed_option, show_top
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
@shared_options("workspace", *COMPOSED, "all", "explain", "format", "output")
@group_option(Message("団体を何で分けるか。", "What divides the organisations into groups."), "sector")
@network_option(BROKERED, Message("どのつながりの網で数えるか。", "Which network is counted in."))
@missing_option(
    Message(
        "つながりのこの割合が記載もれだとして、順位の幅を示す。",
        "Show between what places each would be if this share of the ties were missing.",
    ),
    0.1,
)
@option(
    "--draws",
    type=Number(int, 0),
    metavar="N",
    text=Message(
        "比べる無作為なネットワークの数。省略すると 2,000 団体まで 99、それ以上は 0。",
        "Random networks to compare with; default 99 up to 2,000 bodies, none beyond.",
    ),
)
@seed_option
def brokers_command(group: str, network: str, missing: float, draws: int | None, seed: int) -> None:
    """Open, ask for the brokers, show them."""
    chosen = settings()
    graph = open_graph(chosen)
    frame = graph.brokers(
        group=group, network=network, missing=missing, draws=draws, seed=seed, at=chosen.at, lang=chosen.lang
    )
    narrow = (terminal_width() or ROOMY) < ROOMY
    columns = tuple(name for name in BROKER_COLUMNS if not (narrow and name in ("group", "betweenness")))
    show_top(frame, chosen, columns)
