"""What is shown of the candidates for gaps: names, reasons, paths and evidence of these and of no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from tsunagari.graph.columns import Codes
from tsunagari.graph.coverage import SHOWN_STATUSES, Coverage, Relation, cell_order, places_of
from tsunagari.graph.facts import area_name, field_names, prefecture_name, stated_names, stated_places, unit_name
from tsunagari.graph.measures import UNREACHED, Floats, Integers
from tsunagari.graph.remedies.connections import Connections, supporting
from tsunagari.graph.remedies.remedy_ranking import Candidates, Ground, kilometres
from tsunagari.graph.wording import STATUS_LABELS, Grounds, frame_columns, reasons_phrase, remedy_sentence

COLUMNS = frame_columns("remedies")


@dataclass(frozen=True)
class ShownRemedies:
    """What is shown of the candidates: names, reasons, paths and evidence of these and of no others."""

    connections: Connections
    coverage: Coverage
    ground: Ground
    found: Candidates
    lang: str

    def table(self, wanted: Any, told: int | None = None) -> pd.DataFrame:
        """Return one row a candidate, and one a cell without any; of the first `told` candidates all that is known."""
        found, fields = self.found, len(self.coverage.field_ids)
        own = found.area * fields + found.field
        alone = np.setdiff1d(np.flatnonzero(wanted.ravel()), own)
        cells = np.concatenate((own, alone))
        turn = np.argsort(cell_order(self.coverage))
        order = np.lexsort((np.concatenate((found.rank, np.zeros(len(alone), dtype=np.int64))), turn[cells]))
        named = order < len(own)
        first = np.sort(order if told is None else order[np.cumsum(named) - named < told])
        rows = first[first < len(own)]
        columns = self._cells(cells) | {
            name: [*values, *empty * len(alone)] for name, (values, empty) in self._names_of()
        }
        for name, (values, empty) in replace(self, found=found.part(rows))._rows():
            column = np.array([*empty, None], dtype=object)[np.zeros(len(cells), dtype=np.int64)]
            column[rows] = _objects(values)
            columns[name] = column
        table = pd.DataFrame(columns)
        table["sentence"] = ""
        table.loc[first, "sentence"] = self._sentences(table.iloc[first])
        typed = {"rank": "Int64", "hops": "Int64", "distance_km": "Float64"}
        return table[list(COLUMNS)].astype(typed).iloc[order].reset_index(drop=True)

    def _cells(self, cells: Integers) -> dict[str, Any]:
        area, field = np.divmod(cells, max(len(self.coverage.field_ids), 1))
        status = self.coverage.status.ravel()[cells]
        labels = [STATUS_LABELS[name].text(self.lang) for name in SHOWN_STATUSES]
        return {
            "area": _pick(self._area_names, area),
            "area_code": _pick(self.coverage.area_codes, area),
            "prefecture": _pick([prefecture_name(code) for code in self.coverage.area_codes], area),
            "field": _pick(field_names(self.connections.columns, self.coverage.field_ids, self.lang), field),
            "field_id": _pick(self.coverage.field_ids, field),
            "status": _pick(SHOWN_STATUSES, status),
            "status_label": _pick(labels, status),
            "severity": self.coverage.severity.ravel()[cells],
        }

    def _names_of(self) -> list[tuple[str, tuple[Sequence[Any], list[Any]]]]:
        """Return the columns that name a candidate, the path and whom to ask, and what stands where there is none."""
        found = self.found
        brokers = [path[1] if len(path) > 1 else -1 for path in found.paths]
        names, ids = [*self._names, ""], [*self._ids, ""]
        return [
            ("rank", (found.rank.tolist(), [None])),
            ("candidate", ([names[body] for body in found.body.tolist()], [""])),
            ("candidate_id", ([ids[body] for body in found.body.tolist()], [""])),
            ("path", ([[names[body] for body in path[::-1]] for path in found.paths], [[]])),
            ("broker", ([names[body] for body in brokers], [""])),
            ("broker_id", ([ids[body] for body in brokers], [""])),
        ]

    def _rows(self) -> list[tuple[str, tuple[Sequence[Any], list[Any]]]]:
        """Return the columns that say why and what states the path, and what stands where there is no candidate."""
        found = self.found
        paths = [path[::-1] for path in found.paths]
        ids = self._ids
        offers_in, evidence = self._offers()
        return [
            ("reasons", (self._reasons(), [""])),
            ("offers_in", (offers_in, [[]])),
            ("evidence", (evidence, [[]])),
            ("hops", ([None if steps == UNREACHED else steps for steps in found.hops.tolist()], [None])),
            ("path_ids", ([[ids[body] for body in path] for path in paths], [[]])),
            ("path_evidence", (self._path_evidence(paths), [[]])),
            ("distance_km", ([None if np.isnan(km) else round(km, 1) for km in self._distances.tolist()], [None])),
        ]

    @cached_property
    def _names(self) -> list[str]:
        return self.connections.names(self.lang)

    @cached_property
    def _ids(self) -> list[str]:
        return self.connections.columns.text(self.connections.codes)

    @cached_property
    def _area_names(self) -> list[str]:
        return [area_name(code) for code in self.coverage.area_codes]

    @cached_property
    def _distances(self) -> Floats:
        return kilometres(self.ground.positions[self.found.area], self.ground.homes[self.found.body])

    @cached_property
    def _cells_of_rows(self) -> Integers:
        return self.found.area * len(self.coverage.field_ids) + self.found.field

    @cached_property
    def _plans(self) -> Any:
        """Tell of each candidate whether it plans to offer the field there."""
        return _contains(self.ground.planned, self._cells_of_rows, self.found.body)

    def _reasons(self) -> list[str]:
        found, ground = self.found, self.ground
        wide = supporting(self.connections, self.coverage, self.coverage.wide)
        covers = _contains(wide, self._cells_of_rows, found.body)
        near = ground.home_prefectures[found.body] == ground.prefectures[found.area]
        marks = (
            found.works,
            covers,
            found.partnership,
            self._platforms(),
            found.hops,
            self._distances,
            near,
            self._plans,
        )
        return [
            reasons_phrase(
                self._area_names[area],
                Grounds(
                    works,
                    wide,
                    partnership,
                    platform,
                    None if hops == UNREACHED else hops,
                    None if np.isnan(distance) else distance,
                    prefecture,
                    planned,
                ),
                lang=self.lang,
            )
            for area, works, wide, partnership, platform, hops, distance, prefecture, planned in zip(
                found.area.tolist(), *(mark if isinstance(mark, list) else mark.tolist() for mark in marks), strict=True
            )
        ]

    def _platforms(self) -> list[str]:
        """Return the name of the smallest platform that each candidate shares with somebody there, empty for none."""
        members, there = self.connections.memberships, self.ground.present @ self.connections.memberships
        names = self.connections.columns.labels(self.connections.platforms, self.lang)
        sizes = np.bincount(members.indices, minlength=members.shape[1])
        local = [set(there.indices[start:end].tolist()) for start, end in pairwise(there.indptr.tolist())]
        found = []
        for area, body, shares in zip(
            self.found.area.tolist(), self.found.body.tolist(), self.found.platform.tolist(), strict=True
        ):
            theirs = members.indices[members.indptr[body] : members.indptr[body + 1]].tolist() if shares else []
            common = [place for place in theirs if place in local[area]]
            found.append(names[min(common, key=lambda place: (sizes[place], place))] if common else "")
        return found

    def _path_evidence(self, paths: list[list[int]]) -> list[list[str]]:
        """Return where each step of each path is stated."""
        steps = [step for path in paths for step in pairwise(path)]
        size = len(self.connections)
        ends = np.array(steps, dtype=np.int64).reshape(-1, 2)
        keys, inverse = np.unique(ends.min(axis=1) * size + ends.max(axis=1), return_inverse=True)
        starts, codes = self.connections.stating(keys // max(size, 1), keys % max(size, 1))
        unique, places = np.unique(codes, return_inverse=True)
        words = stated_places(self.connections.reader, unique, lang=self.lang)
        texts = [words[place] for place in places.tolist()]
        stated = ["; ".join(dict.fromkeys(filter(None, texts[start:end]))) for start, end in pairwise(starts.tolist())]
        said = iter(inverse.tolist())
        names = self._names
        return [
            [f"{names[one]} – {names[other]}: {stated[next(said)]}" for one, other in pairwise(path)] for path in paths
        ]

    def _offers(self) -> tuple[list[list[str]], list[list[str]]]:
        """Return where each candidate offers the field now or plans to, and where that is stated."""
        offers = self.coverage.offers
        there = self.connections.numbers(offers.codes)[offers.organization]
        size = len(self.connections)
        fields = places_of(offers.field_ids, self.coverage.field_ids)[offers.field]
        keys = (fields.astype(np.int64) * size + there) * 2 + offers.planned
        order = np.lexsort((offers.unit, keys))
        keys, units, stated = keys[order], offers.unit[order], offers.stated[order]
        asked: Integers = (self.found.field * size + self.found.body) * 2 + self._plans
        wanted, inverse = np.unique(asked, return_inverse=True)
        first, last = np.searchsorted(keys, wanted), np.searchsorted(keys, wanted, side="right")
        names = [unit_name(self.connections.columns, unit, self.lang) for unit in offers.units]
        cited = self._cite(stated, first, last)
        where = [
            list(dict.fromkeys(names[unit] for unit in units[start:end].tolist()))
            for start, end in zip(first.tolist(), last.tolist(), strict=True)
        ]
        return [where[place] for place in inverse.tolist()], [cited[place] for place in inverse.tolist()]

    def _cite(self, stated: Codes, first: npt.NDArray[Any], last: npt.NDArray[Any]) -> list[list[str]]:
        """Return names and places of what states each stretch of offers, each once."""
        slices = [np.unique(stated[start:end]) for start, end in zip(first.tolist(), last.tolist(), strict=True)]
        codes = np.concatenate(slices) if slices else stated[:0]
        texts = stated_names(self.connections.reader, codes, lang=self.lang)
        ends = np.cumsum([0, *map(len, slices)]).tolist()
        return [texts[start:end] for start, end in pairwise(ends)]

    def _sentences(self, table: pd.DataFrame) -> list[str]:
        columns = ("area", "field", "status", "candidate", "reasons", "broker")
        return [
            remedy_sentence(area, field, status, candidate, reasons, broker=broker, lang=self.lang)
            for area, field, status, candidate, reasons, broker in zip(*(table[name] for name in columns), strict=True)
        ]


def _objects(values: Sequence[Any]) -> npt.NDArray[np.object_]:
    """Return values, lists among them, as an array of objects."""
    return np.fromiter(values, dtype=object, count=len(values))


def _pick(texts: Sequence[str], places: npt.NDArray[Any]) -> Any:
    return np.array([*texts, ""], dtype=object)[places]


def _contains(matrix: Relation, rows: Integers, columns: Integers) -> Any:
    """Tell of pairs of row and column whether they are in a sparse matrix of truths."""
    width = matrix.shape[1]
    keys = np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr)) * width + matrix.indices
    return np.isin(rows * width + columns, keys)
