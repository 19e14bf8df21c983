from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tsunagari.loaders.session.load import load_workspace
from tsunagari.ontology.records import Reference

Write = Callable[..., Path]
ID = "https://w3id.org/tsunagari/id/"
PLATFORMS = "ID,プラットフォーム名\npf,架空プラットフォーム\n"
RULES = "ID,PF,applies_to,会員区分,時点\nall,pf,都道府県、政令指定都市,協力会員,2022-12-01\nnone,pf,,,\n"


def test_a_statement_about_all_gives_67_memberships_in_a_graph_of_their_own(write_workspace: Write) -> None:
    load = load_workspace(write_workspace(platforms=PLATFORMS, rules=RULES))
    inferred = [record for record in load.records if record.cls == "PlatformMembership"]
    assert len({record.iri for record in inferred}) == 67
    assert {record.graph for record in inferred} == {f"{ID}graph/inferred/all"}
    first = inferred[0]
    assert first.values["member"] == (Reference(f"{ID}org/7000020010006"),)
    assert first.values["organization"] == (Reference(f"{ID}platform/pf"),)
    assert first.values["was_derived_from"] == (Reference(f"{ID}rule/all"),)
    assert str(first.values["status"][0]).endswith("inferred')")
    assert str(first.values["member_class"][0]).endswith("cooperating')")
    assert first.evidence[0].row == 2
    governments = [record for record in load.records if record.cls == "LocalGovernment"]
    assert len(governments) == 67


def test_inference_can_be_left_out(write_workspace: Write) -> None:
    load = load_workspace(write_workspace(platforms=PLATFORMS, rules=RULES), inferred=False)
    assert not [record for record in load.records if record.cls in ("PlatformMembership", "LocalGovernment")]
    assert len([record for record in load.records if record.cls == "RuleStatement"]) == 2
