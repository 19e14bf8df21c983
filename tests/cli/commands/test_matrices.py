from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.cli.conftest import Invoke

import tsunagari
from tsunagari.cli.commands.answers.gaps import MATRICES


def list_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("kind", MATRICES)
def test_gaps_shows_every_matrix_as_a_grid(invoke: Invoke, built: Path, kind: str) -> None:
    rows = list_rows(invoke("gaps", "-w", built, "--matrix", kind, "--format", "csv").stdout)
    with tsunagari.open(built) as graph:
        matrix = graph.coverage_matrix(kind)
    assert [list(row.values())[1:] for row in rows] == [[str(cell) for cell in row] for row in matrix.to_numpy()]
    assert [next(iter(row.values())) for row in rows] == matrix.index.tolist()


def test_a_matrix_on_the_screen_has_signs_and_tells_what_they_mean(invoke: Invoke, built: Path) -> None:
    shown = invoke("gaps", "-w", built, "--matrix", "municipality-field", "--lang", "en")
    assert "? not known" in shown.stderr
    assert " ? " in shown.stdout
    assert "unknown" not in shown.stdout
    wrong = invoke("gaps", "-w", built, "--matrix", "platform-field", "--by", "nation", exit_code=2)
    assert "--matrix" in wrong.stderr
