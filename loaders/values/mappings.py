"""SKOS mappings between field schemes: which fields of a scheme follow from a field of another."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files

from pyoxigraph import NamedNode, RdfFormat, parse

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.files.decode import read_text
from tsunagari.loaders.issues.issues import Issue, make_issue, plain_names
from tsunagari.loaders.workspace.settings import Source, Workspace
from tsunagari.ontology.concepts import Concept
from tsunagari.ontology.namespaces import SKOS
from tsunagari.ontology.spelling import fold_text, spelling_key
from tsunagari.ontology.vocabulary import Vocabulary

# What may be concluded: work in a field is work in an equal, a similar or a wider one, but not in each of its parts.
FOLLOWED = ("exactMatch", "closeMatch", "broadMatch")
RELATIONS = (*FOLLOWED, "narrowMatch", "relatedMatch")
_COLUMNS = ("source", "target", "relation")
_BUNDLED = {("npo-fields", "hyogo"): "npo-hyogo.ttl"}
_BUNDLED_WORDS = {"hyogo": "facilities-hyogo.csv"}

Statement = tuple[str, str, str, int | None]


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """What follows from the concepts of a scheme.

    Parameters
    ----------
    targets
        IRI of a concept to the concepts that follow from it.
    issues
        Lines of a user's own file that could not be used.
    """

    targets: dict[str, list[Concept]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


def read_mapping(workspace: Workspace, source: Source, scheme: str, vocabulary: Vocabulary) -> FieldMapping:
    """Return what follows from the fields of `scheme` in the scheme that the workspace counts in.

    Parameters
    ----------
    workspace, source
        The settings; ``mapping`` of the source names a Turtle or CSV file that replaces the bundled one.
    scheme
        Id of the scheme that the source uses.
    vocabulary
        The ontology with the schemes of the workspace.

    Raises
    ------
    SourceError
        When the file cannot be read.
    """
    if source.mapping is not None:
        return _check(_own_statements(workspace, source.mapping), source.mapping, scheme, vocabulary)
    if workspace.fields == scheme:
        return FieldMapping()
    name = _BUNDLED.get((scheme, workspace.fields))
    if name is None:
        label = workspace.fields
        return FieldMapping(issues=[make_issue("no-mapping", file=source.file, value=scheme, other=label)])
    return _check(_turtle(_bundled_text(name), name), name, scheme, vocabulary)


@dataclass(frozen=True, slots=True)
class WordMapping:
    """The fields that follow from what lists of facilities write as their kind.

    Parameters
    ----------
    words
        Spelling key of a word to the concepts that follow from it.
    issues
        Lines of a user's own file that could not be used.
    """

    words: dict[str, list[Concept]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def find(self, text: str) -> list[Concept]:
        """Return what follows from a text: from the whole of it, else from the longest word that it contains."""
        key = spelling_key(text)
        if key in self.words:
            return self.words[key]
        inside = [word for word in self.words if word in key]
        return self.words[max(inside, key=len)] if inside else []


def read_word_mapping(workspace: Workspace, source: Source, vocabulary: Vocabulary) -> WordMapping:
    """Return the fields that follow from kinds of facilities.

    Parameters
    ----------
    workspace, source
        The settings; ``mapping`` of the source names a CSV file whose lines count before the bundled ones.
    vocabulary
        The ontology with the schemes of the workspace.

    Raises
    ------
    SourceError
        When the file cannot be read.
    """
    mapping = WordMapping()
    if source.mapping is not None:
        statements = _own_statements(workspace, source.mapping)
        _add_words(mapping, statements, source.mapping, workspace.fields, vocabulary)
    name = _BUNDLED_WORDS.get(workspace.fields)
    if name is not None:
        bundled = WordMapping()
        _add_words(bundled, _table(_bundled_text(name), name), name, workspace.fields, vocabulary)
        mapping.words.update((word, found) for word, found in bundled.words.items() if word not in mapping.words)
    return mapping


def _add_words(
    mapping: WordMapping, statements: Iterable[Statement], file: str, scheme: str, vocabulary: Vocabulary
) -> None:
    for word, end, relation, row in statements:
        target = vocabulary.concept(scheme, end) or vocabulary.concept("fields", end)
        if target is None:
            names = [near.labels.get("ja", near.notation) for near in vocabulary.nearest_concepts(scheme, end)]
            issue = make_issue("unknown-match", file=file, row=row, value=end, nearest=plain_names(names))
            mapping.issues.append(issue)
        elif relation.removeprefix("skos:") in FOLLOWED:
            known = mapping.words.setdefault(spelling_key(word), [])
            known += [] if target in known else [target]


def _bundled_text(name: str) -> str:
    return files("tsunagari.ontology").joinpath("schemes", "mappings", name).read_text(encoding="utf-8")


def _own_statements(workspace: Workspace, file: str) -> Iterable[Statement]:
    text = read_text(workspace.path / file, file)[0].text
    return _turtle(text, file) if file.lower().endswith(".ttl") else _table(text, file)


def _turtle(text: str, file: str) -> Iterator[Statement]:
    try:
        triples = [quad.triple for quad in parse(text, format=RdfFormat.TURTLE)]
    except SyntaxError as error:
        message = Message(f"{file} を Turtle として読めません: {error}", f"{file} is not Turtle: {error}")
        hint = Message(
            "例: npo:tourism skos:closeMatch my:tourism .", "Example: npo:tourism skos:closeMatch my:tourism ."
        )
        raise SourceError(message, hint, Place(file, row=getattr(error, "lineno", None))) from None
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
            yield triple.subject.value, triple.object.value, triple.predicate.value.removeprefix(SKOS), None


def _table(text: str, file: str) -> Iterator[Statement]:
    rows = csv.reader(text.splitlines())
    header = [fold_text(cell).lower() for cell in next(rows, [])]
    if not set(_COLUMNS[:2]) <= set(header):
        shown = ", ".join(_COLUMNS)
        message = Message(f"{file} に必要な列（{shown}）がありません。", f"{file} lacks the columns {shown}.")
        hint = Message(
            "1 行目に source,target,relation と書いてください。", "Write source,target,relation in the first line."
        )
        raise SourceError(message, hint, Place(file, row=1))
    for number, cells in enumerate(rows, start=2):
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        if row.get("source") and row.get("target"):
            yield row["source"], row["target"], row.get("relation") or "closeMatch", number


def _check(statements: Iterable[Statement], file: str, scheme: str, vocabulary: Vocabulary) -> FieldMapping:
    """Keep what leads from a concept of the scheme to another field; say what does not."""
    mapping = FieldMapping()
    for start, end, relation, row in statements:
        relation = relation.removeprefix("skos:")
        if relation not in RELATIONS:
            listed = plain_names(RELATIONS)
            issue = make_issue("unknown-match", file=file, row=row, value=relation, nearest=listed)
            mapping.issues.append(issue)
            continue
        concept, target = vocabulary.concept(scheme, start), vocabulary.concept("fields", end)
        for text, found in ((start, concept), (end, target)):
            if found is None:
                within = scheme if text == start else "fields"
                names = [f"{near.scheme}/{near.notation}" for near in vocabulary.nearest_concepts(within, text)]
                issue = make_issue("unknown-match", file=file, row=row, value=text, nearest=plain_names(names))
                mapping.issues.append(issue)
        if concept is not None and target is not None and relation in FOLLOWED:
            known = mapping.targets.setdefault(concept.iri, [])
            known += [] if target in known else [target]
    return mapping
