from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tsunagari.errors import SourceError, WorkspaceError
from tsunagari.loaders.adding.inspection import inspect_file, named_kind
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.ontology.records import Record, Reference

Put = Callable[..., Path]
ID = "https://w3id.org/tsunagari/id/"
TABLE = (
    "通いの場一覧（架空）\n"
    "名前,やっている人たち,まち,名称,電話\n"
    "架空サロン,架空の会,鳥取市,読まない,0857-00-0000\n"
    "架空カフェ,社会福祉法人架空会,岩美町,,\n"
)
MAPPED = """rows = "services"
columns = { "名前" = "pref_label", "やっている人たち" = "provided_by", "まち" = "service_area" }"""


def iris(record: Record, column: str) -> list[str]:
    return [value.iri for value in record.values.get(column, ()) if isinstance(value, Reference)]


def services(load: Load) -> list[Record]:
    return [record for record in load.records if record.cls == "SupportService"]


def test_mapped_columns_are_read_and_nothing_else(put_source: Put) -> None:
    loaded = load_workspace(put_source("salons.csv", TABLE, "list", MAPPED))
    assert [service.values["pref_label"] for service in services(loaded)] == [("架空サロン",), ("架空カフェ",)]
    assert [iris(service, "service_area") for service in services(loaded)] == [[f"{ID}area/31201"], [f"{ID}area/31302"]]
    assert "読まない" not in repr(loaded.records)
    assert [(issue.code, issue.value) for issue in loaded.issues] == [
        ("title-rows-skipped", None),
        ("unmapped-column", "名称"),
        ("unmapped-column", "電話"),
    ]
    assert loaded.sources[0].kind == "list"
    assert loaded.sources[0].rows == 2


def test_values_say_what_the_file_does_not(put_source: Put) -> None:
    values = 'values = { "支援分野" = "介護、生涯学習", "party.municipality" = "31201", "service_area" = "鳥取県" }'
    further = f'rows = "services"\ncolumns = {{ "名前" = "pref_label", "やっている人たち" = "provided_by" }}\n{values}'
    loaded = load_workspace(put_source("salons.csv", TABLE, "list", further))
    for service in services(loaded):
        assert len(iris(service, "support_field")) == 2
        assert iris(service, "service_area") == [f"{ID}area/31000"]
    bodies = [record for record in loaded.records if record.cls == "StakeholderOrganization"]
    assert [iris(body, "municipality") for body in bodies] == [[f"{ID}area/31201"]] * 2


def test_what_a_row_says_itself_goes_before_the_values(put_source: Put) -> None:
    loaded = load_workspace(put_source("salons.csv", TABLE, "list", MAPPED + '\nvalues = { service_area = "鳥取県" }'))
    assert iris(services(loaded)[0], "service_area") == [f"{ID}area/31201"]


def test_values_may_give_a_required_column_in_any_kind_of_list(put_source: Put) -> None:
    text = "窓口名,市町村\n架空窓口,鳥取市\n"
    loaded = load_workspace(put_source("desks.csv", text, "services", 'values = { provided_by = "鳥取市" }'))
    assert loaded.issues == []
    assert iris(services(loaded)[0], "provided_by") == [f"{ID}org/9000020312011"]


def test_an_unknown_column_names_the_nearest(put_source: Put) -> None:
    columns = 'rows = "services"\ncolumns = { "名前" = "提供団休" }'
    with pytest.raises(SourceError, match="提供団休") as caught:
        load_workspace(put_source("salons.csv", TABLE, "list", columns))
    assert "提供団体" in str(caught.value.hint)


def test_an_unknown_column_of_the_values_is_said_to_be_one_of_them(put_source: Put) -> None:
    with pytest.raises(SourceError, match="`values`"):
        load_workspace(put_source("salons.csv", TABLE, "list", MAPPED + '\nvalues = { "分や" = "介護" }'))


def test_a_required_column_that_is_not_mapped_is_missing_though_its_header_is_there(put_source: Put) -> None:
    further = 'rows = "services"\ncolumns = { "団体" = "provided_by" }'
    path = put_source("a.csv", "窓口名,団体\n架空,架空の会\n", "list", further)
    with pytest.raises(SourceError, match="pref_label"):
        load_workspace(path)


@pytest.mark.parametrize("rows", ["", 'rows = "npo-portal"', 'rows = "サービス"'])
def test_rows_name_a_kind_of_list(put_source: Put, rows: str) -> None:
    with pytest.raises(WorkspaceError, match="needs `rows`") as caught:
        load_workspace(put_source("salons.csv", TABLE, "list", rows))
    assert 'rows = "services"' in str(caught.value.hint)


def test_a_look_at_a_file_alone_says_what_the_settings_have_to_say(tmp_path: Path) -> None:
    path = tmp_path / "一覧.csv"
    path.write_text("名前,まち\n架空サロン,鳥取市\n", encoding="utf-8")
    found = inspect_file(path, kind=named_kind("list"))
    assert found.problem is not None
    assert 'rows = "services"' in found.problem.hint.ja
