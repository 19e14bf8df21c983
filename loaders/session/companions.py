"""Tables that a table brings along: contacts, and from a member list roles and who takes part in which body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tsunagari.loaders.files import Spool
from tsunagari.loaders.identity import PUBLISHABLE, SourceFile
from tsunagari.loaders.tables import BODIES, CONTACTS, NO, ROLES, Row, Table, row_spool
from tsunagari.loaders.values import CellError, parse_boolean
from tsunagari.loaders.workspace import KINDS, Kind, Source
from tsunagari.ontology.spelling import spelling_key
from tsunagari.ontology.vocabulary import Vocabulary

_ROLE, _BODY = f"{ROLES}.role", f"{BODIES}.organization"
_OF, _SERVICES = "contact_of", "services"
PARTICIPANT = "role/participant"
# What tells one organisation from another of its name, and so has to come along.
_IDENTITY = ("corporate_number", "lg_code", "legal_form", "municipality")
_WITH_ROLE = re.compile(r"(.+?)\s*[（(]([^（(）)]+)[）)]")
_BETWEEN = re.compile(r"\s*[、,，;；|｜/／\n]\s*")


def companion_tables(table: Table, kind: Kind, source: Source, vocabulary: Vocabulary) -> Iterator[tuple[Kind, Table]]:
    """Yield kind and table of what the rows say beside themselves.

    A role is one in the platform of the list. A body (分科会) is declared; who takes part in it has that role there, or
    the known one that stands in brackets behind its name: 居場所分科会（幹事）.
    Telephone, fax and mail are those of an office of the organisation that the row is about; in a list of services the
    service is that office.

    Parameters
    ----------
    table
        The table with what was found beside its rows.
    kind
        What its rows are.
    source
        The settings, which name the platform.
    vocabulary
        The ontology, which knows the roles.
    """
    roles = row_spool()
    for row, texts in table.beside:
        roles += (_row(row, role=text) for text in _BETWEEN.split(texts.get(_ROLE, "")) if _says(text))
    bodies: dict[str, Row] = {}
    for row, texts in table.beside:
        for text in filter(_says, _BETWEEN.split(texts.get(_BODY, ""))):
            name, role = _body_and_role(text, vocabulary)
            declared = {"pref_label": name, "sub_organization_of": source.platform or ""} | _answer(row)
            if name not in bodies or (_is_open(row) and not _is_open(bodies[name])):
                bodies[name] = Row(row.number, declared, {})
            roles.append(_row(row, role=role, organization=name))
    if bodies:
        yield KINDS[BODIES], _table(table, list(bodies.values()), {"pref_label": _BODY})
    if roles:
        yield KINDS[ROLES], _table(table, roles, {"role": _ROLE, "organization": _BODY, "member": "member"})
    contacts = row_spool()
    contacts += _contacts(table, kind)
    if contacts:
        headers = [key.partition(".") for key in table.headers]
        wanted = {name: f"{owner}.{name}" for owner, _, name in headers if owner == CONTACTS} | {
            _OF: _name_column(kind)
        }
        yield replace(KINDS[CONTACTS], party=_OF, creates=(_OF,)), _table(table, contacts, wanted)


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


def _contacts(table: Table, kind: Kind) -> Iterator[Row]:
    """Yield one row for each row that says how an office is reached."""
    for row, texts in table.beside:
        reached = {key.partition(".")[2]: text for key, text in texts.items() if key.startswith(f"{CONTACTS}.")}
        reached = {name: text for name, text in reached.items() if _says(text)}
        if reached:
            contact = _contact(row, kind)
            contact.cells |= reached
            if _OF in contact.cells or contact.party:
                yield contact


def _contact(row: Row, kind: Kind) -> Row:
    described = row.party if kind.party else row.cells
    name = row.cells.get(_name_column(kind))
    party = {name: described[name] for name in _IDENTITY if name in described}
    cells = ({} if name is None else {_OF: name}) | _answer(row)
    if kind.name == _SERVICES and "pref_label" in row.cells:
        cells["department"] = row.cells["pref_label"]
    return Row(row.number, cells, party, row.prefecture)


def _name_column(kind: Kind) -> str:
    return kind.party or "pref_label"


def _row(row: Row, **cells: str) -> Row:
    given = {name: row.cells[name] for name in ("member", "organization") if name in row.cells}
    party = {name: row.party[name] for name in _IDENTITY if name in row.party}
    return Row(row.number, given | cells | _answer(row), party, row.prefecture)


def _is_open(row: Row) -> bool:
    """Tell whether the row may be made public, as far as it says."""
    try:
        return parse_boolean(row.cells.get(PUBLISHABLE, ""))
    except CellError:
        return PUBLISHABLE not in row.cells


def _answer(row: Row) -> dict[str, str]:
    """Return whether the row may be made public, so that what it says beside itself goes where it goes."""
    return {PUBLISHABLE: row.cells[PUBLISHABLE]} if PUBLISHABLE in row.cells else {}


def _body_and_role(text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Part the role in brackets from the name; brackets with anything else, such as a district, belong to the name."""
    found = _WITH_ROLE.fullmatch(text)
    if found is None or vocabulary.concept("role", found[2]) is None:
        return text, PARTICIPANT
    return found[1], found[2]


def _says(text: str) -> bool:
    return bool(text) and text not in NO


def _table(table: Table, rows: list[Row] | Spool[Row], keys: dict[str, str]) -> Table:
    wanted = {**keys, PUBLISHABLE: PUBLISHABLE}
    headers = {column: table.headers[key] for column, key in wanted.items() if key in table.headers}
    return Table(rows, headers, sheet=table.sheet, header_rows=table.header_rows, is_companion=True)
