"""Lists on their way into a workspace: what each file is, what has to be asked, and the settings that name it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tsunagari.atomic_files import write_files
from tsunagari.errors import SourceError
from tsunagari.loaders.adding.inspection import Inspection, inspect_file
from tsunagari.loaders.fields import FIELDS_NAME
from tsunagari.loaders.files import parse_toml, read_grids, read_text, sha256_of, tables_inside
from tsunagari.loaders.fixes import FIXES_NAME
from tsunagari.loaders.identity import LEDGER_NAME
from tsunagari.loaders.starter import is_all_examples, starter_names
from tsunagari.loaders.workspace import KINDS, SETTINGS_NAME
from tsunagari.ontology.vocabulary import vocabulary

ENDINGS = frozenset(
    [
        *(".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".zip"),
        *(".geojson", ".topojson", ".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf"),
    ]
)
_OWN = frozenset({LEDGER_NAME, FIXES_NAME, FIELDS_NAME, SETTINGS_NAME})
_BLOCK = re.compile(r"^\[\[source\]\]", re.MULTILINE)
NEW, KNOWN, UNCLEAR, UNREADABLE, COPY = "new", "known", "unclear", "unreadable", "copy"
_MOST_INSIDE = 100  # tables of one archive that are looked at


@dataclass(frozen=True, slots=True)
class Addition:
    """A file that may become a source.

    Parameters
    ----------
    path, file
        Where it is, and its name in the workspace.
    state
        ``"new"``, ``"known"`` (the settings name it already), ``"unclear"`` (no kind fits, or a needed column is
        missing), ``"unreadable"`` or ``"copy"``.
    found
        What would be read; None when the file cannot be read at all.
    problem
        Why nothing can be read of it.
    needs_platform
        Whether its rows belong to a platform that no column names.
    as_of
        The day that a title of it names.
    inside
        The table of an archive that it is.
    same_as
        The file of which it is a copy.
    """

    path: Path
    file: str
    state: str
    found: Inspection | None = None
    problem: SourceError | None = None
    needs_platform: bool = False
    as_of: date | None = None
    inside: str | None = None
    same_as: str = ""

    @property
    def shown(self) -> str:
        """Its name for messages."""
        return self.file if self.inside is None else f"{self.file} / {self.inside}"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person says of a list: its platform, its day, and whether it is complete; None where nothing is said."""

    platform: str | None = None
    as_of: date | None = None
    closed: bool | None = None


@dataclass(slots=True)
class Change:
    """What is to be written into a workspace.

    Parameters
    ----------
    folder
        The workspace; it need not exist yet.
    added
        Each list with what was said of it.
    platform, areas
        A platform that no list declares yet, and the areas that it reaches.
    title, as_of
        Of a new workspace.
    """

    folder: Path
    added: list[tuple[Addition, Answers]] = field(default_factory=list)
    platform: str | None = None
    areas: tuple[str, ...] = ()
    title: str = ""
    as_of: date | None = None


def find_lists(paths: Iterable[Path]) -> list[Path]:
    """Return the files, and of folders those that may hold lists, in the order of their names."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(item for item in path.iterdir() if item.is_file()) if path.is_dir() else [path]
        for item in inside:
            is_list = item.suffix.lower() in ENDINGS and item.name not in _OWN and not item.name.startswith((".", "~$"))
            if is_list or not path.is_dir():
                found[item] = None
    return list(found)


def passed_over(paths: Iterable[Path]) -> list[str]:
    """Return what of folders is not looked at: folders inside, and files that no list is written as."""
    found = []
    for path in paths:
        for item in sorted(path.iterdir()) if path.is_dir() else ():
            is_own = item.name in _OWN or item.name.startswith((".", "~$", "__"))
            if not is_own and (item.is_dir() or item.suffix.lower() not in ENDINGS):
                found.append(f"{item.name}/" if item.is_dir() else item.name)
    return found


def look_at(path: Path, folder: Path, *, of_members: bool = False, lang: str = "ja") -> list[Addition]:
    """Return what would become of a file in the workspace `folder`: one addition, or one for each table of an archive.

    Parameters
    ----------
    path, folder
        The file and the workspace.
    of_members
        Whether a list of bodies is to be taken as one of members, because its platform is known.
    lang
        Language of the comments in the settings.
    """
    within = path.resolve().is_relative_to(folder.resolve())
    file = path.resolve().relative_to(folder.resolve()).as_posix() if within else path.name
    inside: Sequence[str | None] = (None,)
    if path.suffix.lower() == ".zip":
        try:
            tables = tables_inside(path.read_bytes(), file)[:_MOST_INSIDE]
            inside = tables if len(tables) > 1 else inside
        except SourceError as error:
            return [Addition(path, file, UNREADABLE, problem=error)]
    return [_look(path, file, folder, part, of_members=of_members, lang=lang) for part in inside]


def _look(path: Path, file: str, folder: Path, inside: str | None, *, of_members: bool, lang: str) -> Addition:
    if (file, inside) in _named_sources(folder):
        return Addition(path, file, KNOWN, inside=inside)
    try:
        found = inspect_file(path, inside=inside, lang=lang)
        if of_members and found.kind == KINDS["organizations"] and KINDS["members"] in found.candidates:
            found = inspect_file(path, kind=KINDS["members"], inside=inside, lang=lang)
    except SourceError as error:
        return Addition(path, file, UNREADABLE, problem=error, inside=inside)
    if found.kind is None or not found.tables:
        return Addition(path, file, UNCLEAR, found, found.problem, inside=inside)
    columns = {view.column for table in found.tables if table.kind == found.kind for view in table.columns}
    needs = "organization" in vocabulary().columns(found.kind.cls) and "organization" not in columns
    return Addition(path, file, NEW, found, needs_platform=needs, as_of=found.as_of, inside=inside)


def _named_sources(folder: Path) -> set[tuple[str, str | None]]:
    return {(str(source.get("file", "")), _text(source.get("inside"))) for source in _tables(_settings(folder))}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def without_copies(additions: Sequence[Addition], folder: Path) -> list[Addition]:
    """Return the additions, those that have the bytes of another one or of a source of the workspace marked as copies.

    Of several the one with the shortest name stays: a browser saves the same file again as ``list (1).csv``.
    """
    files: dict[Path, str] = {folder / file: file for file in source_files(folder) if (folder / file).is_file()}
    files |= {item.path: item.file for item in sorted(additions, key=lambda item: len(item.file)) if item.state == NEW}
    first: dict[tuple[int, str], str] = {}
    same: dict[Path, str] = {}
    for path, file in files.items():
        key = path.stat().st_size, sha256_of(path)
        if first.setdefault(key, file) != file:
            same[path] = first[key]
    return [
        replace(item, state=COPY, same_as=same[item.path]) if item.state == NEW and item.path in same else item
        for item in additions
    ]


def source_files(folder: Path) -> list[str]:
    """Return the files that the settings of a workspace name; none where there are no settings yet.

    Raises
    ------
    WorkspaceError
        When the settings are not TOML.
    """
    return [str(source.get("file", "")) for source in _tables(_settings(folder))]


def source_entry(addition: Addition, answers: Answers) -> str:
    """Return the ``[[source]]`` of a list."""
    assert addition.found is not None
    lines = []
    for line in addition.found.entry.splitlines():
        name = line.partition(" =")[0]
        if name == "platform":
            if answers.platform and addition.needs_platform:
                lines.append(f"platform = {_quoted(answers.platform)}")
        elif name == "file":
            lines.append(f"file = {_quoted(addition.file)}")
        elif name == "as_of" or line.startswith("[source.columns]"):
            lines += _said(answers)
            answers = Answers()
            lines += [] if name == "as_of" else [line]
        else:
            lines.append(line)
    return "\n".join([*lines, *_said(answers)]) + "\n"


def _said(answers: Answers) -> list[str]:
    said = [] if answers.as_of is None else [f"as_of = {answers.as_of.isoformat()}"]
    return said + ([] if answers.closed is None else [f"closed = {'true' if answers.closed else 'false'}"])


def without_examples(folder: Path) -> tuple[str, list[str]]:
    """Return the settings without the lists that hold nothing but the invented rows of `init`, and what those were."""
    text = _settings(folder)
    starts = [match.start() for match in _BLOCK.finditer(text)]
    if not starts:
        return text, []
    blocks = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    kept: list[tuple[str, dict[str, object]]] = []
    gone: list[tuple[str, dict[str, object]]] = []
    for block in blocks:
        source = _tables(block)[0]
        (gone if _is_example(folder, source) else kept).append((block, source))
    if not gone:
        return text, []
    head = text[: starts[0]]
    names = [" ".join(filter(None, (str(source["file"]), str(source.get("sheet", ""))))) for _, source in gone]
    return head + "".join(block for block, _ in kept), names


def _is_example(folder: Path, source: dict[str, object]) -> bool:
    file, sheet = str(source.get("file", "")), source.get("sheet")
    path = folder / file
    if file not in starter_names() or not path.is_file():
        return False
    sheets = (str(sheet),) if sheet is not None else ()
    try:
        grids = read_grids(path, file, sheets=sheets).grids
    except SourceError:
        return False
    return all(is_all_examples(cells for _, cells in grid.rows) for grid in grids)


def write_change(change: Change) -> list[str]:
    """Write a change into the workspace and return the lists of `init` that were taken out.

    Files from elsewhere are copied into the workspace. All is written, or nothing.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder = change.folder
    text, gone = without_examples(folder) if (folder / SETTINGS_NAME).is_file() else (_head(change), [])
    if gone:
        text = _without_invented_settings(text, change)
    blocks = [source_entry(addition, answers) for addition, answers in change.added]
    files: dict[Path, bytes | Path] = {}
    if change.platform is not None:
        name, rows = _platform_file(change)
        files[folder / name] = rows
        blocks.insert(0, f'[[source]]\nfile = {_quoted(name)}\nkind = "platforms"\n')
    for addition, _ in change.added:
        target = folder / addition.file
        if addition.path.resolve() != target.resolve():
            files[target] = addition.path
    files[folder / SETTINGS_NAME] = "\n".join([text.rstrip("\n"), "", *blocks]).encode()
    write_files(files)
    return gone


def _without_invented_settings(text: str, change: Change) -> str:
    """Return settings whose title and areas are no longer those of the examples."""
    title, areas = change.title or change.folder.resolve().name, _list(change.areas)
    text = re.sub(r'^title\s*=\s*"架空.*$', lambda _: f"title = {_quoted(title)}", text, count=1, flags=re.MULTILINE)
    line = f"areas = {areas}\n" if change.areas else ""
    return re.sub(r"^areas\s*=.*\n", lambda _: line, text, count=1, flags=re.MULTILINE)


def free_names(additions: Sequence[Addition], folder: Path) -> list[Addition]:
    """Return the additions so that no two, and no other file of the workspace, have one name."""
    taken: dict[str, Path] = {}
    named = []
    for addition in additions:
        target, number = addition.file, 1
        while taken.get(target, addition.path) != addition.path or _is_other(folder / target, addition.path):
            number += 1
            target = f"{Path(addition.file).stem}-{number}{Path(addition.file).suffix}"
        taken[target] = addition.path
        named.append(replace(addition, file=target))
    return named


def _is_other(target: Path, path: Path) -> bool:
    if not target.exists() or target.resolve() == path.resolve():
        return False
    return target.read_bytes() != path.read_bytes()


def _head(change: Change) -> str:
    day = change.as_of or max((said.as_of for _, said in change.added if said.as_of is not None), default=None)
    day = day or date.today()
    scope = f"areas = {_list(change.areas)}\n" if change.areas else ""
    title = change.title or change.folder.resolve().name
    return f'[workspace]\ntitle = {_quoted(title)}\nas_of = {day.isoformat()}\n\n[scope]\n{scope}fields = "hyogo"\n'


def _platform_file(change: Change) -> tuple[str, bytes]:
    """Return name and content of a list of platforms that holds the one that was given."""
    name = "platforms.csv"
    number = 1
    while (change.folder / name).exists():
        number += 1
        name = f"platforms-{number}.csv"
    reach = "、".join(change.areas)
    rows = f"プラットフォーム名,対象区域\r\n{_cell(change.platform or '')},{_cell(reach)}\r\n"
    return name, f"\ufeff{rows}".encode()


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\n') else text


def _settings(folder: Path) -> str:
    path = folder / SETTINGS_NAME
    return read_text(path, SETTINGS_NAME)[0].text.replace("\r\n", "\n") if path.is_file() else ""


def _tables(text: str) -> list[dict[str, object]]:
    found = parse_toml(text, SETTINGS_NAME).get("source", [])
    return list(found) if isinstance(found, list) else []


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
