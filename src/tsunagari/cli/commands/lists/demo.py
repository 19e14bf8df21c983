"""``demo``: the whole way from lists to map and report, on real documents and on a fictional region."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tsunagari.cli.issues.building import build_graph, say_summary
from tsunagari.cli.shell.bundled import copy_bundled, copy_workspace
from tsunagari.cli.shell.localized import LocalizedArgument, command
from tsunagari.cli.shell.options import Settings, settings, shared_options
from tsunagari.cli.shell.output import folder_path
from tsunagari.cli.shell.practice import FOLDER, practice_files
from tsunagari.cli.shell.tables import cell_text
from tsunagari.cli.shell.terminal import say
from tsunagari.errors import Message
from tsunagari.viz.look.gap_status import statuses_of

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.knowledge import KnowledgeGraph

DATASET = "platforms"
SHOWN_GAPS, SHOWN_BROKERS, SHOWN_CANDIDATES, SHOWN_LOSSES = 3, 3, 3, 2
REAL = Message("■ 公開資料", "■ Real documents")
FICTION = Message(
    "■ 架空の地域（名簿がそろったときの見本。団体はすべて架空）",
    "■ A fictional region (what complete lists would show; every organisation is made up)",
)


@command(
    "demo",
    details=Message(
        "二つの作業フォルダーを作り、空白・橋渡し団体を文で示し、地図と報告書を OUT に書きます。"
        "一つは同梱の公開資料（DIR、省略すると OUT/workspace。map.html、report.xlsx、graph.ttl）、"
        "もう一つは 200 団体の架空の地域（OUT/practice。practice-map.html、practice-report.xlsx）です。"
        "OUT は -o で選びます（省略すると out）。\n\n"
        "何度でも実行できます。あなたが直したファイルは上書きしません。",
        "Makes two workspaces, tells their gaps and brokers in sentences, and writes maps and reports to OUT: the "
        "bundled public documents (in DIR, default OUT/workspace; map.html, report.xlsx, graph.ttl) and a fictional "
        "region of 200 organisations (OUT/practice; practice-map.html, practice-report.xlsx). -o chooses OUT "
        "(default: out).\n\n"
        "It can be run again; files you have edited are kept.",
    ),
)
@click.argument("folder", cls=LocalizedArgument, metavar="[DIR]", required=False)
@shared_options("output")
@click.pass_context
def demo_command(ctx: click.Context, folder: str | None) -> None:
    """Copy, build, show, write; then the same with the fictional region."""
    chosen = settings(folder=True, suffixes=())
    began = time.monotonic()
    out = folder_path(chosen.output or "out")
    workspace = Path(folder) if folder else out / "workspace"
    practice = out / FOLDER
    _say_kept(copy_bundled(DATASET, workspace), chosen)
    _say_kept(copy_workspace(practice_files(), practice), chosen)
    written = []
    for title, place, prefix in ((REAL, workspace, ""), (FICTION, practice, f"{FOLDER}-")):
        graph = build_graph(ctx, chosen.for_workspace(place))
        show_graph(title, graph, chosen)
        written += write_files(graph, out, chosen, prefix)
        graph.close()
    _title(chosen, Message("■ 書き出したファイル", "■ Files written"))
    for path in written:
        click.echo(path)
    seconds = time.monotonic() - began
    say(Message(f"{seconds:.1f} 秒でできました。", f"Done in {seconds:.1f} s."), chosen)
    say(
        Message(
            f"次は: tsunagari ask -w {practice} で質問の一覧、tsunagari init で自分の一覧表の作業フォルダー。",
            f"Next: tsunagari ask -w {practice} lists the questions; tsunagari init starts your own workspace.",
        ),
        chosen,
    )


def _say_kept(paths: list[Path], chosen: Settings) -> None:
    for path in paths:
        say(Message(f"直してあるのでそのまま使います: {path}", f"Kept, because it was edited: {path}"), chosen)


def _title(chosen: Settings, title: Message) -> None:
    say("", chosen, err=False)
    say(title, chosen, err=False)


def show_graph(title: Message, graph: KnowledgeGraph, chosen: Settings) -> None:
    """Say what there is, how far support reaches, the gaps and who could fill them, brokers and what hangs on whom."""
    _title(chosen, Message(f"{title.ja}　{graph.as_of} 時点", f"{title.en}, as of {graph.as_of}"))
    say_summary(graph, chosen, err=False)
    issues = len(graph.issue_table(chosen.lang))
    say(
        Message(
            f"読み込みの報告: {issues:,} 件（直し方は tsunagari check -w {graph.workspace}）",
            f"Load report: {issues:,} issues (what to do: tsunagari check -w {graph.workspace})",
        ),
        chosen,
        err=False,
    )
    gaps = graph.gaps(lang=chosen.lang)
    counts = gaps["status"].value_counts()
    states = [
        (status.symbol, status.label, int(counts.get(key, 0))) for key, status in statuses_of(gaps["status"]).items()
    ]
    ja = "　".join(f"{symbol}{label.ja} {number:,}" for symbol, label, number in states)
    en = "  ".join(f"{symbol} {label.en} {number:,}" for symbol, label, number in states)
    say(Message(f"市区町村×分野 {len(gaps):,}: {ja}", f"{len(gaps):,} municipality × field: {en}"), chosen, err=False)
    show_gaps(gaps, graph.remedies(limit=SHOWN_CANDIDATES, lang=chosen.lang), chosen)
    brokers = graph.brokers(lang=chosen.lang)
    first = brokers[brokers["brokerage"] > 0].head(SHOWN_BROKERS)
    _title(chosen, Message("● つないでいる団体", "● Who holds the network together"))
    for sentence in first["sentence"]:
        say(cell_text(sentence, chosen.lang), chosen, err=False, mark="  * ")

    losses = graph.loss(lang=chosen.lang)
    _title(chosen, Message("● なくなると影響の大きい団体", "● On whom most hangs"))
    hanging = losses[(losses["severity_lost"] > 0) | losses["is_cut_point"]].head(SHOWN_LOSSES)
    for number, sentence in enumerate(hanging["sentence"], start=1):
        say(cell_text(sentence, chosen.lang), chosen, err=False, mark=f"{number:2}. ")


def show_gaps(gaps: pd.DataFrame, remedies: pd.DataFrame, chosen: Settings) -> None:
    """Say the most serious gaps, each with who could fill it and whom to ask."""
    _title(chosen, Message("● 深刻な空白と、埋められそうな団体", "● Most serious gaps, and who could fill them"))
    for number, (_, gap) in enumerate(gaps.head(SHOWN_GAPS).iterrows(), start=1):
        say(cell_text(gap["sentence"], chosen.lang), chosen, err=False, mark=f"{number:2}. ")
        same = (remedies["area_code"] == gap["area_code"]) & (remedies["field_id"] == gap["field_id"])
        said = candidate_words(remedies[same & remedies["rank"].notna()])
        if said is not None:
            say(said, chosen, err=False, mark="    → ")


def candidate_words(remedies: pd.DataFrame) -> Message | None:
    """Return who could fill a gap, why the first of them, and whom to ask; None when nobody is known."""
    if remedies.empty:
        return None
    first, others = remedies.iloc[0], remedies["candidate"].iloc[1:]
    broker = Message(f"仲介は{first['broker']}。", f" Ask {first['broker']}.") if first["broker"] else Message("", "")
    more = Message(f"ほかに{'、'.join(others)}。", f" Also {', '.join(others)}.") if len(others) else Message("", "")
    return Message(
        f"候補は{first['candidate']}（{first['reasons']}）。{broker.ja}{more.ja}",
        f"Candidate: {first['candidate']} ({first['reasons']}).{broker.en}{more.en}",
    )


def write_files(graph: KnowledgeGraph, out: Path, chosen: Settings, prefix: str) -> list[Path]:
    """Write map, report and, for the documents, the graph as RDF; return where they are."""
    from tsunagari.viz.map import write_map
    from tsunagari.viz.report.workbook import write_workbook

    written = [
        write_map(graph, out / f"{prefix}map.html", lang=chosen.lang),
        write_workbook(graph, out / f"{prefix}report.xlsx", lang=chosen.lang),
    ]
    if not prefix:
        graph.export("turtle", out / "graph.ttl")
        written.append(out / "graph.ttl")
    return written
