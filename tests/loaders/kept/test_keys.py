from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tsunagari.loaders.fields.mappings import FIELDS_NAME
from tsunagari.loaders.fixes.fixes import Fix, Fixes
from tsunagari.loaders.identity.wanted import Wanted
from tsunagari.loaders.kept.keys import code_version, reading_key
from tsunagari.loaders.workspace.settings import Source, Workspace
from tsunagari.ontology.concepts import ConceptScheme
from tsunagari.ontology.vocabulary import vocabulary


def test_a_key_changes_with_everything_that_reading_depends_on(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, "架空", date(2023, 10, 1), (), "hyogo", ())
    source, words, fixes, wanted = Source("a.csv", "members"), vocabulary(), Fixes(), Wanted()
    first = reading_key(workspace, source, words, fixes, wanted, "ab")
    assert reading_key(replace(workspace, title="別"), source, words, fixes, wanted, "ab") == first
    others = [
        reading_key(workspace, source, words, fixes, wanted, "cd"),
        reading_key(workspace, replace(source, closed=True), words, fixes, wanted, "ab"),
        reading_key(workspace, replace(source, columns={"団体": "member"}), words, fixes, wanted, "ab"),
        reading_key(replace(workspace, fields="child"), source, words, fixes, wanted, "ab"),
        reading_key(replace(workspace, areas=("31201",)), source, words, fixes, wanted, "ab"),
        reading_key(replace(workspace, as_of=date(2024, 1, 1)), source, words, fixes, wanted, "ab"),
        reading_key(workspace, source, words.with_scheme(ConceptScheme("x", "urn:x", {}, ())), fixes, wanted, "ab"),
        reading_key(workspace, source, words, Fixes([Fix("ａ.csv", None, "団体", "あ", "い")]), wanted, "ab"),
        reading_key(workspace, source, words, fixes, Wanted({"1"}), "ab"),
        reading_key(workspace, source, words, fixes, Wanted(names={"31201": {("あ", None)}}), "ab"),
    ]
    (tmp_path / FIELDS_NAME).write_text("語,分野\n", encoding="utf-8")
    others.append(reading_key(workspace, source, words, fixes, wanted, "ab"))
    assert len({first, *others}) == 1 + len(others)


def test_corrections_of_other_files_do_not_count(tmp_path: Path) -> None:
    workspace, source = Workspace(tmp_path, "", date(2023, 10, 1), (), "hyogo", ()), Source("a.csv", "members")
    one, other = Fixes(), Fixes([Fix("b.csv", None, "団体", "あ", "い")])
    keys = {reading_key(workspace, source, vocabulary(), fixes, Wanted(), "ab") for fixes in (one, other)}
    assert len(keys) == 1


def test_the_code_has_one_version_a_process() -> None:
    assert code_version() == code_version()
