"""Which field a cell means: by its own name, by an everyday word, by the words of a phrase, or by a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from tsunagari.loaders.fields.field_words import FieldWords, read_field_words
from tsunagari.loaders.values.cells import CellError
from tsunagari.loaders.workspace.settings import read_workspace
from tsunagari.ontology.vocabulary import vocabulary

HYOGO = FieldWords.of_scheme("hyogo")
NPO = FieldWords.of_scheme("npo-fields")


def fields(words: FieldWords, text: str) -> set[str]:
    return {concept.notation for concept in words.read(text).concepts}


@pytest.mark.parametrize(
    ("text", "hyogo", "npo"),
    [
        ("居場所", {"community-inclusion"}, {"health-welfare", "community-building"}),
        ("見守り", {"community-inclusion"}, {"health-welfare"}),
        ("学習支援", {"education"}, {"child-development"}),
        ("ひとり親", {"childcare"}, {"child-development"}),
        ("自殺対策", {"community-inclusion"}, {"health-welfare"}),
        ("孤独・孤立", {"community-inclusion"}, {"health-welfare"}),
        ("引き籠もり", {"hikikomori"}, {"health-welfare"}),
        ("8050", {"hikikomori"}, {"health-welfare"}),
        ("ヤングケアラー", {"youth", "childcare"}, {"child-development", "health-welfare"}),
        ("配食", {"elder-care"}, {"health-welfare"}),
        ("フードバンク", {"food-bank"}, {"health-welfare"}),
        ("ＤＶ", {"human-rights", "crime-victims"}, {"human-rights-peace", "gender-equality"}),
        ("LGBTQ", {"sexual-minorities"}, {"human-rights-peace", "gender-equality"}),
        ("外国人", {"multicultural"}, {"international-cooperation", "human-rights-peace"}),
        ("認知症カフェ", {"elder-care"}, {"health-welfare"}),
        ("産後ケア", {"childcare"}, {"health-welfare"}),
        ("生活困窮", {"poverty"}, {"health-welfare"}),
        ("就労", {"economy-work"}, {"vocational-employment"}),
        ("まちづくり", {"regional-development"}, {"community-building"}),
    ],
)
def test_everyday_words_have_their_fields_in_each_scheme(text: str, hyogo: set[str], npo: set[str]) -> None:
    assert (fields(HYOGO, text), fields(NPO, text)) == (hyogo, npo)


def test_the_name_of_a_field_is_no_everyday_word_and_a_word_tells_its_match() -> None:
    assert HYOGO.read("子育て支援").words == ()
    (word,) = HYOGO.read("ひとり親").words
    matches = {(match.relation, match.concept.notation) for match in word.matches if match.concept.scheme == "hyogo"}
    assert (word.text, matches) == ("ひとり親", {("broadMatch", "childcare")})


def test_a_phrase_means_what_its_words_mean() -> None:
    assert fields(HYOGO, "ひとり親家庭の学習支援") == {"childcare", "education"}
    assert fields(HYOGO, "子育てに関する相談") == {"childcare"}, "相談 alone may be in any field"


@pytest.mark.parametrize("text", ["相談", "交流", "啓発", "ピアサポート"])
def test_a_word_that_may_be_in_several_fields_is_a_question(text: str) -> None:
    with pytest.raises(CellError) as caught:
        HYOGO.taken(text)
    assert caught.value.code == "ambiguous-field"
    assert "、" in caught.value.params["nearest"].ja


def test_what_is_not_known_names_only_what_is_near() -> None:
    with pytest.raises(CellError) as caught:
        HYOGO.taken("障害物競走大会")
    assert (caught.value.code, caught.value.params["nearest"].ja) == ("unmatched-field", "障害")
    with pytest.raises(CellError) as caught:
        HYOGO.taken("ほげほげ")
    assert caught.value.params["nearest"].ja == "－"


def test_a_survey_speaks_of_whole_fields_only() -> None:
    assert HYOGO.read("子育て支援", whole=True).problem is None
    assert HYOGO.read("ひとり親", whole=True).problem == "narrow-field"


def test_the_name_of_a_facility_tells_its_field_by_a_kind_inside() -> None:
    assert [word.text for word in HYOGO.find("架空市立中央図書館")] == ["図書館"]
    assert HYOGO.find("架空センター") == []
    assert HYOGO.find("架空の就労の泉") == [], "an everyday word inside a name tells nothing"


def own_words(folder: Path, text: str, *, mapping: str = "") -> FieldWords:
    (folder / "field-words.csv").write_text(text, encoding="utf-8")
    (folder / "a.csv").write_text("団体名\n架空の会\n", encoding="utf-8")
    more = f'mapping = "{mapping}"\n' if mapping else ""
    (folder / "tsunagari.toml").write_text(
        f'[workspace]\nas_of = 2024-01-01\n[[source]]\nfile = "a.csv"\nkind = "organizations"\n{more}', encoding="utf-8"
    )
    workspace = read_workspace(folder)
    return read_field_words(workspace, workspace.sources[0], vocabulary())


def test_the_users_file_counts_before_names_and_shipped_words(tmp_path: Path) -> None:
    words = own_words(
        tmp_path, "語,分野,対応,件数\n居場所,青少年,近い,3\n相談,,対象外,9\n子育て支援,教育,,1\nまだ,,,2\n"
    )
    assert fields(words, "居場所") == {"youth"}
    assert fields(words, "子育て支援") == {"education"}
    assert words.read("相談").problem is None, "the user says that no field fits"
    assert fields(words, "相談") == set()
    assert words.read("まだ").problem == "unmatched-field", "a line that is not filled in says nothing"
    assert words.issues == []


def test_the_file_of_a_source_counts_before_that_of_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("source,target,relation\n居場所,介護,broadMatch\n", encoding="utf-8")
    assert fields(own_words(tmp_path, "語,分野\n居場所,青少年\n", mapping="mine.csv"), "居場所") == {"elder-care"}


def test_lines_that_cannot_be_used_are_told_with_their_row(tmp_path: Path) -> None:
    words = own_words(tmp_path, "語,分野,対応\n居場所,せいしょう年,近い\n見守り,防災,ほぼ同じ\n")
    assert [(issue.code, issue.row, issue.value) for issue in words.issues] == [
        ("unknown-match", 2, "せいしょう年"),
        ("unknown-match", 3, "ほぼ同じ"),
    ]


def test_a_file_that_is_no_table_of_words_is_an_issue(tmp_path: Path) -> None:
    words = own_words(tmp_path, "あ,い\nう,え\n")
    assert [issue.code for issue in words.issues] == ["unreadable-file"]
    assert fields(words, "居場所") == {"community-inclusion"}
