from __future__ import annotations

from pathlib import Path

import pytest

from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.loaders.fiction import synthesize


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """A made-up country of 200 organisations with platforms, partnerships, plans, surveys and a population."""
    folder = tmp_path_factory.mktemp("country") / "country"
    synthesize(folder, organizations=200, seed=5)
    return build(folder)


@pytest.fixture(scope="session")
def country_tables(country: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country") / "tables"
    country.export("parquet", folder, partition="prefecture")
    return folder
