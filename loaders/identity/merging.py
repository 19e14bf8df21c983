"""Rows that speak of one thing: their values are put together, and single values that differ are reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tsunagari.loaders.identity.drafts import Draft, RecordDraft, Records, day_of
from tsunagari.loaders.issues import Issue
from tsunagari.loaders.registry import Entity
from tsunagari.loaders.values import clean_label
from tsunagari.ontology.columns import Column
from tsunagari.ontology.municipalities import city_code
from tsunagari.ontology.namespaces import instance_iri
from tsunagari.ontology.records import Evidence, Reference, Temporal, Value
from tsunagari.ontology.spelling import spelling_key

Values = Mapping[str, tuple[Value, ...]]

_SMALL_KANA = str.maketrans("ぁぃぅぇぉっゃゅょゎヶヵ", "あいうえおつやゆよわけか")
_AREA = instance_iri("area", "")


class Merger:
    """Puts values of rows into the records of things.

    Parameters
    ----------
    records, issues
        Where results go.
    """

    def __init__(self, records: Records, issues: list[Issue]) -> None:
        self._records = records
        self._issues = issues
        self._days: dict[tuple[str, str], date] = {}  # of the dated list that a single value is from

    def merge(
        self,
        draft: Draft,
        entity: Entity,
        values: Values,
        evidence: Sequence[Evidence],
        *,
        columns: Mapping[str, Column],
        prefix: str = "",
    ) -> None:
        """Add the values of a row to the record of a thing in the row's graph.

        Parameters
        ----------
        draft, evidence
            The row and where it is stated.
        entity
            The thing.
        values, columns
            Values by column, and what the ontology says of the columns.
        prefix
            What stands before the column in the headers of the file: ``party.`` for the organisation of a row.
        """
        record = self._records.at(entity.iri, entity.cls, draft.graph)
        for name, items in values.items():
            if name == "pref_label":
                _add_name(record, entity, str(items[0]))
            elif name == "id":
                record.add(name, [item for item in items if item == entity.id])
            elif name == "alt_label":
                record.add(name, [item for item in items if item != entity.label])
            elif not columns[name].single or self._accept(draft, entity, columns[name], items[0], prefix):
                record.add(name, items)
        record.cite(evidence)

    def _accept(self, draft: Draft, entity: Entity, column: Column, value: Value, prefix: str) -> bool:
        """Tell whether a single value agrees with what is known; report it when it does not."""
        is_first, day = column.name not in entity.values, day_of(draft.file.source.as_of)
        known = entity.values.setdefault(column.name, value)
        if is_first and day is not None:
            self._days[entity.iri, column.name] = day
        if known == value or _same_when(known, value) or _same_city(known, value):
            return known == value
        key = f"{prefix}{column.name}"
        if column.name == "reading" and entity.cls == "LocalGovernment":
            if _kana(str(known)) != _kana(str(value)):
                issue = draft.issue("reading-differs", key, str(value), name=entity.label, other=known)
                self._issues.append(issue)
            return False
        text = (draft.row.party if prefix else draft.row.cells).get(column.name, "")
        newer = self._days.get((entity.iri, column.name))
        code = "superseded" if day is not None and newer is not None and day < newer else "value-differs"
        issue = draft.issue(code, key, text, name=entity.label, other=shown_value(known))
        self._issues.append(issue)
        return False


def _add_name(record: RecordDraft, entity: Entity, name: str) -> None:
    """The cleanest name is the name; others become further names, as written."""
    if clean_label(name) == entity.label:
        record.add("pref_label", (entity.label,))
    if name != entity.label:
        record.add("alt_label", (name,))


def _kana(text: str) -> str:
    return spelling_key(text).translate(_SMALL_KANA)


def _same_when(one: Value, other: Value) -> bool:
    """Two spellings of one date agree."""
    if not isinstance(one, Temporal) or not isinstance(other, Temporal):
        return False
    return (one.value, one.not_before, one.not_after) == (other.value, other.not_before, other.not_after)


def _same_city(one: Value, other: Value) -> bool:
    """A designated city and one of its wards agree as the place of a body."""
    if not isinstance(one, Reference) or not isinstance(other, Reference) or not one.iri.startswith(_AREA):
        return False
    first, second = (value.iri.removeprefix(_AREA) for value in (one, other))
    return first == city_code(second) or second == city_code(first)


def shown_value(value: Value) -> str:
    """Return a value as a message shows it."""
    if isinstance(value, Temporal):
        return value.as_written
    return value.iri.rsplit("/", 1)[-1] if isinstance(value, Reference) else str(value)
