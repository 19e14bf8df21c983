from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pandas as pd
import pytest
from tests.graph.neo4j.conftest import Make, Run

from tsunagari.errors import StoreError
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.neo4j import connection
from tsunagari.graph.neo4j.address import Address
from tsunagari.graph.neo4j.connection import Database
from tsunagari.graph.neo4j.marker import HOLD, START, read_marker
from tsunagari.graph.neo4j.pull import pull
from tsunagari.graph.neo4j.push import push


def send(kg: KnowledgeGraph, address: Address, **options: bool) -> pd.DataFrame:
    return push(kg._reader, kg.title, address, **options)


def counts(frame: pd.DataFrame, column: str) -> list[int]:
    return [int(number) for number in frame[column]]


def test_the_documents_come_back_quad_for_quad(bundled: KnowledgeGraph, address: Address) -> None:
    frame = send(bundled, address)
    assert set(pull(address)) == set(bundled.store.quads())
    assert frame["kind"].tolist() == ["nodes", "relationships", "shortcuts"]
    assert counts(frame, "created") == counts(frame, "total")


def test_an_unchanged_graph_is_not_written_again(make: Make, address: Address, run: Run) -> None:
    kg = make()
    send(kg, address)
    before = run("MATCH (m:TsunagariPush) RETURN m.completedAt AS at")[0]["at"]
    assert send(kg, address).attrs["unchanged"]
    assert run("MATCH (m:TsunagariPush) RETURN m.completedAt AS at")[0]["at"] == before


def test_only_what_differs_is_written_and_what_is_gone_is_deleted(make: Make, address: Address) -> None:
    send(make(), address)
    changed = make(ties="ID,連携元,連携先,種類,開始日,終了日\nt1,架空の会,架空の輪,情報共有,2020-04-01,\n")
    rehearsed = send(changed, address, dry_run=True)
    assert set(pull(address)) != set(changed.store.quads())
    done = send(changed, address)
    assert set(pull(address)) == set(changed.store.quads())
    assert done.equals(rehearsed)
    created, altered, deleted, total = (counts(done, name)[0] for name in ("created", "changed", "deleted", "total"))
    assert 0 < created + altered + deleted < total / 2
    assert deleted > 0


def test_shortcuts_carry_status_dates_and_evidence_and_go_with_their_node(
    make: Make, address: Address, run: Run
) -> None:
    send(make(), address)
    arrows = run(
        "MATCH (a)-[r:COLLABORATES_WITH]->(b) RETURN a.name AS a, b.name AS b, r.status AS status, "
        "r.evidence AS evidence, r.validTo AS until, r.derived AS derived ORDER BY a, b"
    )
    first = next(row for row in arrows if row["a"] == "架空の会")
    assert (first["b"], first["status"], first["derived"]) == ("架空の団", "stated", True)
    assert first["until"].iso_format().startswith("2024-04-0")
    assert "ties.csv" in first["evidence"]
    send(make(ties="ID,連携元,連携先,種類,開始日,終了日\nt9,架空の友,架空の会,情報共有,2020-04-01,\n"), address)
    left = run("MATCH (a)-[r:COLLABORATES_WITH]->(b) RETURN a.name AS a, b.name AS b")
    assert [(row["a"], row["b"]) for row in left] == [("架空の友", "架空の会")]


@pytest.mark.parametrize("name", ["MEMBER_OF", "PROVIDES", "COVERS"])
def test_memberships_services_and_their_areas_are_arrows_too(name: str, make: Make, address: Address, run: Run) -> None:
    send(make(), address)
    assert run(f"MATCH ()-[r:{name}]->() WHERE r.derived RETURN count(r) AS n")[0]["n"] > 0


def test_nodes_of_other_people_are_counted_and_left_alone(make: Make, address: Address, run: Run) -> None:
    run("CREATE (:Person {name: 'よその人'})-[:KNOWS]->(:Organization {iri: 'urn:x'})")
    frame = send(make(), address)
    assert frame.attrs["foreign"] == 2
    send(make(services="ID,名称,実施団体,分野,対象区域,開始日,終了日\n"), address)
    assert run("MATCH (:Person {name: 'よその人'})-[:KNOWS]->(o:Organization) RETURN o.iri AS iri")[0]["iri"] == "urn:x"


def test_nodes_that_look_like_ours_are_a_reason_to_stop(make: Make, address: Address, run: Run) -> None:
    run("CREATE (:Resource {iri: 'urn:x'}), (:Resource {uri: 'urn:y'})")
    with pytest.raises(StoreError, match="2 nodes labelled Resource"):
        send(make(), address)
    assert run("MATCH (n) RETURN count(n) AS n")[0]["n"] == 2


def test_the_graph_of_another_workspace_is_replaced_only_when_asked(make: Make, address: Address) -> None:
    send(make(), address)
    other = make("other")
    other._report = type(other._report)("別の町", other._report.as_of)
    with pytest.raises(StoreError, match=r"another workspace, '架空の記録'.*--replace"):
        send(other, address)
    send(other, address, replace=True)
    assert set(pull(address)) == set(other.store.quads())


def test_what_somebody_deleted_is_written_again(make: Make, address: Address, run: Run) -> None:
    kg = make()
    send(kg, address)
    run("MATCH (n:SupportService) DETACH DELETE n")
    assert not send(kg, address).attrs["unchanged"]
    assert set(pull(address)) == set(kg.store.quads())


def test_a_shortcut_that_somebody_deleted_comes_back(make: Make, address: Address, run: Run) -> None:
    kg = make()
    before = counts(send(kg, address), "total")
    run("MATCH ()-[r:MEMBER_OF]->() WITH r LIMIT 1 DELETE r")
    assert counts(send(kg, address), "total") == before
    assert send(kg, address).attrs["unchanged"]


def test_a_value_that_somebody_changed_is_written_anew_when_asked(make: Make, address: Address, run: Run) -> None:
    kg = make()
    send(kg, address)
    run("MATCH (n:StakeholderOrganization {name: '架空の友'}) SET n.prefLabel_ja = '架空の敵'")
    assert set(pull(address)) != set(kg.store.quads())
    send(kg, address, replace=True)
    assert set(pull(address)) == set(kg.store.quads())


def test_what_was_cut_off_is_finished_by_the_next_push(make: Make, address: Address, run: Run) -> None:
    kg = make()
    send(kg, address)
    run(
        "MATCH (n:SupportService)-[r]->() DELETE r REMOVE n._hash "
        "WITH n MATCH (m:TsunagariPush) SET m.completedAt = null"
    )
    with pytest.raises(StoreError, match="has not come to its end"):
        list(pull(address))
    send(kg, address)
    assert set(pull(address)) == set(kg.store.quads())


def test_a_constraint_of_another_name_serves(make: Make, bare: Address, run: Run) -> None:
    run("CREATE CONSTRAINT theirs FOR (n:Resource) REQUIRE n.iri IS UNIQUE")
    kg = make()
    send(kg, bare)
    assert set(pull(bare)) == set(kg.store.quads())


def test_another_constraint_of_our_name_is_told(make: Make, bare: Address, run: Run) -> None:
    run("CREATE CONSTRAINT tsunagari_resource_iri FOR (n:Person) REQUIRE n.id IS UNIQUE")
    with pytest.raises(StoreError, match=r"another one has its name.*DROP CONSTRAINT"):
        send(make(), bare)


def test_two_pushes_at_once_do_not_mix(make: Make, address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "WAIT_FOR_LOCK", 2.0)
    kg = make()
    send(kg, address)
    other = make(services="ID,名称,実施団体,分野,対象区域,開始日,終了日\n")
    with Database(address) as database, database.held(HOLD, START) as parameters:
        parameters.update(workspace=kg.title, version="", graphs=[], names="{}")
        with pytest.raises(StoreError, match=r"Another push .* is going on"):
            send(other, address)


def test_a_batch_whose_commit_was_lost_is_written_once(
    make: Make, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every first commit of a statement succeeds and is reported as lost."""
    import neo4j

    lost: set[str] = set()
    real = neo4j.Session.execute_write

    def losing(self: neo4j.Session, work: Callable[..., object]) -> object:
        found = real(self, work)
        cells = work.__closure__ or ()
        text = str([cell.cell_contents for cell in cells if isinstance(cell.cell_contents, str)])
        if text not in lost:
            lost.add(text)
            raise neo4j.exceptions.IncompleteCommit("the line was cut")
        return found

    monkeypatch.setattr(neo4j.Session, "execute_write", losing)
    kg = make()
    frame = send(kg, address)
    assert frame.attrs["retried"] >= 3
    assert counts(frame, "created") == counts(frame, "total")
    monkeypatch.undo()
    assert set(pull(address)) == set(kg.store.quads())


def test_progress_is_told_stage_by_stage(make: Make, address: Address) -> None:
    kg, told = make(), []
    push(kg._reader, kg.title, address, progress=lambda *step: told.append(step), lang="en")
    assert {stage for stage, _, _ in told} == {"writing nodes", "writing relationships", "writing shortcuts"}
    assert all(0 < done <= total for _, done, total in told)


def test_the_note_tells_whose_graph_it_is(make: Make, address: Address) -> None:
    kg = make()
    send(kg, address)
    with Database(address) as database:
        marker = read_marker(database)
    assert marker is not None
    assert (marker.workspace, marker.is_whole, len(marker.sha256 or "")) == ("架空の記録", True, 64)


def test_names_are_found_in_japanese(make: Make, address: Address, run: Run) -> None:
    send(make(), address)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = run(
            "CALL db.index.fulltext.queryNodes('tsunagari_names', '空の輪') YIELD node RETURN node.name AS name"
        )
        if found:
            break
        threading.Event().wait(0.2)
    assert "架空の輪" in [row["name"] for row in found]
