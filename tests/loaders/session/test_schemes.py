from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tsunagari.errors import SourceError
from tsunagari.loaders.session.load import load_workspace
from tsunagari.ontology.records import Reference

Write = Callable[..., Path]
SETTINGS = '[workspace]\nas_of = 2023-10-01\n[scope]\nfields = "my-fields"\n'
FIELDS = (
    "記号,名称,英語名,別名,上位,定義\na,見守り,Watching,みまもり,,あ\nb,配食,,,見守り,\n"
    "b,重複,,,,\nc,,,,,\nd,通い,,,どこか,\n"
)


def test_a_workspace_may_bring_its_own_fields(write_workspace: Write) -> None:
    services = "窓口名,提供団体,活動分野\n架空,架空の会,みまもり、配食\n"
    path = write_workspace(SETTINGS, services=services, schemes=(FIELDS, 'scheme = "my-fields"\ntitle = "独自の分野"'))
    load = load_workspace(path)
    scheme = load.vocabulary.schemes["my-fields"]
    assert (scheme.is_field, scheme.labels["ja"]) == (True, "独自の分野")
    assert [concept.notation for concept in scheme.concepts] == ["a", "b", "d"]
    assert scheme.concepts[1].broader == scheme.concepts[0].iri
    assert scheme.concepts[0].labels["en"] == "Watching"
    (service,) = (record for record in load.records if record.cls == "SupportService")
    iris = [value.iri for value in service.values["support_field"] if isinstance(value, Reference)]
    assert iris == ["https://w3id.org/tsunagari/scheme/my-fields/a", "https://w3id.org/tsunagari/scheme/my-fields/b"]
    assert [(issue.code, issue.row) for issue in load.issues] == [
        ("duplicate-id", 4),
        ("missing-value", 5),
        ("unknown-reference", 6),
    ]


def test_a_scheme_needs_a_name(write_workspace: Write) -> None:
    with pytest.raises(SourceError, match="no usable `scheme`"):
        load_workspace(write_workspace(SETTINGS, schemes=FIELDS))
