"""A fictional country: the same bytes again, marked as fictional, and what a load makes of its mess."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections import Counter
from pathlib import Path

import pytest
from comparison import Comparison, build_and_compare, compare

from tsunagari.errors import OutputError, UnknownNameError
from tsunagari.loaders.fiction import synthesize
from tsunagari.loaders.fiction.words import new_kanji, old_kanji
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.loaders.values.cells import parse_corporate_number
from tsunagari.loaders.workspace.settings import read_workspace
from tsunagari.ontology.namespaces import ID, instance_iri
from tsunagari.ontology.records import Reference
from tsunagari.ontology.spelling import spelling_key


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def truth_of(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "truth" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synthesize(tmp_path_factory.mktemp("fiction") / "region", organizations=200, seed=1).folder


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synthesize(tmp_path_factory.mktemp("fiction") / "country", organizations=2_000, seed=1).folder


@pytest.fixture(scope="module")
def loaded(region: Path) -> Load:
    return load_workspace(region)


@pytest.fixture(scope="module")
def compared(region: Path, tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    workspace = tmp_path_factory.mktemp("built") / "region"
    shutil.copytree(region, workspace)
    return build_and_compare(workspace)


def test_the_same_arguments_give_the_same_bytes(region: Path, tmp_path: Path) -> None:
    again = synthesize(tmp_path / "again", organizations=200, seed=1).folder
    other = synthesize(tmp_path / "other", organizations=200, seed=2).folder
    assert digests(again) == digests(region)
    assert digests(other) != digests(region)


def test_every_name_and_file_says_that_it_is_fictional(region: Path) -> None:
    assert all("架空" in source.file for source in read_workspace(region).sources)
    for name in ("organizations", "platforms", "services"):
        assert all("架空" in row["name"] for row in truth_of(region, name))
    assert all("架空" in row["text"] for row in truth_of(region, "mentions"))
    assert "架空" in (region / "tsunagari.toml").read_text(encoding="utf-8")
    page = (region / "README_架空.md").read_text(encoding="utf-8")
    assert "架空です" in page
    assert "made up" in page


def test_corporate_numbers_are_valid_and_of_no_real_office(region: Path) -> None:
    numbers = [row["corporate_number"] for row in truth_of(region, "organizations") if row["corporate_number"]]
    assert len(set(numbers)) == len(numbers) > 50
    assert all(parse_corporate_number(number)[1:5] == "9999" for number in numbers)


def test_the_lists_have_the_encodings_of_real_offices(loaded: Load) -> None:
    assert {"cp932", "utf-8-sig", "utf-16", "xlsx"} <= {source.encoding.lower() for source in loaded.sources}


def test_the_lists_have_the_shapes_of_real_offices(country: Path) -> None:
    load = load_workspace(country)
    codes = {issue.code for issue in load.issues}
    assert {"title-rows-skipped", "total-row", "note-row", "cells-filled", "similar-organization"} <= codes
    assert {"bad-check-digit", "old-area", "lost-zero", "no-address", "superseded"} <= codes
    found = compare(load, country / "truth")
    assert found.lost == []
    assert found.facts > 4_000
    assert found.precision >= 0.999, found.wrong


def test_a_large_country_has_namesakes_and_hubs(country: Path) -> None:
    folder = country
    names = Counter(row["name"] for row in truth_of(folder, "organizations"))
    assert sum(count for count in names.values() if count > 1) > 40
    ends = Counter(row[end] for row in truth_of(folder, "ties") for end in ("tie_from", "tie_to"))
    degrees = sorted(ends.values(), reverse=True)
    assert degrees[0] > 5 * degrees[len(degrees) // 2]
    homes = {row["id"]: row["municipality"][:2] for row in truth_of(folder, "organizations")}
    within = [homes[row["tie_from"]] == homes[row["tie_to"]] for row in truth_of(folder, "ties")]
    assert 0.8 < sum(within) / len(within) < 1


def test_areas_restrict_the_country(tmp_path: Path) -> None:
    folder = synthesize(tmp_path / "area", organizations=30, seed=1, areas=["岩美町", "31201"]).folder
    bodies = truth_of(folder, "organizations")
    assert {row["municipality"] for row in bodies} == {"31302", "31201"}
    assert len(bodies) == 30


@pytest.mark.parametrize(("area", "candidate"), [("府中市", "広島県府中市"), ("鳥取し", "鳥取市")])
def test_an_unclear_area_is_named_with_candidates(tmp_path: Path, area: str, candidate: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        synthesize(tmp_path / "area", areas=[area])
    assert caught.value.hint is not None
    assert candidate in caught.value.hint.ja
    assert not list(tmp_path.iterdir())


def test_a_folder_with_something_in_it_stays_as_it_is(tmp_path: Path, region: Path) -> None:
    (tmp_path / "own.csv").write_text("団体名\n", encoding="utf-8")
    for force in (False, True):
        with pytest.raises(OutputError, match="something else"):
            synthesize(tmp_path, organizations=20, force=force)
    assert [path.name for path in tmp_path.iterdir()] == ["own.csv"]
    with pytest.raises(OutputError, match="--force"):
        synthesize(region, organizations=20)


def test_force_replaces_an_earlier_country(tmp_path: Path) -> None:
    folder = tmp_path / "country"
    synthesize(folder, organizations=20, seed=1)
    before = digests(folder)
    synthesize(folder, organizations=20, seed=2, force=True)
    assert digests(folder) != before
    assert [path.name for path in tmp_path.iterdir()] == ["country"]


def test_an_interrupt_leaves_nothing(tmp_path: Path) -> None:
    def interrupt(stage: str, done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        synthesize(tmp_path / "country", organizations=600, progress=interrupt)
    assert not list(tmp_path.iterdir())


def test_a_tidy_country_is_read_as_it_is(tmp_path: Path) -> None:
    folder = synthesize(tmp_path / "tidy", organizations=100, seed=1, messiness=0, areas=["鳥取市"]).folder
    load = load_workspace(folder)
    assert not [issue for issue in load.issues if issue.severity == "error"]
    found = compare(load, folder / "truth")
    assert found.precision == 1
    assert not found.lost


def test_nothing_of_the_truth_is_lost(region: Path, compared: Comparison) -> None:
    named = {row["organization"] for row in truth_of(region, "mentions")}
    assert named == {row["id"] for row in truth_of(region, "organizations")}
    stated = {row["fact"] for row in truth_of(region, "mentions")} - {""}
    assert stated == {row["id"] for name in ("memberships", "services", "ties") for row in truth_of(region, name)}
    assert compared.lost == []
    assert compared.facts > 400


def test_what_belongs_together_is_put_together_or_proposed(compared: Comparison) -> None:
    assert compared.precision >= 0.999, compared.wrong
    assert compared.recall >= 0.97, compared.missed


def references(load: Load, cls: str, column: str) -> list[tuple[str, str, int | None]]:
    """Return what a column of the records of a class refers to, with file and row of the first evidence."""
    files = {instance_iri("source", source.file): source.file for source in load.sources}
    return [
        (value.iri.rsplit("/", 1)[-1], files.get(record.evidence[0].source, ""), record.evidence[0].row)
        for record in load.records
        if record.cls == cls
        for value in record.values.get(column, ())
        if isinstance(value, Reference)
    ]


def test_the_lists_of_the_state_are_told_by_their_headers(loaded: Load) -> None:
    told = {issue.value for issue in loaded.issues if issue.code == "recognized-dataset"}
    assert len(told) == 7
    assert not [issue for issue in loaded.issues if issue.code == "unmapped-column"]


def test_indicators_of_three_offices_agree_with_the_truth(region: Path, loaded: Load) -> None:
    stated = {
        (area.iri.rsplit("/", 1)[-1], indicator.iri.rsplit("/", 1)[-1], str(int(value)))
        for record in loaded.records
        if record.cls == "NeedStatement"
        for area, indicator, value in zip(
            *(record.values[name] for name in ("area", "indicator", "value")), strict=True
        )
        if isinstance(area, Reference) and isinstance(indicator, Reference) and isinstance(value, float)
    }
    assert stated == {(row["municipality"], row["indicator"], row["value"]) for row in truth_of(region, "needs")}


def test_programme_and_councils_agree_with_the_truth(region: Path, loaded: Load) -> None:
    members = references(loaded, "ProgrammeParticipation", "member")
    named = {row["municipality"]: (row["file"], int(row["row"])) for row in truth_of(region, "participation")}
    assert named
    assert {place: (file, row) for number, file, row in members if (place := number[7:12])} == named
    reached = {area for area, _, _ in references(loaded, "RegionalCouncil", "reach")}
    assert reached == {row["municipality"] for row in truth_of(region, "councils")}
    coordinators = {number[7:12] for number, _, _ in references(loaded, "RoleHolding", "member")}
    assert coordinators == {row["coordinator"] for row in truth_of(region, "councils")}


def test_nobody_is_the_provider_where_no_row_names_one(country: Path) -> None:
    load = load_workspace(country)
    unnamed = {record.iri for record in load.records if record.cls == "UnnamedGroup"}
    providers = references(load, "SupportService", "provided_by")
    found = {(file, row) for iri, file, row in providers if f"{ID}org/{iri}" in unnamed}
    assert found == {(row["file"], int(row["row"])) for row in truth_of(country, "unnamed")}
    assert len(found) > 2


def test_old_kanji_are_those_of_a_list_that_the_loaders_do_not_read() -> None:
    pairs = {chr(new): old for new, old in old_kanji().items()}
    assert len(pairs) > 350
    joined = [new for new, old in pairs.items() if spelling_key(new) == spelling_key(old)]
    assert 0.85 < len(joined) / len(pairs) < 1
    assert all(new_kanji()[ord(old)] == new for new, old in pairs.items())
