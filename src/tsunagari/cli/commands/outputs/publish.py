"""``publish``: the graph on a SPARQL server."""

from __future__ import annotations

import click

from tsunagari.cli.shell.localized import LocalizedArgument, command, option
from tsunagari.cli.shell.opening import open_graph, server_options
from tsunagari.cli.shell.options import REMOTE, settings, shared_options
from tsunagari.cli.shell.tables import show_frame
from tsunagari.cli.shell.terminal import progress_bar, say, terminal_width
from tsunagari.errors import Message

ACTIONS = {
    "created": Message("追加", "created"),
    "replaced": Message("置き換え", "replaced"),
    "unchanged": Message("変わりなし", "unchanged"),
    "deleted": Message("削除", "deleted"),
}
HEADINGS = {
    "graph": Message("グラフ", "Graph"),
    "action": Message("すること", "Action"),
    "here": Message("手元の記載", "Statements here"),
    "there": Message("先方にあった記載", "There before"),
}


@command(
    "publish",
    details=Message(
        "\b\ntsunagari publish https://data.example.jp/lists/data -w my-town   Fuseki（…/データセット名/data）\n"
        "tsunagari publish http://localhost:7878/store -w my-town          Oxigraph（…/store）\n\n"
        "Graph Store Protocol で、資料ごとのグラフを 1 つずつ丸ごと置き換え、読み返して確かめます。"
        "前に公開して今はないグラフは削除し、ほかの人のグラフには触れません。途中で切れても、もう一度実行すれば仕上がります。"
        "公開してよいものだけにするには --public を付けます。"
        "パスワードは TSUNAGARI_PASSWORD か、問いへの答えで渡します。",
        "\b\ntsunagari publish https://data.example.jp/lists/data -w my-town   Fuseki (…/DATASET/data)\n"
        "tsunagari publish http://localhost:7878/store -w my-town          Oxigraph (…/store)\n\n"
        "By the Graph Store Protocol, each source's graph is replaced whole and read back. Graphs that were published "
        "before and are gone are deleted; those of other people are not touched. What was cut off is finished by "
        "running it again. --public sends only what may be shown to all. The password comes from TSUNAGARI_PASSWORD, "
        "or is asked for.",
    ),
)
@click.argument("url", cls=LocalizedArgument, metavar="URL")
@option(
    "--dry-run",
    is_flag=True,
    text=Message("何も書かず、何が変わるかだけを示す。", "Write nothing; show what would change."),
)
@option(
    "--replace",
    is_flag=True,
    text=Message(
        "別の作業フォルダーやほかの人の、同じ名前のグラフも置き換える。",
        "Replace graphs of these names that another workspace or somebody else put there.",
    ),
)
@shared_options("workspace", "stated_by", "public", *REMOTE, "format", "output")
def publish_command(url: str, dry_run: bool, replace: bool) -> None:
    """Open, publish, show."""
    chosen = settings()
    who = server_options(chosen.for_workspace(url))
    graph = open_graph(chosen)
    with progress_bar(chosen) as progress:
        frame = graph.publish(url, **who, dry_run=dry_run, replace=replace, progress=progress, lang=chosen.lang)
    if frame.attrs["unchanged"]:
        say(Message("変わりありません。何も書いていません。", "Nothing has changed; nothing was written."), chosen)
    elif dry_run:
        say(Message("試しの結果です。何も書いていません。", "A rehearsal: nothing was written."), chosen)
    else:
        say(Message("読み返して、すべて一致しました。", "Read back; everything is equal."), chosen)
    if chosen.format == "table":
        frame = frame.assign(action=[ACTIONS[action].text(chosen.lang) for action in frame["action"]])
    frame.attrs["column_labels"] = {name: HEADINGS[name].text(chosen.lang) for name in frame.columns}
    show_frame(frame, chosen, width=terminal_width())
