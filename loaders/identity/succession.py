"""Lists that follow one another: what goes on, what ended, what is new, and which value counts.

Lists of one kind with different days (``as_of`` in the settings) speak of the same facts. A membership that is in two
of them is one record, stated in both; where they differ the newer one counts. A membership that a later complete list
(``closed = true``) of the platform no longer has ended between the days of the two lists; one that an earlier complete
list did not have began between them. A list whose settings give all its rows one class of member is complete for that
class alone: that of the 一般団体 ends no 構成団体.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tsunagari.loaders.identity.drafts import Draft, Drafts, SourceFile, day_of
from tsunagari.loaders.identity.merging import shown_value
from tsunagari.loaders.identity.references import Resolver
from tsunagari.loaders.issues import Issue
from tsunagari.loaders.registry import Entity
from tsunagari.loaders.values import CellError
from tsunagari.ontology.columns import Column
from tsunagari.ontology.records import Evidence, Reference, Temporal, Value

KIND = "members"
RULE = "closed-list"  # name of the rule in the graph
CLASS = "member_class"
Bond = tuple[str, str]  # member and organisation
Scope = str | None  # class of member that a list is of; None for any
Values = dict[str, tuple[Value, ...]]


def newest_first(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Return the files with those that have a day in the order of their days, the newest first.

    A file without a day keeps its place: nobody knows whether it is older than another.
    """
    days = {id(file): day_of(file.source.as_of) for file in files}
    dated = iter(sorted((file for file in files if days[id(file)]), key=lambda file: days[id(file)] or date.min)[::-1])
    return [next(dated) if days[id(file)] else file for file in files]


@dataclass(frozen=True, slots=True)
class Spell:
    """A time through which no complete list lacks a membership.

    Parameters
    ----------
    first, last
        Days of the first and the last list that have it.
    before, after
        Days of the complete lists around them that lack it; None where there are none.
    is_first
        Whether no earlier list has the membership.
    ended_in
        The list that no longer has it.
    """

    first: date
    last: date
    before: date | None
    after: date | None
    is_first: bool
    ended_in: SourceFile | None

    @property
    def start(self) -> Temporal | None:
        """When it began, None where the lists do not tell."""
        return None if self.before is None else _between(self.before, self.first)

    @property
    def end(self) -> Temporal | None:
        """When it ended, None where the lists do not tell."""
        return None if self.after is None else _between(self.last, self.after)


@dataclass(slots=True)
class Succession:
    """The dated lists of a workspace; they must be read the newest first.

    Parameters
    ----------
    issues
        Where findings go.
    """

    issues: list[Issue]
    _days: dict[int, date] = field(default_factory=dict)  # of the files that take part, by identity
    # the complete list of a day, by organisation and scope
    _lists: dict[tuple[str, Scope], dict[date, SourceFile | None]] = field(default_factory=dict)
    _present: dict[Bond, set[date]] = field(default_factory=dict)
    _spells: dict[tuple[Bond, Scope], list[Spell]] = field(default_factory=dict)
    _newest: dict[str, tuple[SourceFile, str, Values]] = field(default_factory=dict)

    def prepare(self, drafts: Drafts, resolver: Resolver, columns: Mapping[str, Column]) -> None:
        """Note which list has which membership; `columns` are those of a membership."""
        self._days = _days_of(drafts.files)
        for draft in drafts if self._days else ():
            day = self._days.get(id(draft.file))
            bond = _bond(draft, resolver, columns) if day is not None and draft.file.kind.name == KIND else None
            if day is not None and bond is not None:
                self._present.setdefault(bond, set()).add(day)
                lists = self._lists.setdefault((bond[1], _scope(draft.file)), {})
                lists[day] = draft.file if draft.file.source.closed else lists.get(day)

    def takes(self, draft: Draft) -> bool:
        """Tell whether a row is of a list that others of its kind follow or precede."""
        return id(draft.file) in self._days

    def spell(self, draft: Draft, values: Values) -> Spell | None:
        """Return the time through which the lists have the membership of a row; None for other facts."""
        if draft.file.kind.name != KIND:
            return None
        member, organization = (values[name][0] for name in ("member", "organization"))
        assert isinstance(member, Reference)
        assert isinstance(organization, Reference)
        key, day = ((member.iri, organization.iri), _scope(draft.file)), self._days[id(draft.file)]
        if key not in self._spells:
            self._spells[key] = list(self._find_spells(*key))
        return next((spell for spell in self._spells[key] if spell.first <= day <= spell.last), None)

    def _find_spells(self, bond: Bond, scope: Scope) -> Iterable[Spell]:
        """Yield the times of a membership, as far as lists of its scope and those of any tell."""
        lists = dict(self._lists.get((bond[1], None), {}))
        for day, file in self._lists.get((bond[1], scope), {}).items():
            lists[day] = file or lists.get(day)
        present = self._present.get(bond, set())
        runs: list[tuple[date | None, list[date]]] = []
        ends: dict[int, date] = {}
        lacking: date | None = None
        for day in sorted(lists):
            if day in present:
                if not runs or len(runs) - 1 in ends:
                    runs.append((lacking, []))
                runs[-1][1].append(day)
            elif lists[day] is not None:
                lacking = day
                if runs:
                    ends.setdefault(len(runs) - 1, day)
        for number, (before, days) in enumerate(runs):
            after = ends.get(number)
            yield Spell(days[0], days[-1], before, after, number == 0, None if after is None else lists[after])

    def settle(self, draft: Draft, slot: str, iri: str, values: Values) -> tuple[str, Values] | None:
        """Return the identifier and the values of a fact that a newer list states as well; None for any other.

        What the newer list says counts; the older one adds what the newer does not say. Its dates are added only where
        they are as exact as those of the newer, because a fact has one precision.

        Parameters
        ----------
        draft
            The row.
        slot
            The fact without its dates.
        iri, values
            Identifier and values that the row alone would give.
        """
        file, known_iri, known = self._newest.setdefault(slot, (draft.file, iri, dict(values)))
        day = self._days[id(draft.file)]
        if self._days[id(file)] <= day or not _is_same_time(values, known, day):
            return None
        precisions = {item.precision for items in known.values() for item in items if isinstance(item, Temporal)}
        kept: Values = {}
        for name, items in values.items():
            other, first = known.get(name), items[0]
            if isinstance(first, Temporal) and (other == items or (other and name == "as_of")):
                continue
            if other == items or (
                other is None and (not isinstance(first, Temporal) or precisions <= {first.precision})
            ):
                kept[name] = known[name] = items
            else:
                newer = "、".join(map(shown_value, other or ())) or "－"
                text = draft.row.cells.get(name) or "、".join(map(shown_value, items))
                self.issues.append(draft.issue("superseded", name, text, name=_shown_name(draft), other=newer))
        return known_iri, kept

    def bound(self, draft: Draft, spell: Spell, values: Values) -> tuple[Values, tuple[Evidence, ...]]:
        """Return the dates that follow from the lists, and the list that tells of an end."""
        found: Values = {"as_of": (_day(spell.first),)}
        if spell.start is not None and "valid_from" not in values:
            found["valid_from"] = (spell.start,)
        if spell.end is None or spell.ended_in is None or "valid_to" in values:
            return found, ()
        found["valid_to"] = (spell.end,)
        if self._days[id(draft.file)] == spell.last:
            other = spell.ended_in.file
            self.issues.append(draft.issue("ended-membership", "member", _shown_name(draft), other=other))
        return found, (Evidence(spell.ended_in.iri),)


def _days_of(files_in_order: Iterable[SourceFile]) -> dict[int, date]:
    """Return the days of the files whose kind has lists of several days."""
    files = {id(file): file for file in files_in_order if file.source.as_of is not None and file.table.rows}
    days = {key: day for key, file in files.items() if (day := day_of(file.source.as_of)) is not None}
    by_kind: dict[str, set[date]] = {}
    for key, day in days.items():
        by_kind.setdefault(files[key].kind.name, set()).add(day)
    return {key: day for key, day in days.items() if len(by_kind[files[key].kind.name]) > 1}


def _scope(file: SourceFile) -> Scope:
    return file.source.values.get(CLASS)


def _bond(draft: Draft, resolver: Resolver, columns: Mapping[str, Column]) -> Bond | None:
    """Return member and organisation of a row; None where one of them is not known, which reading the row reports."""
    found = []
    for name, default in (("member", None), ("organization", draft.file.platform)):
        party, text = draft.parties.get(name), draft.row.cells.get(name)
        if isinstance(party, Entity):
            found.append(party.iri)
        elif text and party is None:
            try:
                found.append(resolver.resolve(columns[name], text, draft.prefecture))
            except CellError:
                return None
        elif default is not None:
            found.append(default)
    return (found[0], found[1]) if len(found) == 2 else None


def _is_same_time(values: Values, known: Values, day: date) -> bool:
    """Tell whether a row of a list of `day` speaks of the time that a newer row speaks of."""
    one, other = (next(iter(found.get("valid_from", ())), None) for found in (values, known))
    if one is None or other is None or one == other:
        return True
    start = day_of(other) if isinstance(other, Temporal) else None
    return start is not None and start <= day


def _between(one: date, other: date) -> Temporal:
    return Temporal(None, "approximate", one, other, "", RULE)


def _day(day: date) -> Temporal:
    return Temporal(day, "day", None, None, day.isoformat())


def _shown_name(draft: Draft) -> str:
    return draft.row.cells.get("member") or draft.place
