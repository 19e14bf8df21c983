"""What users ask of a graph in their own words: SPARQL, ready-made questions, and files for other programs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

import pandas as pd

from tsunagari.errors import Message, OutputError, QueryError, UnknownNameError
from tsunagari.graph.cluster import write_tables
from tsunagari.graph.columns import iso_day
from tsunagari.graph.export import export as export_graph
from tsunagari.graph.export import publish as publish_graph
from tsunagari.graph.knowledge.session import Day, Session, method
from tsunagari.graph.sparql import LIMIT, TIMEOUT, run_query
from tsunagari.graph.sparql import ask as answer_question
from tsunagari.graph.sparql import questions as question_table
from tsunagari.graph.store import PATIENCE, access_of

CYPHER = "neo4j"
ENGINES = ("sparql", CYPHER)  # of ready-made questions


def query(self: Session, text: str, *, timeout: float | None = TIMEOUT, limit: int | None = LIMIT) -> pd.DataFrame:
    """Answer a SPARQL query, read-only; see `tsunagari.graph.sparql.run_query`.

    Parameters
    ----------
    text
        A SELECT, ASK, CONSTRUCT or DESCRIBE query; the usual prefixes need not be declared.
    timeout
        Most seconds it may take; None waits.
    limit
        Most rows; None reads all.

    Returns
    -------
    DataFrame
        One column a variable; ``attrs["truncated"]`` tells whether there were more rows.

    Raises
    ------
    QueryError
        The query cannot be read, changes something, or takes too long.

    Examples
    --------
    >>> int(kg.query("SELECT (COUNT(*) AS ?n) { ?s a tsu:Subcommittee }")["n"][0])
    3
    """
    return run_query(self._store, text, timeout=timeout, limit=limit)


@method
def ask(
    self: Session,
    question: str,
    *,
    lang: str = "ja",
    at: Day = None,
    timeout: float | None = TIMEOUT,
    engine: str = ENGINES[0],
    **params: Any,
) -> pd.DataFrame:
    """Answer a ready-made question, see `tsunagari.graph.sparql.ask`.

    Parameters
    ----------
    question
        Name of a question of `questions`.
    lang
        ``"ja"`` or ``"en"``.
    at
        The day; None takes `as_of`.
    timeout
        Most seconds it may take; None waits.
    engine
        ``"sparql"``, or ``"neo4j"``: a graph opened from a Neo4j database is asked there, in Cypher.
    params
        What the question asks for, such as an area or an organisation by name.

    Returns
    -------
    DataFrame
        The columns that the question names.

    Raises
    ------
    UnknownNameError
        There is no such question or engine, or a parameter means nothing known.
    QueryError
        It takes too long, or Cypher is wanted of a graph that is in no Neo4j database.

    Examples
    --------
    >>> len(kg.ask("partnership-members", partnership="鳥取", at="2023-10-01"))
    7
    """
    folder, day = _questions_folder(self), self._day(at)
    asked = _cypher(self) if check_engine(engine) == CYPHER else partial(answer_question, self._store)
    return asked(question, lang=lang, at=day, params=params, folder=folder, timeout=timeout)


def check_engine(engine: str) -> str:
    """Return the name of an engine that answers ready-made questions.

    Raises
    ------
    UnknownNameError
        It is none of `ENGINES`.

    Examples
    --------
    >>> check_engine("neo4j")
    'neo4j'
    """
    if engine not in ENGINES:
        known = ", ".join(ENGINES)
        raise UnknownNameError(
            Message(f"「{engine}」という方式はありません。", f"There is no engine {engine!r}."),
            Message(f"使えるもの: {known}", f"Engines: {known}"),
        )
    return engine


def _cypher(graph: Session) -> Callable[..., pd.DataFrame]:
    ask_there = getattr(graph._store, "ask", None)
    if ask_there is None:
        raise QueryError(
            Message(
                "Cypher で尋ねられるのは、Neo4j のデータベースにあるグラフの全体です。",
                "Only a whole graph in a Neo4j database can be asked in Cypher.",
            ),
            Message(
                "bolt:// か neo4j:// のアドレスで開いてください（-w bolt://localhost:7687）。",
                "Open it by its address, bolt:// or neo4j:// (-w bolt://localhost:7687).",
            ),
        )
    return cast("Callable[..., pd.DataFrame]", ask_there)


@method
def questions(self: Session, lang: str = "ja") -> pd.DataFrame:
    """List the questions that `ask` knows, the workspace's own included.

    Parameters
    ----------
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        ``theme``, ``name``, ``question``, ``parameters``.

    Examples
    --------
    >>> kg.questions("en").columns.tolist()
    ['theme', 'name', 'question', 'parameters']
    """
    return question_table(lang, folder=_questions_folder(self))


def _questions_folder(graph: Session) -> Path | None:
    return None if graph._workspace is None else graph._workspace / "questions"


@method
def export(
    self: Session,
    format_name: str,
    path: Path | str | None = None,
    *,
    network: str | None = None,
    at: Day = None,
    lang: str = "ja",
    excel: bool = False,
    partition: str | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Path | bytes:
    """Write the graph in a format of `tsunagari.graph.export.FORMATS`, see `tsunagari.graph.export.export`.

    Parameters
    ----------
    format_name
        Name of the format, such as ``"turtle"``, ``"graphml"`` or ``"hxl"``.
    path
        File or folder to write; None returns the bytes.
    network
        The network, of `tsunagari.graph.networks.project`, where the format holds one; None takes the default of
        `network`, ``"all"`` every relation.
    at
        The day; None writes what the graph holds of every time.
    lang
        ``"ja"`` or ``"en"``.
    excel
        Whether CSV files are for Excel.
    partition
        ``"prefecture"`` writes Parquet as the tables that `tsunagari.open_tables` reads, of every time, into a folder.
    progress
        Is told how far these are.

    Returns
    -------
    The path that was written, or the bytes.

    Raises
    ------
    UnknownNameError
        There is no such format, network or partition.
    OutputError
        The file cannot be written, or partitioned tables were not given a folder.

    Examples
    --------
    >>> kg.export("turtle").startswith(b"@prefix")
    True
    """
    if partition is not None:
        return _export_partitioned(self, format_name, path, partition, progress, lang)
    return export_graph(self._reader, format_name, path, network=network, at=iso_day(at), lang=lang, excel=excel)


def _export_partitioned(
    graph: Session,
    format_name: str,
    path: Path | str | None,
    partition: str,
    progress: Callable[[str, int, int], None] | None,
    lang: str,
) -> Path:
    if format_name != "parquet":
        raise UnknownNameError(
            Message(f"{format_name} は分けて書けません。", f"{format_name} cannot be partitioned."),
            Message("形式を parquet にしてください。", "Take the format parquet."),
        )
    if path is None or Path(path).suffix.lower() == ".zip":
        raise OutputError(
            Message("分けた表はフォルダーに書きます。", "Partitioned tables are written into a folder."),
            Message("フォルダーを指定してください。", "Name a folder."),
        )
    report = graph._report
    day = report.as_of.isoformat() if report.as_of else None
    return write_tables(
        graph._reader,
        path,
        title=report.title,
        as_of=day,
        scope=report.scope,
        partition=partition,
        progress=progress,
        lang=lang,
    )


@method
def to_neo4j(
    self: Session,
    url: str,
    *,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
    ca: Path | str | None = None,
    dry_run: bool = False,
    replace: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Make a Neo4j database hold this graph, writing only what differs; see `tsunagari.graph.neo4j.push`.

    Parameters
    ----------
    url
        Address of the database, such as ``neo4j+s://graph.example.jp``.
    user, password
        Who writes; None takes ``NEO4J_USERNAME`` (else ``neo4j``) and ``NEO4J_PASSWORD`` of the environment.
    database
        Name of the database; None takes ``neo4j``.
    ca
        File with the certificate of the authority that signed the server's.
    dry_run
        Whether to write nothing and only tell what would change.
    replace
        Whether to replace the graph of another workspace.
    progress
        Called with the stage, what is done and how much there is.
    lang
        ``"ja"`` or ``"en"``: language of the evidence on shortcuts.

    Returns
    -------
    DataFrame
        ``kind`` (nodes, relationships, shortcuts), ``created``, ``changed``, ``deleted``, ``total``.

    Raises
    ------
    StoreError
        The database cannot be reached or written, or holds the graph of another workspace.

    Examples
    --------
    >>> kg.to_neo4j("http://localhost:7474")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    tsunagari.errors.StoreError: Not the address of a Neo4j database: http://localhost ...
    """
    from tsunagari.graph.neo4j import address_of, push  # the driver is heavy, and few need it

    at = address_of(url, user=user, password=password, database=database, ca=ca)
    return push(self._reader, self.title, at, dry_run=dry_run, replace=replace, progress=progress, lang=lang)


@method
def publish(
    self: Session,
    url: str,
    *,
    user: str | None = None,
    password: str | None = None,
    ca: Path | str | None = None,
    timeout: float | None = PATIENCE,
    dry_run: bool = False,
    replace: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Make a SPARQL server hold this graph, each named graph replaced whole; see `tsunagari.graph.export.publish`.

    Parameters
    ----------
    url
        Address at which the server takes graphs (Fuseki: ``…/DATASET/data``; Oxigraph: ``…/store``).
    user, password
        Who writes; None takes ``TSUNAGARI_USER`` and ``TSUNAGARI_PASSWORD``, or a token in ``TSUNAGARI_TOKEN``.
    ca
        File with the certificate of the authority that signed the server's; None takes ``TSUNAGARI_CA``.
    timeout
        Seconds after which a server that gives nothing is given up; None or 0 waits.
    dry_run
        Whether to write nothing and only tell what would change.
    replace
        Whether to replace graphs of these names that another workspace or somebody else put there.
    progress
        Called with the stage, the graphs done and how many there are.
    lang
        ``"ja"`` or ``"en"``: language of the stages.

    Returns
    -------
    DataFrame
        ``graph``, ``action`` (created, replaced, unchanged, deleted), ``here``, ``there``.

    Raises
    ------
    StoreError
        The server cannot be reached or written, or the graphs there are somebody else's.

    Examples
    --------
    >>> kg.publish("bolt://localhost:7687")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    tsunagari.errors.StoreError: Not the URL of a SPARQL endpoint: bolt://localhost:7687 ...
    """
    access = access_of(user=user, password=password, ca=ca, timeout=timeout)
    return publish_graph(
        self._store.quads(),
        self.title,
        url,
        access=access,
        dry_run=dry_run,
        replace=replace,
        progress=progress,
        lang=lang,
    )
