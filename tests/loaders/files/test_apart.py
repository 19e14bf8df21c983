"""Files are read apart: what crashes, hangs or explodes there is told, and the next file is read as if nothing was."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tsunagari.errors import SourceError
from tsunagari.loaders.files import apart
from tsunagari.loaders.files.apart import ApartError, Limits, limits_for, read_apart, run_apart
from tsunagari.loaders.files.grids import read_grids
from tsunagari.loaders.files.spool import BATCH, Spool
from tsunagari.loaders.issues.collection import IssueList
from tsunagari.loaders.issues.issues import make_issue

LIMITS = Limits(seconds=1, memory=300 << 20)
HARMFUL = """
import os, sys, time
def crash(): os.abort()
def segfault():
    import ctypes
    ctypes.string_at(0)
def leave(): os._exit(0)
def hang():
    while True: pass
def explode(): return len(bytearray(1 << 40))
def fail(): raise OverflowError("days=2147483647")
def deep(): return deep()
def talk():
    print("on standard output"); print("on standard error", file=sys.stderr)
    os.write(1, b"past Python"); return "answered"
def strange(): return lambda: None
def double(number): return 2 * number
"""


@pytest.fixture
def harmful(tmp_path: Path) -> str:
    path = tmp_path / f"harmful_{tmp_path.name}.py"
    path.write_text(HARMFUL, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        ("crash", "crashed"),
        ("segfault", "crashed"),
        ("leave", "crashed"),
        ("hang", "slow"),
        ("explode", "memory"),
        ("fail", "failed"),
        ("deep", "crashed"),
        ("strange", "failed"),
    ],
)
def test_whatever_happens_there_is_told_and_the_next_file_is_read(harmful: str, function: str, reason: str) -> None:
    with pytest.raises(ApartError) as caught:
        run_apart(harmful, function, limits=LIMITS)
    assert caught.value.reason == reason
    assert run_apart(harmful, "double", 21, limits=LIMITS) == 42


def test_the_message_names_the_file_and_what_to_do(harmful: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_apart("名簿.xlsx", harmful, "fail", size=1)
    for lang in ("ja", "en"):
        said = caught.value.text(lang)
        assert "名簿.xlsx" in said
        assert "OverflowError" in said
        assert "TSUNAGARI_FILE_SECONDS" in said


def test_what_is_printed_there_stays_there(harmful: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run_apart(harmful, "talk", limits=LIMITS) == "answered"
    assert capfd.readouterr() == ("", "")


def test_limits_grow_with_the_file_and_can_be_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits_for(100 << 20).seconds > limits_for(0).seconds
    assert limits_for(100 << 20).memory > limits_for(0).memory
    monkeypatch.setenv("TSUNAGARI_FILE_SECONDS", "900")
    monkeypatch.setenv("TSUNAGARI_FILE_MEMORY", "8000")
    assert limits_for(0) == Limits(900, 8000 << 20)


def test_a_large_list_comes_back_whole_and_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "rows"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "rows").mkdir()
    apart.end_process()
    lines = [f"架空の会{number},鳥取市{'あ' * 40}" for number in range(2 * BATCH + 7)]
    path = tmp_path / "list.csv"
    path.write_text("\n".join(["団体名,市区町村", *lines]), encoding="utf-8")
    content = read_grids(path, "list.csv")
    (grid,) = content.grids
    assert isinstance(grid.rows, Spool)
    assert [",".join(cells) for _, cells in grid.rows] == ["団体名,市区町村", *lines]
    if sys.platform != "win32":
        assert list((tmp_path / "rows").iterdir()) == []
    del content, grid
    apart.end_process()


def test_issues_come_back_with_their_counts() -> None:
    issues = IssueList(make_issue("bad-date", file="a", row=row, column="b", value="x") for row in range(1, 1000))
    again = pickle.loads(pickle.dumps(issues))
    assert list(again) == list(issues)
    for found in (again, issues):
        found.append(make_issue("bad-date", file="a", row=2000, column="b", value="x"))
    assert list(again) == list(issues)


@pytest.mark.skipif(sys.platform == "win32", reason="nothing forks there")
def test_a_forked_process_starts_its_own(harmful: str) -> None:
    assert run_apart(harmful, "double", 1, limits=LIMITS) == 2
    child = os.fork()
    if child == 0:
        os._exit(run_apart(harmful, "double", 20, limits=LIMITS))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 40
    assert run_apart(harmful, "double", 3, limits=LIMITS) == 6


def test_a_script_without_a_guard_reads_files_and_ends(tmp_path: Path) -> None:
    """Nothing of a script is run twice, and nothing of the process stays behind."""
    (tmp_path / "tsunagari.toml").write_text(
        '[workspace]\nas_of = 2025-04-01\n[[source]]\nfile = "p.ttl"\nkind = "rdf"\n', encoding="utf-8"
    )
    (tmp_path / "p.ttl").write_text(
        '<http://example.org/a> <http://www.w3.org/2004/02/skos/core#prefLabel> "架空の会"@ja .\n',
        encoding="utf-8",
    )
    script = tmp_path / "script.py"
    script.write_text(
        "print('once')\nimport tsunagari as tsu\nfrom tsunagari.loaders.files import apart\n"
        f"load = tsu.build({str(tmp_path)!r})\nprint(apart._running[0]._popen.pid)\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, "-W", "error", str(script)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    once, pid = done.stdout.split()
    assert (once, done.stderr) == ("once", "")
    if sys.platform == "linux":
        time.sleep(0.1)
        assert not Path("/proc", pid).exists()


def test_a_name_means_the_folder_where_it_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "name.txt").write_text(place, encoding="utf-8")
        monkeypatch.chdir(tmp_path / place)
        assert run_apart("pathlib", "Path", "name.txt", limits=LIMITS) == Path("name.txt")
        assert run_apart("os.path", "realpath", "name.txt", limits=LIMITS) == str(tmp_path / place / "name.txt")
