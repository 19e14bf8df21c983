"""A graph about some areas, fields and statuses: the same methods, and answers about these alone."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar, cast

import pandas as pd

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.change import Choice, portion, read_choice
from tsunagari.graph.columns import Columns
from tsunagari.graph.coverage import GAPS
from tsunagari.graph.knowledge.session import Day, Later, Session

Graph = TypeVar("Graph", bound=Session)
Method = TypeVar("Method", bound=Callable[..., Any])
CHOSEN = ("areas", "fields", "statuses")


def about(
    self: Graph,
    areas: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    statuses: Iterable[str] | None = None,
    *,
    top: int | None = None,
    at: Day = None,
) -> Graph:
    """Return the graph about some municipalities, fields and statuses; every method answers about these.

    What is measured is measured in the whole graph, so that a figure is the same whatever is chosen: of gaps, brokers,
    centralities, losses and changes only the rows concerned are left, and remedies look for candidates everywhere.
    Networks, tables, queries and exports hold the bodies concerned and what is tied to them.

    A body is concerned when it supports in one of the fields for one of the areas (or an area within them) or, without
    fields, is based there; by statuses, when it supports in a cell of such a status.

    Parameters
    ----------
    areas, fields
        Names, codes or IRIs, as in `gaps`; None chooses none in particular.
    statuses
        Of `tsunagari.graph.coverage.SHOWN_STATUSES`; None chooses none in particular.
    top
        The first so many of the bodies concerned, by their rank among the brokers; None takes all of them.
    at
        The day on which it is asked who supports where; None takes `as_of`.

    Returns
    -------
    A graph; this one when nothing is chosen.

    Raises
    ------
    UnknownNameError
        An area, a field, a status or the day is not known.
    NetworkError
        `top` is below 1.

    Examples
    --------
    >>> part = kg.about(["鳥取県"])
    >>> len(part.brokers()) < len(kg.brokers()), len(part.organizations) < len(kg.organizations)
    (True, True)
    """
    if top is not None and top < 1:
        raise NetworkError(
            Message(f"上位の数は 1 以上です: {top}", f"The number of the first must be at least 1: {top}")
        )
    day = self._day(at)
    if areas is None and fields is None and statuses is None and top is None:
        return self
    whole = self._whole or self
    scope = self._report.scope
    choice = read_choice(whole._reader, scope=scope, areas=areas, fields=fields, statuses=statuses, at=day)

    if top is not None:
        ranked = cast("Any", whole).brokers(at=at)["organization_id"]
        first = [iri for iri in ranked if iri in choice.organizations][:top]
        choice = replace(choice, organizations=frozenset(first), providers=frozenset(), top=top)
    found = self._part(Later(lambda: portion(whole._reader, choice, organizations=choice.organizations, at=day)))
    found._choice, found._whole, found._edition = choice, whole, whole._edition
    return found


def chosen_again(graph: Session, whole: Graph) -> Graph:
    """Return what a graph is about in another one: of another day, or for another reader."""
    choice = graph._choice
    if choice is None:
        return whole
    return about(whole, choice.areas, choice.fields, choice.statuses, top=choice.top)


def in_the_whole(*, bodies: str = "") -> Callable[[Method], Method]:
    """Make a method measure in the whole graph and leave of its rows those about what was chosen.

    Parameters
    ----------
    bodies
        The column with the IRIs of bodies, ``index`` for a Series; empty where the rows are not about single bodies.
    """

    def decorate(function: Method) -> Method:
        signature = inspect.signature(function)

        @wraps(function)
        def answered(self: Session, *given: Any, **named: Any) -> Any:
            if self._choice is None or self._whole is None:
                return function(self, *given, **named)
            asked = signature.bind(self._whole, *given, **named)
            _fill(asked, signature, self._choice)
            return _rows(function(*asked.args, **asked.kwargs), self._choice, lambda: self._reader.columns, bodies)

        return cast("Method", answered)

    return decorate


def _fill(asked: inspect.BoundArguments, signature: inspect.Signature, choice: Choice) -> None:
    """Add to the arguments what was chosen and is not asked for otherwise."""
    for name in CHOSEN:
        chosen = getattr(choice, name)
        if chosen is None or name not in signature.parameters:
            continue
        default = signature.parameters[name].default
        if asked.arguments.get(name, default) == default:
            asked.arguments[name] = [status for status in chosen if status in GAPS] if default == GAPS else chosen


def _rows(found: Any, choice: Choice, columns: Callable[[], Columns], bodies: str) -> Any:
    """Return the rows about the bodies chosen; what is no body stays when the part of the graph has it."""
    if not bodies:
        return found
    ids = found.index if bodies == "index" else found[bodies]
    kept = [iri in choice.organizations for iri in ids]
    if "mode" in found and bodies != "index":
        known = columns()
        kept = [
            of_choice or (mode == 2 and known.code(iri) >= 0)
            for of_choice, mode, iri in zip(kept, found["mode"], ids, strict=True)
        ]
    left = found[pd.Series(kept, index=found.index, dtype=bool)]
    return left if bodies == "index" else left.reset_index(drop=True)
