"""Tables that a table brings along: from a member list the roles, and who takes part in which body of the platform."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tsunagari.loaders.drafts import SourceFile
from tsunagari.loaders.headers import BODIES, ROLES
from tsunagari.loaders.matrices import NO
from tsunagari.loaders.settings import Source
from tsunagari.loaders.tables import Row, Table
from tsunagari.ontology.spelling import spelling_key
from tsunagari.ontology.vocabulary import Vocabulary

PARTICIPANT = "role/participant"
# What tells one organisation from another of its name, and so has to come along.
_IDENTITY = ("corporate_number", "lg_code", "legal_form", "municipality")
_WITH_ROLE = re.compile(r"(.+?)\s*[（(]([^（(）)]+)[）)]")
_BETWEEN = re.compile(r"\s*[、,，;；|｜/／\n]\s*")


def companion_tables(table: Table, source: Source, vocabulary: Vocabulary) -> Iterator[tuple[str, Table]]:
    """Yield kind and table of what the rows say beside themselves.

    A role is one in the platform of the list. A body (分科会) is declared; who takes part in it has that role there, or
    the known one that stands in brackets behind its name: 居場所分科会（幹事）.

    Parameters
    ----------
    table
        The table with what was found beside its rows.
    source
        The settings, which name the platform.
    vocabulary
        The ontology, which knows the roles.
    """
    cells = table.beside.get(ROLES, ())
    roles = [_row(row, role=text) for row, cell in cells for text in _BETWEEN.split(cell) if _says(text)]
    bodies: dict[str, Row] = {}
    for row, cell in table.beside.get(BODIES, ()):
        for text in filter(_says, _BETWEEN.split(cell)):
            name, role = _body_and_role(text, vocabulary)
            declared = {"pref_label": name, "sub_organization_of": source.platform or ""}
            bodies.setdefault(name, Row(row.number, declared, {}))
            roles.append(_row(row, role=role, organization=name))
    if bodies:
        yield BODIES, _table(table, list(bodies.values()), {"pref_label": f"{BODIES}.organization"})
    if roles:
        wanted = {"role": f"{ROLES}.role", "organization": f"{BODIES}.organization", "member": "member"}
        yield ROLES, _table(table, roles, wanted)


def without_known_bodies(files: list[SourceFile]) -> list[SourceFile]:
    """Return the files, those of bodies that only member lists name without what lists of bodies declare."""
    lists = [file for file in files if file.kind.name == BODIES]
    known = {
        spelling_key(row.cells.get(column, ""))
        for file in lists
        if not file.table.is_companion
        for row in file.table.rows
        for column in ("id", "pref_label", "alt_label")
    }
    for file in lists:
        if file.table.is_companion:
            file.table.rows = [row for row in file.table.rows if spelling_key(row.cells["pref_label"]) not in known]
    return files


def _row(row: Row, **cells: str) -> Row:
    given = {name: row.cells[name] for name in ("member", "organization") if name in row.cells}
    party = {name: row.party[name] for name in _IDENTITY if name in row.party}
    return Row(row.number, given | cells, party, row.prefecture)


def _body_and_role(text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Part the role in brackets from the name; brackets with anything else, such as a district, belong to the name."""
    found = _WITH_ROLE.fullmatch(text)
    if found is None or vocabulary.concept("role", found[2]) is None:
        return text, PARTICIPANT
    return found[1], found[2]


def _says(text: str) -> bool:
    return bool(text) and text not in NO


def _table(table: Table, rows: list[Row], keys: dict[str, str]) -> Table:
    headers = {column: table.headers[key] for column, key in keys.items() if key in table.headers}
    return Table(rows, headers, sheet=table.sheet, header_rows=table.header_rows, is_companion=True)
