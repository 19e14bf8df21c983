"""A workspace's own concept schemes, such as the fields of support that an office uses."""

from __future__ import annotations

import re

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.issues import Issue, make_issue, nearest_texts, plain_names
from tsunagari.loaders.tables import Row, Table
from tsunagari.loaders.values import split_cell
from tsunagari.loaders.workspace import Source
from tsunagari.ontology.concepts import Concept, ConceptScheme
from tsunagari.ontology.namespaces import concept_iri, scheme_iri
from tsunagari.ontology.spelling import fold_text, spelling_key
from tsunagari.ontology.vocabulary import Vocabulary

_SLUG = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")


def read_scheme(source: Source, table: Table, vocabulary: Vocabulary) -> tuple[ConceptScheme, list[Issue]]:
    """Return the concept scheme that a table defines, and what was left out of it.

    Parameters
    ----------
    source
        Names the scheme; its title is the scheme's label.
    table
        Columns ``notation``, ``pref_label``, ``label_en``, ``alt_label``, ``broader``, ``definition``.
    vocabulary
        The ontology, for the columns.

    Raises
    ------
    SourceError
        When the settings do not name the scheme.
    """
    if source.scheme is None or not _SLUG.fullmatch(source.scheme):
        raise SourceError(
            Message(f"{source.file} の scheme がありません。", f"[[source]] {source.file} has no usable `scheme`."),
            Message(
                'tsunagari.toml に scheme = "my-fields" のように英数字で名前を付けてください。',
                'Name it in letters and digits, e.g. scheme = "my-fields".',
            ),
            Place(source.file),
        )
    rows: dict[str, Row] = {}
    issues: list[Issue] = []
    for row in table.rows:
        issue = _problem(source, table, row, rows)
        if issue is None:
            rows[fold_text(row.cells["notation"])] = row
        else:
            issues.append(issue)
    names = {spelling_key(name): key for key, row in rows.items() for name in (key, row.cells["pref_label"])}
    concepts = tuple(_concept(source.scheme, key, row, names, vocabulary) for key, row in rows.items())
    issues += [_unknown_broader(source, table, row, rows) for row in rows.values() if _broader(row, names) == ""]
    title = source.title or source.scheme
    replaced = vocabulary.schemes.get(source.scheme)
    is_field = replaced is None or replaced.is_field
    return ConceptScheme(source.scheme, scheme_iri(source.scheme), {"ja": title}, concepts, is_field=is_field), issues


def _problem(source: Source, table: Table, row: Row, known: dict[str, Row]) -> Issue | None:
    for column in ("notation", "pref_label"):
        if column not in row.cells:
            return make_issue("missing-value", file=source.file, row=row.number, column=table.headers[column])
    notation = fold_text(row.cells["notation"])
    if notation in known:
        other = f"{source.file}:{known[notation].number}"
        header = table.headers["notation"]
        return make_issue("duplicate-id", file=source.file, row=row.number, column=header, value=notation, other=other)
    return None


def _broader(row: Row, names: dict[str, str]) -> str | None:
    """The notation above: None when the row names none, empty when it is not known."""
    text = row.cells.get("broader")
    return names.get(spelling_key(text), "") if text else None


def _unknown_broader(source: Source, table: Table, row: Row, rows: dict[str, Row]) -> Issue:
    text = row.cells["broader"]
    nearest = plain_names(nearest_texts(text, [other.cells["pref_label"] for other in rows.values()]))
    return make_issue(
        "unknown-reference",
        file=source.file,
        row=row.number,
        column=table.headers["broader"],
        value=text,
        nearest=nearest,
        target=source.scheme,
    )


def _concept(scheme: str, notation: str, row: Row, names: dict[str, str], vocabulary: Vocabulary) -> Concept:
    cells = row.cells
    labels = {"ja": cells["pref_label"]} | ({"en": cells["label_en"]} if "label_en" in cells else {})
    column = vocabulary.columns("Concept")["alt_label"]
    broader = _broader(row, names)
    return Concept(
        iri=concept_iri(scheme, notation),
        scheme=scheme,
        notation=notation,
        labels=labels,
        synonyms=tuple(split_cell(column, cells.get("alt_label", ""))),
        broader=concept_iri(scheme, broader) if broader else None,
        definitions={"ja": cells["definition"]} if "definition" in cells else {},
    )
