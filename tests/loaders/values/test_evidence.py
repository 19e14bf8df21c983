from __future__ import annotations

import pytest

from tsunagari.loaders.values.cells import CellError
from tsunagari.loaders.values.evidence import read_evidence
from tsunagari.ontology.records import Evidence


def read(**cells: str) -> tuple[Evidence, ...]:
    return read_evidence(cells, lambda text: f"urn:{text}")


def test_parts_belong_together_in_their_order() -> None:
    assert read(document="a|b", line="12|", quote="x|y、z;w", page="3") == (
        Evidence("urn:a", 12, "3", "x"),
        Evidence("urn:b", None, "3", "y、z;w"),
    )


def test_a_document_alone_is_enough_and_none_is_none() -> None:
    assert read(document="a") == (Evidence("urn:a"),)
    assert read() == ()


@pytest.mark.parametrize(
    "cells",
    [
        {"document": "a|b", "line": "1"},
        {"document": "a", "quote": "x|y"},
        {"line": "3"},
        {"document": "a|b|c", "page": "1|2"},
    ],
)
def test_parts_that_do_not_agree_in_number(cells: dict[str, str]) -> None:
    with pytest.raises(CellError, match="evidence-counts"):
        read(**cells)


def test_a_line_that_is_no_number() -> None:
    with pytest.raises(CellError, match="bad-integer"):
        read(document="a", line="三行目あたり")
