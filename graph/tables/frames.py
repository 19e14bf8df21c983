"""Tables of the graph: organisations, memberships, services, ties and areas as pandas data frames.

Dates are ISO text, so that imprecise and missing ones sort and compare without surprises. ``status`` is the notation of
the claim status; ``validity`` says whether the row holds on the day asked for (see `tsunagari.graph.columns.validity`).
Lists such as the fields of an organisation are Python lists. Rows are sorted by the identifiers in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.facts import Reader
from tsunagari.graph.tables.frame_tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: dict[str, tuple[str, ...]] = {
    "organizations": (
        "organization_id",
        "name",
        "reading",
        "class",
        "sector",
        "sector_label",
        "legal_form",
        "municipality",
        "municipality_code",
        "prefecture",
        "fields",
        "stated_size",
        "status",
        "class_label",
        "corporate_number",
        "aliases",
        "validity",
        "source",
        "target_group",
        "description",
    ),
    "platforms": (
        "platform_id",
        "platform",
        "reading",
        "class",
        "class_label",
        "kind",
        "part_of",
        "scope_level",
        "host",
        "reach",
        "reach_codes",
        "list_completeness",
        "status",
        "validity",
        "source",
    ),
    "memberships": (
        "organization_id",
        "organization",
        "platform_id",
        "platform",
        "member_class",
        "role",
        "status",
        "valid_from",
        "valid_to",
        "as_of",
        "source",
        "kind",
        "member_class_id",
        "role_id",
        "validity",
        "membership_id",
    ),
    "services": (
        "service_id",
        "service",
        "provider_id",
        "provider",
        "field",
        "area",
        "channel",
        "status",
        "field_id",
        "area_id",
        "area_code",
        "target_group",
        "life_stage",
        "valid_from",
        "valid_to",
        "as_of",
        "validity",
        "source",
    ),
    "ties": (
        "from_id",
        "from",
        "to_id",
        "to",
        "kind",
        "directed",
        "strength",
        "status",
        "valid_from",
        "valid_to",
        "source",
        "kind_label",
        "as_of",
        "validity",
        "tie_id",
    ),
    "areas": ("area_code", "name", "reading", "prefecture", "kind", "latitude", "longitude", "area_id"),
    "needs": (
        "area_code",
        "area",
        "prefecture",
        "indicator",
        "value",
        "unit",
        "as_of",
        "indicator_id",
        "area_id",
        "status",
        "validity",
        "source",
        "need_id",
    ),
}
TYPES: Mapping[str, Any] = {"stated_size": "Int64", "strength": "float64", "directed": "bool"}


def frame(reader: Reader, name: str, *, at: str | None = None, every: bool = False, lang: str = "ja") -> pd.DataFrame:
    """Return one of the tables of `COLUMNS`.

    Parameters
    ----------
    reader
        The graph.
    name
        Name of the table.
    at
        ISO date: only rows that hold on it, ``validity`` certain or possible. None gives the rows of every time, with
        an empty ``validity``.
    every
        Also give the rows that do not hold on the day, with the ``validity`` no.
    lang
        Language of names and labels.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS` in that order; without rows when the graph says nothing.

    Raises
    ------
    UnknownNameError
        There is no table of that name.
    """
    import pandas as pd

    if name not in TABLES:
        raise UnknownNameError(
            Message(f"「{name}」という表はありません。", f"There is no table {name!r}."),
            Message(f"次から選んでください: {', '.join(TABLES)}", f"Choose one of: {', '.join(TABLES)}"),
        )
    values = TABLES[name](reader.columns, at, every, lang)
    table = pd.DataFrame({column: values[column] for column in COLUMNS[name]}, dtype=object)
    for column, kind in TYPES.items():
        if column in table:
            table[column] = table[column].astype(kind)
    return table
