"""Rules over the whole graph: each is a query that gives no row when the data is sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from tsunagari.errors import Message
from tsunagari.graph.sparql.answers import Term, python_value, tidy_frame
from tsunagari.graph.sparql.node_labels import labels_of
from tsunagari.graph.sparql.queries import Queryable, solve
from tsunagari.graph.sparql.query_files import QueryFile, bundled_queries, options
from tsunagari.graph.sparql.sparql_text import bind
from tsunagari.ontology.namespaces import scheme_iri
from tsunagari.ontology.vocabulary import FIELDS, vocabulary

if TYPE_CHECKING:
    import pandas as pd

SEVERITIES = ("error", "warning", "notice")
CONCEPT_COLUMN = "concept-column"
COLUMNS = ("rule", "severity", "message", "node", "detail", "hint")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Parameters
    ----------
    name
        Its name, in kebab-case.
    severity
        One of `SEVERITIES`.
    message, hint
        What is wrong where it gives a row, and what to do.
    headings
        Variable to what it means.
    for_each
        ``"concept-column"`` when it is run once for each property whose values are concepts of a scheme, else empty.
    file
        Where it comes from.
    """

    name: str
    severity: str
    message: Message
    hint: Message
    headings: Mapping[str, Message]
    for_each: str
    file: QueryFile


def read_rule(file: QueryFile) -> Rule:
    """Read a rule from its file.

    Raises
    ------
    QueryError
        The header lacks a part or names an unknown severity.
    """
    severity = file.first("severity")
    if severity not in SEVERITIES:
        row = file.all("severity")[0].row
        raise file.mistake(row, Message(f"重大度「{severity}」はありません。", f"There is no severity {severity!r}."))
    headings = {}
    for line in file.all("column"):
        words, pairs = options(line, file)
        headings[words[0]] = Message(pairs.get("ja", words[0]), pairs.get("en", words[0]))
    each = file.all("for-each")
    return Rule(
        file.first("name"),
        severity,
        Message(file.first("ja"), file.first("en")),
        Message(file.first("hint-ja"), file.first("hint-en")),
        headings,
        each[0].text if each else "",
        file,
    )


def all_rules() -> list[Rule]:
    """Return the rules of the ontology by name."""
    return [read_rule(file) for file in bundled_queries("rules")]


def check_rules(store: Queryable | ox.Store, lang: str = "ja") -> pd.DataFrame:
    """Run every rule.

    Parameters
    ----------
    store
        The graph.
    lang
        Language of message, detail and hint.

    Returns
    -------
    One row a finding: ``rule``, ``severity`` (error or warning), ``message``, ``node`` (IRI), ``detail`` (what was
    found), ``hint``. Errors first, then by rule and node; empty when the data is sound.

    Examples
    --------
    >>> len(check_rules(ox.Store()))
    0
    """
    rows = [row for rule in all_rules() for row in _findings(store, rule, lang)]
    rows.sort(key=lambda row: (SEVERITIES.index(row[1]), row[0], row[3], row[4]))
    return tidy_frame(COLUMNS, rows)


def _findings(store: Queryable | ox.Store, rule: Rule, lang: str) -> Iterator[tuple[str, str, str, str, str, str]]:
    columns, found = _run(store, rule)
    iris = {term.value for row in found for term in row if isinstance(term, ox.NamedNode)}
    labels = labels_of(store, sorted(iris), lang=lang)
    for row in found:
        values = dict(zip(columns, row, strict=True))
        node = values.pop("node")
        detail = ", ".join(
            f"{_heading(rule, name, lang)}: {_shown(term, labels)}" for name, term in values.items() if term is not None
        )
        subject = _shown(node, labels)
        yield (
            rule.name,
            rule.severity,
            rule.message.text(lang),
            str(python_value(node)),
            f"{subject} ({detail})" if detail else subject,
            rule.hint.text(lang),
        )


def _run(store: Queryable | ox.Store, rule: Rule) -> tuple[list[str], list[tuple[Term | None, ...]]]:
    """Return the columns and the rows of a rule, without the row that an aggregate over nothing gives."""
    columns: list[str] = []
    rows: list[tuple[Term | None, ...]] = []
    for values in _cases(rule):
        answer = solve(store, bind(rule.file.text, values))
        columns = answer.columns
        node = columns.index("node")
        rows += [row for row in answer.rows if row[node] is not None]
    return columns, rows


def _cases(rule: Rule) -> Iterator[dict[str, ox.NamedNode]]:
    if rule.for_each != CONCEPT_COLUMN:
        yield {}
        return
    for path, scheme in sorted(_concept_columns()):
        named = {} if scheme == FIELDS else {"scheme": ox.NamedNode(scheme_iri(scheme))}
        yield {"property": ox.NamedNode(path), **named}


def _concept_columns() -> set[tuple[str, str]]:
    """Return property and scheme of every column whose values are concepts, as the shapes say."""
    words = vocabulary()
    columns = [column for name in words.classes for column in words.columns(name).values()]
    return {(column.path, column.scheme) for column in columns if column.scheme}


def _heading(rule: Rule, name: str, lang: str) -> str:
    return rule.headings[name].text(lang) if name in rule.headings else name


def _shown(term: Term | None, labels: Mapping[str, str]) -> str:
    return labels.get(term.value, term.value) if isinstance(term, ox.NamedNode) else str(python_value(term))
