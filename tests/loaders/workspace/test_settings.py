from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tsunagari.errors import WorkspaceError
from tsunagari.loaders.workspace.kinds import KINDS
from tsunagari.loaders.workspace.settings import read_workspace


def write(folder: Path, text: str | bytes) -> Path:
    data = text.encode() if isinstance(text, str) else text
    (folder / "tsunagari.toml").write_bytes(data)
    (folder / "members.csv").write_text("団体名\n", encoding="utf-8")
    return folder


SOURCE = '[[source]]\nfile = "members.csv"\nkind = "members"\n'


def test_reads_every_setting(tmp_path: Path) -> None:
    workspace = read_workspace(
        write(
            tmp_path,
            '[workspace]\ntitle = "架空"\nas_of = 2023-10-01\n[scope]\nareas = ["31201", "岩美町"]\nfields = "my"\n'
            + SOURCE
            + 'platform = "pf"\ntitle = "名簿"\nissued = "令和5年6月"\npublisher = "市"\nlicence = "CC BY 4.0"\n'
            'closed = true\ncolumns = { "団体の名前" = "member" }\n[view]\ncolour = 1\n',
        )
    )
    assert (workspace.title, workspace.as_of) == ("架空", date(2023, 10, 1))
    assert (workspace.areas, workspace.fields) == (("31201", "岩美町"), "my")
    (source,) = workspace.sources
    assert (source.file, source.kind, source.platform, source.title) == ("members.csv", "members", "pf", "名簿")
    assert source.issued is not None
    assert source.issued.value == date(2023, 6, 1)
    assert (source.publisher, source.licence, source.closed) == ("市", "CC BY 4.0", True)
    assert dict(source.columns) == {"団体の名前": "member"}
    assert dict(workspace.extra) == {"view": {"colour": 1}}
    assert workspace.issues == ()


def test_the_settings_file_may_be_named_and_saved_by_notepad(tmp_path: Path) -> None:
    text = '[workspace]\r\ntitle = "架空"\r\nas_of = 2023-10-01\r\n' + SOURCE
    for data in (b"\xef\xbb\xbf" + text.encode(), text.encode("cp932")):
        assert read_workspace(write(tmp_path, data) / "tsunagari.toml").title == "架空"


def test_without_as_of_the_latest_date_of_a_list_counts_and_never_today(tmp_path: Path) -> None:
    workspace = read_workspace(write(tmp_path, SOURCE + "issued = 2023-06-01\n"))
    assert workspace.as_of == date(2023, 6, 1)
    assert workspace.title == tmp_path.name
    with pytest.raises(WorkspaceError, match="no as_of"):
        read_workspace(write(tmp_path, SOURCE))


def test_no_workspace_says_how_to_make_one(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(WorkspaceError, match="tsunagari init") as caught:
            read_workspace(path)
        assert "tsunagari.toml がありません" in caught.value.text("ja")


def test_broken_toml_gives_line_and_column(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="line 2, column 9") as caught:
        read_workspace(write(tmp_path, "[workspace]\ntitle = 架空\n"))
    assert "2 行 9 文字目" in caught.value.text("ja")
    assert caught.value.place.row == 2


def test_an_unknown_kind_lists_the_kinds_and_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as caught:
        read_workspace(
            write(tmp_path, 'workspace.as_of = 2023-10-01\n[[source]]\nfile = "members.csv"\nkind = "menbers"\n')
        )
    text = caught.value.text("en")
    assert "'menbers'" in text
    assert "Nearest: members" in text
    assert all(name in text for name in KINDS)
    assert "会員名簿" in caught.value.text("ja")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"lists/ties\.csv") as caught:
        read_workspace(
            write(tmp_path, 'workspace.as_of = 2023-10-01\n[[source]]\nfile = "lists/ties.csv"\nkind = "ties"\n')
        )
    assert "lists/ties.csv がありません" in caught.value.text("ja")


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("[workspace]\nas_of = 2023-10-01\n", "names no file"),
        ("source = 1\n", "not a list of tables"),
        ("[workspace]\ntitle = 1\n" + SOURCE, "title = 1 cannot be used"),
        ('[workspace]\nas_of = "いつか"\n' + SOURCE, "is no date"),
        ('[[source]]\nkind = "members"\n', "number 1 has no `file`"),
        ('[[source]]\nfile = "members.csv"\n', "number 1 has no `kind`"),
        ("[workspace]\nas_of = 2023-10-01\n" + SOURCE + 'closed = "はい"\n', "Write true or false"),
        ("[workspace]\nas_of = 2023-10-01\n" + SOURCE + 'area = "府中市"', "東京都府中市 132063"),
        ("[workspace]\nas_of = 2023-10-01\n" + SOURCE + 'area = "鳥取し"', "is not known"),
        ('workspace = "x"\n', "Write a table"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, text: str, match: str) -> None:
    with pytest.raises(WorkspaceError, match=match) as caught:
        read_workspace(write(tmp_path, text))
    assert caught.value.text("ja") != caught.value.text("en")


def test_unknown_keys_are_reported_with_the_nearest(tmp_path: Path) -> None:
    workspace = read_workspace(
        write(tmp_path, "[workspace]\nas_of = 2023-10-01\ntitel = 1\n" + SOURCE + "platfrom = 'x'\n")
    )
    assert [(issue.code, issue.value, issue.severity) for issue in workspace.issues] == [
        ("unknown-setting", "titel", "warning"),
        ("unknown-setting", "platfrom", "warning"),
    ]
    assert workspace.issues[1].hint.en.startswith("Nearest names: platform")
