"""A question has the same rows in Cypher as in SPARQL: on the documents and on the practice region."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import neo4j
import pytest
import servers
from tests.graph.neo4j.conftest import CLEAR, Run
from tests.ontology.test_questions import AT, CASES

import tsunagari
from tsunagari.errors import QueryError, UnknownNameError
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.neo4j.address import Address
from tsunagari.graph.neo4j.push import push
from tsunagari.graph.sparql.questions import all_questions
from tsunagari.loaders.fiction import synthesize

REGION = {
    "bridge-bodies": {},
    "changes": {"since": "2015-01-01", "at": "2025-06-01"},
    "composition": {},
    "contacts": {},
    "councils": {},
    "core-cities": {},
    "cross-prefecture-partnerships": {},
    "field-words": {},
    "imprecise-dates": {},
    "loads": {},
    "local-governments": {},
    "needs-by-area": {},
    "overlapping-reach": {},
    "platforms": {},
    "private-bodies": {},
    "programme-participants": {},
    "programmes": {},
    "secretariat": {},
    "services-by-target": {},
    "stated-and-named": {},
    "statements-without-source": {},
    "surveyed-areas": {"at": "2025-06-01"},
    "ties": {},
}


@pytest.fixture(scope="module")
def documents(
    bundled: KnowledgeGraph, neo4j_server: servers.Neo4jServer
) -> Iterator[tuple[KnowledgeGraph, KnowledgeGraph]]:
    """The documents here, and the same graph opened from a database that holds it."""
    with pytest.MonkeyPatch.context() as patch:
        yield bundled, pushed(bundled, neo4j_server, patch)


@pytest.fixture(scope="module")
def region(
    tmp_path_factory: pytest.TempPathFactory, neo4j_server: servers.Neo4jServer
) -> Iterator[tuple[KnowledgeGraph, KnowledgeGraph]]:
    """The practice region here and in a database."""
    kg = tsunagari.build(synthesize(tmp_path_factory.mktemp("region") / "w", organizations=200, seed=1).folder)
    with pytest.MonkeyPatch.context() as patch:
        yield kg, pushed(kg, neo4j_server, patch)


def pushed(kg: KnowledgeGraph, server: servers.Neo4jServer, patch: pytest.MonkeyPatch) -> KnowledgeGraph:
    driver = neo4j.GraphDatabase.driver(server.url, auth=(servers.USER, servers.PASSWORD))
    with driver, driver.session(notifications_min_severity="OFF") as session:
        session.run(CLEAR).consume()
    push(kg._reader, kg.title, Address(server.url, servers.USER, servers.PASSWORD))
    patch.setenv("NEO4J_USERNAME", servers.USER)
    patch.setenv("NEO4J_PASSWORD", servers.PASSWORD)
    return tsunagari.open(server.url)


def same(pair: tuple[KnowledgeGraph, KnowledgeGraph], name: str, params: dict[str, str], *, at: str | None) -> int:
    """Tell how many rows a question has, after the two engines gave equal tables."""
    asked = {"at": at, **params}
    here, there = pair[0].ask(name, timeout=None, **asked), pair[1].ask(name, engine="neo4j", **asked)
    assert there.equals(here), f"{here.compare(there) if here.shape == there.shape else (here, there)}"
    assert there.attrs == here.attrs
    return len(here)


def test_every_question_has_a_twin_and_every_twin_a_question() -> None:
    folder = files("tsunagari.ontology") / "questions"
    twins = {item.name.removesuffix(".cypher") for item in folder.iterdir() if item.name.endswith(".cypher")}
    assert twins == set(all_questions())


@pytest.mark.parametrize("case", CASES)
def test_the_documents_give_the_same_answer(case: str, documents: tuple[KnowledgeGraph, KnowledgeGraph]) -> None:
    name, params = CASES[case]
    same(documents, name, dict(params), at=params.get("at", AT))


def test_english_labels_come_from_the_database(documents: tuple[KnowledgeGraph, KnowledgeGraph]) -> None:
    frame = documents[1].ask("platforms", lang="en", engine="neo4j")
    assert frame.equals(documents[0].ask("platforms", lang="en"))
    assert frame.attrs["column_labels"]["platform"] == "Platform"


def test_a_question_does_not_read_the_whole_graph(documents: tuple[KnowledgeGraph, KnowledgeGraph]) -> None:
    there = tsunagari.open(documents[1].store.location)
    assert (there.title, there.as_of) == (documents[0].title, documents[0].as_of)
    assert len(there.ask("platforms", engine="neo4j"))
    assert there.store._read is None  # type: ignore[attr-defined]


def test_a_name_that_nothing_has_is_told_with_the_nearest(documents: tuple[KnowledgeGraph, KnowledgeGraph]) -> None:
    with pytest.raises(UnknownNameError, match="Nearest names: 鳥取市"):
        documents[1].ask("identifiers", thing="鳥取市市", engine="neo4j")
    with pytest.raises(QueryError, match="for example"):
        documents[1].ask("identifiers", engine="neo4j")


def test_only_a_graph_in_a_database_is_asked_in_cypher(documents: tuple[KnowledgeGraph, KnowledgeGraph]) -> None:
    for graph in (documents[0], documents[1].public()):
        with pytest.raises(QueryError, match=r"Only a whole graph in a Neo4j database.*bolt://"):
            graph.ask("platforms", engine="neo4j")
    with pytest.raises(UnknownNameError, match="Engines: sparql, neo4j"):
        documents[0].ask("platforms", engine="gremlin")


OWN = "# name: own\n# ja: 自分の質問\n# en: my own\n# column: n ja=数 en=Number\nSELECT ?n { BIND (1 AS ?n) }\n"


def ask_own(there: KnowledgeGraph, folder: Path, cypher: str | None, timeout: float | None = None) -> list[object]:
    (folder / "own.rq").write_text(OWN, encoding="utf-8")
    if cypher is not None:
        (folder / "own.cypher").write_text(cypher, encoding="utf-8")
    return list(there.store.ask("own", folder=folder, timeout=timeout)["n"])  # type: ignore[attr-defined]


def test_a_users_own_question_has_a_file_in_cypher_beside_it(
    documents: tuple[KnowledgeGraph, KnowledgeGraph], tmp_path: Path, run: Run
) -> None:
    there = documents[1]
    with pytest.raises(QueryError, match=r"no Cypher text.*Put own\.cypher beside it"):
        ask_own(there, tmp_path, None)
    assert ask_own(there, tmp_path, "RETURN 1 AS n") == [1]
    with pytest.raises(QueryError, match=r"Cypher error.*own\.cypher"):
        ask_own(there, tmp_path, "RETRUN 1 AS n")
    before = run("MATCH (n) RETURN count(n) AS n")[0]["n"]
    with pytest.raises(QueryError, match=r"Cypher error.*own\.cypher"):
        ask_own(there, tmp_path, "CREATE (:Person) RETURN 1 AS n")
    assert run("MATCH (n) RETURN count(n) AS n")[0]["n"] == before
    with pytest.raises(QueryError, match="took longer than"):
        ask_own(there, tmp_path, "UNWIND range(1, 1000000000) AS x WITH sum(x % 7) AS n RETURN n", timeout=1)


# The region takes the place of the documents in the one database: what follows is asked of it.


@pytest.mark.parametrize("case", REGION)
def test_the_region_gives_the_same_answer(case: str, region: tuple[KnowledgeGraph, KnowledgeGraph]) -> None:
    same(region, case, dict(REGION[case]), at=None)


def test_areas_platforms_and_paths_of_the_region_are_the_same(region: tuple[KnowledgeGraph, KnowledgeGraph]) -> None:
    here = region[0]
    for town in here.gaps()["area"].unique()[:4]:
        same(region, "services-in-municipality", {"municipality": town}, at=None)
        same(region, "fields-without-support", {"area": town}, at="2025-06-01")
    for platform in here.platforms["platform_id"]:
        same(region, "platform-members", {"platform": platform}, at=None)
    for source in here.sources["title"].dropna().unique()[:5]:
        same(region, "document-statements", {"document": source}, at=None)
    ends = here.ties["from_id"].iloc[0], here.ties["to_id"].iloc[0]
    assert same(region, "path-between", {"start": ends[0], "end": ends[1]}, at=None) == 1
    for number in (5, 17, 31, 60):
        far = {"start": here.ties["from_id"].iloc[number], "end": here.ties["to_id"].iloc[number + 7]}
        same(region, "path-between", far, at=None)
