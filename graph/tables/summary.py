"""How many of what a graph holds: by kind, by claim status and by source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from tsunagari.errors import Message
from tsunagari.graph.columns import Columns
from tsunagari.graph.facts import Citations, Reader, Thing
from tsunagari.graph.wording import frame_columns
from tsunagari.loaders.workspace import KINDS
from tsunagari.ontology.namespaces import local_name
from tsunagari.ontology.vocabulary import vocabulary

ISSUE_COLUMNS = frame_columns("issues")
SOURCE_COLUMNS = frame_columns("sources")
DOCUMENT, TABLE = Message("資料", "document"), Message("表", "table")
STATUS_SCHEME = "claim-status"


def summary(reader: Reader, *, lang: str = "ja") -> pd.DataFrame:
    """Return how many things of each kind of list there are: what, count.

    Every thing counts once, under the most particular kind (a subcommittee as a body, not as an organisation); kinds of
    which there is nothing are left out. The order is that of `tsunagari.loaders.workspace.kinds.KINDS`, areas come
    last.
    """
    own = (kind for kind in KINDS.values() if kind.adapter is None)  # a fixed format gives rows of these
    kinds = {kind.cls: kind.label.text(lang) for kind in own}
    del kinds["Concept"]  # mostly the ontology's own
    kinds["AdministrativeArea"] = vocabulary().label("AdministrativeArea", lang)
    counts = _counts(reader.columns, tuple(kinds))
    return _frame(("what", "count"), [(label, counts[cls]) for cls, label in kinds.items() if counts[cls]])


def _counts(columns: Columns, kinds: tuple[str, ...]) -> Counter[str]:
    """Return the number of things of each kind, each under the one of its kinds that is the most particular."""
    particular_first = sorted(kinds, key=_breadth)
    of_class = _kind_of_class(kinds)
    codes = {columns.code(iri): particular_first.index(cls) for iri, cls in of_class.items()}
    things, types = columns.pairs("type")
    unique, places = np.unique(types, return_inverse=True)
    ranks = np.array([codes.get(code, len(kinds)) for code in unique.tolist()], dtype=np.int64)[places.reshape(-1)]
    best = np.minimum.reduceat(ranks, np.unique(things, return_index=True)[1]) if len(things) else ranks
    counts = np.bincount(best, minlength=len(kinds) + 1).tolist()
    return Counter(dict(zip(particular_first, counts, strict=False)))


def _breadth(cls: str) -> int:
    """Return how many classes the rows of a kind may have: the fewer, the more particular the kind."""
    return len(vocabulary().usable_classes(cls))


def _kind_of_class(kinds: tuple[str, ...]) -> dict[str, str]:
    """Return the IRI of each class with the most particular kind that covers it."""
    words = vocabulary()
    widest_first = sorted(kinds, key=_breadth, reverse=True)
    return {words.class_iri(name): cls for cls in widest_first for name in words.usable_classes(cls)}


def status_counts(reader: Reader, *, lang: str = "ja") -> pd.DataFrame:
    """Return how many things are claimed with each status: status, count, status_id; in the order of the scheme."""
    statuses, numbers = np.unique(reader.columns.pairs("status")[1], return_counts=True)
    counts = dict(zip(reader.columns.text(statuses), numbers.tolist(), strict=True))
    order = [concept.iri for concept in vocabulary().schemes[STATUS_SCHEME].concepts]
    rows = [(reader.label(iri, lang), counts[iri], local_name(iri)) for iri in order if iri in counts]
    return _frame(("status", "count", "status_id"), rows)


def source_counts(reader: Reader, *, lang: str = "ja") -> pd.DataFrame:
    """Return how many things each document or file states: source (title), count, document (IRI); the most first."""
    citations = Citations(reader, lang=lang)
    most_first = sorted(citations.counts().items(), key=lambda item: (-item[1], item[0]))
    return _frame(("source", "count", "document"), [(citations.title(iri), count, iri) for iri, count in most_first])


def sources(reader: Reader, *, lang: str = "ja") -> pd.DataFrame:
    """Return the documents and files: title, publisher, issued, file, kind, records (things stated), document (IRI).

    A file of which every row cites another document is no source of its own and is left out.
    """
    citations = Citations(reader, lang=lang)
    counts = citations.counts()
    columns = reader.columns
    loads, used = columns.pairs("used")
    files = set(columns.text(used[np.isin(loads, columns.of_class("Load"))]))
    rows = [
        (
            citations.title(iri),
            thing.one("publisher"),
            _issued(thing),
            thing.one("identifier"),
            (TABLE if iri in files else DOCUMENT).text(lang),
            counts.get(iri, 0),
            iri,
        )
        for iri, thing in reader.things("SourceDocument").items()
        if iri in counts or iri not in files
    ]
    return _frame(SOURCE_COLUMNS, rows)


def _issued(thing: Thing) -> str | None:
    """Return the day a document was issued on, in the document's own words when they do not name a day."""
    exact = local_name(thing.one("precision") or "day") == "day"
    return thing.one("issued") if exact else thing.one("date_as_written") or thing.one("issued")


def _frame(columns: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(columns), dtype=object)
    return table.astype({name: "int64" for name in ("count", "records") if name in columns})
