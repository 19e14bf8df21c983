"""What all tests share: the graph of the bundled data, and the switch that writes golden files anew."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tsunagari.graph.knowledge import KnowledgeGraph

# A test is never timed: a busy machine is no failure.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

DATASET = Path(__file__).resolve().parents[1] / "loaders" / "datasets" / "platforms"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regen", action="store_true", help="write the golden files anew instead of comparing with them")


@pytest.fixture(scope="session")
def regen(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--regen"))


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    from tsunagari.graph.build import build

    workspace = tmp_path_factory.mktemp("bundled") / "platforms"
    shutil.copytree(DATASET, workspace, ignore=shutil.ignore_patterns(".tsunagari"))
    return build(workspace)


@pytest.fixture(scope="session")
def lacking() -> Callable[[str], None]:
    """Give what a test says when a part is missing that `make test` installs: a failure in CI, a skip elsewhere."""

    def tell(reason: str) -> None:
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)

    return tell
