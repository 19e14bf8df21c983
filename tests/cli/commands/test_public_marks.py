"""Marks in every kind of list and every column: none of a withheld row is in any byte of any public output.

Of each kind of list there is a row that agrees to be published and one that refuses, each cell with a mark of its own:
texts, names, identifiers, dates, numbers, telephones, addresses of pages. Every command and every writer is run.
"""

from __future__ import annotations

import base64
import gzip
import itertools
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import servers
from tests.cli.conftest import run

import tsunagari as tsu
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.neo4j.address import Address
from tsunagari.graph.neo4j.connection import Database
from tsunagari.loaders.workspace.kinds import KINDS
from tsunagari.loaders.workspace.publication import Publication, publication_words
from tsunagari.ontology.columns import Column
from tsunagari.ontology.vocabulary import vocabulary

OPEN_BODY = "架空の公開団体"
OPEN_ID = "org-1"
SHOWN = {  # what the published row of each kind is called, so that other rows can refer to it
    "SourceDocument": "doc-1", "Organization": OPEN_ID, "Collaboration": "pf-1", "Platform": "pf-1",
    "RegionalPartnership": "region-1", "AdministrativeArea": "鳥取市", "Policy": "policy-1", "Programme": "programme-1",
    "ProgrammeRequirement": "requirement-1", "RoleHolding": "role-1", "CatalogueEntry": "entry-1",
    "SupportMeasure": "measure-1", "Activity": "activity-1", "Survey": "activity-1", "Goal": "goal-1",
    "CountStatement": "count-1",
}  # fmt: skip
IDS = {
    "organizations": OPEN_ID, "documents": "doc-1", "platforms": "pf-1", "policies": "policy-1", "goals": "goal-1",
    "programmes": "programme-1", "requirements": "requirement-1", "roles": "role-1", "measures": "entry-1",
    "support-measures": "measure-1", "activities": "activity-1", "counts": "count-1",
}  # fmt: skip
FIXED = {"rdf", "npo-portal", "corporate-numbers", "open-dataset", "list", "areas", "schemes", "needs"}
KINDS_TRIED = [name for name in KINDS if name not in FIXED]
UNTRIED = {
    "was_derived_from", "field_word", "status", "class", "note_en", "line", "page", "label_en", "is_part_of",
    "functions_as", "replaces", "repeat_of", "part_of_count", "broader", "close_match", "sub_organization_of",
    "represented_by", "aligns_with_goal", "valid_to", "preferred_in", "fiscal_year",
}  # fmt: skip
GIVEN = {
    "services": {"provided_by": OPEN_ID},
    "contacts": {"contact_of": OPEN_ID},
    "transfers": {"from_holding": "role-1", "to_holding": "role-2"},
    "activities": {"class": "Survey"},
    "bodies": {"sub_organization_of": "pf-1"},
    "members": {"organization": "pf-1"},
    "roles": {"organization": "pf-1"},
    "partnerships": {"organization": "region-1", "member": OPEN_ID},
    "participation": {"fiscal_year": "令和5年度"},
    "requirements": {"fiscal_year": "令和5年度"},
    "ties": {"tie_from": OPEN_ID},
    "counts": {"about": "pf-1"},
    "money": {"about": "pf-1"},
    "corrections": {"about": "pf-1", "property": "tsu:purpose"},
    "conflicts": {"about": "pf-1", "claim": "pf-1"},
}
YES, NO = "○", "×"
FURTHER = """\
[[source]]
file = "needs.csv"
kind = "needs"
[[source]]
file = "名簿_mark0001n.csv"
kind = "members"
platform = "pf-1"
[[source]]
file = "second.csv"
kind = "members"
platform = "pf-1"
[[source]]
file = "partners.csv"
kind = "platforms"
[[source]]
file = "role-two.csv"
kind = "roles"
"""
FURTHER_FILES = {
    "needs.csv": "市区町村,自殺者数（人）,公開可否\n鳥取市,8000001,○\n岩美町,7000002,×\n",
    "名簿_mark0001n.csv": "団体名,公開可否\n架空のmark0002nの会,×\n",
    "second.csv": "member,別名,フリガナ,URL,住所,備考,公開可否\n"
    f"{OPEN_ID},mark0003n,mark0004n,https://mark0005n.example,mark0006n,mark0007n,否\n",
    "partners.csv": "id,class,pref_label,reach\nregion-1,RegionalPartnership,架空の圏域,鳥取市\n",
    "role-two.csv": f"id,member,organization,role\nrole-2,{OPEN_ID},pf-1,幹事\n",
}


class Planting:
    """Cells with marks, each remembered with its kind and column; one dict for each answer."""

    def __init__(self) -> None:
        self.marks: dict[str, dict[str, tuple[str, str]]] = {YES: {}, NO: {}}
        self._numbers = itertools.count(101)

    def row(self, kind: str, answer: str) -> dict[str, str]:
        """Return a row of a kind with a mark in every column that can hold one."""
        cells: dict[str, str] = {}
        for name, column in columns_of(kind).items():
            text, mark = self._cell(kind, column, answer)
            given = GIVEN.get(kind, {}).get(name)
            if given is None and answer == YES and name == "id" and kind in IDS:
                given = IDS[kind]
            cells[name] = text if given is None else given
            if given is None and mark:
                self.marks[answer][mark] = kind, name
        return cells

    def _cell(self, kind: str, column: Column, answer: str) -> tuple[str, str]:
        number = next(self._numbers)
        word = f"mark{number:04d}{'y' if answer == YES else 'n'}"
        if column.name in ("publishable", "document"):
            return (answer, "") if column.name == "publishable" else ("doc-1" if kind != "documents" else "", "")
        if column.name in ("member", "tie_to") or (column.name == "pref_label" and kind == "organizations"):
            return (
                (f"架空の{word}の会", word)
                if answer == NO or column.name == "tie_to"
                else (OPEN_BODY if kind == "organizations" else OPEN_ID, "")
            )
        if column.scheme:
            scheme = "hyogo" if column.scheme == "fields" else column.scheme
            return vocabulary().schemes[scheme].concepts[0].labels["ja"], ""
        if column.targets:
            return next((SHOWN[target] for target in column.targets if target in SHOWN), ""), ""
        match column.datatype:
            case "boolean":
                return "○", ""
            case "integer" | "decimal":
                text = str((7 if answer == NO else 8) * 1_000_000 + number)
                return ("", "") if column.maximum is not None else (text, text)
            case "date":
                year = 1950 + number % 40 if answer == NO else 1995 + number % 5
                text = f"{year}-{number % 12 + 1:02d}-{number % 27 + 1:02d}"
                return text, text
        if column.pattern is not None:
            return "", ""
        if column.name in ("telephone", "fax"):
            text = f"0857-{number % 90 + 10}-{number:04d}"
            return text, text
        return {"see_also": f"https://{word}.example", "email": f"{word}@example.jp"}.get(column.name, word), word


def columns_of(kind: str) -> dict[str, Column]:
    """Return the columns that the rows of a kind are given; those of a member too."""
    found = dict(vocabulary().columns(KINDS[kind].cls))
    if kind == "members":  # beside the membership the row describes the member
        found = {**vocabulary().columns("Organization"), **found}
        del found["pref_label"], found["alt_label"]
    if kind == "documents":  # what a document is stated in is another document
        del found["document"], found["quote"]
    given = GIVEN.get(kind, {})
    return {name: column for name, column in found.items() if name not in UNTRIED or name in given}


@pytest.fixture(scope="module")
def planting() -> Planting:
    return Planting()


@pytest.fixture(scope="module")
def workspace(planting: Planting, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("marks")
    settings = '[workspace]\ntitle = "架空"\nas_of = 2025-04-01\n[scope]\nareas = ["鳥取市", "岩美町"]\n'
    for kind in KINDS_TRIED:
        rows = [planting.row(kind, answer) for answer in (YES, NO)]
        heads = list(rows[0])
        lines = [",".join(heads), *(",".join(cells[head] for head in heads) for cells in rows)]
        (folder / f"{kind}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        settings += f'[[source]]\nfile = "{kind}.csv"\nkind = "{kind}"\n'
    planting.marks[NO] |= {"mark0001n": ("file", "name"), "mark0002n": ("members", "member")}
    planting.marks[NO] |= {f"mark000{number}n": ("second row", "") for number in (3, 5, 6, 7)}
    planting.marks[NO] |= {"7000002": ("needs", "value")}
    planting.marks[YES] |= {"8000001": ("needs", "value")}
    for name, text in FURTHER_FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "tsunagari.toml").write_text(settings + FURTHER, encoding="utf-8")
    (folder / "edits.csv").write_text(f"操作,種類,団体\n除く,団体,{OPEN_BODY}\n", encoding="utf-8")
    run("build", "-w", folder, "-q")
    run("build", "-w", folder, "-q", "--keep-previous")
    return folder


@pytest.fixture(scope="module")
def kg(workspace: Path) -> KnowledgeGraph:
    return tsu.open(workspace)


def texts_of(path: Path) -> Iterator[str]:
    """Yield everything that a file holds, what is packed in it too."""
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            yield inner.name
            if inner.is_file():
                yield from texts_of(inner)
    elif path.suffix == ".parquet":
        yield str(pq.read_table(path).to_pylist()) + str(pq.read_schema(path).metadata)
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield name + archive.read(name).decode("utf-8", "replace")
    else:
        text = path.read_bytes().decode("utf-8", "replace")
        yield text
        blocks = re.findall(r'<script type="application/gzip" id="data">([^<]*)', text)
        blocks += re.findall(r'"(H4sI[^"]*)"', text)  # what a script holds is packed as well
        yield from (gzip.decompress(base64.b64decode(block)).decode("utf-8") for block in blocks)


def found_in(text: str, marks: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    folded = text.lower()
    return {mark: place for mark, place in marks.items() if mark in folded}


def test_there_are_enough_marks_and_the_graph_holds_them(planting: Planting, kg: KnowledgeGraph) -> None:
    assert len(planting.marks[NO]) > 200
    assert len(planting.marks[YES]) > 150
    text = exported(kg)
    for answer, marks in planting.marks.items():
        lost = {mark: place for mark, place in marks.items() if mark not in text.lower()}
        lost = {mark: place for mark, place in lost.items() if place not in UNKEPT}
        assert lost == {}, answer


# another list says it already, and a body has but one
UNKEPT = {("members", "reading"), ("members", "stated_size")}


def exported(kg: KnowledgeGraph) -> str:
    data = kg.export("trig")
    assert isinstance(data, bytes)
    return data.decode()


COMMANDS = [
    *(["gaps", *more] for more in ([], ["--all", "--explain"], ["--by", "prefecture"], ["--candidates", "3"])),
    *(["brokers", *more] for more in ([], ["--all", "--explain"])),
    ["centrality", "degree", "--all"],
    ["remedies", "--all"],
    ["remedies", "--scope"],
    ["loss", "--all"],
    ["loss", OPEN_BODY],
    ["scenario", "EDITS"],
    ["diff", "--since", "1991-01-01"],
    ["diff", "--previous"],
    ["query", "SELECT ?s ?p ?o { ?s ?p ?o }"],
    *(["ask", name] for name in ("contacts", "field-words", "loads", "match-decisions", "corrections", "activities",
                                 "goals", "money")),
    ["ask", "platform-members", "--platform", "架空の圏域"],
    ["ask", "document-statements", "--document", "資料1"],
    ["fields"],
    ["test", "--draws", "9"],
    ["check"],
]  # fmt: skip
WRITERS = [
    (["map"], "map.html"),
    *((["report"], f"report.{end}") for end in ("xlsx", "docx", "html", "md", "json")),
    (["report", "--each", "municipality"], "reports"),
    (["atlas"], "atlas"),
    *((["export", name], f"graph.{end}") for name, end in (
        ("turtle", "ttl"), ("trig", "trig"), ("nquads", "nq"), ("jsonld", "jsonld"), ("graphml", "graphml"),
        ("gexf", "gexf"), ("pajek", "net"), ("dl", "dl"), ("kumu", "json"), ("cytoscape", "json"))),
    *((["export", name, *more], "tables") for name in ("csv", "hxl", "parquet", "hsds", "neo4j-csv") for more in ([],)),
    (["gaps"], "gaps.csv"), (["gaps"], "gaps.xlsx"), (["gaps"], "gaps.parquet"), (["brokers"], "brokers.json"),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_mark_of_a_withheld_row_is_on_the_screen(command: list[str], workspace: Path, planting: Planting) -> None:
    asked = [str(workspace / "edits.csv") if word == "EDITS" else word for word in command]
    for form in ("table", "json"):
        result = shown(*asked, "-w", workspace, "--public", "--format", form, "-v")
        assert found_in(result, planting.marks[NO]) == {}


def shown(*args: object) -> str:
    """Return all that a command says, how ever it ends."""
    from click.testing import CliRunner

    from tsunagari.cli import cli

    result = CliRunner().invoke(cli, [str(arg) for arg in args], env={"TSUNAGARI_LANG": "ja"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (0, 1), result.output
    return result.output


@pytest.mark.parametrize(
    ("command", "name"), WRITERS, ids=lambda value: " ".join(value) if isinstance(value, list) else value
)
def test_no_mark_of_a_withheld_row_is_in_any_byte(
    command: list[str], name: str, workspace: Path, planting: Planting, tmp_path: Path
) -> None:
    marks = planting.marks
    run(*command, "-w", workspace, "-o", tmp_path / "all" / name)
    run(*command, "-w", workspace, "-o", tmp_path / "public" / name, "--public")
    every, public = ("\n".join(texts_of(tmp_path / part)) for part in ("all", "public"))
    assert found_in(public, marks[NO]) == {}
    assert found_in(every, marks[NO])  # so that a mark could have been there
    assert (tmp_path / "public" / f"{name}.removed.md").is_file()
    assert OPEN_BODY in public


def test_no_mark_of_a_withheld_row_reaches_neo4j(
    workspace: Path, planting: Planting, neo4j_server: servers.Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", servers.PASSWORD)
    marks, push = planting.marks, ("neo4j", "push", neo4j_server.url, "-w", workspace, "--public", "-v")
    with Database(Address(neo4j_server.url, servers.USER, servers.PASSWORD)) as database:
        database.write("MATCH (n) DETACH DELETE n")
        rehearsed = shown(*push, "--dry-run", "--format", "json")
        shown(*push, "--replace")
        held = str(database.read("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN properties(n), properties(r), labels(n)"))
        database.write("MATCH (n) DETACH DELETE n")
    assert found_in(rehearsed + held, marks[NO]) == {}
    assert OPEN_BODY in held


def test_no_mark_of_a_withheld_row_reaches_a_sparql_server(
    workspace: Path, planting: Planting, fuseki: servers.SparqlServer
) -> None:
    said = shown("publish", fuseki.graphs_url, "-w", workspace, "--public", "--replace", "-v")
    held = exported(tsu.open(fuseki.query_url))
    assert found_in(said + held, planting.marks[NO]) == {}
    assert OPEN_BODY in held


def test_what_is_allowed_of_rows_that_agree_is_there_and_no_more(planting: Planting, kg: KnowledgeGraph) -> None:
    found = set(found_in(exported(kg.public()), planting.marks[YES]).values())
    assert (
        found
        == {place for place in planting.marks[YES].values() if place[0] in SHOWN_KINDS and place[1] in SHOWN_COLUMNS}
        - UNKEPT
    )
    every = Publication(frozenset(publication_words()), persons=0)
    whole = exported(kg.public(every))
    assert found_in(whole, planting.marks[NO]) == {}  # whatever is allowed
    rest = found_in(whole, planting.marks[YES])
    lost = {place for mark, place in planting.marks[YES].items() if mark not in rest}
    assert {kind for kind, _ in lost - UNKEPT} == WORKING_RECORDS


SHOWN_KINDS = {
    "bodies", "composition", "counts", "members", "needs", "organizations", "partnerships", "platforms", "roles",
    "services", "surveys", "ties", "transfers",
}  # fmt: skip
SHOWN_COLUMNS = {
    "alt_label", "as_of", "count", "counted", "notation", "pref_label", "reading", "service_type", "tie_to",
    "valid_from", "value",
}  # fmt: skip
WORKING_RECORDS = {"conflicts", "corrections", "glossary"}
