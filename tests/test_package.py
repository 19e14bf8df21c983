from __future__ import annotations

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import tsunagari

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("ontology", "loaders", "graph", "viz")
PUBLIC = {
    "TableGraph",
    "open_tables",
    *("build", "open", "KnowledgeGraph", "__version__", "TsunagariError", "WorkspaceError", "SourceError"),
    *(
        "StoreError",
        "QueryError",
        "UnknownNameError",
        "AmbiguousNameError",
        "NetworkError",
        "OutputError",
        "ScenarioError",
    ),
}


def listed(*places: str) -> set[str]:
    """Return the files of the tree by their place in it, without links and without what running leaves behind."""
    found = {path for place in places for path in [ROOT / place, *(ROOT / place).rglob("*")]}
    names = {path.relative_to(ROOT) for path in found if path.is_file() and not path.is_symlink()}
    return {
        name.as_posix()
        for name in names
        if not any(part in ("__pycache__", "node_modules") or part.startswith(".") for part in name.parts)
        and name.suffix != ".pyc"
    }


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree as a fresh clone has it, links included."""
    folder = tmp_path_factory.mktemp("clone") / "tsunagari"
    for name in sorted(listed("pyproject.toml", "README.md", "LICENSE", "src", "tests", *FOLDERS)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    for name in FOLDERS:
        (folder / "src" / "tsunagari" / name).symlink_to(f"../../{name}")
    return folder


@pytest.fixture(scope="module")
def archives(source: Path, tmp_path_factory: pytest.TempPathFactory, lacking: Callable[[str], None]) -> Path:
    """Wheel and source archive, built by the backend itself, so that nothing is fetched."""
    if importlib.util.find_spec("hatchling") is None:
        lacking("hatchling is not installed; `make test` installs it")
    out = tmp_path_factory.mktemp("dist")
    for kind in ("wheel", "sdist"):
        words = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(out)]
        done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=source)
        assert done.returncode == 0, done.stderr
    return out


def packaged() -> set[str]:
    """Return what the wheel must hold of the package, by its place in site-packages."""
    own = {f"tsunagari/{name.removeprefix('src/tsunagari/')}" for name in listed("src/tsunagari")}
    return own | {f"tsunagari/{name}" for name in listed(*FOLDERS) if not name.startswith("viz/map/app/")}


def test_a_wheel_holds_every_file_of_the_package_and_nothing_else(archives: Path) -> None:
    with zipfile.ZipFile(next(archives.glob("*.whl"))) as wheel:
        names = {name for name in wheel.namelist() if not name.endswith("/")}
    inside = {name for name in names if ".dist-info/" not in name}
    assert inside == packaged()
    assert {name.partition("/")[0] for name in inside} == {"tsunagari"}


def test_a_source_archive_holds_what_a_wheel_is_built_from(archives: Path) -> None:
    with tarfile.open(next(archives.glob("*.tar.gz"))) as archive:
        names = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    assert listed("src/tsunagari", *FOLDERS) | {"pyproject.toml", "README.md", "LICENSE"} <= names


def test_an_installed_wheel_gives_command_and_module(archives: Path, tmp_path: Path) -> None:
    site = tmp_path / "site-packages"
    with zipfile.ZipFile(next(archives.glob("*.whl"))) as wheel:
        wheel.extractall(site)
        entry = wheel.read(next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))).decode()
    assert "tsunagari = tsunagari.cli:main" in entry
    assert sorted(path.name.partition("-")[0] for path in site.iterdir()) == ["tsunagari", "tsunagari"]
    script = (
        "import sys, tsunagari; assert tsunagari.__file__.startswith(sys.argv[1]), tsunagari.__file__\n"
        "kg = tsunagari.build(sys.argv[2]); print(len(kg.organizations))\n"
        "from tsunagari.graph.verify.verify import verify; assert verify()['passed'].all()"
    )
    workspace = Path(shutil.copytree(site / "tsunagari" / "loaders" / "datasets" / "platforms", tmp_path / "workspace"))
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script, str(site), str(workspace)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0


def test_the_public_names_are_these(bundled: tsunagari.KnowledgeGraph) -> None:
    assert set(tsunagari.__all__) == PUBLIC
    assert set(dir(tsunagari)) >= PUBLIC
    assert all(getattr(tsunagari, name) is not None for name in PUBLIC)
    assert isinstance(bundled, tsunagari.KnowledgeGraph)


def test_every_error_is_one_base() -> None:
    errors = {name for name in PUBLIC if name.endswith("Error")}
    assert all(issubclass(getattr(tsunagari, name), tsunagari.TsunagariError) for name in errors)
    tree = ast.parse((ROOT / "src" / "tsunagari" / "errors.py").read_text(encoding="utf-8"))
    defined = {node.name for node in tree.body if isinstance(node, ast.ClassDef) and node.name.endswith("Error")}
    assert defined == errors


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'bild'"):
        tsunagari.bild  # noqa: B018


def test_importing_the_package_imports_nothing_heavy() -> None:
    """Else every command would start slowly; what is heavy is imported when it is used."""
    script = "import sys, tsunagari; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & {"pandas", "numpy", "scipy", "rdflib", "pyoxigraph", "networkx", "rustworkx", "click", "rich"}
    assert "tsunagari.graph" not in done.stdout.split()


def test_the_version_is_that_of_the_distribution() -> None:
    assert f'version = "{tsunagari.__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FOLDERS)
def test_links_of_an_editable_install_point_at_the_folders(name: str) -> None:
    link = ROOT / "src" / "tsunagari" / name
    assert link.resolve() == ROOT / name
