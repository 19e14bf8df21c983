"""What a user gets from RDF that other programs wrote, and from our own exports."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagari.errors import SourceError
from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.loaders.adapters.rdf.files import open_rdf
from tsunagari.loaders.adding.inspection import inspect_file
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.loaders.workspace.kinds import KINDS
from tsunagari.ontology.namespaces import graph_iri, instance_iri
from tsunagari.ontology.records import Record, Reference

HEAD = '[workspace]\ntitle = "架空"\nas_of = 2023-10-01\n'
PREFIXES = """@prefix dct: <http://purl.org/dc/terms/> .
@prefix e: <https://example.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix time: <http://www.w3.org/2006/time#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
XML = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:ex='urn:ex#'>\n"
BODIES = (
    PREFIXES
    + """e:city a org:FormalOrganization ;
    rdfs:label "鳥取市"@ja , "Tottori City"@en , "とっとりし"@ja-Hira ;
    org:identifier "9000020312011" .

e:npo a org:Organization ;
    skos:prefLabel "NPO法人架空のいばしょ"@ja ;
    skos:altLabel "架空いばしょ"@ja ;
    dct:spatial <http://data.e-stat.go.jp/lod/sac/C31201> ;
    foaf:homepage <https://npo.example.org/> ;
    org:linkedTo e:city .

e:forum a org:OrganizationalCollaboration ;
    skos:prefLabel "架空つながり会議"@ja .

e:joining a org:Membership ;
    org:member e:npo ;
    org:organization e:forum ;
    org:role [ skos:prefLabel "協力会員"@ja ] ;
    org:memberDuring [ time:hasBeginning [ time:inXSDDate "2022-04-01"^^xsd:date ] ] .

e:city org:memberOf e:forum .

e:someone a foaf:Person ; foaf:name "架空の人" .
e:thing a e:Gadget .
"""
)
Write = Callable[..., Path]


@pytest.fixture
def write(put_source: Callable[..., Path]) -> Write:
    """Return a function that writes one RDF file and the settings that name it."""

    def written(name: str, content: str | bytes, further: str = "", head: str = HEAD) -> Path:
        return put_source(name, content, "rdf", further, head=head)

    return written


def of_class(load: Load, *names: str) -> list[Record]:
    return [record for record in load.records if record.cls in names and record.graph.endswith("/bodies")]


def label(record: Record) -> object:
    return record.values["pref_label"][0]


def codes(load: Load) -> Counter[str]:
    return Counter(issue.code for issue in load.issues)


def test_bodies_and_their_memberships_are_read(write: Write) -> None:
    load = load_workspace(write("bodies.ttl", BODIES))
    (npo,) = of_class(load, "StakeholderOrganization")
    assert label(npo) == "NPO法人架空のいばしょ"
    assert npo.values["alt_label"] == ("架空いばしょ",)
    assert npo.values["municipality"][0].iri.endswith("/area/31201")  # type: ignore[union-attr]
    assert set(npo.values["see_also"]) == {Reference("https://npo.example.org/"), Reference("https://example.org/npo")}
    (city,) = of_class(load, "LocalGovernment")
    assert city.iri.endswith("/org/9000020312011")
    (forum,) = of_class(load, "Collaboration")
    joined = {record.values["member"][0]: record for record in of_class(load, "PlatformMembership")}
    assert set(joined) == {Reference(npo.iri), Reference(city.iri)}
    assert all(record.values["organization"] == (Reference(forum.iri),) for record in joined.values())
    first = joined[Reference(npo.iri)]
    assert first.values["member_class"][0].iri.endswith("/cooperating")  # type: ignore[union-attr]
    assert first.values["valid_from"][0].as_written == "2022-04-01"  # type: ignore[union-attr]


def test_a_fact_is_stated_in_the_line_that_names_its_subject(write: Write) -> None:
    load = load_workspace(write("bodies.ttl", BODIES))
    (npo,) = of_class(load, "StakeholderOrganization")
    lines = BODIES.splitlines()
    assert lines[(npo.evidence[0].row or 0) - 1].startswith("e:npo a org:Organization")
    rows = [record.evidence[0].row for record in of_class(load, "PlatformMembership")]
    assert [lines[(row or 0) - 1].split()[0] for row in rows] == ["e:joining", "e:city"]


def test_what_is_not_read_is_counted_and_persons_are_never_held(write: Write) -> None:
    load = load_workspace(write("bodies.ttl", BODIES))
    told = {(issue.code, issue.value): issue.message.en for issue in load.issues}
    assert told["unread-class", "https://example.org/Gadget"].startswith(
        "1 things of the class https://example.org/Gadget"
    )
    assert told["unread-property", "org:linkedTo"].startswith("1 values")
    assert codes(load)["persons-left-out"] == 1
    assert "架空の人" not in str(load.records)
    assert codes(load).keys() == {"unread-class", "unread-property", "persons-left-out"}


def test_a_platform_named_in_the_settings_is_that_of_every_membership(write: Write, put_source: Write) -> None:
    write("bodies.ttl", BODIES, 'platform = "pf"')
    folder = put_source("platforms.csv", "ID,プラットフォーム名\npf,架空プラットフォーム\n", "platforms")
    load = load_workspace(folder)
    joined = of_class(load, "PlatformMembership")
    assert {record.values["organization"][0].iri.rsplit("/", 1)[1] for record in joined} == {"pf"}  # type: ignore[union-attr]
    assert of_class(load, "Collaboration") == []


SCHEMA_ORG = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@id": "https://example.org/desk",
            "@type": "GovernmentService",
            "name": "架空の相談窓口",
            "provider": {"@type": "NGO", "@id": "https://example.org/npo"},
            "areaServed": {"@type": "City", "name": "鳥取市"},
            "category": "ひきこもり",
            "startDate": "2023-04-01T00:00:00+09:00",
        },
        {
            "@id": "https://example.org/npo",
            "@type": "NGO",
            "name": "架空の会",
            "identifier": {"@type": "PropertyValue", "propertyID": "法人番号", "value": "4234567890128"},
            "address": {"@type": "PostalAddress", "addressRegion": "東京都", "addressLocality": "府中市"},
            "url": "https://npo.example.org/",
            "memberOf": {
                "@type": "OrganizationRole",
                "startDate": "2022-04",
                "memberOf": {"@type": "Organization", "@id": "https://example.org/pf", "name": "架空連絡会"},
            },
        },
    ],
}


def test_json_ld_of_schema_org_is_read_without_the_network(write: Write) -> None:
    text = json.dumps(SCHEMA_ORG, ensure_ascii=False, indent=1)
    load = load_workspace(write("bodies.jsonld", text))
    (desk,) = of_class(load, "SupportService")
    (npo,) = of_class(load, "StakeholderOrganization")
    assert desk.values["provided_by"] == (Reference(npo.iri),)
    assert desk.values["service_area"][0].iri.endswith("/area/31201")  # type: ignore[union-attr]
    assert desk.values["support_field"][0].iri.endswith("/hyogo/hikikomori")  # type: ignore[union-attr]
    assert '"https://example.org/npo"' in text.splitlines()[(npo.evidence[0].row or 0) - 1]
    assert npo.values["municipality"][0].iri.endswith("/area/13206")  # type: ignore[union-attr]
    assert npo.values["corporate_number"] == ("4234567890128",)
    (joined,) = of_class(load, "PlatformMembership")
    assert joined.values["member"] == (Reference(npo.iri),)
    assert joined.values["valid_from"][0].precision == "month"  # type: ignore[union-attr]


def test_every_format_gives_the_same_bodies(write: Write) -> None:
    quads = list(ox.parse(BODIES, format=ox.RdfFormat.TURTLE))
    seen = []
    for name, rdf_format in (
        ("bodies.nt", ox.RdfFormat.N_TRIPLES),
        ("bodies.nq", ox.RdfFormat.N_QUADS),
        ("bodies.trig", ox.RdfFormat.TRIG),
        ("bodies.rdf", ox.RdfFormat.RDF_XML),
        ("bodies.jsonld", ox.RdfFormat.JSON_LD),
    ):
        data = ox.serialize(
            [quad.triple for quad in quads] if name.endswith((".nt", ".rdf")) else quads, format=rdf_format
        )
        folder = write(name, data or b"")
        load = load_workspace(folder)
        (folder / "tsunagari.toml").unlink()
        records = of_class(load, "StakeholderOrganization", "LocalGovernment", "Collaboration", "PlatformMembership")
        seen.append({(record.iri, str(sorted(record.values.items(), key=lambda item: item[0]))) for record in records})
    assert len(seen[0]) == 5
    assert all(found == seen[0] for found in seen)


def test_a_concept_scheme_of_the_file_becomes_one_of_the_workspace(write: Write) -> None:
    text = """e:fields a skos:ConceptScheme ; skos:prefLabel "架空の分野"@ja .
e:ibasho a skos:Concept ; skos:inScheme e:fields ; skos:notation "ibasho" ; skos:prefLabel "居場所づくり"@ja .
e:meals a skos:Concept ; skos:inScheme e:fields ; skos:prefLabel "食事"@ja ; skos:broader e:ibasho .
e:other a skos:Concept ; skos:inScheme e:second ; skos:prefLabel "ほか"@ja .
e:npo a org:Organization ; rdfs:label "架空の会" ; schema:knowsAbout e:meals .
"""
    settings = HEAD + '[scope]\nfields = "my-fields"\n'
    load = load_workspace(write("bodies.ttl", PREFIXES + text, 'scheme = "my-fields"', settings))
    scheme = load.vocabulary.schemes["my-fields"]
    assert [concept.notation for concept in scheme.concepts] == ["ibasho", "meals"]
    assert scheme.concepts[1].broader == scheme.concepts[0].iri
    (npo,) = of_class(load, "StakeholderOrganization")
    assert npo.values["support_field"] == (Reference(scheme.concepts[1].iri),)
    assert codes(load)["unread-scheme"] == 1


def test_a_kept_file_is_in_the_graph_as_it_stands(write: Write) -> None:
    folder = write("bodies.ttl", BODIES, 'mode = "as-is"')
    kg = build(folder)
    graph = graph_iri("bodies")
    rows = kg.query(f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    assert len(rows) >= len(list(ox.parse(BODIES, format=ox.RdfFormat.TURTLE)))
    named = kg.query(f"SELECT ?name {{ GRAPH <{graph}> {{ ?m org:member/skos:prefLabel ?name ; org:role ?r }} }}")
    assert named["name"].tolist() == ["NPO法人架空のいばしょ"]
    assert [issue.code for issue in load_workspace(folder).issues] == ["kept-as-is"]
    assert kg.gaps() is not None
    assert export_bytes(kg, "jsonld") == export_bytes(build(folder), "jsonld")  # blank nodes keep their names


def export_bytes(kg: KnowledgeGraph, name: str) -> bytes:
    written = kg.export(name)
    assert isinstance(written, bytes)
    return written


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes, bytes]:
    folder = tmp_path_factory.mktemp("original")
    (folder / "platforms.csv").write_text("ID,プラットフォーム名\npf,架空プラットフォーム\n", encoding="utf-8")
    (folder / "members.csv").write_text("団体名,入会日\n架空の会,令和4年\n鳥取市,2022-04-01\n", encoding="utf-8")
    sources = [f'[[source]]\nfile = "{kind}.csv"\nkind = "{kind}"\n' for kind in ("platforms", "members")]
    (folder / "tsunagari.toml").write_text(f'{HEAD}\n{"".join(sources)}platform = "pf"\n', encoding="utf-8")
    kg = build(folder)
    return export_bytes(kg, "turtle"), export_bytes(kg, "trig"), export_bytes(kg, "jsonld")


@pytest.mark.parametrize(("position", "name"), [(0, "bodies.ttl"), (1, "bodies.trig"), (2, "bodies.jsonld")])
def test_our_own_exports_come_back_whole(
    write: Write, original: tuple[bytes, bytes, bytes], position: int, name: str
) -> None:
    kg = build(write(name, original[position]))
    rows = ox.Store()
    rows.load(export_bytes(kg, "trig"), format=ox.RdfFormat.TRIG)
    stored = rows.quads_for_pattern(None, None, None, ox.NamedNode(graph_iri("bodies")))
    about_the_file = ox.NamedNode(instance_iri("source", name))
    back = {quad.triple for quad in stored if quad.subject != about_the_file}
    assert back == {quad.triple for quad in ox.parse(original[0], format=ox.RdfFormat.TURTLE)}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("bodies.ttl", "@prefix a: <urn:a#> .\na:x a a:y\na:z", "line 3"),
        ("bodies.nt", "<urn:a> <urn:b> .\n", "line 1"),
        ("bodies.jsonld", '{"@graph": [\n{"name": }\n]}', "line 2, column 10"),
        ("bodies.jsonld", "[" * 100_000, "nested too deeply"),
        ("bodies.rdf", f"{XML}<rdf:Description rdf:about='urn:a'>\n<ex:p>架空</ex:q>\n", "at line 3: "),
        ("bodies.rdf", f"{XML}<ex:A/>\n<rdf:Description rdf:about='urn:a b'/>\n<ex:A/></rdf:RDF>", "at line 3: "),
        ("bodies.rdf", f"{XML}<ex:A/>\n<other:A/>\n</rdf:RDF>", "at line 3: "),
        ("bodies.rdf", '<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><r/>', "line 2"),
        ("bodies.rdf", '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hosts">]><r/>', "line 1"),
        ("bodies.txt", "<urn:a> <urn:b> <urn:c> .", "format"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(write: Write, name: str, text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        load_workspace(write(name, text))
    assert caught.value.place
    assert caught.value.hint


@pytest.mark.parametrize("context", ["https://example.org/context.jsonld", {"@import": "https://example.org/c"}])
def test_a_context_is_never_fetched(write: Write, context: object) -> None:
    text = json.dumps({"@context": ["https://schema.org/", context], "@type": "NGO", "name": "架空の会"})
    with pytest.raises(SourceError, match=r"example\.org") as caught:
        load_workspace(write("bodies.jsonld", text))
    assert "ネットワーク" in caught.value.message.ja


def test_statements_about_statements_and_graphs_are_told(write: Write) -> None:
    text = PREFIXES + 'e:g { e:npo a org:Organization ; rdfs:label "架空の会" . }\n'
    text += "<urn:a> <urn:b> <<( <urn:c> <urn:d> <urn:e> )>> .\n"
    load = load_workspace(write("bodies.trig", text))
    assert codes(load) == {"graphs-joined": 1, "nested-statements": 1}
    assert len(of_class(load, "StakeholderOrganization")) == 1


def test_a_file_is_known_by_its_ending(write: Write) -> None:
    found = inspect_file(write("bodies.ttl", BODIES) / "bodies.ttl")
    assert found.kind is KINDS["rdf"]
    assert 'kind = "rdf"' in found.entry
    assert {view.kind.name for view in found.tables} >= {"organizations", "members"}


def test_a_file_without_bodies_is_told(write: Write) -> None:
    assert codes(load_workspace(write("bodies.ttl", "<urn:a> a <urn:b> .")))["empty-table"] == 1


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.ttl"
    path.write_bytes(text.encode("utf-8", "ignore"))
    try:
        document = open_rdf(path, "any.ttl")
    except SourceError:
        return
    assert document.count == len(list(document.statements()))
    document.lines()
