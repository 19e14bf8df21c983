"""What ``test`` shows, and how it refuses a null that does not fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Invoke

from tsunagari.cli.commands.answers.test import LEVELS, NULLS
from tsunagari.graph.inference import against_chance, nulls


def test_people_see_the_statistic_beside_chance_and_how_it_was_drawn(invoke: Invoke, built: Path) -> None:
    found = invoke("test", "roles", "-w", built, "--draws", 39, "--lang", "en")
    assert found.stdout.splitlines()[0].split()[0] == "statistic"
    assert len(found.stdout.splitlines()) == 7
    assert 'null "membership", seed 0' in " ".join(found.stderr.split())


def test_programs_get_every_column(invoke: Invoke, built: Path) -> None:
    words = ("test", "brokerage", "-w", built, "--level", "body", "--draws", 19, "--format", "json", "-q")
    rows = json.loads(invoke(*words).stdout)
    assert {"organization", "observed", "null_mean", "p", "q", "draws"} <= set(rows[0])
    assert len(rows) > 50


def test_the_same_seed_gives_the_same(invoke: Invoke, built: Path) -> None:
    words = ("test", "ei", "-w", built, "--draws", 19, "--seed", 4, "--format", "csv", "-q")
    assert invoke(*words).stdout == invoke(*words).stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("brokrage",), 1, "近いもの: brokerage"),
        (("ei", "--null", "degree"), 1, 'null="membership"'),
        (("ei", "--null", "degree", "--network", "ties"), 1, "ほかに可能なネットワークがない"),
        (("constraint", "--null", "labels"), 1, "検定できません"),
        (("ei", "--null", "curveball"), 2, "次のどれか"),
        (("ei", "--draws", "0"), 2, "--draws"),
        (("coverage_overlap", "--network", "ties"), 1, "2モード"),
        (("segregation", "--level", "body"), 1, "団体ごとの値がありません"),
    ],
)
def test_what_makes_no_sense_is_refused(
    invoke: Invoke, built: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    found = invoke("test", *words, "-w", built, exit_code=code)
    assert said in found.stderr


def test_choices_are_those_of_the_library() -> None:
    assert NULLS == nulls.NULLS
    assert LEVELS == against_chance.LEVELS
