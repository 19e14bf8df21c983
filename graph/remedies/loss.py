"""What would be lost without each organisation: support, connections, platforms; all organisations at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from tsunagari.errors import Message
from tsunagari.graph.centre import defined_by
from tsunagari.graph.columns import Codes
from tsunagari.graph.coverage import NONE, SHOWN_STATUSES, SINGLE, WIDE_ONLY, Coverage, check_statuses
from tsunagari.graph.facts import Bodies, Reader, area_name, field_names
from tsunagari.graph.measures import (
    GroupSplits,
    Integers,
    LastLinks,
    Splits,
    group_splits,
    last_links,
    parts_of,
    splits,
)
from tsunagari.graph.remedies.connections import Connections, read_connections
from tsunagari.graph.remedies.coverage_loss import CellLosses, cell_losses
from tsunagari.graph.wording import STATUS_LABELS, frame_columns, loss_sentence, names_phrase

COLUMNS = frame_columns("losses")
NAMED = 20  # cells of one organisation that the table names
DETAIL_COLUMNS = frame_columns("loss_details")
NOBODY = Message("担い手なし", "nobody left")
KINDS = {
    "cell": Message("地域・分野", "cell"),
    "part": Message("切り離される部分", "part cut off"),
    "platform": Message("場（プラットフォーム・圏域）", "platform or partnership"),
    "only_broker": Message("唯一のつながりになる団体", "only remaining connection"),
}


def loss_table(
    reader: Reader,
    coverage: Coverage,
    *,
    statuses: Collection[str] | None = None,
    at: str | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return what would be lost without each organisation, the greatest loss first.

    Every organisation with a name is taken out alone: its support and plans, its ties, memberships and roles. The
    network is ``collaboration``, that of `tsunagari.graph.centre.broker_table`, directions and weights ignored.

    Parameters
    ----------
    reader
        The graph.
    coverage
        The cells: which municipalities and fields count.
    statuses
        Only cells that have one of these statuses as things are; None takes every one.
    at
        ISO date on which ties and memberships hold, certainly or possibly; None takes every time.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        One row an organisation:

        =============================  ===============================================================================
        column                         meaning
        =============================  ===============================================================================
        rank                           1, 2, …; by ``critical``, ``severity_lost``, ``cut_off``, then name and IRI
        organization, organization_id  name and IRI
        critical                       whether it is both a sole provider and a cut point
        sole_provider                  whether nobody at all, near or far, would be left in a cell: ``to_nobody`` > 0
        is_cut_point                   whether its part of the network falls apart: ``parts`` > 1
        to_nobody                      cells in which nobody is left: they count as ``none``
        to_wide_only, to_single        cells that fall to that status
        severity_lost                  what is added to the severity of all cells, 0 or more
        cells                          names of the first of these cells: those in which nobody is left come first
        parts                          into how many parts its part of the network falls; 1 when it stays together, 0
                                       for an organisation that is connected with none
        cut_off                        bodies that are not in the largest of these parts
        platforms_split, platforms     number and names of the platforms, bodies of platforms and partnerships in which
                                       members who were tied to each other, through other members, are so no more
        only_brokers, only_broker_ids  who is left as the only connection of somebody who had exactly two: the
                                       organisation that is lost and this one
        dependents                     number of those who have this one connection left
        sentence                       all this in words
        =============================  ===============================================================================

        An organisation without ties and services loses nothing and comes last. A graph without organisations has no
        row; in a scope without municipalities no cell is lost.

    Examples
    --------
    >>> loss_table(kg._reader, kg.coverage())["sentence"][0]
    '福山市がなくなると、福山市の子育て、福山市のひきこもりの担い手がいなくなります。'
    """
    return _Losses(read_connections(reader, at=at, also=coverage.offers.codes), coverage, statuses, lang).table()


def loss_details(
    reader: Reader,
    coverage: Coverage,
    organization: str,
    *,
    statuses: Collection[str] | None = None,
    at: str | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return what would be lost without one organisation, thing by thing.

    Parameters
    ----------
    reader, coverage, statuses, at, lang
        As in `loss_table`.
    organization
        IRI, identifier, corporate number, or a name that only one has; a platform or partnership may be asked for too.

    Returns
    -------
    DataFrame
        One row a thing that is lost: ``kind`` (a key of `KINDS`) and its label, ``item`` and ``item_id`` (the cell as
        municipality and field, the platform, or who is left as the only connection; empty for a part), ``before`` and
        ``after`` (status of a cell; number of parts of a platform's members), ``severity`` that is added to a cell, and
        ``bodies``: names of those in a part that is cut off (all parts but the largest) or of those who have only this
        connection left. ``attrs["sentence"]`` says it in words. Nothing lost is no row.

    Raises
    ------
    UnknownNameError
        No organisation of the graph is meant, or several are; the hint gives the nearest names.

    Examples
    --------
    >>> loss_details(kg._reader, kg.coverage(), "福山市")["item"].tolist()
    ['福山市の子育て', '福山市のひきこもり']
    """
    code = Bodies(reader.columns, "Organization").find(organization)
    connections = read_connections(reader, at=at, also=np.append(coverage.offers.codes, np.int32(code)))
    return _Losses(connections, coverage, statuses, lang).details(int(np.searchsorted(connections.codes, code)))


@dataclass(frozen=True)
class _Losses:
    """The losses of everybody, computed once and put into words."""

    connections: Connections
    coverage: Coverage
    statuses: Collection[str] | None
    lang: str

    @cached_property
    def _cells(self) -> CellLosses:
        found = cell_losses(self.coverage)
        if self.statuses is None:
            return found
        check_statuses(self.statuses)
        wanted = np.isin(self.coverage.status, [SHOWN_STATUSES.index(name) for name in self.statuses]).ravel()
        return found.where(wanted[found.cell])

    @cached_property
    def _owners(self) -> Codes:
        """Return who each row of the losses of cells is about, by its number in the network."""
        return self.connections.numbers(self.coverage.offers.codes)[self._cells.organization]

    @cached_property
    def _splits(self) -> Splits:
        return splits(self.connections.collaboration)

    @cached_property
    def _groups(self) -> GroupSplits:
        return group_splits(self.connections.tie_adjacency, self.connections.places_in_groups)

    @cached_property
    def _links(self) -> LastLinks:
        return last_links(self.connections.collaboration)

    @cached_property
    def _names(self) -> list[str]:
        return self.connections.names(self.lang)

    @cached_property
    def _platforms(self) -> list[str]:
        return self.connections.columns.labels(self.connections.groups, self.lang)

    @cached_property
    def _cell_names(self) -> list[str]:
        """Return what each row of the losses of cells is about: municipality and field."""
        areas = [area_name(code) for code in self.coverage.area_codes]
        fields = field_names(self.connections.columns, self.coverage.field_ids, self.lang)
        area, field = np.divmod(self._cells.cell, max(len(fields), 1))
        between = "の" if self.lang != "en" else ": "
        pairs = zip(area.tolist(), field.tolist(), strict=True)
        return [f"{areas[one]}{between}{fields[other]}" for one, other in pairs]

    def table(self) -> pd.DataFrame:
        listed = np.flatnonzero(self.connections.organizations)
        numbers = self._numbers()
        table = pd.DataFrame({name: values[listed] for name, values in numbers.items()})
        ids = self.connections.columns.text(self.connections.codes[listed])
        table["organization"] = [self._names[number] for number in listed.tolist()]
        table["organization_id"] = np.array(ids, dtype=object)
        table["sole_provider"] = table["to_nobody"] > 0
        table["is_cut_point"] = table["parts"] > 1
        table["critical"] = table["sole_provider"] & table["is_cut_point"]
        words = list(self._words(listed))
        table["cells"] = [names_phrase(found["cells"], self.lang, most=NAMED) for found in words]
        for name in ("platforms", "only_brokers"):
            table[name] = [found[name] for found in words]
        table["only_broker_ids"] = [found["only_broker_ids"] for found in words]
        table["sentence"] = [
            self._sentence(name, found, row)
            for name, found, row in zip(table["organization"], words, table.to_dict("records"), strict=True)
        ]
        keys = ["critical", "severity_lost", "cut_off", "organization", "organization_id"]
        table = table.sort_values(keys, ascending=[False, False, False, True, True], ignore_index=True)
        table["rank"] = np.arange(1, len(table) + 1)
        return defined_by(table[list(COLUMNS)], ["cut_points"])

    def _numbers(self) -> dict[str, Any]:
        """Return the columns that are numbers, one value a body of the network."""
        size, cells, owners = len(self.connections), self._cells, self._owners
        fell = cells.before != cells.after

        def count(status: int) -> Integers:
            return np.bincount(owners[fell & (cells.after == status)], minlength=size)

        return {
            "to_nobody": count(NONE),
            "to_wide_only": count(WIDE_ONLY),
            "to_single": count(SINGLE),
            "severity_lost": np.bincount(owners, weights=cells.severity, minlength=size).round(6),
            "parts": self._splits.parts,
            "cut_off": self._splits.cut_off,
            "platforms_split": np.bincount(self._groups.member, minlength=size),
            "dependents": np.bincount(self._links.lost, minlength=size),
        }

    def _words(self, listed: Integers) -> Iterator[dict[str, list[str]]]:
        """Yield what is named of each body."""
        cells = self._cells
        order = np.lexsort((cells.cell, -cells.after, self._owners))
        order = order[(cells.before != cells.after)[order]]
        after, names = cells.after[order].tolist(), [self._cell_names[row] for row in order.tolist()]
        ends = [
            (np.searchsorted(rows, listed).tolist(), np.searchsorted(rows, listed, side="right").tolist())
            for rows in (self._owners[order], self._groups.member, self._links.lost)
        ]
        ids = self.connections.columns.text(self.connections.codes[np.unique(self._links.left)])
        id_of = dict(zip(np.unique(self._links.left).tolist(), ids, strict=True))
        groups, left = self._groups.group.tolist(), self._links.left.tolist()
        for cell, group, link in zip(*(zip(*pair, strict=True) for pair in ends), strict=True):
            brokers = list(dict.fromkeys(left[slice(*link)]))
            nobody = sum(status == NONE for status in after[slice(*cell)])
            found = names[slice(*cell)]
            yield {
                "cells": found,
                "nobody": found[:nobody],
                "platforms": [self._platforms[place] for place in groups[slice(*group)]],
                "only_brokers": [self._names[number] for number in brokers],
                "only_broker_ids": [id_of[number] for number in brokers],
            }

    def _sentence(self, name: str, words: dict[str, list[str]], row: Any) -> str:
        return loss_sentence(
            name,
            nobody=words["nobody"],
            wide_only=int(row["to_wide_only"]),
            single=int(row["to_single"]),
            parts=int(row["parts"]),
            cut_off=int(row["cut_off"]),
            platforms=words["platforms"],
            left=words["only_brokers"],
            dependents=int(row["dependents"]),
            lang=self.lang,
        )

    def details(self, number: int) -> pd.DataFrame:
        """Return one row a thing that is lost without one body."""
        rows = [*self._lost_cells(number), *self._lost_parts(number)]
        rows += [*self._lost_platforms(number), *self._last_links(number)]
        labelled = [(kind, KINDS[kind].text(self.lang), *row) for kind, *row in rows]
        table = pd.DataFrame(labelled, columns=list(DETAIL_COLUMNS), dtype=object).astype({"severity": "Float64"})
        numbers = {name: values[number] for name, values in self._numbers().items()}
        words = next(self._words(np.array([number])))
        table.attrs["sentence"] = self._sentence(self._names[number], words, numbers)
        return defined_by(table, ["cut_points"])

    def _lost_cells(self, number: int) -> Iterator[Sequence[Any]]:
        cells, fields = self._cells, self.coverage.field_ids
        labels = [STATUS_LABELS[name].text(self.lang) for name in SHOWN_STATUSES]
        left = [*labels[:NONE], NOBODY.text(self.lang)]
        rows = np.flatnonzero((self._owners == number) & (cells.before != cells.after))
        for row in rows[np.lexsort((cells.cell[rows], -cells.severity[rows]))].tolist():
            area, field = divmod(int(cells.cell[row]), len(fields))
            key = f"{self.coverage.area_codes[area]} {fields[field]}"
            before, after = labels[cells.before[row]], left[cells.after[row]]
            yield "cell", self._cell_names[row], key, before, after, float(cells.severity[row]), []

    def _lost_parts(self, number: int) -> Iterator[Sequence[Any]]:
        for part in parts_of(self.connections.collaboration, number)[1:]:
            yield "part", "", "", None, None, None, [self._names[body] for body in part]

    def _lost_platforms(self, number: int) -> Iterator[Sequence[Any]]:
        groups = self._groups
        for row in np.flatnonzero(groups.member == number).tolist():
            place = int(groups.group[row])
            code = self.connections.groups[place : place + 1]
            iri = self.connections.columns.text(code)[0]
            yield "platform", self._platforms[place], iri, 1, int(groups.parts[row]), None, []

    def _last_links(self, number: int) -> Iterator[Sequence[Any]]:
        rows = np.flatnonzero(self._links.lost == number)
        for left in np.unique(self._links.left[rows]).tolist():
            iri = self.connections.columns.text(self.connections.codes[left : left + 1])[0]
            bodies = self._links.body[rows[self._links.left[rows] == left]].tolist()
            yield "only_broker", self._names[left], iri, None, None, None, [self._names[body] for body in bodies]
