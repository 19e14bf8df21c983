"""Neo4j and SPARQL servers: a push beside row by row, unchanged, a pull; tables from Fuseki beside embedded ones.

Run from the repository: ``.venv/bin/python benchmarks/shared_stores.py`` (``--quick`` takes a hundredth and only
prints, ``--tenth`` a tenth; ``--only neo4j`` or ``--only sparql`` makes one of the two tables). It needs the servers
of ``make servers``. Everything is made up from one seed; client and server are processes of their own, and the
processor time of both is told.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import neo4j
import numpy as np
import pyoxigraph as ox
import servers
from surroundings import libraries, machine

import tsunagari
from tsunagari.graph.columns import MemoryStore
from tsunagari.graph.facts import Reader
from tsunagari.graph.neo4j import pull, push
from tsunagari.graph.neo4j.address import Address
from tsunagari.loaders.fiction import synthesize

RESULTS = Path(__file__).parent / "results"
NODES, LINKS = 100_000, 5
SINGLE = 1000  # rows that are written one by one, nodes and relationships each
ORGANIZATIONS = 10_000
RDF_TYPE, LABEL = (
    ox.NamedNode(f"http://www.w3.org/{name}") for name in ("1999/02/22-rdf-syntax-ns#type", "2000/01/rdf-schema#label")
)
BODY, TIE = ox.NamedNode("http://www.w3.org/ns/org#Organization"), ox.NamedNode("http://www.w3.org/ns/org#linkedTo")


def network(nodes: int) -> Iterator[ox.Quad]:
    """Yield `nodes` bodies with a name and five relationships each, of a uniform random network."""
    ends = np.random.default_rng(1).integers(0, nodes, (nodes, LINKS))
    graph = ox.NamedNode("urn:g")
    names = [ox.NamedNode(f"https://example.org/id/{number:07d}") for number in range(nodes)]
    for number, one in enumerate(names):
        yield ox.Quad(one, RDF_TYPE, BODY, graph)
        yield ox.Quad(one, LABEL, ox.Literal(f"架空の会{number}", language="ja"), graph)
        for end in set(ends[number].tolist()) - {number}:
            yield ox.Quad(one, TIE, names[end], graph)


class Clock:
    """Measures a piece of work: seconds by the clock, and of processor time here and in a server."""

    def __init__(self, server: servers.Server) -> None:
        self.server = server

    def __call__(self, work: Callable[[], object]) -> tuple[float, float, float]:
        """Do the work and return what it took."""
        there, here, start = self.server.cpu_seconds, time.process_time(), time.monotonic()
        work()
        return time.monotonic() - start, time.process_time() - here, self.server.cpu_seconds - there


def one_by_one(server: servers.Neo4jServer, rows: int) -> None:
    """Write nodes and relationships as many programs do: a transaction each."""
    driver = neo4j.GraphDatabase.driver(server.url)
    with driver, driver.session() as session:
        session.run("CREATE CONSTRAINT single IF NOT EXISTS FOR (n:Single) REQUIRE n.iri IS UNIQUE").consume()
        for number in range(rows):
            session.run("MERGE (n:Single {iri: $iri}) SET n.name = $name", iri=f"urn:{number}", name="架空").consume()
        text = "MATCH (a:Single {iri: $a}) MATCH (b:Single {iri: $b}) MERGE (a)-[:LINKED_TO]->(b)"
        for number in range(rows):
            session.run(text, a=f"urn:{number}", b=f"urn:{number * 7 % rows}").consume()
        session.run("MATCH (n:Single) DETACH DELETE n").consume()


def neo4j_rows(nodes: int, organizations: int, folder: Path) -> Iterator[str]:
    """Yield the rows of the table of Neo4j."""
    with servers.neo4j_server(folder / "neo4j", auth=False, heap="2g", long_lived=True) as server:
        clock, address = Clock(server), Address(server.url)
        single = min(SINGLE, nodes)
        one_by_one(server, min(200, single))  # so that the server is warm
        reader = Reader(MemoryStore(network(nodes)))
        links = sum(quad.predicate == TIE for quad in reader.store.quads())
        alone = clock(lambda: one_by_one(server, single))
        yield row(f"row by row, {single:,} nodes and as many relationships", alone)
        first = clock(lambda: push(reader, "w", address))
        yield row(f"push, {nodes:,} nodes / {links:,} relationships", first)
        scale = (nodes + links) / (2 * single)
        by_clock, by_cpu = (alone[0] * scale / first[0], sum(alone[1:]) * scale / sum(first[1:]))
        text = "row by row for all of it, reckoned from the sample above, would take as many times"
        yield f"| {text} | {by_clock:.0f} | {by_cpu:.0f} (both) | |"
        yield row("push again, unchanged", clock(lambda: push(reader, "w", address)))
        yield row("pull", clock(lambda: sum(1 for _ in pull(address))))
    with servers.neo4j_server(folder / "second", auth=False, heap="2g", long_lived=True) as server:
        clock, address = Clock(server), Address(server.url)
        graph = tsunagari.build(synthesize(folder / "w", organizations=organizations, seed=1).folder)
        frames = []
        work = clock(lambda: frames.append(push(graph._reader, graph.title, address)))
        counts = " / ".join(
            f"{total:,} {kind}" for kind, total in zip(frames[0]["kind"], frames[0]["total"], strict=True)
        )
        yield row(f"push, {organizations:,} organisations ({counts})", work)
        yield row("the same, unchanged", clock(lambda: push(graph._reader, graph.title, address)))
        yield row("its pull", clock(lambda: sum(1 for _ in pull(address))))


def row(what: str, took: tuple[float, float, float]) -> str:
    """Return a row of a table."""
    return f"| {what} | {took[0]:.1f} | {took[1]:.1f} | {took[2]:.1f} |"


def command(*words: str, cache: Path) -> tuple[float, float]:
    """Run a command and return its seconds by the clock and of processor time."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    code = "from tsunagari.cli import cli; cli()"
    subprocess.run(
        [sys.executable, "-c", code, *words],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"TSUNAGARI_CACHE": str(cache)},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def sparql_rows(organizations: int, folder: Path) -> Iterator[str]:
    """Yield the rows of the table of SPARQL servers."""
    place = folder / "w"
    if not place.exists():
        synthesize(place, organizations=organizations, seed=1)
        tsunagari.build(place)
    graph = tsunagari.open(place)
    makers = {"Fuseki": partial(servers.fuseki_server, on_disk=True), "Oxigraph server": servers.oxigraph_server}
    for title, make in makers.items():
        short = title.partition(" ")[0].lower()
        with make(folder / short) as server:
            clock, cache = Clock(server), folder / f"cache-{short}"
            if tsunagari.open(server.query_url).title != graph.title:  # not by a run before
                yield row(f"publish to {title}", clock(lambda: graph.publish(server.graphs_url)))
            for name in ("gaps", "brokers"):
                embedded = command(name, "-w", str(place), "--format", "csv", cache=cache)
                yield f"| {name}, embedded | {embedded[0]:.1f} | {embedded[1]:.1f} | |"
                for turn in ("first command", "second command") if name == "gaps" else ("third command",):
                    yield asked_there(name, f"{name}, {title}, {turn}", server, cache, embedded)
            asked = clock(lambda: tsunagari.open(server.query_url).ask("platforms", timeout=None))
            yield row(f"a question of few rows, asked of {title}", asked)


def asked_there(name: str, what: str, server: servers.SparqlServer, cache: Path, embedded: tuple[float, float]) -> str:
    """Run a command over the graph of a server and return a row, with how many times the embedded one it takes."""
    there = server.cpu_seconds
    took = command(name, "-w", server.query_url, "--format", "csv", cache=cache)
    both = took[1] + server.cpu_seconds - there
    times = f"{took[0] / embedded[0]:.2f} × embedded by the clock, {took[1] / embedded[1]:.2f} × CPU of the client, "
    return row(f"{what} ({times}{both / embedded[1]:.2f} × of both)", (*took, server.cpu_seconds - there))


def write(title: str, file: str, rows: Iterator[str], *, keep: bool) -> None:
    """Print a table row by row, and keep it."""
    head = [f"# {title}", "", "Made by `benchmarks/shared_stores.py`.", "", f"- {machine()}"]
    head += [f"- {libraries('neo4j', 'pyoxigraph', 'pyarrow', 'numpy')}; Neo4j 5.26, Fuseki 5.6", ""]
    head += ["| work | clock s | CPU s, client | CPU s, server |", "|---|---:|---:|---:|"]
    lines = list(head)
    for line in rows:
        lines.append(line)
        print(line, flush=True)
    if not keep:
        return
    lines += [
        "",
        "A machine that is shared with other work, as this one was, shows more seconds for the same work, by the clock",
    ]
    lines += ["many times as many; ratios within one run say more."]
    (RESULTS / file).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Measure and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--tenth", action="store_true", help="a tenth of the sizes, for a busy machine")
    parser.add_argument("--only", choices=("neo4j", "sparql"))
    parser.add_argument("--keep", type=Path, help="folder for workspace, servers and copies, of use to the next run")
    chosen = parser.parse_args()
    share = 100 if chosen.quick else 10 if chosen.tenth else 1
    folder = chosen.keep or Path(tempfile.mkdtemp(prefix="shared-stores-"))
    try:
        if chosen.only != "sparql":
            rows = neo4j_rows(NODES // share, ORGANIZATIONS // share, folder)
            write("The graph in Neo4j", "neo4j.md", rows, keep=not chosen.quick)
        if chosen.only != "neo4j":
            rows = sparql_rows(ORGANIZATIONS // share, folder)
            write(
                f"{ORGANIZATIONS // share:,} organisations on a SPARQL server",
                "sparql_servers.md",
                rows,
                keep=not chosen.quick,
            )
    finally:
        if chosen.keep is None:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
