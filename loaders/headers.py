"""Which column a header stands for: the settings first, then the synonyms of the ontology."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.issues import Issue, make_issue, plain_names
from tsunagari.loaders.kinds import Kind
from tsunagari.loaders.settings import Source, nearest_texts
from tsunagari.ontology.columns import Column
from tsunagari.ontology.spelling import fold_text
from tsunagari.ontology.vocabulary import Vocabulary

ORGANIZATION = "Organization"
# Naming columns of the organisation that a row with a name of its own keeps for itself.
_NAMING = frozenset({"pref_label", "label_en", "alt_label", "reading"})
_DECORATION = re.compile(r"\s*(?:\([^()]*\)|[※*＊].*)$")
_NUMBERS = frozenset({"no", "no.", "番号", "整理番号", "通し番号", "連番", "#"})


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A cell of the header and the column it stands for.

    Parameters
    ----------
    position
        Its place in the row, from 0.
    header
        As written.
    column
        What the ontology says of it.
    owner
        ``"row"``, ``"party"`` (it describes the organisation the row is about) or ``"prefecture"`` (it tells places of
        one name apart).
    """

    position: int
    header: str
    column: Column
    owner: str

    @property
    def name(self) -> str:
        """Name of the column."""
        return self.column.name

    @property
    def key(self) -> str:
        """Name that is unique in the row: a column of the organisation has ``party.`` in front."""
        return f"party.{self.name}" if self.owner == "party" else self.name


class HeaderMap:
    """Headers of one source.

    Parameters
    ----------
    source, kind
        The source and its kind.
    vocabulary
        The ontology.
    """

    def __init__(self, source: Source, kind: Kind, vocabulary: Vocabulary) -> None:
        self.source = source
        self.kind = kind
        self._vocabulary = vocabulary
        self._own = vocabulary.columns(kind.cls)
        self._explicit = {fold_text(header): self._explicit_target(header) for header in source.columns}

    def map_headers(self, cells: list[str]) -> list[MappedColumn]:
        """Return the cells that stand for a column, in their order; the first of two for one column counts."""
        found: dict[str, MappedColumn] = {}
        for position, header in enumerate(cells):
            mapped = self._map(position, header) if header else None
            if mapped is not None:
                found.setdefault(mapped.key, mapped)
        return sorted(found.values(), key=lambda mapped: mapped.position)

    def header_issues(self, cells: list[str], mapped: list[MappedColumn], file: str, row: int) -> list[Issue]:
        """Return what to say of headers that were not read, in their order, and of settings that name no header."""
        by_key = {column.key: column for column in mapped}
        positions = {column.position for column in mapped}
        issues = []
        for position, header in enumerate(cells):
            if not header or position in positions or _is_number(header):
                continue
            known = self._map(position, header)
            if known is not None:
                other = by_key[known.key].header
                issues.append(
                    make_issue("duplicate-column", file=file, row=row, column=header, value=header, other=other)
                )
            else:
                nearest = plain_names(nearest_texts(header, self._known_headers()))
                issues.append(
                    make_issue("unmapped-column", file=file, row=row, column=header, value=header, nearest=nearest)
                )
        written = {fold_text(cell) for cell in cells}
        for header in self.source.columns:
            if fold_text(header) not in written:
                nearest = plain_names(nearest_texts(header, filter(None, cells)))
                issues.append(make_issue("unknown-setting", file=file, value=f"columns: {header}", nearest=nearest))
        return issues

    def required(self) -> list[Column]:
        """Return the columns that must be there, without those the settings fill."""
        given = {"organization"} if self.source.platform else set()
        return [
            column
            for column in self._own.values()
            if column.required and not column.common and column.name not in given
        ]

    def missing_error(self, file: str, row: int, found: list[str], missing: list[Column]) -> SourceError:
        """Return the error for required columns that no header stands for."""
        names = Message(
            "、".join(column.labels.get("ja", column.name) for column in missing),
            ", ".join(column.name for column in missing),
        )
        listed = "、".join(found)
        unread = [header for header in found if self._map(0, header) is None] or found
        lines = [self._missing_hint(column, unread) for column in missing]
        return SourceError(
            Message(
                f"{file} に必要な列「{names.ja}」がありません。{row} 行目の見出し: {listed}",
                f"{file} lacks the required column(s) {names.en}. Headers found in row {row}: {listed}",
            ),
            Message(" ".join(line.ja for line in lines), " ".join(line.en for line in lines)),
            Place(file, row=row),
        )

    def _missing_hint(self, column: Column, unread: list[str]) -> Message:
        scored = {header: nearest_texts(header, column.headers, 1)[0] for header in unread}
        header = max(scored, key=lambda header: _similarity(header, scored[header]))
        known = "、".join(dict.fromkeys(column.headers))
        name, near = column.labels.get("ja", column.name), scored[header]
        setting = f'columns = {{ "{header}" = "{column.name}" }}'
        # a list of one platform's members need not repeat it in each row
        other = ('、または platform = "…"', ' or platform = "…"') if column.name == "organization" else ("", "")
        return Message(
            f"「{name}」と読める見出し: {known}。最も近いのは「{header}」（「{near}」に近い）。"
            f"見出しを直すか、{setting}{other[0]} と書いてください。",
            f"Headers read as {column.name}: {known}. Nearest is “{header}” (like “{near}”): "
            f"rename it, or set {setting}{other[1]}.",
        )

    def _map(self, position: int, header: str) -> MappedColumn | None:
        folded = fold_text(header)
        if folded in self._explicit:
            return replace(self._explicit[folded], position=position, header=header)
        for text in dict.fromkeys((folded, _DECORATION.sub("", folded))):
            found = self._find(text)
            if found is not None:
                column, owner = found
                return MappedColumn(position, header, column, owner)
        return None

    def _find(self, header: str) -> tuple[Column, str] | None:
        column = self._vocabulary.header_to_column(self.kind.cls, header)
        if column is not None:
            # a running number is nobody's identifier
            return None if column.name == "id" and _is_number(header) else (column, "row")
        if self.kind.party is None and self.kind.cls != ORGANIZATION:
            return None
        column = self._vocabulary.header_to_column(ORGANIZATION, header) if self.kind.party else None
        if column is not None and not column.common and not self._is_own_name(column, header):
            return (
                (self._own[self.kind.party], "row")
                if column.name == "pref_label" and self.kind.party
                else (column, "party")
            )
        place = self._vocabulary.header_to_column("AdministrativeArea", header)
        return (place, "prefecture") if place is not None and place.name == "in_prefecture" else None

    def _is_own_name(self, column: Column, header: str) -> bool:
        """A services list's フリガナ reads the service; only headers that say 団体 name its provider."""
        if column.name not in _NAMING or "pref_label" not in self._own:
            return False
        return fold_text(header) not in {fold_text(own) for own in column.own_headers}

    def _explicit_target(self, header: str) -> MappedColumn:
        wanted = self.source.columns[header]
        owner, _, name = wanted.rpartition(".")
        found = self._own.get(wanted)
        if found is not None:
            return MappedColumn(0, header, found, "row")
        if owner in ("party", self.kind.party or "party") and name in self._vocabulary.columns(ORGANIZATION):
            return MappedColumn(0, header, self._vocabulary.columns(ORGANIZATION)[name], "party")
        by_header = self._find(fold_text(wanted))
        if by_header is not None:
            return MappedColumn(0, header, *by_header)
        nearest = "、".join(nearest_texts(wanted, self._known_headers()))
        raise SourceError(
            Message(
                f"{self.source.file} の columns にある「{wanted}」という列はありません。",
                f"`columns` of {self.source.file} names an unknown column {wanted!r}.",
            ),
            Message(f"近い列: {nearest}", f"Nearest columns: {nearest}"),
            Place(self.source.file, column=header),
        )

    def _known_headers(self) -> list[str]:
        columns = list(self._own.values())
        if self.kind.party:
            columns += self._vocabulary.columns(ORGANIZATION).values()
        return [header for column in columns for header in column.headers]


def missing_columns(header_map: HeaderMap, mapped: list[MappedColumn]) -> list[Column]:
    """Return the required columns that are not there; a code column names the organisation of a row as well."""
    keys = {column.key for column in mapped}
    if keys & {"party.corporate_number", "party.lg_code"}:
        keys.add(header_map.kind.party or "")
    return [column for column in header_map.required() if column.name not in keys]


def _is_number(header: str) -> bool:
    return fold_text(header).lower() in _NUMBERS


def _similarity(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return fuzz.ratio(fold_text(one), fold_text(other))
