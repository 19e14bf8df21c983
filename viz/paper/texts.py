"""A paper as plain texts: Markdown, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from tsunagari.spreadsheets import guarded
from tsunagari.viz.look.cells import plain
from tsunagari.viz.look.printable import printable
from tsunagari.viz.paper import paper as papers
from tsunagari.viz.paper import words
from tsunagari.viz.paper.cells import rows_of
from tsunagari.viz.paper.paper import Count, Listing, Paper, Sentence, Table

MOST_ROWS = 5_000


def markdown_text(paper: Paper) -> str:
    """Return a paper as Markdown; the numbers are links to the headings of their lists."""
    lang = paper.lang
    lines = [f"# {_escaped(paper.title)}", "", f"{words.as_of(paper.day, lang)}　{_escaped(paper.scope)}", ""]
    lines += [f"## {words.CONCLUSION.text(lang)}", ""]
    lines += [f"{number}. {_linked(pieces, paper)}" for number, pieces in enumerate(filter(None, paper.conclusion), 1)]
    lines += ["", f"## {words.FIGURE.text(lang)}", "", "| | |", "|---|--:|"]
    lines += [f"| {_escaped(label)} | {_linked((count,), paper)} |" for label, count, _ in paper.statuses]
    for table in paper.front:
        lines += ["", f"## {table.title}", "", *_grid(table, lang)]
    lines += ["", f"## {words.CAUTIONS.text(lang)}", "", *(f"* {text}" for text in paper.cautions)]
    told = _escaped(words.sources_text(paper.sources, lang))
    lines += ["", f"{words.SOURCES.text(lang)}: {told}{_linked((paper.source_count,), paper)}"]
    if not paper.is_brief:
        for listing in paper.lists:
            lines += _list(listing, lang)
    return "\n".join(lines) + "\n"


def _list(listing: Listing, lang: str) -> Iterator[str]:
    """Yield the lines of a list, each span that parts it under a heading of its own."""
    yield from ("", f'## <a id="{listing.key}"></a>{listing.title}', "", listing.note)
    if not listing.group_titles:
        yield from ("", *_grid(listing, lang))
        return
    yield from (f'<a id="{key}"></a>' for key in listing.spans if key not in listing.group_titles)
    rows = list(rows_of(listing, lang))
    for key, title in listing.group_titles.items():
        first, after = listing.spans[key]
        if after > first:
            yield from ("", f'### <a id="{key}"></a>{_escaped(title)} ({after - first:,})', "")
            yield from _grid(listing, lang, rows[first:after])


def _linked(sentence: Sentence, paper: Paper) -> str:
    return "".join(
        f"[{piece}](#{piece.target})"
        if isinstance(piece, Count) and not paper.is_brief and piece.number
        else str(piece)
        if isinstance(piece, Count)
        else _escaped(piece)
        for piece in sentence
    )


def _grid(table: Table, lang: str, rows: list[list[str]] | None = None) -> Iterator[str]:
    if table.frame.empty:
        yield words.NONE.text(lang)
        return
    yield f"| {' | '.join(column.label.text(lang) for column in table.columns)} |"
    yield f"|{'|'.join('---' for _ in table.columns)}|"
    for cells in rows_of(table, lang) if rows is None else rows:
        yield f"| {' | '.join(_escaped(cell) for cell in cells)} |"


def _escaped(text: str) -> str:
    safe = printable(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[")
    return " ".join(safe.split())


def json_text(paper: Paper) -> str:
    """Return a paper as JSON: what page one says, each count with its rows, and the lists with every column."""
    document = {
        "title": paper.title,
        "as_of": paper.day or None,
        "scope": paper.scope,
        "conclusion": [
            {
                "text": printable(papers.plain(sentence)),
                "counts": [
                    {"number": piece.number, "rows": piece.target} for piece in sentence if isinstance(piece, Count)
                ],
            }
            for sentence in paper.conclusion
            if sentence
        ],
        "statuses": {key: count.number for _, count, key in paper.statuses},
        "cautions": list(paper.cautions),
        "lists": {listing.key: _listed(listing) for listing in paper.lists},
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"


def _listed(listing: Listing) -> dict[str, Any]:
    names = [str(name) for name in listing.frame.columns]
    rows = listing.frame.itertuples(index=False, name=None)
    return {
        "title": listing.title,
        "spans": {key: list(span) for key, span in listing.spans.items()},
        "rows": [dict(zip(names, map(plain, row), strict=True)) for row in rows],
    }


def csv_text(paper: Paper) -> str:
    """Return the list of gaps of a paper as CSV with every column; no text is a formula."""
    gaps = paper.lists[0].frame
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(gaps.columns)
    for row in gaps.itertuples(index=False, name=None):
        writer.writerow([_csv_cell(plain(value)) for value in row])
    return buffer.getvalue()


def _csv_cell(value: Any) -> Any:
    text = " | ".join(map(str, value)) if isinstance(value, list) else value
    return guarded(text) if isinstance(text, str) else text
