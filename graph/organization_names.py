"""Which organisation a user means: by IRI, identifier, corporate number or name."""

from __future__ import annotations

from difflib import get_close_matches

import numpy as np

from tsunagari.errors import Message, UnknownNameError
from tsunagari.graph.columns import Columns
from tsunagari.graph.offers import plain_organizations
from tsunagari.loaders.identity.ledger import short_id
from tsunagari.ontology.namespaces import ID
from tsunagari.ontology.spelling import spelling_key


def find_organization(columns: Columns, text: str) -> int:
    """Return the code of the organisation that is meant.

    Parameters
    ----------
    columns
        The graph.
    text
        Its IRI or identifier (``org/…``), its corporate number, or a name or other name that only one has; width, case
        and spaces do not matter.

    Raises
    ------
    UnknownNameError
        None is meant, or several are; the hint gives the nearest names.

    Examples
    --------
    >>> columns = kg._reader.columns
    >>> columns.labels([find_organization(columns, "鳥取市")])
    ['鳥取市']
    """
    bodies = plain_organizations(columns)
    for iri in (text, f"{ID}{short_id(text)}"):
        code = columns.code(iri)
        if code >= 0 and code in bodies:
            return code
    number = columns.code(text.strip())
    if number >= 0:
        numbered = bodies[columns.one("corporate_number", bodies) == number]
        if len(numbered) == 1:
            return int(numbered[0])
    owners, names = _names(columns, bodies)
    key = spelling_key(text)
    meant = sorted({owner for owner, name in zip(owners, names, strict=True) if spelling_key(name) == key})
    if len(meant) == 1:
        return meant[0]
    if meant:
        ids = columns.text(meant[:5])
        near = [f"{name} ({short_id(iri)})" for name, iri in zip(columns.labels(meant[:5]), ids, strict=True)]
    else:
        near = get_close_matches(text, sorted(set(names)), n=3, cutoff=0.5)
    listed = "、".join(near) or "－"
    raise UnknownNameError(
        Message(
            f"「{text}」{'は複数あります' if meant else 'という団体はグラフにありません'}。",
            f"{text!r} {'stands for several organisations' if meant else 'is no organisation of the graph'}.",
        ),
        Message(f"近いもの: {listed}", f"Nearest: {listed}"),
    )


def _names(columns: Columns, bodies: np.ndarray[tuple[int], np.dtype[np.int32]]) -> tuple[list[int], list[str]]:
    """Return every name that organisations go by, and whose it is."""
    starts, others = columns.all("alt_label", bodies)
    owners = np.concatenate((bodies, bodies, np.repeat(bodies, np.diff(starts))))
    return owners.tolist(), [*columns.labels(bodies, "ja"), *columns.labels(bodies, "en"), *columns.text(others)]
