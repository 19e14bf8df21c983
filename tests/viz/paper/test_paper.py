"""Every number of a paper opens exactly the rows that it counts, in every form it is written in."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pytest

from tsunagari.errors import OutputError, UnknownNameError
from tsunagari.graph.knowledge.build import build
from tsunagari.graph.knowledge.knowledge import KnowledgeGraph
from tsunagari.viz.paper import Paper, read_paper
from tsunagari.viz.paper.html import html_page
from tsunagari.viz.paper.paper import plain
from tsunagari.viz.paper.texts import csv_text, json_text, markdown_text
from tsunagari.viz.paper.word import word_file
from tsunagari.viz.paper.word_parts import bookmark
from tsunagari.viz.report.write import FORMS, write_each, write_report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Links(HTMLParser):
    """The links of a page with their texts, and how many rows say that a number counts them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.rows: list[str] = []
        self.ids: set[str] = set()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._href: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append((tag, named))
        if tag == "a":
            self._href = named.get("href")
        if tag == "tr" and named.get("data-in"):
            self.rows.append(str(named["data-in"]))
        if named.get("id"):
            self.ids.add(str(named["id"]))

    def handle_data(self, data: str) -> None:
        if self._href:
            self.links.append((self._href[1:], data.strip()))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._href = None


def in_html(paper: Paper) -> list[tuple[str, int, int]]:
    """What each link opens, its number, and the rows that are counted by it."""
    found = Links(html_page(paper))
    for target, _ in found.links:
        assert target in found.ids
    return [
        (target, int(number.replace(",", "")), sum(target in row.split() for row in found.rows))
        for target, number in found.links
    ]


def in_word(paper: Paper) -> list[tuple[str, int, int]]:
    with zipfile.ZipFile(io.BytesIO(word_file(paper))) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    spans, opened = {}, {}
    rows = list(root.iter(f"{W}tr"))
    for number, row in enumerate(rows):
        for start in row.iter(f"{W}bookmarkStart"):
            opened[start.get(f"{W}id")] = (start.get(f"{W}name"), number)
        for end in row.iter(f"{W}bookmarkEnd"):
            name, first = opened[end.get(f"{W}id")]
            spans[name] = number - first + 1
    return [
        (anchor, int("".join(link.itertext()).replace(",", "")), spans[anchor])
        for link in root.iter(f"{W}hyperlink")
        if (anchor := str(link.get(f"{W}anchor")))
    ]


def in_json(paper: Paper) -> list[tuple[str, int, int]]:
    told = json.loads(json_text(paper))
    spans = {key: len(found["rows"]) for key, found in told["lists"].items()}
    for found in told["lists"].values():
        spans |= {key: after - first for key, (first, after) in found["spans"].items()}
    counts = [count for sentence in told["conclusion"] for count in sentence["counts"]]
    return [(count["rows"], count["number"], spans[count["rows"]]) for count in counts]


def in_markdown(paper: Paper) -> list[tuple[str, int, int]]:
    text = markdown_text(paper)
    anchors = {match[1]: match.start() for match in re.finditer(r'<a id="([\w-]+)">', text)}
    found = []
    for number, target in re.findall(r"\[([\d,]+)\]\(#([\w-]+)\)", text):
        below = text[anchors[target] :]
        if target.startswith("gaps-") and target != "gaps-open":
            head = re.match(r'<a id="[\w-]+"></a>.* \(([\d,]+)\)', below)
            assert head is not None
            table = re.split(r"\n\n", below, maxsplit=2)[1]
            assert int(head[1].replace(",", "")) == len(table.splitlines()) - 2
            found.append((target, int(number.replace(",", "")), len(table.splitlines()) - 2))
    return found


@pytest.mark.parametrize("read", [in_html, in_word, in_json, in_markdown])
@pytest.mark.parametrize("areas", [None, ["鳥取市"], ["岩美町", "八頭町"]])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_number_opens_exactly_what_it_counts(
    region: KnowledgeGraph, read: Callable[[Paper], list[tuple[str, int, int]]], areas: list[str] | None, lang: str
) -> None:
    paper = read_paper(region.about(areas), lang=lang, pictured=read in (in_html, in_word))
    found = read(paper)
    assert [number for _, number, _ in found] == [rows for _, _, rows in found]
    if read in (in_html, in_word):
        wanted = [count for count in paper.counts() if paper.opens(count)]
        assert len(found) == len(wanted) >= 5
        assert sorted(number for _, number, _ in found) == sorted(count.number for count in wanted)
    if read is in_word:
        assert {target for target, _, _ in found} == {bookmark(count.target) for count in wanted}


def test_the_counts_are_those_of_the_graph(region: KnowledgeGraph) -> None:
    paper, gaps = read_paper(region), region.gaps()
    by_status = gaps["status"].value_counts()
    assert {key: count.number for _, count, key in paper.statuses} == {
        key: int(by_status.get(key, 0)) for _, _, key in paper.statuses
    }
    for count in paper.counts():
        found = paper.find(count.target)
        assert found is not None
        listing, rows = found
        if count.target.startswith("gaps-") and count.target != "gaps-open":
            assert set(listing.frame["status"].iloc[rows]) <= {count.target.removeprefix("gaps-")}
    brokers = region.brokers()
    assert len(paper.lists[1].frame) == (brokers["brokerage"] > 0).sum()
    cut = paper.find("losses-cut")
    assert cut is not None
    assert len(cut[1]) == region.loss()["is_cut_point"].sum()


def test_page_one_has_what_a_council_looks_for(region: KnowledgeGraph) -> None:
    heads = {
        "ja": ("結論", "図", "主な空白と候補", "主な橋渡し団体", "読むときの注意", "出典"),
        "en": ("Conclusion", "Figure", "main gaps", "main brokers", "not to read", "Sources"),
    }
    for lang in ("ja", "en"):
        made = docx.Document(io.BytesIO(word_file(read_paper(region, lang=lang))))
        text = " ".join(paragraph.text for paragraph in made.paragraphs)
        assert all(head in text for head in heads[lang])
        assert "tsunagari" not in text.lower()
        assert len([sentence for sentence in read_paper(region, lang=lang).conclusion if sentence]) == 3
    assert "令和7年4月1日時点" in html_page(read_paper(region))


def test_a_page_loads_and_runs_nothing_whatever_names_there_are(region: KnowledgeGraph) -> None:
    page = html_page(read_paper(region))
    found = Links(page)
    assert not {tag for tag, _ in found.tags} & {"script", "img", "iframe", "link", "object", "form", "b"}
    assert all(str(attrs["href"]).startswith("#") for tag, attrs in found.tags if "href" in attrs)
    assert not [name for _, attrs in found.tags for name in attrs if name.startswith("on")]
    policy = next(attrs["content"] for tag, attrs in found.tags if "http-equiv" in attrs)
    assert str(policy).startswith("default-src 'none'; style-src 'sha256-")
    assert "http://x.example" in page  # as text
    assert "\u202e" not in page
    assert "\u200b" not in page


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_the_same_bytes_again_and_holds_no_turned_text(
    region: KnowledgeGraph, tmp_path: Path, form: str
) -> None:
    first, second = (write_report(region, tmp_path / f"{name}.{form}").read_bytes() for name in "ab")
    assert first == second
    if form in ("docx", "html", "md"):
        text = first if form != "docx" else zipfile.ZipFile(io.BytesIO(first)).read("word/document.xml")
        assert "\u202e".encode() not in text


def test_csv_and_json_hold_every_cell_with_every_column(region: KnowledgeGraph) -> None:
    paper = read_paper(region)
    told = json.loads(json_text(paper))["lists"]["gaps"]["rows"]
    assert len(told) == len(region.gaps()) == len(csv_text(paper).splitlines()) - 1
    assert {"area_code", "field_id", "provider_ids", "evidence", "candidates"} <= told[0].keys()


def test_a_municipality_is_one_page_and_each_writes_them_all(region: KnowledgeGraph, tmp_path: Path) -> None:
    paper = read_paper(region.about(["鳥取市"]))
    assert paper.is_brief
    assert paper.title.endswith("鳥取市")
    written = write_each(region, tmp_path / "pages", form="html")
    assert [path.name for path in written] == [
        "31201_鳥取市.html",
        "31302_岩美町.html",
        "31325_若桜町.html",
        "31328_智頭町.html",
        "31329_八頭町.html",
    ]
    assert "架空の輪" in written[1].read_text(encoding="utf-8")


def test_who_works_widely_is_told_apart_from_who_is_there(tmp_path: Path) -> None:
    rows = "窓口名,提供団体,活動分野,対象区域\n架空の窓口,架空の会,就労,鳥取県\n架空の相談,架空の輪,就労,鳥取市\n"
    (tmp_path / "services.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "tsunagari.toml").write_text(
        '[workspace]\ntitle = "架空"\nas_of = 2025-04-01\n[scope]\nareas = ["鳥取市", "岩美町"]\n'
        '[[source]]\nfile = "services.csv"\nkind = "services"\n',
        encoding="utf-8",
    )
    with build(tmp_path) as kg:
        gaps = read_paper(kg).lists[0].frame.set_index(["area", "field"])["providers"]
        alone = read_paper(kg.about(["鳥取市"], fields=["経済・就労"]))
    assert gaps["鳥取市", "経済・就労"] == ["架空の輪", "架空の会（広域）"]
    assert gaps["岩美町", "経済・就労"] == ["架空の会"]  # its status says it
    assert [column.name for column in alone.front[0].columns][:3] == ["field", "status_mark", "providers"]


def test_page_one_has_no_column_that_nothing_stands_in(region: KnowledgeGraph) -> None:
    whole = {column.name for column in read_paper(region).front[0].columns}
    paper = read_paper(region.about(["鳥取市"], fields=["介護"]))  # two bodies offer it there
    assert "candidates" in whole
    assert not {"candidates", "broker"} & {column.name for column in paper.front[0].columns}


def test_a_letterhead_keeps_its_header_and_a_wrong_one_is_one_clear_line(
    region: KnowledgeGraph, tmp_path: Path
) -> None:
    letter = docx.Document()
    letter.sections[0].header.paragraphs[0].text = "架空市 福祉部"
    letter.add_paragraph("議会資料")
    letter.save(str(tmp_path / "letter.docx"))
    made = docx.Document(str(write_report(region, tmp_path / "out.docx", template=tmp_path / "letter.docx")))
    assert made.sections[0].header.paragraphs[0].text == "架空市 福祉部"
    assert made.paragraphs[0].text == "議会資料"
    again = write_report(region, tmp_path / "again.docx", template=tmp_path / "out.docx")  # a report as a letterhead
    assert len(docx.Document(str(again)).paragraphs) > len(made.paragraphs)
    (tmp_path / "no.docx").write_text("ただの文章", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "zip.docx", "w") as archive:
        archive.writestr("a.txt", "a")
    for wrong in ("no.docx", "zip.docx", "none.docx", "."):
        with pytest.raises(OutputError):
            write_report(region, tmp_path / "x.docx", template=tmp_path / wrong)
    with pytest.raises(OutputError):
        write_report(region, tmp_path / "x.html", template=tmp_path / "letter.docx")
    assert not (tmp_path / "x.docx").exists()


def test_an_ending_that_stands_for_no_form_is_refused(region: KnowledgeGraph, tmp_path: Path) -> None:
    for name in ("report.pdf", "report", "report.doc"):
        with pytest.raises(UnknownNameError):
            write_report(region, tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_nothing_to_tell_is_told(region: KnowledgeGraph, lang: str) -> None:
    nothing = read_paper(region.about([]), lang=lang)
    assert plain(nothing.conclusion[0])
    assert not nothing.is_brief
    for make in (html_page, word_file, markdown_text, json_text, csv_text):
        assert make(nothing)
    early = read_paper(region, at="1900-01-01", lang=lang)
    assert html_page(early)
    assert read_paper(region.about(["鳥取市"], ["介護"]), lang=lang).statuses


def test_a_paper_holds_the_map_as_a_picture_with_its_sources_below(region: KnowledgeGraph) -> None:
    paper = read_paper(region, pictured=True)
    assert paper.picture is not None
    page = html_page(paper)
    assert f'src="data:image/png;base64,{base64.b64encode(paper.picture.png).decode()}"' in page
    below = page[page.index("data:image/png") :]
    assert below.index(paper.picture.note) < below.index("出典:") < below.index("</section>")
    with zipfile.ZipFile(io.BytesIO(word_file(paper))) as archive:
        held = [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]
        text = archive.read("word/document.xml").decode()
    assert held == [paper.picture.png]
    assert 'descr="図　つながりの地図"' in text
    assert text.index("図　つながりの地図") < text.index(paper.picture.note)
    assert read_paper(region.about(["鳥取市"]), pictured=True).picture is None  # one page has no room for it


def test_the_numbers_of_a_municipalitys_workbook_select_the_rows_they_count(
    region: KnowledgeGraph, tmp_path: Path
) -> None:
    opened = 0
    for path in write_each(region, tmp_path / "pages", form="xlsx"):
        (sheet,) = openpyxl.load_workbook(path).worksheets
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink):
            name, _, cells = str(cell.hyperlink.location).rpartition("!")
            first, last, *_ = (int(number) for number in re.findall(r"\d+", cells))
            assert name == f"'{sheet.title}'"
            assert last - first + 1 == cell.value
            rows = range(first, last + 1)
            statuses = {str(sheet.cell(row, 2).value) for row in rows}
            label = str(sheet.cell(cell.row, 1).value)
            if label[:1] in "◎○△×?" and cell.column == 2:
                assert statuses == {label}
            opened += 1
    assert opened >= 10
