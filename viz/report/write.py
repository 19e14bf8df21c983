"""The report in whatever it is asked for: a workbook, a Word file, a page, or plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tsunagari.atomic_files import write_output
from tsunagari.errors import Message, OutputError, UnknownNameError
from tsunagari.viz.look.printable import printable
from tsunagari.viz.paper import Paper, read_paper
from tsunagari.viz.report.workbook import write_workbook

if TYPE_CHECKING:
    from tsunagari.graph.knowledge import KnowledgeGraph

SUFFIXES: Mapping[str, str] = {
    ".xlsx": "xlsx",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".md": "md",
    ".json": "json",
    ".csv": "csv",
}
FORMS = tuple(dict.fromkeys(SUFFIXES.values()))
PICTURED = ("xlsx", "html", "docx")
EACH = ("municipality",)
LONGEST_NAME = 60


def write_report(
    kg: KnowledgeGraph,
    path: Path | str,
    *,
    form: str | None = None,
    lang: str = "ja",
    at: date | str | None = None,
    since: date | str | None = None,
    top: int | None = None,
    template: Path | str | None = None,
    brief: bool | None = None,
) -> Path:
    """Write the report on a graph in a form of `FORMS`.

    The same graph gives the same bytes. Nothing in it loads anything from elsewhere, and no value from a source
    becomes markup, a link or a formula.

    Parameters
    ----------
    kg
        The graph; what it is about (`KnowledgeGraph.about`) is what the report is about.
    path
        The file to make or replace.
    form
        One of `FORMS`; None takes it from the ending of `path`.
    lang
        ``"ja"`` or ``"en"``.
    at
        Day the report is for; None takes the graph's own.
    since
        An earlier day; a workbook then has a sheet of what changed since.
    top
        The first so many rows of each list that ranks; None for all.
    template
        A Word file with the letterhead that a report in Word is written into.
    brief
        Whether page one is all; None makes it so for a single municipality.

    Returns
    -------
    The path.

    Raises
    ------
    UnknownNameError
        There is no such form, or the ending stands for none.
    OutputError
        The file cannot be written, the template is no Word file, or the form takes none.
    """
    chosen = form or SUFFIXES.get(Path(path).suffix.lower(), "")
    if chosen not in FORMS:
        named = chosen or Path(path).name
        raise UnknownNameError(
            Message(f"「{named}」の形では書けません。", f"There is no report as {named!r}."),
            Message(f"使える形: {', '.join(FORMS)}", f"Forms: {', '.join(FORMS)}"),
        )
    if template is not None and chosen != "docx":
        raise OutputError(
            Message(
                f"ひな形は docx の報告で使えます（{chosen} では使えません）。", f"A template is for docx, not {chosen}."
            ),
            Message(
                "ブックや Web ページは、数から一覧へのリンクや図の位置が崩れないよう、毎回新しく作ります。"
                "-o を .docx で終わる名前にしてください。",
                "Workbooks and pages are made anew each time, so that links, charts and print areas stay in place. "
                "Give -o a name that ends in .docx.",
            ),
        )
    if chosen == "xlsx":
        return write_workbook(kg, path, lang=lang, at=at, since=since, top=top, brief=bool(brief))
    paper = read_paper(kg, lang=lang, at=at, top=top, brief=brief, pictured=chosen in PICTURED)
    return write_output(path, _bytes(paper, chosen, template))


def _bytes(paper: Paper, form: str, template: Path | str | None) -> bytes:
    if form == "docx":
        from tsunagari.viz.paper.word import word_file

        return word_file(paper, template=None if template is None else Path(template))
    if form == "html":
        from tsunagari.viz.paper.html import html_page

        return html_page(paper).encode("utf-8", "replace")
    from tsunagari.viz.paper import texts

    text = {"md": texts.markdown_text, "json": texts.json_text, "csv": texts.csv_text}[form](paper)
    return text.encode("utf-8-sig" if form == "csv" else "utf-8", "replace")


def write_each(
    kg: KnowledgeGraph,
    folder: Path | str,
    *,
    form: str = "docx",
    lang: str = "ja",
    at: date | str | None = None,
    template: Path | str | None = None,
) -> list[Path]:
    """Write one page for each municipality of what the graph is about.

    Parameters
    ----------
    kg
        The graph.
    folder
        Where the files go; it is made when missing. A file is named by the code and the name of its municipality.
    form, lang, at, template
        See `write_report`.

    Returns
    -------
    The paths, by the codes of the municipalities; none in a scope without any.

    Raises
    ------
    UnknownNameError, OutputError
        See `write_report`.
    """
    gaps = kg.gaps(at=at, lang=lang)
    places = gaps[["area_code", "area"]].drop_duplicates().sort_values("area_code")
    written = []
    for code, name in places.itertuples(index=False, name=None):
        target = Path(folder) / f"{code}_{file_name(name)}.{form}"
        part = kg.about([code], at=at)
        written.append(write_report(part, target, form=form, lang=lang, at=at, template=template, brief=True))
    return written


def file_name(text: str) -> str:
    """Return a text as a part of the name of a file that every system takes.

    >>> file_name("鳥取市/旧鹿野町")
    '鳥取市_旧鹿野町'
    """
    return re.sub(r'[\\/:*?"<>|\s]+', "_", printable(text)).strip("._")[:LONGEST_NAME] or "_"
