"""A body that may be one that is withheld is withheld too, until somebody decides that it is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import tsunagari as tsu
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

Build = Callable[..., KnowledgeGraph]
HEAD = '[workspace]\ntitle = "架空"\nas_of = 2025-04-01\n'
PLATFORMS = "id,pref_label\npf,架空の場\nother,架空の別の場\n"
WITHHELD, ALIKE, OTHER = "架空よりそい支援の会", "架空よりそひ支援の会", "架空の遠い団体"


@pytest.fixture
def built(tmp_path: Path) -> Build:
    def make(
        settings: str = "", ledger: str = "", platforms: dict[str, str] | None = None, **lists: str
    ) -> KnowledgeGraph:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        (folder / "platforms.csv").write_text(PLATFORMS, encoding="utf-8")
        sources = '[[source]]\nfile = "platforms.csv"\nkind = "platforms"\n'
        for name, text in lists.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
            kind = name if name in ("ties", "services", "organizations") else "members"
            group = "other" if name == "others" else "pf"
            sources += f'[[source]]\nfile = "{name}.csv"\nkind = "{kind}"\n'
            sources += f'platform = "{group}"\n' if kind == "members" else ""
        (folder / "tsunagari.toml").write_text(f"{HEAD}{settings}\n{sources}", encoding="utf-8")
        if ledger:
            graph = tsu.build(folder)
            ids = {row.name: row.organization_id for row in graph.organizations.itertuples()}
            (folder / "matches.csv").write_text(
                f"left,right,verdict\n{ids[WITHHELD]},{ids[ALIKE]},{ledger}\n", encoding="utf-8"
            )
            graph.close()
        return tsu.build(folder)

    return make


REFUSED = f"団体名,市区町村,時点,公開可否\n{WITHHELD},鳥取市,2024-04-01,×\n{OTHER},鳥取市,2024-04-01,○\n"
TIES = f"連携元,連携先,連携の種類\n{ALIKE},{OTHER},紹介\n"


def shown(graph: KnowledgeGraph) -> set[str]:
    return set(graph.public().organizations["name"])


def text_of(graph: KnowledgeGraph) -> str:
    data = graph.public().export("nquads")
    assert isinstance(data, bytes)
    return data.decode()


def test_the_pair_is_one_that_match_proposes(built: Build) -> None:
    graph = built(members=REFUSED, ties=TIES)
    pairs = graph.match_candidates()
    assert {WITHHELD, ALIKE} in [
        {left, right} for left, right in zip(pairs["left_name"], pairs["right_name"], strict=True)
    ]


def test_one_that_nobody_asked_is_withheld_while_it_may_be_one_that_refused(built: Build) -> None:
    graph = built(members=REFUSED, ties=TIES)
    assert shown(graph) == {OTHER}
    assert ALIKE not in text_of(graph)
    removed = graph.public().removed("en").set_index("rule")["count"]
    assert (removed["bodies"], removed["doubtful"]) == (1, 1)


def test_it_is_shown_once_somebody_decided_that_it_is_another(built: Build) -> None:
    graph = built(ledger="different", members=REFUSED, ties=TIES)
    assert shown(graph) == {OTHER, ALIKE}
    assert graph.public().removed().set_index("rule")["count"]["doubtful"] == 0


@pytest.mark.parametrize("verdict", ["unsure", "same"])
def test_it_stays_withheld_while_nobody_can_tell_or_when_they_are_one(built: Build, verdict: str) -> None:
    assert shown(built(ledger=verdict, members=REFUSED, ties=TIES)) == {OTHER}


def test_a_blank_that_counts_as_consent_does_not_beat_the_doubt(built: Build) -> None:
    blank = f"団体名,市区町村,公開可否\n{ALIKE},鳥取市,\n架空の無関係な輪,鳥取市,\n"
    graph = built('[public]\nblank = "publish"', members=REFUSED, others=blank)
    assert shown(graph) == {OTHER, "架空の無関係な輪"}


def test_consent_of_its_own_keeps_it_shown(built: Build) -> None:
    both = REFUSED + f"{ALIKE},鳥取市,2024-04-01,○\n"
    assert shown(built(members=both)) == {OTHER, ALIKE}


@pytest.mark.parametrize(
    ("day", "name", "is_shown"),
    [("2023-04-01", "more", False), ("2025-04-01", "more", True), ("2023-04-01", "others", True)],
)
def test_a_newer_refusal_to_the_same_platform_ends_it_as_if_both_were_one(
    built: Build, day: str, name: str, is_shown: bool
) -> None:
    graph = built(members=REFUSED, **{name: f"団体名,市区町村,時点,公開可否\n{ALIKE},鳥取市,{day},○\n"})
    assert shown(graph) == ({OTHER, ALIKE} if is_shown else {OTHER})


def test_a_name_that_is_not_alike_is_no_doubt(built: Build) -> None:
    ties = f"連携元,連携先,連携の種類\n架空子ども食堂ひだまり,{OTHER},紹介\n"
    assert shown(built(members=REFUSED, ties=ties)) == {OTHER, "架空子ども食堂ひだまり"}
