"""What several tests of the ontology look at."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

ROOT = Path(__file__).resolve().parents[2]
ONTOLOGY = ROOT / "ontology"
EXAMPLES = Path(__file__).parent / "examples"


@pytest.fixture(scope="session")
def ontology_folder() -> Path:
    return ONTOLOGY


@pytest.fixture(scope="session")
def core() -> Graph:
    return Graph().parse(ONTOLOGY / "core.ttl")


@pytest.fixture(scope="session")
def shapes() -> Graph:
    return Graph().parse(ONTOLOGY / "shapes.ttl")


@pytest.fixture(scope="session")
def schemes() -> Graph:
    graph = Graph()
    for path in sorted((ONTOLOGY / "schemes").glob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.fixture(scope="session")
def good_examples() -> Graph:
    graph = Graph()
    for path in sorted((EXAMPLES / "good").glob("*.ttl")):
        graph.parse(path)
    return graph
