from __future__ import annotations

import doctest
import sys

import pandas as pd
from tests.graph.inference.test_against_chance import karate
from tests.graph.inference.test_draws import mixed_network

from tsunagari.graph.centre.chance_table import CHANCE_COLUMNS, chance_table


def nodes_of(size: int) -> pd.DataFrame:
    return pd.DataFrame({"id": [f"o{row}" for row in range(size)], "label": [f"Body {row}" for row in range(size)]})


def test_the_sentence_names_the_null_and_the_draws():
    found = chance_table(karate(), nodes_of(34), "ei", null="degree", draws=199, lang="en")
    assert found.loc[0, "sentence"].endswith("it is less than chance gives (p = 0.01, 199 draws).")
    assert "keep everybody's number of ties" in found.loc[0, "sentence"]
    assert found.attrs["study"]["seed"] == 0
    assert "Besag & Clifford 1989" in found.attrs["method"]


def test_few_draws_claim_nothing():
    found = chance_table(karate(), nodes_of(34), "ei", null="degree", draws=19, lang="en")
    assert found.loc[0, "sentence"].endswith("19 draws are too few to tell a difference.")


def test_bodies_are_judged_together():
    found = chance_table(mixed_network(), nodes_of(20), ["brokerage"], draws=39, level="body", lang="en")
    assert found.columns.tolist() == list(CHANCE_COLUMNS)
    assert len(found) == 20
    assert (found["q"].dropna() >= found["p"][found["q"].notna()] - 1e-12).all()
    assert found["p"].is_monotonic_increasing or found["p"].isna().any()


def test_unnamed_groups_have_no_row():
    nodes = nodes_of(20).assign(**{"class": ["UnnamedGroup", *["Organization"] * 19]})
    assert len(chance_table(mixed_network(), nodes, draws=9, level="body")) == 19


def test_examples_in_the_documentation():
    assert doctest.testmod(sys.modules[chance_table.__module__]).failed == 0
