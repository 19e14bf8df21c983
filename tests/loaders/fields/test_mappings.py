from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from tsunagari.errors import SourceError
from tsunagari.loaders.fields.mappings import RELATIONS, FieldMapping, read_mapping
from tsunagari.loaders.workspace.settings import Source, Workspace, read_workspace
from tsunagari.ontology.namespaces import SKOS, concept_iri
from tsunagari.ontology.vocabulary import vocabulary

BUNDLED = Path(__file__).resolve().parents[3] / "ontology" / "schemes" / "mappings" / "npo-hyogo.ttl"
HEAD = f"@prefix skos: <{SKOS}> .\n@prefix n: <https://w3id.org/tsunagari/scheme/npo-fields/> .\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "npo.csv").write_text("x", encoding="utf-8")
    text = '[workspace]\nas_of = 2023-10-01\n[[source]]\nfile = "npo.csv"\nkind = "npo-portal"\n'
    (tmp_path / "tsunagari.toml").write_text(text, encoding="utf-8")
    return read_workspace(tmp_path)


def mapped(workspace: Workspace, file: str | None = None, text: str = "") -> FieldMapping:
    source: Source = workspace.sources[0]
    if file is not None:
        (workspace.path / file).write_text(text, encoding="utf-8")
        source = replace(source, mapping=file)
    return read_mapping(workspace, source, "npo-fields", vocabulary())


def shown(mapping: FieldMapping) -> dict[str, list[str]]:
    return {iri.rsplit("/", 1)[1]: [target.notation for target in found] for iri, found in mapping.targets.items()}


def test_the_bundled_mapping_joins_concepts_that_exist_by_skos_matches() -> None:
    for quad in parse(path=str(BUNDLED), format=RdfFormat.TURTLE):
        assert quad.predicate.value.removeprefix(SKOS) in RELATIONS
        for scheme, node in (("npo-fields", quad.subject), ("hyogo", quad.object)):
            assert vocabulary().concept(scheme, str(node)[1:-1]) is not None, node


def test_only_equal_similar_and_wider_fields_follow(workspace: Workspace) -> None:
    found = shown(mapped(workspace))
    assert found["social-education"] == ["lifelong-learning"]
    assert found["vocational-employment"] == ["economy-work"]
    assert "health-welfare" not in found, "welfare does not tell which part of it"


def test_an_own_turtle_file_replaces_the_bundled_one(workspace: Workspace) -> None:
    own = (
        HEAD
        + f"n:tourism skos:exactMatch <{concept_iri('hyogo', 'participation')}> ; skos:relatedMatch n:environment ."
    )
    assert shown(mapped(workspace, "my.ttl", own)) == {"tourism": ["participation"]}


def test_lines_that_cannot_be_used_are_named(workspace: Workspace) -> None:
    text = "source,target,relation\ntourism,地域しんこう,closeMatch\ntourism,地域振興,sameAs\nsightseeing,地域振興,\n"
    mapping = mapped(workspace, "my.csv", text)
    assert mapping.targets == {}
    assert [(issue.code, issue.row, issue.value) for issue in mapping.issues] == [
        ("unknown-match", 2, "地域しんこう"),
        ("unknown-match", 3, "sameAs"),
        ("unknown-match", 4, "sightseeing"),
    ]
    assert "hyogo/regional-development" in mapping.issues[0].hint.ja


@pytest.mark.parametrize(("file", "text"), [("my.ttl", "n:tourism skos:closeMatch"), ("my.csv", "元,先\na,b\n")])
def test_a_file_that_is_no_mapping_is_refused(workspace: Workspace, file: str, text: str) -> None:
    with pytest.raises(SourceError, match=file) as caught:
        mapped(workspace, file, text)
    assert caught.value.hint is not None


def test_a_scheme_without_a_mapping_is_said(workspace: Workspace) -> None:
    mapping = mapped(replace(workspace, fields="my-fields"))
    assert (mapping.targets, [issue.code for issue in mapping.issues]) == ({}, ["no-mapping"])
