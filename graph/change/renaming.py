"""Other names for documents, named graphs and things whose own would tell what is not shown."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from tsunagari.graph.change.names import telling
from tsunagari.graph.change.rewriting import Rewriting
from tsunagari.graph.change.views import STATED_IN, Flags, where
from tsunagari.graph.change.withheld import Withheld, meetings
from tsunagari.ontology.namespaces import (
    BLANK,
    DCT,
    ID,
    PROVENANCE_GRAPH,
    RDF,
    REFERENCE_GRAPH,
    SKOS,
    TSU,
    instance_iri,
)

if TYPE_CHECKING:
    from tsunagari.graph.columns import Codes, Columns
    from tsunagari.loaders.workspace import Publication

_LABEL, _OTHER_LABEL, _TYPE = f"{SKOS}prefLabel", f"{SKOS}altLabel", f"{RDF}type"
_DIGEST = 8  # bytes
_OWN_GRAPHS = (REFERENCE_GRAPH, PROVENANCE_GRAPH, "")


class Renaming:
    """Other names for documents, graphs and things whose own would tell what is not shown.

    Parameters
    ----------
    columns
        The graph.
    kept
        Of each statement whether it stays.
    withheld, settings
        What is withheld, and what may be published.
    unnamed
        Of each code, and at the end of -1, whether it is of a thing that stays and one of whose names does not.
    """

    def __init__(
        self, columns: Columns, kept: Flags, withheld: Withheld, settings: Publication, unnamed: Flags
    ) -> None:
        self._columns = columns
        self._kept = kept
        self._withheld = withheld
        self._allow = settings.allow
        self._unnamed = unnamed

    def rewriting(self) -> Rewriting:
        """Return what becomes of what stays."""
        change = Rewriting(graphs=self._graphs(), keeps_places="evidence" in self._allow)
        self._promote(change)
        self._name_sources(change)
        for code, text in self._things():
            change.names[code] = text
        self._name_meetings(change)
        return change

    def _graphs(self) -> dict[str, str]:
        """Return neutral names of the named graphs, which are those of files."""
        said = self._columns.statements
        graphs, graph_of = said.graphs
        used = np.unique(graph_of[said.sources[self._kept]]).tolist()
        names = [graphs[place] for place in used if graphs[place] not in _OWN_GRAPHS]
        plain = {name: name.removesuffix(f"#{BLANK}") for name in names}
        files = sorted(set(plain.values()))
        told = telling(files, self._withheld.names)
        hidden = [file for file, tells in zip(files, told, strict=True) if tells or "source" not in self._allow]
        numbers = {file: instance_iri("graph", str(number)) for number, file in enumerate(hidden, start=1)}
        return {name: numbers.get(file, file) for name, file in plain.items()}

    def _name_sources(self, change: Rewriting) -> None:
        """Number the documents that are not of the package's own reference, or whose names tell of a withheld body."""
        columns, said = self._columns, self._columns.statements
        own = np.array([origin.graph == REFERENCE_GRAPH for origin in said.origins] or [False], dtype=bool)
        documents = columns.mask(columns.of_class("SourceDocument"))
        rows = np.flatnonzero(self._kept & documents[said.subjects] & ~own[said.sources])
        graphs, graph_of = said.graphs
        first: dict[int, str] = {}
        for row in rows.tolist():
            first.setdefault(int(said.subjects[row]), graphs[graph_of[said.sources[row]]])
        codes = sorted(first)
        if "source" in self._allow:
            told = telling(columns.text(codes), self._withheld.names)
            codes = [code for code, tells in zip(codes, told, strict=True) if tells or self._unnamed[code]]
        for number, code in enumerate(codes, start=1):
            iri, graph = instance_iri("source", str(number)), change.graphs[first[code]]
            change.names[code] = iri
            change.added += [
                (iri, f"{DCT}title", f"資料{number}", "@ja", graph),
                (iri, f"{DCT}title", f"Source {number}", "@en", graph),
            ]
        self._name_places(change)

    def _name_places(self, change: Rewriting) -> None:
        """Let rows and lines be those of the document by its neutral name."""
        columns, said = self._columns, self._columns.statements
        renamed = {f"{columns.text([code])[0]}#": f"{iri}#" for code, iri in change.names.items()}
        if not renamed or not change.keeps_places:
            return
        places = np.unique(said.values[where(self._kept, said.rows(STATED_IN))])
        for code, text in zip(places.tolist(), columns.text(places), strict=True):
            document, sign, place = text.partition("#")
            if sign and f"{document}#" in renamed:
                change.names[code] = renamed[f"{document}#"] + place

    def _name_meetings(self, change: Rewriting) -> None:
        """Number the platforms and their parts of which no name stays."""
        columns, said = self._columns, self._columns.statements
        named = columns.mask(said.subjects[where(self._kept, said.rows(_LABEL))])
        wanted = self._unnamed & ~named & columns.mask(meetings(columns))
        rows = where(self._kept & wanted[said.subjects], said.rows(_TYPE))
        graphs, graph_of = said.graphs
        codes, first = np.unique(said.subjects[rows], return_index=True)
        for number, (code, row) in enumerate(zip(codes.tolist(), rows[first].tolist(), strict=True), start=1):
            graph = graphs[graph_of[said.sources[row]]]
            iri, graph = change.names[code], change.graphs.get(graph, graph)
            change.added += [
                (iri, _LABEL, f"連携の場{number}", "@ja", graph),
                (iri, _LABEL, f"Collaboration {number}", "@en", graph),
            ]

    def _promote(self, change: Rewriting) -> None:
        """Make a further name the name of a thing of which only a withheld row says the name."""
        said = self._columns.statements
        named = self._columns.mask(said.subjects[where(self._kept, said.rows(_LABEL))])
        seen: set[int] = set()
        for row in where(self._kept, said.rows(_OTHER_LABEL)).tolist():
            code = int(said.subjects[row])
            if (self._withheld.mixed | self._unnamed)[code] and not named[code] and code not in seen:
                seen.add(code)
                change.paths[row] = _LABEL

    def _things(self) -> Iterator[tuple[int, str]]:
        """Yield things whose identifier may follow from what is not shown, with one that follows from what is."""
        columns, said = self._columns, self._columns.statements
        wanted = self._withheld.mixed | self._unnamed
        if "identifier" not in self._allow:
            wanted |= columns.mask(columns.pairs("local_id")[0])
        if not {"body", "kind", "municipality"} <= self._allow:
            wanted |= columns.mask(columns.of_class("Organization"))
        platforms = columns.mask(columns.of_class("Collaboration")) & ~self._withheld.mixed & ~self._unnamed
        wanted &= columns.mask(said.subjects[self._kept]) & ~platforms
        wanted &= ~columns.mask(columns.of_class("AdministrativeArea", "Concept", "SourceDocument", "FieldWord"))
        first = self._digests(np.flatnonzero(wanted[:-1] & ~self._official()[:-1]).astype(np.int32))
        yield from self._unique(first)

    def _official(self) -> Flags:
        """Tell of every code whether it is of a body whose identifier is a number that is shown of it."""
        columns, said = self._columns, self._columns.statements
        rows = where(self._kept, said.rows(f"{TSU}corporateNumber", f"{TSU}lgCode"))
        bodies, numbers = (columns.text(codes) for codes in (said.subjects[rows], said.values[rows]))
        inside = [number in iri for iri, number in zip(bodies, numbers, strict=True)]
        return columns.mask(said.subjects[rows[np.array(inside, dtype=bool)]])

    def _digests(self, codes: Codes) -> dict[int, str]:
        """Return for each thing an identifier that follows from what is shown of it."""
        columns, said = self._columns, self._columns.statements
        wanted = columns.mask(codes)
        rows = np.flatnonzero(self._kept & wanted[said.subjects])
        predicate = np.searchsorted(said.starts, rows, side="right") - 1
        told = ~wanted[said.values[rows]] & np.array([path != STATED_IN for path in said.predicates])[predicate]
        rows, predicate = rows[told], predicate[told]
        facts: dict[int, list[str]] = {code: [] for code in codes.tolist()}
        values = columns.text(said.values[rows])
        for code, path, text in zip(said.subjects[rows].tolist(), predicate.tolist(), values, strict=True):
            facts[code].append(f"{said.predicates[path]}\x1f{text}")
        found = {}
        for (code, texts), iri in zip(facts.items(), columns.text(codes), strict=True):
            segment = iri.removeprefix(ID).partition("/")[0]
            seed = "\x1e".join(sorted(set(texts))).encode()
            found[code] = instance_iri(segment, f"p{hashlib.blake2b(seed, digest_size=_DIGEST).hexdigest()}")
        return found

    @staticmethod
    def _unique(names: dict[int, str]) -> Iterator[tuple[int, str]]:
        """Tell apart things of which the same is shown, by a number behind the identifier."""
        seen: Counter[str] = Counter()
        for code, text in sorted(names.items()):
            seen[text] += 1
            yield code, text if seen[text] == 1 else f"{text}-{seen[text]}"
