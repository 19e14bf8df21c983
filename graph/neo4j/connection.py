"""The connection to a Neo4j database: the only module that imports the driver.

Every text that is run is written in this package; whatever comes from a graph goes as a parameter.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any, LiteralString, Self

import neo4j
import neo4j.graph
import neo4j.time
from neo4j import exceptions as faults

from tsunagari.errors import Message, QueryError, StoreError
from tsunagari.graph.neo4j.address import HINTS, USER, Address
from tsunagari.graph.neo4j.names import IRI

TRIES = 5  # of a batch whose commit may or may not have happened
WAIT_FOR_LOCK = 10.0  # seconds
OLDEST = (5, 26)  # the first with labels and types as parameters; later ones count by years
_KNOWN = re.compile(r"Neo4j/(?P<major>\d+)\.(?P<minor>\d+)")
logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what it retries by itself is no news


class Database:
    """An open database; use it in a ``with`` block.

    Parameters
    ----------
    address
        Where it is.

    Raises
    ------
    StoreError
        Nobody answers, the password is wrong, the certificate is not trusted, or it is no Neo4j from version 5.26 on.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self.agent = ""
        self.retried = 0
        self._lock = threading.Lock()
        with self._errors():
            self._driver = self._connect()
        try:
            with self._errors():
                self.agent = self._driver.get_server_info().agent
                self.read("RETURN 1")
            check_version(self.agent, address.url)
        except BaseException:
            self._driver.close()
            raise

    def _connect(self) -> neo4j.Driver:
        at = self.address
        auth = (at.user or USER, at.password) if at.password is not None else None
        options: dict[str, Any] = {
            "connection_timeout": 15.0,
            "connection_acquisition_timeout": 20.0,
            "max_transaction_retry_time": at.patience,
            "notifications_min_severity": "OFF",
            "user_agent": "tsunagari",
        }
        url = at.url
        if at.ca is not None:
            if not at.ca.is_file():
                raise StoreError(
                    Message(f"証明書のファイルがありません: {at.ca}", f"There is no certificate file {at.ca}")
                )
            url = re.sub(r"^(bolt|neo4j)\+s(sc)?:", r"\1:", url)
            options |= {"encrypted": True, "trusted_certificates": neo4j.TrustCustomCAs(str(at.ca))}
        return neo4j.GraphDatabase.driver(url, auth=auth, **options)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._driver.close()

    def read(self, text: str, **parameters: Any) -> list[list[Any]]:
        """Return the rows of a query."""
        with self._certain(), self._session(access=neo4j.READ_ACCESS) as session:
            rows: list[list[Any]] = session.execute_read(lambda work: work.run(_text(text), parameters).values())
            return rows

    def table(
        self, text: str, parameters: Mapping[str, Any], *, timeout: float | None = None
    ) -> tuple[list[str], list[list[Any]]]:
        """Return the columns and the rows of a user's query, which is only allowed to read.

        Parameters
        ----------
        text
            The query.
        parameters
            Name to value.
        timeout
            Seconds after which the server gives it up; None lets it run for ever.

        Raises
        ------
        QueryError
            The server does not understand it, or it would write.
        TimeoutError
            The time was up.
        """

        @neo4j.unit_of_work(timeout=timeout)
        def run(work: neo4j.ManagedTransaction) -> tuple[list[str], list[list[Any]]]:
            result = work.run(_text(text), dict(parameters))
            return list(result.keys()), [[_plain(value) for value in row] for row in result.values()]

        with self._certain(), self._session(access=neo4j.READ_ACCESS) as session:
            try:
                return session.execute_read(run)
            except faults.Neo4jError as error:
                code = str(error.code)
                if "TransactionTimedOut" in code:
                    raise TimeoutError from error
                if code.startswith("Neo.ClientError.Statement"):
                    said = str(error.message).partition("\n")[0]
                    raise QueryError(Message(f"Cypher の誤り: {said}", f"Cypher error: {said}")) from error
                raise

    def stream(self, text: str, **parameters: Any) -> Iterator[list[Any]]:
        """Yield the rows of a query as they come."""
        with self._certain(), self._session(access=neo4j.READ_ACCESS, fetch_size=5000) as session:
            for record in session.run(_text(text), parameters):
                yield [_plain(value) for value in record.values()]

    def write(self, text: str, rows: Sequence[Any] = (), *, undo: str | None = None, **parameters: Any) -> None:
        """Run a statement; after a commit of which nobody knows whether it happened, run it again.

        Parameters
        ----------
        text
            The statement; without `undo` it must be one that does no harm when it runs twice.
        rows
            The parameter ``rows``.
        undo
            What takes back the statement, if it happened, before it is run again.
        parameters
            Further parameters.
        """
        values = {"rows": rows, **parameters}

        def run(work: neo4j.ManagedTransaction) -> None:
            for statement in (undo, text) if again and undo else (text,):
                work.run(_text(statement), values).consume()

        again = False
        for left in reversed(range(TRIES)):
            try:
                with self._errors(), self._session() as session:
                    session.execute_write(run)
                return
            except _UncertainError as error:
                again = True
                with self._lock:
                    self.retried += 1
                if not left:
                    raise unavailable(self.address.url, str(error)) from error

    def define(self, text: str) -> None:
        """Run a statement about constraints or indexes."""
        with self._certain(), self._session() as session:
            session.run(_text(text)).consume()

    @contextmanager
    def held(self, lock: str, release: str) -> Iterator[dict[str, Any]]:
        """Hold a lock while the block runs, then run `release` with what the block put into the dict, and commit.

        Raises
        ------
        StoreError
            Somebody else holds it, or it was lost because the server was stopped.
        """
        self._probe(lock)
        parameters: dict[str, Any] = {}
        with self._certain(), self._session() as session:
            work = session.begin_transaction()
            try:
                work.run(_text(lock)).consume()
                yield parameters
                work.run(_text(release), parameters).consume()
                work.commit()
            finally:
                with suppress(faults.DriverError, faults.Neo4jError):
                    work.close()

    @contextmanager
    def _certain(self) -> Iterator[None]:
        """Tell of an uncertain commit as of a server that does not answer: the next push finds out."""
        try:
            with self._errors():
                yield
        except _UncertainError as error:
            raise unavailable(self.address.url, str(error)) from error

    def _probe(self, lock: str) -> None:
        with self._certain(), self._session() as session:
            work = session.begin_transaction(timeout=WAIT_FOR_LOCK)
            try:
                work.run(_text(lock)).consume()
            except (faults.ClientError, faults.TransientError) as error:
                if not any(word in str(error.code) for word in ("TimedOut", "Terminated", "Lock")):
                    raise
                raise StoreError(
                    Message(
                        f"{self.address.url} には別の push が進行中です。",
                        f"Another push to {self.address.url} is going on.",
                    ),
                    Message("それが終わってから、もう一度実行してください。", "Wait for its end and run this again."),
                ) from error
            finally:
                with suppress(faults.DriverError, faults.Neo4jError):
                    work.rollback()

    def _session(self, *, access: str = neo4j.WRITE_ACCESS, fetch_size: int = 1000) -> neo4j.Session:
        return self._driver.session(database=self.address.database, default_access_mode=access, fetch_size=fetch_size)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except faults.IncompleteCommit as error:
            raise _UncertainError(str(error)) from error
        except TimeoutError:
            raise
        except (faults.DriverError, faults.Neo4jError, OSError, ValueError) as error:
            raise told(self.address, error) from error


def _plain(value: Any) -> Any:
    """Return a value with the driver's dates as Python's, and a node as its IRI."""
    if isinstance(value, neo4j.time.Date):
        return value.to_native()
    if isinstance(value, list) and value and isinstance(value[0], neo4j.time.Date | neo4j.graph.Node | dict):
        return [_plain(item) for item in value]
    if isinstance(value, neo4j.graph.Node):
        return {IRI: value.get(IRI)}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


class _UncertainError(Exception):
    """The connection broke while a commit was on its way."""


def _text(text: str) -> LiteralString:
    # Names of labels, types and keys come from `tsunagari.graph.neo4j.names` alone, which lets only letters through.
    return text


def check_version(agent: str, url: str) -> None:
    """Refuse a server that is no Neo4j from version 5.26 on.

    Raises
    ------
    StoreError
        It is another program, or older.
    """
    found, oldest = _KNOWN.match(agent), ".".join(map(str, OLDEST))
    if found is None or (int(found["major"]), int(found["minor"])) < OLDEST:
        raise StoreError(
            Message(
                f"{url} は Neo4j {oldest} 以降ではありません（{agent}）。何も書いていません。",
                f"{url} is no Neo4j from version {oldest} on ({agent}). Nothing was written.",
            ),
            Message("Neo4j 5.26（LTS）か、それより新しいものを使ってください。", "Use Neo4j 5.26 (LTS) or newer."),
        )


def unavailable(url: str, detail: str) -> StoreError:
    """Return the error for a server that does not answer, or no longer."""
    return StoreError(
        Message(f"{url} に接続できません（{detail}）。", f"{url} does not answer ({detail})."), HINTS["no answer"]
    )


def told(address: Address, error: Exception) -> StoreError:
    """Return what went wrong in words: where, what, and what to do."""
    url, detail = address.url, _first_line(error)
    if isinstance(error, faults.AuthError):
        return StoreError(
            Message(
                f"{url} が利用者名かパスワードを受け付けません（利用者 {address.user or 'なし'}）。",
                f"{url} does not accept the user or the password (user {address.user or 'none'}).",
            ),
            HINTS["password"],
        )
    if isinstance(error, faults.Neo4jError):
        return _server_said(url, address.database, str(error.code), str(error.message).partition("\n")[0])
    whole = f"{error} {error.__cause__ or ''}"
    if "certificate" in whole.lower():
        return StoreError(
            Message(f"{url} の証明書を信頼できません。", f"The certificate of {url} is not trusted."),
            HINTS["certificate"],
        )
    if "SSL" in whole or "ssl" in whole:
        return StoreError(
            Message(f"{url} は暗号化した接続に応じません。", f"{url} does not take encrypted connections."),
            HINTS["certificate"],
        )
    if "handshake" in whole.lower() or "HTTP" in whole:
        return StoreError(
            Message(
                f"{url} で答えるのは Neo4j の Bolt ではありません。",
                f"What answers at {url} does not speak Neo4j's Bolt.",
            ),
            HINTS["no answer"],
        )
    return unavailable(url, detail)


def _server_said(url: str, database: str, code: str, text: str) -> StoreError:
    if code.endswith("DatabaseNotFound"):
        return StoreError(
            Message(f"{url} に {database} というデータベースはありません。", f"{url} has no database {database!r}."),
            Message("--database で名前を指定してください。", "Name it by --database."),
        )
    if "AuthenticationRateLimit" in code:
        return StoreError(
            Message(
                f"{url} は、誤ったパスワードが続いたため、しばらく受け付けません。",
                f"{url} takes no password for a while after several wrong ones.",
            ),
            Message("少し待ってから、もう一度実行してください。", "Wait a little and run it again."),
        )
    if code.startswith("Neo.DatabaseError"):
        return StoreError(
            Message(
                f"{url} が書き込みや読み取りを続けられません（{code}）: {text}", f"{url} cannot go on ({code}): {text}"
            ),
            Message(
                "ディスクの空き容量と記録を確かめ、サーバーを再起動して、もう一度実行してください。続きから書きます。",
                "See whether its disk is full and what its log says, restart it, run this again: it goes on where it "
                "stopped.",
            ),
        )
    return StoreError(
        Message(f"{url} が断りました（{code}）: {text}", f"{url} refused ({code}): {text}"),
        Message(
            "サーバーの空き容量・権限・記録を確かめ、もう一度実行してください。続きから書きます。",
            "Check its disk, rights and log, and run it again: it goes on where it stopped.",
        ),
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:300] or type(error).__name__
