"""Real servers on this machine, for tests and measurements: Neo4j, Fuseki and Oxigraph's.

Each listens on the loopback address and a free port, keeps its data in a folder that is given, and is ended at the end
of its ``with`` block. Neo4j and Fuseki come from the cache that ``scripts/fetch_servers.sh`` fills.
"""

from __future__ import annotations

import base64
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Self

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts" / "servers"
PATIENCE = 180.0  # seconds for a server to answer on a busy machine
USER, PASSWORD = "neo4j", "架空 の-pass word"
NEO4J_FLAGS = (
    *("-Xms256m", "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"),
    *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in ("java.nio", "java.io", "sun.nio.ch")),
)
# A database for tests: no copy of its log is kept, and none is reserved beforehand (half a gigabyte otherwise).
NEO4J_SETTINGS = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.directories.import=import
server.memory.pagecache.size=128m
dbms.usage_report.enabled=false
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=keep_none
dbms.security.auth_enabled={auth}
{more}
"""


class MissingServerError(Exception):
    """A server or what it needs is not on this machine."""


def fetched(name: str) -> Path:
    """Return the folder of the programs of ``"neo4j"`` or ``"fuseki"``."""
    named = os.environ.get("TSUNAGARI_SERVERS")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    text = (SCRIPTS / f"{name}.xml").read_text(encoding="utf-8")
    version = text.partition("<server.version>")[2].partition("<")[0]
    folder = (Path(named) if named else home / "tsunagari-tests") / f"{name}-{version}"
    if not (folder / ".whole").exists():
        raise MissingServerError(f"{name} is not fetched; scripts/fetch_servers.sh does so where Java and Maven are")
    if shutil.which("java") is None:
        raise MissingServerError("Java is not installed")
    return folder / "lib"


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Server:
    """A program that listens on a port; see the functions of this module.

    Parameters
    ----------
    command
        What to run.
    port
        Where it listens.
    folder
        Its working folder, which also gets what it prints.
    """

    command: Sequence[str]
    port: int
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "printed.log").open("ab") as log:
            self.process = subprocess.Popen(
                list(self.command), cwd=self.folder, stdout=log, stderr=log, env=os.environ | self.environment
            )
        end = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                self.stop()
                said = (self.folder / "printed.log").read_text(encoding="utf-8", errors="replace")[-2000:]
                raise RuntimeError(f"{self.command[0]} does not answer on port {self.port}: {said}")
            time.sleep(0.1)

    def answers(self) -> bool:
        """Tell whether somebody listens."""
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Ask it to end, and end it if it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()

    @property
    def cpu_seconds(self) -> float:
        """Return the processor time it has used."""
        assert self.process is not None
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass
class Neo4jServer(Server):
    """Neo4j Community; `url` is its address for the driver."""

    auth: bool = True

    @property
    def url(self) -> str:
        """Return the address for the driver."""
        return f"bolt://127.0.0.1:{self.port}"

    def answers(self) -> bool:
        """Tell whether it speaks Bolt; the port opens before it does."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as probe:
                probe.sendall(bytes.fromhex("6060b01700000405000000040000000000000000"))
                return len(probe.recv(4)) == 4
        except OSError:
            return False


def neo4j_server(
    folder: Path, *, auth: bool = True, more: str = "", heap: str = "1g", long_lived: bool = False
) -> Neo4jServer:
    """Return a Neo4j server whose database lives in `folder`; its user is `USER`, with the password `PASSWORD`.

    One that is `long_lived` has a Java that compiles what it runs often, as a server of users has; tests are too short.
    """
    library, port = fetched("neo4j"), free_port()
    for name in ("conf", "import", "logs", "run", "plugins", "data"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    text = NEO4J_SETTINGS.format(port=port, auth=str(auth).lower(), more=more)
    (folder / "conf" / "neo4j.conf").write_text(text, encoding="utf-8")
    classes = f"{library}{os.sep}*"
    if auth and not (folder / "data" / "dbms").exists():
        _neo4j_admin(folder, "dbms", "set-initial-password", "--", PASSWORD)
    flags = [flag if not flag.startswith("-Xmx") else f"-Xmx{heap}" for flag in NEO4J_FLAGS]
    flags = [flag for flag in flags if not (long_lived and "TieredStop" in flag)]
    homes = [f"--home-dir={folder}", f"--config-dir={folder / 'conf'}"]
    command = ["java", *flags, "-cp", classes, "org.neo4j.server.CommunityEntryPoint", *homes]
    return Neo4jServer(command, port, folder, auth=auth)


def neo4j_import(folder: Path, *arguments: str) -> None:
    """Fill the database of a server that is not running by Neo4j's bulk importer."""
    _neo4j_admin(folder, "database", "import", "full", "neo4j", *arguments)


def _neo4j_admin(folder: Path, *arguments: str) -> None:
    classes = f"{fetched('neo4j')}{os.sep}*"
    command = ["java", "-Xmx1g", "-cp", classes, "org.neo4j.cli.AdminTool", *arguments]
    environment = os.environ | {"NEO4J_HOME": str(folder), "NEO4J_CONF": str(folder / "conf")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


@dataclass
class SparqlServer(Server):
    """A SPARQL server; `query_url`, `update_url` and `graphs_url` are its three doors."""

    query_url: str = ""
    update_url: str = ""
    graphs_url: str = ""

    def answers(self) -> bool:
        """Tell whether it answers a question, or asks who wants to know."""
        asked = urllib.request.Request(f"{self.query_url}?query=ASK%7B%7D")
        try:
            with urllib.request.urlopen(asked, timeout=5):
                return True
        except urllib.error.HTTPError as error:
            return error.code == 401
        except OSError:
            return False


def fuseki_server(
    folder: Path, *, users: Path | None = None, timeout_ms: int | None = None, on_disk: bool = False
) -> SparqlServer:
    """Return a Fuseki server; `users` is a file of ``name: password`` lines.

    Its dataset is in memory, for tests of a few hundred thousand statements: 790,000 fill its gigabyte. One `on_disk`
    (TDB2) is as an office runs it, with a Java that compiles what it runs often.
    """
    jar, port = next(fetched("fuseki").glob("jena-fuseki-server-*.jar")), free_port()
    more = [] if users is None else ["--auth=basic", f"--passwd={users}"]
    more += [] if timeout_ms is None else [f"--timeout={timeout_ms}"]
    flags, kept = ["-XX:TieredStopAtLevel=1"], ["--mem"]
    if on_disk:
        (folder / "tdb2").mkdir(parents=True, exist_ok=True)
        flags, kept = [], ["--tdb2", f"--loc={folder / 'tdb2'}"]
    command = ["java", "-Xmx1g", "-XX:+UseSerialGC", *flags, "-jar", str(jar), "--localhost"]
    base = f"http://127.0.0.1:{port}/ds"
    words = [*command, f"--port={port}", *more, *kept, "--update", "/ds"]
    return SparqlServer(words, port, folder, {}, None, f"{base}/sparql", f"{base}/update", f"{base}/data")


def oxigraph_server(folder: Path) -> SparqlServer:
    """Return Oxigraph's own server, from the Python package index."""
    try:
        files = metadata.files("oxigraph") or []
    except metadata.PackageNotFoundError as error:
        raise MissingServerError("the package oxigraph is not installed; `make test` installs it") from error
    program = next(file.locate() for file in files if file.stem == "oxigraph" and file.suffix in ("", ".exe"))
    port = free_port()
    command = [str(program), "serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"]
    base = f"http://127.0.0.1:{port}"
    return SparqlServer(command, port, folder, {}, None, f"{base}/query", f"{base}/update", f"{base}/store")


def put_graphs(server: SparqlServer, quads: bytes, *, user: str | None = None) -> None:
    """Put N-Quads into a SPARQL server, through the door that takes graphs."""
    headers = {"Content-Type": "application/n-quads"}
    if user is not None:
        headers["Authorization"] = "Basic " + base64.b64encode(user.encode()).decode("ascii")
    asked = urllib.request.Request(server.graphs_url, data=quads, headers=headers, method="POST")
    with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
        answer.read()


def empty(server: SparqlServer) -> None:
    """Take every graph out of a SPARQL server."""
    asked = urllib.request.Request(
        server.update_url, data=b"DROP ALL", headers={"Content-Type": "application/sparql-update"}, method="POST"
    )
    with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
        answer.read()
