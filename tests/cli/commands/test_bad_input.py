"""Whatever is asked of whatever graph: a documented result, or one clear line in the reader's language and no file."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.cli.conftest import Invoke, run

LANGUAGES = ("ja", "en")
SETTINGS = '[workspace]\ntitle = "架空"\nas_of = 2025-04-01\n[scope]\nareas = {areas}\n'
PLATFORMS = "プラットフォーム名,ID\n架空の場,pf\n"
TIES = """\
連携元,連携先,強さ,連携の種類
架空の会,架空の会,1,情報共有
架空の会,架空の輪,-2,情報共有
架空の会,架空の輪,0,情報共有
架空の輪,架空の会,たくさん,情報共有
架空の輪,架空の木,inf,情報共有
架空の会,架空の木,強い,情報共有
"""
TURTLE = """\
@prefix id: <https://w3id.org/tsunagari/id/> . @prefix tsu: <https://w3id.org/tsunagari/ont#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix org: <http://www.w3.org/ns/org#> .
id:a a org:Organization ; skos:prefLabel "架空のあ"@ja .
id:b a org:Organization ; skos:prefLabel "架空のい"@ja .
id:ab a tsu:CollaborationTie ; tsu:tieFrom id:a ; tsu:tieTo id:b ; tsu:strength -2.5 .
id:aa a tsu:CollaborationTie ; tsu:tieFrom id:a ; tsu:tieTo id:a .
"""
THREE = "団体名,市区町村\n架空の会,鳥取市\n架空の輪,岩美町\n架空の木,鳥取市\n"
EDITS = "action,what,organization,other,field,area\nremove,organization,架空の怪,,,\n"
QUERY = "SELECT ?v0 { " + " ".join(f"VALUES ?v{n} {{ 0 1 2 3 4 5 6 7 8 9 }}" for n in range(18)) + " }"


def workspace(folder: Path, *, areas: str = '["鳥取市", "岩美町"]', **lists: str) -> Path:
    folder.mkdir()
    text = SETTINGS.format(areas=areas)
    for kind, content in {"platforms": PLATFORMS, **lists}.items():
        file = f"{kind}.ttl" if kind == "rdf" else f"{kind}.csv"
        (folder / file).write_text(content, encoding="utf-8")
        further = 'platform = "架空の場"\n' if kind == "members" else ""
        text += f'[[source]]\nfile = "{file}"\nkind = "{kind}"\n{further}'
    (folder / "tsunagari.toml").write_text(text, encoding="utf-8")
    run("build", "-w", folder, "-q")
    return folder


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Graphs of every awkward shape, built by the command."""
    folder = tmp_path_factory.mktemp("shapes")
    return {
        "empty": workspace(folder / "empty", members="団体名,市区町村\n"),
        "one": workspace(folder / "one", members="団体名,市区町村\n架空の会,鳥取市\n"),
        "isolated": workspace(folder / "isolated", organizations=THREE),
        "no scope": workspace(folder / "no-scope", areas="[]", members="団体名\n架空の会\n"),
        "bad ties": workspace(folder / "ties", members=THREE, ties=TIES),
        "negative": workspace(folder / "negative", rdf=TURTLE),
    }


# ---- results that are documented ----

NO_MUNICIPALITY = ("対象の市区町村がありません", "The scope has no municipality")
NO_ROWS = ("該当する行はありません", "No rows")
TOO_EARLY = ("どの記載の日付よりも前です", "is before every date")
NO_TIES = ("つながりの記載がありません", "No source says whom")
NOBODY_BETWEEN = ("間には立っていません", "stands between others")
ANSWERS = [
    ("empty", "brokers", NO_ROWS),
    ("empty", "brokers --group platform --network members", NO_ROWS),
    ("empty", "gaps --field ひきこもり", ("未調査", "not known")),
    ("empty", "gaps --by nation --broader", ("未調査", "not known")),
    ("empty", "diff --since 2020-01-01", ("変化はありません", "nothing changed")),
    ("empty", "check", ("見出しのほかの行がありません", "has no rows below its header")),
    ("one", "brokers", NOBODY_BETWEEN),
    ("one", "brokers --all --explain", NO_TIES),
    ("one", "brokers --group municipality --network comembers", NOBODY_BETWEEN),
    ("one", "diff --since 1900-01-01 --at 1901-01-01", TOO_EARLY),
    ("isolated", "brokers", NOBODY_BETWEEN),
    ("isolated", "brokers --group sector --all", ("区分不明", "group not known")),
    ("isolated", "gaps --at 1900-01-01", TOO_EARLY),
    ("isolated", "brokers --stated-by 1900-01-01", ("日付のない資料だけで", "only on sources without a date")),
    ("no scope", "gaps", NO_MUNICIPALITY),
    ("no scope", "gaps --by prefecture", NO_MUNICIPALITY),
    ("no scope", "brokers --group prefecture", NOBODY_BETWEEN),
    ("bad ties", "brokers --network ties --all --explain", ("取り持つ位置にはありません", "It does not stand between")),
    ("negative", "gaps --field ひきこもり", ("未調査", "not known")),
    ("empty", "remedies --field ひきこもり", ("（候補なし）", "(nobody known)")),
    ("empty", "remedies --scope", ("届く範囲にありません", "Nobody within reach")),
    ("empty", "loss", NO_ROWS),
    ("empty", "centrality", NO_ROWS),
    ("one", "remedies --scope", ("届く範囲にありません", "Nobody within reach")),
    ("one", "loss 架空の会", ("失われるものはありません", "Nothing would be lost")),
    ("one", "centrality betweenness --network ties --explain", NO_TIES),
    ("isolated", "loss --explain", ("なくなっても", "Without")),
    ("isolated", "centrality degree constraint --group platform --explain", NO_TIES),
    ("isolated", "remedies --at 1900-01-01", TOO_EARLY),
    ("no scope", "remedies", NO_MUNICIPALITY),
    ("no scope", "remedies --scope", NO_MUNICIPALITY),
    ("no scope", "loss", NO_MUNICIPALITY),
    ("bad ties", "loss 架空の会", ("唯一のつながりになる団体", "have only one connection left")),
    ("negative", "loss 架空のあ", ("失われるものはありません", "Nothing would be lost")),
    ("isolated", f"query '{QUERY}' --limit 3", ("まだ続きがあります", "There are more rows")),
]


def words(text: str) -> str:
    """The text without the line breaks and blanks that the width of a screen puts into it."""
    return "".join(text.split())


@pytest.mark.parametrize(("shape", "command", "said"), ANSWERS)
def test_an_awkward_graph_gives_a_documented_result(
    invoke: Invoke, graphs: dict[str, Path], shape: str, command: str, said: tuple[str, str]
) -> None:
    for lang, text in zip(LANGUAGES, said, strict=True):
        assert words(text) in words(invoke(*shlex.split(command), "-w", graphs[shape], "--lang", lang).output)


@pytest.mark.parametrize("shape", ["empty", "one", "isolated", "no scope", "bad ties"])
def test_an_awkward_graph_has_a_map_a_report_and_every_export(
    invoke: Invoke, graphs: dict[str, Path], tmp_path: Path, shape: str
) -> None:
    invoke("map", "-w", graphs[shape], "-o", tmp_path / "map.html")
    for ending in ("xlsx", "docx", "html", "md", "json", "csv"):
        invoke("report", "-w", graphs[shape], "-o", tmp_path / f"report.{ending}")
    invoke("report", "-w", graphs[shape], "--at", "1900-01-01", "-o", tmp_path / "early.docx")
    for form in ("graphml", "pajek", "kumu", "turtle", "csv", "hsds"):
        invoke("export", form, "-w", graphs[shape], "-o", tmp_path / form)
    assert len(list(tmp_path.iterdir())) == 14


def test_wrong_ties_of_a_list_are_told_with_their_place_and_left_out(invoke: Invoke, graphs: dict[str, Path]) -> None:
    told = {
        "ja": [
            "ties.csv    2   連携元   架空の会",
            "「-2」は 0 より大きい数ではありません",
            "「0」は 0 より大きい数",
            "「たくさん」は数では",
        ],
        "en": ["ties.csv", "'-2' is no number greater than 0", "'0' is no number greater than 0", "'inf' is no number"],
    }
    for lang, texts in told.items():
        shown = invoke("check", "-w", graphs["bad ties"], "--lang", lang, exit_code=1).stdout
        assert not [text for text in texts if words(text) not in words(shown)]
    counted = invoke("query", "SELECT ?s { ?t tsu:strength ?s }", "-w", graphs["bad ties"], "--format", "csv").stdout
    assert counted.split() == ["s"]


# ---- refusals ----


@dataclass(frozen=True)
class Refusal:
    """A command that cannot be answered: what it says, and how it ends."""

    command: str
    ja: str
    en: str
    exit_code: int = 1
    shape: str = "isolated"


WEIGHTS = ("0 以上の有限の数でなければなりません", "must be a finite number of at least 0")
REFUSALS = [
    *(Refusal(command, *WEIGHTS, shape="negative") for command in ("brokers", "brokers --network ties", "map")),
    Refusal("check", "強さが 0 より大きい有限の数ではない", "is no finite number greater than 0", shape="negative"),
    Refusal("gaps --area 鳥取し", "近いもの: ", "Nearest: "),
    Refusal("gaps --by prefecture --area 鳥取し", "鳥取市", "鳥取市"),
    Refusal("gaps --field 子育", "子育て（childcare）", "childcare"),
    Refusal("gaps --need 人気", "値のある指標", "Indicators with values"),
    Refusal("gaps --at 2023-13-01", "日付として読めません", "is not a date", 2),
    Refusal("gaps --stated-by 昨日", "日付として読めません", "is not a date", 2),
    Refusal("gaps --top 0", "1 以上の整数を書いてください", "give a whole number of at least 1", 2),
    Refusal("gaps 鳥取市", "余分な引数があります: 鳥取市", "too many: 鳥取市", 2),
    Refusal("brokers --group 地域", "sector, class, municipality", "sector, class, municipality", 2),
    Refusal("brokers --network 友達", "collaboration, ties", "collaboration, ties", 2),
    Refusal("remedies --area 鳥取し", "鳥取市", "鳥取市"),
    Refusal("remedies --status ゼロ", "single, wide_only", "single, wide_only", 2),
    Refusal("remedies --limit 0", "1 以上の整数を書いてください", "give a whole number of at least 1", 2),
    Refusal("remedies --size 3", "--scope と一緒に", "go with --scope", 2),
    Refusal("remedies --scope --hops -1", "0 以上の整数を書いてください", "give a whole number of at least 0", 2),
    Refusal("loss 架空の怪", "近いもの: 架空の輪", "Nearest: 架空の輪"),
    Refusal("loss --need 人気", "値のある指標", "Indicators with values"),
    Refusal("centrality 中心", "使える指標: degree", "Measures: degree"),
    Refusal("centrality --network ties", *WEIGHTS, shape="negative"),
    Refusal("centrality --delta 1", "0 より大きく 1 より小さい数", "a number between 0 and 1", 2),
    Refusal("centrality --exact --epsilon 0.1", "どちらか一方だけ", "not both", 2),
    Refusal("report --since 昨年", "日付として読めません", "is not a date", 2),
    Refusal("scenario {edits}", "近いもの: 架空の輪", "Nearest: 架空の輪"),
    Refusal("scenario none.csv", "ファイル none.csv がありません", "There is no file none.csv"),
    Refusal("diff --since 2030", "日付として読めません", "is not a date", 2),
    Refusal("diff {none}", "フォルダーがありません", "There is no folder"),
    Refusal("ask platform-members", "パラメーターが足りません: --platform", "Missing parameter: --platform", 2),
    Refusal("ask platform-members --platform 火星の場", "架空の場", "架空の場"),
    Refusal("ask platform-member", "近いもの: platform-members", "Nearest: platform-members", 2),
    Refusal("query '{query}' --timeout 0.3", "0.3 秒", "0.3 s"),
    Refusal("query 'ASK {{}}' --timeout nan", "0 以上の数を書いてください", "give a number of at least 0", 2),
    Refusal("query 'ASK {{}}' --limit -1", "0 以上の整数を書いてください", "give a whole number of at least 0", 2),
    Refusal("query @none.rq", "ファイルがありません", "there is no such file"),
    Refusal("query 'SELECT'", "途中で終わっています", "stops too early"),
    Refusal("export pdf", "turtle, jsonld", "turtle, jsonld", 2),
    Refusal("export csv --network ties", "graphml", "graphml"),
]


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def edits(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "edits.csv"
    path.write_text(EDITS, encoding="utf-8")
    yield path
    assert {entry.name for entry in tmp_path.iterdir()} == {"edits.csv"}, "a half-written file"


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: f"{case.shape}: {case.command[:50]}")
def test_what_cannot_be_answered_is_refused_in_one_line_and_leaves_nothing(
    invoke: Invoke, graphs: dict[str, Path], edits: Path, case: Refusal
) -> None:
    folder = graphs[case.shape]
    before = tree(folder)
    command = shlex.split(case.command.format(edits=edits, none=edits.parent / "none", query=QUERY))
    name = {"map": "out.html", "report": "out.xlsx", "export": "out"}.get(command[0], "out.csv")
    output = () if command[0] == "check" else ("-o", edits.parent / name)
    for lang, text in zip(LANGUAGES, (case.ja, case.en), strict=True):
        done = invoke(*command, *output, "-w", folder, "--lang", lang, exit_code=case.exit_code)
        shown = done.stdout if command[0] == "check" else done.stderr
        assert words(text) in words(shown)
        assert "Traceback" not in done.output
        if command[0] != "check":
            assert not done.stdout
            assert sum(line.startswith(("エラー: ", "Error: ")) for line in done.stderr.splitlines()) == 1
    assert tree(folder) == before
