"""Whether a whole graph is sound: the ontology's rules, and on demand its shapes."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from tsunagari.errors import Message
from tsunagari.graph.facts import Citation
from tsunagari.graph.sparql.rules import check_rules
from tsunagari.graph.store import Store, select

COLUMNS = ("severity", "rule", "message", "node", "detail", "hint", "file", "sheet", "row")
SHAPES_RULE = "shapes"
LOADED_FILES = "SELECT ?document ?file { ?load a tsu:Load ; prov:used ?document . ?document dct:identifier ?file }"
SHAPE_HINT = Message(
    "一覧表のこの行を直し、build を実行してください。", "Correct this row of the list and build again."
)


def check_graph(
    store: Store, cite: Callable[[str], list[Citation]], *, shapes: bool = False, lang: str = "ja"
) -> pd.DataFrame:
    """Run the rules over the whole graph.

    Parameters
    ----------
    store
        The graph.
    cite
        Gives the places where the thing with an IRI is stated.
    shapes
        Whether to check the SHACL shapes too (about 16 microseconds a triple; pySHACL must be installed).
    lang
        Language of messages and hints.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`, one row a finding, errors first: ``node`` is the IRI of what is wrong, ``file``,
        ``sheet`` and ``row`` where it is stated: in a file of the workspace, else the title of a document and its line.
        No row when the graph is sound.

    Raises
    ------
    TsunagariError
        The shapes are asked for and pySHACL is not installed.
    """
    found = check_rules(store, lang)
    if shapes:
        found = pd.concat([found, _check_shapes(store, lang)], ignore_index=True)
    places = [next(iter(cite(node)), None) for node in found["node"]]
    files = {str(document): file for document, file in select(store, LOADED_FILES)}
    found["file"] = [None if place is None else files.get(place.document) or place.title for place in places]
    found["sheet"] = [None if place is None else place.sheet for place in places]
    rows = [None if place is None else place.line or place.row for place in places]
    found["row"] = pd.array(rows, dtype="Int64")
    found = found.sort_values("severity", key=lambda column: column != "error", kind="stable", ignore_index=True)
    return found[list(COLUMNS)]


def _check_shapes(store: Store, lang: str) -> pd.DataFrame:
    from tsunagari.ontology.validation import validate

    rows = [
        ("error", SHAPES_RULE, finding.message.text(lang), finding.focus, finding.value or "", SHAPE_HINT.text(lang))
        # a list, because an iterator of the store may be dropped only by the thread that made it, and pySHACL keeps it
        for finding in validate(list(store.quads()))
    ]
    return pd.DataFrame(rows, columns=["severity", "rule", "message", "node", "detail", "hint"], dtype=object)
