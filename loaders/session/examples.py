"""The invented rows that `tsunagari init` writes: they build as they are, and never stand among real rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from tsunagari.loaders.issues.issues import Issue, make_issue
from tsunagari.loaders.session.drafts import SourceFile
from tsunagari.loaders.tables.row import Row
from tsunagari.loaders.workspace.starter import starter_names, starter_rows

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
    made = [file for file in files if file.source.file in starter_names() and file.kind.name != _PLATFORMS]
    found = {id(file): _examples(file.table.rows[:_LOOKED_AT]) for file in made}
    if not any(found.values()) or not _has_own_rows(files):
        return []
    issues = []
    for file in made:
        numbers = found[id(file)]
        if numbers:
            file.table.rows = [row for row in file.table.rows if row.number not in numbers]
            if not file.table.is_companion:
                listed, sheet = "、".join(map(str, sorted(numbers))), file.table.sheet
                place = {"file": file.file, "sheet": sheet, "value": listed}
                issues.append(make_issue("example-rows", row=min(numbers), count=len(numbers), **place))
    return issues


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


def _examples(rows: Iterable[Row]) -> set[int]:
    """Return the numbers of the rows that say nothing but what an invented row says, a made-up name at least."""
    found = set()
    for row in rows:
        texts = {*row.cells.values(), *row.party.values()}
        names = [row.cells[name] for name in _NAMES if name in row.cells]
        if any(_INVENTED in name for name in names) and any(texts <= example for example in _texts()):
            found.add(row.number)
    return found


@cache
def _texts() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(filter(None, row)) for _, row in starter_rows())


@cache
def _names() -> frozenset[str]:
    """Return what the invented rows name: bodies, services and the ends of ties."""
    return frozenset(text for _, row in starter_rows() for text in row if text)
