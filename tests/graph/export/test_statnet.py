"""The files for R, and the script among them, which makes our tables anew."""

from __future__ import annotations

import doctest
import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from tsunagari.graph.export import statnet as module
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

TABLES = ("bodies.csv", "network.csv", "nodes.csv", "tables.R", "ties.csv")


@pytest.mark.parametrize("network", ["collaboration", "ties", "members"])
def test_the_script_makes_our_tables_anew(
    network: str, bundled: KnowledgeGraph, tmp_path: Path, r_sna: Callable[..., list[float]]
):
    assert r_sna("cat(1)") == [1.0]
    bundled.export("statnet", tmp_path / "r", network=network)
    done = subprocess.run(["Rscript", "tables.R"], cwd=tmp_path / "r", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "figures and 9 columns compared; largest difference" in done.stdout
    theirs = pd.read_csv(tmp_path / "r" / "bodies_sna.csv")
    ours = pd.read_csv(tmp_path / "r" / "bodies.csv")
    assert theirs["id"].tolist() == ours["id"].tolist()
    assert (theirs["liaison"] == ours["liaison"]).all()


def test_a_difference_is_no_success(bundled: KnowledgeGraph, tmp_path: Path, r_sna: Callable[..., list[float]]):
    assert r_sna("cat(1)") == [1.0]
    folder = tmp_path / "r"
    bundled.export("statnet", folder, network="ties")
    wrong = pd.read_csv(folder / "bodies.csv").assign(gatekeeper=7)
    wrong.to_csv(folder / "bodies.csv", index=False)
    done = subprocess.run(["Rscript", "tables.R"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1


def test_the_files_hold_the_network(bundled: KnowledgeGraph):
    data = bundled.export("statnet", network="collaboration", at=bundled.as_of, lang="en")
    assert isinstance(data, bytes)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert tuple(sorted(archive.namelist())) == TABLES
        found = {name: pd.read_csv(archive.open(name)) for name in TABLES if name.endswith("csv")}
    network = bundled.projection("collaboration", directed=True)
    assert found["nodes.csv"]["id"].tolist() == network.node_ids
    assert len(found["ties.csv"]) == network.adjacency().nnz
    figures = bundled.network_table().set_index("measure")["value"]
    assert found["network.csv"].set_index("measure")["value"]["density"] == pytest.approx(figures["density"])
    brokers = bundled.brokers().set_index("organization_id")["liaison"]
    assert found["bodies.csv"].set_index("id").loc[brokers.index, "liaison"].tolist() == brokers.tolist()


def test_examples_in_the_documentation(bundled: KnowledgeGraph):
    assert doctest.testmod(module, extraglobs={"kg": bundled}).failed == 0
