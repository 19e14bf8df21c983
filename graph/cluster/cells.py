"""Coverage of an export, its table, roll-ups and losses: what the views give, in the words of the array code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from tsunagari.errors import Message
from tsunagari.graph.cluster.layout import PUBLIC
from tsunagari.graph.cluster.table_reader import TableReader
from tsunagari.graph.coverage import (
    SHOWN_STATUSES,
    STATUSES,
    ClosedList,
    Coverage,
    Names,
    Need,
    Offers,
    Surroundings,
    area_group,
    check_area_group,
    check_edition,
    coverage_table,
    relation,
)
from tsunagari.graph.facts import area_name, prefecture_name
from tsunagari.graph.wording import STATUS_LABELS, frame_columns
from tsunagari.ontology.municipalities import NATION_CODE
from tsunagari.ontology.namespaces import local_name

PLANNED_STEP = 9


@dataclass(frozen=True, slots=True)
class Question:
    """What a question about cells is about.

    Parameters
    ----------
    areas, fields
        Codes of municipalities and IRIs of fields.
    day
        ISO date, None for every time.
    indicator
        IRI of the indicator of need, None for none.
    lang
        ``"ja"`` or ``"en"``.
    """

    areas: Sequence[str]
    fields: Sequence[str]
    day: str | None
    indicator: str | None
    lang: str

    @classmethod
    def of(
        cls,
        tables: TableReader,
        areas: Iterable[str] | None,
        fields: Iterable[str] | None,
        day: str | None,
        need: str | None,
        lang: str,
    ) -> Question:
        """Return the question that names and codes mean.

        Raises
        ------
        StoreError
            A public edition does not tell of this day or of one of the municipalities.
        """
        codes, layout = tables.areas(areas), tables.tables.layout
        if layout.edition == PUBLIC:
            check_edition(layout.as_of, day, sorted(set(codes) - set(tables.areas(None))))
        return cls(codes, tables.field_ids(fields), day, tables.indicator(need, lang), lang)

    @property
    def asked(self) -> dict[str, Any]:
        """What the views read of it."""
        return {"day": self.day, "lang": self.lang, "indicator": self.indicator}


def table_coverage(tables: TableReader, question: Question) -> tuple[Coverage, Mapping[str, pa.Table]]:
    """Return the coverage of an export as `tsunagari.graph.coverage.read_coverage` does, and the rows it is made of."""
    views = ("cells", "stating", "partnerships")
    parts = tables.ask(views[0], also=views[1:], asked=question.asked, areas=question.areas, fields=question.fields)
    rows = dict(zip(views, parts, strict=True))
    cells, shape = rows["cells"], (len(question.areas), len(question.fields))
    number = _integers(cells, "area") * max(shape[1], 1) + _integers(cells, "field")
    order = np.argsort(number)

    def table(name: str, kind: Any = np.int32) -> npt.NDArray[Any]:
        return _values(cells, name)[order].astype(kind).reshape(shape)

    found = rows["stating"]
    bodies = found.column("body").combine_chunks().dictionary_encode()
    names = np.array(bodies.dictionary.to_pylist(), dtype=object)
    ids = np.sort(names)
    places = (
        np.searchsorted(ids, names)[bodies.indices.to_numpy()].astype(np.int32)
        if len(names)
        else _integers(found, "step")
    )
    cell = _integers(found, "area") * max(shape[1], 1) + _integers(found, "field")
    step = _integers(found, "step")
    size = (shape[0] * shape[1], len(ids))
    local, wide, planned = (
        relation(cell[mask].astype(np.int32), places[mask].astype(np.int32), size)
        for mask in (step == 0, (step > 0) & (step < PLANNED_STEP), step == PLANNED_STEP)
    )
    statuses = {name: place for place, name in enumerate(SHOWN_STATUSES)}
    status = np.array([statuses[name] for name in cells.column("status").to_pylist()], dtype=np.int8)[order]
    need = table("need", np.float64)[:, 0] if shape[1] else np.zeros(shape[0])
    coverage = Coverage(
        tuple(question.areas),
        tuple(question.fields),
        tuple(ids.tolist()),
        local,
        wide,
        planned,
        status.reshape(shape),
        need,
        table("severity", np.float64).round(6),
        table("connected", np.bool_),
        table("partnership"),
        table("adjacent", np.float64),
        table("closed"),
        _closed_lists(tables, question.lang),
        np.zeros((shape[0], 0), dtype=np.int32),
        Offers.of([]),
    )
    return coverage, rows


def gap_frame(tables: TableReader, question: Question) -> pd.DataFrame:
    """Return the table of gaps of an export, equal to `tsunagari.graph.coverage.covered_table`."""
    coverage, rows = table_coverage(tables, question)
    named = tables.names(coverage.organization_ids, question.lang)
    stated, texts = _stated(tables, coverage, rows["stating"], question.lang)
    names = Names(
        [area_name(code) for code in question.areas],
        [prefecture_name(code) for code in question.areas],
        [tables.fields[iri].text(question.lang) for iri in question.fields],
        [named.get(iri, iri) for iri in coverage.organization_ids],
        lambda numbers: [texts[number] for number in numbers.tolist()],
        _need_name(tables, question),
    )
    around = Surroundings(_partnerships(rows["partnerships"]), _platforms(tables, question))
    return coverage_table(coverage, names, around, stated=stated, lang=question.lang)


def rollup_frame(tables: TableReader, question: Question, by: str, *, broader: bool = False) -> pd.DataFrame:
    """Return the coverage put together, equal to `tsunagari.graph.coverage.read_rollup`."""
    check_area_group(by)
    number = {code: place for place, code in enumerate(question.areas)}
    if by == "partnership":
        (rows,) = tables.ask("partnerships", asked=question.asked, areas=question.areas, fields=question.fields)
        pairs = sorted((iri, code) for iri, codes in _partnerships(rows).items() for code in codes if code in number)
    else:
        pairs = sorted((area_group(by, code), code) for code in question.areas)
    tops = _tops(tables) if broader else {iri: [(iri, tables.fields[iri])] for iri in question.fields}
    below = sorted((top, place) for place, iri in enumerate(question.fields) for top, _ in tops[iri])
    given = {
        "area_groups": _pairs("area_group", "area", [(group, number[code]) for group, code in pairs]),
        "field_groups": _pairs("field_group", "field", below),
    }
    (found,) = tables.ask("rollup", asked=question.asked, areas=question.areas, fields=question.fields, given=given)
    lang = question.lang
    groups = sorted({group for group, _ in pairs})
    named = tables.names(groups, lang) if by == "partnership" else {}
    nation = Message("全国", "Japan").text(lang)
    labels = {group: named.get(group) or (nation if group == NATION_CODE else area_name(group)) for group in groups}
    fields = {top: label.text(lang) for found in tops.values() for top, label in found}
    rows = sorted(found.to_pylist(), key=lambda row: (row["area_group"], row["field_group"]))

    def column(name: str, kind: Any = object) -> npt.NDArray[Any]:
        return np.array([row[name] for row in rows], dtype=kind)

    values: dict[str, Any] = {
        "area": np.array([labels[row["area_group"]] for row in rows], dtype=object),
        "area_id": column("area_group"),
        "field": np.array([fields[row["field_group"]] for row in rows], dtype=object),
        "field_id": column("field_group"),
        "status": column("status"),
        "status_label": np.array([STATUS_LABELS[row["status"]].text(lang) for row in rows], dtype=object),
        "local": column("here", np.int64),
        **{name: column(name, np.float64) for name in ("need", "need_without_local")},
        **{name: column(name, np.int64) for name in ("wide", "planned", "municipalities", *STATUSES)},
    }
    return pd.DataFrame({name: values[name] for name in frame_columns("rollup")})


def loss_frame(tables: TableReader, question: Question) -> pd.DataFrame:
    """Return what the support of municipalities would lose without each organisation, the greatest loss first.

    Returns
    -------
    DataFrame
        ``organization``, ``organization_id``, ``sole_provider``, ``to_nobody``, ``to_wide_only``, ``to_single`` and
        ``severity_lost``, as `tsunagari.graph.remedies.loss_table` has them; only organisations that something is lost
        without.
    """
    (found,) = tables.ask("loss_sums", asked=question.asked, areas=question.areas, fields=question.fields)
    ids = found.column("body").to_pylist()
    named = tables.names(ids, question.lang)
    counts = {name: _integers(found, name) for name in ("to_nobody", "to_wide_only", "to_single")}
    values: dict[str, Any] = {
        "organization": np.array([named.get(iri, iri) for iri in ids], dtype=object),
        "organization_id": np.array(ids, dtype=object),
        "sole_provider": counts["to_nobody"] > 0,
        **counts,
        "severity_lost": _values(found, "severity_lost").round(6),
    }
    table = pd.DataFrame({name: values[name] for name in frame_columns("losses") if name in values})
    keys = ["severity_lost", "organization", "organization_id"]
    return table.sort_values(keys, ascending=[False, True, True], ignore_index=True)


def loss_rows(tables: TableReader, question: Question) -> pd.DataFrame:
    """Return the cells that are lost without each organisation, row by row.

    Returns
    -------
    DataFrame
        ``organization``, ``organization_id``, ``item`` and ``item_id`` (municipality and field), ``before``, ``after``
        and ``severity`` that is added, sorted by organisation and cell: what
        `tsunagari.graph.remedies.coverage_loss.cell_losses` gives.
    """
    (found,) = tables.ask("losses", asked=question.asked, areas=question.areas, fields=question.fields)
    lang = question.lang
    table = found.to_pandas()
    table = table.sort_values(["body", "area", "field"], ignore_index=True)
    named = tables.names(table["body"].unique().tolist(), lang)
    areas, fields = table["area"].tolist(), table["field"].tolist()
    between = "の" if lang != "en" else ": "
    labels = [tables.fields[iri].text(lang) for iri in question.fields]
    columns = {
        "organization": [named.get(iri, iri) for iri in table["body"]],
        "organization_id": table["body"].tolist(),
        "item": [f"{area_name(question.areas[a])}{between}{labels[f]}" for a, f in zip(areas, fields, strict=True)],
        "item_id": [
            f"{question.areas[a]} {local_name(question.fields[f])}" for a, f in zip(areas, fields, strict=True)
        ],
        "before": table["before"].tolist(),
        "after": table["after"].tolist(),
        "severity": table["severity"].astype(np.float64).round(6).tolist(),
    }
    return pd.DataFrame(columns)


def _integers(table: pa.Table, name: str) -> npt.NDArray[np.int64]:
    return np.asarray(table.column(name).cast(pa.int64()).to_numpy(), dtype=np.int64)


def _values(table: pa.Table, name: str) -> npt.NDArray[Any]:
    column = table.column(name)
    if pa.types.is_boolean(column.type):
        return np.asarray(column.to_numpy(zero_copy_only=False))
    return np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)


def _pairs(left: str, right: str, rows: Sequence[tuple[str, int]]) -> pa.Table:
    return pa.table(
        {left: pa.array([one for one, _ in rows], pa.string()), right: pa.array([two for _, two in rows], pa.int64())}
    )


def _partnerships(rows: pa.Table) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows.to_pylist():
        found.setdefault(row["partnership"], set()).add(row["unit"])
    return {iri: frozenset(codes) for iri, codes in found.items()}


def _closed_lists(tables: TableReader, lang: str) -> tuple[ClosedList, ...]:
    rows = tables.engine.rows("SELECT * FROM closed_lists ORDER BY number").to_pylist()
    return tuple(
        ClosedList(
            row[f"name_{lang}"],
            row["unit"],
            row["field"],
            includes_parts=row["includes_parts"],
            found=row["found"],
            as_of=row["as_of"],
            evidence=row[f"evidence_{lang}"],
            ground=row["ground"],
            begins=row["begins"],
            ends=row["ends"],
        )
        for row in rows
    )


def _platforms(tables: TableReader, question: Question) -> Mapping[str, Sequence[str]]:
    """Return the names of the platforms that reach each unit, in the order of their IRIs."""
    (rows,) = tables.ask("platforms", asked=question.asked)
    found: dict[str, list[str]] = {}
    for row in sorted(rows.to_pylist(), key=lambda row: (row["id"], row["unit"])):
        found.setdefault(row["unit"], []).append(row[f"name_{question.lang}"])
    return found


def _need_name(tables: TableReader, question: Question) -> str:
    if question.indicator is None:
        return ""
    (rows,) = tables.ask("values_of_need", asked=question.asked)
    days = tuple(sorted({row["day"] for row in rows.to_pylist() if row["day"]}))
    label = tables.words("indicator")[question.indicator].text(question.lang)
    return Need(question.indicator, label, {}, days).text(question.lang)


def _tops(tables: TableReader) -> Mapping[str, list[tuple[str, Message]]]:
    rows = tables.engine.rows("SELECT DISTINCT field, broadest, broadest_ja, broadest_en FROM fields").to_pylist()
    found: dict[str, list[tuple[str, Message]]] = {}
    for row in rows:
        found.setdefault(row["field"], []).append((row["broadest"], Message(row["broadest_ja"], row["broadest_en"])))
    return found


def _stated(
    tables: TableReader, coverage: Coverage, rows: pa.Table, lang: str
) -> tuple[tuple[npt.NDArray[np.int32], ...], list[str]]:
    """Return for each entry of the three matrices the number of the text that tells what states it; and the texts."""
    ids = [text.split(" ", 2)[2] for text in rows.column("stated").to_pylist()]
    unique = sorted(set(ids))
    tables.engine.give("wanted", pa.table({"id": pa.array(unique, pa.string())}))
    text = f"SELECT t.id, min(t.stated_{lang}) AS said FROM things t JOIN wanted w ON w.id = t.id GROUP BY t.id"  # noqa: S608
    said = {row["id"]: row["said"] or "" for row in tables.engine.rows(text).to_pylist()}
    numbers = {iri: number for number, iri in enumerate(unique)}
    bodies = {iri: place for place, iri in enumerate(coverage.organization_ids)}
    cell = _integers(rows, "area") * max(len(coverage.field_ids), 1) + _integers(rows, "field")
    body = np.array([bodies[iri] for iri in rows.column("body").to_pylist()], dtype=np.int64)
    step, number = _integers(rows, "step"), np.array([numbers[iri] for iri in ids], dtype=np.int32)
    order = np.lexsort((body, cell))
    masks = (step == 0, (step > 0) & (step < PLANNED_STEP), step == PLANNED_STEP)
    return tuple(number[order][mask[order]] for mask in masks), [said.get(iri, "") for iri in unique]
