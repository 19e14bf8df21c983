"""The tables of the map page: which columns, what they are called, and what one row selects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tsunagari.graph.wording import heading, page_columns
from tsunagari.ontology.namespaces import ID
from tsunagari.ontology.vocabulary import vocabulary
from tsunagari.viz.look.cells import plain
from tsunagari.viz.map.columns import decode_column, encode_table, frame_columns, number_keys

TOLD_ROWS = 5_000
"""Of more gaps the most serious so many keep their sentence and evidence, to keep the page small."""
ON_SCREEN = frozenset({"sentence", "settle"})
"""Columns that are not printed, as in the workbook: they make rows a page tall."""
BORROWED = {"organization": "label", "name": "label", "reading": "reading"}
"""Columns that say what the node of the row says anyway."""


def gaps_table(gaps: pd.DataFrame, lang: str) -> dict[str, Any]:
    """Return the gaps, the most serious first; a row opens its cell."""
    shown = page_columns("gaps")
    kept = gaps
    if len(gaps) > TOLD_ROWS:
        nothing = {"sentence": "", "settle": "", "evidence": []}
        told = {name: [*gaps[name][:TOLD_ROWS], *[less] * (len(gaps) - TOLD_ROWS)] for name, less in nothing.items()}
        kept = gaps.assign(**told)
    hidden = ("status", "area_code", "field_id", "local", "wide", "partnership", "planned", "connected", "evidence")
    extra: dict[str, list[Any]] = frame_columns(kept, hidden)
    is_shown = (kept["status"] != "withheld").tolist()  # of other cells the page cannot tell what a loss would change
    listed = zip(kept["provider_ids"], is_shown, strict=True)
    keys = [[iri.removeprefix(ID) for iri in iris if shows] for iris, shows in listed]
    near = kept["local"].tolist()  # those in the municipality itself come first
    extra["local_keys"] = [found[:count] for found, count in zip(keys, near, strict=True)]
    extra["wide_keys"] = [found[count:] for found, count in zip(keys, near, strict=True)]
    return _table(kept, shown, lang, extra)


def brokers_table(brokers: pd.DataFrame, lang: str) -> dict[str, Any]:
    """Return the brokers by rank; a row selects its organisation."""
    shown = page_columns("brokers")
    return _table(brokers, shown, lang, _keys(brokers))


def organizations_table(organizations: pd.DataFrame, lang: str) -> dict[str, Any]:
    """Return the organisations; a row selects one."""
    shown = page_columns("organizations")
    # A prefecture is its own municipality in the data; as a place inside itself it would only be read twice.
    inside = organizations["municipality"].where(organizations["municipality"] != organizations["prefecture"], "")
    return _table(organizations.assign(municipality=inside), shown, lang, _keys(organizations))


def memberships_table(memberships: pd.DataFrame, lang: str) -> dict[str, Any]:
    """Return the memberships; a row selects the member."""
    shown = page_columns("memberships")
    named = memberships.assign(status=[claim_names(lang).get(name, name) for name in memberships["status"]])
    return _table(named, shown, lang, _keys(memberships))


def claim_names(lang: str) -> dict[str, str]:
    """Return the claim statuses by notation, in the words of their scheme."""
    claims = vocabulary().schemes["claim-status"].concepts
    return {claim.notation: claim.labels.get(lang, claim.labels["ja"]) for claim in claims}


def borrow(table: dict[str, Any], nodes: Mapping[str, list[Any]]) -> None:
    """Leave out of a table what the page knows from the nodes of its rows, say so in ``borrowed``, and number its keys.

    Parameters
    ----------
    table
        As the other functions of this module return it; changed.
    nodes
        Columns of the nodes: ``key``, ``label``, ``reading``.

    Examples
    --------
    >>> table = {"rows": encode_table({"key": ["a"], "name": ["会"], "reading": ["べつ"]})}
    >>> borrow(table, {"key": ["a"], "label": ["会"], "reading": ["かい"]})
    >>> sorted(table["rows"]), table["borrowed"]
    (['key', 'reading'], {'name': 'label'})
    """
    place = {key: number for number, key in enumerate(nodes["key"])}
    rows = table["rows"]
    borrowed: dict[str, str] = {}
    keys = decode_column(rows["key"]) if "key" in rows else []
    if keys and all(key in place for key in keys):
        for column, field in BORROWED.items():
            if column in rows and decode_column(rows[column]) == [nodes[field][place[key]] for key in keys]:
                borrowed[column] = field
    elif "local_keys" in rows and "providers" in rows:
        named = zip(decode_column(rows["local_keys"]), decode_column(rows["wide_keys"]), strict=True)
        known = [[nodes["label"][place[key]] for key in (*near, *far) if key in place] for near, far in named]
        if known == decode_column(rows["providers"]):
            borrowed["providers"] = "providers"
    for column in borrowed:
        del rows[column]
    number_keys(rows, place)
    table["borrowed"] = borrowed


def _keys(frame: pd.DataFrame) -> dict[str, list[Any]]:
    return {"key": [iri.removeprefix(ID) for iri in frame["organization_id"]]}


def _table(frame: pd.DataFrame, shown: Mapping[str, str], lang: str, extra: dict[str, list[Any]]) -> dict[str, Any]:
    """Return columns (name, label, type) and rows; a column that is empty throughout is not shown."""
    columns = frame_columns(frame, list(shown))
    filled = {name: values for name, values in columns.items() if any(_says_something(value) for value in values)}
    return {
        "columns": [
            {"name": name, "label": heading(name, lang), "type": shown[name], "printed": name not in ON_SCREEN}
            for name in filled
        ],
        "rows": encode_table(columns | extra),
    }


def _says_something(value: Any) -> bool:
    return bool(value) if value.__class__ is str else plain(value) not in (None, "", [])
