"""The tables that an engine gives are those of the arrays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tsunagari.errors import StoreError, UnknownNameError
from tsunagari.graph.cluster import DIVISIONS, TABLE_NETWORKS, TableGraph, open_tables
from tsunagari.graph.coverage import STATUSES
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.remedies.coverage_loss import cell_losses

DAYS = (None, "2015-04-01")


@pytest.fixture(scope="module")
def tables(country_tables: Path) -> Iterator[TableGraph]:
    with open_tables(country_tables) as found:
        yield found


def same(found: pd.DataFrame, wanted: pd.DataFrame) -> None:
    """Compare two tables; sums of floats may differ in their last bits."""
    pd.testing.assert_frame_equal(found, wanted, check_exact=False, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(("lang", "need"), [("ja", None), ("en", "population")])
def test_gaps_are_equal_with_names_evidence_and_sentences(
    country: KnowledgeGraph, tables: TableGraph, day: str | None, lang: str, need: str | None
) -> None:
    found = tables.gaps(at=day, need=need, lang=lang)
    wanted = country.gaps(at=day, need=need, missing=0, lang=lang)
    same(found, wanted)
    assert found.attrs == wanted.attrs
    assert len(set(found["status"])) > 2 or day


def test_a_part_of_the_scope_is_asked_for_by_name(country: KnowledgeGraph, tables: TableGraph) -> None:
    platform = country.platforms["platform"].iloc[0]
    for areas, fields in (
        (["大分県"], ["フードバンク"]),
        ([platform], None),
        (["00000"], ["hikikomori"]),
        ([], None),
    ):
        same(tables.gaps(areas, fields), country.gaps(areas, fields, missing=0))
    same(tables.gaps(statuses=["single"]), country.gaps(statuses=["single"], missing=0))
    with pytest.raises(UnknownNameError, match="no status"):
        tables.gaps(statuses=["sad"])
    with pytest.raises(UnknownNameError, match="no area"):
        tables.gaps(["どこでもない町"])
    with pytest.raises(UnknownNameError, match="no field"):
        tables.gaps(fields=["どこにもない分野"])
    with pytest.raises(UnknownNameError, match="no indicator"):
        tables.gaps(need="どこにもない指標")


@pytest.mark.parametrize("broader", [False, True])
@pytest.mark.parametrize("by", ["municipality", "partnership", "prefecture", "nation"])
def test_rollups_are_equal(country: KnowledgeGraph, tables: TableGraph, by: str, broader: bool) -> None:
    for day in DAYS:
        found, wanted = (graph.rollup(by, broader=broader, at=day, need="population") for graph in (tables, country))
        same(found, wanted)
    with pytest.raises(UnknownNameError, match="village"):
        tables.rollup("village")


@pytest.mark.parametrize("need", [None, "population"])
def test_losses_are_equal(country: KnowledgeGraph, tables: TableGraph, need: str | None) -> None:
    found, coverage = tables.cell_losses(need=need), country.coverage(need=need)
    wanted = cell_losses(coverage)
    assert found["organization_id"].tolist() == [coverage.organization_ids[body] for body in wanted.organization]
    for name, places in (("before", wanted.before), ("after", wanted.after)):
        assert found[name].tolist() == [STATUSES[place] for place in places]
    np.testing.assert_allclose(found["severity"], wanted.severity, atol=1e-9)
    sums, whole = tables.loss(need=need), country.loss(need=need).set_index("organization_id")
    for row in sums.to_dict("records"):
        theirs = whole.loc[row["organization_id"]]
        assert {name: theirs[name] for name in row if name not in ("organization_id", "severity_lost")} == {
            name: value for name, value in row.items() if name not in ("organization_id", "severity_lost")
        }
        assert theirs["severity_lost"] == pytest.approx(row["severity_lost"])
    assert whole.loc[~whole.index.isin(sums["organization_id"]), "severity_lost"].eq(0).all()


@pytest.mark.parametrize("network", TABLE_NETWORKS)
@pytest.mark.parametrize("day", DAYS)
def test_brokers_and_ties_are_equal(country: KnowledgeGraph, tables: TableGraph, network: str, day: str | None) -> None:
    for group in DIVISIONS if network == "collaboration" else DIVISIONS[:1]:
        found = tables.brokers(group, network=network, at=day, lang="en")
        wanted = country.brokers(group, network=network, at=day, draws=0, lang="en")
        columns = [name for name in wanted.columns if name in found]
        assert list(found.columns) == columns
        assert {"coordinator", "expected_liaison", "z_brokerage", "constraint", "effective_size"} < set(columns)
        by_id = [table.sort_values("organization_id", ignore_index=True) for table in (found, wanted[columns])]
        same(*by_id)
    edges, made = tables.edges(network, at=day), country.projection(network, at=day, directed=True)
    ids = made.node_ids
    pairs = sorted(zip((ids[n] for n in made.source), (ids[n] for n in made.target), made.weight, strict=True))
    assert list(zip(edges["source"], edges["target"], strict=True)) == [pair[:2] for pair in pairs]
    np.testing.assert_allclose(edges["weight"], [pair[2] for pair in pairs])


def test_what_no_engine_serves_is_refused(tables: TableGraph) -> None:
    with pytest.raises(UnknownNameError, match="services"):
        tables.brokers(network="services")
    with pytest.raises(UnknownNameError, match="platform"):
        tables.brokers("platform")


def test_too_little_memory_is_told_in_one_line(country_tables: Path) -> None:
    with open_tables(country_tables, memory="4MB") as tables, pytest.raises(StoreError) as told:
        tables.gaps()
    assert "memory" in str(told.value)
    assert "\n" not in str(told.value)


def test_the_export_tells_title_and_day(country: KnowledgeGraph, tables: TableGraph) -> None:
    assert (tables.title, tables.as_of) == (country.title, country.as_of)
    assert country.title in repr(tables)
