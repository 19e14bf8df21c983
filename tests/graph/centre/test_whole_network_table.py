from __future__ import annotations

import doctest

from tsunagari.graph.centre import whole_network_table as function
from tsunagari.graph.centre.whole_network_table import LABELS, NETWORK_COLUMNS
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.measures.whole_network import FIGURES


def test_every_figure_is_called_something():
    assert list(LABELS) == list(FIGURES)


def test_the_network_of_a_graph_in_figures(bundled: KnowledgeGraph):
    table = bundled.network_table(network="collaboration")
    assert tuple(table.columns) == NETWORK_COLUMNS
    values = table.set_index("measure")["value"]
    projection = bundled.projection("collaboration")
    assert values["bodies"] == len(projection)
    assert values["cut_points"] == bundled.cohesion()["is_cut_point"].sum() or values["cut_points"] > 0
    assert "wasserman-faust-1994" in table.attrs["works"]
    assert bundled.network_table(lang="en")["label"].str.contains("[a-z]").all()


def test_who_is_in_the_core_of_a_graph(bundled: KnowledgeGraph):
    table = bundled.core_periphery()
    assert table["in_core"].is_monotonic_decreasing
    assert 0 < table["in_core"].sum() < len(table)
    assert 0 < table.attrs["fit"] < 1
    assert "を中心とすると" in table.attrs["sentence"]
    assert "borgatti-everett-1999" in table.attrs["works"]


def test_a_choice_of_areas_leaves_the_figures_of_the_whole(bundled: KnowledgeGraph):
    part = bundled.about(["鳥取市"])
    assert part.network_table().equals(bundled.network_table())
    core = part.core_periphery()
    assert 0 < len(core) < len(bundled.core_periphery())
    assert core.attrs["fit"] == bundled.core_periphery().attrs["fit"]
    assert part.test("brokerage", draws=39).equals(bundled.test("brokerage", draws=39))


def test_examples_in_the_documentation():
    import sys

    assert doctest.testmod(sys.modules[function.__module__]).failed == 0
