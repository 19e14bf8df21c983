"""The coverage of a graph as users have it: every cell with its status, and who could fill the gaps."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from tsunagari.graph.coverage import covered_table, with_statuses
from tsunagari.graph.facts import Reader, Scope
from tsunagari.graph.inference import RecordErrors
from tsunagari.graph.remedies.remedies import remedy_table


def gap_table(
    reader: Reader,
    *,
    scope: Scope | None = None,
    areas: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    statuses: Collection[str] | None = None,
    at: str | None = None,
    need: str | None = None,
    candidates: int = 0,
    errors: RecordErrors | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return the status of every municipality and field of the scope, the most serious first.

    The table is kept by the reader: gaps, map and report of one scope, day and need make it once.

    Parameters
    ----------
    reader
        The graph.
    scope
        The workspace's settings.
    areas, fields, at, need, errors, lang
        See `tsunagari.graph.coverage.covered_table`.
    statuses
        Statuses of the rows; None takes every one.
    candidates
        How many of those who could fill a gap each row names at most; 0 leaves them out.

    Returns
    -------
    DataFrame
        See `tsunagari.graph.coverage.covered_table`. With `candidates` there are also ``candidates`` and
        ``candidate_ids`` (lists, the best first, empty where nobody is known and where there is no gap) and ``remedy``
        (a sentence about the first of them), see `tsunagari.graph.remedies.remedy_table`.

    Raises
    ------
    UnknownNameError
        An area, a field, a status, the scheme of fields or the indicator is not known.
    NetworkError
        The number of candidates is negative.
    """
    wanted = [names if names is None or isinstance(names, str) else tuple(names) for names in (areas, fields)]
    table, coverage = reader.kept.get(
        ("gaps", scope, *wanted, at, need, errors, lang),
        lambda: covered_table(
            reader, scope=scope, areas=wanted[0], fields=wanted[1], at=at, need=need, errors=errors, lang=lang
        ),
    )
    table = with_statuses(table.copy(), statuses)
    if candidates:
        name_candidates(table, remedy_table(reader, coverage, at=at, limit=candidates, lang=lang))
    return table


def name_candidates(table: pd.DataFrame, remedies: pd.DataFrame) -> None:
    """Add to the rows of gaps who could fill them: the columns that `gap_table` has with ``candidates``.

    Parameters
    ----------
    table
        Rows of `gap_table`; the columns are added to it.
    remedies
        Rows of `tsunagari.graph.remedies.remedy_table` for the same cells; a cell without any gets empty values.

    Examples
    --------
    >>> gaps = kg.gaps(["香美町"], ["フードバンク"])
    >>> name_candidates(gaps, kg.remedies(["香美町"], ["フードバンク"]))
    >>> gaps["candidates"][0]
    ['香美町', '鳥取市']
    """
    found: dict[tuple[str, str], tuple[list[str], list[str], str]] = {}
    columns = ("area_code", "field_id", "candidate", "candidate_id", "sentence")
    for area, field, name, iri, sentence in zip(*(remedies[column].tolist() for column in columns), strict=True):
        names, ids, _ = found.setdefault((area, field), ([], [], sentence))
        if iri:
            names.append(name)
            ids.append(iri)
    rows = [
        found.get(cell, ([], [], ""))
        for cell in zip(table["area_code"].tolist(), table["field_id"].tolist(), strict=True)
    ]
    for place, column in enumerate(("candidates", "candidate_ids", "remedy")):
        table[column] = [row[place] for row in rows]
