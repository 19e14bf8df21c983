"""What a load tells of the words for fields: how often, where, which fields follow, and the words in the graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from tsunagari.loaders.fields import field_uses
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.ontology.records import Record, Reference

LIST = "団体名,市区町村,活動分野\n架空の会A,鳥取市,ひとり親\n架空の会B,鳥取市,ひとり親\n架空の会C,鳥取市,謎の活動\n"


def load(folder: Path, text: str = LIST, kind: str = "organizations") -> Load:
    (folder / "a.csv").write_text(text, encoding="utf-8")
    (folder / "tsunagari.toml").write_text(
        f'[workspace]\nas_of = 2024-01-01\n[[source]]\nfile = "a.csv"\nkind = "{kind}"\n', encoding="utf-8"
    )
    return load_workspace(folder)


def of(found: Load, cls: str) -> list[Record]:
    return [record for record in found.records if record.cls == cls]


def test_words_are_counted_and_those_without_a_field_come_first(tmp_path: Path) -> None:
    found = load(tmp_path)
    assert [(use.text, use.count, use.files, use.reading.problem) for use in found.fields] == [
        ("謎の活動", 1, ("a.csv",), "unmatched-field"),
        ("ひとり親", 2, ("a.csv",), None),
    ]
    (issue,) = found.issues
    assert (issue.code, issue.row, issue.column, issue.value) == ("unmatched-field", 4, "活動分野", "謎の活動")


def test_a_word_that_was_used_stands_in_the_graph_with_its_matches(tmp_path: Path) -> None:
    found = load(tmp_path)
    (word,) = of(found, "FieldWord")
    assert word.values["pref_label"] == ("ひとり親",)
    assert [
        str(value.iri).rsplit("/", 1)[1] for value in word.values["broad_match"] if isinstance(value, Reference)
    ] == [
        "childcare",
        "child-development",
    ]
    bodies = [record for record in of(found, "StakeholderOrganization") if "field_word" in record.values]
    assert {record.values["field_word"] for record in bodies} == {(Reference(word.iri),)}
    assert len(bodies) == 2
    assert word.evidence[0].source in {record.iri for record in of(found, "SourceDocument")}


def test_the_users_words_are_cited_by_their_row(tmp_path: Path) -> None:
    (tmp_path / "field-words.csv").write_text("語,分野,対応\n謎の活動,防災,含まれる\n", encoding="utf-8")
    found = load(tmp_path)
    assert found.issues == []
    word = next(record for record in of(found, "FieldWord") if record.values["pref_label"] == ("謎の活動",))
    assert (word.evidence[0].source.rsplit("/", 1)[1], word.evidence[0].row) == ("field-words.csv", 2)


def test_a_survey_of_a_part_of_a_field_confirms_no_absence(tmp_path: Path) -> None:
    found = load(
        tmp_path, "市区町村,調査分野,調査日\n鳥取市,ひとり親,2024-01-01\n鳥取市,子育て,2024-01-01\n", "surveys"
    )
    assert [issue.code for issue in found.issues] == ["narrow-field"]
    assert len(of(found, "CoverageSurvey")) == 1


def test_kinds_of_facilities_without_a_field_are_counted_too(tmp_path: Path) -> None:
    text = "名称,所在地_連結表記,種別,緯度,経度\n架空の館,鳥取県鳥取市幸町1,謎の館,35.5,134.2\n"
    found = load(tmp_path, text, "open-dataset")
    assert [(use.text, use.count) for use in found.fields if use.reading.problem] == [("謎の館", 1)]


def test_words_of_more_different_cells_than_are_kept_are_counted_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = ["ひとり親", "謎の活動", "ひとり親、謎の活動", "ひとり親", "別の謎、ひとり親"]
    text = "団体名,市区町村,活動分野\n" + "\n".join(f"架空の会{n},鳥取市,{cell}" for n, cell in enumerate(cells))
    whole = load(tmp_path, text).fields
    monkeypatch.setattr(field_uses, "MOST_CELLS", 2)
    assert load(tmp_path, text).fields == whole
    assert {use.text: use.count for use in whole} == {"ひとり親": 4, "謎の活動": 2, "別の謎": 1}
