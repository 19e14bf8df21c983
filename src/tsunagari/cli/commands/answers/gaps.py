"""``gaps``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tsunagari.cli.shell.engines import EngineChoice, engine_choice, engine_options, engine_tables
from tsunagari.cli.shell.localized import LocalizedChoice, command, option
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import COMPOSED, Settings, settings, shared_options
from tsunagari.cli.shell.parameter_types import Number
from tsunagari.cli.shell.terminal import say
from tsunagari.errors import Message
from tsunagari.viz.look.gap_status import GAP_STATUSES

if TYPE_CHECKING:
    import pandas as pd
from tsunagari.cli.shell.ranked import (
    AREA_GROUPS,
    false_records_option,
    missing_lists_option,
    missing_option,
    need_option,
    say_empty_scope,
    seed_option,
    show_top,
)
from tsunagari.graph.wording import screen_columns

GAP_COLUMNS = screen_columns("gaps")
NAMING_COLUMNS = (*(name for name in GAP_COLUMNS if name not in ("local", "wide", "planned")), "candidates")
ROLLUP_COLUMNS = screen_columns("rollup")
MATRICES = (
    *("municipality-field", "platform-constituent", "platform-field"),
    *("stage-municipality", "stage-category", "requirement-participant"),
)

WHOLE_MATRIX = Message(
    "--matrix は --need・--candidates・--by・--broader と一緒には使えません。",
    "--matrix does not go with --need, --candidates, --by or --broader.",
)

ROLLED_EDITION = Message(
    "公開版を --by・--broader でまとめるときは、--engine は使えません。",
    "A public edition is put together by --by or --broader without --engine.",
)
NOT_TOGETHER = Message(
    "--candidates は --by・--broader と一緒には使えません。", "--candidates does not go with --by or --broader."
)


@command(
    "gaps",
    details=Message(
        "市区町村×分野のすべての組み合わせを、書かれていないものも含めて深刻な順に並べます。"
        "「未調査」は、誰も書いていないが、完全な一覧もないので「ない」とは言えない所です。"
        "いつの日付でも、今の市区町村で数えます。--by で圏域・都道府県・全国にまとめると、1団体は1回だけ数えます。"
        "csv・json・markdown では全行・全列を出します。",
        "Every combination of municipality and field, also those nobody wrote about, most serious first. "
        "'unknown' means that nobody wrote about it and no complete list says that there is nothing. "
        "Counted is in today's municipalities, whatever the day. Put together by --by, an organisation counts once. "
        "csv, json and markdown hold every row and column.",
    ),
)
@shared_options("workspace", *COMPOSED, "all", "explain", "format", "output")
@need_option
@missing_option(
    Message(
        "記載（サービス・一覧）のこの割合が漏れているとして、状況がどこまで確かかを示す。",
        "Show how certain each status is if this share of the records (services) were missing.",
    ),
    0.1,
)
@false_records_option
@missing_lists_option
@seed_option
@option(
    "--candidates",
    type=Number(int, 0),
    default=0,
    show_default=True,
    metavar="N",
    text=Message(
        "空白ごとに、埋められそうな団体をいくつ示すか（くわしくは tsunagari remedies）。",
        "How many bodies that could fill each gap are named (tsunagari remedies tells more).",
    ),
)
@option(
    "--by",
    type=LocalizedChoice(AREA_GROUPS),
    text=Message("地域を何ごとにまとめるか。", "What areas are put together by."),
)
@option(
    "--broader",
    is_flag=True,
    text=Message(
        "分野を最も広い上位の分野（skos:broader）にまとめる。",
        "Put fields under the broadest above them (skos:broader).",
    ),
)
@option(
    "--matrix",
    type=LocalizedChoice(MATRICES),
    text=Message(
        "表にして示す。municipality-field 市区町村×分野、platform-constituent プラットフォーム×構成員の種類、"
        "platform-field プラットフォーム×分野、stage-municipality ライフステージ×市区町村、"
        "stage-category ライフステージ×施策の種類、requirement-participant 事業の要件×参加団体。",
        "Show one of these as a grid: the first word down, the second across.",
    ),
)
@engine_options
def gaps_command(
    need: str | None,
    missing: float,
    false_records: float,
    missing_lists: float,
    seed: int,
    candidates: int,
    by: str | None,
    broader: bool,
    matrix: str | None,
) -> None:
    """Open, ask for the gaps, show them."""
    chosen = settings()
    engine = engine_choice(
        candidates=candidates, matrix=matrix, false_records=false_records, missing_lists=missing_lists
    )
    if matrix is not None:
        if need or candidates or by or broader:
            raise click.UsageError(WHOLE_MATRIX.text(chosen.lang), click.get_current_context())
        show_matrix(open_graph(chosen).coverage_matrix(matrix, at=chosen.at, lang=chosen.lang), chosen)
        return
    rolled = by is not None or broader
    if rolled and candidates:
        raise click.UsageError(NOT_TOGETHER.text(chosen.lang), click.get_current_context())
    if engine is not None:
        if rolled and chosen.public:
            raise click.UsageError(ROLLED_EDITION.text(chosen.lang), click.get_current_context())
        show_cells(engine, chosen, need, by or AREA_GROUPS[0], broader=broader, rolled=rolled)
        return
    graph = open_graph(chosen)
    if rolled:
        frame = graph.rollup(
            by or AREA_GROUPS[0],
            broader=broader,
            at=chosen.at,
            need=need,
            lang=chosen.lang,
        )
        show_top(frame, chosen, ROLLUP_COLUMNS, "rollup", graph)
    else:
        frame = graph.gaps(
            at=chosen.at,
            need=need,
            candidates=candidates,
            missing=missing,
            false_records=false_records,
            missing_lists=missing_lists,
            seed=seed,
            lang=chosen.lang,
        )
        show_top(frame, chosen, NAMING_COLUMNS if candidates else GAP_COLUMNS, "gaps", graph)
    if frame.empty:
        say_empty_scope(graph, chosen)


def show_cells(
    engine: EngineChoice, chosen: Settings, need: str | None, by: str, *, broader: bool, rolled: bool
) -> None:
    """Show the gaps, or the roll-up, that an engine computes from tables."""
    asked: dict[str, Any] = {"areas": chosen.areas, "fields": chosen.fields, "statuses": chosen.statuses}
    asked |= {"at": chosen.at, "need": need, "lang": chosen.lang}
    with engine_tables(engine, chosen) as tables:
        frame = tables.rollup(by, broader=broader, **asked) if rolled else tables.gaps(**asked)
    show_top(frame, chosen, ROLLUP_COLUMNS if rolled else GAP_COLUMNS, "rollup" if rolled else "gaps")


def show_matrix(matrix: pd.DataFrame, chosen: Settings) -> None:
    """Show a matrix: on the screen with the signs of the statuses and what they mean, else as it is."""
    table = matrix.reset_index(names=str(matrix.index.name))
    if chosen.format != "table":
        show_top(table, chosen, ())
        return
    signs = {name: status.symbol for name, status in GAP_STATUSES.items()}
    show_top(table.map(lambda cell: signs.get(cell, cell) if isinstance(cell, str) else cell), chosen, ())
    used = [status for name, status in GAP_STATUSES.items() if (matrix == name).any(axis=None)]
    if used:
        ja, en = ("  ".join(f"{status.symbol} {status.label.text(lang)}" for status in used) for lang in ("ja", "en"))
        say(Message(ja, en), chosen)
