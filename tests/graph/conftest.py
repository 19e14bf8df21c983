from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NoReturn
from urllib.parse import parse_qs

import numpy as np
import pyoxigraph as ox
import pytest

from tsunagari.graph.columns.column_store import MemoryStore
from tsunagari.graph.facts.things import Reader
from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.ontology.namespaces import REFERENCE_GRAPH, concept_iri, graph_iri, instance_iri
from tsunagari.ontology.quads import ontology_quads, quads
from tsunagari.ontology.records import Evidence, Record, Reference, Temporal, Value
from tsunagari.ontology.vocabulary import vocabulary

SOURCE = instance_iri("source", "tiny.csv")


def thing(segment: str, key: str) -> str:
    return instance_iri(segment, key)


def concept(scheme: str, notation: str) -> Reference:
    return Reference(concept_iri(scheme, notation))


def day(text: str, *, until: str | None = None) -> Temporal:
    start = date.fromisoformat(text)
    if until is None:
        return Temporal(start, "day", None, None, text)
    return Temporal(None, "approximate", start, date.fromisoformat(until), f"{text}/{until}")


def record(segment: str, key: str, cls: str, row: int = 2, /, **values: Value | tuple[Value, ...] | str) -> Record:
    listed = {name: value if isinstance(value, tuple) else (value,) for name, value in values.items()}
    return Record(thing(segment, key), cls, graph_iri("tiny"), listed, (Evidence(SOURCE, row=row),))


def org(key: str) -> Reference:
    return Reference(thing("org", key))


def tiny_records() -> Iterator[Record]:
    """Two cities, a town, two NPOs and an unnamed group around a platform, its subcommittee and a partnership."""
    for key, name, code in (("tottori", "鳥取市", "31201"), ("yazu", "八頭町", "31329"), ("kami", "香美町", "28585")):
        area = Reference(thing("area", code))
        yield record(
            "org", key, "LocalGovernment", pref_label=name, municipality=area, sector=concept("sector", "municipality")
        )
    yield record(
        "org",
        "food",
        "StakeholderOrganization",
        pref_label="フードの会",
        label_en="Food Group",
        reading="ふーどのかい",
        sector=concept("sector", "npo"),
        municipality=Reference(thing("area", "31201")),
    )
    yield record("org", "listen", "StakeholderOrganization", pref_label="きく会", sector=concept("sector", "npo"))
    yield record("org", "fifteen", "UnnamedGroup", pref_label="15団体", stated_size=15)
    yield record(
        "platform", "pf", "Platform", pref_label="鳥取プラットフォーム", reach=Reference(thing("area", "31201"))
    )
    yield record(
        "body", "sub", "Subcommittee", pref_label="分科会1", sub_organization_of=Reference(thing("platform", "pf"))
    )
    yield record("platform", "region", "RegionalPartnership", pref_label="麒麟のまち圏域")
    platform, sub, region = (
        Reference(thing(*place)) for place in (("platform", "pf"), ("body", "sub"), ("platform", "region"))
    )
    member = concept("membership-class", "full")
    yield record(
        "membership", "m1", "PlatformMembership", member=org("food"), organization=platform, member_class=member
    )
    yield record(
        "membership",
        "m2",
        "PlatformMembership",
        member=org("listen"),
        organization=platform,
        valid_from=day("2022-02-01"),
        valid_to=day("2023-03-01"),
    )
    yield record("membership", "m3", "PlatformMembership", member=org("fifteen"), organization=platform)
    lead = concept("role", "lead")
    yield record("role", "r1", "RoleHolding", 5, member=org("food"), organization=sub, role=lead)
    yield record("role", "r2", "RoleHolding", 6, member=org("tottori"), organization=sub, role=lead)
    yield record(
        "role",
        "r3",
        "RoleHolding",
        7,
        member=org("listen"),
        organization=sub,
        role=lead,
        status=concept("claim-status", "planned"),
    )
    for key, role in (("tottori", "core"), ("yazu", "partner")):
        yield record(
            "partnership-membership",
            key,
            "PartnershipMembership",
            member=org(key),
            organization=region,
            role=concept("role", role),
        )
    yield record(
        "partnership-membership",
        "kami",
        "PartnershipMembership",
        member=org("kami"),
        organization=region,
        role=concept("role", "partner"),
        valid_from=day("2020-02-13", until="2023-03-31"),
    )
    yield record(
        "tie",
        "t1",
        "CollaborationTie",
        10,
        tie_from=org("food"),
        tie_to=org("yazu"),
        tie_kind=concept("tie-kind", "food"),
        directed=True,
        strength=2,
    )
    yield record(
        "tie",
        "t2",
        "CollaborationTie",
        11,
        tie_from=org("yazu"),
        tie_to=org("food"),
        tie_kind=concept("tie-kind", "information"),
    )
    yield record(
        "service",
        "s1",
        "SupportService",
        pref_label="食の支援",
        provided_by=org("food"),
        support_field=(concept("hyogo", "food-bank"), concept("hyogo", "hikikomori")),
        service_area=Reference(thing("area", "31201")),
        channel=(concept("channel", "telephone"), concept("channel", "visit")),
    )
    yield record(
        "activity",
        "a1",
        "Event",
        pref_label="集い",
        carried_out_by=org("food"),
        valid_from=day("2022-03-30"),
        valid_to=day("2022-03-31"),
    )


@pytest.fixture(scope="session")
def tiny_quads() -> list[ox.Quad]:
    words = vocabulary()
    return [*ontology_quads(REFERENCE_GRAPH), *(quad for item in tiny_records() for quad in quads(item, words))]


@pytest.fixture(scope="session")
def tiny(tiny_quads: list[ox.Quad]) -> Reader:
    return Reader(MemoryStore(tiny_quads))


class Endpoint(BaseHTTPRequestHandler):
    """A SPARQL 1.1 endpoint whose default graph is empty, as the protocol allows."""

    store: ox.Store
    requests: list[dict[str, list[str]]]

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.requests.append(form)
        default = [ox.NamedNode(iri) for iri in form.get("default-graph-uri", [])]
        named = [ox.NamedNode(iri) for iri in form.get("named-graph-uri", [])]
        try:
            found = self.store.query(form["query"][0], default_graph=list(default) or None, named_graphs=named or None)
        except SyntaxError as error:
            return self.answer(400, "text/plain", str(error).encode())
        if isinstance(found, ox.QueryTriples):
            return self.answer(200, "application/n-triples", found.serialize(format=ox.RdfFormat.N_TRIPLES))
        body = found.serialize(format=ox.QueryResultsFormat.JSON)
        return self.answer(200, "application/sparql-results+json", body)

    def answer(self, code: int, media_type: str, body: bytes | None) -> None:
        self.send_response(code)
        self.send_header("Content-Type", f"{media_type}; charset=utf-8")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serve(store: ox.Store, requests: list[dict[str, list[str]]] | None = None) -> Iterator[str]:
    """Serve a store as a SPARQL endpoint on this machine and give its URL."""
    handler = type("Handler", (Endpoint,), {"store": store, "requests": [] if requests is None else requests})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def endpoint() -> Callable[..., AbstractContextManager[str]]:
    return serve


REGION = {
    "tsunagari.toml": """\
[workspace]
title = "架空の圏域"
as_of = 2023-10-01

[scope]
areas = ["鳥取市", "岩美町", "八頭町"]
"""
    + "".join(
        f'\n[[source]]\nfile = "{name}.csv"\nkind = "{name}"\n'
        for name in ("organizations", "services", "platforms", "members", "ties")
    ),
    "organizations.csv": """\
id,pref_label,sector,municipality
cook,架空の食堂,npo,31201
box,架空の宅配,company,31202
soup,架空の炊き出し,npo,31202
meet,架空の集い,npo,31329
home,架空の居場所,npo,31302
hub,架空の中間支援,npo,31201
lone,架空の孤塁,npo,31201
""",
    "services.csv": """\
id,pref_label,provided_by,support_field,service_area
s1,架空の食事,cook,food-bank,31201
s2,架空の箱,box,food-bank,31202
s3,架空の鍋,soup,food-bank,31202
s4,架空の相談,meet,hikikomori,31329
""",
    "platforms.csv": "id,pref_label,scope_level,reach\npf,架空の場,prefectural,31000\n",
    "members.csv": "id,member,organization\nm1,cook,pf\nm2,home,pf\n",
    "ties.csv": """\
id,tie_from,tie_to,tie_kind,directed
t1,box,hub,food,false
t2,hub,meet,information,false
t3,cook,hub,information,false
t4,home,soup,food,true
""",
}


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """Seven made-up organisations of three towns and of one outside of the scope."""
    folder = tmp_path_factory.mktemp("region")
    for name, text in REGION.items():
        (folder / name).write_text(text, encoding="utf-8")
    return build(folder)


@pytest.fixture(scope="session")
def r_sna(lacking: Callable[[str], NoReturn], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[float]]:
    """Give what runs a script of R with its package sna over matrices, each under its name, and returns its numbers."""
    found = shutil.which("Rscript")
    if found is None or subprocess.run([found, "-e", "library(sna)"], capture_output=True, check=False).returncode:
        lacking("R with its package sna is not installed: bash scripts/install_system_packages.sh")

    def run(script: str, **matrices: Any) -> list[float]:
        folder = tmp_path_factory.mktemp("r")
        lines = ["suppressMessages(library(sna))", "set.seed(1)"]
        for name, matrix in matrices.items():
            np.savetxt(folder / f"{name}.csv", matrix, delimiter=",", fmt="%.12g")
            lines.append(f'{name} <- unname(as.matrix(read.csv("{(folder / name).as_posix()}.csv", header = FALSE)))')
        (folder / "script.R").write_text("\n".join([*lines, script]), encoding="utf-8")
        done = subprocess.run(["Rscript", folder / "script.R"], capture_output=True, text=True, check=True)
        return [float(text) for text in done.stdout.split()]

    return run
