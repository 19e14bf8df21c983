"""Query files: SPARQL with a commented header that says in both languages what the query is for."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tsunagari.errors import Message, Place, QueryError

SPARQL, TWIN = ".rq", ".cypher"


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """One ``# key: text`` line.

    Parameters
    ----------
    key
        What stands before the colon.
    text
        What stands behind it.
    row
        Line number in the file.
    """

    key: str
    text: str
    row: int


@dataclass(frozen=True, slots=True)
class QueryFile:
    """A query file as it was read.

    Parameters
    ----------
    name
        File name without ``.rq``.
    text
        The whole text, header included.
    path
        Name to show in messages.
    header
        Its ``# key: text`` lines in order.
    folder
        Where it stands; None for a text that is in no file.
    """

    name: str
    text: str
    path: str
    header: tuple[HeaderLine, ...] = field(default=())
    folder: Traversable | None = None

    def twin(self) -> tuple[str, str] | None:
        """Return the text that asks the same in Cypher, and its path to show; None where no file beside this one does.

        Raises
        ------
        QueryError
            It is not UTF-8.
        """
        other = None if self.folder is None else self.folder / f"{self.name}{TWIN}"
        if other is None or not other.is_file():
            return None
        path = f"{self.path.removesuffix(SPARQL)}{TWIN}"
        return _read(other, path), path

    def first(self, key: str) -> str:
        """Return the text of the first header line with this key.

        Raises
        ------
        QueryError
            There is none.
        """
        for line in self.header:
            if line.key == key:
                return line.text
        raise QueryError(
            Message(f"見出しに「# {key}: …」の行がありません。", f"The header has no line '# {key}: …'."),
            place=Place(file=self.path),
        )

    def all(self, key: str) -> tuple[HeaderLine, ...]:
        """Return all header lines with this key."""
        return tuple(line for line in self.header if line.key == key)

    def mistake(self, row: int, message: Message) -> QueryError:
        """Return the error that says what is wrong in line `row` of the file."""
        return QueryError(message, place=Place(file=self.path, row=row))


def read_query_file(name: str, text: str, path: str, folder: Traversable | None = None) -> QueryFile:
    """Read the header of a query file: the comment lines before the first line that is none.

    Examples
    --------
    >>> read_query_file("a", "# en: something", "a.rq").first("en")
    'something'
    """
    header = []
    for row, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#"):
            break
        key, colon, rest = line.lstrip("#").partition(":")
        if colon:
            header.append(HeaderLine(key.strip(), rest.strip(), row))
    return QueryFile(name, text, path, tuple(header), folder)


def _read(file: Traversable, path: str) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(
            Message(f"UTF-8 で読めません（{error.start} バイト目）。", f"Not UTF-8 (byte {error.start})."),
            hint=Message("UTF-8 で保存し直してください。", "Save it again as UTF-8."),
            place=Place(file=path),
        ) from error


def options(line: HeaderLine, file: QueryFile) -> tuple[list[str], dict[str, str]]:
    """Split a header line into bare words and ``key="value"`` pairs.

    Raises
    ------
    QueryError
        A quotation mark is not closed.
    """
    try:
        parts = shlex.split(line.text)
    except ValueError as error:
        message = Message('引用符「"」が閉じられていません。', "A quotation mark is not closed.")
        raise file.mistake(line.row, message) from error
    pairs = dict(part.split("=", 1) for part in parts if "=" in part)
    return [part for part in parts if "=" not in part], pairs


def bundled_queries(folder: str) -> Iterator[QueryFile]:
    """Yield the query files of a folder of the ontology (``"questions"`` or ``"rules"``) by name."""
    home = files("tsunagari.ontology") / folder
    for item in sorted(home.iterdir(), key=lambda entry: entry.name):
        if item.name.endswith(SPARQL):
            yield read_query_file(item.name.removesuffix(SPARQL), item.read_text(encoding="utf-8"), item.name, home)


def queries_in(folder: Path) -> Iterator[QueryFile]:
    """Yield the query files of a user's folder by name; none where the folder does not exist.

    Raises
    ------
    QueryError
        A file is not UTF-8.
    """
    for path in sorted(folder.glob(f"*{SPARQL}")):
        yield read_query_file(path.stem, _read(path, str(path)), str(path), folder)
