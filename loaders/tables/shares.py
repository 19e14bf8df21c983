"""Shares in a list of indicators: one scale a column. What does not fit is asked about with the values shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tsunagari.loaders.issues import Issue, make_issue
from tsunagari.loaders.tables.row import Row
from tsunagari.ontology.vocabulary import Vocabulary

SCHEME = "need-indicators"
_SHARE = re.compile(r"(?:率|割合|比率|シェア|rate|share|ratio)$", re.IGNORECASE)
_PERCENT = frozenset({"%", "％", "パーセント", "percent"})
_DIFFERENCE = re.compile("増減|増加|減少|変化|差|収支|change|difference|balance", re.IGNORECASE)
_SHOWN = 8
_LEAST = 3  # shares above 1 % that tell the scale of a column


@dataclass(frozen=True, slots=True)
class _Share:
    row: Row
    value: Decimal
    is_marked: bool  # the cell or its header says %


def hold_shares(
    rows: Iterable[Row], vocabulary: Vocabulary, issues: list[Issue], place: Mapping[str, Any]
) -> list[Row]:
    """Return the rows of indicators whose numbers can be read, shares as percent.

    A share above 100 or below 0 is left out, and so is any other number below 0 unless the indicator is a difference.
    Where a column has numbers above 1, one of at most 1 that no % marks may be of either scale and is left out, and
    where most are so the others as well; one in percent is left out where it is a tenth of the others at most and would
    be like them as a fraction. A column of nothing but such numbers is one of fractions.

    Parameters
    ----------
    rows
        Rows with ``indicator``, ``value`` and, where one is known, ``unit``.
    vocabulary
        The ontology, which knows the indicators.
    issues, place
        Where goes what was left out, and the file and sheet.
    """
    kept = list(rows)
    lost = _below_zero(kept, vocabulary, issues, place)
    shares: dict[str, list[_Share]] = {}
    for row in kept:
        share = _share_of(row, vocabulary)
        if share is not None:
            shares.setdefault(row.cells["indicator"], []).append(share)
    for indicator, column in shares.items():
        lost |= _hold_column(column, _name(indicator, vocabulary), issues, place)
    return [row for row in kept if id(row) not in lost] if lost else kept


def _below_zero(rows: Iterable[Row], vocabulary: Vocabulary, issues: list[Issue], place: Mapping[str, Any]) -> set[int]:
    """Return the rows with a number below 0 of what is counted: ▲ is also a mark for something else."""
    lost = set()
    for row in rows:
        text = row.cells.get("value", "")
        if not text.startswith("-") or Decimal(text) == 0 or _share_of(row, vocabulary) is not None:
            continue
        name = _name(row.cells.get("indicator", ""), vocabulary)
        if _DIFFERENCE.search(name) is None:
            issues.append(make_issue("negative-count", **place, row=row.number, column=name, value=text))
            lost.add(id(row))
    return lost


def _share_of(row: Row, vocabulary: Vocabulary) -> _Share | None:
    unit = row.cells.get("unit", "")
    text = row.cells.get("value")
    if text is None or (unit not in _PERCENT and (unit or not is_share(row.cells.get("indicator", ""), vocabulary))):
        return None
    return _Share(row, Decimal(text), unit in _PERCENT)


def is_share(indicator: str, vocabulary: Vocabulary) -> bool:
    """Tell whether an indicator is a share by its name."""
    concept = vocabulary.concept(SCHEME, indicator) if indicator else None
    names = concept.words if concept is not None else (indicator,)
    return any(_SHARE.search(name) for name in names)


def _name(indicator: str, vocabulary: Vocabulary) -> str:
    concept = vocabulary.concept(SCHEME, indicator)
    return concept.labels.get("ja", indicator) if concept is not None else indicator


def _hold_column(column: Sequence[_Share], name: str, issues: list[Issue], place: Mapping[str, Any]) -> set[int]:
    outside = [share for share in column if not 0 <= share.value <= 100]
    inside = [share for share in column if 0 <= share.value <= 100]
    small = [share for share in inside if not share.is_marked and 0 < share.value <= 1]
    is_mixed = any(share.value > 1 or share.is_marked for share in inside)
    unsure = (small if is_mixed else []) + _odd_percents(inside)
    large = [share for share in inside if not share.is_marked and share.value > 1]
    if is_mixed and len(small) > len(large):
        unsure += large
    for code, found in (("share-outside", outside), ("two-scales", unsure)):
        if found:
            shown = "、".join(_written(share) for share in column[:_SHOWN]) + ("…" if len(column) > _SHOWN else "")
            for share in found:
                at = {**place, "row": share.row.number, "column": name, "value": _written(share)}
                issues.append(make_issue(code, **at, shown=shown))
    if small and not is_mixed:
        issues.append(make_issue("fractions-read", **place, column=name, count=len(small)))
        for share in small:
            share.row.cells["value"] = format(share.value * 100, "f")
    for share in inside:
        share.row.cells["unit"] = "%"
    return {id(share.row) for share in (*outside, *unsure)}


def _odd_percents(inside: Sequence[_Share]) -> list[_Share]:
    """Return the shares in percent that are far below all others and, as fractions, would be like them."""
    others = [share.value for share in inside if share.value > 1]
    if len(others) < _LEAST:
        return []
    low, high = min(others), max(others)
    marked = (share for share in inside if share.is_marked and 0 < share.value <= 1)
    return [share for share in marked if 10 * share.value <= low and low / 2 <= 100 * share.value <= 2 * high]


def _written(share: _Share) -> str:
    return f"{share.value.normalize():f}{'%' if share.is_marked else ''}"
