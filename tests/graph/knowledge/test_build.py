from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pyoxigraph as ox
import pytest

import tsunagari
from tsunagari.errors import SourceError, StoreError, WorkspaceError
from tsunagari.graph.knowledge.build import build, open_graph
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.store.replacement import COLUMNS, FOLDER, replacement
from tsunagari.loaders.session.load import load_workspace
from tsunagari.loaders.workspace.settings import read_workspace
from tsunagari.ontology.namespaces import ID, PROVENANCE_GRAPH, REFERENCE_GRAPH, TSU
from tsunagari.ontology.quads import quads

TOML = """\
[workspace]
title = "小さな例"
as_of = 2023-10-01
[scope]
areas = ["31201", "31329"]
fields = "mine"
[[source]]
file = "platforms.csv"
kind = "platforms"
[[source]]
file = "members.csv"
kind = "members"
platform = "鳥取プラットフォーム"
[[source]]
file = "fields.csv"
kind = "schemes"
scheme = "mine"
"""
FILES = {
    "tsunagari.toml": TOML,
    "platforms.csv": "名称,reach\n鳥取プラットフォーム,31201\n",
    "members.csv": "団体名,市区町村,分野,入会日\n食の会,鳥取市,食支援,令和4年2月\n聞く会,八頭町,居場所,近日中\n",
    "fields.csv": "notation,pref_label\nfood,食支援\nplace,居場所\n",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def leftovers(workspace: Path) -> list[str]:
    return sorted(path.name for path in workspace.glob(f"{FOLDER}?*"))


def members(kg: KnowledgeGraph) -> list[str]:
    return sorted(kg.memberships["organization"])


def test_a_workspace_becomes_a_graph(workspace: Path) -> None:
    kg = build(workspace)
    assert (kg.title, str(kg.as_of), kg.workspace) == ("小さな例", "2023-10-01", workspace)
    assert members(kg) == ["聞く会", "食の会"]
    assert kg.stale == []
    assert leftovers(workspace) == []


def test_the_graph_holds_the_quads_of_the_records(workspace: Path) -> None:
    with (workspace / "members.csv").open("a", encoding="utf-8") as file:
        file.write("食の会,鳥取市,食支援,令和4年2月\n")  # the same fact again: one record stated in two rows
    kg = build(workspace)
    load = load_workspace(workspace)
    made = {quad for record in load.records for quad in quads(record, load.vocabulary)}
    about = (REFERENCE_GRAPH, PROVENANCE_GRAPH, f"{ID}graph/fields")
    assert {quad for quad in kg.store.quads() if quad.graph_name.value not in about} == {
        quad for quad in made if quad.graph_name.value not in about
    }
    assert made <= set(kg.store.quads())
    assert {info.file: (info.rows, info.records) for info in load.sources} == {
        "platforms.csv": (1, 1),
        "members.csv": (3, 4),
        "fields.csv": (2, 0),
    }
    counts = kg.query(
        f"SELECT ?n {{ GRAPH <{PROVENANCE_GRAPH}> {{ ?load tsu:recordCount ?n ; prov:used ?f }} }} ORDER BY ?f"
    )
    assert [int(n) for n in counts["n"]] == [0, 4, 1]


def test_the_bundled_graph_holds_the_quads_of_its_records(bundled: KnowledgeGraph) -> None:
    """Records that go to the store while rows are read say the same as those kept until the end."""
    assert bundled.workspace is not None
    load = load_workspace(bundled.workspace)
    made = {quad for record in load.records for quad in quads(record, load.vocabulary)}
    held = set(bundled.store.quads())
    assert made <= held
    own = (REFERENCE_GRAPH, PROVENANCE_GRAPH)
    assert {quad for quad in held - made if quad.graph_name.value not in own} == set()


def test_what_was_not_understood_is_told_and_the_rest_is_there(workspace: Path) -> None:
    kg = build(workspace)
    found = kg.issues[kg.issues["severity"] == "error"]
    assert found[["code", "file", "row", "value"]].to_numpy().tolist() == [["bad-date", "members.csv", 3, "近日中"]]
    assert "日付" in found["message"].iloc[0]
    assert "date" in kg.issue_table("en").loc[found.index[0], "message"]


def test_a_workspaces_own_fields_are_counted(workspace: Path) -> None:
    gaps = build(workspace).gaps()
    assert set(gaps["field"]) == {"食支援", "居場所"}
    assert sorted(set(gaps["area"])) == ["八頭町", "鳥取市"]


def test_opening_gives_what_building_gave(workspace: Path) -> None:
    built = build(workspace)
    for place in (workspace, workspace / "tsunagari.toml", str(workspace)):
        opened = open_graph(place)
        assert opened.memberships.equals(built.memberships)
        assert opened.issues.equals(built.issues)
        assert opened.gaps().equals(built.gaps())


def test_the_same_files_give_the_same_bytes(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(workspace, other, dirs_exist_ok=True)
    script = (
        "import sys, tsunagari, tsunagari.graph.export as e; kg = tsunagari.build(sys.argv[1])\n"
        "for name in e.FORMATS: sys.stdout.buffer.write(kg.export(name) + b'=' * 80)"
    )
    one, two = (
        subprocess.run(
            [sys.executable, "-c", script, str(folder)],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout.split(b"=" * 80)
        for folder, seed in ((workspace, "1"), (other, "2"))
    )
    assert all(one[:-1])
    assert one == two


def test_provenance_names_each_file_with_its_hash_and_no_time(workspace: Path) -> None:
    table = build(workspace).query(
        f"SELECT ?file ?hash ?n {{ GRAPH <{PROVENANCE_GRAPH}> {{ ?load a tsu:Load ; prov:used ?file ; "
        "tsu:sha256 ?hash ; tsu:recordCount ?n }} ORDER BY ?file"
    )
    assert [iri.rpartition("/")[2] for iri in table["file"]] == ["fields.csv", "members.csv", "platforms.csv"]
    assert table["hash"].str.fullmatch("[0-9a-f]{64}").all()
    assert not build(workspace).query("SELECT ?t { ?s ?p ?t FILTER (DATATYPE(?t) = xsd:dateTime) }").shape[0]


def test_files_that_changed_are_named(workspace: Path) -> None:
    kg = build(workspace)
    with (workspace / "members.csv").open("a", encoding="utf-8") as file:
        file.write("新しい会,鳥取市,,\n")
    (workspace / "platforms.csv").unlink()
    assert kg.stale == ["platforms.csv", "members.csv"]
    (workspace / "tsunagari.toml").write_text(TOML + "\n", encoding="utf-8")
    assert open_graph(workspace).stale == ["tsunagari.toml", "platforms.csv", "members.csv"]


def test_progress_is_told_in_the_language(workspace: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(workspace, progress=lambda stage, done, total: told.append((stage, done, total)), lang="en")
    assert told[-1][0] == "writing the graph"
    assert told[-1][1] == told[-1][2] > 0


def test_without_inference_there_is_no_inferred_graph(bundled: KnowledgeGraph, tmp_path: Path) -> None:
    assert bundled.workspace is not None
    shutil.copytree(bundled.workspace, tmp_path / "plain", ignore=shutil.ignore_patterns(FOLDER))
    count = """SELECT (COUNT(DISTINCT ?s) AS ?n) {
        GRAPH ?g { ?s a tsu:PlatformMembership } FILTER (CONTAINS(STR(?g), "/inferred/")) }"""
    assert int(bundled.query(count)["n"][0]) == 67
    assert int(build(tmp_path / "plain", inferred=False).query(count)["n"][0]) == 0


class TestReplacement:
    """The old graph stays until the new one is whole."""

    def test_files_that_cannot_be_read_leave_the_old_graph_when_nothing_else_is_there(self, workspace: Path) -> None:
        build(workspace)
        for file in read_workspace(workspace).sources:
            (workspace / file.file).write_bytes("団体名\n".encode() + b"\x81\xff\xfe\x00")
        with pytest.raises(SourceError):
            build(workspace)
        assert members(open_graph(workspace)) == ["聞く会", "食の会"]
        assert leftovers(workspace) == []

    @pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device"), MemoryError])
    def test_an_interruption_while_writing_leaves_the_old_graph(
        self, workspace: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException | type[BaseException]
    ) -> None:
        build(workspace)

        def interrupted(*_: object) -> Iterator[ox.Quad]:
            yield ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.NamedNode("urn:c"))
            raise error

        monkeypatch.setattr("tsunagari.graph.columns.column_parts.PART", 1)
        monkeypatch.setattr(import_module("tsunagari.graph.knowledge.build"), "provenance_quads", interrupted)
        with pytest.raises(StoreError if isinstance(error, OSError) else error):  # type: ignore[type-var]
            build(workspace)
        assert members(open_graph(workspace)) == ["聞く会", "食の会"]
        assert leftovers(workspace) == []

    def test_an_interruption_of_the_first_build_leaves_nothing(
        self, workspace: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupted(*_: object) -> Iterator[ox.Quad]:
            raise KeyboardInterrupt
            yield

        monkeypatch.setattr(import_module("tsunagari.graph.knowledge.build"), "provenance_quads", interrupted)
        with pytest.raises(KeyboardInterrupt):
            build(workspace)
        assert sorted(path.name for path in workspace.iterdir()) == sorted(FILES)

    def test_a_folder_that_cannot_be_written(self, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        build(workspace)

        def refuse(*_: object, **__: object) -> str:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("tempfile.mkdtemp", refuse)
        with pytest.raises(StoreError) as error:
            build(workspace)
        assert "書き込めません" in error.value.text("ja")
        assert members(open_graph(workspace)) == ["聞く会", "食の会"]

    def test_a_graph_held_open_elsewhere(self, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """As on Windows, where a folder with open files cannot be renamed."""
        build(workspace)
        rename = Path.rename

        def refuse(source: Path, target: Path) -> Path:
            if source.name == FOLDER:
                raise PermissionError(13, "in use")
            return rename(source, target)

        monkeypatch.setattr(Path, "rename", refuse)
        with pytest.raises(StoreError, match="Close other programs"):
            build(workspace)
        monkeypatch.undo()
        assert members(open_graph(workspace)) == ["聞く会", "食の会"]
        assert leftovers(workspace) == []

    def test_the_old_graph_comes_back_when_the_new_one_cannot_be_put_there(
        self, workspace: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        build(workspace)
        rename = Path.rename

        def refuse(source: Path, target: Path) -> Path:
            if "-new-" in source.name:
                raise PermissionError(13, "in use")
            return rename(source, target)

        monkeypatch.setattr(Path, "rename", refuse)
        with pytest.raises(StoreError):
            build(workspace)
        monkeypatch.undo()
        assert members(open_graph(workspace)) == ["聞く会", "食の会"]
        assert leftovers(workspace) == []

    def test_what_a_killed_build_left_is_removed(self, workspace: Path) -> None:
        script = (
            "import sys, os, signal, importlib; b = importlib.import_module('tsunagari.graph.knowledge.build')\n"
            "def stop(*_):\n    os.kill(os.getpid(), signal.SIGKILL)\n    yield\n"
            "b.provenance_quads = stop\nb.build(sys.argv[1])"
        )
        done = subprocess.run([sys.executable, "-c", script, str(workspace)], check=False)
        assert done.returncode == -signal.SIGKILL
        assert len(leftovers(workspace)) == 1
        build(workspace)
        assert leftovers(workspace) == []

    def test_a_build_killed_between_the_renames_loses_nothing(self, workspace: Path) -> None:
        build(workspace).close()
        (workspace / FOLDER).rename(workspace / f"{FOLDER}-old-x")
        assert members(open_graph(workspace)) == ["聞く会", "食の会"]
        with replacement(workspace) as new:
            assert (workspace / FOLDER / COLUMNS).is_dir()
            shutil.copytree(workspace / FOLDER, new, dirs_exist_ok=True)
        assert leftovers(workspace) == []

    def test_a_build_at_work_is_left_alone(self, workspace: Path) -> None:
        with replacement(workspace) as new:
            build(workspace)
            assert new.exists()
            shutil.copytree(workspace / FOLDER, new, dirs_exist_ok=True)
        assert leftovers(workspace) == []

    def test_readers_keep_reading_while_builds_replace_the_graph(self, workspace: Path) -> None:
        build(workspace)
        failures: list[BaseException] = []
        counts: set[int] = set()
        stop = threading.Event()

        def read() -> None:
            try:
                while not stop.is_set():
                    counts.add(len(open_graph(workspace).memberships))
            except BaseException as error:
                failures.append(error)

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        for _ in range(4):
            build(workspace)
        stop.set()
        for reader in readers:
            reader.join()
        assert failures == []
        assert counts == {2}


class TestOpening:
    """What cannot be opened says what to do."""

    def test_nothing_built(self, workspace: Path) -> None:
        with pytest.raises(StoreError) as error:
            open_graph(workspace)
        assert "tsunagari build" in error.value.text("ja")
        assert leftovers(workspace) == []

    @pytest.mark.parametrize("make", [lambda _: None, lambda path: path.mkdir()], ids=["no folder", "no settings"])
    def test_no_workspace(self, tmp_path: Path, make: Callable[[Path], None]) -> None:
        make(tmp_path / "somewhere")
        with pytest.raises(WorkspaceError, match="tsunagari init"):
            open_graph(tmp_path / "somewhere")

    @pytest.mark.parametrize("text", ["", "{", '{"format": 99}', '{"format": 1}'])
    def test_a_damaged_record(self, workspace: Path, text: str) -> None:
        build(workspace)
        (workspace / FOLDER / "load.json").write_text(text, encoding="utf-8")
        with pytest.raises(StoreError, match="tsunagari build"):
            open_graph(workspace)

    def test_the_record_holds_no_time_and_no_place(self, workspace: Path) -> None:
        build(workspace)
        text = (workspace / FOLDER / "load.json").read_text(encoding="utf-8")
        assert str(workspace) not in text
        assert set(json.loads(text)) == {"format", "build", "seal", "title", "as_of", "scope", "files", "issues"}


def test_the_bundled_graph_is_sound(bundled: KnowledgeGraph) -> None:
    assert bundled.check(shapes=True).empty
    assert bundled.workspace is not None
    assert tsunagari.open(bundled.workspace).title == bundled.title


def test_types_of_the_terms_are_in_the_graph(bundled: KnowledgeGraph) -> None:
    assert bundled.query(f"ASK {{ <{TSU}Platform> rdfs:label ?label }}")["answer"][0]


def test_a_disk_that_is_full_is_told_in_words(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_half(*_: object, **__: object) -> None:
        raise OSError("122507 requested and 53120 written")  # what numpy says

    monkeypatch.setattr("tsunagari.graph.columns.column_files.np.lib.format.write_array", write_half)
    with pytest.raises(StoreError, match="No space left"):
        build(workspace)
    assert leftovers(workspace) == []
