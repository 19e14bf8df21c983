"""A graph on a SPARQL server: each named graph replaced whole and read back, what is gone deleted.

Which graphs were published is noted on the server, in a graph of its own that readers leave out. The note is written
before the first graph and after the last one, so that whatever was cut off is finished by the next publication.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
import pyoxigraph as ox

from tsunagari.errors import Message, StoreError
from tsunagari.graph.store import Access, GraphStore
from tsunagari.ontology.namespaces import DCT, ID, PUBLICATION_GRAPH, XSD

Progress = Callable[[str, int, int], None]
PUBLICATION = f"{ID}publication"
TITLE, PART = ox.NamedNode(f"{DCT}title"), ox.NamedNode(f"{DCT}hasPart")
COMPARING, WRITING = Message("照合", "comparing"), Message("送信", "sending")
_FRACTION = re.compile(r"(:\d\d\.\d*?)0+(?!\d)")  # of a second, with zeros at its end
COLUMNS = ("graph", "action", "here", "there")


@dataclass(frozen=True, slots=True)
class Note:
    """What a server notes of the last publication: the title of the workspace, and the graphs."""

    title: str
    graphs: frozenset[str]

    def triples(self) -> list[ox.Triple]:
        """Return the note in RDF."""
        subject = ox.NamedNode(PUBLICATION)
        parts = [ox.Triple(subject, PART, ox.NamedNode(graph)) for graph in sorted(self.graphs)]
        return [ox.Triple(subject, TITLE, ox.Literal(self.title)), *parts]


def publish(
    quads: Iterable[ox.Quad],
    title: str,
    url: str,
    *,
    access: Access | None = None,
    dry_run: bool = False,
    replace: bool = False,
    progress: Progress | None = None,
    lang: str = "ja",
) -> pd.DataFrame:
    """Make a SPARQL server hold a graph, by the Graph Store Protocol.

    Parameters
    ----------
    quads
        The graph; each quad is in a named graph.
    title
        Title of its workspace: whose graph the server holds.
    url
        Address at which the server takes graphs (Fuseki: ``…/DATASET/data``; Oxigraph: ``…/store``).
    access
        Who asks, whom to trust, how long to wait.
    dry_run
        Whether to write nothing and only tell what would be.
    replace
        Whether to replace what another workspace or somebody else put into graphs of these names.
    progress
        Called with the stage, the graphs done and how many there are.
    lang
        Language of the stages.

    Returns
    -------
    One row a named graph, by its IRI: ``graph``, ``action`` (``created``, ``replaced``, ``unchanged``, ``deleted``),
    ``here`` and ``there`` (numbers of statements; there: before). ``attrs["unchanged"]`` tells whether nothing had to
    be written.

    Raises
    ------
    StoreError
        The server cannot be reached or written, holds the graph of another workspace, or does not give back what it
        was sent.
    """
    graphs: dict[str, set[ox.Triple]] = defaultdict(set)
    for quad in quads:
        assert isinstance(quad.graph_name, ox.NamedNode), "every statement has a source"
        graphs[quad.graph_name.value].add(quad.triple)
    server = GraphStore(url, access)
    tell = progress or (lambda _stage, _done, _total: None)
    note = _read_note(server)
    names = sorted({*graphs, *(note.graphs if note else ())})
    there: dict[str, set[ox.Triple] | None] = {}
    for done, name in enumerate(names, start=1):
        there[name] = server.read(name)
        tell(COMPARING.text(lang), done, len(names))
    _check_owner(server, note, title, there, replace=replace)
    rows = [_row(name, graphs.get(name), there[name]) for name in names]
    frame = pd.DataFrame([row for row in rows if row is not None], columns=list(COLUMNS))
    frame.attrs["unchanged"] = bool(frame["action"].eq("unchanged").all()) and note == Note(title, frozenset(graphs))
    if not dry_run and not frame.attrs["unchanged"]:
        _carry_out(server, frame, graphs, title, lambda done, total: tell(WRITING.text(lang), done, total))
    return frame


def _read_note(server: GraphStore) -> Note | None:
    said = server.read(PUBLICATION_GRAPH)
    if not said:
        return None
    titles = sorted(triple.object.value for triple in said if triple.predicate == TITLE)  # type: ignore[union-attr]
    parts = (triple.object.value for triple in said if triple.predicate == PART)  # type: ignore[union-attr]
    return Note(titles[0] if titles else "", frozenset(parts))


def _check_owner(
    server: GraphStore, note: Note | None, title: str, there: dict[str, set[ox.Triple] | None], *, replace: bool
) -> None:
    """Refuse a server on which graphs of these names are somebody else's.

    Raises
    ------
    StoreError
        See `publish`.
    """
    known = note.graphs if note is not None and note.title == title else frozenset[str]()
    foreign = sorted(name for name, found in there.items() if found and name not in known)
    if replace or (not foreign and (note is None or note.title == title)):
        return
    hint = Message(
        "別のサーバーか別のデータセットを使うか、--replace で置き換えてください。",
        "Use another server or dataset, or replace it by --replace.",
    )
    if note is not None and note.title != title:
        raise StoreError(
            Message(
                f"{server.location} には別の作業フォルダー「{note.title}」のグラフがあります。何も書いていません。",
                f"{server.location} holds the graph of another workspace, {note.title!r}. Nothing was written.",
            ),
            hint,
        )
    raise StoreError(
        Message(
            f"{server.location} には、ここから公開したのではない同じ名前のグラフが {len(foreign):,} 個あります"
            f"（{foreign[0]}）。何も書いていません。",
            f"{server.location} has {len(foreign):,} graphs of these names that were not published from here "
            f"({foreign[0]}). Nothing was written.",
        ),
        hint,
    )


def _row(name: str, here: set[ox.Triple] | None, there: set[ox.Triple] | None) -> tuple[str, str, int, int] | None:
    sizes = len(here or ()), len(there or ())
    if here is None:
        return (name, "deleted", *sizes) if there else None
    if not there:
        return (name, "created", *sizes)
    return (name, "unchanged" if is_same(here, there) else "replaced", *sizes)


def is_same(one: set[ox.Triple], other: set[ox.Triple]) -> bool:
    """Tell whether two sets of triples say the same, whatever blank nodes are called and however numbers are written.

    Some servers keep numbers and times by their value and give back another spelling of it.

    Examples
    --------
    >>> p, x = ox.NamedNode("urn:p"), ox.Literal("x")
    >>> is_same({ox.Triple(ox.BlankNode("a"), p, x)}, {ox.Triple(ox.BlankNode("b"), p, x)})
    True
    >>> decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    >>> one, other = ({ox.Triple(p, p, ox.Literal(text, datatype=decimal))} for text in ("7", "7.0"))
    >>> is_same(one, other)
    True
    """
    if one == other:
        return True
    here, there = ({_by_value(triple) for triple in triples} for triples in (one, other))
    return len(here) == len(there) and (here == there or _canonical(here) == _canonical(there))


def _by_value(triple: ox.Triple) -> ox.Triple:
    """Return a triple with one spelling for each number or time."""
    end = triple.object
    if not isinstance(end, ox.Literal) or not end.datatype.value.startswith(XSD):
        return triple
    text, kind = end.value, end.datatype.value.removeprefix(XSD)
    with suppress(ValueError, ArithmeticError):  # what is no number stays as it is
        if kind in ("decimal", "integer", "nonNegativeInteger", "positiveInteger", "int", "long"):
            text = f"{Decimal(text) + 0:f}"  # no minus before nothing
            text = text.rstrip("0").rstrip(".") if "." in text else text
        elif kind in ("double", "float"):
            text = repr(float(text))
        elif kind == "boolean":
            text = {"1": "true", "0": "false"}.get(text, text)
        elif kind == "dateTime":
            text = _FRACTION.sub(r"\1", text).replace(".Z", "Z").removesuffix(".").replace("+00:00", "Z")
    return ox.Triple(triple.subject, triple.predicate, ox.Literal(text, datatype=end.datatype))


def _canonical(triples: Iterable[ox.Triple]) -> ox.Dataset:
    found = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return found


def _carry_out(
    server: GraphStore,
    frame: pd.DataFrame,
    graphs: dict[str, set[ox.Triple]],
    title: str,
    tell: Callable[[int, int], None],
) -> None:
    server.replace(PUBLICATION_GRAPH, Note(title, frozenset(frame["graph"])).triples())
    changed = frame[frame["action"] != "unchanged"]
    for done, (name, action) in enumerate(zip(changed["graph"], changed["action"], strict=True), start=1):
        if action == "deleted":
            server.delete(name)
        else:
            server.replace(name, graphs[name])
        if not is_same(graphs.get(name, set()), server.read(name) or set()):
            raise StoreError(
                Message(
                    f"{server.location} は、送ったグラフ {name} をそのまま返しません。",
                    f"{server.location} does not give back the graph {name} as it was sent.",
                ),
                Message(
                    "ほかの人が書いていないか、サーバーの空き容量と記録を確かめ、もう一度実行してください。",
                    "Check that nobody else writes, and the server's disk and log, and run it again.",
                ),
            )
        tell(done, len(changed))
    server.replace(PUBLICATION_GRAPH, Note(title, frozenset(graphs)).triples())
