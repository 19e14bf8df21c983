"""What may be shown to everybody: nothing that only a withheld row says, and only what the settings let be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import tsunagari as tsu
from tsunagari.errors import WorkspaceError
from tsunagari.graph.change.public import public as public_edition
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.store.store import select
from tsunagari.loaders.workspace.publication import Publication, publication_words

Build = Callable[..., KnowledgeGraph]
HEAD = '[workspace]\ntitle = "架空"\nas_of = 2025-04-01\n'
KINDS = {
    "members": 'kind = "members"\nplatform = "pf"\n',
    "older": 'kind = "members"\nplatform = "pf"\n',
    "others": 'kind = "members"\nplatform = "other"\n',
}
FILES = {
    "platforms": "id,pref_label,目的\npf,架空プラットフォーム,架空の目的\nother,架空の別の場,\n",
    "members": "団体名,フリガナ,市区町村,活動分野,入会日,分科会,役割,公開可否,電話,URL,住所,備考\n"
    "架空の公開会,カクウコウカイ,鳥取市,子育て,2024-04-01,広報分科会,幹事,○,0857-00-0001,https://a.example,鳥取市1,覚書一\n"
    "架空の秘密会,カクウヒミツ,鳥取市,ひきこもり,2024-04-01,内輪分科会,幹事,非公開,0857-00-0002,https://b.example,鳥取市2,覚書二\n"
    "架空の窓口会,,鳥取市,介護,2024-04-01,広報分科会,,×,0857-00-0003,,,\n"
    "架空の無記入会,,鳥取市,介護,未定,,,,,,,\n",
    "older": "団体名,市区町村,電話\n架空の秘密会,鳥取市,0857-00-0004\n架空の昔の会,鳥取市,\n",
    "organizations": "団体名,別名\n架空の秘密会,架空の裏の名\n架空の公開会,架空の表の名\n",
    "services": "窓口名,提供団体,活動分野,対象区域\n架空の公開窓口,架空の公開会,子育て,鳥取市\n"
    "架空の秘密窓口,架空の窓口会,介護,岩美町\n架空の隠れた窓口,架空の公開会・架空の窓口会,介護,鳥取市\n",
    "ties": "連携元,連携先,連携の種類,根拠となる取決め\n架空の窓口会,架空の公開会,紹介・つなぎ,架空の秘密協定\n"
    "架空の公開会,架空の第三の会,紹介・つなぎ,架空の公開協定\n",
}
GONE = (
    *("秘密会", "窓口会", "無記入会", "昔の会", "裏の名", "秘密窓口", "隠れた窓口", "内輪分科会", "ヒミツ", "ひみつ"),
    *("秘密協定", "介護"),
)


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Build]:
    """Build a workspace of the lists given, each of the kind of its name."""

    def make(settings: str = "", **lists: str) -> KnowledgeGraph:
        made.append(write(tmp_path / str(len(made)), settings, lists))
        return made[-1]

    made: list[KnowledgeGraph] = []
    yield make
    for graph in made:
        graph.close()


def write(folder: Path, settings: str, lists: dict[str, str]) -> KnowledgeGraph:
    folder.mkdir(parents=True)
    sources = "".join(f'[[source]]\nfile = "{name}.csv"\n' + KINDS.get(name, f'kind = "{name}"\n') for name in lists)
    (folder / "tsunagari.toml").write_text(f"{HEAD}{settings}\n{sources}", encoding="utf-8")
    for name, text in lists.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return tsu.build(folder)


def said(graph: KnowledgeGraph) -> str:
    """Return what the lists say, as RDF without the terms of the ontology."""
    whole = graph.export("nquads")
    assert isinstance(whole, bytes)
    return "\n".join(line for line in whole.decode().splitlines() if "graph/reference>" not in line)


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return write(tmp_path_factory.mktemp("public") / "w", "", FILES)


@pytest.fixture(scope="module")
def public(lists: KnowledgeGraph) -> KnowledgeGraph:
    return lists.public()


def test_the_graph_itself_holds_everybody(lists: KnowledgeGraph) -> None:
    text = said(lists)
    assert [word for word in GONE if word not in text and word not in ("ヒミツ", "介護")] == []


def test_only_members_that_agree_are_left(public: KnowledgeGraph) -> None:
    assert set(public.memberships["organization"]) == {"架空の公開会"}
    assert set(public.organizations["name"]) == {"架空の公開会", "架空の第三の会"}


@pytest.mark.parametrize("word", GONE)
def test_nothing_that_only_a_withheld_row_says_is_left(public: KnowledgeGraph, word: str) -> None:
    assert word not in said(public)


@pytest.mark.parametrize("word", ["0857", "a.example", "鳥取市1", "覚書", "架空の目的", ".csv", "row="])
def test_contacts_notes_addresses_and_files_of_all_go(public: KnowledgeGraph, word: str) -> None:
    assert word not in said(public)


def test_what_is_allowed_of_those_who_agree_stays(public: KnowledgeGraph) -> None:
    text = said(public)
    for word in ("かくうこうかい", "架空の表の名", "広報分科会", "架空の公開窓口", "架空の別の場"):
        assert word in text
    assert list(public.ties["to"]) == ["架空の第三の会"]
    assert public.issues.empty
    assert public.check().empty


def test_no_text_of_it_is_left_in_memory(public: KnowledgeGraph) -> None:
    texts = bytes(public.store.columns.terms.data).decode()
    assert [word for word in GONE if word in texts and word != "介護"] == []


def test_links_stand_only_for_what_is_there(public: KnowledgeGraph) -> None:
    links = "SELECT ?m { ?m org:memberOf ?p FILTER NOT EXISTS { ?m skos:prefLabel ?name } }"
    assert list(select(public.store, links)) == []
    texts = said(public)
    assert texts.count("org#linkedTo") in (1, 2)


def test_the_workspace_stays_known_and_its_files_do_not(lists: KnowledgeGraph, public: KnowledgeGraph) -> None:
    assert public.workspace == lists.workspace
    assert public.stale == []
    assert set(public.sources["title"]) >= {"資料1"}


def test_a_refusal_beats_that_a_blank_is_consent(built: Build) -> None:
    graph = built('[public]\nblank = "publish"', **FILES).public()
    assert set(graph.memberships["organization"]) == {"架空の公開会", "架空の無記入会", "架空の昔の会"}
    assert "秘密" not in said(graph)


@pytest.mark.parametrize("kind", ["organizations", "others", "members"])
def test_a_refusal_beats_a_blank_in_any_list(built: Build, kind: str) -> None:
    """Whether the blank stands in a list of bodies, of the members of another platform or of the same one."""
    head = "団体名,市区町村,別名,公開可否\n"
    refused = f"{head}架空の断る会,鳥取市,,×\n"
    blank = f"{head}架空の断る会,鳥取市,架空の裏,\n架空みんなの食卓,鳥取市,,\n"
    lists = {"platforms": FILES["platforms"], "older": refused, kind: blank}
    public = built('[public]\nblank = "publish"', **lists).public()
    assert set(public.organizations["name"]) == {"架空みんなの食卓"}
    assert "断る" not in said(public)
    assert "架空の裏" not in said(public)
    lists = {"platforms": FILES["platforms"], "organizations": refused, "others": blank}
    assert "断る" not in said(built('[public]\nblank = "publish"', **lists).public())


def test_each_word_of_the_settings_shows_what_it_says(built: Build) -> None:
    graph = built('[public]\nallow = ["団体", "platform", "連絡先", "note", "出典", "evidence", "homepage"]', **FILES)
    text = said(graph.public())
    for word in ("0857-00-0001", "覚書一", "a.example", "members.csv#row=2", "架空の公開会"):
        assert word in text
    for word in ("0857-00-0002", "覚書二", "b.example", "members.csv#row=3", "鳥取市1", "supportField"):
        assert word not in text


def test_everything_can_be_allowed_but_working_records(bundled: KnowledgeGraph) -> None:
    every = Publication(frozenset(publication_words()), blank_is_consent=True, persons=0)
    edition = public_edition(bundled._reader, every, scope=bundled._report.scope, day=str(bundled.as_of))
    kept = set(edition.store.quads())
    lost = set(bundled.store.quads()) - kept
    said = {quad.object.value.rpartition("#")[2] for quad in kept - set(bundled.store.quads())}
    assert said == {"PublicEdition"}  # of itself
    classes = {quad.object.value.rpartition("#")[2] for quad in lost if quad.predicate.value.endswith("#type")}
    stated = {"SpecificResource", "TextQuoteSelector", "SourceDocument"}  # that nothing else is stated in
    assert classes - stated == {"Correction", "ConflictSet", "Load", "TermUse"}


def test_an_unknown_word_is_told_with_the_nearest(built: Build) -> None:
    graph = built(**FILES)
    assert graph.workspace is not None
    path = graph.workspace / "tsunagari.toml"
    path.write_text(f'[public]\nallow = ["contacs"]\n{path.read_text(encoding="utf-8")}', encoding="utf-8")
    with pytest.raises(WorkspaceError, match="contact"):
        graph.public()  # the settings count as they stand now, not as they were when the graph was built


def test_a_body_of_two_rows_loses_what_only_the_withheld_one_says(built: Build) -> None:
    rows = (
        "団体名,市区町村,法人番号,URL,公開可否\n架空の二行会,鳥取市,9999999999992,https://no.example,×\n"
        "架空の二行会,鳥取市,,https://yes.example,○\n"
    )
    graph = built('[public]\nallow = ["body", "platform", "municipality", "homepage"]', platforms=FILES["platforms"],
                  members=rows)  # fmt: skip
    text = said(graph.public())
    assert "架空の二行会" in text
    assert "yes.example" in text
    assert "no.example" not in text
    assert "9999999999992" not in text
    assert set(graph.organizations["organization_id"]).isdisjoint(graph.public().organizations["organization_id"])


def test_a_newer_refusal_ends_an_older_consent(built: Build) -> None:
    def lists(old: str, new: str) -> dict[str, str]:
        head = "団体名,市区町村,時点,公開可否\n"
        return {
            "platforms": FILES["platforms"],
            "members": f"{head}架空の会,鳥取市,2024-01-01,{old}\n",
            "older": f"{head}架空の会,鳥取市,2025-01-01,{new}\n",
        }

    assert set(built(**lists("○", "×")).public().organizations["name"]) == set()
    assert set(built(**lists("×", "○")).public().organizations["name"]) == {"架空の会"}


def test_consent_for_one_platform_is_none_for_another(built: Build) -> None:
    rows = "団体名,市区町村,公開可否\n架空の会,鳥取市,{}\n"
    graph = built(platforms=FILES["platforms"], members=rows.format("○"), others=rows.format("×")).public()
    assert list(graph.memberships["platform"]) == ["架空プラットフォーム"]


def test_any_list_may_ask(built: Build) -> None:
    graph = built(
        platforms="id,pref_label,公開可否\npf,架空の公開の場,○\nother,架空の秘密の場,×\n",
        organizations="団体名,公開可否\n架空の公開団体,○\n架空の秘密団体,×\n架空の無記入団体,\n",
        services="窓口名,提供団体,公開可否\n架空の公開窓口,架空の公開団体,○\n架空の秘密窓口,架空の公開団体,×\n",
        ties="連携元,連携先,連携の種類,公開可否\n架空の公開団体,架空の相手,資金,○\n架空の公開団体,架空の隣人,資金,×\n",
        members="団体名,公開可否\n架空の公開団体,○\n",
        others="団体名,公開可否\n架空の公開団体,○\n架空の場だけの会,○\n",
    ).public()
    text = said(graph)
    assert "秘密" not in text
    assert "無記入" not in text
    assert "隣人" not in text
    for word in ("架空の公開の場", "架空の公開団体", "架空の公開窓口", "架空の相手"):
        assert word in text


def test_a_municipality_that_only_a_withheld_row_names_goes(built: Build) -> None:
    rows = "団体名,市区町村,公開可否\n架空の会,鳥取市,○\n架空の秘密会,岩美町,×\n"
    graph = built(platforms=FILES["platforms"], members=rows)
    assert {"鳥取市", "岩美町"} <= set(graph.areas["name"])
    assert "岩美町" not in set(graph.public().areas["name"])
    scoped = built('[scope]\nareas = ["鳥取市", "岩美町"]', platforms=FILES["platforms"], members=rows)
    assert "岩美町" in set(scoped.public().areas["name"])


def test_a_word_that_only_a_withheld_row_says_goes_with_it(built: Build) -> None:
    lists = {
        "platforms": FILES["platforms"],
        "members": "団体名,市区町村,活動分野,公開可否\n架空の公開会,鳥取市,居場所,○\n"
        "架空の秘密会,鳥取市,架空の秘密の語,×\n",
    }
    graph = built(**lists)
    assert graph.workspace is not None
    (graph.workspace / "field-words.csv").write_text("語,分野,対応\n架空の秘密の語,防災,含まれる\n", encoding="utf-8")
    graph = tsu.build(graph.workspace)
    assert set(graph.ask("field-words")["word"]) == {"居場所", "架空の秘密の語"}
    assert set(graph.public().ask("field-words")["word"]) == {"居場所"}


def test_what_was_removed_is_counted_without_its_words(public: KnowledgeGraph) -> None:
    assert public._edition is not None
    removed = public._edition.removed
    assert removed["refused"] == 2
    assert removed["blank"] == 1
    assert removed["bodies"] == 6
    assert "秘密" not in str(removed)
