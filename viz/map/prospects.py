"""Who could fill the gaps and what hangs on whom, as the map page carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tsunagari.ontology.namespaces import ID
from tsunagari.viz.look.candidates import felt_losses
from tsunagari.viz.map.columns import encode_table

if TYPE_CHECKING:
    import pandas as pd

MOST_GAPS = 12_000
"""Beyond so many gaps the less serious statuses are not looked into."""
MOST_ROWS = 6_000
"""Rows of candidates a page carries, those of the most serious gaps."""


def looked_into(gaps: pd.DataFrame) -> list[str]:
    """Return the statuses of the gaps for which a page names who could fill them, the most serious first.

    All of them where a page can hold it; else, in a large workspace, as many as stay below `MOST_GAPS` together.
    """
    counts = gaps["status"].value_counts()
    found: list[str] = []
    total = 0
    for status in ("none", "unknown", "wide_only", "single"):
        total += int(counts.get(status, 0))
        if total > MOST_GAPS and found:
            break
        found.append(status)
    return found


def remedies_data(remedies: pd.DataFrame) -> dict[str, Any]:
    """Return the candidates of each gap for a page, the most serious gap and the best candidate first.

    Bodies are named by the part of their IRI that tells them apart, so that the page finds its own nodes.
    """
    carried = remedies.head(MOST_ROWS)
    known = carried[carried["rank"].notna()]
    words = (
        "area_code",
        "field_id",
        "candidate",
        "reasons",
        "offers_in",
        "path",
        "path_evidence",
        "broker",
        "evidence",
    )
    columns: dict[str, list[Any]] = {name: known[name].tolist() for name in words}
    for name, ids in (("key", "candidate_id"), ("broker_key", "broker_id")):
        columns[name] = [str(iri or "").removeprefix(ID) for iri in known[ids]]
    columns["path_keys"] = [[iri.removeprefix(ID) for iri in path] for path in known["path_ids"]]
    return encode_table(columns)


def loss_sentences(losses: pd.DataFrame) -> dict[str, str]:
    """Return what would be lost without each organisation without which anything would, by the end of its IRI."""
    losing = felt_losses(losses)
    ids = (iri.removeprefix(ID) for iri in losing["organization_id"])
    return dict(zip(ids, losing["sentence"], strict=True))
