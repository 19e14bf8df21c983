"""What a graph holds and where it comes from: evidence, counts, sources, issues and checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsunagari.graph.facts import LoadReport, Reader
from tsunagari.graph.store import Store

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.columns import Columns
    from tsunagari.graph.facts import Citation, Citations


class Inventory:
    """The part of a knowledge graph's interface that accounts for its content.

    Parameters
    ----------
    store
        Where the graph is kept.
    report
        What the build noted beside it.
    columns
        The same by columns, where they are kept beside the store.
    """

    def __init__(self, store: Store, report: LoadReport, *, columns: Columns | None = None) -> None:
        self._store = store
        self._report = report
        self._reader = Reader(store, columns=columns)
        self._citations: dict[str, Citations] = {}

    def evidence(self, iri: str, *, lang: str = "ja") -> pd.DataFrame:
        """Return where a thing is stated: document, title, line, page, quote, row, sheet, one row a place.

        Examples
        --------
        >>> kg.evidence(kg.ties["tie_id"][0]).columns.tolist()
        ['document', 'title', 'line', 'page', 'quote', 'row', 'sheet']
        """
        from tsunagari.graph.facts import evidence_table

        return evidence_table(self.citations(iri, lang=lang))

    def citations(self, iri: str, *, lang: str = "ja") -> list[Citation]:
        """Return the same as `evidence` as plain objects, which is quicker for many things.

        >>> kg.citations(kg.ties["tie_id"][0])[0].title != ""
        True
        """
        if lang not in self._citations:
            from tsunagari.graph.facts import Citations

            self._citations[lang] = Citations(self._reader, lang=lang)
        return self._citations[lang].stated(iri)

    def summary(self, lang: str = "ja") -> pd.DataFrame:
        """Return how many of what the graph holds: what, count.

        >>> kg.summary("en").columns.tolist()
        ['what', 'count']
        """
        from tsunagari.graph.tables import summary

        return summary(self._reader, lang=lang)

    def status_counts(self, lang: str = "ja") -> pd.DataFrame:
        """Return how many statements there are of each claim status: status, count, status_id.

        >>> kg.status_counts("en").columns.tolist()
        ['status', 'count', 'status_id']
        """
        from tsunagari.graph.tables import status_counts

        return status_counts(self._reader, lang=lang)

    def source_counts(self, lang: str = "ja") -> pd.DataFrame:
        """Return how many things each document or file states: source, count, document.

        >>> kg.source_counts().columns.tolist()
        ['source', 'count', 'document']
        """
        from tsunagari.graph.tables import source_counts

        return source_counts(self._reader, lang=lang)

    @property
    def sources(self) -> pd.DataFrame:
        """The documents and files: title, publisher, issued, file, kind, records, document.

        >>> len(kg.sources) > 4
        True
        """
        return self.source_table()

    def source_table(self, lang: str = "ja") -> pd.DataFrame:
        """Return `sources` with titles in `lang`.

        >>> kg.source_table("en").columns[:3].tolist()
        ['title', 'publisher', 'issued']
        """
        from tsunagari.graph.tables import sources

        return sources(self._reader, lang=lang)

    @property
    def issues(self) -> pd.DataFrame:
        """What the load could not take over as it stood, in Japanese; see `issue_table`.

        >>> kg.issues.columns[:3].tolist()
        ['severity', 'code', 'file']
        """
        return self.issue_table()

    def issue_table(self, lang: str = "ja") -> pd.DataFrame:
        """Return one row an issue: severity, code, file, sheet, row, column, value, message, hint.

        A remote graph tells of no issues.

        >>> kg.issue_table("en").columns[:3].tolist()
        ['severity', 'code', 'file']
        """
        import pandas as pd

        from tsunagari.graph.tables import ISSUE_COLUMNS
        from tsunagari.loaders.issues.issues import issues_frame

        return pd.DataFrame(issues_frame(self._report.issues, lang), columns=list(ISSUE_COLUMNS), dtype=object)

    def check(self, *, shapes: bool = False, lang: str = "ja") -> pd.DataFrame:
        """Check the whole graph: the ontology's rules, and with `shapes` its SHACL shapes (needs pySHACL).

        See `tsunagari.graph.sparql.check_graph`; no row when the graph is sound.

        Examples
        --------
        >>> kg.check().columns[:3].tolist()
        ['severity', 'rule', 'message']
        """
        from tsunagari.graph.sparql import check_graph

        return check_graph(self._store, lambda iri: self.citations(iri, lang=lang), shapes=shapes, lang=lang)
