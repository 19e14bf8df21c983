"""Where results go: never over what people wrote, whole or not at all, and one line when it is not possible."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Invoke

from tsunagari.cli import cli
from tsunagari.cli.shell.catalogue import COMMANDS

MAIN = [sys.executable, "-W", "error", "-c", "from tsunagari.cli import main; main()"]
LIST = "31_鳥取県/名簿.csv"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.cli.conftest import run

    folder = tmp_path_factory.mktemp("output") / "lists"
    (folder / "31_鳥取県").mkdir(parents=True)
    (folder / "tsunagari.toml").write_text(
        '[workspace]\ntitle = "T"\nas_of = 2025-04-01\n[[source]]\nfile = "p.csv"\nkind = "platforms"\n'
        f'[[source]]\nfile = \'{LIST}\'\nkind = "members"\nplatform = "pf"\n',
        encoding="utf-8",
    )
    (folder / "p.csv").write_text("id,名称\npf,架空PF\n", encoding="utf-8")
    (folder / LIST).write_text("団体名,市区町村\n架空の会,鳥取市\n", encoding="utf-8")
    (folder / "matches.csv").write_text("left,right,verdict\n", encoding="utf-8")
    (folder / "field-words.csv").write_text("語,分野,対応\n", encoding="utf-8")
    (folder / "fixes.csv").write_text("ファイル,列,今の値,正しい値\n", encoding="utf-8")
    (folder / "edits.csv").write_text("操作,種類,団体\n", encoding="utf-8")
    (folder / "edits-2.toml").write_text("", encoding="utf-8")
    (folder / "questions").mkdir()
    (folder / "questions" / "mine.rq").write_text("# name: mine\n# ja: 問\n# en: q\nSELECT * {}", encoding="utf-8")
    (folder / "ask.rq").write_text("SELECT * {}", encoding="utf-8")
    run("build", "-w", folder, "-q")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


KEPT = (
    "tsunagari.toml",
    "matches.csv",
    ".tsunagari/x.csv",
    ".tsunagari/columns/new/x.csv",
    ".tsunagari-previous/x.csv",
)
FORCEABLE = (LIST, "p.csv", "field-words.csv", "fixes.csv", "edits.csv", "edits-2.toml", "questions/mine.rq")


@pytest.mark.parametrize("elsewhere", [False, True])
def test_what_people_wrote_is_never_written_over(invoke: Invoke, workspace: Path, built: Path, elsewhere: bool) -> None:
    """Neither in the workspace of the command nor in another one."""
    before = contents(workspace)
    where = built if elsewhere else workspace
    for name in (*KEPT, *FORCEABLE):
        done = invoke("gaps", "-w", where, "--format", "csv", "-o", workspace / name, exit_code=1)
        assert len(done.stderr.splitlines()) == 1
        assert ("--force" in done.stderr) == (name in FORCEABLE)
    for name in KEPT:
        invoke("gaps", "-w", where, "--format", "csv", "--force", "-o", workspace / name, exit_code=1)
    assert contents(workspace) == before


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_and_other_names_of_a_list_are_seen_through(invoke: Invoke, workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "soft.csv").symlink_to(workspace / LIST)
    os.link(workspace / LIST, tmp_path / "hard.csv")
    (tmp_path / "folder").symlink_to(workspace)
    (tmp_path / "dangling.csv").symlink_to(workspace / ".tsunagari" / "new.csv")
    before = contents(workspace)
    for name in ("soft.csv", "hard.csv", "folder/p.csv", "dangling.csv", "folder/../lists/p.csv"):
        invoke("brokers", "-w", workspace, "-o", tmp_path / name, exit_code=1)
    assert contents(workspace) == before


def test_settings_that_are_broken_still_name_their_lists(invoke: Invoke, workspace: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(workspace, tmp_path / "copy")
    settings = copy / "tsunagari.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "[[[[", encoding="utf-8")
    invoke("verify", "-o", copy / LIST, exit_code=1)
    invoke("verify", "-o", copy / "v.csv")


def test_force_writes_over_a_list(invoke: Invoke, workspace: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(workspace, tmp_path / "copy")
    invoke("gaps", "-w", copy, "-o", copy / LIST, "--force")
    assert "鳥取市" in (copy / LIST).read_text(encoding="utf-8-sig")


def test_a_file_that_the_command_reads_is_not_written_over(invoke: Invoke, workspace: Path, tmp_path: Path) -> None:
    loose = tmp_path / "loose.txt"
    loose.write_text("団体名,市区町村\n架空の会,鳥取市\n", encoding="utf-8")
    invoke("inspect", loose, "-o", loose, exit_code=1)
    invoke("query", f"@{workspace / 'ask.rq'}", "-w", workspace, "-o", workspace / "ask.rq", exit_code=1)
    assert loose.read_text(encoding="utf-8").startswith("団体名")
    assert (workspace / "ask.rq").read_text(encoding="utf-8") == "SELECT * {}"


def test_tables_are_not_written_into_a_folder_of_lists(invoke: Invoke, workspace: Path) -> None:
    before = contents(workspace)
    for name in ("", "31_鳥取県", ".tsunagari", ".tsunagari/new/"):
        invoke("export", "csv", "-w", workspace, "-o", f"{workspace / name}{os.sep}", exit_code=1)
    assert contents(workspace) == before
    invoke("export", "csv", "-w", workspace, "-o", workspace / "tables")
    invoke("export", "csv", "-w", workspace, "-o", workspace / "tables")
    assert (workspace / "tables" / "organizations.csv").is_file()


CALLS = {
    "build": (("build", "-w"), ".csv"),
    "check": (("check", "-w"), ".xlsx"),
    "fields": (("fields", "--no-write", "-w"), ".csv"),
    "match": (("match", "list", "-w"), ".csv"),
    "match export": (("match", "export", "-w"), ".csv"),
    "match log": (("match", "log", "-w"), ".csv"),
    "gaps": (("gaps", "-w"), ".parquet"),
    "brokers": (("brokers", "-w"), ".xlsx"),
    "remedies": (("remedies", "-w"), ".md"),
    "loss": (("loss", "-w"), ".json"),
    "centrality": (("centrality", "degree", "-w"), ".txt"),
    "ask": (("ask", "-w"), ".csv"),
    "query": (("query", "ASK {}", "-w"), ".csv"),
    "map": (("map", "-w"), ".html"),
    "report": (("report", "-w"), ".xlsx"),
    "turtle": (("export", "turtle", "-w"), ".ttl"),
    "parquet": (("export", "parquet", "-w"), ".zip"),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_unknown_ending_is_refused_by_every_command(
    invoke: Invoke, workspace: Path, tmp_path: Path, name: str
) -> None:
    command, suffix = CALLS[name]
    done = invoke(*command, workspace, "-o", tmp_path / "out.odt", exit_code=2)
    assert suffix in done.stderr
    assert "--force" in done.stderr
    assert list(tmp_path.iterdir()) == []
    invoke(*command, workspace, "-o", tmp_path / f"out{suffix}")
    if name == "report":  # by the ending it knows what to write
        assert "docx" in invoke(*command, workspace, "--force", "-o", tmp_path / "out.odt", exit_code=1).stderr
        return
    invoke(*command, workspace, "--force", "-o", tmp_path / "out.odt")
    shown = {"build", "check", "brokers"}  # a table of no issues, or of nobody, is a sentence on the screen
    assert {path.name for path in tmp_path.iterdir()} == {f"out{suffix}", *({"out.odt"} if name not in shown else ())}


def test_a_format_and_an_ending_that_disagree_are_refused(invoke: Invoke, workspace: Path, tmp_path: Path) -> None:
    invoke("gaps", "-w", workspace, "--format", "csv", "-o", tmp_path / "gaps.xlsx", exit_code=2)
    invoke("gaps", "-w", workspace, "-o", tmp_path / "gaps", exit_code=2)
    invoke("gaps", "-w", workspace, "--format", "csv", "-o", tmp_path / "gaps")


def test_every_command_with_an_output_can_be_forced() -> None:
    root = click.Context(cli)

    def options(command: click.Command) -> set[str]:
        return {name for parameter in command.params for name in parameter.opts}

    for name in COMMANDS:
        command = cli.get_command(root, name)
        assert command is not None
        for part in (command, *(command.commands.values() if isinstance(command, click.Group) else ())):
            assert "--output" not in options(part) or "--force" in options(part), part.name


@pytest.mark.skipif(sys.platform == "win32", reason="no such devices there")
@pytest.mark.parametrize("form", ["table", "csv", "xlsx", "parquet"])
@pytest.mark.parametrize("kind", ["full", "closed"])
def test_standard_output_that_takes_nothing_is_one_line(workspace: Path, form: str, kind: str) -> None:
    to = ">/dev/full" if kind == "full" else ">&-"
    line = f'"$@" {to}'
    command = ["/bin/sh", "-c", line, "sh", *MAIN, "gaps", "-w", str(workspace), "--format", form, "-q"]
    done = subprocess.run(command, capture_output=True, timeout=120)
    assert done.returncode == 1
    assert len(done.stderr.decode().splitlines()) == 1, done.stderr.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_build_that_is_told_to_end_cleans_up(workspace: Path, tmp_path: Path, number: signal.Signals) -> None:
    copy = shutil.copytree(workspace, tmp_path / "copy")
    before = contents(copy)
    code = (
        "import importlib, os, signal\n"
        f"signal.signal({int(number)}, signal.SIG_DFL)\n"  # tests that nohup runs would ignore it
        "replacement = importlib.import_module('tsunagari.graph.store.replacement')\n"
        f"replacement._swap = lambda *args, **more: os.kill(os.getpid(), {int(number)})\n"
        "from tsunagari.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "build", "-w", str(copy), "--lang", "en"]
    done = subprocess.run(command, capture_output=True, timeout=120)
    assert done.returncode == 128 + number, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert contents(copy) == before
