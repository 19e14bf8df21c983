"""How certain the statuses of cells are, against coverage made anew from the offers that a draw keeps."""

from __future__ import annotations

import doctest

import numpy as np
import pytest

from tsunagari.graph.coverage import certainty as module
from tsunagari.graph.coverage.certainty import status_certainty
from tsunagari.graph.coverage.coverage import STATUSES, cover
from tsunagari.graph.coverage.providers import Offer, Offers
from tsunagari.graph.coverage.surroundings import ClosedList, Surroundings
from tsunagari.graph.inference.record_errors import RecordErrors, Stated
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

AREAS, FIELDS = ["31201", "31202", "28585"], ["food", "house"]


def some_offers(seed: int, number: int = 14) -> list[Offer]:
    draw = np.random.default_rng(seed)
    units = [*AREAS, "31000", "00000", "urn:region"]
    return [
        Offer(f"b{draw.integers(5)}", str(draw.choice(FIELDS)), str(draw.choice(units)), bool(draw.random() < 0.1))
        for _ in range(number)
    ]


@pytest.mark.parametrize("seed", range(6))
def test_statuses_are_those_of_coverage_made_from_what_is_left(seed: int):
    offers = some_offers(seed)
    around = Surroundings({"urn:region": ["31201", "28585"]}, closed=[ClosedList("List", "31201")])
    stated = Stated(np.arange(len(offers), dtype=np.uint64))
    errors = RecordErrors(0.4, draws=25, seed=seed)
    whole = cover(AREAS, FIELDS, Offers.of(offers), around)
    found = status_certainty(whole, stated, around, errors)
    counts = np.zeros((3, 2, len(STATUSES)), dtype=int)
    for draw in range(errors.draws):
        left = [offer for offer, kept in zip(offers, stated.kept(errors, draw).tolist(), strict=True) if kept]
        status = cover(AREAS, FIELDS, Offers.of(left), around).status
        for area, field in np.ndindex(3, 2):
            counts[area, field, status[area, field]] += 1
    assert (found.counts == counts).all()
    assert (found.counts.sum(axis=2) == errors.draws).all()


def test_what_errors_cannot_change_has_no_certainty():
    around = Surroundings(closed=[ClosedList("List", "31202", source="urn:list")])
    whole = cover(AREAS, ["food"], Offers.of([Offer("a", "food", "31201")]), around)
    stated = Stated(np.zeros(1, dtype=np.uint64))

    def kept(errors: RecordErrors) -> list[float]:
        return status_certainty(whole, stated, around, errors).kept(whole)[:, 0].tolist()

    single, none, unknown = kept(RecordErrors(0.1))
    assert 80 <= single < 100
    assert np.isnan([none, unknown]).all()
    single, none, unknown = kept(RecordErrors(0.0, missing_lists=0.3))
    assert 55 <= none <= 85  # a list that is missing shows no absence
    assert np.isnan(unknown)
    assert np.isnan(kept(RecordErrors(0.0))).all()


def test_false_records_reach_cells_where_nobody_is():
    offers = [Offer(f"b{number}", "food" if number % 2 else "house", AREAS[number % 2]) for number in range(20)]
    whole = cover(AREAS, FIELDS, Offers.of(offers))
    stated = Stated(np.arange(20, dtype=np.uint64))
    found = status_certainty(whole, stated, Surroundings(), RecordErrors(0.0, false_records=0.2))
    assert whole.status[0, 0] == STATUSES.index("unknown")
    assert 0 < found.kept(whole)[0, 0] < 100
    assert found.kept(whole)[0, 1] == 100  # ten bodies stay two or more


def test_the_table_says_how_often_a_status_stays(bundled: KnowledgeGraph):
    table = bundled.gaps()
    single = table[table["status"] == "single"]
    assert single["certainty"].between(0.5, 1).all()
    row = single.iloc[0]
    assert row["sentence"].endswith(f"記載の10%が漏れた一覧でも、100回中{row['certainty'] * 100:.0f}回は同じ状況です。")
    assert table.loc[table["status"] == "unknown", "certainty"].isna().all()
    assert bundled.gaps(missing=0.0)["certainty"].isna().all()
    assert not bundled.gaps(missing=0.0)["sentence"].str.contains("回は同じ").any()
    assert bundled.gaps().equals(table)


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0
