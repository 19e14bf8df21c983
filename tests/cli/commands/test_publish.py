"""``publish``: what is told when no server answers; the servers themselves are talked to in tests/graph/store."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Invoke


def test_a_server_that_does_not_answer_is_told_in_one_line(invoke: Invoke, built: Path) -> None:
    done = invoke("publish", "http://127.0.0.1:1/store", "-w", built, exit_code=1)
    assert len(done.stderr.strip().splitlines()) == 1
    assert "127.0.0.1:1" in done.stderr
