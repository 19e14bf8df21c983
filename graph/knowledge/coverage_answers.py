"""Where support does not reach, who could fill the gaps, and what would be lost without somebody."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from tsunagari.graph.coverage import GAPS, Coverage, read_coverage, read_rollup, with_statuses
from tsunagari.graph.coverage import coverage_matrix as matrix_of
from tsunagari.graph.inference import RecordErrors
from tsunagari.graph.knowledge.choice_answers import in_the_whole
from tsunagari.graph.knowledge.session import Day, Session, method
from tsunagari.graph.remedies import extension_table, gap_table, loss_details, loss_table, remedy_table

PLATFORM = "platform"


@in_the_whole()
@method
def gaps(
    self: Session,
    areas: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    *,
    statuses: Collection[str] | None = None,
    at: Day = None,
    need: str | None = None,
    candidates: int = 0,
    missing: float = 0.1,
    false_records: float = 0.0,
    missing_lists: float = 0.0,
    seed: int = 0,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return the coverage of every municipality and field, the most serious first.

    Parameters
    ----------
    areas, fields
        Names, codes or IRIs; None takes the workspace's scope, an empty list is an empty scope.
    statuses
        Statuses of the rows, of `tsunagari.graph.coverage.SHOWN_STATUSES`; None takes every one.
    at
        The day; None takes `as_of`. Counted is in today's municipalities, whatever the day.
    need
        Indicator that weighs the severity, such as ``"population"``; None weighs all alike.
    candidates
        How many of those who could fill it each gap names (`remedies` tells why they).
    missing, false_records, missing_lists, seed
        Shares of the services that may be missing and false, and of whole lists that may be missing, for the
        ``certainty`` of each status: the share of 100 draws of such lists in which it is the same. All 0 for nothing of
        it. The draws are those of `brokers`.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        One row a municipality and field, zeros included: ``area``, ``area_code``, ``prefecture``, ``field``,
        ``field_id``, ``status``, ``severity``, ``certainty``, who offers it, evidence and a sentence; see
        `tsunagari.graph.remedies.gap_table`.

    Raises
    ------
    UnknownNameError
        An area, a field, a status, the indicator, the day or the language is not known.
    NetworkError
        The number of candidates is negative, or a share of errors is none.

    Examples
    --------
    >>> kg.gaps(["鳥取市"], at="2023-10-01").columns[:6].tolist()
    ['area', 'area_code', 'prefecture', 'field', 'field_id', 'status']
    >>> kg.gaps(["香美町"], ["フードバンク"], candidates=2)["candidates"].tolist()
    [['香美町', '鳥取市']]
    """
    scope, day = self._report.scope, self._day(at)
    return gap_table(
        self._reader,
        scope=scope,
        areas=areas,
        fields=fields,
        statuses=statuses,
        at=day,
        need=need,
        candidates=candidates,
        errors=RecordErrors(missing, false_records, missing_lists, seed=seed),
        lang=lang,
    )


@in_the_whole()
@method
def coverage(
    self: Session,
    areas: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    *,
    at: Day = None,
    need: str | None = None,
    lang: str = "ja",
) -> Coverage:
    """Return the coverage of every municipality and field as arrays: what `gaps` is the table of.

    Parameters
    ----------
    areas, fields, at, need
        As in `gaps`.
    lang
        Language of the names of complete lists.

    Returns
    -------
    Arrays of municipalities × fields, see `tsunagari.graph.coverage.Coverage`; shape (0, …) for an empty scope.

    Raises
    ------
    UnknownNameError
        An area, a field, the indicator or the day is not known.

    Examples
    --------
    >>> kg.coverage(["鳥取市"]).shape
    (1, 21)
    """
    scope, day = self._report.scope, self._day(at)
    return read_coverage(self._reader, scope=scope, areas=areas, fields=fields, at=day, need=need, lang=lang)


@in_the_whole()
@method
def rollup(
    self: Session,
    by: str = "prefecture",
    *,
    broader: bool = False,
    areas: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    statuses: Collection[str] | None = None,
    at: Day = None,
    need: str | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return the coverage put together over areas and broader fields, see `tsunagari.graph.coverage.read_rollup`.

    Parameters
    ----------
    by
        What the rows are: ``"prefecture"``, ``"partnership"``, ``"platform"``, ``"nation"`` and the like.
    broader
        Whether fields are put together too, into the broader ones of their scheme.
    areas, fields, statuses, at, need, lang
        As in `gaps`; the statuses are those of the rows put together.

    Returns
    -------
    DataFrame
        One row an area and field, with the number of municipalities of each status.

    Raises
    ------
    UnknownNameError
        There is no such division, or an area, a field, the indicator or the day is not known.

    Examples
    --------
    >>> kg.rollup("nation", fields=["housing"])["area"].tolist()
    ['全国']
    """
    scope, day = self._report.scope, self._day(at)
    found = read_rollup(
        self._reader, by, broader=broader, scope=scope, areas=areas, fields=fields, at=day, need=need, lang=lang
    )
    return with_statuses(found, statuses)


@method
def coverage_matrix(
    self: Session, kind: str = "municipality-field", *, at: Day = None, lang: str = "ja"
) -> pd.DataFrame:
    """Return a matrix of statuses or counts, see `tsunagari.graph.coverage.coverage_matrix`.

    Parameters
    ----------
    kind
        Which matrix, such as ``"municipality-field"`` or ``"stage-category"``.
    at, lang
        As in `gaps`.

    Returns
    -------
    DataFrame
        Rows and columns named by what the matrix is of.

    Raises
    ------
    UnknownNameError
        There is no such matrix.

    Examples
    --------
    >>> kg.coverage_matrix("stage-category").shape[1]
    15
    """
    whole, choice = self._whole or self, self._choice
    scope, day = self._report.scope, self._day(at)
    areas, fields = (None, None) if choice is None else (choice.areas, choice.fields)
    found = matrix_of(whole._reader, kind, scope=scope, areas=areas, fields=fields, at=day, lang=lang)
    if choice is None or found.index.names[-1] != PLATFORM:
        return found
    codes = self._reader.columns.of_class("Collaboration")
    return found[found.index.isin(self._reader.columns.labels(codes, lang), level=PLATFORM)]


@in_the_whole()
@method
def remedies(
    self: Session,
    areas: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    *,
    at: Day = None,
    limit: int = 3,
    statuses: Collection[str] = GAPS,
    need: str | None = None,
    told: int | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return who could fill each gap, with reasons, the path to them and whom to ask.

    Parameters
    ----------
    areas, fields, at, need, lang
        As in `gaps`.
    limit
        Most candidates a gap, at least 1.
    statuses
        Statuses that count as gaps, of `tsunagari.graph.coverage.GAPS`.
    told
        The first so many candidates say everything, the others only who, by which path and whom to ask; None tells all.

    Returns
    -------
    DataFrame
        One row a gap and candidate: the cell, ``rank``, ``candidate``, ``reasons``, ``path``, ``broker``,
        ``distance_km``, evidence and a sentence; see `tsunagari.graph.remedies.remedy_table`.

    Raises
    ------
    UnknownNameError
        A status is none of `GAPS`, or an area, a field, the indicator or the day is not known.
    NetworkError
        The limit is below 1.

    Examples
    --------
    >>> kg.remedies(["香美町"], ["フードバンク"])[["rank", "candidate"]].values.tolist()
    [[1, '香美町'], [2, '鳥取市']]
    """
    found = coverage(self, areas, fields, at=at, need=need, lang=lang)
    return remedy_table(self._reader, found, at=self._day(at), limit=limit, statuses=statuses, told=told, lang=lang)


@in_the_whole()
@method
def extensions(
    self: Session,
    areas: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    *,
    at: Day = None,
    budget: int | None = 10,
    size: int = 5,
    hops: int = 2,
    statuses: Collection[str] = GAPS,
    need: str | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return the few extensions that close the most gaps, see `tsunagari.graph.remedies.extension_table`.

    Parameters
    ----------
    areas, fields, at, need, lang
        As in `gaps`.
    budget
        How many extensions; None goes on until nothing more can be closed.
    size
        Most municipalities of one extension.
    hops
        How many steps in the network an organisation reaches.
    statuses
        As in `remedies`.

    Returns
    -------
    DataFrame
        One row an extension: ``step``, ``organization``, ``field``, ``areas``, ``cells``, ``gain``, ``closed``,
        ``share`` and a sentence; ``attrs`` has bounds and method.

    Raises
    ------
    UnknownNameError
        A status is none of `GAPS`, or an area, a field, the indicator or the day is not known.
    NetworkError
        Budget or hops are negative, or the size is below 1.

    Examples
    --------
    >>> plan = kg.extensions(budget=2)  # the documents name cities alone, which stay at home
    >>> len(plan), plan.attrs["open_gaps"] > 0, plan.attrs["within_reach"]
    (0, True, 0.0)
    """
    found, day = coverage(self, areas, fields, at=at, need=need, lang=lang), self._day(at)
    return extension_table(
        self._reader, found, at=day, budget=budget, size=size, hops=hops, statuses=statuses, lang=lang
    )


@in_the_whole(bodies="organization_id")
@method
def loss(
    self: Session,
    areas: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    *,
    statuses: Collection[str] | None = None,
    at: Day = None,
    need: str | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return what would be lost without each organisation, the greatest loss first.

    Parameters
    ----------
    areas, fields, statuses, at, need, lang
        Choose and weigh the cells as in `gaps`.

    Returns
    -------
    DataFrame
        One row an organisation: ``rank``, ``organization``, whether it is ``critical``, a ``sole_provider`` and a cut
        point, the cells, parts, platforms and connections that are lost, and a sentence; see
        `tsunagari.graph.remedies.loss_table`. ``is_cut_point`` is that of `brokers`.

    Raises
    ------
    UnknownNameError
        An area, a field, the indicator or the day is not known.

    Examples
    --------
    >>> kg.loss().columns[:3].tolist()
    ['rank', 'organization', 'organization_id']
    """
    found = coverage(self, areas, fields, at=at, need=need, lang=lang)
    return loss_table(self._reader, found, statuses=statuses, at=self._day(at), lang=lang)


@in_the_whole()
@method
def loss_of(
    self: Session,
    organization: str,
    *,
    areas: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    statuses: Collection[str] | None = None,
    at: Day = None,
    need: str | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return what would be lost without one organisation, see `tsunagari.graph.remedies.loss_details`.

    Parameters
    ----------
    organization
        IRI, identifier, corporate number, or a name that only one has.
    areas, fields, statuses, at, need, lang
        As in `loss`.

    Returns
    -------
    DataFrame
        One row a thing that is lost: ``kind``, ``item``, ``before``, ``after``, ``severity``, ``bodies``;
        ``attrs["sentence"]`` says it in words.

    Raises
    ------
    UnknownNameError
        No organisation is meant, or several are; the hint gives the nearest names.

    Examples
    --------
    >>> kg.loss_of("鳥取市")["kind"].unique().tolist()
    ['part', 'platform']
    """
    found = coverage(self, areas, fields, at=at, need=need, lang=lang)
    return loss_details(self._reader, found, organization, statuses=statuses, at=self._day(at), lang=lang)
