"""What the shapes say about tables: which columns a row of a class has and what each may hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tsunagari.ontology.namespaces import RDFS, SH, SKOS, TSU, TSUT, column_name, local_name
from tsunagari.ontology.terms import Terms

CONCEPT_SHAPE = f"{TSU}ConceptShape"
ADDED_SHAPE = f"{TSU}AddedShape"  # checks what the loader writes; it has no columns
# Shapes whose columns every row has, beside those of its own class.
COMMON_SHAPES = (f"{TSU}CommonShape", f"{TSU}LocatorShape", f"{TSU}QuoteShape")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table and the property that its values become.

    Parameters
    ----------
    name
        Name in snake case, e.g. ``"member_class"``.
    path
        IRI of the property.
    datatype
        ``"string"``, ``"langString"``, ``"integer"``, ``"decimal"``, ``"boolean"`` or ``"date"``; None where the values
        are concepts or references.
    scheme
        Id of the concept scheme of the values, ``"fields"`` for any field scheme; None for other columns.
    targets
        Local names of the classes a reference may point to; empty when it may point to anything or is no reference.
    required, single
        Whether the cell must be filled, and whether it holds one value only.
    temporal
        Whether imprecise dates (eras, months, fiscal years) are accepted.
    labels
        Name of the column by language.
    own_headers, shared_headers
        Further headers: those of this class alone, and those of the property wherever it is used.
    language
        Language tag of the texts; None for other datatypes.
    pattern, minimum, above, maximum
        Regular expression of the text, least number, number that it must be greater than, and greatest number; None
        where there is none.
    common
        Whether rows of every class have the column.
    """

    name: str
    path: str
    datatype: str | None
    scheme: str | None = None
    targets: tuple[str, ...] = ()
    required: bool = False
    single: bool = False
    temporal: bool = False
    labels: dict[str, str] = field(default_factory=dict, hash=False)
    own_headers: tuple[str, ...] = ()
    shared_headers: tuple[str, ...] = ()
    language: str | None = None
    pattern: str | None = None
    minimum: int | None = None
    above: int | None = None
    maximum: int | None = None
    common: bool = False

    @property
    def ranked_headers(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Headers in three ranks: name and synonyms of this class, labels, synonyms of the property."""
        return (self.name, *self.own_headers), tuple(self.labels.values()), self.shared_headers

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header the column is known by, most particular first."""
        return tuple(dict.fromkeys(header for rank in self.ranked_headers for header in rank))

    @property
    def is_list(self) -> bool:
        """Whether a cell may hold several values; addresses and descriptions contain the signs that separate them."""
        return not self.single and self.name not in ("address", "description")

    @property
    def is_reference(self) -> bool:
        """Whether the values are references to other rows, areas or platforms."""
        return self.datatype is None and self.scheme is None

    @property
    def target(self) -> str | None:
        """Local name of the first class a reference may point to; None for any, or for no reference."""
        return self.targets[0] if self.targets else None


def read_columns(terms: Terms, shape: str) -> Iterator[Column]:
    """Yield the columns of one node shape in the order of the file."""
    for node in terms.iris(shape, f"{SH}property"):
        yield _read_column(terms, node, common=shape in COMMON_SHAPES)


def _read_column(terms: Terms, node: str, *, common: bool) -> Column:
    path = terms.iris(node, f"{SH}path")[0]
    datatypes = terms.iris(node, f"{SH}datatype")
    limits = (terms.text(node, f"{SH}{name}") for name in ("minInclusive", "minExclusive", "maxInclusive"))
    minimum, above, maximum = (None if limit is None else int(limit) for limit in limits)
    is_concept = bool(terms.texts(node, f"{TSUT}scheme"))
    own_names = terms.by_language(node, f"{SH}name")
    return Column(
        name=terms.text(node, f"{TSUT}column") or column_name(path),
        path=path,
        datatype=local_name(datatypes[0]) if datatypes else None,
        scheme=terms.text(node, f"{TSUT}scheme"),
        targets=() if is_concept else tuple(local_name(iri) for iri in _target_classes(terms, node)),
        required=terms.text(node, f"{SH}minCount") == "1",
        single=terms.text(node, f"{SH}maxCount") == "1" or terms.text(node, f"{SH}uniqueLang") == "true",
        temporal=terms.text(node, f"{TSUT}temporal") == "true",
        labels=own_names or terms.by_language(path, f"{RDFS}label"),
        own_headers=tuple(_synonyms(terms, node)),
        # A column with its own name is one of several for the property: the property's headers mean the main one.
        shared_headers=() if own_names else tuple(_synonyms(terms, path)),
        language=terms.text(node, f"{TSUT}language"),
        pattern=None if is_concept else terms.text(node, f"{SH}pattern"),
        minimum=minimum,
        above=above,
        maximum=maximum,
        common=common,
    )


def _target_classes(terms: Terms, node: str) -> list[str]:
    choices = [
        iri
        for head in terms.iris(node, f"{SH}or")
        for item in terms.members(head)
        for iri in terms.iris(item, f"{SH}class")
    ]
    return terms.iris(node, f"{SH}class") + choices


def _synonyms(terms: Terms, subject: str) -> list[str]:
    return [text for name in ("altLabel", "hiddenLabel") for text in terms.texts(subject, f"{SKOS}{name}")]
