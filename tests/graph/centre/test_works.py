"""References of all sorts of works: in one line, as BibTeX, as CSL-JSON."""

from __future__ import annotations

import pytest

from tsunagari.graph.centre.works import Work

ARTICLE = Work(
    key="a-b-2001",
    type="article-journal",
    title="Ties & 100% of {them}",
    author=("van A, B. C.", "D, E."),
    issued="2001",
    container="Ties",
    volume="3",
    issue="4",
    page="5-6",
)


def test_an_article_in_one_line() -> None:
    assert ARTICLE.text() == "van A, B. C. & D, E. (2001). Ties & 100% of {them}. Ties 3(4), 5-6."


@pytest.mark.parametrize(
    ("work", "text"),
    [
        (Work("k", "book", "T", ("A, B.", "C, D.", "E, F."), "1999"), "A, B., C, D. & E, F. (1999). T."),
        (Work("k", "document", "議事録", ("{架空市}",), "2023-06-01"), "架空市 (2023-06-01). 議事録."),
        (
            Work("k", "document", "採択されました！", url="https://example.org/a"),
            "採択されました！ (n.d.). https://example.org/a",
        ),
        (Work("k", "document", "議事録", issued="令和5年度"), "議事録 (令和5年度)."),
        (Work("k", "software", "Program", version="1.2"), "Program [1.2]."),
        (
            Work("k", "dataset", "Graph", issued="2024-01-01", genre="graph", version="v"),
            "Graph [graph, v] (2024-01-01).",
        ),
    ],
)
def test_what_is_not_known_is_left_out(work: Work, text: str) -> None:
    assert work.text() == text


def test_bibtex_escapes_what_tex_would_read() -> None:
    assert ARTICLE.bibtex().splitlines() == [
        "@article{a-b-2001,",
        "  author = {van A, B. C. and D, E.},",
        r"  title = {{Ties \& 100\% of \{them\}}},",
        "  journal = {Ties},",
        "  volume = {3},",
        "  number = {4},",
        "  pages = {5--6},",
        "  year = {2001}",
        "}",
    ]
    hostile = Work("k", "document", r"a\b_c#d$e~f^g", ("{R&D, Inc. and Sons}",))
    assert r"{{a\textbackslash{}b\_c\#d\$e\textasciitilde{}f\textasciicircum{}g}}" in hostile.bibtex()
    assert r"author = {{R\&D, Inc. and Sons}}" in hostile.bibtex()


def test_bibtex_keeps_the_day_and_words_for_a_date() -> None:
    assert "  year = {2023},\n  note = {2023-06-01}" in Work("k", "document", "t", issued="2023-06-01").bibtex()
    assert "  note = {令和5年度}" in Work("k", "document", "t", issued="令和5年度").bibtex()


@pytest.mark.parametrize(
    ("issued", "told"),
    [
        ("2023", {"date-parts": [[2023]]}),
        ("2023-06", {"date-parts": [[2023, 6]]}),
        ("令和5年度", {"literal": "令和5年度"}),
        ("", None),
    ],
)
def test_dates_in_csl_are_as_exact_as_they_are_known(issued: str, told: object) -> None:
    assert Work("k", "document", "t", issued=issued).csl().get("issued") == told
