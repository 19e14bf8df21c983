"""What every answer of a graph starts from: the store, what was read of it, the day and the languages it answers in."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeAlias, TypeVar, cast

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.columns import iso_day
from tsunagari.graph.facts import Citations, LoadReport, Reader
from tsunagari.graph.store import Store
from tsunagari.loaders.workspace import Publication

if TYPE_CHECKING:
    from tsunagari.graph.change import Choice

Day: TypeAlias = date | str | int | None
LANGUAGES = ("ja", "en")
Method = TypeVar("Method", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Later:
    """A store that is made when it is first needed.

    Parameters
    ----------
    make
        Makes it.
    """

    make: Callable[[], Store]


@dataclass(frozen=True, slots=True, repr=False)
class Edition:
    """Of a public edition: the whole graph, what may be published of it, and how much each rule removed."""

    whole: Session
    publication: Publication
    removed: dict[str, int]


class Session:
    """A graph, and what is kept of it between two questions.

    Parameters
    ----------
    store
        Where the graph is kept, or what makes it when it is first needed.
    report
        What the build noted beside it: title, day, scope, files, issues.
    workspace
        The workspace it was built from; None for a remote graph.
    """

    def __init__(self, store: Store | Later, report: LoadReport, workspace: Path | None = None) -> None:
        self._given = store
        self._report = report
        self._workspace = workspace
        self._citations: dict[str, Citations] = {}
        self._edition: Edition | None = None
        self._choice: Choice | None = None
        self._whole: Session | None = None  # where a graph about a choice measures

    @cached_property
    def _store(self) -> Store:
        """Return where the graph is kept; a part that is only sometimes needed is made when it is."""
        return self._given.make() if isinstance(self._given, Later) else self._given

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._store)

    @property
    def title(self) -> str:
        """Title of the workspace.

        >>> kg.title
        '孤独・孤立対策官民連携プラットフォームの記録'
        """
        return self._report.title

    @property
    def as_of(self) -> date | None:
        """The day for which questions are answered when they name none; None takes every time.

        >>> kg.as_of
        datetime.date(2023, 10, 1)
        """
        return self._report.as_of

    @property
    def workspace(self) -> Path | None:
        """Folder of the workspace, None for a remote graph.

        >>> kg.workspace.name
        'platforms'
        """
        return self._workspace

    @property
    def stale(self) -> list[str]:
        """Files of the workspace that changed after the graph was built; empty when it is up to date.

        >>> kg.stale
        []
        """
        return [] if self._workspace is None else self._report.changed_files(self._workspace)

    @property
    def store(self) -> Store:
        """The store itself.

        >>> len(kg.store) > 10_000
        True
        """
        return self._store

    def close(self) -> None:
        """Let go of the store's files; on Windows this must come before a new build.

        >>> import tsunagari
        >>> with tsunagari.open(workspace) as graph:  # closes it at the end
        ...     len(graph.platforms) > 20
        True
        """
        self._store.close()
        self._reader = Reader(self._store)  # the old one keeps the files of the columns

    def _day(self, at: Day) -> str | None:
        """Return the day to answer for: the one asked for, else the graph's own; None takes every time."""
        return iso_day(at if at is not None else self._report.as_of)

    def _part(self, store: Store | Later, report: LoadReport | None = None) -> Self:
        """Return a graph of the same kind that holds a part of this one."""
        return type(self)(store, report or self._report, self._workspace)


def method(function: Method) -> Method:
    """Make a function of a session a method of the graph: it refuses a language that no text is in.

    Raises
    ------
    UnknownNameError
        From the method, when ``lang`` is none of `LANGUAGES`.

    Examples
    --------
    >>> from tsunagari.errors import UnknownNameError
    >>> try:
    ...     kg.summary("fr")
    ... except UnknownNameError as error:
    ...     error.hint.en
    'Languages: ja, en'
    """
    words = list(inspect.signature(function).parameters.values())
    if all(word.name != "lang" for word in words):
        return function
    places = [place for place, word in enumerate(words) if word.name == "lang" and word.kind is not word.KEYWORD_ONLY]

    @wraps(function)
    def asked(*given: Any, **named: Any) -> Any:
        check_language(named.get("lang", LANGUAGES[0]))
        for lang in [given[place] for place in places if place < len(given)]:
            check_language(lang)
        return function(*given, **named)

    return cast("Method", asked)


def check_language(lang: object) -> None:
    """Refuse a language that no text is in.

    Raises
    ------
    UnknownNameError
        It is none of `LANGUAGES`.

    Examples
    --------
    >>> check_language("en")
    """
    if lang not in LANGUAGES:
        raise UnknownNameError(
            Message(f"「{lang}」という言語の表示はありません。", f"There are no texts in the language {lang!r}."),
            Message(f"使える言語: {', '.join(LANGUAGES)}", f"Languages: {', '.join(LANGUAGES)}"),
        )
