"""The table of formats, which feeds the look-up, the command line, the message for an unknown format and the page."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from tsunagari.atomic_files import Content
from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.export import rdf, tables
from tsunagari.graph.export.graphml import to_gexf, to_graphml
from tsunagari.graph.export.hsds import hsds_package
from tsunagari.graph.export.network_json import to_cytoscape, to_kumu
from tsunagari.graph.export.network_table import NetworkTable, network_table
from tsunagari.graph.export.options import Options
from tsunagari.graph.export.pajek import to_dl, to_pajek
from tsunagari.graph.export.statnet import statnet_files
from tsunagari.graph.facts import Reader
from tsunagari.graph.networks import DEFAULT_NETWORK
from tsunagari.graph.store import cannot_write, write_files, write_output

ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file can hold: no clock in outputs
Files = Mapping[str, Content]


@dataclass(frozen=True, slots=True)
class Format:
    """One export format.

    Parameters
    ----------
    suffix
        Usual ending of its files.
    family
        ``"rdf"`` (statements), ``"network"`` (one network, which may be chosen) or ``"tables"`` (a folder or a zip).
    title
        What it is.
    holds, loses
        What of the graph is in it, and what the format cannot hold.
    readers
        Programs that read it.
    write
        Makes the files: name to content; a format of one file calls it by the empty name, and a large one writes itself
        part by part.
    """

    suffix: str
    family: Literal["rdf", "network", "tables"]
    title: Message
    holds: Message
    loses: Message
    readers: str
    write: Callable[[Reader, Options], Files]


def export(
    reader: Reader,
    format_name: str,
    path: Path | str | None = None,
    *,
    network: str | None = None,
    at: str | None = None,
    lang: str = "ja",
    excel: bool = False,
) -> Path | bytes:
    """Write the graph in one of `FORMATS`.

    Parameters
    ----------
    reader
        The graph.
    format_name
        A key of `FORMATS`.
    path
        The file to write. The formats of tables are several files: a path that ends in ``.zip`` becomes one archive,
        any other a folder. None returns the content.
    network
        Which network of `tsunagari.graph.networks.networks.NETWORKS` to write, in the formats of networks; None takes
        the one that measures take. ``all`` is every relation of every status of claim; the others hold what is stated
        or inferred, as measures take it.
    at, lang, excel
        See `Options`.

    Returns
    -------
    The path, or the content (of tables: that of the archive) when no path is given. The same graph gives the same
    bytes.

    Raises
    ------
    UnknownNameError
        There is no such format or network, or the format does not hold one network.
    OutputError
        The place cannot be written; a file that stood there before is untouched.
    """
    if format_name not in FORMATS:
        raise UnknownNameError(
            Message(f"「{format_name}」という形式はありません。", f"There is no format {format_name!r}."),
            Message(f"次から選んでください: {', '.join(FORMATS)}", f"Choose one of: {', '.join(FORMATS)}"),
        )
    chosen = FORMATS[format_name]
    if network is not None and chosen.family != "network":
        raise _no_network(format_name)
    files = chosen.write(reader, Options(at, lang, network or DEFAULT_NETWORK, excel))
    if path is None:
        return _bytes(files[""]) if "" in files else _archive(files)
    target = Path(path)
    if "" in files:
        return write_output(target, files[""])
    return write_output(target, _archive(files)) if target.suffix.lower() == ".zip" else _write_folder(target, files)


def _no_network(format_name: str) -> UnknownNameError:
    having = ", ".join(name for name, item in FORMATS.items() if item.family == "network")
    return UnknownNameError(
        Message(
            f"{format_name} はグラフ全体を書き出すので、ネットワークは選べません。",
            f"{format_name} holds the whole graph; no network can be chosen.",
        ),
        Message(f"ネットワークを選べる形式: {having}", f"Formats of one network: {having}"),
    )


def _write_folder(folder: Path, files: Files) -> Path:
    if folder.exists() and not folder.is_dir():
        raise cannot_write(folder, NotADirectoryError())
    write_files({folder / name: data for name, data in files.items()})
    return folder


def _archive(files: Files) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, ZIP_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # else the bytes tell which system wrote them
            info.external_attr = 0o644 << 16
            archive.writestr(info, _bytes(data))
    return buffer.getvalue()


def _bytes(content: Content) -> bytes:
    if isinstance(content, bytes):
        return content
    if isinstance(content, Path):
        return content.read_bytes()
    buffer = io.BytesIO()
    content(buffer)
    return buffer.getvalue()


def _of_network(write: Callable[[NetworkTable], bytes]) -> Callable[[Reader, Options], Files]:
    return lambda reader, options: {"": write(network_table(reader, options))}


_NOTHING = Message("なし", "nothing")
_STATEMENTS = Message("すべての記載", "every statement")
_ATTRIBUTES = Message(
    "節点とつながりのすべての属性（一覧は「|」で連結）", "every attribute of nodes and ties (lists joined by |)"
)
_NO_EVIDENCE = Message(
    "証拠の箇所（つながりの evidence に記載の IRI のみ）、時点ごとの名称",
    "places of evidence (ties hold the IRIs of the statements), names by time",
)
_EVERY_TABLE = Message(
    "団体・プラットフォーム・会員・支援・つながり・地域・指標の表のすべての列",
    "every column of the tables of organisations, platforms, memberships, services, ties, areas and indicators",
)
_NO_STATEMENTS = Message("表にない記載（証拠の箇所など）", "statements outside the tables, such as places of evidence")

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "turtle": Format(
            ".ttl",
            "rdf",
            Message("RDF（Turtle）", "RDF (Turtle)"),
            _STATEMENTS,
            Message("どの出典のグラフにあるか", "which graph of a source a statement is in"),
            "rdflib, Protégé, Apache Jena, GraphDB",
            rdf.turtle,
        ),
        "jsonld": Format(
            ".jsonld",
            "rdf",
            Message("RDF（JSON-LD、出典ごとのグラフ）", "RDF (JSON-LD, a graph a source)"),
            Message("すべての記載とその出典のグラフ", "every statement and the graph of its source"),
            _NOTHING,
            "rdflib, pyld, Apache Jena",
            rdf.jsonld,
        ),
        "trig": Format(
            ".trig",
            "rdf",
            Message("RDF（TriG、出典ごとのグラフ）", "RDF (TriG, a graph a source)"),
            Message("すべての記載とその出典のグラフ", "every statement and the graph of its source"),
            _NOTHING,
            "rdflib, Apache Jena, GraphDB",
            rdf.trig,
        ),
        "nquads": Format(
            ".nq",
            "rdf",
            Message("RDF（N-Quads、1 行 1 記載）", "RDF (N-Quads, one statement a line)"),
            Message("すべての記載とその出典のグラフ", "every statement and the graph of its source"),
            _NOTHING,
            "rdflib, Apache Jena, QLever, Oxigraph",
            rdf.nquads,
        ),
        "graphml": Format(
            ".graphml",
            "network",
            Message("ネットワーク（yEd、Cytoscape、igraph など）", "network (yEd, Cytoscape, igraph)"),
            _ATTRIBUTES,
            _NO_EVIDENCE,
            "yEd, Cytoscape, Gephi, igraph, networkx",
            _of_network(to_graphml),
        ),
        "gexf": Format(
            ".gexf",
            "network",
            Message("ネットワーク（Gephi）", "network (Gephi)"),
            _ATTRIBUTES,
            _NO_EVIDENCE,
            "Gephi, networkx",
            _of_network(to_gexf),
        ),
        "pajek": Format(
            ".net",
            "network",
            Message("ネットワーク（Pajek）", "network (Pajek)"),
            Message(
                "名称、節点の属性（文字として）、つながりの重み、種類（線のラベル）",
                "names, node attributes (as text), weights of ties, their kinds (as line labels)",
            ),
            Message(
                "つながりのそのほかの属性、引用符・改行（似た文字や空白に置換）、数や真偽の型",
                "the other attributes of ties; quotation marks and line breaks (replaced); types of numbers and truth",
            ),
            "Pajek, igraph, networkx",
            _of_network(to_pajek),
        ),
        "dl": Format(
            ".dl",
            "network",
            Message("ネットワーク（UCINET DL）", "network (UCINET DL)"),
            Message("名称と重み", "names and weights"),
            Message(
                "そのほかの属性、種類（並行するつながりは重みを合計）、名称の空白と「,」「=」（「_」や全角に置換）",
                "all other attributes, kinds (weights of parallel ties are added), blanks , and = in names (replaced)",
            ),
            "UCINET, igraph",
            _of_network(to_dl),
        ),
        "kumu": Format(
            ".json",
            "network",
            Message("ネットワーク（Kumu の blueprint）", "network (Kumu blueprint)"),
            Message("すべての属性（一覧は一覧のまま）", "every attribute (lists stay lists)"),
            _NO_EVIDENCE,
            "Kumu",
            _of_network(to_kumu),
        ),
        "cytoscape": Format(
            ".cyjs",
            "network",
            Message("ネットワーク（Cytoscape JSON）", "network (Cytoscape JSON)"),
            Message("すべての属性（一覧は一覧のまま）", "every attribute (lists stay lists)"),
            _NO_EVIDENCE,
            "Cytoscape, Cytoscape.js, networkx",
            _of_network(to_cytoscape),
        ),
        "statnet": Format(
            ".zip",
            "network",
            Message("ネットワーク（R の statnet。表を再現するスクリプトつき）", "network (R statnet, with a script)"),
            Message(
                "名称・種類・セクター、向きごとのつながりと重み、全体と団体ごとの指標、"
                "それを sna で計算し直して比べる tables.R",
                "names, kinds, sectors; ties with weights, each direction one; the measures of the whole and of each"
                " body, and tables.R, which computes them anew with sna and compares",
            ),
            Message(
                "そのほかの属性、つながりの種類（並行するつながりは 1 本）",
                "all other attributes, kinds of ties (parallel ones are one)",
            ),
            "R (sna, network, ergm, RSiena)",
            statnet_files,
        ),
        "csv": Format(
            ".zip",
            "tables",
            Message("表（CSV）", "tables (CSV)"),
            _EVERY_TABLE,
            Message(
                "表にない記載、列の型（一覧は「、」で連結）",
                "statements outside the tables, types of columns (lists joined by 、)",
            ),
            "Excel, R, pandas",
            tables.csv_tables,
        ),
        "hxl": Format(
            ".zip",
            "tables",
            Message("HXL タグ付きの表（CSV）", "tables with HXL tags (CSV)"),
            _EVERY_TABLE,
            Message(
                "表にない記載、列の型（一覧は「|」で連結）",
                "statements outside the tables, types of columns (lists joined by |)",
            ),
            "libhxl, HXL Proxy, Humanitarian Data Exchange",
            tables.hxl_tables,
        ),
        "parquet": Format(
            ".zip",
            "tables",
            Message("表（Parquet）", "tables (Parquet)"),
            _EVERY_TABLE,
            _NO_STATEMENTS,
            "pandas, Arrow, DuckDB, Polars, R",
            tables.parquet_tables,
        ),
        "hsds": Format(
            ".zip",
            "tables",
            Message(
                "支援の案内の表（Open Referral HSDS 3.0 のデータパッケージ）",
                "services as Open Referral HSDS 3.0 (data package)",
            ),
            Message(
                "団体、法人番号、所在の市区町村、支援とその期間・地域・分野・対象・手段",
                "organisations, corporate numbers, municipalities; services, their period, area, field, audience",
            ),
            Message(
                "会員・役割・つながり、名称の読み、証拠、支援の提供者が複数であること（提供者ごとの支援になる）",
                "memberships, roles, ties, readings, evidence; a service of several providers becomes one for each",
            ),
            "Open Referral tools, Frictionless",
            hsds_package,
        ),
        "neo4j-csv": Format(
            ".zip",
            "tables",
            Message(
                "Neo4j の一括取り込み（neo4j-admin）の CSV と、取り込みのコマンド import.sh",
                "CSV for Neo4j's bulk importer (neo4j-admin) with its command line, import.sh",
            ),
            Message(
                "すべての記載とその出典のグラフ、人のための近道",
                "every statement and the graph of its source; shortcuts for people",
            ),
            _NOTHING,
            "Neo4j 5.26",
            tables.neo4j_files,
        ),
    }
)
