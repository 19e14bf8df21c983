"""What to cite: each work once, in the order of the tables, with the graph, its sources and the program."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

import tsunagari
from tsunagari.graph.centre.bibliography import cite, defined_by, published, works_of
from tsunagari.graph.facts.load_report import LoadReport
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.measures.centrality import MEASURES

NO_SOURCES = pd.DataFrame(columns=["title", "publisher", "issued", "file", "kind", "records", "document"])


def keys(found: object) -> list[str]:
    return [work.key for work in found]  # type: ignore[attr-defined]


def test_brokers_are_cited_with_their_methods_the_graph_its_documents_and_the_program(bundled: KnowledgeGraph) -> None:
    brokers = bundled.brokers(lang="en")
    found = bundled.cite(brokers, lang="en")
    methods = ["gould-fernandez-1989", "burt-1992", "freeman-1977", "hopcroft-tarjan-1973"]
    methods += ["borgatti-carley-krackhardt-2006", "maslov-sneppen-2002", "neal-2014", "besag-clifford-1989"]
    methods += ["benjamini-hochberg-1995", "newman-2001"]
    number = len(methods)
    assert keys(found)[: number + 1] == [*methods, "graph"]
    assert keys(found)[-1] == "tsunagari"
    documents = [work for work in found if work.type == "document"]
    assert [work.title for work in documents] == sorted(bundled.sources.query("records > 0")["title"])
    text = str(found).splitlines()
    assert text[:number] == brokers.attrs["citation"][:number]
    assert text[number].startswith(f"{bundled.title} [knowledge graph, SHA-256 ")
    assert text[number].endswith("] (2023-10-01).")
    assert text[-1] == f"Tsunagari [computer software, {tsunagari.__version__}]."


def test_rows_and_columns_of_a_table_keep_what_to_cite(bundled: KnowledgeGraph) -> None:
    brokers = bundled.brokers()
    part = brokers[["rank", "organization", "liaison"]].head(3).round(2)
    assert keys(bundled.cite(part)) == keys(bundled.cite(brokers))


def test_several_tables_name_a_work_once(bundled: KnowledgeGraph) -> None:
    found = keys(bundled.cite(bundled.centrality("pagerank"), bundled.structural_holes(), bundled.two_mode()))
    assert found[:5] == ["brin-page-1998", "newman-2001", "burt-1992", "borgatti-everett-1997", "hollway-2020"]
    assert len(found) == len(set(found))


def test_tables_without_a_published_measure_need_the_graph_alone(bundled: KnowledgeGraph) -> None:
    assert keys(bundled.cite(bundled.gaps(), pd.DataFrame())) == keys(bundled.cite())
    assert keys(bundled.cite())[0] == "graph"


def test_weights_are_cited_only_where_they_count(bundled: KnowledgeGraph) -> None:
    assert keys(bundled.cite(bundled.centrality("degree")))[:2] == ["freeman-1978", "graph"]
    assert "newman-2001" not in keys(bundled.cite(bundled.centrality("strength", network="ties")))
    assert "newman-2001" in keys(bundled.cite(bundled.centrality("strength")))


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_a_publication(measure: str) -> None:
    assert works_of([measure])


def test_an_estimate_is_cited_with_its_method() -> None:
    table = defined_by(pd.Series([0.5]), ["closeness"], estimated=["closeness"])
    assert keys(cite([table], LoadReport("架空", None), NO_SOURCES))[:2] == [
        "wasserman-faust-1994",
        "eppstein-wang-2004",
    ]


def test_a_graph_without_day_or_files_is_cited_by_its_name() -> None:
    found = cite([], LoadReport("架空のグラフ", None), NO_SOURCES)
    assert str(found).splitlines()[0] == "架空のグラフ [知識グラフ] (n.d.)."


def test_other_files_give_another_mark_and_the_order_of_the_files_none() -> None:
    def mark(files: dict[str, str]) -> str:
        return next(iter(cite([], LoadReport("架空", None, files=files), NO_SOURCES))).version

    assert mark({"a.csv": "1", "b.csv": "2"}) == mark({"b.csv": "2", "a.csv": "1"})
    assert mark({"a.csv": "1"}) != mark({"a.csv": "2"})


def test_bibtex_has_an_entry_for_each_work(bundled: KnowledgeGraph) -> None:
    found = bundled.cite(bundled.brokers())
    text = found.bibtex()
    assert text.count("\n@") + 1 == len(found)
    assert text.count("{") == text.count("}")
    for key in keys(found):
        assert f"{{{key},\n" in text


def test_csl_json_says_the_same(bundled: KnowledgeGraph) -> None:
    found = bundled.cite(bundled.brokers())
    items = json.loads(found.csl_json())
    assert [item["id"] for item in items] == keys(found)
    assert items[0]["author"] == [{"family": "Gould", "given": "R. V."}, {"family": "Fernandez", "given": "R. M."}]
    assert items[0]["issued"] == {"date-parts": [[1989]]}
    assert {"literal": "長野県須坂市"} in [item["author"][0] for item in items if "author" in item]
    assert {"literal": "令和5年度"} in [item.get("issued") for item in items]


def test_a_notebook_shows_a_list_with_links(bundled: KnowledgeGraph) -> None:
    html = bundled.cite(bundled.brokers())._repr_html_()
    assert '<a href="https://doi.org/10.2307/270949">' in html
    assert repr(bundled.cite()) == str(bundled.cite())
    assert html.count("<li>") == len(bundled.cite(bundled.brokers()))


def test_the_publications_are_whole_and_named_after_author_and_year() -> None:
    for key, work in published().items():
        family = work.author[0].partition(",")[0].lower()
        assert key.startswith(family), key
        assert key.endswith(work.issued), key
        assert (work.container and work.volume and work.page and work.doi) if work.type != "book" else work.publisher


NAMED = re.compile(r"Sources?: (?:[A-Z]\.[- ]?)+ ?([^\s,&]+)[^()]*\((\d{4})\)")
BOUNDS = {("Hoeffding", "1963"), ("Maurer", "2009")}  # of errors, which the method text of a table tells in numbers


def test_every_source_named_in_a_function_is_among_the_publications() -> None:
    folder = Path(tsunagari.__file__).parent / "graph"
    text = " ".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    known = {(work.author[0].partition(",")[0], work.issued) for work in published().values()}
    named = set(NAMED.findall(re.sub(r"\s+", " ", text)))
    assert len(named) >= 12
    assert named - BOUNDS <= known, "add it to graph/centre/references.toml"
