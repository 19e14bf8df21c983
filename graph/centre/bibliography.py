"""What to cite for tables of a graph: the works that define their measures, the graph, its sources and the program."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.metadata import version
from importlib.resources import files
from typing import Any, TypeVar

import pandas as pd

from tsunagari.errors import Message
from tsunagari.graph.centre.works import Work
from tsunagari.graph.facts import LoadReport

Table = TypeVar("Table", "pd.DataFrame", "pd.Series[Any]")
WORKS = "works"
"""Name in the ``attrs`` of a table under which it keeps the keys of the works that define what is in it."""
USES = ("measures", "estimates", "networks")
GRAPH_GENRE, PROGRAM_GENRE = Message("知識グラフ", "knowledge graph"), Message("ソフトウェア", "computer software")
DIGITS = 16  # of the SHA-256 that tells the files a graph is from


@dataclass(frozen=True, slots=True, repr=False)
class Bibliography:
    """A list of works. Printed it is one reference a line; in a notebook it is a list with links.

    Parameters
    ----------
    works
        The works in the order in which they are shown.
    """

    works: tuple[Work, ...]

    def __iter__(self) -> Iterator[Work]:
        return iter(self.works)

    def __len__(self) -> int:
        return len(self.works)

    def __str__(self) -> str:
        return "\n".join(work.text() for work in self.works)

    __repr__ = __str__

    def bibtex(self) -> str:
        """Return the text of a .bib file (UTF-8).

        >>> kg.cite(kg.centrality("degree")).bibtex().splitlines()[0]
        '@article{freeman-1978,'
        """
        return "\n\n".join(work.bibtex() for work in self.works) + "\n"

    def csl_json(self) -> str:
        """Return the text of a CSL-JSON file, which Zotero and Pandoc read.

        >>> json.loads(kg.cite(kg.centrality("degree")).csl_json())[0]["DOI"]
        '10.1016/0378-8733(78)90021-7'
        """
        return json.dumps([work.csl() for work in self.works], ensure_ascii=False, indent=1) + "\n"

    def table(self) -> pd.DataFrame:
        """Return one row a work: key, type, reference.

        >>> kg.cite().table().columns.tolist()
        ['key', 'type', 'reference']
        """
        rows = [(work.key, work.type, work.text()) for work in self.works]
        return pd.DataFrame(rows, columns=["key", "type", "reference"])

    def _repr_html_(self) -> str:
        return f"<ul>{''.join(f'<li>{_linked(work)}</li>' for work in self.works)}</ul>"


def _linked(work: Work) -> str:
    text, address = escape(work.text()), escape(work.link)
    return text.replace(address, f'<a href="{address}">{address}</a>') if address else text


def works_of(
    measures: Collection[str], *, estimated: Collection[str] = (), network: str | None = None
) -> tuple[str, ...]:
    """Return the keys of the works that define measures, those of their estimates and of the network's weights.

    Parameters
    ----------
    measures
        What is computed; a measure without a published definition has no work.
    estimated
        Those of them that are estimated from a sample.
    network
        Name of the network whose weights count; None where they do not.

    Examples
    --------
    >>> works_of(["betweenness"], estimated=["betweenness"], network="collaboration")
    ('freeman-1977', 'riondato-upfal-2018', 'newman-2001')
    """
    named = {"measures": measures, "estimates": estimated, "networks": () if network is None else (network,)}
    found = [work for use in USES for name in named[use] for work in _uses().get((use, name), ())]
    return tuple(dict.fromkeys(found))


def defined_by(table: Table, measures: Collection[str], **options: Any) -> Table:
    """Return a table or Series with the works of `works_of` in its ``attrs``, where `cite` finds them.

    Examples
    --------
    >>> import pandas as pd
    >>> defined_by(pd.Series([2.0], name="constraint"), ["constraint"]).attrs
    {'works': ['burt-1992']}
    """
    table.attrs[WORKS] = list(works_of(measures, **options))
    return table


def references(keys: Iterable[str]) -> list[str]:
    """Return the works with these keys as references in plain text.

    >>> references(["seidman-1983"])[0][:44]
    'Seidman, S. B. (1983). Network structure and'
    """
    return [published()[key].text() for key in keys]


def cite(
    tables: Iterable[pd.DataFrame | pd.Series[Any]], report: LoadReport, sources: pd.DataFrame, *, lang: str = "ja"
) -> Bibliography:
    """Return what a text that shows the tables of a graph should cite.

    Parameters
    ----------
    tables
        Tables and Series of the graph; those with published measures name their works in ``attrs``, which pandas keeps
        when columns or rows are chosen. A table without them (after ``merge``, or of no measure) adds nothing.
    report
        What was noted when the graph was built.
    sources
        The documents and files of the graph, as `KnowledgeGraph.sources` gives them.
    lang
        ``"ja"`` or ``"en"``, of the words that say what the graph and the program are.

    Returns
    -------
    The works of the tables in their order, each once; the graph, with the day it answers for and the first digits of
    the SHA-256 of the files it was built from; the documents that state something in it by
    title; the program with its version.

    Examples
    --------
    >>> [work.key for work in cite([kg.centrality("constraint")], LoadReport("Minutes", None), kg.sources.tail(3))]
    ['burt-1992', 'newman-2001', 'graph', 'source-1', 'tsunagari']
    """
    keys = dict.fromkeys(key for table in tables for key in table.attrs.get(WORKS, ()))
    of_methods = [published()[key] for key in keys]
    return Bibliography((*of_methods, _graph(report, lang), *_documents(sources), program(lang)))


@cache
def published() -> Mapping[str, Work]:
    """Return the publications that define what the package computes, by key.

    >>> published()["burt-1992"].issued
    '1992'
    """
    told = {name: {key: value for key, value in entry.items() if key not in USES} for name, entry in _entries().items()}
    return {key: Work(**{"key": key, **entry, "author": tuple(entry["author"])}) for key, entry in told.items()}


@cache
def _entries() -> Mapping[str, dict[str, Any]]:
    return tomllib.loads((files("tsunagari.graph.centre") / "references.toml").read_text(encoding="utf-8"))


@cache
def _uses() -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for key, entry in _entries().items():
        for use in USES:
            for name in entry.get(use, ()):
                found[use, name] = (*found.get((use, name), ()), key)
    return found


def _graph(report: LoadReport, lang: str) -> Work:
    day = report.as_of.isoformat() if report.as_of else ""
    listed = "".join(f"{digest} {name}\n" for name, digest in sorted(report.files.items()))
    digest = f"SHA-256 {hashlib.sha256(listed.encode()).hexdigest()[:DIGITS]}" if listed else ""
    return Work("graph", "dataset", report.title, issued=day, version=digest, genre=GRAPH_GENRE.text(lang))


def _documents(sources: pd.DataFrame) -> Iterator[Work]:
    stated = sources[sources["records"] > 0].fillna("").sort_values(["title", "issued", "document"])
    for number, row in enumerate(stated.to_dict("records"), start=1):
        author = (f"{{{row['publisher']}}}",) if row["publisher"] else ()
        url = row["file"] if "://" in row["file"] else ""
        yield Work(f"source-{number}", "document", row["title"], author, row["issued"], url=url)


def program(lang: str = "ja") -> Work:
    """Return this program as a work.

    >>> program("en").genre
    'computer software'
    """
    return Work("tsunagari", "software", "Tsunagari", version=version("tsunagari"), genre=PROGRAM_GENRE.text(lang))
