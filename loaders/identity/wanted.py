"""What the lists of a workspace say of organisations, for registers too large to be taken over whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tsunagari.loaders.areas import Areas
from tsunagari.loaders.tables import Row, Table
from tsunagari.loaders.values import LEGAL_FORMS, CellError, name_keys, parse_corporate_number
from tsunagari.loaders.workspace import Kind
from tsunagari.ontology.municipalities import city_code, municipality_table
from tsunagari.ontology.spelling import spelling_key

NameAndForm = tuple[str, str | None]


@dataclass(slots=True)
class Wanted:
    """Organisations that rows speak of.

    Parameters
    ----------
    numbers
        Corporate numbers.
    names
        Code of a municipality, or of a prefecture where the row tells no more, to core names with their legal form.
    """

    numbers: set[str] = field(default_factory=set)
    names: dict[str, set[NameAndForm]] = field(default_factory=dict)


def read_wanted(tables: Iterable[tuple[Kind, Table]]) -> Wanted:
    """Return what the rows of the tables mention."""
    found, areas = Wanted(), Areas()
    for kind, table in tables:
        columns = ("pref_label",) if kind.segment == "org" else kind.creates
        for row in table.rows if columns else ():
            for column in columns:
                described = row.cells if kind.segment == "org" else row.party if column == kind.party else {}
                _read_row(found, areas, row, row.cells.get(column, ""), described)
    return found


def _read_row(found: Wanted, areas: Areas, row: Row, name: str, described: dict[str, str]) -> None:
    number = described.get("corporate_number") or (name if name[:1].isdigit() else "")
    if number:
        try:
            found.numbers.add(parse_corporate_number(number))
        except CellError:
            pass  # reported when the row itself is read
        else:
            return
    code = _place_of(areas, row, described) if name else None
    if code is not None:
        keys = name_keys(name)
        form = described.get("legal_form", "")
        found.names.setdefault(code, set()).add((keys.core, LEGAL_FORMS.get(spelling_key(form), keys.legal_form)))


def _place_of(areas: Areas, row: Row, described: dict[str, str]) -> str | None:
    text = described.get("municipality") or described.get("lg_code")
    if text:
        try:
            return city_code(areas.place(text, row.prefecture).code5)
        except CellError:
            return None
    places = municipality_table().by_name(row.prefecture) if row.prefecture else []
    return places[0].code5 if places and places[0].kind == "prefecture" else None
