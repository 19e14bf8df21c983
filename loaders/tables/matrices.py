"""Tables that say something by a mark in a column: fields as columns with ○, and who works with whom as a square."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tsunagari.loaders.issues import Issue, make_issue, plain_names
from tsunagari.loaders.tables.header_rows import Header
from tsunagari.loaders.tables.header_text import shown_header
from tsunagari.loaders.tables.headers import HINTS, HeaderMap
from tsunagari.loaders.tables.mapped_columns import ConceptHeader, MappedColumn
from tsunagari.loaders.tables.survey import NO, YES, ColumnSurvey
from tsunagari.ontology.vocabulary import FIELDS


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A column whose marks say that its header is a value.

    Parameters
    ----------
    position, header
        Its place in the row, and its header as written.
    target
        The column that takes the value.
    value
        The concept in a spelling without separators.
    """

    position: int
    header: str
    target: MappedColumn
    value: str


def find_matrix(
    header: Header, survey: ColumnSurvey, header_map: HeaderMap, *, file: str, sheet: str | None
) -> tuple[list[MatrixColumn], list[Issue]]:
    """Return the columns of a matrix and what to say of marked columns whose header is no known concept.

    Where a header is a concept of several schemes and no heading above decides, the scheme that most of the headers
    belong to counts.
    """
    marked = [position for position, found in survey.columns.items() if header.stacks[position] and found.is_marked]
    choices = {position: header_map.concepts_of(header.stacks[position]) for position in marked}
    counts = Counter(choice.target.key for found in choices.values() for choice in found)
    columns: list[MatrixColumn] = []
    issues: list[Issue] = []
    for position in marked:
        shown = shown_header(header.stacks[position])
        if choices[position]:
            best = max(choices[position], key=lambda choice: counts[choice.target.key])
            columns.append(MatrixColumn(position, shown, best.target, _value(best)))
            continue
        scheme = _scheme_near(header, position, header_map)
        if scheme is not None and survey.columns[position].has_round:
            is_asked = len(issues) < HINTS
            nearest = header_map.nearest_concepts(scheme, header.stacks[position][-1]) if is_asked else plain_names(())
            place: dict[str, Any] = {"file": file, "sheet": sheet, "row": header.last, "column": shown, "value": shown}
            issues.append(make_issue("unknown-matrix-column", **place, nearest=nearest))
    return columns, issues


def marked_values(
    columns: Sequence[MatrixColumn], number: int, cells: Sequence[str], *, file: str, sheet: str | None
) -> tuple[dict[tuple[str, str], list[str]], list[Issue]]:
    """Return the values that a row marks, by owner and name of their column, and what to say of unclear marks."""
    values: dict[tuple[str, str], list[str]] = {}
    issues = []
    for column in columns:
        mark = cells[column.position] if column.position < len(cells) else ""
        place: dict[str, Any] = {"file": file, "sheet": sheet, "row": number, "column": column.header}
        if mark in YES:
            found = values.setdefault((column.target.owner, column.target.name), [])
            if found and column.target.column.single:
                issues.append(make_issue("several-marks", value=column.header, **place))
            else:
                found.append(column.value)
        elif mark and mark not in NO:
            issues.append(make_issue("unclear-mark", value=mark, **place))
    return values, issues


def _value(choice: ConceptHeader) -> str:
    return f"{choice.concept.scheme}/{choice.concept.notation}"


def _scheme_near(header: Header, position: int, header_map: HeaderMap) -> str | None:
    """The scheme a marked column was probably meant to be of: that of the heading above it, else fields."""
    for heading in reversed(header.stacks[position][:-1]):
        mapped = header_map.map_headers([heading])
        if mapped and mapped[0].column.scheme is not None:
            return mapped[0].column.scheme
    is_field_table = any(item.column.scheme == FIELDS for item in header_map.scheme_columns)
    return FIELDS if is_field_table else None
