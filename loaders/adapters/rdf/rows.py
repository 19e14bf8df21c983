"""Statements of an RDF file to the rows of other kinds."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from tsunagari.loaders.adapters.rdf import words as words
from tsunagari.loaders.adapters.rdf.files import RdfFile
from tsunagari.loaders.adapters.rdf.graph import READINGS, RdfGraph
from tsunagari.loaders.issues import Issue, make_issue
from tsunagari.loaders.session import Part
from tsunagari.loaders.tables import Row, Table
from tsunagari.loaders.workspace import KINDS, Source
from tsunagari.ontology.codes import corporate_check_digit
from tsunagari.ontology.namespaces import ID, local_name, shrink
from tsunagari.ontology.vocabulary import Vocabulary

_SEPARATOR = "|"


class RdfRows:
    """Reads a file whose words are those of `rdf_words`.

    Parameters
    ----------
    document
        The file.
    source
        Its settings: a ``platform`` named there is that of every membership, a ``scheme`` is read from the file.
    vocabulary
        The ontology, for roles and classes of members.
    """

    def __init__(self, document: RdfFile, source: Source, vocabulary: Vocabulary) -> None:
        self.graph = RdfGraph(document)
        self.issues: list[Issue] = []
        self._file = document.file
        self._source = source
        self._vocabulary = vocabulary
        self._tables: dict[str, Table] = {}

    def parts(self) -> list[Part]:
        """Return the tables, at least one."""
        if self._source.scheme is not None:
            self._add_scheme()
        platforms = self._platforms()
        for subject in self.graph.of(words.ORGANIZATIONS | words.UNITS | words.CONSORTIA):
            if subject not in platforms:
                self._add_organization(subject)
        if self._source.platform is None:
            for subject in platforms:
                self._add_platform(subject)
        for subject in self.graph.of(words.SERVICES):
            self._add_service(subject)
        self._add_memberships()
        if not self._tables:
            self._table("organizations").issues.append(make_issue("empty-table", file=self._file))
        return [Part(KINDS[kind], table) for kind, table in self._tables.items()]

    # ---- cells ----

    def _table(self, kind: str) -> Table:
        return self._tables.setdefault(kind, Table([], {}))

    def _add(self, kind: str, row: Row) -> None:
        self._table(kind).rows.append(row)

    def _note(self, kind: str, column: str, word: str) -> None:
        """Remember how the file calls a column, for messages."""
        self._table(kind).headers.setdefault(column, shrink(self.graph.written(word)))

    def _texts(self, kind: str, column: str, subject: str, properties: Iterable[str]) -> dict[str, str]:
        found: dict[str, None] = {}
        for word, value in self.graph.values(subject, properties):
            self._note(kind, column, word)
            found[self.graph.text(value)] = None
        return _cell(column, found)

    def _areas(self, kind: str, column: str, subject: str) -> dict[str, str]:
        found: dict[str, None] = {}
        for word, value in self.graph.values(subject, words.AREAS):
            self._note(kind, column, word)
            found[self.graph.area(value)] = None
        return _cell(column, found)

    def _names(self, kind: str, subject: str) -> dict[str, str]:
        """Return the cells of names: the first in each language, and what else the thing is called."""
        cells: dict[str, str] = {}
        others: dict[str, None] = {}
        for word, node in self.graph.values(subject, (*words.NAMES, *words.OTHER_NAMES)):
            if not isinstance(node, ox.Literal) or not node.value.strip():
                continue
            text, language = node.value.strip(), node.language
            column = "reading" if language in READINGS else "label_en" if language == "en" else "pref_label"
            if column in cells or (word in words.OTHER_NAMES and column != "reading"):
                others[text] = None
            else:
                self._note(kind, column, word)
                cells[column] = text
        if "label_en" in cells:
            cells.setdefault("pref_label", cells["label_en"])
        return cells | _cell("alt_label", [text for text in others if text not in cells.values()])

    def _dates(self, kind: str, subject: str) -> dict[str, str]:
        cells: dict[str, str] = {}
        for holder in (subject, *self.graph.nodes(subject, words.DURING)):
            for column, properties in (("valid_from", words.STARTS), ("valid_to", words.ENDS)):
                for word, value in self.graph.values(holder, properties):
                    self._note(kind, column, word)
                    cells.setdefault(column, self.graph.day(value))
        return {column: text for column, text in cells.items() if text}

    def _identity(self, subject: str, kind: str = "organizations") -> dict[str, str]:
        """Return the cells that tell a body from others of its name."""
        cells: dict[str, str] = {}
        for word, digits in self.graph.numbers(subject):
            column = "corporate_number" if len(digits) == 13 else "lg_code"
            self._note(kind, column, word)
            cells.setdefault(column, digits)
        return self._areas(kind, "municipality", subject) | cells | self._address(kind, subject)

    def _party(self, subject: str) -> dict[str, str]:
        """Return the same for a body that another row names; a wrong number is told by the row of the body itself."""
        cells = self._identity(subject) if subject in self.graph else {}
        number = cells.get("corporate_number")
        if number is not None and number[0] != corporate_check_digit(number[1:]):
            del cells["corporate_number"]
        return cells

    def _address(self, kind: str, subject: str) -> dict[str, str]:
        sites = [site for site in self.graph.nodes(subject, words.SITES) if site in self.graph]
        found = [pair for holder in (subject, *sites) for pair in self.graph.values(holder, words.ADDRESSES)]
        for word, value in found:
            self._note(kind, "address", word)
            if isinstance(value, ox.Literal):
                return {"address": value.value.strip()}
            prefecture, city, street, full = (
                self.graph.first_text(value.value, names)
                for names in (words.PREFECTURES, words.CITIES, words.STREETS, words.FULL_ADDRESSES)
            )
            if city:
                self._note(kind, "municipality", word)
            cells = {"address": full or f"{prefecture}{city}{street}", "municipality": city and f"{prefecture}{city}"}
            return {column: text for column, text in cells.items() if text}
        return {}

    def _pages(self, kind: str, subject: str) -> dict[str, str]:
        """Return the pages of a thing; its own IRI is one of them when it is an address."""
        found: dict[str, None] = {}
        for word, value in self.graph.values(subject, words.PAGES):
            self._note(kind, "see_also", word)
            found[value.value.strip()] = None
        if subject.startswith(("http://", "https://")) and not subject.startswith(ID):
            found[subject] = None
        return _cell("see_also", found)

    # ---- bodies and services ----

    def _add_organization(self, subject: str) -> None:
        kind = "organizations"
        cells = self._identity(subject, kind) | self._names(kind, subject) | self._dates(kind, subject)
        cells |= self._pages(kind, subject) | self._texts(kind, "support_field", subject, words.FIELDS)
        parents = self._texts(kind, "sub_organization_of", subject, words.PARENTS)
        cells |= {column: text.split(_SEPARATOR)[0] for column, text in parents.items()}
        if self.graph.types(subject) & words.UNITS:
            cells["class"] = "Department"
        elif self.graph.types(subject) & words.CONSORTIA:
            cells["class"] = "Consortium"
        self._add(kind, Row(self.graph.line(subject), cells, {}))

    def _platforms(self) -> dict[str, None]:
        """Return what bodies belong to: others mostly call it just an organisation."""
        graph = self.graph
        found = dict.fromkeys(graph.of(words.COLLABORATIONS))
        for subject in graph.of(words.MEMBERSHIPS):
            found |= dict.fromkeys(self._places(subject))
        for subject in graph.of(words.ORGANIZATIONS | words.COLLABORATIONS):
            found |= dict.fromkeys(self._joined(subject, words.MEMBER_OF))
            if self._joined(subject, words.HAS_MEMBER):
                found[subject] = None
        return {iri: None for iri in found if iri in graph}

    def _add_platform(self, subject: str) -> None:
        kind = "platforms"
        cells = {"class": "Collaboration"} | self._names(kind, subject) | self._dates(kind, subject)
        cells |= self._areas(kind, "reach", subject) | self._pages(kind, subject)
        self._add(kind, Row(self.graph.line(subject), cells, {}))

    def _add_service(self, subject: str) -> None:
        kind = "services"
        cells = self._names(kind, subject)
        cells.pop("reading", None)
        party: dict[str, str] = {}
        for word, value in self.graph.values(subject, words.PROVIDERS)[:1]:
            self._note(kind, "provided_by", word)
            cells["provided_by"] = self.graph.text(value)
            party = self._party(value.value)
        cells |= self._areas(kind, "service_area", subject)
        for column, properties in (
            ("support_field", words.FIELDS),
            ("channel", words.CHANNELS),
            ("target_group", words.TARGETS),
            ("life_stage", words.LIFE_EVENTS),
        ):
            cells |= self._texts(kind, column, subject, properties)
        cells |= self._dates(kind, subject) | self._pages(kind, subject)
        self._add(kind, Row(self.graph.line(subject), cells, party))

    # ---- memberships ----

    def _members(self, node: str) -> list[str]:
        return self.graph.nodes(node, words.MEMBER) or self.graph.holders(node, words.HAS_MEMBERSHIP + words.MEMBER_OF)

    def _places(self, node: str) -> list[str]:
        return self.graph.nodes(node, words.ORGANIZATION) or self.graph.holders(node, words.HAS_MEMBER)

    def _joined(self, subject: str, properties: Iterable[str]) -> list[str]:
        """Return the bodies at the other end of a plain link; a membership node between speaks for itself."""
        found = self.graph.nodes(subject, properties)
        return [iri for iri in found if not self.graph.types(iri) & (words.MEMBERSHIPS | words.PERSONS)]

    def _add_memberships(self) -> None:
        told: set[tuple[str, str]] = set()
        for node in self.graph.of(words.MEMBERSHIPS):
            for member in self._members(node):
                for place in self._places(node) or [""]:
                    told.add((member, place))
                    self._add_membership(node, member, place)
        for subject in self.graph.of(words.ORGANIZATIONS | words.COLLABORATIONS | words.UNITS | words.CONSORTIA):
            pairs = [(subject, place) for place in self._joined(subject, words.MEMBER_OF)]
            pairs += [(member, subject) for member in self._joined(subject, words.HAS_MEMBER)]
            for member, place in pairs:
                if (member, place) not in told:
                    told.add((member, place))
                    self._add_membership(None, member, place)

    def _add_membership(self, node: str | None, member: str, place: str) -> None:
        if self.graph.types(member) & words.PERSONS or not (self._source.platform or place):
            return
        cells = {"member": self.graph.text(ox.NamedNode(member))}
        if self._source.platform is None:
            cells["organization"] = self.graph.text(ox.NamedNode(place))
        row = Row(self.graph.line(*filter(None, (node, member))), cells, self._party(member))
        if node is not None:
            cells |= self._dates("members", node)
            for word, value in self.graph.values(node, words.ROLES):
                self._add_role(row, word, self.graph.text(value))
        self._add("members", row)

    def _add_role(self, row: Row, word: str, text: str) -> None:
        """A role is a class of members, or makes a row of its own; any other is told."""
        if self._vocabulary.concept("membership-class", text) is not None:
            self._note("members", "member_class", word)
            row.cells["member_class"] = text
        elif self._vocabulary.concept("role", text) is not None:
            self._note("roles", "role", word)
            cells = {name: cell for name, cell in row.cells.items() if name != "member_class"}
            self._add("roles", Row(row.number, cells | {"role": text}, row.party))
        else:
            self.issues.append(make_issue("unread-role", file=self._file, row=row.number, value=text))

    # ---- concept schemes ----

    def _add_scheme(self) -> None:
        """Add the first concept scheme of the file; any other is told."""
        concepts = self.graph.of(words.CONCEPTS)
        schemes = list(dict.fromkeys(iri for concept in concepts for iri in self.graph.nodes(concept, words.IN_SCHEME)))
        for other in schemes[1:]:
            self.issues.append(make_issue("unread-scheme", file=self._file, value=shrink(other)))
        for scheme in schemes[:1]:
            self.graph.label(scheme)
        headers = self._table("schemes").headers
        headers |= {"notation": "skos:notation", "pref_label": "skos:prefLabel", "broader": "skos:broader"}
        for concept in concepts:
            if not schemes or schemes[0] in self.graph.nodes(concept, words.IN_SCHEME):
                self._add("schemes", self._concept(concept))

    def _concept(self, subject: str) -> Row:
        cells = self._names("schemes", subject)
        cells.pop("reading", None)
        cells["notation"] = self.graph.first_text(subject, words.NOTATION) or local_name(subject)
        for above in self.graph.nodes(subject, words.BROADER)[:1]:
            cells["broader"] = self.graph.label(above) or local_name(above)
        if meaning := self.graph.first_text(subject, words.DEFINITION):
            cells["definition"] = meaning
        return Row(self.graph.line(subject), cells, {})


def _cell(column: str, texts: Iterable[str]) -> dict[str, str]:
    """Return one cell that holds the texts, none when there is nothing to hold."""
    text = _SEPARATOR.join(text.replace(_SEPARATOR, "/") for text in texts if text)
    return {column: text} if text else {}
