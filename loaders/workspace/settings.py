"""tsunagari.toml: what a workspace is called, what it is about, and which files it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tsunagari.errors import Message, Place, SourceError, WorkspaceError
from tsunagari.loaders.files import parse_toml, read_text
from tsunagari.loaders.issues import Issue, make_issue, nearest_texts, plain_names
from tsunagari.loaders.workspace.kinds import KINDS, find_kind
from tsunagari.loaders.workspace.publication import Publication, read_publication
from tsunagari.loaders.workspace.setting_values import (
    SETTINGS_NAME,
    choice_value,
    date_value,
    one_or_more,
    settings_error,
    table_value,
    text_value,
    text_values,
    typed_value,
)
from tsunagari.ontology.municipalities import Municipality, municipality_table
from tsunagari.ontology.records import Temporal

__all__ = [
    "DEFAULT_FIELDS",
    "SETTINGS_NAME",
    "Source",
    "Workspace",
    "nearest_texts",
    "read_workspace",
    "settings_error",
    "workspace_publication",
]

DEFAULT_FIELDS = "hyogo"


@dataclass(frozen=True, slots=True)
class Source:
    """One ``[[source]]``: a file and what its maker says of it.

    Parameters
    ----------
    file
        Its name as written, relative to the workspace.
    kind
        Name in `loaders.kinds.KINDS`.
    platform
        Id or name of the platform that all rows belong to; None when a column says it.
    scheme
        Id of the concept scheme that a file of the kind ``schemes`` or ``rdf`` defines.
    title, publisher, issued, licence
        What the file is called, who made it, when, and under which terms; None where not stated.
    area
        The prefecture or municipality that the list is of: places and organisations that a row names without saying
        where are looked for there. None for a list of the whole country.
    as_of
        The day the rows speak of.
    closed
        True when what is missing in the list does not exist, False when the list gives examples, None when not stated.
    columns
        Header to column, for headers that no synonym covers.
    sheets
        Names of the sheets of a workbook to read (setting ``sheet``, a name or a list); empty for all visible ones.
    inside
        The file to read when the source is a ZIP archive; None for the only table in it.
    keep
        Which rows of a register to keep: ``"mentioned"`` (by the other lists), ``"scope"`` (those and the rest of the
        areas of the workspace) or ``"all"``.
    mapping
        Turtle or CSV file with SKOS matches from the fields of a public register to those of the workspace; None takes
        the bundled one.
    rows
        What the rows of a ``list`` are: the name of another kind.
    values
        Column to what all rows say in it that say nothing themselves.
    include
        Which rows of a workbook are read although nobody sees them (``"hidden"``) or they are struck through
        (``"struck"``); by default neither.
    mode
        How an RDF file is read: ``"as-is"`` puts its statements into the graph as they stand, ``"mapped"`` makes rows
        of them, and ``"auto"`` takes a file in the terms of this ontology as it stands.
    """

    file: str
    kind: str
    platform: str | None = None
    scheme: str | None = None
    title: str | None = None
    publisher: str | None = None
    issued: Temporal | None = None
    licence: str | None = None
    area: Municipality | None = None
    as_of: Temporal | None = None
    closed: bool | None = None
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    sheets: tuple[str, ...] = ()
    inside: str | None = None
    keep: str = "mentioned"
    mapping: str | None = None
    mode: str = "auto"
    include: tuple[str, ...] = ()
    rows: str | None = None
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def name(self) -> str:
        """What tells it from other sources: its file, with the sheets or the part of the file that is named.

        Examples
        --------
        >>> Source("list.xlsx", "members", sheets=("会員",)).name
        'list.xlsx 会員'
        """
        return " ".join(filter(None, (self.file, self.inside, *self.sheets)))


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with settings and the lists they name.

    Parameters
    ----------
    path
        The folder.
    title
        Its name for people.
    as_of
        The day that questions are answered for unless another is asked for.
    areas
        What ``[scope]`` names, as written; empty for every area that a source names.
    fields
        Id of the field scheme that gaps are counted in.
    sources
        The lists, in the order of the file.
    extra
        Tables of the settings that no layer below knows, untouched.
    issues
        Settings that are not used.
    publication
        What the public edition may show.
    """

    path: Path
    title: str
    as_of: date
    areas: tuple[str, ...]
    fields: str
    sources: tuple[Source, ...]
    extra: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    issues: tuple[Issue, ...] = ()
    publication: Publication = field(default_factory=Publication)


_TABLES = ("workspace", "scope", "source", "public")
_WORKSPACE_KEYS = ("title", "as_of")
_SCOPE_KEYS = ("areas", "fields")
_SOURCE_KEYS = (
    *("file", "kind", "platform", "scheme", "title", "publisher"),
    *("issued", "licence", "license", "area", "as_of", "closed", "columns", "sheet", "inside"),
    *("keep", "mapping", "mode", "rows", "values", "include"),
)
_KEEP = ("mentioned", "scope", "all")
_INCLUDED = ("hidden", "struck")
_MODES = ("auto", "as-is", "mapped")


def read_workspace(path: Path | str) -> Workspace:
    """Return the settings of the workspace in a folder.

    Parameters
    ----------
    path
        The folder, or its tsunagari.toml.

    Raises
    ------
    WorkspaceError
        When there are no settings, when they are not TOML (with line and column), or when a value cannot be used. The
        files themselves are not opened; one that does not exist is named.
    """
    folder = Path(path)
    if folder.name == SETTINGS_NAME:
        folder = folder.parent
    data = _read_toml(folder)
    issues = list(_unknown_keys(data, _TABLES, warn_tables=False))
    head = table_value(data, "workspace")
    scope = table_value(data, "scope")
    issues += _unknown_keys(head, _WORKSPACE_KEYS)
    issues += _unknown_keys(scope, _SCOPE_KEYS)
    sources = []
    for number, table in enumerate(_source_tables(data), start=1):
        issues += _unknown_keys(table, _SOURCE_KEYS)
        sources.append(_read_source(table, number, folder))
    return Workspace(
        path=folder,
        title=text_value(head, "title") or folder.resolve().name,
        as_of=_as_of(head, sources),
        areas=text_values(scope, "areas"),
        fields=text_value(scope, "fields") or DEFAULT_FIELDS,
        sources=tuple(sources),
        extra=MappingProxyType({key: value for key, value in data.items() if key not in _TABLES}),
        issues=tuple(issues),
        publication=read_publication(data),
    )


def workspace_publication(folder: Path) -> Publication:
    """Return what the settings of a workspace let be published, as they stand now; its files are not looked at.

    Raises
    ------
    WorkspaceError
        There are no settings, or what they say of it cannot be used.
    """
    return read_publication(_read_toml(folder))


def _read_toml(folder: Path) -> dict[str, Any]:
    path = folder / SETTINGS_NAME
    if not path.exists():
        message = Message(f"{folder} に {SETTINGS_NAME} がありません。", f"There is no {SETTINGS_NAME} in {folder}.")
        hint = Message(
            "作業フォルダーを -w で指定するか、tsunagari init で作ってください。",
            "Name the workspace with -w, or make one with `tsunagari init`.",
        )
        raise WorkspaceError(message, hint, Place(str(path)))
    try:
        return parse_toml(read_text(path, SETTINGS_NAME)[0].text, SETTINGS_NAME)
    except SourceError as error:
        raise WorkspaceError(error.message, error.hint, error.place) from None


def _unknown_keys(table: Mapping[str, Any], known: tuple[str, ...], *, warn_tables: bool = True) -> Iterable[Issue]:
    for key, value in table.items():
        if key not in known and (warn_tables or not isinstance(value, dict)):
            nearest = plain_names(nearest_texts(key, known))
            yield make_issue("unknown-setting", file=SETTINGS_NAME, value=key, nearest=nearest)


def _source_tables(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    tables = data.get("source", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise settings_error(
            "source の書き方が違います。",
            "`source` is not a list of tables.",
            "[[source]] と書いてください。",
            "Write [[source]].",
        )
    if not tables:
        raise settings_error(
            f"{SETTINGS_NAME} にファイルが 1 つも書かれていません。",
            f"{SETTINGS_NAME} names no file.",
            '[[source]] に file と kind を書いてください。例: file = "members.csv"、kind = "members"',
            'Add a [[source]] with file and kind, e.g. file = "members.csv", kind = "members".',
        )
    return tables


def _as_of(head: Mapping[str, Any], sources: list[Source]) -> date:
    """The day of the settings, else the latest day that a source gives for itself; never today."""
    when = date_value(head, "as_of")
    if when is not None and when.value is not None:
        return when.value
    days = [given.value for source in sources for given in (source.as_of, source.issued) if given and given.value]
    if not days:
        raise settings_error(
            "[workspace] に as_of がありません。",
            "[workspace] has no as_of.",
            "いつの時点で数えるかを書いてください。例: as_of = 2023-10-01",
            "Say for which day things are counted, e.g. as_of = 2023-10-01.",
        )
    return max(days)


def _read_source(table: Mapping[str, Any], number: int, folder: Path) -> Source:
    file, kind_name = text_value(table, "file"), text_value(table, "kind")
    if not (file or "").strip("./\\ ") or file is None or kind_name is None:  # a name of dots is one of a folder
        missing = "file" if not (file or "").strip("./\\ ") else "kind"
        raise settings_error(
            f"{number} 番目の [[source]] に {missing} がありません。",
            f"[[source]] number {number} has no `{missing}`.",
            'file = "members.csv"、kind = "members" のように書いてください。',
            'Write for example file = "members.csv", kind = "members".',
        )
    kind = find_kind(kind_name)
    if kind is None:
        raise _unknown_kind(kind_name, file)
    if not _is_there(folder / file):
        raise settings_error(
            f"{SETTINGS_NAME} にあるファイル {file} がありません。",
            f"The file {file} named in {SETTINGS_NAME} does not exist.",
            f"{folder} に置くか、file を直してください。",
            f"Put it into {folder} or correct `file`.",
        )
    columns: dict[str, Any] = typed_value(table, "columns", dict, {})
    return Source(
        file=file,
        kind=kind.name,
        platform=text_value(table, "platform"),
        scheme=text_value(table, "scheme"),
        title=text_value(table, "title"),
        publisher=text_value(table, "publisher"),
        issued=date_value(table, "issued"),
        licence=text_value(table, "licence") or text_value(table, "license"),
        area=_area(table, file),
        as_of=date_value(table, "as_of"),
        closed=typed_value(table, "closed", bool, None),
        columns=MappingProxyType({header: str(column) for header, column in columns.items()}),
        sheets=one_or_more(table, "sheet"),
        inside=text_value(table, "inside"),
        keep=choice_value(table, "keep", _KEEP),
        mapping=text_value(table, "mapping"),
        mode=choice_value(table, "mode", _MODES),
        include=_included(table),
        rows=_kind_of_rows(table, kind.name, file),
        values=MappingProxyType({name: str(value) for name, value in typed_value(table, "values", dict, {}).items()}),
    )


def _is_there(path: Path) -> bool:
    """Tell whether anything stands there; a name that no file can have is one of nothing."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _included(table: Mapping[str, Any]) -> tuple[str, ...]:
    found = one_or_more(table, "include")
    for name in found:
        choice_value({"include": name}, "include", _INCLUDED)
    return found


def _kind_of_rows(table: Mapping[str, Any], kind: str, file: str) -> str | None:
    """The kind that ``rows`` names; needed for a ``list`` alone."""
    text = text_value(table, "rows")
    found = find_kind(text) if text is not None else None
    if kind != "list" or (found is not None and found.adapter is None):
        return None if found is None else found.name
    usable = [name for name, item in KINDS.items() if item.adapter is None]
    nearest = "、".join(nearest_texts(text or "services", usable))
    raise settings_error(
        f'{file} の kind = "list" には、行が何かを rows に書きます（今は {text!r}）。',
        f'kind = "list" of {file} needs `rows`, which says what its rows are (now {text!r}).',
        f'例: rows = "services"。近い種類: {nearest}',
        f'Example: rows = "services". Nearest: {nearest}',
    )


def _area(table: Mapping[str, Any], file: str) -> Municipality | None:
    text = text_value(table, "area")
    if text is None:
        return None
    places = municipality_table()
    by_code = places.by_code(text) if text.isdigit() else None
    found = [by_code] if by_code else places.by_name(text)
    if len(found) == 1:
        return found[0]
    nearest = "、".join(f"{place.full_name} {place.code6}" for place in found or places.nearest(text))
    what = ("は複数あります", "stands for several") if found else ("はありません", "is not known")
    raise settings_error(
        f"{file} の area = {text!r} という都道府県・市区町村{what[0]}。",
        f"The area {text!r} (of {file}) {what[1]}.",
        f"候補: {nearest}",
        f"Candidates: {nearest}",
    )


def _unknown_kind(name: str, file: str) -> WorkspaceError:
    nearest = ", ".join(nearest_texts(name, KINDS))
    listed_ja = "、".join(f"{kind.name}（{kind.label.ja}）" for kind in KINDS.values())
    return settings_error(
        f"{file} の kind = {name!r} という種類はありません。",
        f"There is no kind {name!r} (of {file}).",
        f"近い種類: {nearest}。使える種類: {listed_ja}",
        f"Nearest: {nearest}. Kinds: {', '.join(KINDS)}",
    )
