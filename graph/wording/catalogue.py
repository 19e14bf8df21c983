"""The catalogue of tables: what every column is called and means, its type and width, and where it is shown.

``columns.toml`` holds it. Data frames take the order of their columns from it, workbooks headings, order and widths,
the map its tables, the command line what a screen shows, the pages of ``docs/`` the meanings, and HXL its tags.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from tsunagari.errors import Message

STYLES = {"integer": "number", "decimal": "number", "ratio": "ratio", "percent": "percent", "boolean": "centre"}


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """A column of a table.

    Parameters
    ----------
    name
        Its name in data frames.
    label
        What people call it.
    meaning
        What it holds, with its unit or range.
    type
        ``text``, ``code`` (an IRI, a code or a notation), ``integer``, ``decimal``, ``ratio``, ``percent`` (of 1),
        ``boolean``, ``date``, ``list`` or ``any``.
    width
        The widest it may be in a workbook, in digits.
    style
        How a workbook shows it.
    printed
        Whether it is printed; the others stand right of what is.
    """

    name: str
    label: Message
    meaning: Message
    type: str
    width: int
    style: str
    printed: bool = True


def table_names() -> tuple[str, ...]:
    """Return the names of the tables.

    Examples
    --------
    >>> table_names()[:2]
    ('gaps', 'rollup')
    """
    return tuple(_catalogue()["tables"])


def table_title(table: str) -> Message:
    """Return what a table is called.

    Examples
    --------
    >>> table_title("brokers").ja
    '橋渡し団体'
    """
    entry = _catalogue()["tables"][table]
    return Message(entry["ja"], entry["en"])


def table_notes(table: str) -> tuple[Message, Message] | None:
    """Return how a table comes about and what it must not be read as; None where there is nothing to say.

    Examples
    --------
    >>> [note.en[:24] for note in table_notes("losses")]
    ['Each organisation is tak', 'It rates nobody; it is t']
    """
    entry = _catalogue()["tables"][table]
    if "method" not in entry:
        return None
    method, caution = (Message(entry[name]["ja"], entry[name]["en"]) for name in ("method", "caution"))
    return method, caution


def frame_columns(table: str) -> tuple[str, ...]:
    """Return the columns of a data frame in their order.

    Examples
    --------
    >>> frame_columns("gaps")[:3]
    ('area', 'area_code', 'prefecture')
    """
    return tuple(_catalogue()["tables"][table]["columns"])


def screen_columns(table: str) -> tuple[str, ...]:
    """Return the columns that a terminal shows.

    Examples
    --------
    >>> screen_columns("losses")[:4]
    ('rank', 'organization', 'critical', 'severity_lost')
    """
    return tuple(_catalogue()["tables"][table]["screen"])


def page_columns(table: str) -> Mapping[str, str]:
    """Return the columns that the map shows, each with how it shows it (``short``, ``long``, ``number``, …).

    Examples
    --------
    >>> page_columns("brokers")["organization"]
    'name'
    """
    return dict(_catalogue()["tables"][table]["page"])


def hxl_tags(table: str) -> Mapping[str, str]:
    """Return the tag of the Humanitarian Exchange Language (HXL 1.1, hxlstandard.org) above each column.

    Examples
    --------
    >>> hxl_tags("areas")["area_code"]
    '#loc+code'
    """
    return dict(_catalogue()["tables"][table]["hxl"])


def sheet_columns(table: str) -> tuple[ColumnEntry, ...]:
    """Return the columns of a sheet of a workbook, those that are printed first.

    Examples
    --------
    >>> [(column.name, column.width, column.printed) for column in sheet_columns("losses")][::8]
    [('rank', 6, True), ('cells', 60, True)]
    """
    entry = _catalogue()["tables"][table]
    shown = [(name, True) for name in entry["sheet"]] + [(name, False) for name in entry.get("unprinted", ())]
    return tuple(column_entry(name, table, printed=printed) for name, printed in shown)


def column_entry(name: str, table: str | None = None, *, printed: bool = True) -> ColumnEntry:
    """Return what is known of a column, of a table where it means something of its own there.

    Raises
    ------
    KeyError
        The catalogue does not know the column.

    Examples
    --------
    >>> column_entry("severity").label.ja, column_entry("severity", "issues").label.ja
    ('深刻度', '重さ')
    """
    own = _catalogue()["tables"][table].get("own", {}).get(name, {}) if table else {}
    entry = _catalogue()["columns"][name] | own
    return ColumnEntry(
        name=name,
        label=Message(entry["ja"], entry["en"]),
        meaning=Message(entry["meaning_ja"], entry["meaning_en"]),
        type=entry["type"],
        width=entry["width"],
        style=entry.get("style", STYLES.get(entry["type"], "text")),
        printed=printed,
    )


def heading(column: str, lang: str = "ja", table: str | None = None) -> str:
    """Return what a column is called in ``lang``; one that the catalogue does not know keeps its name.

    Examples
    --------
    >>> heading("severity"), heading("severity", "en"), heading("my_column")
    ('深刻度', 'severity', 'my_column')
    """
    return column_entry(column, table).label.text(lang) if column in _catalogue()["columns"] else column


def joined(entries: Iterable[str], lang: str = "ja", column: str = "") -> str:
    """Return the entries of a list as the one text that people read, with the mark of its column between them.

    Examples
    --------
    >>> joined(["甲", "乙"]), joined(["a", "b"], "en"), joined(["甲", "乙"], column="path")
    ('甲、乙', 'a, b', '甲 → 乙')
    """
    return mark_of(column, lang).join(entries)


@cache
def mark_of(column: str, lang: str = "ja") -> str:
    """Return what stands between the entries of a list of a column where people read it as one text.

    Examples
    --------
    >>> mark_of("path"), mark_of("fields", "en")
    (' → ', ', ')
    """
    usual = "、" if lang != "en" else ", "
    mark: str = _catalogue()["columns"].get(column, {}).get("mark", usual)
    return mark


def measure_texts(*, two_mode: bool = False) -> Mapping[str, Message]:
    """Return what a sentence says of the value of each measure, which it formats as ``{value}``.

    Parameters
    ----------
    two_mode
        Of what measures mean in two-mode networks, where that differs.

    Examples
    --------
    >>> measure_texts()["degree"].en, measure_texts(two_mode=True)["degree"].en
    ('is tied to {value:,.0f} others', 'is tied to {value:.1%} of the other side')
    """
    found = {}
    for name, entry in _catalogue()["columns"].items():
        says = "says_two_mode" if two_mode and "says_two_mode_ja" in entry else "says"
        if "says_ja" in entry:
            found[name] = Message(entry[f"{says}_ja"], entry[f"{says}_en"])
    return MappingProxyType(found)


@cache
def _catalogue() -> Mapping[str, Any]:
    return tomllib.loads((files("tsunagari.graph.wording") / "columns.toml").read_text(encoding="utf-8"))
