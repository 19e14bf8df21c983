"""Cells to values: numbers, days, addresses, telephones, names, places."""

from __future__ import annotations

from tsunagari.loaders.values.addresses import address_book, address_key, bare_address
from tsunagari.loaders.values.blanks import NOT_KNOWN, blank_meaning, says_nothing
from tsunagari.loaders.values.bodies import SIGNS, is_built_like_body, possible_parts, read_bodies
from tsunagari.loaders.values.cells import (
    CELL_LIMIT,
    HINTS,
    CellError,
    CellParser,
    is_plain,
    parse_boolean,
    parse_corporate_number,
    parse_lg_code,
    restored_code,
    split_cell,
    split_parts,
)
from tsunagari.loaders.values.code_columns import restore_codes
from tsunagari.loaders.values.dates import UnreadableDateError, calendar_day, parse_date
from tsunagari.loaders.values.evidence import read_evidence
from tsunagari.loaders.values.labels import bare_label
from tsunagari.loaders.values.lists import names_rest, replace_part
from tsunagari.loaders.values.names import (
    LEGAL_FORMS,
    are_alike,
    branch_of,
    clean_label,
    is_cleaner,
    is_other_branch,
    loose_key,
    name_keys,
    organization_key,
)
from tsunagari.loaders.values.periods import read_period, read_serial
from tsunagari.loaders.values.places import is_wider, place_by_call, read_places
from tsunagari.loaders.values.quantities import NoQuantityError, parse_quantity
from tsunagari.loaders.values.telephones import is_one_number, read_telephones

__all__ = [
    "CELL_LIMIT",
    "HINTS",
    "LEGAL_FORMS",
    "NOT_KNOWN",
    "SIGNS",
    "CellError",
    "CellParser",
    "NoQuantityError",
    "UnreadableDateError",
    "address_book",
    "address_key",
    "are_alike",
    "bare_address",
    "bare_label",
    "blank_meaning",
    "branch_of",
    "calendar_day",
    "clean_label",
    "is_built_like_body",
    "is_cleaner",
    "is_one_number",
    "is_other_branch",
    "is_plain",
    "is_wider",
    "loose_key",
    "name_keys",
    "names_rest",
    "organization_key",
    "parse_boolean",
    "parse_corporate_number",
    "parse_date",
    "parse_lg_code",
    "parse_quantity",
    "place_by_call",
    "possible_parts",
    "read_bodies",
    "read_evidence",
    "read_period",
    "read_places",
    "read_serial",
    "read_telephones",
    "replace_part",
    "restore_codes",
    "restored_code",
    "says_nothing",
    "split_cell",
    "split_parts",
]
