"""Exports: the graph in the formats of other programs, the same bytes each time.

`FORMATS` feeds everything: the look-up, the choices of the command line and the message for an unknown format.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyoxigraph as ox

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.frames import frame
from tsunagari.graph.graph_files import to_gexf, to_graphml
from tsunagari.graph.jsonld import to_jsonld
from tsunagari.graph.networks import network
from tsunagari.graph.output import cannot_write, write_output
from tsunagari.graph.snapshot import quads_at
from tsunagari.graph.things import Reader
from tsunagari.ontology.namespaces import BASE, ID, PREFIXES, SCHEME

TABLES = ("organizations", "memberships", "services", "ties", "areas")
ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file can hold: no clock in outputs
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Options:
    """What an export may be asked for; each format takes what concerns it.

    Parameters
    ----------
    at
        ISO date on which things shall hold; None takes every time.
    lang
        Language of labels.
    excel
        Whether CSV is made for Excel: a byte order mark, and text that looks like a formula kept from being one.
    """

    at: str | None = None
    lang: str = "ja"
    excel: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """One export format.

    Parameters
    ----------
    suffix
        Usual ending of its files.
    title
        What it is.
    write
        Makes the files: name to content; a format of one file calls it by the empty name.
    """

    suffix: str
    title: Message
    write: Callable[[Reader, Options], Mapping[str, bytes]]


def export(
    reader: Reader,
    format_name: str,
    path: Path | str | None = None,
    *,
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
        The file to write. CSV is several files: a path that ends in ``.zip`` becomes one archive, any other a folder.
        None returns the content.
    at, lang, excel
        See `Options`.

    Returns
    -------
    The path, or the content (CSV: that of the archive) when no path is given. The same graph gives the same bytes.

    Raises
    ------
    UnknownNameError
        There is no such format.
    OutputError
        The place cannot be written; a file that stood there before is untouched.
    """
    if format_name not in FORMATS:
        raise UnknownNameError(
            Message(f"「{format_name}」という形式はありません。", f"There is no format {format_name!r}."),
            Message(f"次から選んでください: {', '.join(FORMATS)}", f"Choose one of: {', '.join(FORMATS)}"),
        )
    files = FORMATS[format_name].write(reader, Options(at, lang, excel))
    if path is None:
        return files[""] if "" in files else _archive(files)
    target = Path(path)
    if "" in files:
        return write_output(target, files[""])
    return write_output(target, _archive(files)) if target.suffix.lower() == ".zip" else _write_folder(target, files)


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    if folder.exists() and not folder.is_dir():
        raise cannot_write(folder, NotADirectoryError())
    for name, data in files.items():
        write_output(folder / name, data)
    return folder


def _archive(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, ZIP_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # else the bytes tell which system wrote them
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def sorted_quads(reader: Reader, options: Options) -> list[ox.Quad]:
    """Return the quads by graph, subject, predicate and object."""
    return sorted(
        quads_at(reader, options.at),
        key=lambda quad: (quad.graph_name.value, quad.subject.value, quad.predicate.value, str(quad.object)),  # type: ignore[union-attr]
    )


def _turtle(reader: Reader, options: Options) -> Mapping[str, bytes]:
    triples = {quad.triple for quad in quads_at(reader, options.at)}
    ordered = sorted(triples, key=lambda triple: (triple.subject.value, triple.predicate.value, str(triple.object)))  # type: ignore[union-attr]
    return {"": _serialize(ordered, ox.RdfFormat.TURTLE)}


def _trig(reader: Reader, options: Options) -> Mapping[str, bytes]:
    return {"": _serialize(sorted_quads(reader, options), ox.RdfFormat.TRIG)}


def _serialize(statements: Sequence[ox.Quad] | Sequence[ox.Triple], rdf_format: ox.RdfFormat) -> bytes:
    return ox.serialize(statements, format=rdf_format, prefixes=_prefixes(statements)) or b""


def _prefixes(statements: Sequence[ox.Quad] | Sequence[ox.Triple]) -> dict[str, str]:
    """Return prefixes that leave plain names: one for each kind of thing and each concept scheme that is named."""
    prefixes = {name: iri for name, iri in PREFIXES.items() if iri not in (ID, SCHEME)}
    for statement in statements:
        found = _PLAIN.fullmatch(statement.subject.value)  # type: ignore[union-attr]
        if found:
            prefixes[f"{found['base']}-{found['segment']}"] = found["namespace"]
    return prefixes


_PLAIN = re.compile(rf"(?P<namespace>{re.escape(BASE)}(?P<base>id|scheme)/(?P<segment>[a-z][a-z0-9-]*)/)[\w-]+")


def _jsonld(reader: Reader, options: Options) -> Mapping[str, bytes]:
    return {"": to_jsonld(sorted_quads(reader, options))}


def _graphml(reader: Reader, options: Options) -> Mapping[str, bytes]:
    return {"": to_graphml(_everything(reader, options))}


def _gexf(reader: Reader, options: Options) -> Mapping[str, bytes]:
    return {"": to_gexf(_everything(reader, options))}


def _everything(reader: Reader, options: Options) -> Any:
    return network(reader, "all", at=options.at, statuses=None, lang=options.lang)


def _csv(reader: Reader, options: Options) -> Mapping[str, bytes]:
    return {f"{name}.csv": _table(reader, name, options) for name in TABLES}


def _table(reader: Reader, name: str, options: Options) -> bytes:
    table = frame(reader, name, at=options.at, lang=options.lang)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n" if options.excel else "\n")
    writer.writerow(table.columns)
    for row in table.itertuples(index=False):
        writer.writerow([_cell(value, options) for value in row])
    return buffer.getvalue().encode("utf-8-sig" if options.excel else "utf-8")


def _cell(value: Any, options: Options) -> str:
    import pandas as pd

    if isinstance(value, list):
        text = "、".join(map(str, value))
    elif value is None or pd.isna(value):
        return ""
    elif isinstance(value, bool):
        text = "true" if value else "false"
    else:
        text = f"{value:g}" if isinstance(value, float) else str(value)
    return f"'{text}" if options.excel and text.startswith(FORMULA_STARTS) else text


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "turtle": Format(".ttl", Message("RDF（Turtle）", "RDF (Turtle)"), _turtle),
        "jsonld": Format(
            ".jsonld", Message("RDF（JSON-LD、出典ごとのグラフ）", "RDF (JSON-LD, a graph a source)"), _jsonld
        ),
        "trig": Format(".trig", Message("RDF（TriG、出典ごとのグラフ）", "RDF (TriG, a graph a source)"), _trig),
        "graphml": Format(
            ".graphml", Message("ネットワーク（yEd、Cytoscapeなど）", "network (yEd, Cytoscape)"), _graphml
        ),
        "gexf": Format(".gexf", Message("ネットワーク（Gephi）", "network (Gephi)"), _gexf),
        "csv": Format(".zip", Message("表（フォルダーまたはzip）", "tables (folder or zip)"), _csv),
    }
)
