"""Where a row says that it is stated: documents, lines, pages and quotes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tsunagari.loaders.values.cells import CellError, parse_integer
from tsunagari.ontology.records import Evidence

# Only this sign separates: a quote may contain any of the others.
SEPARATOR = "|"


def read_evidence(cells: Mapping[str, str], resolve: Callable[[str], str]) -> tuple[Evidence, ...]:
    """Return the places that a row cites; empty when it names no document.

    ``document``, ``line`` and ``quote`` may each hold several parts separated by ``|``; the parts belong together in
    their order and a part may be empty. One page holds for all.

    Parameters
    ----------
    cells
        Column to text.
    resolve
        Gives the IRI of a document.

    Raises
    ------
    CellError
        When the parts do not agree in number, a document is unknown, or a line is no number.

    Examples
    --------
    >>> cells = {"document": "s1|s2", "line": "59|", "quote": "岩美郡岩美町|"}
    >>> [(place.source, place.line, place.quote) for place in read_evidence(cells, str)]
    [('s1', 59, '岩美郡岩美町'), ('s2', None, None)]
    """
    documents = _parts(cells, "document")
    if not documents:
        if "line" in cells or "quote" in cells:
            raise CellError("evidence-counts", _counts(cells))
        return ()
    count = len(documents)
    lines, quotes = (_aligned(cells, name, count) for name in ("line", "quote"))
    pages = _parts(cells, "page")
    pages = pages * count if len(pages) == 1 else _aligned(cells, "page", count)
    return tuple(
        Evidence(
            source=resolve(document),
            line=parse_integer(line) if line else None,
            page=page or None,
            quote=quote or None,
        )
        for document, line, page, quote in zip(documents, lines, pages, quotes, strict=True)
    )


def _parts(cells: Mapping[str, str], name: str) -> list[str]:
    text = cells.get(name)
    return [part.strip() for part in text.split(SEPARATOR)] if text else []


def _aligned(cells: Mapping[str, str], name: str, count: int) -> list[str]:
    parts = _parts(cells, name)
    if parts and len(parts) != count:
        raise CellError("evidence-counts", _counts(cells))
    return parts or [""] * count


def _counts(cells: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {len(_parts(cells, name))}" for name in ("document", "line", "quote") if name in cells)
