"""Who stands where in a network of an export: contacts, roles beside chance, structural holes, and the ties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.cluster.table_reader import TableReader
from tsunagari.graph.facts import AREA, place_of
from tsunagari.graph.measures import ROLES
from tsunagari.graph.networks import CLOSE_GROUP, NO_GROUP
from tsunagari.graph.wording import frame_columns

TABLE_NETWORKS = ("collaboration", "ties", "comembers", "members")
DIVISIONS = ("sector", "class", "municipality", "prefecture")
SCORES = (*ROLES, "brokerage")
COUNTS = ("degree", *SCORES)
MEASURES = ("constraint", "effective_size", *(f"{kind}_{name}" for kind in ("expected", "z") for name in SCORES))
ON_ONE_MACHINE = Message(
    "媒介中心性・切断点・順位の幅・無作為なネットワークとの比較は、--engine なしの 1 台の計算だけで出します。",
    "Betweenness, cut points, intervals of ranks and random networks are computed on one machine, without --engine.",
)


def network_question(network: str, group: str = DIVISIONS[0], *, day: str | None, lang: str) -> dict[str, Any]:
    """Return what the views read of a question about a network.

    Raises
    ------
    UnknownNameError
        There is no such network or division in the SQL text.

    Examples
    --------
    >>> network_question("collaboration", day=None, lang="ja")["largest"]
    50
    """
    for given, known in ((network, TABLE_NETWORKS), (group, DIVISIONS)):
        if given not in known:
            raise UnknownNameError(
                Message(f"--engine では「{given}」を使えません。", f"{given!r} cannot be had with an engine."),
                Message(f"使えるもの: {', '.join(known)}", f"Choose one of: {', '.join(known)}"),
            )
    largest = CLOSE_GROUP if network == "collaboration" else None
    return {"day": day, "lang": lang, "network": network, "largest": largest, "split_by": group}


def broker_frame(tables: TableReader, asked: Mapping[str, Any]) -> pd.DataFrame:
    """Return the columns of `tsunagari.graph.centre.broker_table` that need no path and no draw.

    Returns
    -------
    DataFrame
        One row an organisation: name and IRI, group, contacts, constraint and effective size, the five roles with what
        chance would give and z. Sorted by brokerage (descending), constraint (ascending) and name; those without
        contacts come last.
    """
    (found,) = tables.ask("brokers", asked=asked)
    ids = found.column("id").to_pylist()
    named = tables.names(ids, str(asked["lang"]))
    groups = _labels(tables, asked)
    values: dict[str, Any] = {
        "organization": np.array([named.get(iri, iri) for iri in ids], dtype=object),
        "organization_id": np.array(ids, dtype=object),
        "group": np.array([groups(part) for part in found.column("part").to_pylist()], dtype=object),
        **{name: _numbers(found, name).astype(np.int64) for name in COUNTS},
        **{name: _numbers(found, "constrained" if name == "constraint" else name) for name in MEASURES},
    }
    table = pd.DataFrame({name: values[name] for name in frame_columns("brokers") if name in values})
    table = table.assign(alone=table["degree"] == 0, tightness=table["constraint"].round(12))
    keys = ["alone", "brokerage", "tightness", "organization", "organization_id"]
    table = table.sort_values(keys, ascending=[True, False, True, True, True], ignore_index=True)
    return table.drop(columns=["alone", "tightness"])


def tie_frame(tables: TableReader, asked: Mapping[str, Any]) -> pd.DataFrame:
    """Return the ties of a network: ``source``, ``target`` and ``weight``, each direction once, sorted by the ends."""
    (found,) = tables.ask("arcs", asked=asked)
    rows = sorted((row["source"], row["target"], float(row["weight"])) for row in found.to_pylist())
    return pd.DataFrame(rows, columns=["source", "target", "weight"]).astype({"weight": np.float64})


def _numbers(table: pa.Table, name: str) -> npt.NDArray[np.float64]:
    return np.asarray(table.column(name).cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)


def _labels(tables: TableReader, asked: Mapping[str, Any]) -> Any:
    """Return what a group is called."""
    lang, division = str(asked["lang"]), asked["split_by"]
    unknown = NO_GROUP.text(lang)
    if division in ("sector", "class"):
        words = tables.words(division)
        return lambda part: words[part].text(lang) if part in words else part or unknown
    if division == "municipality":
        return lambda part: place_of(f"{AREA}{part}").name or part or unknown
    return lambda part: place_of(f"{AREA}{part}000").name or unknown if part else unknown
