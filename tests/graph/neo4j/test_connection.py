from __future__ import annotations

import datetime
import http.server
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
import servers

from tsunagari.errors import StoreError
from tsunagari.graph.neo4j.address import Address
from tsunagari.graph.neo4j.connection import Database, check_version

SECRET = "s3cret-架空"


def failure(address: Address) -> str:
    with pytest.raises(StoreError) as caught:
        Database(address).close()
    text = str(caught.value)
    assert "\n" not in text
    assert SECRET not in text + caught.value.text("ja") + repr(address)
    return text


def test_nobody_there_is_told_with_the_usual_port() -> None:
    text = failure(Address(f"bolt://127.0.0.1:{servers.free_port()}", "neo4j", SECRET))
    assert "does not answer" in text
    assert "7687" in text


def test_a_web_server_is_no_database() -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            text = failure(Address(f"bolt://127.0.0.1:{server.server_port}", "neo4j", SECRET))
        finally:
            server.shutdown()
            thread.join()
    assert "does not speak Neo4j's Bolt" in text


def test_a_wrong_password_is_told_without_it(neo4j_server: servers.Neo4jServer) -> None:
    text = failure(Address(neo4j_server.url, "nobody", SECRET))
    assert "does not accept the user or the password (user nobody)" in text


def test_a_server_without_encryption_is_told(neo4j_server: servers.Neo4jServer) -> None:
    url = neo4j_server.url.replace("bolt:", "bolt+s:")
    assert "does not take encrypted connections" in failure(Address(url, "neo4j", SECRET))


def test_a_database_that_is_not_there_is_told(neo4j_server: servers.Neo4jServer) -> None:
    text = failure(Address(neo4j_server.url, servers.USER, servers.PASSWORD, database="nowhere"))
    assert "has no database 'nowhere'" in text


@pytest.mark.parametrize("agent", ["Neo4j/4.4.30", "Neo4j/5.11.0", "Memgraph/3.0", "", "Neo4j/dev"])
def test_another_server_is_refused(agent: str) -> None:
    with pytest.raises(StoreError, match=r"no Neo4j from version 5\.26 on .*Nothing was written"):
        check_version(agent, "bolt://x")


@pytest.mark.parametrize("agent", ["Neo4j/5.26.30", "Neo4j/2025.01.0", "Neo4j/2026.08.1"])
def test_newer_servers_are_taken(agent: str) -> None:
    check_version(agent, "bolt://x")


@pytest.fixture(scope="module")
def encrypted(
    tmp_path_factory: pytest.TempPathFactory, neo4j_server: servers.Neo4jServer, lacking: Callable[[str], NoReturn]
) -> Iterator[tuple[str, Path]]:
    """A Bolt server behind a certificate that nobody signed: TLS in front of the shared server."""
    import ssl

    if shutil.which("openssl") is None:
        lacking("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    words += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(words, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_relay, args=(listener, context, neo4j_server.port), daemon=True).start()
    yield f"bolt+s://127.0.0.1:{listener.getsockname()[1]}", certificate
    listener.close()


def _relay(listener: socket.socket, context: object, port: int) -> None:
    while True:
        try:
            inner, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(inner, context, port), daemon=True).start()


def _serve(inner: socket.socket, context: object, port: int) -> None:
    import ssl

    assert isinstance(context, ssl.SSLContext)
    try:
        with (
            context.wrap_socket(inner, server_side=True) as client,
            socket.create_connection(("127.0.0.1", port)) as server,
        ):
            client.settimeout(0.05)
            server.settimeout(0.05)
            while True:
                for source, target in ((client, server), (server, client)):
                    try:
                        data = source.recv(65536)
                    except TimeoutError:
                        continue
                    if not data:
                        return
                    target.sendall(data)
    except OSError:
        return


def test_an_unknown_certificate_is_told_and_taken_when_named(encrypted: tuple[str, Path]) -> None:
    url, certificate = encrypted
    text = failure(Address(url, servers.USER, SECRET))
    assert "certificate" in text
    assert "--ca" in text
    with Database(Address(url, servers.USER, servers.PASSWORD, ca=certificate)) as database:
        assert database.read("RETURN 1") == [[1]]


def test_a_certificate_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    text = failure(Address("bolt+s://127.0.0.1:1", "neo4j", SECRET, ca=tmp_path / "none.pem"))
    assert "no certificate file" in text


def test_rows_come_with_the_dates_of_python(neo4j_server: servers.Neo4jServer) -> None:
    with Database(Address(neo4j_server.url, servers.USER, servers.PASSWORD)) as database:
        rows = list(database.stream("RETURN date('2023-10-01'), [date('2023-10-02')], {a: date('2023-10-03')}"))
    days = [datetime.date(2023, 10, number) for number in (1, 2, 3)]
    assert rows == [[days[0], [days[1]], {"a": days[2]}]]
