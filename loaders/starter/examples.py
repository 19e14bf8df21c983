"""The invented rows that `tsunagari init` writes: they build as they are, and never stand among real rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from tsunagari.loaders.identity import SourceFile
from tsunagari.loaders.issues import Issue, make_issue
from tsunagari.loaders.starter.starter import starter_names, starter_rows
from tsunagari.loaders.tables import Row
from tsunagari.ontology.spelling import spelling_key

_LOOKED_AT = 200  # rows of a list that was made by writing over the examples
_NAMES = ("pref_label", "member", "tie_from", "tie_to", "provided_by")
_PLATFORMS = "platforms"  # whose row the settings name, so that its user writes over it
_INVENTED = "架空"


def drop_examples(files: Sequence[SourceFile]) -> list[Issue]:
    """Take the invented rows out of lists that `init` wrote once any list has a row of its own; each list is told once.

    A workspace of nothing but these rows stays as it is, and so does a row that was changed.

    Parameters
    ----------
    files
        The lists; their rows are changed in place.
    """
    made = [file for file in files if file.source.file in starter_names()]
    lists = [file for file in made if file.kind.name != _PLATFORMS]
    platforms = [(file, _examples(file.table.rows[:_LOOKED_AT])) for file in made if file.kind.name == _PLATFORMS]
    is_untouched = any(numbers for _, numbers in platforms)
    found = [(file, _examples(file.table.rows[:_LOOKED_AT], whole=is_untouched)) for file in lists]
    if not any(numbers for _, numbers in (*found, *platforms)) or not _has_own_rows(files):
        return []
    issues = [issue for file, numbers in found if (issue := _take_out(file, numbers)) is not None]
    for file, numbers in platforms:
        named = [row for row in file.table.rows if row.number in numbers and _is_named(row, files)]
        issues += [_example_platform(file, row) for row in named]
        issue = _take_out(file, numbers - {row.number for row in named})
        issues += [] if issue is None else [issue]
    return issues


def _take_out(file: SourceFile, numbers: set[int]) -> Issue | None:
    """Leave rows of a list out and return what is to be said of it; nothing where another table tells it."""
    if not numbers:
        return None
    file.table.rows = [row for row in file.table.rows if row.number not in numbers]
    if file.table.is_companion:
        return None
    listed, sheet = "、".join(map(str, sorted(numbers))), file.table.sheet
    place = {"file": file.file, "sheet": sheet, "value": listed}
    return make_issue("example-rows", row=min(numbers), count=len(numbers), **place)


def _example_platform(file: SourceFile, row: Row) -> Issue:
    name = row.cells.get("pref_label")
    return make_issue("example-platform", file=file.file, sheet=file.table.sheet, row=row.number, value=name)


def _is_named(platform: Row, files: Sequence[SourceFile]) -> bool:
    """Tell whether rows that are left belong to an invented platform."""
    names = {spelling_key(text) for text in map(platform.cells.get, ("id", "pref_label")) if text}
    return any(
        spelling_key(file.source.platform or "") in names
        or any(spelling_key(row.cells.get("organization", "")) in names for row in file.table.rows[:_LOOKED_AT])
        for file in files
        if len(file.table.rows) and file.kind.name != _PLATFORMS
    )


def is_all_examples(rows: Iterable[Sequence[str]]) -> bool:
    """Tell whether the filled rows of a sheet or file are a header and invented rows, and nothing else."""
    filled = [tuple(filter(None, cells)) for cells in rows if any(cells)]
    examples = {tuple(filter(None, row)) for _, row in starter_rows()}
    return bool(filled) and all(row in examples for row in filled[1:])


def _has_own_rows(files: Sequence[SourceFile]) -> bool:
    """Tell whether any list names something that the examples do not."""
    known = _names()
    return any(
        not known.issuperset(row.cells[name] for name in _NAMES if name in row.cells)
        or (file.source.file not in starter_names() and len(row.cells) > 0)
        for file in files
        if not file.table.is_companion
        for row in file.table.rows[:_LOOKED_AT]
    )


def _examples(rows: Iterable[Row], *, whole: bool = False) -> set[int]:
    """Return the numbers of the rows that say nothing but what an invented row says, a made-up name at least.

    Parameters
    ----------
    rows
        The rows.
    whole
        Whether a row without a made-up name is one of them when it says all that an invented row says.
    """
    found = set()
    for row in rows:
        texts = {*row.cells.values(), *row.party.values()}
        names = [row.cells[name] for name in _NAMES if name in row.cells]
        is_invented = any(_INVENTED in name for name in names)
        if (is_invented and any(texts <= example for example in _texts())) or (whole and texts in _members()):
            found.add(row.number)
    return found


@cache
def _members() -> tuple[set[str], ...]:
    """Return what invented rows that name real municipalities say in the columns that a list of members is read by."""
    rows = (set(filter(None, row)) for _, row in starter_rows())
    return tuple(row for row in rows if not any(_INVENTED in text for text in row))


@cache
def _texts() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(filter(None, row)) for _, row in starter_rows())


@cache
def _names() -> frozenset[str]:
    """Return what the invented rows name: bodies, services and the ends of ties."""
    return frozenset(text for _, row in starter_rows() for text in row if text)
