"""Indicators of need as statistical tables write them: what a header names, and a cell as a row of ``needs``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tsunagari.loaders.adapters.findings import Findings
from tsunagari.loaders.adapters.places.listed_areas import name_issue
from tsunagari.loaders.tables import Row
from tsunagari.loaders.values import NoQuantityError, parse_quantity
from tsunagari.loaders.workspace import KINDS
from tsunagari.ontology.area_changes import area_changes, present_place
from tsunagari.ontology.concepts import Concept
from tsunagari.ontology.spelling import fold_text
from tsunagari.ontology.vocabulary import Vocabulary

KIND = KINDS["needs"]
SCHEME = "need-indicators"
_UNIT = re.compile(r"[(\[【](?P<unit>[^()\[\]【】]*)[)\]】]\s*$")
_YEAR = re.compile(r"(?:(?:19|20)\d{2}|(?:昭和|平成|令和|[SHR])(?:元|\d{1,2}))\s*年度?|(?:19|20)\d{2}(?!\d)")
_ITEM_CODE = re.compile(r"^[A-Z]?\d{3,}[_ ]")
_NO_NUMBER = {"absent": "need-absent", "secret": "need-secret", "unknown": "need-unknown", "unreadable": "bad-decimal"}


@dataclass(frozen=True, slots=True)
class NamedIndicator:
    """An indicator as a header names it, with the unit and the year that stand beside its name; empty where none do."""

    concept: Concept
    unit: str
    year: str


def named_indicator(vocabulary: Vocabulary, header: str, name: str = "") -> NamedIndicator | None:
    """Return the indicator that a header names, or that the settings give it; None when it names none.

    Parameters
    ----------
    vocabulary
        The ontology with the indicators of the workspace.
    header
        A header such as 人口（人） or 令和2年人口, or an item such as A1101_総人口（人）.
    name
        What the settings call it; empty when they do not.
    """
    text = _ITEM_CODE.sub("", fold_text(header))
    unit, year = _UNIT.search(text), _YEAR.search(text)
    bare = _YEAR.sub("", _UNIT.sub("", text)).strip(" _-・:の")
    for words in (name, text, bare):
        concept = vocabulary.concept(SCHEME, words) if words else None
        if concept is not None:
            return NamedIndicator(
                concept, unit["unit"] if unit is not None else "", year[0] if year is not None else ""
            )
    return None


def unit_of(header: str) -> str:
    """Return the unit in brackets at the end of a header; empty without one."""
    found = _UNIT.search(fold_text(header))
    return found["unit"] if found is not None else ""


@dataclass(frozen=True, slots=True)
class NeedCell:
    """One cell of a statistical table on its way to a row.

    Parameters
    ----------
    row, header, text
        Where it is, and what it holds.
    area, indicator, unit, as_of
        What it speaks of; empty where nothing says it.
    prefecture
        Name of a prefecture that tells areas of one name apart; None without one.
    """

    row: int
    header: str
    text: str
    area: str
    indicator: str
    unit: str = ""
    as_of: str = ""
    prefecture: str | None = None


def need_row(cell: NeedCell, findings: Findings) -> Row | None:
    """Return the row that a cell gives; None when it holds no number, which is told."""
    try:
        quantity = parse_quantity(cell.text, unit=cell.unit)
    except NoQuantityError as error:
        findings.say(_NO_NUMBER[error.reason], cell.row, column=cell.header, value=cell.text)
        return None
    if quantity.is_approximate:
        read = f"{quantity.value.normalize():f}"
        findings.say("approximate-value", cell.row, column=cell.header, value=cell.text, read=read)
    cells = {
        "area": cell.area,
        "indicator": cell.indicator,
        "value": format(quantity.value, "f"),
        "unit": quantity.unit,
        "as_of": cell.as_of,
    }
    return Row(cell.row, {name: text for name, text in cells.items() if text}, {}, cell.prefecture)


class AreaNames:
    """The names that stand beside the codes of areas: they are not read, but have to be those of the codes.

    Parameters
    ----------
    findings
        Where a name goes that is another area's.
    header
        Header of the column of names.
    """

    def __init__(self, findings: Findings, header: str) -> None:
        self._findings = findings
        self._header = header
        self._known: set[tuple[str, str]] = set()

    def check(self, number: int, code: str, name: str) -> None:
        """Tell the name in a row, once for each, when it is another one than that of the area of the code."""
        if not code or not name or (code, name) in self._known:
            return
        place, findings = present_place(code[:5]), self._findings
        told = (
            []
            if place is None or area_changes().by_name(name)
            else name_issue(place, name, findings.file, number, column=self._header, sheet=findings.sheet)
        )
        self._known.add((code, name))
        findings.issues += told
