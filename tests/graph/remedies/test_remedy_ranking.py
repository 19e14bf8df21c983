"""The ranking of candidates is the stated one, pair by pair."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from tsunagari.graph.measures.hops import UNREACHED, neighbour_lists
from tsunagari.graph.remedies.remedy_ranking import Ground, kilometres, rank_candidates

AREAS, FIELDS, BODIES, GROUPS = 3, 2, 7, 2
NOWHERE = (float("nan"), float("nan"))


def truths(rows: int, columns: int) -> st.SearchStrategy[np.ndarray]:
    cells = st.lists(st.booleans(), min_size=rows * columns, max_size=rows * columns)
    return cells.map(lambda found: np.array(found, dtype=bool).reshape(rows, columns))


def places(number: int) -> st.SearchStrategy[np.ndarray]:
    here = st.sampled_from([NOWHERE, (35.0, 135.0), (35.5, 135.0), (36.0, 139.0)])
    return st.lists(here, min_size=number, max_size=number).map(lambda found: np.array(found))


def prefectures(number: int) -> st.SearchStrategy[np.ndarray]:
    return st.lists(st.sampled_from([-1, 31, 32]), min_size=number, max_size=number).map(np.array)


def matrix(values: np.ndarray) -> sparse.csr_array:
    return sparse.csr_array(values, dtype=np.bool_)


@settings(max_examples=40)
@given(st.data())
def test_every_cell_gets_the_first_candidates_of_a_plain_sort(data: st.DataObject):
    offers, ties = data.draw(truths(FIELDS, BODIES)), data.draw(truths(BODIES, BODIES))
    local = data.draw(truths(AREAS * FIELDS, BODIES)) & np.tile(offers, (AREAS, 1))
    based, beside = data.draw(truths(AREAS, BODIES)), data.draw(truths(AREAS, BODIES))
    present = based | local.reshape(AREAS, FIELDS, BODIES).any(axis=1)
    groups = data.draw(truths(BODIES, GROUPS))
    positions, homes = data.draw(places(AREAS)), data.draw(places(BODIES))
    near, own = data.draw(prefectures(AREAS)), data.draw(prefectures(BODIES))
    planned, territory = data.draw(truths(AREAS * FIELDS, BODIES)) & ~local, data.draw(truths(AREAS, BODIES))
    bound = data.draw(truths(1, BODIES))[0]
    gaps, limit = data.draw(truths(AREAS, FIELDS)), data.draw(st.integers(1, 4))
    ground = Ground(
        matrix(offers), matrix(local), matrix(present), matrix(groups), matrix(beside),
        neighbour_lists(ties.astype(float)), positions, homes, near, own,
        matrix(planned), bound, matrix(territory),
    )  # fmt: skip
    found = rank_candidates(ground, gaps, limit=limit)
    net = nx.Graph([pair for pair in np.argwhere(ties).tolist() if pair[0] != pair[1]])
    net.add_nodes_from(range(BODIES))
    expected = []
    for area, field in np.argwhere(gaps).tolist():
        order = []
        cell = area * FIELDS + field
        offering = offers[field] & ~local[cell] & (territory[area] | ~bound)
        for body in np.flatnonzero(offering | planned[cell]).tolist():
            reached = nx.single_source_shortest_path_length(net, body)
            steps = min(
                (reached[other] for other in np.flatnonzero(present[area]).tolist() if other in reached),
                default=UNREACHED,
            )
            shares = bool((groups[body] & groups[present[area]].any(axis=0)).any())
            apart = float(kilometres(positions[area : area + 1], homes[body : body + 1])[0])
            far = (1, int(own[body] < 0 or own[body] != near[area])) if np.isnan(apart) else (0, round(apart, 3))
            marks = (bool(present[area, body]), bool(beside[area, body]), shares)
            order.append((not planned[cell, body], not marks[0], not (marks[1] or marks[2]), steps, far, body, marks))
        for rank, (*_, steps, _, body, marks) in enumerate(sorted(order)[:limit], start=1):
            expected.append((area, field, body, rank, *marks, steps))
    columns = (
        found.area,
        found.field,
        found.body,
        found.rank,
        found.works,
        found.partnership,
        found.platform,
        found.hops,
    )
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == expected
    lengths = [0 if steps == UNREACHED else steps + 1 for steps in found.hops.tolist()]
    assert [len(path) for path in found.paths] == lengths


def test_without_gaps_or_without_anybody_there_are_no_candidates():
    empty = matrix(np.zeros((1, 0)))
    ground = Ground(
        empty, empty, empty, matrix(np.zeros((0, 0))), empty, neighbour_lists(np.zeros((0, 0))),
        np.array([NOWHERE]), np.zeros((0, 2)), np.array([-1]), np.zeros(0, dtype=int),
        empty, np.zeros(0, dtype=bool), empty,
    )  # fmt: skip
    assert len(rank_candidates(ground, [[True]]).area) == 0
    assert rank_candidates(ground, [[False]]).paths == []


def test_distances_are_great_circles():
    tokyo, osaka = np.array([[35.6812, 139.7671]]), np.array([[34.7025, 135.4959]])
    # 403 km between the main stations: Geospatial Information Authority of Japan, on the ellipsoid 403.5 km
    assert kilometres(tokyo, osaka)[0] == pytest.approx(403.5, abs=1.5)
    assert np.isnan(kilometres(tokyo, np.array([NOWHERE])))[0]
