"""A graph on another day, for another reader, and as it would be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

import pandas as pd

from tsunagari.errors import Message, WorkspaceError
from tsunagari.graph.change import (
    Edits,
    Scenario,
    State,
    Waves,
    compare,
    late_files,
    read_choice,
    read_state,
    read_waves,
    removed_table,
)
from tsunagari.graph.change import public as public_edition
from tsunagari.graph.change import scenario as scenario_of
from tsunagari.graph.change import stated_by as part_stated_by
from tsunagari.graph.change import valid_at as part_valid_at
from tsunagari.graph.change import wave_days as days_of_waves
from tsunagari.graph.columns import required_day
from tsunagari.graph.coverage import WITHHELD, is_edition, read_coverage
from tsunagari.graph.knowledge.choice_answers import chosen_again, in_the_whole
from tsunagari.graph.knowledge.opening import open_location
from tsunagari.graph.knowledge.session import Day, Edition, Session, method
from tsunagari.graph.networks import DEFAULT_NETWORK
from tsunagari.loaders.workspace import Publication, workspace_publication

Graph = TypeVar("Graph", bound=Session)
FORMER, NOW = Message("前のグラフ", "the former graph"), Message("今のグラフ", "the present graph")


def valid_at(self: Graph, day: date | str | int) -> Graph:
    """Return the part of the graph that holds on a day, certainly or possibly; every method answers for that day.

    Parameters
    ----------
    day
        The day of the world.

    Returns
    -------
    A graph whose `as_of` is the day. What holds then and still holds later is in it; what took place before stays.

    Raises
    ------
    UnknownNameError
        It is no calendar day.

    Examples
    --------
    >>> then = kg.valid_at("2018-01-01")
    >>> then.as_of, len(then.memberships) < len(kg.memberships)
    (datetime.date(2018, 1, 1), True)
    """
    known, whole = required_day(day), _measured(self)
    if whole._edition is not None:
        return chosen_again(self, _edition_of(whole, valid_at(whole._edition.whole, day)))
    report = replace(self._report, as_of=date.fromisoformat(known))
    return chosen_again(self, whole._part(part_valid_at(whole._reader, known), report))


def stated_by(self: Graph, day: date | str | int) -> Graph:
    """Return what was known on a day: the part of the graph that sources of that day or before state.

    The world's clock is ``at``, this is the clock of knowledge; both may be given.

    Parameters
    ----------
    day
        The day of knowledge; see `tsunagari.graph.change.stated_by` for the date of a source.

    Returns
    -------
    A graph held in memory that answers for the same day of the world as this one. Issues of files that were not known
    then are none of it.

    Raises
    ------
    UnknownNameError
        It is no calendar day.

    Examples
    --------
    >>> len(kg.stated_by("2022-12-31").memberships) < len(kg.memberships)
    True
    """
    known, whole = required_day(day), _measured(self)
    if whole._edition is not None:
        return chosen_again(self, _edition_of(whole, stated_by(whole._edition.whole, day)))
    later = late_files(whole._reader, known)
    issues = tuple(issue for issue in whole._report.issues if issue.file not in later)
    part = whole._part(part_stated_by(whole._reader, known), replace(whole._report, issues=issues))
    return chosen_again(self, part)


def public(self: Graph, publication: Publication | None = None) -> Graph:
    """Return the public edition: the part of the graph that may be shown to everybody.

    Parameters
    ----------
    publication
        What may be published; None takes what ``[public]`` of the workspace's ``tsunagari.toml`` says now, and the
        defaults for a graph without a workspace.

    Returns
    -------
    A graph held in memory, see `tsunagari.graph.change.public`. It tells of no issues and no files, because these
    quote the lists; `removed` tells what is not in it. A graph that was published as an edition is one already.

    Raises
    ------
    WorkspaceError
        The settings hold a word that is not known.

    Examples
    --------
    >>> public = kg.public()
    >>> len(public.memberships) <= len(kg.memberships), public.issues.empty
    (True, True)
    """
    whole = _measured(self)
    if whole._edition is not None:
        part = whole if publication is None else _edition_of(whole, whole._edition.whole, publication)
        return chosen_again(self, part)
    if is_edition(whole._reader.columns):
        return self
    if publication is None:
        publication = Publication() if self._workspace is None else workspace_publication(self._workspace)
    edition = public_edition(whole._reader, publication, scope=whole._report.scope, day=whole._day(None))
    part = whole._part(edition.store, replace(whole._report, issues=(), files={}))
    part._edition = Edition(whole, publication, edition.removed)
    part._reader.whole = whole._reader
    return chosen_again(self, part)


def _edition_of(edition: Graph, whole: Session, publication: Publication | None = None) -> Graph:
    """Return the edition of a part of the whole graph, by the same settings where none are given."""
    assert edition._edition is not None
    found = public(whole, publication or edition._edition.publication)
    return cast("Graph", found)


def _measured(graph: Graph) -> Graph:
    """Return the graph in which one about a choice measures, another one itself."""
    return cast("Graph", graph._whole or graph)


@method
def removed(self: Session, lang: str = "ja") -> pd.DataFrame:
    """Return what a public edition leaves out, and why, in counts: nothing of it in words.

    Parameters
    ----------
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        ``rule``, ``meaning``, ``count``, see `tsunagari.graph.change.removed_table`; without rows for any other graph.

    Examples
    --------
    >>> kg.public().removed("en").columns.tolist(), len(kg.removed())
    (['rule', 'meaning', 'count'], 0)
    """
    edition = self._edition
    if edition is None:
        return removed_table({}, Publication(), lang=lang).iloc[:0]
    cells = read_coverage(self._reader, scope=self._report.scope, at=self._day(None), lang=lang).status == WITHHELD
    return removed_table({**edition.removed, "cells": int(cells.sum())}, edition.publication, lang=lang)


@in_the_whole()
@method
def scenario(
    self: Session,
    edits: Edits,
    areas: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    *,
    at: Day = None,
    need: str | None = None,
    lang: str = "ja",
) -> Scenario:
    """Return what would be different if organisations, services, ties or memberships came or went.

    Parameters
    ----------
    edits
        A CSV, Excel, TOML or JSON file, or a list; see `tsunagari.graph.change.edits.read_edits`.
    areas, fields, at, need, lang
        Choose and weigh the cells as in `gaps`.

    Returns
    -------
    Tables of measures, cells, brokers and platforms before and after, and a sentence; nothing is written.

    Raises
    ------
    ScenarioError
        An edit cannot be understood or carried out; its place is named.
    UnknownNameError
        An area, a field, the indicator or the day is not known.
    SourceError
        The file cannot be read.

    Examples
    --------
    >>> found = kg.scenario([{"action": "remove", "what": "organization", "organization": "鳥取市"}])
    >>> found.measures.set_index("measure").loc["organizations", "difference"]
    np.float64(-1.0)
    """
    scope, day = self._report.scope, self._day(at)
    return scenario_of(self._reader, edits, scope=scope, areas=areas, fields=fields, at=day, need=need, lang=lang)


@method
def diff(
    self: Session,
    other: Session | Path | str | None = None,
    *,
    at: Day = None,
    since: Day = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Return what changed since another build or another day, see `tsunagari.graph.change.compare`.

    Parameters
    ----------
    other
        The earlier state: a graph, the folder of a workspace, or the address of an endpoint, of which a public graph
        sees the public part. None compares two days of this graph.
    at
        The later day, of this graph; None takes its own.
    since
        The earlier day, of the other graph; None takes that graph's own.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        One row a change, with a sentence; ``attrs["before"]`` and ``attrs["after"]`` name the two states.

    Raises
    ------
    WorkspaceError
        Neither another graph nor an earlier day is given.

    Examples
    --------
    >>> changes = kg.diff(since="2023-01-01", at="2023-10-01")
    >>> changes.attrs["before"], changes.attrs["after"]
    ('2023-01-01', '2023-10-01')
    """
    if other is None and since is None:
        raise WorkspaceError(
            Message("比べる相手がありません。", "There is nothing to compare with."),
            Message(
                "前の日付（since）か、別の作業フォルダーを指定してください。",
                "Give an earlier day (since) or another workspace.",
            ),
        )
    chosen, graph = self._choice, _measured(self)
    earlier = graph if other is None else _opened(self, other) if isinstance(other, Path | str) else _measured(other)
    before, after = (
        _state(found, day, titled=other is not None, lang=lang) for found, day in ((earlier, since), (graph, at))
    )
    if before.name == after.name:
        before, after = (replace(state, name=name.text(lang)) for state, name in ((before, FORMER), (after, NOW)))
    if chosen is None:
        return compare(before, after, lang=lang)
    choices = [
        read_choice(
            found._reader,
            scope=found._report.scope,
            areas=chosen.areas,
            fields=chosen.fields,
            statuses=chosen.statuses,
            at=found._day(day),
        )
        for found, day in ((earlier, since), (graph, at))
    ]
    return compare(before, after, choices=choices, lang=lang)


def wave_days(self: Session) -> list[str]:
    """The days of the lists of members, ISO dates in order: the waves of `waves`.

    >>> kg.wave_days == sorted(kg.wave_days)
    True
    """
    return days_of_waves(self._reader.columns)


@in_the_whole()
@method
def waves(
    self: Session, days: Iterable[date | str | int] | None = None, *, network: str = DEFAULT_NETWORK, lang: str = "ja"
) -> Waves:
    """Return memberships, gaps and brokers on the days of the lists of members, as a panel with their trend.

    Parameters
    ----------
    days
        The waves; None takes the days (``as_of``) of the lists of members.
    network
        In which bodies broker, see `projection`.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    Tables ``summary``, ``memberships``, ``gaps`` and ``brokers``, one row a thing and wave, and ``chart()``, an SVG
    picture; see `tsunagari.graph.change.Waves`.

    Raises
    ------
    UnknownNameError
        A day is none, no list of members tells its day and none is given, or there is no such network.

    Examples
    --------
    >>> found = kg.waves(["2022-10-01", "2023-10-01"])
    >>> found.summary.columns.tolist()
    ['measure', 'label', 'wave', 'value', 'difference', 'trend']
    """
    chosen = None if days is None else [required_day(day) for day in days]
    return read_waves(self._reader, chosen, scope=self._report.scope, network=network, lang=lang)


def _opened(graph: Session, location: Path | str) -> Session:
    """Open what a graph is compared with, for the same reader."""
    found = open_location(location)
    opened = Session(found.store, found.report, found.workspace)
    return opened if graph._edition is None else public(opened)


def _state(graph: Session, at: Day, *, titled: bool, lang: str) -> State:
    """Return the state on a day, with the title in its name to tell two graphs apart."""
    day = graph._day(at)
    name = f"{graph._report.title} {day or ''}".rstrip() if titled or day is None else day
    return read_state(graph._reader, scope=graph._report.scope, at=day, name=name, lang=lang)
