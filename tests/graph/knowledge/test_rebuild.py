"""A build that takes unchanged lists over gives what a build from nothing gives, whatever changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tsunagari.graph.columns import ColumnBuilder
from tsunagari.graph.knowledge.build import build
from tsunagari.graph.store.replacement import FOLDER
from tsunagari.loaders.kept import facts
from tsunagari.loaders.kept.shelf import LISTS

NAMES = ("架空の会", "NPO法人架空の会", "架空商店", "鳥取市", "架空の会 米子支部", "o-1", "o-2", "")
PLACES = ("鳥取市", "31202", "八頭町", "北区", "どこか", "")
FIELDS = ("食支援", "食事", "居場所", "学習支援", "図書館", "謎", "")
DAYS = ("2020-01-01", "令和4年2月", "近日中", "")
COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    "organizations": {
        "id": ("o-1", "o-2", "o-3", ""),
        "名称": NAMES,
        "市区町村": PLACES,
        "電話": ("0857-00-0000", ""),
    },
    "platforms": {"id": ("p-1",), "名称": ("架空プラットフォーム",), "reach": ("31201", "31000")},
    "members": {
        "id": ("m-1", "m-2", "m-3", "m-4", "", "", ""),
        "団体名": NAMES,
        "市区町村": PLACES,
        "入会日": DAYS,
        "organization": ("p-1", "架空プラットフォーム", ""),
    },
    "services": {
        "id": ("s-1", "s-2", "s-3", "s-4", "s-5", "s-6", ""),
        "名称": ("架空の支援", "架空の窓口", ""),
        "provided_by": ("o-1", "o-2", "o-1", "o-2", "o-3", *NAMES),
        "support_field": FIELDS,
        "service_area": PLACES,
    },
    "ties": {
        "id": ("t-1", "t-2", "t-3", "t-4", "t-5", "t-6", ""),
        "tie_from": ("o-1", "o-2", "o-1", *NAMES),
        "tie_to": ("o-2", "o-3", "o-2", *NAMES),
        "tie_kind": ("information", "情報共有", "food", "謎", ""),
        "as_of": ("", "", "", *DAYS),
        "directed": ("", "", "true", "false"),
        "status": ("", "", "planned"),
    },
    "contacts": {"contact_of": ("s-1", *NAMES), "telephone": ("0857-00-0000", "")},
}
FILES = (
    ("o1", "organizations"),
    ("o2", "organizations"),
    ("p1", "platforms"),
    ("m1", "members"),
    ("m2", "members"),
    ("s1", "services"),
    ("s2", "services"),
    ("t1", "ties"),
    ("t2", "ties"),
    ("c1", "contacts"),
)
EXTRA = {
    "m1": ("as_of = 2022-10-01\nclosed = true\n", "as_of = 2023-04-01\n", ""),
    "m2": ("as_of = 2023-10-01\nclosed = true\n", ""),
    "t1": ("", 'area = "鳥取県"\n'),
    "s1": ("", 'area = "鳥取県"\n', 'values = { "service_type" = "相談" }\n'),
}
Rows = list[tuple[str, ...]]


def outcome(workspace: Path) -> dict[str, bytes]:
    """Return every file of the graph but what is kept of lists."""
    folder = workspace / FOLDER
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] != LISTS
    }


class Rebuilding(RuleBasedStateMachine):
    """Changes a workspace step by step and builds it after each, both ways."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        number = len(list(self.folder.iterdir()))
        self.workspace, self.other = self.folder / f"{number}", self.folder / f"{number}-fresh"
        self.rows: dict[str, Rows] = {}
        self.extra: dict[str, str] = {}
        self.order: list[str] = []
        self.also: dict[str, str] = {}

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        for name, kind in FILES:
            if name != "t2":
                self.rows[name] = data.draw(rows_of(kind))
                self.order.append(name)
        self.check()

    @rule(data=st.data())
    def change_a_list(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.order))
        self.rows[name] = data.draw(rows_of(dict(FILES)[name]))
        self.check()

    @rule(data=st.data())
    def add_a_row(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.order))
        self.rows[name] = [*self.rows[name], *data.draw(rows_of(dict(FILES)[name]))[:1]]
        self.check()

    @rule(data=st.data())
    def add_or_remove_a_list(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from([name for name, _ in FILES]))
        if name not in self.order:
            self.rows.setdefault(name, data.draw(rows_of(dict(FILES)[name])))
            self.order.append(name)
        elif len(self.order) > 1:
            self.order.remove(name)
        self.check()

    @rule(data=st.data())
    def reorder(self, data: st.DataObject) -> None:
        self.order = data.draw(st.permutations(self.order))
        self.check()

    @rule(data=st.data())
    def change_settings(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(EXTRA)))
        self.extra[name] = data.draw(st.sampled_from(EXTRA[name]))
        self.check()

    @rule(text=st.sampled_from(["語,分野\n謎,食支援\n", "語,分野,対応\n図書館,,対象外\n", ""]))
    def change_field_words(self, text: str) -> None:
        self.also["field-words.csv"] = text
        self.check()

    @rule(text=st.sampled_from(["ファイル,列,今の値,正しい値\ns1.csv,provided_by,架空商店,架空の会\n", ""]))
    def change_corrections(self, text: str) -> None:
        self.also["fixes.csv"] = text
        self.check()

    @precondition(lambda self: (self.workspace / FOLDER / LISTS).is_dir())
    @rule(data=st.data())
    def damage_what_is_kept(self, data: st.DataObject) -> None:
        for path in sorted((self.workspace / FOLDER / LISTS).iterdir()):
            whole = path.read_bytes()
            place = data.draw(st.integers(0, len(whole) - 1))
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        self.check()

    def check(self) -> None:
        """Build both ways and compare."""
        for folder in (self.workspace, self.other):
            folder.mkdir(exist_ok=True)
            for path in folder.glob("*.*"):
                if path.is_file():
                    path.unlink()
            self.write(folder)
        told: list[tuple[int, int]] = []
        build(self.workspace, tell_unchanged=lambda *said: told.append(said))
        build(self.other, fresh=True)
        assert outcome(self.workspace) == outcome(self.other)
        assert told[0][1] == len(self.order)

    def write(self, folder: Path) -> None:
        text = '[workspace]\ntitle = "架空"\nas_of = 2023-10-01\n[scope]\nfields = "hyogo"\n'
        for name in self.order:
            kind = dict(FILES)[name]
            text += f'[[source]]\nfile = "{name}.csv"\nkind = "{kind}"\n{self.extra.get(name, "")}'
            lines = [",".join(cells) for cells in (tuple(COLUMNS[kind]), *self.rows[name])]
            (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (folder / "tsunagari.toml").write_text(text, encoding="utf-8")
        for name, said in self.also.items():
            if said:
                (folder / name).write_text(said, encoding="utf-8")


def rows_of(kind: str) -> st.SearchStrategy[Rows]:
    return st.lists(st.tuples(*map(st.sampled_from, COLUMNS[kind].values())), min_size=1, max_size=6)


def test_a_rebuild_gives_what_a_build_from_nothing_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    take = ColumnBuilder.take

    def noted(self: ColumnBuilder, *given: Any) -> bool:
        found = take(self, *given)
        taken.append(given[-1] if found else 0)
        return found

    monkeypatch.setattr(ColumnBuilder, "take", noted)
    monkeypatch.setattr(facts, "MOST_ODD", 1.0)  # lists as small and as bad as these are read anew otherwise
    Rebuilding.folder = tmp_path
    limits = settings(
        max_examples=6, stateful_step_count=5, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
    )
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(Rebuilding, settings=limits)  # type: ignore[no-untyped-call]
    assert sum(taken) > 5


LINKED = {
    "organizations": "id,名称\no-1,架空の会\no-2,架空商店\no-3,架空の家\n",
    "platforms": "id,名称,reach\np-1,架空プラットフォーム,31000\n",
    "members": "id,member,organization\nm-1,o-1,p-1\nm-2,o-2,p-1\n",
    "ties": (
        "id,tie_from,tie_to,tie_kind,directed,status\n"
        "t-1,o-1,o-2,information,,\nt-2,o-2,o-3,food,true,\nt-3,o-3,o-1,food,,planned\n"
    ),
}


def test_direct_links_of_facts_that_are_taken_over_stay(tmp_path: Path) -> None:
    sources = "".join(f'[[source]]\nfile = "{name}.csv"\nkind = "{name}"\n' for name in LINKED)
    (tmp_path / "tsunagari.toml").write_text(f"[workspace]\nas_of = 2023-10-01\n{sources}", encoding="utf-8")
    for name, text in LINKED.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    first, again = (build(tmp_path) for _ in range(2))
    asked = "SELECT * { ?a ?link ?b FILTER(?link IN (org:linkedTo, org:memberOf)) }"
    assert len(again.query(asked)) == 2 + 1 + 2  # a tie both ways, one one way, none that is planned; two members
    assert first.export("nquads") == again.export("nquads")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "o.csv").write_text("id,名称\no-1,架空の会\no-2,架空商店\n", encoding="utf-8")
    (tmp_path / "t.csv").write_text("tie_from,tie_to,tie_kind\no-1,o-2,情報共有\n", encoding="utf-8")
    sources = '[[source]]\nfile = "o.csv"\nkind = "organizations"\n[[source]]\nfile = "t.csv"\nkind = "ties"\n'
    (tmp_path / "tsunagari.toml").write_text(
        f'[workspace]\ntitle = "架空"\nas_of = 2023-10-01\n{sources}', encoding="utf-8"
    )
    return tmp_path


def unchanged(workspace: Path, **given: bool) -> tuple[int, int]:
    told: list[tuple[int, int]] = []
    build(workspace, tell_unchanged=lambda *said: told.append(said), **given)
    return told[0]


def test_unchanged_lists_are_counted(workspace: Path) -> None:
    assert unchanged(workspace) == (0, 2)
    assert unchanged(workspace) == (2, 2)
    assert unchanged(workspace, fresh=True) == (0, 2)
    (workspace / "o.csv").write_text("id,名称\no-1,架空の会\no-2,架空百貨店\n", encoding="utf-8")
    assert unchanged(workspace) == (1, 2)


def test_a_list_that_left_the_workspace_leaves_nothing(workspace: Path) -> None:
    build(workspace)
    kept = workspace / FOLDER / LISTS
    before = {path.name for path in kept.iterdir()}
    settings_file = workspace / "tsunagari.toml"
    text = settings_file.read_text(encoding="utf-8")
    settings_file.write_text(text[: text.rindex("[[source]]")], encoding="utf-8")
    build(workspace)
    after = {path.name for path in kept.iterdir()}
    assert len(after) < len(before)
    assert after < before


def test_what_another_workspace_kept_is_not_taken(workspace: Path, tmp_path: Path) -> None:
    build(workspace)
    other = tmp_path / "other"
    other.mkdir()
    for name in ("o.csv", "t.csv", "tsunagari.toml"):
        shutil.copyfile(workspace / name, other / name)
    (other / "o.csv").write_text("id,名称\no-1,別の会\no-2,架空商店\n", encoding="utf-8")
    build(other)
    kept = workspace / FOLDER / LISTS
    for mine, theirs in zip(sorted(kept.iterdir()), sorted((other / FOLDER / LISTS).iterdir()), strict=True):
        mine.write_bytes(theirs.read_bytes())
    before = outcome(other)
    (workspace / "o.csv").write_bytes((other / "o.csv").read_bytes())
    build(workspace)
    assert outcome(workspace) == before


def test_boundaries_are_read_in_every_build(tmp_path: Path) -> None:
    ring = [[134.0, 35.0], [134.1, 35.0], [134.1, 35.1], [134.0, 35.0]]
    feature = {
        "type": "Feature",
        "properties": {"N03_001": "鳥取県", "N03_004": "鳥取市", "N03_007": "31201"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    made = json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False)
    (tmp_path / "areas.geojson").write_text(made, encoding="utf-8")
    (tmp_path / "tsunagari.toml").write_text(
        '[workspace]\ntitle = "架空"\nas_of = 2025-04-01\n[scope]\nareas = ["鳥取市"]\n'
        '[[source]]\nfile = "areas.geojson"\nkind = "areas"\npublisher = "架空"\nlicence = "CC0"\n',
        encoding="utf-8",
    )
    first, again = (build(tmp_path) for _ in range(2))
    assert first.export("nquads") == again.export("nquads")
    assert "unreadable-file" not in set(first.issues["code"])
