"""Which cells of a damaged list are neither in the graph nor in the report, although they still stand in the file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import dataclass

from tests.fuzz.old_workbooks import lines_of_xls

from tsunagari.loaders.files.protection import OLE_MAGIC
from tsunagari.loaders.issues.issues import Issue
from tsunagari.loaders.session.load import Load
from tsunagari.ontology.records import Reference, Temporal

ROWS = (
    ("架空の会", "鳥取市", "0857-00-0001", "2024-04-01", "子育て支援", "印あ"),
    ("架空子ども食堂", "岩美町", "0857-00-0002", "令和6年5月1日", "食の支援、居場所", "印い"),
    ("NPO法人架空の輪", "若桜町", "0858-00-0003", "2023/10/1", "ひきこもり支援", "印う"),
    ("架空社会福祉協議会", "智頭町", "", "2022-01-15", "相談", "印え"),
)
HEADERS = ("団体名", "市区町村", "電話番号", "入会日", "活動分野", "備考")
# what the graph says of a cell where it does not say it as it is written
MEANT = {
    **{"鳥取市": ("/31201",), "岩美町": ("/31302",), "若桜町": ("/31325",), "智頭町": ("/31328",)},
    **{"子育て支援": ("/childcare",), "居場所": ("/居場所",), "ひきこもり支援": ("/hikikomori",)},
    **{"令和6年5月1日": ("2024-05-01",), "2023/10/1": ("2023-10-01",), "NPO法人架空の輪": ("架空の輪",)},
}
ROW_CODES = frozenset(
    (
        "total-row",
        "note-row",
        "heading-row",
        "section-row",
        "repeated-header",
        "nothing-read",
        "repeated-rows",
        "surplus-cells",
        "missing-cells",
        "hidden-rows",
        "struck-rows",
    )
)
WHOLE_CODES = frozenset(("unreadable-file", "far-cells", "replaced-characters", "header-not-found", "empty-table"))
COLUMN_CODES = frozenset(("unmapped-column", "personal-column", "duplicate-column"))


@dataclass(frozen=True, slots=True)
class Token:
    """A cell of the list.

    Parameters
    ----------
    row, header, text
        Where it stands in the sound file, and what it says.
    """

    row: int
    header: str
    text: str


TOKENS = tuple(
    Token(number, header, text)
    for number, row in enumerate(ROWS, start=2)
    for header, cell in zip(HEADERS, row, strict=True)
    for text in cell.split("、")
    if text
)


def silent_tokens(load: Load, name: str, data: bytes) -> list[Token]:
    """Return the cells that still stand in a damaged file and are neither in the graph nor in the report.

    Parameters
    ----------
    load
        What was read of the workspace that holds the file.
    name, data
        The file.
    """
    issues = [issue for issue in load.issues if issue.file == name]
    if any(issue.code in WHOLE_CODES for issue in issues):
        return []
    said, texts = _words(load, name), list(_texts(data))
    renamed = [header for header in HEADERS if not any(_stands(header, text) for text in texts)]
    found = []
    for token in TOKENS:
        lines = [row for text in texts for row in _rows_of(token.text, text)]
        rows, meant = {token.row, *lines}, (token.text, *MEANT.get(token.text, ()))
        if set(lines) != {1} and any(_stands(token.text, text) for text in texts):  # in the first line it is a header
            told = any(_tells(issue, token, rows, token.header in renamed) for issue in issues)
            found += [] if told or any(word in said for word in meant) else [token]
    return found


def _words(load: Load, name: str) -> str:
    """Return everything that the graph says from the file."""
    found = []
    for record in load.records:
        if any(place.source.endswith(f"/{name}") for place in record.evidence):
            for value in (value for values in record.values.values() for value in values):
                written = value.as_written if isinstance(value, Temporal) else ""
                found.append(value.iri if isinstance(value, Reference) else f"{value} {written}")
    return "\n".join(found)


def _texts(data: bytes) -> Iterator[str]:
    """Yield what can be read in a file, in the encodings that lists have; of an archive what is in its parts."""
    if data[:2] == b"PK":
        with suppress(Exception), zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                yield from _texts(archive.read(entry))
        return
    if data.startswith(OLE_MAGIC):
        with suppress(Exception):
            yield from lines_of_xls(data)
        return
    for encoding in ("utf-8", "cp932", "utf-16"):
        with suppress(UnicodeDecodeError):
            yield data.decode(encoding)
            return


def _stands(cell: str, text: str) -> bool:
    """Tell whether a cell is in a text as a whole one."""
    return re.search(rf"(?<![^\s,、>\"]){re.escape(cell)}(?![^\s,、<\"])", text) is not None


def _rows_of(cell: str, text: str) -> list[int]:
    """Return the lines of a list of plain text in which a cell stands."""
    if text.lstrip().startswith("<"):
        return []
    return [number for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1) if _stands(cell, line)]


def _tells(issue: Issue, token: Token, rows: Container[int], is_renamed: bool) -> bool:
    """Tell whether an issue shows the cell, says of its row that it is none, or names its column as unread."""
    if token.text in f"{issue.value} {issue.message.ja} {issue.hint.ja}":
        return True
    if issue.code == "lost-cells" and f"{'ABCDEF'[HEADERS.index(token.header)]}{token.row}" in str(issue.value):
        return True
    if issue.code == "unmapped-column" and issue.value == str(HEADERS.index(token.header)):
        return True  # a damaged cell shows the number of its shared text in place of the text
    if issue.code == "headerless-column" or (
        issue.code in COLUMN_CODES and (is_renamed or token.header in str(issue.value))
    ):
        return True
    return issue.row in rows and (issue.code in ROW_CODES or "この行" in issue.message.ja)
