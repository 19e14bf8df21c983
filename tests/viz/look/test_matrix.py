"""Matrices: municipalities by code, fields by identifier, every cell where it belongs."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tsunagari.viz.look.matrix import MATRIX_KINDS, coverage_matrices, frame_matrix, municipality_field_matrix


def test_rows_follow_the_codes_and_cells_their_row(made_up: Any) -> None:
    matrix = municipality_field_matrix(made_up.gaps())
    assert matrix.rows == ("香美町", "鳥取市", "岩美町")
    assert matrix.row_ids == ("28585", "31201", "31302")
    assert matrix.cells[1] == ("multiple", "single", "wide_only")
    assert matrix.cells[2] == ("none", "unknown", "unknown")


def test_a_cell_without_a_gap_row_is_empty(made_up: Any) -> None:
    assert municipality_field_matrix(made_up.gaps().iloc[1:]).cells[1][0] is None


def test_labels_of_several_levels_are_joined() -> None:
    columns = pd.MultiIndex.from_tuples([("行政", "市"), ("民間", "NPO")])
    matrix = frame_matrix(
        "platform-constituent", pd.DataFrame([[1, None]], index=["県"], columns=columns, dtype=object)
    )
    assert matrix.columns == ("行政 · 市", "民間 · NPO")
    assert matrix.cells == ((1, None),)


def test_every_kind_that_holds_something_is_there(made_up: Any) -> None:
    assert [matrix.kind for matrix in coverage_matrices(made_up, made_up.gaps())] == list(MATRIX_KINDS)
    assert [matrix.kind for matrix in coverage_matrices(made_up, made_up.gaps().iloc[:0])] == list(MATRIX_KINDS[1:])
