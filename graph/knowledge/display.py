"""What a notebook shows of a graph: what it is, what is in it, where that comes from and how to go on."""

from __future__ import annotations

from html import escape

import pandas as pd

from tsunagari.errors import Message
from tsunagari.graph.knowledge.content_answers import source_table, summary
from tsunagari.graph.knowledge.session import Session

MOST_SOURCES = 8
EVERY_TIME = Message("すべての時点", "every time")
STALE = Message("作った後に変わったファイル", "files changed since it was built")
NEXT_STEPS = (
    ("kg.gaps()", Message("支援の届かない市区町村と分野", "where support does not reach")),
    (
        "kg.remedies(), kg.loss()",
        Message(
            "空白を埋められる団体、団体がなくなると失われるもの", "who could fill each gap, what ends with each body"
        ),
    ),
    ("kg.brokers()", Message("橋渡しをしている団体", "who holds the network together")),
    ("kg.cite(table)", Message("表に添える出典（方法・資料）", "what to cite for a table: methods, sources")),
    ("kg.questions()", Message("すぐ答えられる質問（kg.ask で答える）", "ready-made questions, answered by kg.ask")),
    ("kg.organizations, kg.memberships, kg.ties, …", Message("表", "tables")),
    (
        'kg.network("ties"), kg.query("SELECT …"), kg.export("graphml", "a.graphml")',
        Message("網・SPARQL・書き出し", "networks, SPARQL, files"),
    ),
)


def graph_html(graph: Session) -> str:
    """Return a graph as HTML: title, day, counts, sources and what can be asked, in Japanese and English.

    Examples
    --------
    >>> graph_html(kg).startswith("<h4>孤独・孤立対策官民")
    True
    """
    day = str(graph.as_of) if graph.as_of else _both(EVERY_TIME)
    parts = [f"<h4>{escape(graph.title)}</h4>", f"<p>{_both(Message('基準日', 'as of'))}: {escape(day)}</p>"]
    if graph.stale:
        parts.append(f"<p><b>{_both(STALE)}: {escape('、'.join(graph.stale))}</b></p>")
    steps = "".join(f"<li><code>{escape(code)}</code> {_both(what)}</li>" for code, what in NEXT_STEPS)
    parts += [
        _folded(Message("内容", "content"), _counts(graph), opened=True),
        _folded(Message("資料", "sources"), _sources(source_table(graph))),
        _folded(Message("次にすること", "how to go on"), f"<ul>{steps}</ul>", opened=True),
    ]
    return "".join(parts)


def _both(message: Message) -> str:
    return f"{escape(message.ja)} / {escape(message.en)}"


def _folded(title: Message, content: str, *, opened: bool = False) -> str:
    return f"<details{' open' if opened else ''}><summary>{_both(title)}</summary>{content}</details>"


def _counts(graph: Session) -> str:
    """Return how many of what, side by side: a long table would push the rest out of sight."""
    table = summary(graph)
    cells = [f"{escape(what)} <b>{count:,}</b>" for what, count in zip(table["what"], table["count"], strict=True)]
    return f"<p>{' · '.join(cells)}</p>"


def _sources(table: pd.DataFrame) -> str:
    shown = table.sort_values(["records", "title"], ascending=[False, True]).head(MOST_SOURCES)
    rows = zip(shown["title"], shown["publisher"], shown["issued"], shown["records"], strict=True)
    items = []
    for title, publisher, issued, count in rows:
        told = "・".join(str(part) for part in (publisher, issued) if part) or "–"
        items.append(f"<li>{escape(told)}: {escape(str(title))} ({count:,})</li>")
    rest = len(table) - len(shown)
    more = f"<p>{_both(Message(f'ほか {rest} 件は kg.sources', f'{rest} more in kg.sources'))}</p>" if rest else ""
    return f"<ul>{''.join(items)}</ul>{more}"
