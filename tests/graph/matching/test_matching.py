"""The candidates of a graph: where a body is known from, what was decided, and who is meant by a name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tsunagari.errors import UnknownNameError, WorkspaceError
from tsunagari.graph.facts.things import Reader
from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.matching.matching import find_body, match_candidates, profiles
from tsunagari.loaders.identity.ledger import LEDGER_NAME

SETTINGS = """[workspace]
title = "架空"
as_of = 2023-10-01

[[source]]
file = "members.csv"
kind = "organizations"

[[source]]
file = "ties.csv"
kind = "ties"
"""
BODIES = "団体名,市区町村,法人番号\nNPO法人架空たより,鳥取市,4000012090001\n架空園,福山市,\n架空園,米子市,\n"
TIES = "連携元,連携先,連携の種類\n架空たより,鳥取市,紹介\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name, text in (("tsunagari.toml", SETTINGS), ("members.csv", BODIES), ("ties.csv", TIES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_body_without_a_place_is_near_those_it_works_with(workspace: Path) -> None:
    with build(workspace) as kg:
        found = {profile.names[0]: profile for profile in profiles(Reader(kg.store))}
        assert found["架空たより"].near == frozenset({"31"})
        assert found["NPO法人架空たより"].area == "31201"
        assert "鳥取市" not in found
        row, namesakes = kg.match_candidates(lang="en").to_dict("records")
        assert (row["left"], row["left_number"]) == ("org/4000012090001", "4000012090001")
        assert "both appear in one prefecture" in row["reasons"]
        assert {namesakes["left_place"], namesakes["right_place"]} == {"福山市", "米子市"}


def test_a_decision_hides_a_pair_before_and_after_the_next_build(workspace: Path) -> None:
    with build(workspace) as kg:
        kg.decide("NPO法人架空たより", "架空たより", "different", day=date(2023, 10, 2))
        assert kg.stale == [LEDGER_NAME]
        assert set(kg.match_candidates()["left_name"]) == {"架空園"}
    with build(workspace) as kg:
        assert kg.stale == []
        assert set(match_candidates(Reader(kg.store))["left_name"]) == {"架空園"}  # as a remote graph tells it


def test_a_name_that_several_have_or_nobody_has_is_answered_with_the_nearest(workspace: Path) -> None:
    with build(workspace) as kg:
        reader = Reader(kg.store)
        assert find_body(reader, "4000012090001").label() == "NPO法人架空たより"
        with pytest.raises(UnknownNameError, match=r"several.*org/.*org/"):
            find_body(reader, "架空園")
        with pytest.raises(UnknownNameError, match=r"no organisation.*架空たより"):
            find_body(reader, "架空たよりい")
        with pytest.raises(UnknownNameError, match="same organisation"):
            kg.decide("4000012090001", "NPO法人架空たより", "same")


def test_a_remote_graph_keeps_no_decisions(workspace: Path) -> None:
    with build(workspace) as kg:
        remote = KnowledgeGraph(kg.store, kg._report)
        with pytest.raises(WorkspaceError):
            remote.decide("NPO法人架空たより", "架空たより", "same")
