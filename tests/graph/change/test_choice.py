"""What areas, fields and statuses stand for, and the part of a graph that is about them."""

from __future__ import annotations

import pytest

from tsunagari.errors import NetworkError, UnknownNameError
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph


def test_a_body_is_of_the_prefecture_that_it_serves_as_a_whole_but_not_of_one_of_its_towns(
    bundled: KnowledgeGraph,
) -> None:
    within = bundled.about(["鳥取県"])._choice
    town = bundled.about(["鳥取市"])._choice
    assert within is not None
    assert town is not None
    assert "31000" in within.units
    assert "31000" not in town.units
    assert town.organizations < within.organizations


def test_every_method_answers_about_the_choice_with_the_figures_of_the_whole(bundled: KnowledgeGraph) -> None:
    part = bundled.about(["鳥取県"], ["フードバンク"], at="2023-10-01")
    whole = bundled.gaps(["鳥取県"], ["フードバンク"])
    assert part.gaps().equals(whole)
    brokers = bundled.brokers().set_index("organization")
    for name, row in bundled.about(["鳥取県"]).brokers().set_index("organization").iterrows():
        assert row["brokerage"] == brokers.loc[name, "brokerage"]
        assert row["rank"] == brokers.loc[name, "rank"]
    assert set(part.coverage_matrix("municipality-field").columns) == {"フードバンク"}
    assert set(part.rollup("prefecture")["area"]) == {"鳥取県"}
    degree = bundled.centrality("degree")
    left = bundled.about(["鳥取県"]).centrality("degree")
    assert 0 < len(left) < len(degree)
    assert left.equals(degree[left.index])


def test_who_is_in_contact_with_a_body_is_in_its_part(bundled: KnowledgeGraph) -> None:
    part = bundled.about(["鳥取市"])
    city = next(iter(part.brokers()["organization_id"]))
    near = set(bundled.network(directed=False)[city])
    assert set(part.network(directed=False)[city]) == near
    assert city in set(part.organizations["organization_id"])


def test_the_first_of_the_ranking_are_the_part(bundled: KnowledgeGraph) -> None:
    ranked = bundled.brokers()["organization_id"].tolist()
    assert bundled.about(top=3).brokers()["organization_id"].tolist() == ranked[:3]
    with pytest.raises(NetworkError):
        bundled.about(top=0)


def test_a_choice_stays_for_another_day_and_another_reader(bundled: KnowledgeGraph) -> None:
    part = bundled.about(["鳥取県"])
    for other in (part.public(), part.stated_by("2023-12-31"), part.valid_at("2023-10-01")):
        assert set(other.gaps()["prefecture"]) == {"鳥取県"}
        assert len(other.brokers()) == len(part.brokers())


def test_what_is_not_known_is_refused(bundled: KnowledgeGraph) -> None:
    for words in ({"areas": ["どこか市"]}, {"fields": ["なにか"]}, {"statuses": ["zero"]}):
        with pytest.raises(UnknownNameError):
            bundled.about(**words)


def test_statuses_choose_cells_and_who_supports_there(bundled: KnowledgeGraph) -> None:
    part = bundled.about(statuses=["single"])
    cells = part.gaps()
    assert set(cells["status"]) == {"single"}
    providers = {iri for row in cells["provider_ids"] for iri in row}
    assert set(part.brokers()["organization_id"]) <= providers
    assert set(part.loss()["organization_id"]) <= providers
    assert part.remedies()["status"].isin(["single"]).all()
    assert bundled.about(statuses=["multiple"]).remedies().empty
