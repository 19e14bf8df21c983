"""Any list may say which rows may be made public, also one of a fixed format."""

from __future__ import annotations

from pathlib import Path

import pytest

from tsunagari.loaders.files.grid import Grid
from tsunagari.loaders.session.load import load_workspace
from tsunagari.loaders.tables.answers import find_answers
from tsunagari.ontology.vocabulary import vocabulary

HEAD = "全国地方公共団体コード,ID,地方公共団体名,名称,住所,電話番号,運営団体名,開催頻度,{}\n"
ROWS = (
    "312011,1,鳥取県鳥取市,架空の表食堂,鳥取市1,0857-11-1111,架空の表会,月1回,○\n"
    "312011,2,鳥取県鳥取市,架空の裏食堂,鳥取市2,0857-11-1112,架空の裏会,月1回,×\n"
    "312011,3,鳥取県鳥取市,架空の空食堂,鳥取市3,0857-11-1113,架空の空会,月1回,\n"
)


@pytest.mark.parametrize(
    ("header", "columns"), [("公開可否", ""), ("おおやけ", 'columns = { "おおやけ" = "publishable" }')]
)
def test_rows_of_a_national_format_go_where_their_answer_sends_them(header: str, columns: str, tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text(HEAD.format(header) + ROWS, encoding="utf-8")
    settings = f'[workspace]\nas_of = 2025-04-01\n[[source]]\nfile = "o.csv"\nkind = "open-dataset"\n{columns}\n'
    (tmp_path / "tsunagari.toml").write_text(settings, encoding="utf-8")
    load = load_workspace(tmp_path)
    graphs = {
        str(record.values["pref_label"][0]): record.graph.partition("#")[2]
        for record in load.records
        if "#" in record.graph or record.graph.endswith("graph/o")
        if "pref_label" in record.values
    }
    for word, graph in (("表", ""), ("裏", "refused"), ("空", "blank")):
        assert graphs[f"架空の{word}食堂"] == graphs[f"架空の{word}会"] == graph
    assert header not in {issue.value for issue in load.issues}


def test_an_answer_is_no_header() -> None:
    rows = [(1, ["名称", "状態"]), (2, ["架空の会", "公開可"])]
    assert find_answers(Grid("a.csv", rows), {}, vocabulary()) is None
