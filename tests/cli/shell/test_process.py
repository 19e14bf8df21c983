"""The program as a process: exit codes, signals, pipes and encodings."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

MAIN = "from tsunagari.cli import main; main()"
INTERRUPTED_BUILD = """
import os, signal
from contextlib import contextmanager
import tsunagari.cli.issues.building as building

signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background of a shell would ignore it

@contextmanager
def bar(settings):
    yield lambda *progress: os.kill(os.getpid(), signal.SIGINT)

building.progress_bar = bar
"""


def test_the_package_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "tsunagari", "--lang", "en", "gaps", "-h"]
    done = subprocess.run(command, capture_output=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"--area" in done.stdout


def run(
    *args: str, code: str = MAIN, env: dict[str, str] | None = None, stdin: str | None = None
) -> subprocess.CompletedProcess[bytes]:
    environ = {name: value for name, value in os.environ.items() if name not in ("LANG", "LC_ALL", "PYTHONIOENCODING")}
    command = [sys.executable, "-W", "error", "-c", code, *args]
    given = None if stdin is None else stdin.encode()
    return subprocess.run(command, input=given, capture_output=True, timeout=120, env=environ | (env or {}))


def graph_bytes(workspace: Path) -> dict[str, bytes]:
    folder = workspace / ".tsunagari"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_help_ends_with_0() -> None:
    done = run("--help")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "使い方" in done.stdout.decode("utf-8")


def test_wrong_use_ends_with_2_and_says_nothing_on_stdout() -> None:
    done = run("gaps", "--bogus")
    assert (done.returncode, done.stdout) == (2, b"")


def test_without_a_workspace_one_line_says_what_to_do(tmp_path: Path) -> None:
    done = run("gaps", "-w", str(tmp_path / "none"))
    assert (done.returncode, done.stdout) == (1, b"")
    assert len(done.stderr.decode("utf-8").splitlines()) == 1


def test_ctrl_c_in_a_build_leaves_the_old_graph(built: Path) -> None:
    before = graph_bytes(built)
    done = run("build", "-w", str(built), "--lang", "en", code=INTERRUPTED_BUILD + MAIN)
    assert done.returncode == 128 + signal.SIGINT
    assert b"The graph built before is untouched." in done.stderr
    assert b"Traceback" not in done.stderr
    assert graph_bytes(built) == before
    assert run("gaps", "-w", str(built), "--format", "csv").returncode == 0


def test_a_reader_that_leaves_early_is_no_error(built: Path) -> None:
    command = [sys.executable, "-c", MAIN, "export", "trig", "-w", str(built)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        complaint = process.stderr.read()
        process.wait(timeout=60)
    assert (process.returncode, complaint) == (0, b"")


def test_a_pipe_gets_utf8_without_colours_whatever_the_locale(built: Path) -> None:
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "FORCE_COLOR": "1"}
    done = run("gaps", "--area", "31201", "-w", str(built), env=env)
    assert done.returncode == 0
    assert "鳥取市" in done.stdout.decode("utf-8")
    assert b"\x1b" not in done.stdout


def test_a_console_that_lacks_a_character_shows_an_escape(built: Path) -> None:
    query = 'SELECT ("鳥取 \U00029e3d" AS ?name) {}'
    done = run("query", query, "-w", str(built), env={"PYTHONIOENCODING": "cp932"})
    assert done.returncode == 0
    assert "鳥取 \\U00029e3d" in done.stdout.decode("cp932")


def test_a_query_comes_from_standard_input(built: Path) -> None:
    done = run("query", "-", "-w", str(built), "--format", "json", stdin='SELECT ("鳥取" AS ?name) {}')
    assert '"name": "鳥取"' in done.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("command", ["query", "ask"])
def test_ctrl_c_ends_a_query_that_runs_away(built: Path, tmp_path: Path, command: str) -> None:
    workspace = shutil.copytree(built, tmp_path / "copy")
    values = " ".join(f"VALUES ?v{index} {{ 0 1 2 3 4 5 6 7 8 9 }}" for index in range(18))
    text = f"SELECT (COUNT(?v0) AS ?n) {{ {values} }}"
    (workspace / "questions").mkdir(exist_ok=True)
    (workspace / "questions" / "endless.rq").write_text(
        f"# name: endless\n# ja: 終\n# en: end\n{text}", encoding="utf-8"
    )
    asked = text if command == "query" else "endless"
    handler = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    started = "import tsunagari.graph.sparql.query_process as q, sys; send = q._send\n"
    note = "def noted(*a): send(*a); print('asked', file=sys.stderr, flush=True)\nq._send = noted\n"
    line = [
        sys.executable,
        "-c",
        f"{handler}{started}{note}{MAIN}",
        command,
        asked,
        "-w",
        str(workspace),
        "--lang",
        "en",
    ]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == b"asked\n"
        process.send_signal(signal.SIGINT)
        out, said = process.communicate(timeout=60)
    assert (process.returncode, out, said.split()) == (128 + signal.SIGINT, b"", [b"Interrupted."])


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_gets_tables_that_fit(built: Path) -> None:
    import pty

    from tsunagari.viz.look.wrapping import display_width

    main_end, terminal = pty.openpty()
    environ = os.environ | {"COLUMNS": "80", "TERM": "xterm"}
    command = [sys.executable, "-c", MAIN, "gaps", "-w", str(built), "-q"]
    with subprocess.Popen(command, stdout=terminal, stderr=subprocess.PIPE, env=environ) as process:
        os.close(terminal)
        parts = []
        while True:
            try:
                part = os.read(main_end, 65536)
            except OSError:  # the terminal is closed
                break
            if not part:
                break
            parts.append(part)
        process.wait(timeout=60)
    os.close(main_end)
    lines = b"".join(parts).decode("utf-8").splitlines()
    assert process.returncode == 0
    assert len(lines) > 20
    assert max(map(display_width, lines)) <= 80
