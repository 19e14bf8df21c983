"""What users ask of a graph in their own words: SPARQL, ready-made questions, and files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tsunagari.graph.columns import iso_day
from tsunagari.graph.knowledge.reach import Day
from tsunagari.graph.knowledge.ties import Tied
from tsunagari.graph.sparql import LIMIT, TIMEOUT

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.graph.centre import Bibliography


class Inquiry(Tied):
    """The part of a knowledge graph's interface for queries, questions and exports."""

    def query(self, text: str, *, timeout: float | None = TIMEOUT, limit: int | None = LIMIT) -> pd.DataFrame:
        """Answer a SPARQL query, read-only, within `timeout` seconds; see `tsunagari.graph.sparql.run_query`.

        At most `limit` rows are read, and ``attrs["truncated"]`` tells whether there were more.

        Examples
        --------
        >>> int(kg.query("SELECT (COUNT(*) AS ?n) { ?s a tsu:Subcommittee }")["n"][0])
        3
        """
        from tsunagari.graph.sparql import run_query

        return run_query(self._store, text, timeout=timeout, limit=limit)

    def ask(
        self, question: str, *, lang: str = "ja", at: Day = None, timeout: float | None = TIMEOUT, **params: Any
    ) -> pd.DataFrame:
        """Answer a ready-made question within `timeout` seconds, see `tsunagari.graph.sparql.ask`.

        Examples
        --------
        >>> len(kg.ask("partnership-members", partnership="鳥取", at="2023-10-01"))
        7
        """
        from tsunagari.graph.sparql import ask

        folder, day = self._questions_folder, self._day(at)
        return ask(self._store, question, lang=lang, at=day, params=params, folder=folder, timeout=timeout)

    def questions(self, lang: str = "ja") -> pd.DataFrame:
        """List the questions that `ask` knows, the workspace's own included: theme, name, question, parameters.

        >>> kg.questions("en").columns.tolist()
        ['theme', 'name', 'question', 'parameters']
        """
        from tsunagari.graph.sparql import questions

        return questions(lang, folder=self._questions_folder)

    @property
    def first_day(self) -> str | None:
        """First day of which the graph states something, see `tsunagari.graph.change.first_day`.

        >>> kg.first_day
        '2018-04-01'
        """
        from tsunagari.graph.change import first_day

        return first_day(self._reader)

    @property
    def first_source_day(self) -> str | None:
        """Day of the first source, see `tsunagari.graph.change.first_source_day`.

        >>> kg.first_source_day
        '2020-01-01'
        """
        from tsunagari.graph.change import first_source_day

        return first_source_day(self._reader)

    @property
    def _questions_folder(self) -> Path | None:
        return None if self._workspace is None else self._workspace / "questions"

    def cite(self, *tables: pd.DataFrame | pd.Series[Any], lang: str = "ja") -> Bibliography:
        """Return what to cite for tables of this graph: methods, the graph, its sources, the program.

        See `tsunagari.graph.centre.cite`. Without a table it tells what to cite for the graph alone. The result
        is a list to look at, and has ``bibtex()``, ``csl_json()`` and ``table()``.

        Examples
        --------
        >>> print(str(kg.cite(kg.centrality("betweenness")))[:60])
        Freeman, L. C. (1977). A set of measures of centrality based
        """
        from tsunagari.graph.centre import cite

        return cite(tables, self._report, self.source_table(lang), lang=lang)

    def export(
        self,
        format_name: str,
        path: Path | str | None = None,
        *,
        network: str = "all",
        at: Day = None,
        lang: str = "ja",
        excel: bool = False,
    ) -> Path | bytes:
        """Write the graph in a format of `tsunagari.graph.export.FORMATS`, see `tsunagari.graph.export.export`.

        Without ``at`` everything is written, of every time; `network` chooses a network where the format holds one.

        Examples
        --------
        >>> kg.export("turtle").startswith(b"@prefix")
        True
        """
        from tsunagari.graph.export import export

        return export(self._reader, format_name, path, network=network, at=iso_day(at), lang=lang, excel=excel)
