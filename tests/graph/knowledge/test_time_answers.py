"""One clock and one reader: every public method of a graph of a day, or for the public, answers for it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from tests.graph.conftest import REGION

from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

THEN, LATER = "2022-05-01", "2023-10-01"
SECRET = "架空の秘密会"
WORDS: dict[str, tuple[Any, ...]] = {
    "frame": ("memberships",),
    "evidence": ("urn:x",),
    "citations": ("urn:x",),
    "citations_each": (["urn:x"],),
    "numbered_places": (["urn:x"],),
    "centrality": ("degree",),
    "loss_of": ("架空の食堂",),
    "scenario": ([{"action": "remove", "what": "organization", "organization": "架空の食堂"}],),
    "ask": ("platform-members",),
    "query": ("SELECT ?m ?name { ?m a tsu:PlatformMembership ; org:member ?o . ?o skos:prefLabel ?name }",),
    "export": ("nquads",),
    "valid_at": (THEN,),
    "stated_by": ("2030-01-01",),
    "decide": ("架空の食堂", "架空の宅配", "unsure"),
    "test": ("transitivity",),
    "qap": ("collaboration", "sector"),
    "waves": ([THEN, LATER],),
}
NAMED: dict[str, dict[str, Any]] = {
    "ask": {"platform": "架空の場"},
    "test": {"draws": 19, "null": "density"},
    "qap": {"draws": 19},
    "diff": {"since": THEN},
}
# what goes to a server is what is exported, and needs one
METHODS = sorted(
    name
    for name, found in vars(KnowledgeGraph).items()
    if inspect.isfunction(found) and name[0] != "_" and name not in ("to_neo4j", "publish")
)
PARAMETERS = {name: inspect.signature(getattr(KnowledgeGraph, name)).parameters for name in METHODS}
DATED = [name for name in METHODS if "at" in PARAMETERS[name] and name not in ("export", "about")]
MAKING = ("decide", "valid_at", "stated_by", "public")


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    """A region with members and ties that come and go, and one who is not to be named."""
    folder = tmp_path_factory.mktemp("clock")
    lists = dict(REGION)
    lists["members.csv"] = (
        "団体名,プラットフォーム,任期,公開可否\n架空の食堂,pf,2020年4月1日～2022年5月1日,\n"
        f"架空の居場所,pf,2022年6月1日～,\n架空の宅配,pf,,\n{SECRET},pf,,非公開\n"
    )
    lists["ties.csv"] = (
        "id,tie_from,tie_to,tie_kind,directed,valid_from,valid_to\nt1,box,hub,food,false,2020-01-01,2022-05-01\n"
        "t2,hub,meet,information,false,,\nt3,cook,hub,information,false,2022-05-02,\n"
    )
    lists["tsunagari.toml"] += '\n[public]\nblank = "publish"\n'
    for name, text in lists.items():
        (folder / name).write_text(text, encoding="utf-8")
    with build(folder) as graph:
        assert set(graph.issues["severity"]) == {"notice"}, graph.issues.to_dict("records")
        yield graph


def answer(graph: KnowledgeGraph, name: str, **named: Any) -> Any:
    found = getattr(graph, name)(*WORDS.get(name, ()), **(NAMED.get(name, {}) | named))
    if name == "network":
        return found.nodes(data=True), found.edges(data=True)
    if name == "rustworkx":
        return found.nodes(), found.weighted_edge_list()
    if name == "projection":
        return found.nodes(), found.edges()
    if name == "coverage":
        return found.area_codes, found.status, found.severity
    return found


def text(found: Any) -> str:
    """Return everything that an answer says."""
    if isinstance(found, pd.DataFrame | pd.Series):
        return found.to_csv()
    if isinstance(found, KnowledgeGraph):
        return text(found.export("nquads"))
    if isinstance(found, bytes):
        return found.decode("utf-8", "replace")
    if isinstance(found, tuple | list):
        return " ".join(map(text, found))
    if hasattr(found, "measures"):
        return " ".join(map(text, (found.measures, found.cells, found.brokers, found.platforms, found.sentence)))
    if hasattr(found, "groups") and hasattr(found, "ties"):
        return text((found.ties, found.groups))
    return str(found)


@pytest.mark.parametrize("name", DATED)
def test_a_graph_of_a_day_answers_for_that_day(kg: KnowledgeGraph, name: str) -> None:
    then = kg.valid_at(THEN)
    own = text(answer(then, name))
    if name != "diff":  # names the days it compares
        assert own == text(answer(then, name, at=THEN))
    assert own == text(answer(kg, name, at=THEN))


@pytest.mark.parametrize("name", [name for name in METHODS if name not in DATED and name not in ("decide", "valid_at")])
def test_a_method_without_a_day_tells_only_of_what_holds_then(kg: KnowledgeGraph, name: str) -> None:
    then = kg.valid_at(THEN)
    if name in ("summary", "status_counts", "source_counts", "query", "export"):
        assert text(answer(then, name)) != text(answer(kg, name))
    said = text(answer(then, name))
    gone = list(kg.memberships.loc[kg.memberships["valid_from"] == "2022-06-01", "membership_id"])
    assert gone
    assert not any(iri in said for iri in gone)


def test_the_day_itself_and_every_table_are_of_that_day(kg: KnowledgeGraph) -> None:
    then = kg.valid_at("令和4年5月1日")
    assert str(then.as_of) == THEN
    assert set(then.memberships["organization"]) == {"架空の食堂", "架空の宅配", SECRET}
    assert set(kg.valid_at("2022-05-02").memberships["organization"]) == {"架空の宅配", SECRET}
    assert sorted(then.ties["from"] + then.ties["to"]) == ["架空の中間支援架空の集い", "架空の宅配架空の中間支援"]
    for name in ("organizations", "platforms", "memberships", "services", "ties"):
        assert "no" not in set(getattr(then, name)["validity"])
    assert then.stated_by("2030-01-01").as_of == then.public().as_of == then.as_of


@pytest.mark.parametrize("name", [name for name in METHODS if name != "decide"])
def test_a_public_graph_never_names_who_is_not_to_be_named(kg: KnowledgeGraph, name: str) -> None:
    assert SECRET in text(kg.memberships)
    assert SECRET not in text(answer(kg.public(), name))


def test_a_public_graph_sees_the_public_part_of_what_it_is_compared_with(kg: KnowledgeGraph) -> None:
    assert kg.workspace is not None
    assert SECRET not in text(kg.public().diff(kg.workspace, since="2019-01-01"))
    assert SECRET not in text(kg.public().valid_at(THEN).diff(str(kg.workspace)))


@pytest.mark.parametrize("name", [name for name in METHODS if name not in MAKING])
def test_what_was_known_by_a_day_after_all_sources_is_everything(kg: KnowledgeGraph, name: str) -> None:
    if name != "export":  # the part has no settings of the workspace that no source states
        assert text(answer(kg.stated_by("2030-01-01"), name)) == text(answer(kg, name))
