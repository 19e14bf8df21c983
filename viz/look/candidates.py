"""Who could fill the gaps and without whom something would be lost, for every page and sheet that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsunagari.graph.remedies import name_candidates

if TYPE_CHECKING:
    import pandas as pd


def candidates_of(gaps: pd.DataFrame, remedies: pd.DataFrame) -> pd.DataFrame:
    """Return `gaps` with who could fill them, and the path and the broker of the first of these."""
    named = gaps.copy()
    name_candidates(named, remedies)
    first = remedies.drop_duplicates(["area_code", "field_id"]).set_index(["area_code", "field_id"])
    cells = list(zip(named["area_code"].tolist(), named["field_id"].tolist(), strict=True))
    for column, nothing in (("path", []), ("broker", "")):
        found = first[column].to_dict()
        named[column] = [found.get(cell, nothing) for cell in cells]
    return named


def felt_losses(losses: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the losses of organisations without which anything would be lost."""
    counted = losses[["severity_lost", "platforms_split", "dependents"]].gt(0).any(axis="columns")
    return losses[counted | losses["is_cut_point"]]
