"""Whatever is wrong with one file is told with its place, and the lists beside it are loaded unharmed."""

from __future__ import annotations

import gc
import io
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import pytest
import xlsxwriter
from tests.loaders.conftest import PLATFORMS, SETTINGS

from tsunagari.errors import SourceError, WorkspaceError
from tsunagari.loaders.files.grids import FileContent
from tsunagari.loaders.session import parts
from tsunagari.loaders.session.load import Load, load_workspace
from tsunagari.ontology.namespaces import instance_iri

HEAD = "団体名,法人番号,市区町村,入会日\n"
GOOD = HEAD + "架空見守りの会,,鳥取市,2023-04-01\n"
BAD = ("架空暗い会", "鳥取市")
LOCKED = Path(__file__).parents[1] / "files" / "locked"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook(*rows: tuple[object, ...]) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet("会員")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return data.getvalue()


BOOK = workbook(("団体名", "市区町村"), BAD)


def repacked(data: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """A workbook with its parts changed and others added."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in more.items():
            new.writestr(name, part)
    return result.getvalue()


def bomb() -> bytes:
    filling = b" " * 210 * 2**20
    return repacked(BOOK, lambda name, part: filling if name.endswith("sheet1.xml") else part)


def macro_workbook() -> bytes:
    sheet, macro = b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    return repacked(BOOK, lambda _, part: part.replace(sheet, macro), **{"xl/vbaProject.bin": OLE})


def zipped(**files: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text.encode("cp932"))
    return data.getvalue()


def with_formulas_and_links() -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet("会員")
        sheet.write_row(0, 0, ("団体名", "市区町村", "URL", "入会日"))
        sheet.write_formula(1, 0, '="架空"&"暗い会"', None, "架空暗い会")
        sheet.write_url(1, 1, "https://evil.example/", None, "鳥取市")
        sheet.write(1, 2, "https://example.jp/")
        sheet.write_formula(1, 3, '=HYPERLINK("https://evil.example/","2023-04-02")', None, "2023-04-02")
    return data.getvalue()


def with_a_million_empty_rows() -> bytes:
    empty = "".join(f'<row r="{number}" ht="15"/>' for number in range(4, 1_000_003)).encode()
    book = workbook(("団体名", "市区町村"), BAD, ("架空次の会", "鳥取市"))
    end = b"</sheetData>"
    return repacked(book, lambda name, part: part.replace(end, empty + end) if name.endswith("sheet1.xml") else part)


@dataclass(frozen=True)
class Case:
    """A member list with a fault: what it holds, the issues (code, sheet, row, column), and members beside the good."""

    data: bytes | str
    issues: list[tuple[str, str | None, int | None, str | None]]
    members: list[str]
    name: str = "bad.csv"


CASES = {
    **{
        f"encrypted {ending}": Case(
            (LOCKED / f"locked.{ending}").read_bytes(), [("unreadable-file", None, None, None)], [], f"bad.{ending}"
        )
        for ending in ("xlsx", "xls", "ods")
    },
    "broken workbook": Case(BOOK[: len(BOOK) // 2], [("unreadable-file", None, None, None)], [], "bad.xlsx"),
    "zip bomb": Case(bomb(), [("unreadable-file", None, None, None)], [], "bad.xlsx"),
    "macro workbook": Case(macro_workbook(), [], ["架空暗い会"], "bad.xlsm"),
    "zip named csv": Case(
        zipped(members=GOOD.replace("見守り", "暗い")), [("archive-read", None, None, None)], ["架空暗いの会"]
    ),
    "zip of two tables": Case(zipped(a=GOOD, b=GOOD), [("unreadable-file", None, None, None)], []),
    "utf-16 with tabs": Case(GOOD.replace("見守り", "暗い").replace(",", "\t").encode("utf-16"), [], ["架空暗いの会"]),
    "mojibake": Case(
        HEAD + "架空の縺ゅ＞縺ゅｂ会,,鳥取市,\n",
        [("garbled-text", None, 2, "団体名")],
        ["架空の縺ゅ＞縺ゅｂ会"],
    ),
    "code without its zero": Case(
        workbook(("団体名", "団体コード"), ("架空暗い会", 12025)),
        [("lost-zero", "会員", 2, "団体コード")],
        ["架空暗い会"],
        "bad.xlsx",
    ),
    "cell of 10 MB": Case(
        HEAD + "あ" * (10 * 2**20 // 3) + ",,鳥取市,\n架空暗い会,,鳥取市,\n",
        [("long-value", None, 2, "団体名")],
        ["架空暗い会"],
    ),
    "a million empty rows of a csv": Case(HEAD + ",,,\n" * 1_000_000 + "架空暗い会,,鳥取市,\n", [], ["架空暗い会"]),
    "a million empty rows of a workbook": Case(
        with_a_million_empty_rows(), [], ["架空暗い会", "架空次の会"], "bad.xlsx"
    ),
    "formulas and links": Case(with_formulas_and_links(), [], ["架空暗い会"], "bad.xlsx"),
    "NUL bytes": Case(HEAD + "架空\0暗い会,,鳥取市,\n", [("control-characters", None, 2, "A")], ["架空暗い会"]),
    "quote never closed": Case(
        HEAD + '架空明るい会,,鳥取市,\n"架空暗い会,,鳥取市,\n', [("unreadable-file", None, 3, None)], []
    ),
    "no known encoding": Case(HEAD.encode() + b"\xff\xff,,,\n", [("unreadable-file", None, 2, None)], []),
    "no known header": Case("あれ,これ\n1,2\n", [("unreadable-file", None, 1, None)], []),
}


def beside_good_lists(folder: Path, *bad: tuple[str, str], settings: str = SETTINGS) -> Path:
    """Write good lists and settings that name `bad` files (name and further settings) between them."""
    (folder / "platforms.csv").write_text(PLATFORMS, encoding="utf-8")
    (folder / "good.csv").write_bytes(GOOD.encode("cp932"))
    text = settings + '[[source]]\nfile = "platforms.csv"\nkind = "platforms"\n'
    for name, further in (*bad, ("good.csv", 'kind = "members"\nplatform = "pf"\n')):
        text += f'[[source]]\nfile = "{name}"\n{further}\n'
    (folder / "tsunagari.toml").write_text(text, encoding="utf-8")
    return folder


def places(load: Load) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(issue.code, issue.sheet, issue.row, issue.column) for issue in load.issues]


def member_names(load: Load) -> list[object]:
    names = {record.iri: record.values["pref_label"][0] for record in load.records if "pref_label" in record.values}
    return [
        names[record.values["member"][0].iri]  # type: ignore[union-attr]
        for record in load.records
        if record.cls == "PlatformMembership"
    ]


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_one_bad_member_list_is_told_and_the_others_are_loaded(tmp_path: Path, case: Case) -> None:
    data = case.data.encode() if isinstance(case.data, str) else case.data
    (tmp_path / case.name).write_bytes(data)
    load = load_workspace(beside_good_lists(tmp_path, (case.name, 'kind = "members"\nplatform = "pf"')))
    assert places(load) == case.issues
    assert all(issue.file == case.name and issue.hint.ja and issue.hint.en for issue in load.issues)
    assert all(len(issue.message.ja) < 200 and len(issue.message.en) < 300 for issue in load.issues)
    assert sorted(map(str, member_names(load))) == sorted(["架空見守りの会", *case.members])


def test_a_directory_instead_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").mkdir()
    load = load_workspace(beside_good_lists(tmp_path, ("bad.csv", 'kind = "members"\nplatform = "pf"')))
    (issue,) = load.issues
    assert (issue.code, issue.severity, issue.file) == ("unreadable-file", "error", "bad.csv")
    assert "フォルダー" in issue.message.ja
    assert "folder" in issue.message.en
    assert member_names(load) == ["架空見守りの会"]


def test_a_file_removed_while_reading_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(GOOD, encoding="utf-8")
    read = parts.read_grids

    def removing(path: Path, *rest: object, **settings: object) -> FileContent:
        bad.unlink(missing_ok=True)
        return read(path, *rest, **settings)  # type: ignore[arg-type]

    monkeypatch.setattr(parts, "read_grids", removing)
    load = load_workspace(beside_good_lists(tmp_path, ("bad.csv", 'kind = "members"\nplatform = "pf"')))
    (issue,) = load.issues
    assert (issue.code, issue.file) == ("unreadable-file", "bad.csv")
    assert "ファイル bad.csv がありません" in issue.message.ja
    assert member_names(load) == ["架空見守りの会"]


def test_latitude_and_longitude_in_each_others_place_are_exchanged_and_told(tmp_path: Path) -> None:
    head = "全国地方公共団体コード,ID,地方公共団体名,名称,所在地_連結表記,緯度,経度\n"
    row = "312011,1,鳥取県鳥取市,架空会館,鳥取県鳥取市架空町1,134.2377,35.5011\n"
    (tmp_path / "halls.csv").write_text(head + row, encoding="utf-8-sig")
    load = load_workspace(beside_good_lists(tmp_path, ("halls.csv", 'kind = "open-dataset"')))
    (issue,) = [issue for issue in load.issues if issue.code == "swapped-coordinates"]
    assert (issue.file, issue.row, issue.column, issue.value) == ("halls.csv", 2, "緯度", "134.2377, 35.5011")
    assert member_names(load) == ["架空見守りの会"]


def test_the_second_row_of_an_id_is_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "bodies.csv").write_text("id,団体名,市区町村\na,架空一,鳥取市\na,架空二,鳥取市\n", encoding="utf-8")
    load = load_workspace(beside_good_lists(tmp_path, ("bodies.csv", 'kind = "organizations"')))
    assert places(load) == [("duplicate-id", None, 3, "id")]
    names = {record.values.get("pref_label") for record in load.records}
    assert ("架空一",) in names
    assert ("架空二",) not in names


def test_two_platforms_of_one_name_are_not_guessed_between(tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text("id,名称\nx,架空同名\ny,架空同名\n", encoding="utf-8")
    (tmp_path / "members.csv").write_text("団体名,PF\n架空暗い会,架空同名\n架空明るい会,x\n", encoding="utf-8")
    bad = (("more.csv", 'kind = "platforms"'), ("members.csv", 'kind = "members"'))
    load = load_workspace(beside_good_lists(tmp_path, *bad))
    assert places(load) == [("ambiguous-name", None, 2, "PF")]
    assert "platform/x" in load.issues[0].hint.ja
    assert sorted(map(str, member_names(load))) == ["架空明るい会", "架空見守りの会"]


class TestUnreadable:
    """A file that cannot be read at all."""

    def test_the_only_file_stops_the_load(self, tmp_path: Path) -> None:
        (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04")
        (tmp_path / "tsunagari.toml").write_text(
            f'{SETTINGS}[[source]]\nfile = "bad.xlsx"\nkind = "members"\n', encoding="utf-8"
        )
        with pytest.raises(SourceError, match=r"bad\.xlsx is damaged"):
            load_workspace(tmp_path)

    def test_a_platform_that_may_stand_in_it_is_not_called_unknown(self, tmp_path: Path) -> None:
        folder = beside_good_lists(tmp_path)
        (folder / "platforms.csv").write_bytes(b"PK\x03\x04")
        with pytest.raises(SourceError, match=r"platforms\.csv is damaged"):
            load_workspace(folder)

    def test_the_scheme_that_gaps_are_counted_in_stops_the_load(self, tmp_path: Path) -> None:
        (tmp_path / "words.csv").write_bytes(b"PK\x03\x04")
        settings = f'{SETTINGS}[scope]\nfields = "own"\n'
        bad = ("words.csv", 'kind = "schemes"\nscheme = "own"')
        with pytest.raises(SourceError, match=r"words\.csv is damaged"):
            load_workspace(beside_good_lists(tmp_path, bad, settings=settings))

    def test_a_closed_list_of_which_nothing_is_known_is_no_source(self, tmp_path: Path) -> None:
        (tmp_path / "bad.csv").write_bytes(b"PK\x03\x04")
        further = 'kind = "members"\nplatform = "pf"\nclosed = true\nas_of = 2023-09-01'
        load = load_workspace(beside_good_lists(tmp_path, ("bad.csv", further)))
        assert [source.file for source in load.sources] == ["platforms.csv", "good.csv"]
        documents = [record.iri for record in load.records if record.cls == "SourceDocument"]
        assert instance_iri("source", "good.csv") in documents
        assert instance_iri("source", "bad.csv") not in documents
        (member,) = [record for record in load.records if record.cls == "PlatformMembership"]
        assert "valid_to" not in member.values

    def test_several_settings_of_one_file_are_one_issue(self, tmp_path: Path) -> None:
        (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04")
        bad = [("bad.xlsx", f'kind = "members"\nplatform = "pf"\nsheet = "{sheet}"') for sheet in ("一", "二")]
        assert places(load_workspace(beside_good_lists(tmp_path, *bad))) == [("unreadable-file", None, None, None)]


def test_each_row_with_the_same_unknown_word_is_counted(tmp_path: Path) -> None:
    settings = '[workspace]\nas_of = 2024-04-01\n[[source]]\nfile = "list.csv"\nkind = "services"\n'
    (tmp_path / "tsunagari.toml").write_text(settings, encoding="utf-8")
    lines = (f"架空の会,支援{number},鳥取市,謎の分野" for number in range(1_000))
    (tmp_path / "list.csv").write_text("\n".join(["団体名,支援名,市区町村,分野", *lines]), encoding="utf-8")
    found = load_workspace(tmp_path).issues
    one_by_one = sum(issue.code == "unmatched-field" for issue in found)
    counted = sum(issue.count or 0 for issue in found if issue.of == "unmatched-field")
    assert one_by_one + counted == 1_000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name")
@pytest.mark.parametrize("name", ["field-words.csv", "fixes.csv", "matches.csv"])
@pytest.mark.parametrize("make", [lambda path: os.mkfifo(path), Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_a_pipe_a_folder_or_a_device_as_a_file_of_the_workspace_is_told(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    settings = '[workspace]\nas_of = 2024-04-01\n[[source]]\nfile = "a.csv"\nkind = "organizations"\n'
    (tmp_path / "tsunagari.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "a.csv").write_text("団体名,市区町村,活動分野\n架空の会,鳥取市,子育て\n", encoding="utf-8")
    make(tmp_path / name)
    loaded = load_workspace(tmp_path)
    assert [(issue.code, issue.file) for issue in loaded.issues] == [("unreadable-file", name)]
    assert any(record.cls == "StakeholderOrganization" for record in loaded.records)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name")
def test_a_pipe_as_the_settings_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tsunagari.toml")
    with pytest.raises(WorkspaceError, match="pipe"):
        load_workspace(tmp_path)


def test_bad_cells_leave_no_frames_to_a_collector(tmp_path: Path) -> None:
    """Frames that an error came through hold rows: while the collector is paused they would fill the memory."""
    settings = '[workspace]\nas_of = 2024-04-01\n[[source]]\nfile = "list.csv"\nkind = "services"\n'
    (tmp_path / "tsunagari.toml").write_text(settings, encoding="utf-8")
    header = "団体名,支援名,市区町村,分野,電話番号,開始日"
    lines = (f"架空の会,支援{n},謎{n}市,謎の分野{n},内線{n},いつか{n}" for n in range(200))
    (tmp_path / "list.csv").write_text("\n".join([header, *lines]), encoding="utf-8")
    gc.collect()
    gc.disable()
    try:
        load_workspace(tmp_path, sink=lambda _record, _vocabulary: None)
        frames = sum(isinstance(found, FrameType) for found in gc.get_objects())
    finally:
        gc.enable()
    assert frames < 200
