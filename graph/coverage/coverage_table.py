"""The table of coverage: one row for every municipality and field, with names, evidence and plain sentences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.coverage.certainty import Certainty
from tsunagari.graph.coverage.coverage import NONE, SHOWN_STATUSES, UNKNOWN, Coverage
from tsunagari.graph.coverage.coverage_evidence import stating
from tsunagari.graph.coverage.providers import Integers, Relation
from tsunagari.graph.coverage.severity import FORMULA
from tsunagari.graph.coverage.surroundings import ClosedList, Surroundings, wider_units
from tsunagari.graph.wording import (
    STATUS_LABELS,
    errors_phrase,
    frame_columns,
    gap_sentence,
    kept_status,
    need_sentence,
    settle_phrase,
)
from tsunagari.loaders.files import collector_paused

COLUMNS = frame_columns("gaps")


@dataclass(frozen=True, slots=True)
class Names:
    """What a table calls things, and where they are stated.

    Parameters
    ----------
    areas, prefectures
        Name of each municipality and of its prefecture.
    fields
        Name of each field.
    organizations
        Name of each organisation.
    cite
        Gives the texts of evidence for the numbers in ``Offers.stated``.
    need
        Name of the indicator of need, empty when none is taken.
    """

    areas: Sequence[str]
    prefectures: Sequence[str]
    fields: Sequence[str]
    organizations: Sequence[str]
    cite: Callable[[Integers], Sequence[str]]
    need: str = ""


@collector_paused()
def coverage_table(
    coverage: Coverage,
    names: Names,
    surroundings: Surroundings | None = None,
    *,
    certainty: Certainty | None = None,
    stated: Sequence[Integers] | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return one row for every municipality and field, the most serious first.

    Parameters
    ----------
    coverage
        What is known of every municipality and field.
    names
        What they are called.
    surroundings
        Tells which platforms reach a municipality.
    certainty
        What draws of lists with other errors give; None tells nothing of it.
    stated
        What states each entry of the three matrices, as `tsunagari.graph.coverage.coverage_evidence.stating` tells;
        None asks there.
    lang
        ``"ja"`` or ``"en"``: the language of labels and sentences.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`, sorted by severity (descending); cells that are equally serious take turns, so that
        neither one municipality nor one field fills the top of the list. ``basis`` is what an absence is known from
        (`tsunagari.graph.coverage.surroundings.GROUNDS`), empty in other cells. ``local``, ``wide``, ``partnership``,
        ``adjacent`` and ``planned`` are numbers of organisations; ``adjacent`` is empty where no geometry is given.
        ``providers`` lists the names of those who offer support, local ones first, ``evidence`` what states it: both
        are lists, empty where there is nobody; ``settle`` which list would settle an unknown
        cell. ``certainty`` is the share of the draws, 0 to 1, in which the status is the same, and the sentence says
        it; NaN where nothing is drawn or the errors cannot change it. ``need`` is not a number where the indicator has
        no value. The formula of the severity, with the need that was taken, is in ``attrs["severity_formula"]``.
        Without areas or fields there is no row.
    """
    told = stating(coverage) if stated is None else stated
    cells = _cells(coverage, names, surroundings or Surroundings(), told, lang)
    cells["certainty"] = np.full(len(cells["sentence"]), np.nan)
    if certainty is not None:
        _tell_certainty(cells, certainty, coverage, lang)
    table = pd.DataFrame({name: cells[name] for name in COLUMNS})
    table = table.iloc[cell_order(coverage)].reset_index(drop=True)
    table.attrs["severity_formula"] = _formula(coverage, names, lang)
    return table


def _tell_certainty(cells: dict[str, Any], certainty: Certainty, coverage: Coverage, lang: str) -> None:
    errors, draws = certainty.errors, certainty.errors.draws
    kept = certainty.kept(coverage).ravel()
    cells["certainty"] = kept / draws
    said = errors_phrase(errors.missing, errors.false_records, errors.missing_lists)
    if said is None:
        return
    space = "" if lang != "en" else " "
    phrases = {number: space + kept_status(number, draws, said).text(lang) for number in range(draws + 1)}
    cells["sentence"] = [
        sentence if number != number else sentence + phrases[int(number)]
        for sentence, number in zip(cells["sentence"], kept.tolist(), strict=True)
    ]


def _formula(coverage: Coverage, names: Names, lang: str) -> str:
    """Return the formula of the severity in words, with the need that was taken and what stood in for it."""
    if not names.need:
        return FORMULA.text(lang)
    unknown = np.isnan(coverage.need)
    missing = [name for name, is_unknown in zip(names.areas, unknown.tolist(), strict=True) if is_unknown]
    stand_in = None if unknown.all() else float(np.median(coverage.need[~unknown]))
    taken = need_sentence(names.need, missing, stand_in, lang=lang)
    return f"{FORMULA.text(lang)}{'' if lang != 'en' else ' '}{taken}"


def _cells(
    coverage: Coverage, names: Names, around: Surroundings, stated: Sequence[Integers], lang: str
) -> dict[str, Any]:
    """Return the columns of the table, cell by cell."""
    areas, fields = coverage.shape
    area, field = np.repeat(np.arange(areas), fields), np.tile(np.arange(fields), areas)
    status = coverage.status.ravel()
    local, wide, planned = (
        coverage.counts(cells).ravel() for cells in (coverage.local, coverage.wide, coverage.planned)
    )
    found: dict[str, Any] = {
        "area": _pick(names.areas, area),
        "area_code": _pick(coverage.area_codes, area),
        "prefecture": _pick(names.prefectures, area),
        "field": _pick(names.fields, field),
        "field_id": _pick(coverage.field_ids, field),
        "status": _pick(SHOWN_STATUSES, status),
        "status_label": _pick([STATUS_LABELS[name].text(lang) for name in SHOWN_STATUSES], status),
        "basis": _basis(coverage),
        "local": local.astype(np.int64),
        "wide": wide.astype(np.int64),
        "partnership": coverage.partnership.ravel().astype(np.int64),
        "adjacent": pd.Series(coverage.adjacent.ravel()).astype("Int64"),
        "planned": planned.astype(np.int64),
        "connected": coverage.connected.ravel(),
        "need": coverage.need[area],
        "severity": coverage.severity.ravel(),
    }
    lists = {name: _named(cells, names.organizations) for name, cells in _providers(coverage)}
    found["providers"] = [[*one, *other] for one, other in zip(lists["local"], lists["wide"], strict=True)]
    ids = [_named(cells, coverage.organization_ids) for _, cells in _providers(coverage)]
    found["provider_ids"] = [[*one, *other] for one, other in zip(*ids, strict=True)]
    found["evidence"] = _evidence(coverage, names, stated)
    found["sentence"] = _sentences(found, lists, _lists_of(coverage), lang)
    found["settle"] = _settle(coverage, names, around, lang)
    return found


def _providers(coverage: Coverage) -> tuple[tuple[str, Relation], tuple[str, Relation]]:
    return ("local", coverage.local), ("wide", coverage.wide)


def _pick(texts: Sequence[str], places: npt.NDArray[Any]) -> npt.NDArray[np.object_]:
    found: npt.NDArray[np.object_] = np.array([*texts, ""], dtype=object)[places]
    return found


def _named(cells: Relation, texts: Sequence[str]) -> list[list[str]]:
    """Return the texts of the entries of each row."""
    found = [texts[place] for place in cells.indices.tolist()]
    return [found[start:end] for start, end in pairwise(cells.indptr.tolist())]


def cell_order(coverage: Coverage) -> npt.NDArray[np.intp]:
    """Return the cells by severity; equally serious ones take turns.

    They are numbered diagonally: the turn of a cell is its field's place less its municipality's, going around.
    """
    fields = max(len(coverage.field_ids), 1)
    area = np.argsort(np.argsort(np.array(coverage.area_codes, dtype=object)))
    field = np.argsort(np.argsort(np.array(coverage.field_ids, dtype=object)))
    turn = (field[None, :] - area[:, None]) % fields
    codes = np.broadcast_to(area[:, None], coverage.shape)
    order: npt.NDArray[np.intp] = np.lexsort((codes.ravel(), turn.ravel(), -coverage.severity.ravel()))
    return order


def _lists_of(coverage: Coverage) -> list[ClosedList | None]:
    """Return the list that confirms the absence in each cell, None where nothing confirms one."""
    lists = [*coverage.closed_lists, None]
    places = np.where(coverage.status == NONE, coverage.closed, -1)
    return [lists[place] for place in places.ravel().tolist()]


def _basis(coverage: Coverage) -> list[str]:
    return [item.ground if item else "" for item in _lists_of(coverage)]


def _evidence(coverage: Coverage, names: Names, stated: Sequence[Integers]) -> list[list[str]]:
    """Return where the offers of each cell are stated, else the list that confirms the absence; each once."""
    numbers, places = np.unique(np.concatenate(stated), return_inverse=True)
    texts = np.array([*names.cite(numbers.astype(np.int32))], dtype=object)[places]
    found: list[list[str]] = [[] for _ in range(coverage.local.shape[0])]
    start = 0
    for cells in (coverage.local, coverage.wide, coverage.planned):
        part = texts[start : start + cells.nnz]
        start += cells.nnz
        for cell, listed in enumerate(_slices(cells, part)):
            found[cell] += listed
    for listed, item in zip(found, _lists_of(coverage), strict=True):
        if item is not None:
            listed.append(item.evidence)
    return [list(dict.fromkeys(filter(None, listed))) for listed in found]


def _slices(cells: Relation, texts: npt.NDArray[np.object_]) -> Iterator[list[str]]:
    listed = texts.tolist()
    return (listed[start:end] for start, end in pairwise(cells.indptr.tolist()))


def _sentences(
    found: dict[str, Any], lists: dict[str, list[list[str]]], closed: Sequence[ClosedList | None], lang: str
) -> list[str]:
    columns = [list(found[name]) for name in ("status", "area", "field", "planned", "partnership", "connected")]
    return [
        gap_sentence(
            status,
            area,
            field,
            local=local,
            wide=wide,
            planned=planned,
            partnership=partnership,
            connected=connected,
            closed_list=item.name if item else "",
            ground=item.ground if item else "",
            lang=lang,
        )
        for status, area, field, planned, partnership, connected, local, wide, item in zip(
            *columns, lists["local"], lists["wide"], closed, strict=True
        )
    ]


def _settle(coverage: Coverage, names: Names, around: Surroundings, lang: str) -> list[str]:
    shared = around.partnerships_of()
    found = []
    for place, code in enumerate(coverage.area_codes):
        platforms = around.platform_names((code, *wider_units(code, shared.get(code, ()))))
        found += [
            settle_phrase(names.areas[place], field, platforms, lang=lang) if status == UNKNOWN else ""
            for field, status in zip(names.fields, coverage.status[place].tolist(), strict=True)
        ]
    return found


def with_statuses(table: pd.DataFrame, statuses: Collection[str] | None) -> pd.DataFrame:
    """Return the rows of a table of cells that have one of the statuses; None takes every one.

    Raises
    ------
    UnknownNameError
        A status is none of `tsunagari.graph.coverage.SHOWN_STATUSES`.

    Examples
    --------
    >>> with_statuses(pd.DataFrame({"status": ["none", "single"]}), ["single"])["status"].tolist()
    ['single']
    """
    if statuses is None:
        return table
    check_statuses(statuses)
    return table[table["status"].isin(list(statuses))].reset_index(drop=True)


def check_statuses(statuses: Iterable[str]) -> None:
    """Refuse a status that there is not.

    Raises
    ------
    UnknownNameError
        It is none of `tsunagari.graph.coverage.SHOWN_STATUSES`.

    Examples
    --------
    >>> check_statuses(["none"])
    """
    wrong = sorted(set(statuses) - set(SHOWN_STATUSES))
    if wrong:
        raise UnknownNameError(
            Message(f"「{wrong[0]}」という状況はありません。", f"There is no status {wrong[0]!r}."),
            Message(f"使える状況: {', '.join(SHOWN_STATUSES)}", f"Statuses: {', '.join(SHOWN_STATUSES)}"),
        )
