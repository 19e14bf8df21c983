"""The table of signatures is whole, and its datasets are told by their headers whatever else stands in the row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.loaders.adapters.meanings import PERSONAL
from tsunagari.loaders.signatures import HEADER_ROWS, datasets, header_key, recognize_rows
from tsunagari.loaders.workspace.kinds import KINDS

CAFETERIA = ("全国地方公共団体コード", "ID", "市区町村名", "名称", "住所", "運営団体名", "参加費_小学生")
DISABILITY = ("指定機関名", "法人の名称", "サービス種別", "事業所の名称", "事業所住所（市区町村）")
CARE = ("都道府県コード又は市町村コード", "No", "事業所名", "サービスの種類", "住所", "事業所番号")
PUBLIC = ("全国地方公共団体コード", "ID", "名称", "所在地_連結表記")
ENGLISH = ("municipalityCode", "name", "address", "telephoneNumber", "availableDate")
HEADERS = {
    "kodomo-shokudo": CAFETERIA,
    "wamnet-shogai": DISABILITY,
    "kaigo-kohyo": CARE,
    "kokyo-shisetsu": PUBLIC,
}


def told(*rows: tuple[str, ...], asked: bool = False) -> str | None:
    found = recognize_rows([(number, list(cells)) for number, cells in enumerate(rows, start=1)], asked=asked)
    return None if found is None else found.dataset.name


def test_every_entry_is_usable() -> None:
    names = [dataset.name for dataset in datasets()]
    assert len(names) == len(set(names))
    for dataset in datasets():
        assert dataset.rows in KINDS
        assert dataset.needs
        assert dataset.label.ja
        assert dataset.label.en
        if dataset.rows == "services":
            needed = {key for group in dataset.needs for key in group.keys}
            assert needed <= dataset.meanings.keys(), f"{dataset.name}: what tells it is read"
        assert dataset.headers.keys() == {meaning for meaning, _ in dataset.meanings.values()}


@pytest.mark.parametrize(("expected", "header"), HEADERS.items(), ids=HEADERS)
@given(data=st.data())
def test_order_and_further_columns_do_not_matter(expected: str, header: tuple[str, ...], data: st.DataObject) -> None:
    extra = data.draw(st.lists(st.sampled_from(["独自の列", "メモ欄", "", "X1"]), max_size=3))
    cells = data.draw(st.permutations([*header, *extra]))
    titles = data.draw(st.lists(st.just(("架空の一覧",)), max_size=HEADER_ROWS - 1))
    assert told(*titles, tuple(cells)) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("名称_カナ", "名称（ｶﾅ）"),
        ("事業所住所（市区町村）", "事業所住所(市区町村)"),
        ("?全国地方公共団体コード", "全国地方公共団体コード"),
        ("telephoneNumber", "telephone_number"),
        ("Ｎｏ．", "NO"),
    ],
)
def test_spellings_of_a_header_have_one_key(one: str, other: str) -> None:
    assert header_key(one) == header_key(other)


def test_english_headers_of_the_core_vocabulary_are_known() -> None:
    assert told(ENGLISH) == "kokyo-shisetsu"
    assert told(("name", "address", "telephoneNumber"), asked=True) == "places"


def test_any_list_of_places_is_only_read_when_asked_for() -> None:
    header = ("名称", "住所", "会員区分")
    assert told(header) is None
    assert told(header, asked=True) == "places"
    assert told(("品目", "出し方"), asked=True) is None


def test_most_names_tell_what_a_list_of_places_is() -> None:
    header = ("名称", "全国地方公共団体コード", "住所")
    cafeterias = [("架空こども食堂", "312011", "架空1"), ("みんなの食堂", "312011", "架空2")]
    assert told(header, *cafeterias) == "kodomo-shokudo-by-name"
    assert told(header, cafeterias[0], ("架空公民館", "312011", "架空2")) == "kokyo-shisetsu"
    assert told(header, ("架空地域包括支援センター", "312011", "架空3")) == "chiiki-hokatsu"


def test_a_header_that_tells_more_counts_before_names() -> None:
    header = ("名称", "全国地方公共団体コード", "住所", "収容定員")
    assert told(header, ("架空こども食堂", "312011", "架空1", "3")) == "kosodate-shisetsu"


def test_blank_rows_at_the_top_do_not_hide_the_header() -> None:
    blank = [("",)] * 60
    assert told(*blank, ("架空の一覧",), *blank, CAFETERIA) == "kodomo-shokudo"


def test_headers_that_mean_nothing_known_are_named() -> None:
    found = recognize_rows([(1, [*CAFETERIA, "独自の列", "代表者名"])])
    assert found is not None
    assert [found.cells[place] for place in found.unread] == ["独自の列"]
    assert found.positions[PERSONAL] == [8]
