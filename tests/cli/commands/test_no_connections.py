"""Whatever stands in the files of a workspace, no command opens a connection that the user did not name."""

from __future__ import annotations

import http.server
import json
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from tests.cli.conftest import run

from tsunagari.cli.shell.catalogue import COMMANDS
from tsunagari.graph.sparql.questions import all_questions

PREFIXES = (
    "@prefix tsu: <https://w3id.org/tsunagari/ont#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix org: <http://www.w3.org/ns/org#> .\n"
)


requests: list[str] = []


class Trap(http.server.BaseHTTPRequestHandler):
    """Answers nothing and notes everything."""

    def handle_one_request(self) -> None:
        requests.append(repr(self.rfile.readline(200)))
        self.close_connection = True


@pytest.fixture(scope="module")
def trap() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Trap)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


connections: list[object] = []
hooked: list[bool] = []


@pytest.fixture(autouse=True)
def no_other_connection() -> Iterator[None]:
    """Note every connection of this process that Python makes; what libraries make themselves ends in the trap."""
    if not hooked:
        sys.addaudithook(lambda event, args: connections.append(args) if event == "socket.connect" else None)
        hooked.append(True)
    connections.clear()
    yield
    assert connections == []


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, trap: str) -> Path:
    """A workspace whose every file would like a request to be sent."""
    folder = tmp_path_factory.mktemp("hostile")
    breaks = [
        f"http://e/x> }} SERVICE SILENT <{trap}/a> {{ ?aa ?bb ?cc }} VALUES ?zz {{ <http://e/y",
        f'x" }} SERVICE <{trap}/b> {{ ?a ?b ?c }} #',
        f"{trap}/c",
        f"http://e/x>}}SERVICE<{trap}/d>{{?a?b?c}}VALUES?z{{<http://e/y",
        f"https://w3id.org/tsunagari/id/org/1>\n}}\nLOAD <{trap}/e>",
        f"ext::sh -c curl {trap}/f",
        f'=WEBSERVICE("{trap}/g")',
        f"<img src={trap}/h><!ENTITY x SYSTEM '{trap}/i'>",
        f"file://{trap}/j",
    ]
    literals = [json.dumps(text, ensure_ascii=False) for text in breaks]
    turtle = [PREFIXES]
    for place, literal in enumerate(literals):
        name = f"<http://example.org/s{place}>"
        turtle.append(f"{name} a tsu:Service ; tsu:serviceArea {literal} ; skos:prefLabel {literal}@ja .")
        turtle.append(
            f"<http://example.org/o{place}> a org:Organization ; skos:prefLabel {literal}@ja ; tsu:field {literal} ."
        )
        turtle.append(f"{name} owl:imports <{trap}/k{place}> ; tsu:provider <{trap}/l{place}>, {literal} .")
    (folder / "partner.ttl").write_text("\n".join(turtle), encoding="utf-8")
    rows = [f'"{text.replace(chr(34), chr(34) * 2)}","鳥取市","{trap}/home","{trap}/see"' for text in breaks]
    (folder / "members.csv").write_text("\n".join(["団体名,市区町村,ホームページ,備考", *rows]), encoding="utf-8")
    (folder / "p.csv").write_text(f"id,名称,URL\npf,架空PF,{trap}/pf\n", encoding="utf-8")
    book = openpyxl.Workbook()
    for row in (["団体名", "市区町村"], *([text, "鳥取市"] for text in breaks)):
        book.active.append(row)
    book.active["A2"].hyperlink = f"{trap}/link"
    book.active["C2"] = f"='[{trap}/book.xlsx]Sheet1'!A1"
    book.save(folder / "book.xlsx")
    (folder / "remote.jsonld").write_text(json.dumps({"@context": f"{trap}/context", "@id": "urn:a"}), encoding="utf-8")
    (folder / "entity.rdf").write_text(
        f'<!DOCTYPE rdf:RDF [<!ENTITY x SYSTEM "{trap}/entity">]>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="urn:a">'
        "<a xmlns='urn:'>&x;</a></rdf:Description></rdf:RDF>",
        encoding="utf-8",
    )
    (folder / "questions").mkdir()
    for number, text in enumerate((f"SELECT * {{ SERVICE <{trap}/q> {{ ?a ?b ?c }} }}", f"LOAD <{trap}/r>")):
        head = f"# name: trap{number}\n# ja: 罠\n# en: trap\n"
        (folder / "questions" / f"trap{number}.rq").write_text(head + text, encoding="utf-8")
    (folder / "edits.csv").write_text(
        "操作,種類,団体,相手,分野,市区町村\n" + f'加える,団体,"{breaks[0]}",,,鳥取市\n', encoding="utf-8"
    )
    sources = [
        ("p.csv", "platforms", ""),
        ("members.csv", "members", 'platform = "pf"'),
        ("book.xlsx", "members", 'platform = "pf"'),
        *((name, "rdf", "") for name in ("partner.ttl", "remote.jsonld", "entity.rdf")),
    ]
    blocks = [f'[[source]]\nfile = "{file}"\nkind = "{kind}"\n{more}' for file, kind, more in sources]
    title = json.dumps(breaks[0])
    (folder / "tsunagari.toml").write_text(
        "\n".join([f"[workspace]\ntitle = {title}\nas_of = 2025-04-01", *blocks]), encoding="utf-8"
    )
    run("build", "-w", folder, "-q", "--index")
    return folder


def commands(folder: Path) -> list[tuple[str, ...]]:
    files = [("inspect", str(path)) for path in sorted(folder.iterdir()) if path.is_file()]
    forms = ("turtle", "jsonld", "trig", "graphml", "gexf", "csv", "hsds", "neo4j-csv")
    return [
        *files,
        *(("export", form) for form in forms),
        *((name,) for name in ("build", "check", "gaps", "brokers", "remedies", "loss")),
        *((name,) for name in ("map", "atlas", "report", "match", "ask")),
        *(("ask", name) for name in all_questions(folder / "questions")),
        ("check", "--shapes"),
        ("fields", "--no-write"),
        ("centrality", "degree"),
        ("test", "mixing"),
        ("scenario", str(folder / "edits.csv")),
        ("diff", "--since", "2024-01-01"),
        ("query", "SELECT * { ?s ?p ?o } LIMIT 5"),
        ("query", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"),
        ("add", str(folder / "members.csv"), "--dry-run"),
        ("fix",),
    ]


ELSEWHERE = {
    "demo": "no file of a workspace is read",
    "init": "writes examples",
    "synthesize": "writes a fiction",
    "verify": "reads no workspace",
    "completion": "prints a script",
    "neo4j": "the user names the address",
    "publish": "the user names the address",
}


def test_no_command_sends_anything(hostile: Path, trap: str) -> None:
    from click.testing import CliRunner

    from tsunagari.cli import cli

    called = set()
    for command in commands(hostile):
        where = () if command[0] == "inspect" else ("-w", str(hostile))
        result = CliRunner().invoke(cli, [*command, *where])
        called.add(command[0])
        assert result.exception is None or isinstance(result.exception, SystemExit), (command, result.exception)
        assert requests == [], command
    missing = set(COMMANDS) - called - set(ELSEWHERE)
    assert not missing, f"commands that this test does not call: {missing}"


def test_the_trap_is_set(trap: str) -> None:
    """A request would be seen."""
    connections.clear()
    with socket.create_connection(("127.0.0.1", int(trap.rpartition(":")[2])), timeout=10) as line:
        line.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert line.recv(10) == b""
    assert connections
    assert len(requests) == 1
    requests.clear()
    connections.clear()
