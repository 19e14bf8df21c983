"""What a graph holds: counts, sources, issues, checks, and who may be one."""

from __future__ import annotations

from datetime import date

import pandas as pd

from tsunagari.errors import Message, WorkspaceError
from tsunagari.graph.centre import Bibliography
from tsunagari.graph.centre import cite as cite_tables
from tsunagari.graph.change import first_day as first_day_of
from tsunagari.graph.change import first_source_day as first_source_day_of
from tsunagari.graph.knowledge.citation_answers import citations
from tsunagari.graph.knowledge.session import Day, Session, method
from tsunagari.graph.matching import make_decision
from tsunagari.graph.matching import match_candidates as candidate_table
from tsunagari.graph.sparql import check_graph
from tsunagari.graph.tables import ISSUE_COLUMNS
from tsunagari.graph.tables import frame as frame_of
from tsunagari.graph.tables import source_counts as source_count_table
from tsunagari.graph.tables import sources as sources_of
from tsunagari.graph.tables import status_counts as status_count_table
from tsunagari.graph.tables import summary as summary_of
from tsunagari.loaders.identity import THRESHOLD, TOP, Decision, append_decisions, read_ledger
from tsunagari.loaders.issues import issues_frame


@method
def frame(self: Session, name: str, *, at: Day = None, every: bool = False, lang: str = "ja") -> pd.DataFrame:
    """Return one of the tables of `tsunagari.graph.tables.frames.COLUMNS`, see `tsunagari.graph.tables.frame`.

    Parameters
    ----------
    name
        ``organizations``, ``platforms``, ``memberships``, ``services``, ``ties``, ``areas`` or ``needs``.
    at
        The day on which rows shall hold, certainly or possibly; None takes `as_of`.
    every
        Whether rows that do not hold are there too; ``validity`` tells them apart.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        The columns of `tsunagari.graph.tables.frames.COLUMNS`, sorted by identifier; dates are ISO text.

    Raises
    ------
    UnknownNameError
        There is no such table, or the day or language is none.

    Examples
    --------
    >>> kg.frame("memberships", at="2018-01-01")["validity"].isin(["certain", "possible"]).all()
    np.True_
    """
    return frame_of(self._reader, name, at=self._day(at), every=every, lang=lang)


@method
def summary(self: Session, lang: str = "ja") -> pd.DataFrame:
    """Return how many of what the graph holds.

    Parameters
    ----------
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        ``what`` and ``count``, one row a kind of thing.

    Examples
    --------
    >>> kg.summary("en").columns.tolist()
    ['what', 'count']
    """
    return summary_of(self._reader, lang=lang)


@method
def status_counts(self: Session, lang: str = "ja") -> pd.DataFrame:
    """Return how many statements there are of each claim status.

    Parameters
    ----------
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        ``status`` (label), ``count``, ``status_id``.

    Examples
    --------
    >>> kg.status_counts("en").columns.tolist()
    ['status', 'count', 'status_id']
    """
    return status_count_table(self._reader, lang=lang)


@method
def source_counts(self: Session, lang: str = "ja") -> pd.DataFrame:
    """Return how many things each document or file states.

    Parameters
    ----------
    lang
        Language of the titles, ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        ``source`` (title), ``count``, ``document`` (IRI).

    Examples
    --------
    >>> kg.source_counts().columns.tolist()
    ['source', 'count', 'document']
    """
    return source_count_table(self._reader, lang=lang)


@method
def source_table(self: Session, lang: str = "ja") -> pd.DataFrame:
    """Return the documents and files with titles in a language; see `sources`.

    Parameters
    ----------
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        ``title``, ``publisher``, ``issued``, ``file``, ``kind``, ``records``, ``document``.

    Examples
    --------
    >>> kg.source_table("en").columns[:3].tolist()
    ['title', 'publisher', 'issued']
    """
    return sources_of(self._reader, lang=lang)


@method
def issue_table(self: Session, lang: str = "ja") -> pd.DataFrame:
    """Return what the load could not take over as it stood, one row an issue.

    Parameters
    ----------
    lang
        Language of message and hint, ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        ``severity``, ``code``, ``file``, ``sheet``, ``row``, ``column``, ``value``, ``message``, ``hint``,
        ``candidates``, ``count``, ``of``. A remote graph and one of `public` tell of no issues.

    Examples
    --------
    >>> kg.issue_table("en").columns[:3].tolist()
    ['severity', 'code', 'file']
    """
    return pd.DataFrame(issues_frame(self._report.issues, lang), columns=list(ISSUE_COLUMNS), dtype=object)


@method
def check(self: Session, *, shapes: bool = False, lang: str = "ja") -> pd.DataFrame:
    """Check the whole graph by the ontology's rules, see `tsunagari.graph.sparql.check_graph`.

    Parameters
    ----------
    shapes
        Whether to check the SHACL shapes too (needs pySHACL).
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        ``severity``, ``rule``, ``message`` and what breaks the rule, with its place; no row when the graph is sound.

    Raises
    ------
    QueryError
        The shapes are asked for and pySHACL is not installed.

    Examples
    --------
    >>> kg.check().columns[:3].tolist()
    ['severity', 'rule', 'message']
    """
    return check_graph(self._store, lambda iri: citations(self, iri, lang=lang), shapes=shapes, lang=lang)


def first_day(self: Session) -> str | None:
    """First day of which the graph states something, see `tsunagari.graph.change.first_day`; None without a date.

    Examples
    --------
    >>> kg.first_day
    '2018-04-01'
    """
    return first_day_of(self._reader)


def first_source_day(self: Session) -> str | None:
    """Day of the first source, see `tsunagari.graph.change.first_source_day`; None when no source has a date.

    Examples
    --------
    >>> kg.first_source_day
    '2020-01-01'
    """
    return first_source_day_of(self._reader)


@method
def cite(self: Session, *tables: pd.DataFrame | pd.Series, lang: str = "ja") -> Bibliography:
    """Return what to cite for tables of this graph: methods, the graph, its sources, the program.

    Parameters
    ----------
    tables
        Tables and Series of this graph; none tells what to cite for the graph alone.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    A list to look at, with ``bibtex()``, ``csl_json()`` and ``table()``; see `tsunagari.graph.centre.cite`.

    Examples
    --------
    >>> print(str(kg.cite(kg.centrality("betweenness")))[:60])
    Freeman, L. C. (1977). A set of measures of centrality based
    """
    return cite_tables(tables, self._report, source_table(self, lang), lang=lang)


@method
def match_candidates(
    self: Session, *, threshold: float | None = None, top: int | None = None, lang: str = "ja"
) -> pd.DataFrame:
    """Return pairs of organisations that may be one, see `tsunagari.graph.matching.match_candidates`.

    Parameters
    ----------
    threshold
        Least score of a pair, from 0 to 1; None takes the usual one.
    top
        Most pairs an organisation; None takes the usual number.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        ``left``, ``right``, ``left_name``, ``right_name``, ``score`` and the grounds, the best pair first. What
        ``matches.csv`` of the workspace decides is left out.

    Examples
    --------
    >>> kg.match_candidates().columns[:5].tolist()
    ['left', 'right', 'left_name', 'right_name', 'score']
    """
    ledger = None if self._workspace is None else read_ledger(self._workspace)
    least = THRESHOLD if threshold is None else threshold
    return candidate_table(self._reader, threshold=least, top=top or TOP, ledger=ledger, lang=lang)


def decide(
    self: Session, left: str, right: str, verdict: str, *, day: date | None = None, rule: str = "", note: str = ""
) -> Decision:
    """Keep a decision about two organisations in ``matches.csv``; the next build applies it.

    Parameters
    ----------
    left, right
        The organisations, see `tsunagari.graph.matching.make_decision`.
    verdict
        ``"same"``, ``"different"`` or ``"unsure"``.
    day, rule, note
        When and by which rule it was decided, and a remark.

    Returns
    -------
    The decision as it was written.

    Raises
    ------
    UnknownNameError
        One of the organisations, or the verdict, is not known.
    WorkspaceError
        The graph has no workspace to keep decisions in.

    Examples
    --------
    >>> import shutil, tempfile
    >>> import tsunagari
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with tsunagari.open(shutil.copytree(workspace, f"{folder}/copy")) as copy:
    ...         left, right = copy.organizations["organization_id"][:2]
    ...         copy.decide(left, right, "different").verdict
    'different'
    """
    if self._workspace is None:
        raise WorkspaceError(
            Message("離れたグラフについての判断は残せません。", "Decisions about a remote self cannot be kept."),
            Message("作業フォルダーのグラフを開いてください。", "Open the self of a workspace folder."),
        )
    decision = make_decision(self._reader, left, right, verdict, day=day, rule=rule, note=note)
    append_decisions(self._workspace, [decision])
    return decision
