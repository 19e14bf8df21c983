"""Every command does its work on the bundled data."""

from __future__ import annotations

import csv
import inspect
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import openpyxl
import pandas as pd
import pytest
from tests.cli.conftest import Invoke

from tsunagari.cli import cli
from tsunagari.cli.commands.answers.gaps import MATRICES
from tsunagari.cli.commands.lists.demo import SHOWN_GAPS
from tsunagari.cli.commands.outputs.export import EXPORTS
from tsunagari.cli.shell.catalogue import COMMANDS
from tsunagari.cli.shell.options import SHARED
from tsunagari.cli.shell.ranked import AREA_GROUPS, BROKERED, EXPORTED, GROUPS, MEASURED
from tsunagari.graph import export
from tsunagari.graph.coverage import matrices, rollup
from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.graph.networks import networks, partitions

CHOICE = {"areas", "fields", "statuses"}  # what KnowledgeGraph.about is given
ENGINE = {"engine", "tables", "master", "memory"}
SETTINGS_ONLY = {*SHARED, *CHOICE, *ENGINE, "everything", "help"} - {"at"}  # not about what is computed from the graph
ROLLUP = {"by", "broader"}  # they make of the gaps what KnowledgeGraph.rollup gives
ONLY_ON_SCREEN = {
    "gaps": {"matrix", *ROLLUP},
    "build": {"dry_run"},
    "check": {"only_files"},  # the files themselves, without a graph
}


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


# ---- options and parameters ----


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("gaps", KnowledgeGraph.gaps),
        ("brokers", KnowledgeGraph.brokers),
        ("loss", KnowledgeGraph.loss),
        ("export", KnowledgeGraph.export),
        ("check", KnowledgeGraph.check),
        ("build", build),
    ],
)
def test_options_are_the_parameters_of_the_function(name: str, function: Callable[..., Any]) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    options = {option.name: option for option in command.params if isinstance(option, click.Option)}
    parameters = inspect.signature(function).parameters
    asked = set(options) - SETTINGS_ONLY - ONLY_ON_SCREEN.get(name, set())
    told = {"progress", "tell_unchanged"}
    offered = set(parameters) - {"self", "lang", "path", "workspace", *told, "format_name", *CHOICE}
    assert asked == offered
    chosen = command.make_context(name, ["turtle"] if name == "export" else []).params
    for shared in asked - {"at"}:  # the day is noted for all commands alike
        default = parameters[shared].default
        assert chosen[shared] in ((), None) if default is None else chosen[shared] == default


def test_choices_are_those_of_the_library() -> None:
    assert tuple(export.FORMATS) == EXPORTS
    assert AREA_GROUPS == rollup.AREA_GROUPS
    assert tuple(matrices.KINDS) == MATRICES
    assert set(inspect.signature(KnowledgeGraph.rollup).parameters) >= ROLLUP
    assert tuple(partitions.GROUPS) == GROUPS or set(partitions.GROUPS) == set(GROUPS)
    assert {*BROKERED, *MEASURED} <= set(networks.NETWORKS)
    assert set(EXPORTED) == set(networks.NETWORKS)


def test_every_command_has_a_test_here() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("test_*.py"))
    for name in COMMANDS:
        if name != "completion":  # in test_help
            assert f'"{name}"' in source, name


# ---- what every command does alike ----


@pytest.mark.parametrize("command", ["gaps", "brokers", "build", "check", "map", "report", "export turtle"])
def test_without_a_workspace_one_line_says_what_to_do(invoke: Invoke, tmp_path: Path, command: str) -> None:
    for lang, word in (("ja", "エラー: "), ("en", "Error: ")):
        done = invoke(*command.split(), "-w", tmp_path / "none", "--lang", lang, exit_code=1)
        assert len(done.stderr.splitlines()) == 1
        assert done.stderr.startswith(word)


# ---- workspaces ----


def test_init_writes_a_workspace_that_builds(invoke: Invoke, tmp_path: Path) -> None:
    written = invoke("init", tmp_path / "mine", "-q").stdout.splitlines()
    assert str(tmp_path / "mine" / "tsunagari.toml") in written
    assert all(Path(path).is_file() for path in written)
    invoke("build", "-w", tmp_path / "mine", "--strict")


def test_build_reports_issues_with_their_place(invoke: Invoke, built: Path, tmp_path: Path) -> None:
    workspace = shutil.copytree(built, tmp_path / "copy", ignore=shutil.ignore_patterns(".tsunagari"))
    path = workspace / "members.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([*lines, "ない団体" + "," * lines[0].count(",")]) + "\n", encoding="utf-8")
    rows = json.loads(invoke("build", "-w", workspace, "--format", "json").stdout)
    row = next(row for row in rows if row["file"] == "members.csv" and row["row"] == len(lines) + 1)
    assert row["severity"] == "error"
    assert row["hint"]
    invoke("build", "-w", workspace, "--strict", exit_code=1)
    invoke("check", "-w", workspace, exit_code=1)


def test_a_dry_run_builds_nothing(invoke: Invoke, built: Path, tmp_path: Path) -> None:
    workspace = shutil.copytree(built, tmp_path / "copy", ignore=shutil.ignore_patterns(".tsunagari"))
    invoke("build", "-w", workspace, "--dry-run")
    assert not (workspace / ".tsunagari").exists()


def test_without_inferences_there_are_fewer_members(invoke: Invoke, built: Path, tmp_path: Path) -> None:
    workspace = shutil.copytree(built, tmp_path / "copy", ignore=shutil.ignore_patterns(".tsunagari"))
    invoke("build", "-w", workspace, "--no-inferred", "-q")
    query = "SELECT (COUNT(*) AS ?n) { ?m a tsu:PlatformMembership }"
    counts = [
        json.loads(invoke("query", query, "-w", folder, "--format", "json").stdout)[0]["n"]
        for folder in (built, workspace)
    ]
    assert counts[0] - counts[1] == 67


def test_check_is_silent_about_sound_data(invoke: Invoke, built: Path) -> None:
    rows = json.loads(invoke("check", "-w", built, "--format", "json").stdout)
    assert not [row for row in rows if row["severity"] == "error"]


def test_a_graph_older_than_its_files_says_so(invoke: Invoke, built: Path, tmp_path: Path) -> None:
    workspace = shutil.copytree(built, tmp_path / "copy")
    with (workspace / "members.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert "members.csv" in invoke("gaps", "-w", workspace).stderr
    assert "members.csv" not in invoke("gaps", "-w", built).stderr


# ---- findings ----


def test_gaps_holds_the_full_cross_product(invoke: Invoke, built: Path) -> None:
    rows = read_csv(invoke("gaps", "-w", built, "--format", "csv").stdout)
    pairs = {(row["area_code"], row["field_id"]) for row in rows}
    assert len(pairs) == len(rows) == len({a for a, _ in pairs}) * 21


def test_gaps_narrows_to_areas_and_fields(invoke: Invoke, built: Path) -> None:
    args = ("--area", "鳥取市", "--area", "28585", "--field", "ひきこもり", "--format", "csv")
    rows = read_csv(invoke("gaps", "-w", built, *args).stdout)
    assert sorted(row["area"] for row in rows) == ["香美町", "鳥取市"]
    assert {row["field"] for row in rows} == {"ひきこもり"}


def test_gaps_shows_the_first_and_says_how_many_more(invoke: Invoke, built: Path) -> None:
    every = len(read_csv(invoke("gaps", "-w", built, "--format", "csv").stdout))
    done = invoke("gaps", "-w", built, "--top", 7)
    assert numbered(done.stdout) == 7
    assert f"{every - 7:,}" in done.stderr
    assert "--explain" in done.stderr
    assert numbered(invoke("gaps", "-w", built, "--all").stdout) == every


def numbered(text: str) -> int:
    """How many rows a table on the screen has: their last column is a number, further lines of a row have none."""
    return sum(line[-1].isdecimal() for line in text.splitlines() if line)


def test_gaps_can_be_put_together_by_prefecture(invoke: Invoke, built: Path) -> None:
    rows = read_csv(invoke("gaps", "-w", built, "--by", "prefecture", "--format", "csv").stdout)
    assert tuple(rows[0]) == rollup.COLUMNS
    assert len(rows) == len({row["area_id"] for row in rows}) * 21
    one = read_csv(invoke("gaps", "-w", built, "--by", "nation", "--field", "housing", "--format", "csv").stdout)
    assert [row["area"] for row in one] == ["全国"]
    every = read_csv(invoke("gaps", "-w", built, "--broader", "--format", "csv").stdout)
    assert len(every) == len(read_csv(invoke("gaps", "-w", built, "--format", "csv").stdout))


def test_gaps_by_a_need_without_values_says_which_there_are(invoke: Invoke, built: Path) -> None:
    done = invoke("gaps", "-w", built, "--need", "population", exit_code=1)
    assert "population" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_scope_without_municipalities_says_how_to_name_some(invoke: Invoke, tmp_path: Path) -> None:
    settings = '[workspace]\ntitle = "架空"\nas_of = 2023-10-01\n[[source]]\nfile = "members.csv"\nkind = "members"\n'
    (tmp_path / "tsunagari.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "members.csv").write_text("団体名,プラットフォーム\n架空の会,架空の場\n", encoding="utf-8")
    invoke("build", "-w", tmp_path, "-q")
    for options in ((), ("--by", "prefecture")):
        done = invoke("gaps", "-w", tmp_path, *options)
        assert "対象の市区町村がありません" in done.stderr


def test_an_unknown_area_names_the_nearest(invoke: Invoke, built: Path) -> None:
    done = invoke("gaps", "-w", built, "--area", "鳥取し", exit_code=1)
    assert "鳥取市" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("group", GROUPS)
def test_brokers_can_be_grouped(invoke: Invoke, built: Path, group: str) -> None:
    rows = read_csv(invoke("brokers", "-w", built, "--group", group, "--format", "csv").stdout)
    assert rows[0]["rank"] == "1"
    assert rows[0]["sentence"]


@pytest.mark.parametrize("name", ["gaps", "brokers"])
@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_findings_come_in_every_format(
    invoke: Invoke, built: Path, tmp_path: Path, name: str, form: str, lang: str
) -> None:
    path = tmp_path / "out.txt"
    invoke(name, "-w", built, "--format", form, "--lang", lang, "-o", path)
    text = path.read_text(encoding="utf-8-sig")
    assert text.strip()
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") == (form == "csv")


def test_parquet_holds_every_column_with_its_type(invoke: Invoke, built: Path, tmp_path: Path) -> None:
    for name in ("gaps", "brokers"):
        invoke(name, "-w", built, "--format", "parquet", "-o", tmp_path / name)
        table, plain = (
            pd.read_parquet(tmp_path / name),
            json.loads(invoke(name, "-w", built, "--format", "json").stdout),
        )
        assert table.columns.tolist() == list(plain[0])
        assert len(table) == len(plain)
    ask = ("SELECT ?o (1 AS ?n) { VALUES ?o { 1 'あ' 2.5 } }", "-w", built)
    data = invoke("query", *ask, "-o", tmp_path / "out.parquet").stdout
    assert not data
    assert pd.read_parquet(tmp_path / "out.parquet").to_dict("list") == {"o": ["1", "あ", "2.5"], "n": [1, 1, 1]}


def test_the_suffix_chooses_the_format(invoke: Invoke, built: Path, tmp_path: Path) -> None:
    invoke("gaps", "-w", built, "-o", tmp_path / "gaps.json")
    assert json.loads((tmp_path / "gaps.json").read_text(encoding="utf-8"))


def test_options_of_the_root_may_stand_first(invoke: Invoke, built: Path) -> None:
    first = invoke("-w", built, "--lang", "en", "gaps", "--format", "csv").stdout
    assert first == invoke("gaps", "-w", built, "--lang", "en", "--format", "csv").stdout


def test_an_unwritable_output_is_one_line(invoke: Invoke, built: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name in ("gaps", "map", "report"):
        for output in (tmp_path, tmp_path / "file" / "x.csv"):
            done = invoke(name, "-w", built, "-o", output, exit_code=1)
            assert len(done.stderr.splitlines()) == 1 + done.stderr.count("深刻度 =")
            assert done.stderr.startswith("エラー")


# ---- questions ----


def test_ask_lists_the_questions_in_the_language(invoke: Invoke, built: Path) -> None:
    for lang in ("ja", "en"):
        rows = read_csv(invoke("ask", "-w", built, "--lang", lang, "--format", "csv").stdout)
        assert len(rows) >= 50
        assert all(row["theme"].isascii() and row["question"].isascii() for row in rows) == (lang == "en")


def test_ask_lists_the_questions_under_their_themes(invoke: Invoke, built: Path) -> None:
    shown = invoke("ask", "-w", built, "--lang", "en").stdout
    themes = {row["theme"] for row in read_csv(invoke("ask", "-w", built, "--lang", "en", "--format", "csv").stdout)}
    assert all(shown.count(theme) == 1 for theme in themes)
    assert "--help" not in shown
    assert len(shown.splitlines()) < 90


def test_ask_runs_a_question_with_its_parameters(invoke: Invoke, built: Path) -> None:
    args = ("partnership-members", "--partnership", "鳥取", "--at", "2023-10-01")
    rows = json.loads(invoke("ask", *args, "-w", built, "--format", "json").stdout)
    assert len(rows) == 7
    before = json.loads(invoke("-w", built, "ask", "--format", "json", *args[:-1], "2018-04-01").stdout)
    assert len(before) == 6


def test_a_question_explains_its_parameters(invoke: Invoke) -> None:
    text = invoke("ask", "partnership-members", "--help", "--lang", "en").stdout
    assert "--partnership" in text
    assert "--at" in text


def test_a_missing_or_unknown_question_or_name_is_explained(invoke: Invoke, built: Path) -> None:
    assert "partnership-members" in invoke("ask", "partnership-member", exit_code=2).stderr
    missing = invoke("ask", "partnership-members", "-w", built, exit_code=2).stderr
    assert "--partnership（圏域の名前" in missing
    assert "麒麟のまち" in missing  # an example from the graph
    done = invoke("ask", "partnership-members", "--partnership", "火星", "-w", built, exit_code=1)
    assert len(done.stderr.splitlines()) == 1


def test_a_question_of_the_workspace_is_listed_and_answered(invoke: Invoke, built: Path, tmp_path: Path) -> None:
    workspace = shutil.copytree(built, tmp_path / "copy")
    (workspace / "questions").mkdir(exist_ok=True)
    (workspace / "questions" / "mine.rq").write_text(
        "# name: mine\n# ja: 私の質問\n# en: My question\nSELECT (1 AS ?one) { }\n", encoding="utf-8"
    )
    assert "私の質問" in invoke("ask", "-w", workspace).stdout
    assert json.loads(invoke("ask", "mine", "-w", workspace, "--format", "json").stdout) == [{"one": 1}]


def test_query_takes_its_text_from_everywhere(invoke: Invoke, built: Path, tmp_path: Path) -> None:
    text = "SELECT (COUNT(?b) AS ?n) { ?b a tsu:Subcommittee }"
    path = tmp_path / "count.rq"
    path.write_text(text, encoding="utf-8-sig")
    answers = [
        invoke("query", *args, "-w", built, "--format", "json", stdin=stdin).stdout
        for args, stdin in (((text,), None), ((f"@{path}",), None), (("--file", path), None), (("-",), text))
    ]
    assert len(set(answers)) == 1
    assert json.loads(answers[0]) == [{"n": 3}]


@pytest.mark.parametrize(
    ("text", "word", "picture"),
    [
        ("SELECT ?a WHERE {\n ?a ?b \n}", "行", ["}", "^"]),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE", []),
        ("SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", "SERVICE", []),
    ],
)
def test_a_bad_query_is_one_line_and_where_it_helps_a_picture(
    invoke: Invoke, built: Path, text: str, word: str, picture: list[str]
) -> None:
    done = invoke("query", text, "-w", built, exit_code=1)
    assert word in done.stderr
    assert done.stderr.splitlines()[1:] == picture
    assert not done.stdout


def test_a_query_that_runs_away_is_stopped(invoke: Invoke, built: Path) -> None:
    many = "VALUES ?a { 0 1 2 3 4 5 6 7 8 9 } "
    product = " ".join(many.replace("?a", f"?v{index}") for index in range(18))
    done = invoke("query", f"SELECT ?v0 {{ {product} }}", "-w", built, "--timeout", "0.5", exit_code=1)
    assert "0.5 秒" in done.stderr
    done = invoke("query", f"SELECT ?v0 {{ {product} }}", "-w", built, "--limit", "3", "--format", "csv")
    assert len(done.stdout.splitlines()) == 4
    assert "--limit" in done.stderr


@pytest.mark.parametrize(("command", "function"), [("query", KnowledgeGraph.query), ("ask", KnowledgeGraph.ask)])
def test_limits_are_those_of_the_function(command: str, function: Callable[..., Any]) -> None:
    found = cli.get_command(click.Context(cli), command)
    assert found is not None
    defaults = {option.name: option.default for option in found.params if option.name in ("timeout", "limit")}
    parameters = inspect.signature(function).parameters
    assert defaults
    assert defaults == {name: parameters[name].default for name in defaults}


def test_query_wants_exactly_one_text(invoke: Invoke, built: Path) -> None:
    invoke("query", "-w", built, exit_code=2)
    invoke("query", "ASK {}", "--file", "x.rq", "-w", built, exit_code=2)
    assert "x.rq" in invoke("query", "@x.rq", "-w", built, exit_code=1).stderr


# ---- files ----


@pytest.mark.parametrize(("name", "file"), [("map", "map.html"), ("report", "report.xlsx")])
def test_pictures_are_written_and_their_place_is_printed(
    invoke: Invoke, built: Path, tmp_path: Path, name: str, file: str
) -> None:
    workspace = shutil.copytree(built, tmp_path / "copy")
    assert invoke(name, "-w", workspace).stdout.strip() == str(workspace / "out" / file)
    assert invoke(name, "-w", workspace, "-o", "-").stdout_bytes == (workspace / "out" / file).read_bytes()


def test_a_map_of_very_many_bodies_names_the_atlas(
    invoke: Invoke, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = invoke("map", "-w", built, "-o", tmp_path / "map.html")
    monkeypatch.setattr("tsunagari.viz.map.MOST_BODIES", 3)
    many = invoke("map", "-w", built, "-o", tmp_path / "map.html")
    assert ("tsunagari atlas" in few.stderr, "tsunagari atlas" in many.stderr) == (False, True)
    assert many.stdout == few.stdout


@pytest.mark.filterwarnings("ignore:.* extension is not supported")
def test_the_report_on_the_bundled_data_can_be_read_back(invoke: Invoke, built: Path, tmp_path: Path) -> None:
    invoke("report", "-w", built, "-o", tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "report.xlsx").read_bytes()))
    gaps = read_csv(invoke("gaps", "-w", built, "--format", "csv").stdout)
    assert book["空白一覧"].auto_filter.ref.endswith(str(book["空白一覧"].max_row))
    assert book["空白一覧"].max_row - int(book["空白一覧"].print_title_rows.rsplit("$", 1)[1]) == len(gaps)


@pytest.mark.parametrize("form", EXPORTS)
def test_export_gives_the_same_bytes_everywhere(invoke: Invoke, built: Path, tmp_path: Path, form: str) -> None:
    shown = invoke("export", form, "-w", built).stdout_bytes
    tables = export.FORMATS[form].family == "tables"
    path = tmp_path / ("tables.zip" if tables else f"graph{export.FORMATS[form].suffix}")
    assert invoke("export", form, "-w", built, "-o", path).stdout.strip() == str(path)
    assert path.read_bytes() == shown
    if tables:
        named = {"neo4j-csv": "import.sh", "parquet": "organizations.parquet"}
        first = named.get(form, "organizations.csv")
        assert first in zipfile.ZipFile(path).namelist()
    if form == "csv":
        invoke("export", form, "-w", built, "-o", tmp_path / "tables", "--excel")
        assert (tmp_path / "tables" / "organizations.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_export_of_a_network_of_its_own(invoke: Invoke, built: Path) -> None:
    assert invoke("export", "pajek", "-w", built, "--network", "ties").stdout.startswith("*Network ties\n")
    assert "graphml" in invoke("export", "csv", "-w", built, "--network", "ties", exit_code=1).stderr


# ---- the demo ----


def test_the_demo_shows_everything_and_can_be_run_again(invoke: Invoke, tmp_path: Path) -> None:
    out = tmp_path / "out"
    text = invoke("demo", "-o", out).stdout
    real, fiction = text.split("■ 架空の地域")
    for shown in (real, fiction):
        for part in ("読み込みの報告", "市区町村×分野", "深刻な空白", "→ 候補は", "つないでいる団体", "なくなると影響"):
            assert part in shown
    assert "架空" not in real
    assert "岩美町の「教育」に地元の担い手はなく" in fiction
    assert len(re.findall(r"→ 候補は\S*架空", fiction)) == SHOWN_GAPS
    assert fiction.count("仲介は架空") >= 1
    assert len(text.splitlines()) < 110
    for name in ("map.html", "report.xlsx", "graph.ttl", "practice-map.html", "practice-report.xlsx"):
        assert str(out / name) in text
        assert (out / name).stat().st_size > 10_000
    first = (out / "graph.ttl").read_bytes()
    edited = [out / folder / "tsunagari.toml" for folder in ("workspace", "practice")]
    for settings in edited:
        settings.write_text(settings.read_text(encoding="utf-8") + "\n# 直した\n", encoding="utf-8")
    again = invoke("demo", "--output", out)
    for settings in edited:
        assert str(settings) in "".join(again.stderr.split("\n"))
        assert settings.read_text(encoding="utf-8").endswith("# 直した\n")
    assert (out / "graph.ttl").read_bytes() == first


def test_the_demo_takes_its_own_folder_and_language(invoke: Invoke, tmp_path: Path) -> None:
    text = invoke("demo", tmp_path / "lists", "-o", tmp_path / "out", "--lang", "en").stdout
    assert "Most serious gaps" in text
    assert (tmp_path / "lists" / "tsunagari.toml").is_file()


def test_the_demo_does_not_write_into_a_strange_folder(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    done = invoke("demo", tmp_path, "-o", tmp_path / "out", exit_code=1)
    assert len(done.stderr.splitlines()) == 1


def test_stated_by_answers_from_the_sources_of_that_day(invoke: Invoke, built: Path) -> None:
    """The members of the local platforms of 2023 were not known in 2022."""
    query = "SELECT ?m { ?m a tsu:PlatformMembership }"
    early, late = (
        len(read_csv(invoke("query", query, "-w", built, "--stated-by", day, "--format", "csv").stdout))
        for day in ("2022-12-31", "2023-12-31")
    )
    assert 0 < early < late
    assert "来年" in invoke("gaps", "-w", built, "--stated-by", "来年", exit_code=2).stderr


def test_query_at_a_day_sees_what_holds_then(invoke: Invoke, built: Path) -> None:
    query = "SELECT ?m { ?m a tsu:PartnershipMembership }"
    early, late = (
        len(read_csv(invoke("query", query, "-w", built, "--at", day, "--format", "csv").stdout))
        for day in ("2017-01-01", "2023-10-01")
    )
    assert early < late
