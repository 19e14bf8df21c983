"""The generated pages of the documentation say what the tables they are made from say, and their samples load."""

from __future__ import annotations

import re
import runpy
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tsunagari.graph.change.edits import read_edits
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.loaders.workspace.kinds import KINDS
from tsunagari.loaders.workspace.settings import _SOURCE_KEYS

if TYPE_CHECKING:
    from tsunagari.graph.knowledge.knowledge import KnowledgeGraph

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
KINDS_PAGES = ("kinds.md", "kinds.ja.md")
TABLES_PAGES = ("tables.md", "tables.ja.md")
EXPORTS_PAGES = ("exports.md", "exports.ja.md")
RESEARCHERS_PAGES = ("researchers.md", "researchers.ja.md")
PAGES = (*KINDS_PAGES, *EXPORTS_PAGES, *RESEARCHERS_PAGES, "issue-codes.md", "scenarios.md")
WITHOUT_NAMES = ("roles", "partnerships", "participation", "composition", "money", "rules", "glossary", "transfers")


def run_script(name: str) -> dict[str, object]:
    return runpy.run_path(str(ROOT / "scripts" / name))


def test_the_page_of_issue_codes_is_current() -> None:
    made = run_script("make_issue_code_page.py")["page"]()  # type: ignore[operator]
    assert (DOCS / "issue-codes.md").read_text(encoding="utf-8") == made, "run python scripts/make_issue_code_page.py"


@pytest.mark.parametrize("page", ["public.md", "public.ja.md"])
def test_the_words_of_the_public_edition_are_current(page: str) -> None:
    made = run_script("make_public_page.py")["page"](page)  # type: ignore[operator]
    assert (DOCS / page).read_text(encoding="utf-8") == made, "run python scripts/make_public_page.py"
    assert made.count("\n| `") >= 15


@pytest.mark.parametrize("page", KINDS_PAGES)
def test_the_pages_of_kinds_are_current(page: str) -> None:
    made = run_script("make_kinds_page.py")["page"](page)  # type: ignore[operator]
    assert (DOCS / page).read_text(encoding="utf-8") == made, "run python scripts/make_kinds_page.py"


@pytest.mark.parametrize("page", TABLES_PAGES)
def test_the_pages_of_partitioned_tables_are_current(page: str) -> None:
    made = run_script("make_tables_page.py")["page"](page)  # type: ignore[operator]
    assert (DOCS / page).read_text(encoding="utf-8") == made, "run python scripts/make_tables_page.py"


@pytest.mark.parametrize("page", KINDS_PAGES)
def test_every_kind_and_every_setting_is_explained(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    for kind in KINDS:
        section = text.split(f'<a id="{kind}"></a>')[1].split("<a id=")[0]
        assert "samples/" in section, f"{kind} has no sample in docs/samples/tsunagari.toml"
        first = section.splitlines()[3]
        assert len(first) > 10, f"scripts/templates/kind-notes.toml says nothing of {kind}"
    for key in set(_SOURCE_KEYS):
        assert f"`{key}`" in text, f"scripts/templates/settings.toml lacks {key}"


@pytest.mark.parametrize("page", EXPORTS_PAGES)
def test_the_pages_of_exports_are_current_and_their_code_runs(page: str, bundled: KnowledgeGraph) -> None:
    made = run_script("make_exports_page.py")["page"](page)  # type: ignore[operator]
    assert (DOCS / page).read_text(encoding="utf-8") == made, "run python scripts/make_exports_page.py"
    (code,) = re.findall(r"^```python\n(.*?)^```$", made, re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {"kg": bundled}
    exec(code, names)
    network = bundled.network("collaboration", directed=True)
    assert set(names["graph"].edges) == set(names["same"].edges) == set(network.edges)
    assert len(names["organizations"]) == len(bundled.organizations)


@pytest.mark.parametrize(
    "page",
    [
        "kinds.md",
        "kinds.ja.md",
        "issue-codes.md",
        "scenarios.md",
        "researchers.md",
        "researchers.ja.md",
        *EXPORTS_PAGES,
        *TABLES_PAGES,
    ],
)
def test_links_lead_somewhere(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]*)(?:#[^)]*)?\)", text):
        assert (DOCS / target).exists(), target


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Load:
    folder = tmp_path_factory.mktemp("samples") / "samples"
    shutil.copytree(DOCS / "samples", folder)
    return load_workspace(folder)


def test_every_sample_loads_without_an_error_and_says_something(samples: Load) -> None:
    wrong = [issue for issue in samples.issues if issue.severity != "notice"]
    assert wrong == []
    assert {source.kind for source in samples.sources} == set(KINDS)
    for source in samples.sources:
        assert source.rows > 0, source.file
        assert source.records > 0 or source.kind in ("schemes", "npo-portal"), source.file


def test_every_sample_is_named_in_the_settings_and_fictional(samples: Load) -> None:
    files = {path.name for path in (DOCS / "samples").iterdir()} - {"tsunagari.toml"}
    assert files == {source.file for source in samples.sources}
    for source in samples.sources:
        data = (DOCS / "samples" / source.file).read_bytes()
        if source.file.endswith(".csv"):
            assert "架空" in data.decode(source.encoding) or source.kind in WITHOUT_NAMES, source.file


def test_the_edits_on_the_page_of_scenarios_are_read(tmp_path: Path) -> None:
    text = (DOCS / "scenarios.md").read_text(encoding="utf-8")
    found = []
    for number, (suffix, body) in enumerate(re.findall(r"```(csv|toml)\n(.*?)```", text, re.DOTALL)):
        path = tmp_path / f"{number}.{suffix}"
        path.write_text(body, encoding="utf-8")
        found.append([(edit.action, edit.what, edit.organization) for edit in read_edits(path)])
    ja, toml, en = found
    assert ja == en
    assert toml == ja[:1]
