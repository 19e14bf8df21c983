"""The bundled files themselves: evidence on its line in the documents, no copied sentence, no person's name."""

import csv
import tomllib
from pathlib import Path

import pytest

from tsunagari.errors import UnknownNameError
from tsunagari.loaders.datasets import dataset_names, dataset_path

PLATFORMS = dataset_path("platforms")
SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
SOURCE_DOCUMENTS = ("s1", "s2", "s3", "s4")
# Two people are named in the documents; their names are spelt by code point here so that they stand nowhere.
PERSONS = ("\u5409\u5ddd", "\u6c60\u4e0a")
QUOTE_LIMIT = 40

Row = dict[str, str]


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tables() -> dict[str, list[Row]]:
    return {path.name: rows_of(path) for path in sorted(PLATFORMS.glob("*.csv"))}


def evidence_of(row: Row) -> list[tuple[str, str, str]]:
    """Return the document, line and quote of each evidence of a row."""
    documents = row.get("document", "").split("|") if row.get("document") else []
    lines = (row.get("line") or "|" * (len(documents) - 1)).split("|")
    quotes = (row.get("quote") or "|" * (len(documents) - 1)).split("|")
    return list(zip(documents, lines, quotes, strict=True)) if documents else []


def all_evidence() -> list[tuple[str, str, str, str, str]]:
    return [
        (name, row["id"], *evidence) for name, rows in tables().items() for row in rows for evidence in evidence_of(row)
    ]


def test_dataset_path_names_the_datasets_it_knows() -> None:
    assert dataset_names() == ["platforms"]
    with pytest.raises(UnknownNameError) as caught:
        dataset_path("platform")
    assert caught.value.hint is not None
    assert "platforms" in caught.value.hint.ja
    assert "platforms" in caught.value.hint.en


def test_every_file_is_named_in_the_workspace_and_the_other_way_round() -> None:
    settings = tomllib.loads((PLATFORMS / "tsunagari.toml").read_text(encoding="utf-8"))
    assert sorted(source["file"] for source in settings["source"]) == sorted(tables())
    assert settings["scope"]["fields"] == "hyogo"


def test_every_row_has_its_own_id() -> None:
    ids = [row["id"] for rows in tables().values() for row in rows]
    assert len(ids) == len(set(ids))
    assert all(ids)


def test_every_fact_names_a_document_that_is_listed() -> None:
    documents = {row["id"]: row for row in rows_of(PLATFORMS / "documents.csv")}
    assert [document for _, _, document, _, _ in all_evidence() if document not in documents] == []
    without = {name for name, rows in tables().items() for row in rows if not evidence_of(row)}
    assert without == {"documents.csv"}


def test_every_evidence_from_the_four_documents_has_line_and_quote() -> None:
    bare = [item for item in all_evidence() if item[2] in SOURCE_DOCUMENTS and not (item[3] and item[4])]
    assert bare == []


def test_facts_from_elsewhere_claim_no_line() -> None:
    assert [item for item in all_evidence() if item[2] not in SOURCE_DOCUMENTS and (item[3] or item[4])] == []


def test_quotes_are_short_phrases_not_sentences() -> None:
    quotes = {item[4] for item in all_evidence()}
    assert [quote for quote in quotes if len(quote) > QUOTE_LIMIT or "。" in quote] == []


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the source documents are not part of the project; they are not here")
def test_every_quote_is_on_its_line() -> None:
    documents = {row["id"]: row for row in rows_of(PLATFORMS / "documents.csv")}
    texts = {
        document: (SEEDS / documents[document]["identifier"]).read_text(encoding="utf-8").split("\n")
        for document in SOURCE_DOCUMENTS
    }
    missing = [
        item
        for item in all_evidence()
        if item[2] in SOURCE_DOCUMENTS and item[4] not in texts[item[2]][int(item[3]) - 1]
    ]
    assert missing == []


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the source documents are not part of the project; they are not here")
def test_no_sentence_of_a_document_is_copied() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    ours = [row.get(column) for rows in tables().values() for row in rows for column in ("note", "purpose", "reason")]
    sentences = [part for cell in ours if cell for part in cell.split("。") if len(part) >= 16]
    assert [sentence for sentence in sentences if sentence in text] == []


def test_no_person_is_named() -> None:
    files = [*sorted(PLATFORMS.iterdir()), *sorted(Path(__file__).parents[1].glob("*.*"))]
    found = [(path.name, name) for path in files for name in PERSONS if name in path.read_text(encoding="utf-8")]
    assert found == []
