"""SKOS mappings that are read from files: from the fields of a scheme to those of another, and from a user's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.fields.word_tables import FOLLOWED, RELATED, FieldMatch, FieldWord
from tsunagari.loaders.files import csv_rows, read_apart, read_text
from tsunagari.loaders.issues import Issue, make_issue, plain_names
from tsunagari.loaders.workspace import Source, Workspace
from tsunagari.ontology.concepts import Concept
from tsunagari.ontology.namespaces import SKOS
from tsunagari.ontology.spelling import fold_text, spelling_key
from tsunagari.ontology.vocabulary import Vocabulary
from tsunagari.spreadsheets import unguarded

RELATIONS = (*FOLLOWED, "narrowMatch", "relatedMatch")
FIELDS_NAME = "field-words.csv"  # the words that a user matched, in the folder of the workspace
NONE = "none"  # said of a word to which no field fits
_COLUMNS = ("source", "target", "relation")
_HEADERS = {
    **{"語": "source", "word": "source", "分野": "target", "field": "target", "対応": "relation"},
    **{"件数": "count", "候補": "candidates"},
}
_SAID = {
    **{"exact": "exactMatch", "同じ": "exactMatch", "close": "closeMatch", "近い": "closeMatch"},
    **{"broad": "broadMatch", "含まれる": "broadMatch", "広い": "broadMatch", "related": RELATED, "関連": RELATED},
    **{NONE: NONE, "対象外": NONE, "なし": NONE},
}
_BUNDLED = {("npo-fields", "hyogo"): "npo-hyogo.ttl"}

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


def scheme_matches(scheme: str, vocabulary: Vocabulary) -> dict[str, tuple[FieldMatch, ...]]:
    """Return what follows in `scheme`, by the bundled matches, from each field of another: its IRI to the matches."""
    found: dict[str, list[FieldMatch]] = {}
    for (source, target), name in _BUNDLED.items() if scheme in vocabulary.field_schemes else ():
        for start, end, relation, _ in _turtle(_bundled_text(name), name) if target == scheme else ():
            one, other = vocabulary.concept(source, start), vocabulary.concept(target, end)
            if one is not None and other is not None and relation in FOLLOWED:
                found.setdefault(one.iri, []).append(FieldMatch(relation, other))
    return {iri: tuple(matches) for iri, matches in found.items()}


def own_word_files(workspace: Workspace, source: Source | None) -> list[str]:
    """Return the files with words that a user matched: that of the workspace, then that of the source."""
    listed = {item.file for item in workspace.sources}
    own = [FIELDS_NAME] if FIELDS_NAME not in listed and (workspace.path / FIELDS_NAME).exists() else []
    return own if source is None or source.mapping is None else [*own, source.mapping]


def read_own_words(workspace: Workspace, file: str, vocabulary: Vocabulary) -> tuple[dict[str, FieldWord], list[Issue]]:
    """Return the words of a user's file by the key of their spelling, and the lines that could not be used.

    A line without a field is one that is still to be filled in; ``none`` or 対象外 as relation says that no field fits.

    Raises
    ------
    SourceError
        When the file cannot be read.
    """
    issues: list[Issue] = []
    words: dict[str, FieldWord] = {}
    for word, end, relation, row in _own_statements(workspace, file):
        key, relation = spelling_key(word), _relation(relation)
        before = words[key].matches if key in words else ()
        if relation == NONE:
            words[key] = FieldWord(word, before, file, row)
            continue
        target = vocabulary.concept(workspace.fields, end) or vocabulary.concept("fields", end)
        problem = _problem(relation, target, end, workspace.fields, vocabulary)
        if problem is not None:
            issues.append(make_issue("unknown-match", file=file, row=row, value=problem[0], nearest=problem[1]))
        elif target is not None and relation in (*FOLLOWED, RELATED):
            words[key] = FieldWord(word, (*before, FieldMatch(relation, target)), file, row)
    return words, issues


def _problem(
    relation: str, target: Concept | None, end: str, scheme: str, vocabulary: Vocabulary
) -> tuple[str, Message] | None:
    if relation not in RELATIONS:
        return relation, plain_names((*RELATIONS, *_SAID))
    if target is None:
        near = [item.labels.get("ja", item.notation) for item in vocabulary.nearest_concepts(scheme, end)]
        return end, plain_names(near)
    return None


def _relation(text: str) -> str:
    """Return the relation of SKOS that a cell names, by its own name or in the words of an office."""
    name = fold_text(text).removeprefix("skos:")
    return _SAID.get(name.lower(), name)


def _bundled_text(name: str) -> str:
    return files("tsunagari.ontology").joinpath("schemes", "mappings", name).read_text(encoding="utf-8")


def _own_statements(workspace: Workspace, file: str) -> Iterable[Statement]:
    path = workspace.path / file
    text, data = read_text(path, file)
    if not file.lower().endswith(".ttl"):
        return _table(text.text, file)
    found: list[Statement] = read_apart(file, __name__, turtle_statements.__name__, str(path), file, size=len(data))
    return found


def turtle_statements(path: str, file: str) -> list[Statement]:
    """Return the matches in a Turtle file; called in the other process."""
    return list(_turtle(read_text(Path(path), file)[0].text, file))


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


def header_names(cells: Iterable[str]) -> list[str]:
    """Return what the columns of a file of words are, whatever language its header is in.

    Examples
    --------
    >>> header_names(["語", "分野", "対応", "件数"])
    ['source', 'target', 'relation', 'count']
    """
    return [_HEADERS.get(name, name) for name in (fold_text(cell).lower() for cell in cells)]


def _table(text: str, file: str) -> Iterator[Statement]:
    rows = csv_rows(text, file)
    header = header_names(next(rows, (1, []))[1])
    if not set(_COLUMNS[:2]) <= set(header):
        shown = ", ".join(_COLUMNS)
        message = Message(f"{file} に必要な列（{shown}）がありません。", f"{file} lacks the columns {shown}.")
        hint = Message(
            "1 行目に source,target,relation（または 語,分野,対応）と書いてください。",
            "Write source,target,relation in the first line.",
        )
        raise SourceError(message, hint, Place(file, row=1))
    for number, cells in rows:
        row = dict(zip(header, cells, strict=False))
        relation = row.get("relation") or "closeMatch"
        if row.get("source") and (row.get("target") or _relation(relation) == NONE):
            yield unguarded(row["source"]), row.get("target", ""), relation, number


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
