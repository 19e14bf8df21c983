"""What ``centrality`` shows of the bundled documents, in every layout, and how it refuses what makes no sense."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from tests.cli.conftest import Invoke

from tsunagari.cli.shell.ranked import MEASURED
from tsunagari.graph.networks import TWO_MODE as TWO_MODE_NETWORKS
from tsunagari.graph.networks import networks, partitions


def test_people_see_places_measures_and_sentences(invoke: Invoke, built: Path) -> None:
    found = invoke("centrality", "degree", "-w", built, "--top", 3, "--network", "ties")
    lines = found.stdout.splitlines()
    assert lines[0].split() == ["順位", "名前", "つながり数"]
    assert len(lines) == 5
    explained = invoke("centrality", "degree", "-w", built, "--top", 3, "--network", "ties", "--explain").stdout
    assert "団体のうち" in explained
    assert "直接つながる団体の数" in explained
    assert "ほかに" in found.stderr


def test_each_side_of_a_two_mode_network_has_its_first_place(invoke: Invoke, built: Path) -> None:
    text = invoke("centrality", "degree", "constraint", "-w", built, "--network", "members", "--top", 2).stdout
    assert text.count("順位") == 2
    rows = json.loads(
        invoke("centrality", "degree", "-w", built, "--network", "members", "--format", "json", "-q").stdout
    )
    assert {row["mode"] for row in rows if row["rank"] == 1} == {1, 2}


def test_layouts_for_programs_hold_every_row_and_column(invoke: Invoke, built: Path, tmp_path: Path) -> None:
    words = ("centrality", "pagerank", "coreness", "-w", built, "--group", "sector", "--lang", "en", "-q")
    rows = json.loads(invoke(*words, "--format", "json").stdout)
    table = list(csv.DictReader(io.StringIO(invoke(*words, "--format", "csv").stdout)))
    invoke(*words, "-o", tmp_path / "c.parquet")
    parquet = pd.read_parquet(tmp_path / "c.parquet")
    assert len(rows) == len(table) == len(parquet) > 50
    assert list(rows[0]) == list(table[0]) == list(parquet.columns)
    assert [row["pagerank"] for row in rows] == parquet["pagerank"].tolist()
    assert rows[0]["sentence"].startswith(f"{rows[0]['name']} takes ")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("betweeness",), 1, "近いもの: betweenness"),
        (("pagerank", "--network", "members"), 1, "使える指標: degree, closeness"),
        (("degree", "--network", "friends"), 2, "次のどれか"),
        (("degree", "--exact", "--epsilon", "0.1"), 2, "どちらか一方"),
        (("degree", "--epsilon", "0"), 2, "--epsilon"),
        (("degree", "--delta", "1"), 2, "--delta"),
        (("degree", "--seed", "-1"), 2, "--seed"),
        (("degree", "--at", "いつか"), 2, "日付として読めません"),
    ],
)
def test_what_makes_no_sense_is_refused(
    invoke: Invoke, built: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    found = invoke("centrality", *words, "-w", built, exit_code=code)
    assert said in found.output
    assert "Traceback" not in found.output


def test_a_day_before_all_data_is_answered(invoke: Invoke, built: Path) -> None:
    words = ("centrality", "degree", "-w", built, "--network", "ties", "--format", "json", "-q")
    early, now = (json.loads(invoke(*words, "--at", day).stdout) for day in ("1900-01-01", "2023-10-01"))
    assert sum(row["degree"] for row in early) < sum(row["degree"] for row in now)


def test_an_error_that_is_asked_for_is_told(invoke: Invoke, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tsunagari.graph.measures import sampled_betweenness

    estimate = sampled_betweenness.betweenness_estimate
    monkeypatch.setattr(estimate, "__kwdefaults__", {**estimate.__kwdefaults__, "exact_work": 0})
    found = invoke("centrality", "betweenness", "-w", built, "--seed", 3, "--delta", 0.2, "--lang", "en")
    assert "a sample of 20,000 (seed 3): with probability 80%" in found.stderr


def test_networks_and_groups_are_those_of_the_library() -> None:
    assert set(TWO_MODE_NETWORKS) < set(MEASURED) < set(networks.NETWORKS)
    from tsunagari.cli.shell.ranked import GROUPS

    assert set(GROUPS) == set(partitions.GROUPS)
