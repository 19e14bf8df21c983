"""``fields``: what the lists call their fields, which of it is not understood, and the file to say what it means."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tsunagari.cli.issues.building import forget, read_lists
from tsunagari.cli.shell.localized import command, option
from tsunagari.cli.shell.opening import open_graph
from tsunagari.cli.shell.options import Settings, settings, shared_options
from tsunagari.cli.shell.tables import csv_text, frame_of, show_frame
from tsunagari.cli.shell.terminal import say, terminal_width
from tsunagari.errors import Message
from tsunagari.graph.store import write_output
from tsunagari.graph.wording import frame_columns, screen_columns
from tsunagari.loaders.fields import FIELDS_NAME, header_names
from tsunagari.loaders.files import read_text
from tsunagari.ontology.spelling import spelling_key
from tsunagari.spreadsheets import unguarded

if TYPE_CHECKING:
    from tsunagari.loaders.fields import FieldUse

# What became of a word, by the problem it gave; None where fields follow.
STATUSES = {
    "unmatched-field": Message("対応なし", "not matched"),
    "ambiguous-field": Message("複数の候補", "several fields"),
    "narrow-field": Message("分野の一部", "part of a field"),
    None: Message("対応済み", "matched"),
}
LEFT_OUT = Message("対象外", "no field")
RELATIONS = {
    "exactMatch": Message("同じ", "exact"),
    "closeMatch": Message("近い", "close"),
    "broadMatch": Message("含まれる", "broad"),
}
HEADS = {"ja": ("語", "分野", "対応", "件数", "候補"), "en": ("word", "field", "relation", "count", "candidates")}


@command(
    "fields",
    details=Message(
        "一覧の分野の列にあって、どの分野か分からなかった語を、多い順に示します。作業フォルダーの field-words.csv に"
        "それらの行を書き足すので、分野と対応（同じ・近い・含まれる・対象外）を埋め、tsunagari build してください。"
        "埋めた行は、同梱の語彙より先に使われます。--public では公開用に残る語だけを示し、何も書きません。",
        "Lists the words in columns of fields that were not understood, the most frequent first, and adds a line for "
        "each to field-words.csv in the workspace. Fill in field and relation (exact, close, broad, none), then run "
        "tsunagari build: your lines count before the shipped words. With --public the words of the public edition are "
        "listed, and nothing is written.",
    ),
)
@shared_options("workspace", "public", "format", "output")
@option(
    "--all",
    "every",
    is_flag=True,
    text=Message("対応が決まった語も示す。", "Show the words that were understood too."),
)
@option(
    "--no-write",
    "dry",
    is_flag=True,
    text=Message("field-words.csv に書かない。", "Leave field-words.csv as it is."),
)
def fields_command(*, every: bool, dry: bool) -> None:
    """Read the workspace, list the words, write the file to fill in."""
    chosen = settings()
    if chosen.public:
        frame = open_graph(chosen).ask("field-words", lang=chosen.lang)
        readable = [name for name in frame.columns if not name.endswith("_id")]
        show_frame(frame, chosen, columns=readable, width=terminal_width())
        return
    load = read_lists(chosen, sink=forget)
    open_uses = [use for use in load.fields if use.reading.problem is not None]
    rows = [_row(use, chosen.lang) for use in (load.fields if every else open_uses)]
    frame = frame_of(rows, frame_columns("field_words"))
    show_frame(frame, chosen, columns=screen_columns("field_words"), width=terminal_width())
    _say_what_to_do(load.workspace.path, open_uses, chosen, dry=dry)


def _row(use: FieldUse, lang: str) -> list[object]:
    reading = use.reading
    label = STATUSES[reading.problem] if reading.concepts or reading.problem else LEFT_OUT
    candidates = [concept.labels.get(lang, concept.notation) for concept in reading.candidates]
    fields = list(dict.fromkeys(_matches(use, lang)))
    status = reading.problem or ("matched" if reading.concepts else "no-field")
    return [use.text, use.count, status, label.text(lang), fields, candidates, list(use.files)]


def _matches(use: FieldUse, lang: str) -> Iterable[str]:
    """Yield each field of a use, with the relation that leads to it."""
    for concept in use.reading.concepts:
        label = concept.labels.get(lang, concept.notation)
        relation = next(
            (match.relation for word in use.reading.words for match in word.matches if match.concept == concept), None
        )
        yield label if relation is None else f"{label} ({RELATIONS[relation].text(lang)})"


def _say_what_to_do(folder: Path, uses: Sequence[FieldUse], chosen: Settings, *, dry: bool) -> None:
    if not uses:
        say(Message("分野の語はすべて読めました。", "Every word for a field was understood."), chosen)
        return
    if dry:
        return
    path = folder / FIELDS_NAME
    number = write_lines(path, uses, chosen.lang)
    said = Message(f" {number:,} 語を書き足しました", f"{number:,} words added to {path}")
    if not number:
        said = Message(f" {len(uses):,} 語が空いたまま残っています", f"{len(uses):,} words wait in {path}")
    say(
        Message(
            f"{path} に{said.ja}。分野と対応を埋めて tsunagari build を実行してください。",
            f"{said.en}. Fill in field and relation, then run tsunagari build.",
        ),
        chosen,
    )


def write_lines(path: Path, uses: Sequence[FieldUse], lang: str) -> int:
    """Add a line to fill in for each word that the file does not have; what stands in it stays as it is.

    Returns
    -------
    How many lines were added; the file is not touched when there is none.

    Raises
    ------
    SourceError, OutputError
        The file cannot be read or written.
    """
    text = read_text(path, path.name)[0].text if path.is_file() else ""
    held = list(csv.reader(text.splitlines()))
    names = header_names(held[0]) if held else ["source", "target", "relation", "count", "candidates"]
    place = names.index("source") if "source" in names else 0
    known = {spelling_key(unguarded(row[place])) for row in held[1:] if len(row) > place}
    rows = []
    for use in uses:
        if spelling_key(use.text) not in known:
            near = "、".join(concept.labels.get(lang, concept.notation) for concept in use.reading.candidates)
            line = {"source": use.text, "count": str(use.count), "candidates": near}
            rows.append([line.get(name, "") for name in names])
    if rows:
        before = text.rstrip("\n") + "\n" if held else csv_text(HEADS[lang], [])
        body = csv_text([], rows).partition("\n")[2]  # without the empty header
        write_output(path, (before + body).encode("utf-8-sig"))
    return len(rows)
