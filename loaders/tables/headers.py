"""Which column a header stands for: the settings first, then the synonyms of the ontology."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from tsunagari.errors import Message, Place, SourceError
from tsunagari.loaders.issues import Issue, join_names, make_issue, nearest_texts, plain_names
from tsunagari.loaders.tables.header_text import (
    Stack,
    is_number,
    is_series,
    shown_header,
    similarity,
    spellings,
    split_heading,
)
from tsunagari.loaders.tables.mapped_columns import ConceptHeader, MappedColumn
from tsunagari.loaders.workspace import Kind, Source
from tsunagari.ontology.columns import Column
from tsunagari.ontology.concepts import Concept
from tsunagari.ontology.spelling import fold_text
from tsunagari.ontology.vocabulary import FIELDS, Vocabulary

ORGANIZATION = "Organization"
# Naming columns of the organisation that a row with a name of its own keeps for itself.
_NAMING = frozenset({"pref_label", "label_en", "alt_label", "reading"})
# Of a person these columns would be read as those of the organisation.
_PERSONAL = re.compile("代表者|担当者|個人|氏名|役員|理事長|会長")
_SIMILAR = 50.0  # percent of likeness below which a header is no hint
HINTS = 100  # headers for which the nearest known ones are named
_LONGEST = 200  # a longer text is nobody's header
MEMBERS, ROLES, BODIES, CONTACTS = "members", "roles", "bodies", "contacts"
# What an organisation does; in a list of anything but members and organisations such a column says what that thing is.
_OF_MEMBERS = frozenset({"target_group", "description"})
_REACHED = frozenset({MEMBERS, "organizations", "services"})  # whose rows may say how an office is reached
_REACHED_BY = frozenset({"department", "telephone", "fax", "email"})
_BODY = re.compile("(?:所属|参加|希望)?(?:専門)?(?:分科会|部会|ワーキング(?:グループ)?|WG)(?:名|等)?")
_BODY_WORDS = ("分科会", "部会", "ワーキング", "WG")  # one of which it holds


class HeaderMap:
    """Headers of one source.

    Parameters
    ----------
    source, kind
        The source and its kind.
    vocabulary
        The ontology.
    only_mapped
        Whether only the headers count that the settings map.
    """

    def __init__(self, source: Source, kind: Kind, vocabulary: Vocabulary, *, only_mapped: bool = False) -> None:
        self.source = source
        self.kind = kind
        self.vocabulary = self._vocabulary = vocabulary
        self._only_mapped = only_mapped
        self._own = vocabulary.columns(kind.cls)
        party = vocabulary.columns(ORGANIZATION) if kind.party else {}
        kept = frozenset() if kind.name == MEMBERS else _OF_MEMBERS
        self._party = {name: column for name, column in party.items() if name not in kept}
        # the search for the header asks for the same texts again and again
        self._known: dict[str, MappedColumn | None] = {}
        self._concepts: dict[Stack, list[ConceptHeader]] = {}
        self._explicit = {
            fold_text(header): self._target(wanted, header, "columns") for header, wanted in source.columns.items()
        }
        classes = (kind.cls, ORGANIZATION, "AdministrativeArea", "ContactPoint", "RoleHolding")
        self._beginnings = vocabulary.header_beginnings(*classes) | (*self._explicit, *_BODY_WORDS)
        # what the settings say of all rows
        self.constants = [(self._target(name, name, "values"), text) for name, text in source.values.items()]

    def map_headers(self, cells: Sequence[str]) -> list[MappedColumn]:
        """Return the cells that stand for a column, in their order; the first of two for one column counts."""
        return self.map_stacks([(cell,) if cell else () for cell in cells])

    def map_stacks(self, stacks: Sequence[Stack]) -> list[MappedColumn]:
        """Return the headers of one or more rows that stand for a column, as `map_headers` does.

        A column that holds several values may be spread over numbered ones: 活動分野1, 活動分野2.
        """
        found: dict[str, MappedColumn] = {}
        for position, stack in enumerate(stacks):
            mapped = self._map_stack(position, stack)
            if mapped is None:
                continue
            first = found.setdefault(mapped.key, mapped)
            if first is not mapped and not mapped.column.single and is_series(first.header, mapped.header):
                found[f"{mapped.key} {position}"] = mapped
        return sorted(found.values(), key=lambda mapped: mapped.position)

    def may_know(self, stacks: Sequence[Stack], least: int) -> bool:
        """Tell whether so many headers may be columns or concepts; rows of data are given up after a few cells."""
        spare = sum(map(bool, stacks)) - least
        for position, stack in enumerate(stacks):
            if spare < 0:
                return False
            if least and stack and self._map_stack(position, stack) is None and not self.concepts_of(stack):
                spare -= 1
        return spare >= 0

    def concept_positions(self, stacks: Sequence[Stack], mapped: Sequence[MappedColumn]) -> list[int]:
        """Return the positions whose header is no column but an entry of a concept scheme that a column takes."""
        taken = {column.position for column in mapped}
        return [
            position
            for position, stack in enumerate(stacks)
            if position not in taken and stack and self.concepts_of(stack)
        ]

    def concepts_of(self, stack: Stack) -> list[ConceptHeader]:
        """Return the columns that the header may be a value of, each with the concept; a heading above it decides."""
        if stack not in self._concepts:
            self._concepts[stack] = self._concepts_of(stack)
        return self._concepts[stack]

    def _concepts_of(self, stack: Stack) -> list[ConceptHeader]:
        parent, text = stack[:-1], stack[-1]
        if len(text) > _LONGEST or self._only_mapped:
            return []
        if not parent:
            head, _, tail = split_heading(text)
            owner = self._map(0, head) if tail else None
            if owner is not None and owner.column.scheme is not None:
                parent, text = (head,), tail
        names = self._vocabulary.concept_names(text, spellings)
        if not names:
            return []
        columns = [self._map(0, heading) for heading in reversed(parent)]
        chosen = [found for found in columns if found is not None and found.column.scheme is not None]
        return [
            ConceptHeader(found, concept)
            for found in chosen[:1] or self.scheme_columns
            if (concept := self._concept(found.column.scheme or "", names)) is not None
        ]

    @cached_property
    def scheme_columns(self) -> list[MappedColumn]:
        """The columns that take concepts, fields of support first; their own before those of the organisation."""
        own = [MappedColumn(0, column.name, column, "row") for column in self._own.values()]
        found = own + [MappedColumn(0, column.name, column, "party") for column in self._party.values()]
        takes = [item for item in found if item.column.scheme is not None and not item.column.common]
        return sorted(takes, key=lambda item: item.column.scheme != FIELDS)

    def _concept(self, scheme: str, names: Sequence[str]) -> Concept | None:
        return next((found for name in names if (found := self._vocabulary.concept(scheme, name))), None)

    def nearest_concepts(self, scheme: str, text: str) -> Message:
        """Return the three concepts of a scheme most like `text` as one list."""
        found = self._vocabulary.nearest_concepts(scheme, text)
        return join_names(Message(c.labels.get("ja", c.notation), c.labels.get("en", c.notation)) for c in found)

    def concept_within(self, scheme: str, text: str) -> Concept | None:
        """Return the first concept of a scheme one of whose names, of two letters at least, is part of `text`."""
        folded = fold_text(text)
        return next(
            (
                concept
                for concept in self._vocabulary.schemes[scheme].concepts
                if any(len(word) > 1 and fold_text(word) in folded for word in concept.words)
            ),
            None,
        )

    def concept_names(self, scheme: str) -> Message:
        """Return the labels of a scheme as one list."""
        concepts = self._vocabulary.schemes[scheme].concepts
        return join_names(Message(c.labels.get("ja", c.notation), c.labels.get("en", c.notation)) for c in concepts)

    def header_issues(
        self,
        stacks: Sequence[Stack],
        mapped: Sequence[MappedColumn],
        *,
        file: str,
        row: int,
        sheet: str | None = None,
        told: Container[int] = (),
    ) -> list[Issue]:
        """Return what to say of headers that were not read, in their order, and of settings that name no header.

        Parameters
        ----------
        stacks, mapped
            The header and what was understood of it.
        file, row, sheet
            Where it is.
        told
            Positions that were read or spoken of in another way.
        """
        by_key = {column.key: column for column in mapped}
        known_headers = self._known_headers()
        positions = {column.position for column in mapped}
        issues = []
        for position, stack in enumerate(stacks):
            header = shown_header(stack)
            if not header or position in positions or position in told or is_number(header):
                continue
            known = self._map_stack(position, stack)
            place: dict[str, Any] = {"file": file, "sheet": sheet, "row": row, "column": header, "value": header}
            if known is not None:
                issues.append(make_issue("duplicate-column", **place, other=by_key[known.key].header))
            elif _PERSONAL.search(header):
                issues.append(make_issue("personal-column", **place))
            else:
                found = nearest_texts(header, known_headers) if len(issues) < HINTS else []
                issues.append(make_issue("unmapped-column", **place, nearest=plain_names(found)))
        written = {fold_text(text) for stack in stacks for text in (*stack, shown_header(stack))}
        for header in self.source.columns:
            if fold_text(header) not in written:
                nearest = plain_names(nearest_texts(header, filter(None, map(shown_header, stacks))))
                issues.append(make_issue("unknown-setting", file=file, value=f"columns: {header}", nearest=nearest))
        return issues

    def required(self) -> list[Column]:
        """Return the columns that must be there, without those the settings fill."""
        given = {target.name for target, _ in self.constants if target.owner == "row"}
        given |= {"organization"} if self.source.platform else set()
        return [
            column
            for column in self._own.values()
            if column.required and not column.common and column.name not in given
        ]

    def missing_error(
        self, file: str, row: int, found: list[str], missing: list[Column], *, sheet: str | None = None
    ) -> SourceError:
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
            Place(file, sheet=sheet, row=row),
        )

    def _missing_hint(self, column: Column, unread: list[str]) -> Message:
        scored = {header: nearest_texts(header, column.headers, 1)[0] for header in unread}
        header = max(scored, key=lambda header: similarity(header, scored[header]))
        known = "、".join(dict.fromkeys(column.headers))
        name, near = column.labels.get("ja", column.name), scored[header]
        is_near = similarity(header, near) >= _SIMILAR and self._map(0, header) is None
        setting = f'columns = {{ "{header}" = "{column.name}" }}' if is_near else f'values = {{ {column.name} = "…" }}'
        other = ('、または platform = "…"', ' or platform = "…"') if column.name == "organization" else ("", "")
        ja = f"最も近いのは「{header}」（「{near}」に近い）。見出しを直すか、" if is_near else "その列を足すか、"
        en = f"Nearest is “{header}” (like “{near}”): rename it, or" if is_near else "Add such a column, or"
        return Message(
            f"「{name}」と読める見出し: {known}。{ja}{setting}{other[0]} と書いてください。",
            f"Headers read as {column.name}: {known}. {en} set {setting}{other[1]}.",
        )

    def _map_stack(self, position: int, stack: Stack) -> MappedColumn | None:
        """The lowest heading alone says what a column is, else together with those above it."""
        if len(stack) < 2:
            return self._map(position, stack[0]) if stack else None
        shown = shown_header(stack)
        personal = any(_PERSONAL.search(heading) for heading in stack[:-1])
        for text in (shown, *(() if personal else (stack[-1],)), "".join(stack), "".join(stack[-2:])):
            mapped = self._map(position, text)
            if mapped is not None:
                return replace(mapped, header=stack[-1] if text == stack[-1] else shown)
        return None

    def _map(self, position: int, header: str) -> MappedColumn | None:
        if header not in self._known:
            self._known[header] = self._map_text(header)
        found = self._known[header]
        return None if found is None else replace(found, position=position, header=header)

    def _map_text(self, header: str) -> MappedColumn | None:
        if len(header) > _LONGEST or not self._beginnings.are_in(header):
            return None
        for text in spellings(header):
            if text in self._explicit:
                return self._explicit[text]
            found = None if self._only_mapped else self._find(text)
            if found is not None:
                column, owner = found
                if owner == CONTACTS and _PERSONAL.search(header):
                    return None  # 電話（担当者） is no office's
                return MappedColumn(0, header, column, owner)
        return None

    def _find(self, header: str) -> tuple[Column, str] | None:
        beside = self._find_beside(header)
        if beside is not None:
            return beside
        column = self._vocabulary.header_to_column(self.kind.cls, header)
        if column is not None:
            # a running number is nobody's identifier
            return None if column.name == "id" and is_number(header) else (column, "row")
        if self.kind.party is None and self.kind.cls != ORGANIZATION:
            return None
        column = self._vocabulary.header_to_column(ORGANIZATION, header) if self.kind.party else None
        known = column is not None and column.name in self._party
        if column is not None and known and not column.common and not self._is_own_name(column, header):
            return (
                (self._own[self.kind.party], "row")
                if column.name == "pref_label" and self.kind.party
                else (column, "party")
            )
        place = self._vocabulary.header_to_column("AdministrativeArea", header)
        return (place, "prefecture") if place is not None and place.name == "in_prefecture" else None

    def _find_beside(self, header: str) -> tuple[Column, str] | None:
        """A member list also says roles (not 役職, a person's post), bodies, and as one of organisations, contacts."""
        if self.kind.name in _REACHED:
            reached = self._vocabulary.header_to_column("ContactPoint", header)
            if reached is not None and reached.name in _REACHED_BY:
                return reached, CONTACTS
        if self.kind.name != MEMBERS:
            return None
        columns = self._vocabulary.columns("RoleHolding")
        if header in (columns["role"].name, *columns["role"].labels.values()):
            return columns["role"], ROLES
        if self.source.platform and _BODY.fullmatch(header):
            return columns["organization"], BODIES
        return None

    def _is_own_name(self, column: Column, header: str) -> bool:
        """A services list's フリガナ reads the service; only headers that say 団体 name its provider."""
        if column.name not in _NAMING or "pref_label" not in self._own:
            return False
        return fold_text(header) not in {fold_text(own) for own in column.own_headers}

    def _target(self, wanted: str, header: str, setting: str) -> MappedColumn:
        """Return the column that a setting names: by its name, with ``party.`` in front, or by one of its headers."""
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
                f"{self.source.file} の {setting} にある「{wanted}」という列はありません。",
                f"`{setting}` of {self.source.file} names an unknown column {wanted!r}.",
            ),
            Message(f"近い列: {nearest}", f"Nearest columns: {nearest}"),
            Place(self.source.file, column=header),
        )

    def all_columns(self) -> list[tuple[str, Column]]:
        """Return every column that a header may stand for, with its name in the settings."""
        return [*self._own.items(), *((f"party.{name}", column) for name, column in self._party.items())]

    def _known_headers(self) -> list[str]:
        return [header for column in (*self._own.values(), *self._party.values()) for header in column.headers]


def missing_columns(header_map: HeaderMap, found: Iterable[str]) -> list[Column]:
    """Return the required columns that are not among the keys; a code names the organisation of a row as well."""
    keys = set(found)
    if keys & {"party.corporate_number", "party.lg_code"}:
        keys.add(header_map.kind.party or "")
    return [column for column in header_map.required() if column.name not in keys]
