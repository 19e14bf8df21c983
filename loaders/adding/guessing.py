"""Of which kind a file may be, and which of its headers are like the columns of a kind."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from tsunagari.errors import Message
from tsunagari.loaders.files import FileContent, Grid
from tsunagari.loaders.session import recognized_kinds
from tsunagari.loaders.tables import (
    SEARCHED_COLUMNS,
    SEARCHED_ROWS,
    TIES,
    Header,
    HeaderMap,
    guess_header,
    is_adjacency,
    is_number,
    missing_columns,
    shown_header,
)
from tsunagari.loaders.workspace import KINDS, Kind, Source
from tsunagari.ontology.columns import Column
from tsunagari.ontology.spelling import fold_text
from tsunagari.ontology.vocabulary import Vocabulary

KNOWN_BY = 400
"""Columns by which the kind of a wide table is told; all of them are read."""
_PLATFORM_NAME = re.compile(r"\S*(?:プラットフォーム|ネットワーク|協議会)(?!一覧|の一覧)")
CERTAIN = math.inf  # of a fixed format that knows its own
_ALIKE, _REQUIRED_ALIKE = 75, 60  # percent of likeness from which a header is proposed for a column


def ranked_kinds(content: FileContent, words: Vocabulary) -> list[tuple[Kind, float]]:
    """Return the kinds that a file may be of, best first, with the headers that each explains less those that it lacks.

    Fixed formats that know their own come before all others. Of two kinds that explain as many headers the one that a
    title names counts, then the one with fewer columns missing, then the one that headers and cells speak of. A kind
    that lacks as much as it explains is none, and where two explain a file equally well there is no guess: a wrong one
    is worse.
    """
    scores: dict[str, tuple[int, bool, int, bool, int, int]] = {}
    grids = heads_of(content)
    for order, kind in enumerate(KINDS.values()):
        if kind.adapter is not None:
            continue
        header_map = HeaderMap(Source("", kind.name), kind, words)
        for grid in grids:
            header = guess_header(grid, header_map)
            known = len(header.mapped) + len(header_map.concept_positions(header.stacks, header.mapped))
            missing = missing_columns(header_map, (column.key for column in header.mapped))
            alike = set(alike_headers(header, header_map, missing).values())
            guessed = [column for column in missing if column.name in alike]
            # the settings can name the platform of all rows
            lost = [column for column in missing if column.name not in ("organization", *alike)]
            # what has a name and, beside it, the body that runs it is no list of bodies
            names_both = {"pref_label", kind.party} <= {column.key for column in header.mapped}
            points = known + len(guessed) - 2 * len(lost)
            is_titled = _is_titled(header, kind)
            score = (points, is_titled, -len(missing), names_both, _said(grid, header, kind), -order)
            if points > 0 and any(not column.column.common for column in header.mapped):
                scores[kind.name] = max(score, scores.get(kind.name, score))
    ranked = sorted(scores, key=lambda name: scores[name], reverse=True)
    if len(ranked) > 1 and scores[ranked[0]][:-1] == scores[ranked[1]][:-1]:
        ranked = []
    seen = narrowed(content)
    certain = [*recognized_kinds(seen), *([KINDS[TIES]] if any(map(is_adjacency, seen.grids)) else [])]
    found: dict[str, float] = dict.fromkeys((kind.name for kind in certain), CERTAIN)
    for name in ranked:
        found.setdefault(name, scores[name][0])
    return [(KINDS[name], score) for name, score in found.items()]


def _is_titled(header: Header, kind: Kind) -> bool:
    """Tell whether a title says what the rows are; that of a list of members names their platform as well."""
    words = [_PLATFORM_NAME.sub("", fold_text(cell)) for _, cells in header.titles for cell in cells]
    return any(kind.label.ja[:2] in text for text in words)


def _said(grid: Grid, header: Header, kind: Kind) -> int:
    """Return how much headers, and the cells of a column of roles, say that the rows are of a kind.

    A list of members may name the roles of some; where every row has one, it is a list of roles.
    """
    labels = kind.label.ja, kind.label.en.removesuffix("s").lower()
    said = sum(
        any(len(text) > 1 and (text in label or label in text) for text in texts for label in labels)
        for texts in ([text.lower() for text in header.stacks[mapped.position]] for mapped in header.mapped)
    )
    rows = [cells for number, cells in grid.rows if number > header.last and sum(map(bool, cells)) > 1]
    for place in (mapped.position for mapped in header.mapped if mapped.name == "role" and mapped.owner == "row"):
        is_filled = bool(rows) and all(place < len(cells) and cells[place] for cells in rows)
        said += 1 if is_filled else -2
    return said


def narrowed(content: FileContent) -> FileContent:
    """Return a file without the columns beyond `KNOWN_BY`, by which no fixed format is known."""

    def width(grid: Grid) -> int:
        return max((len(cells) for _, cells in grid.rows[:SEARCHED_ROWS]), default=0)

    if all(width(grid) <= KNOWN_BY for grid in content.grids):
        return content
    cut = [replace(grid, rows=[(number, cells[:KNOWN_BY]) for number, cells in grid.rows]) for grid in content.grids]
    return replace(content, grids=tuple(cut))


def heads_of(content: FileContent) -> list[Grid]:
    """Return what of the sheets tells the kind of a file: their first rows and columns; no sheet without a cell."""
    found = []
    for grid in content.grids:
        filled = [(number, cells[:SEARCHED_COLUMNS]) for number, cells in grid.rows[:SEARCHED_ROWS] if any(cells)]
        if filled:
            found.append(replace(grid, rows=filled))
    return found


def near_kinds(content: FileContent, words: Vocabulary, *, n: int = 3) -> list[tuple[Kind, list[Message]]]:
    """Return the kinds most of whose columns a file has, best first, with the labels of the columns that each lacks."""
    scored = []
    grids = heads_of(content)
    for order, kind in enumerate(kind for kind in KINDS.values() if kind.adapter is None):
        header_map = HeaderMap(Source("", kind.name), kind, words)
        for grid in grids:
            header = guess_header(grid, header_map)
            known = sum(not column.column.common for column in header.mapped)
            missing = missing_columns(header_map, (column.key for column in header.mapped))
            if known:
                labels = [
                    Message(*(column.labels.get(lang, column.name) for lang in ("ja", "en"))) for column in missing
                ]
                scored.append((len(missing) - known, order, kind, labels))
    best: dict[str, tuple[Kind, list[Message]]] = {}
    for *_, kind, labels in sorted(scored, key=lambda item: item[:2]):
        best.setdefault(kind.name, (kind, labels))
    return list(best.values())[:n]


def alike_headers(header: Header, header_map: HeaderMap, missing: Sequence[Column]) -> dict[str, str]:
    """Return the headers that are like columns which no header names: header to the key of the column."""
    if sum(map(bool, header.stacks)) < 2:
        return {}  # one cell is a sentence of a guide rather than a header
    taken = {mapped.position for mapped in header.mapped}
    concepts = set(header_map.concept_positions(header.stacks, header.mapped))
    free = {
        shown_header(stack): (position in concepts, fold_text(shown_header(stack)))
        for position, stack in enumerate(header.stacks[:SEARCHED_COLUMNS])
        if stack and position not in taken and not is_number(shown_header(stack))
    }
    known = {mapped.key for mapped in header.mapped}
    required = {column.name for column in missing}
    scored = sorted(
        (
            (-likeness, key, text)
            for key, column in header_map.all_columns()
            if key not in known and (key in required or not column.common)
            for names in ([fold_text(name) for name in column.headers],)
            for text, (is_concept, folded) in free.items()
            if (key in required or not is_concept)
            and (likeness := _likeness(folded, names, anywhere=key in required))
            >= (_REQUIRED_ALIKE if key in required else _ALIKE)
        ),
        key=lambda item: (item[1] not in required, *item),
    )
    proposed: dict[str, str] = {}
    for _, key, text in scored:
        if text not in proposed and key not in proposed.values():
            proposed[text] = key
    return proposed


def _likeness(text: str, names: Sequence[str], *, anywhere: bool) -> float:
    """Return how like the names of a column a header is, in percent.

    A Japanese word at the end of a header says what it is about, 加盟団体; one elsewhere only where a column must be
    found, 加盟の団体さま: 対象地域 is no 対象.
    """
    text = text.replace("の名称", "名").replace("名称", "名") if anywhere else text
    words = [name for name in names if len(name) > 1 and not name.isascii()]
    contains = any(name in text if anywhere else text.endswith(name) for name in words)
    return max(80.0 if contains else 0.0, *(fuzz.ratio(text, name) for name in names))
