"""What changed between two states of the network: two builds, or two days of one graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from tsunagari.errors import Message
from tsunagari.graph.change.choice import Choice
from tsunagari.graph.change.state import State
from tsunagari.graph.coverage import SHOWN_STATUSES, Integers
from tsunagari.graph.wording import STATUS_LABELS, frame_columns
from tsunagari.ontology.namespaces import local_name

COLUMNS = frame_columns("changes")
COVERED = frozenset({"multiple", "single"})
"""Statuses of a cell that somebody in the municipality itself provides for; a cell of any other status is a gap."""

CHANGES: Mapping[str, Message] = {
    "gap-opened": Message("空白が生じた", "gap opened"),
    "gap-changed": Message("状況が変わった", "status changed"),
    "gap-closed": Message("空白が埋まった", "gap closed"),
    "member-left": Message("退会", "member left"),
    "member-joined": Message("入会", "member joined"),
    "renamed": Message("名称の変更", "renamed"),
    "organization-gone": Message("なくなった団体", "organisation gone"),
    "organization-new": Message("新しい団体", "new organisation"),
    "broker-lost": Message("つなぎ目でなくなった", "broker lost"),
    "broker-gained": Message("つなぎ目になった", "broker gained"),
    "service-ended": Message("支援の終了", "service ended"),
    "service-begun": Message("支援の開始", "service begun"),
    "tie-ended": Message("連携の終了", "tie ended"),
    "tie-begun": Message("連携の開始", "tie begun"),
}
"""Kinds of change in the order of the table, and what each is called."""


def compare(before: State, after: State, *, choices: Sequence[Choice] = (), lang: str = "ja") -> pd.DataFrame:
    """Return what changed from one state to another, one row a change.

    Things are told apart by their IRI, so a body that was given another name is one that was renamed, whereas one that
    was given another identity (a corporate number, another municipality) has gone and come. Only what is stated or
    inferred counts, no plans. A **gap** is a cell whose field nobody in the municipality itself provides
    (``wide_only``, ``none``, ``unknown``); cells that only one of the states has in its scope are not compared. A
    **broker** here is a cut point of the network of ties and places in groups: without it, the network falls apart. A
    **service** is what coverage counts: also a field of its own that an organisation names, where it is based.

    Parameters
    ----------
    before, after
        The two states.
    choices
        What each state is looked at for: only changes that concern one of them are told. None are for everything.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`, in the order of `CHANGES`, then of municipality, field, organisation and the other.
        ``change`` is a key of `CHANGES`; ``other`` is the platform that was joined or left, or the partner of a tie;
        ``before`` and ``after`` are the statuses of a cell or the names of a body. Without a change there is no row.
        ``attrs``: ``sentence`` sums it up, ``counts`` holds the number of each kind, ``before`` and ``after`` the names
        of the states, ``not_compared`` how many cells only one of them has.

    Examples
    --------
    >>> import dataclasses
    >>> from tsunagari.graph.change.state import read_state
    >>> state = read_state(kg._reader, at="2023-10-01")
    >>> called = [name.replace("鳥取市", "新しい市") for name in state.labels]
    >>> found = compare(state, dataclasses.replace(state, labels=called))
    >>> found.loc[found["before"] == "鳥取市", ["change", "before", "after"]].values.tolist()
    [['renamed', '鳥取市', '新しい市']]
    """
    rows = [row for find in _FINDERS for row in find(before, after, lang) if _concerns(row, choices, lang)]
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    order = {change: place for place, change in enumerate(CHANGES)}
    keys = ["area_code", "field_id", "organization", "organization_id", "other", "other_id"]
    table = table.assign(place=table["change"].map(order)).sort_values(["place", *keys], ignore_index=True)
    table = table.drop(columns="place")
    found = table["change"].value_counts()
    counts = {change: int(found[change]) for change in CHANGES if change in found}
    cells = [set(_cells(state)) for state in (before, after)]
    table.attrs |= {
        "before": before.name,
        "after": after.name,
        "counts": counts,
        "not_compared": len(cells[0] ^ cells[1]),
        "sentence": comparison_sentence(before.name, after.name, counts, empty=before.is_empty, lang=lang),
    }
    return table


def comparison_sentence(
    before: str, after: str, counts: Mapping[str, int], *, empty: bool = False, lang: str = "ja"
) -> str:
    """Say how many changes of which kind there are.

    Parameters
    ----------
    before, after
        Names of the two states.
    counts
        Key of `CHANGES` to how many there are; zeros may be missing.
    empty
        Whether nothing at all is known of the earlier state.
    lang
        ``"ja"`` or ``"en"``.

    Examples
    --------
    >>> comparison_sentence("2024-04-01", "2025-04-01", {"gap-opened": 2, "member-joined": 5})
    '2024-04-01から2025-04-01までの変化: 空白が生じた 2、入会 5。'
    >>> comparison_sentence("2024-04-01", "2025-04-01", {}, lang="en")
    'From 2024-04-01 to 2025-04-01 nothing changed.'
    """
    told = [(CHANGES[change], counts[change]) for change in CHANGES if counts.get(change)]
    if told:
        ja = "、".join(f"{change.ja} {number:,}" for change, number in told)
        en = ", ".join(f"{change.en} {number:,}" for change, number in told)
        said = Message(f"{before}から{after}までの変化: {ja}。", f"From {before} to {after}: {en}.")
    else:
        said = Message(f"{before}から{after}までに変化はありません。", f"From {before} to {after} nothing changed.")
    if not empty:
        return said.text(lang)
    nothing = Message(
        f"{before}に有効な参加・支援・連携の記載はないので、すべてが新しく見えます。",
        f" No membership, service or tie is known of {before}, so everything looks new.",
    )
    return said.text(lang) + nothing.text(lang)


def _concerns(row: Sequence[Any], choices: Sequence[Choice], lang: str) -> bool:
    """Tell whether a change concerns one of the choices: its cell, else one of the bodies it names."""
    if not choices:
        return True
    told = dict(zip(COLUMNS, row, strict=True))
    bodies = {told["organization_id"], told["other_id"]}
    is_cell = told["change"].startswith("gap-")
    for choice in choices:
        if told["field_id"] and not choice.has_cell(told["area_code"], told["field_id"]):
            continue
        if is_cell:
            wanted = {STATUS_LABELS[name].text(lang) for name in choice.statuses or SHOWN_STATUSES}
            if wanted & {told["before"], told["after"]}:
                return True
        elif bodies & choice.organizations:
            return True
    return False


def _row(change: str, lang: str, sentence: Message, **values: Any) -> list[Any]:
    filled = {
        **values,
        "change": change,
        "change_label": CHANGES[change].text(lang),
        "sentence": sentence.text(lang),
    }
    return [filled.get(name, "") for name in COLUMNS]


def _cells(state: State) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the place of each cell by the code of the municipality and the field."""
    places = product(enumerate(state.coverage.area_codes), enumerate(state.coverage.field_ids))
    return {(code, field): (row, column) for (row, code), (column, field) in places}


def _gap_changes(before: State, after: State, lang: str) -> Iterator[list[Any]]:
    old_cells, new_cells = _cells(before), _cells(after)
    for (code, field_id), (row, column) in new_cells.items():
        if (code, field_id) not in old_cells:
            continue
        old = SHOWN_STATUSES[before.coverage.status[old_cells[code, field_id]]]
        new = SHOWN_STATUSES[after.coverage.status[row, column]]
        if old == new or "withheld" in (old, new):
            continue
        was, now, area, field = STATUS_LABELS[old], STATUS_LABELS[new], after.areas[row], after.fields[column]
        sentence = Message(
            f"{area}の「{field}」は「{was.ja}」から「{now.ja}」になりました。",
            f"{field} in {area} went from '{was.en}' to '{now.en}'.",
        )
        cell = {"area": area, "area_code": code, "field": field, "field_id": field_id}
        told = {"before": was.text(lang), "after": now.text(lang)}
        yield _row(change_of_status(old, new), lang, sentence, **cell, **told)


def change_of_status(old: str, new: str) -> str:
    """Return which kind of change it is when a cell goes from one status to another.

    Examples
    --------
    >>> change_of_status("single", "wide_only"), change_of_status("none", "single"), change_of_status("none", "unknown")
    ('gap-opened', 'gap-closed', 'gap-changed')
    """
    covered = (old in COVERED, new in COVERED)
    return {(True, False): "gap-opened", (False, True): "gap-closed"}.get(covered, "gap-changed")


def _one_sided(
    before: State, after: State, keys: Callable[[State], Iterable[tuple[str, ...]]]
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return what only the first state has, and what only the second, sorted."""
    old, new = (set(keys(state)) for state in (before, after))
    return sorted(old - new), sorted(new - old)


def _names(state: State) -> dict[str, str]:
    return dict(zip(state.network.nodes, state.labels, strict=True))


def _pairs(state: State, pairs: Integers) -> Iterator[tuple[str, str]]:
    nodes = state.network.nodes
    for one, other in pairs.tolist():
        yield nodes[one], nodes[other]


def _membership_changes(before: State, after: State, lang: str) -> Iterator[list[Any]]:
    left, joined = _one_sided(before, after, lambda state: _pairs(state, state.network.places))
    for change, state, pairs, ja, en in (
        ("member-left", before, left, "から抜けました", "left"),
        ("member-joined", after, joined, "に加わりました", "joined"),
    ):
        names = _names(state) if pairs else {}
        for iri, group in pairs:
            name, other = names[iri], names[group]
            sentence = Message(f"{name}が{other}{ja}。", f"{name} {en} {other}.")
            yield _row(change, lang, sentence, organization=name, organization_id=iri, other=other, other_id=group)


def _bodies(state: State) -> Iterator[tuple[str]]:
    return ((iri,) for iri, is_body in zip(state.network.nodes, state.network.is_body.tolist(), strict=True) if is_body)


def _organization_changes(before: State, after: State, lang: str) -> Iterator[list[Any]]:
    called = _names(before), _names(after)
    for (iri,) in _bodies(after):
        old, new = called[0].get(iri), called[1][iri]
        if old is not None and old != new:
            sentence = Message(f"{old}の名称が{new}になりました。", f"{old} is now called {new}.")
            yield _row("renamed", lang, sentence, organization=new, organization_id=iri, before=old, after=new)
    gone, fresh = _one_sided(before, after, _bodies)
    for change, names, found, ja, en in (
        ("organization-gone", called[0], gone, "の記載がなくなりました", "is not mentioned any more"),
        ("organization-new", called[1], fresh, "が新しく載りました", "is mentioned for the first time"),
    ):
        for (iri,) in found:
            sentence = Message(f"{names[iri]}{ja}。", f"{names[iri]} {en}.")
            yield _row(change, lang, sentence, organization=names[iri], organization_id=iri)


def _cut_points(state: State) -> Iterator[tuple[str]]:
    parts = state.network.parts()
    return ((state.network.nodes[place],) for place in np.flatnonzero(parts > 1).tolist())


def _broker_changes(before: State, after: State, lang: str) -> Iterator[list[Any]]:
    lost, gained = _one_sided(before, after, _cut_points)
    for change, state, found, ja, en in (
        (
            "broker-lost",
            before,
            lost,
            "は、抜けるとつながりが分かれる団体ではなくなりました",
            "is no longer a cut point",
        ),
        ("broker-gained", after, gained, "は、抜けるとつながりが分かれる団体になりました", "is now a cut point"),
    ):
        names = _names(state) if found else {}
        for (iri,) in found:
            sentence = Message(f"{names[iri]}{ja}。", f"{names[iri]} {en}.")
            yield _row(change, lang, sentence, organization=names[iri], organization_id=iri)


def _offers(state: State) -> Iterator[tuple[str, str, str]]:
    offers = state.coverage.offers
    present = ~offers.planned
    rows = zip(*(part[present].tolist() for part in (offers.organization, offers.field, offers.unit)), strict=True)
    for body, field, unit in rows:
        yield offers.organization_ids[body], offers.field_ids[field], offers.units[unit]


def _service_changes(before: State, after: State, lang: str) -> Iterator[list[Any]]:
    ended, begun = _one_sided(before, after, _offers)
    for change, state, found, ja, en in (
        ("service-ended", before, ended, "を終えました", "no longer offers"),
        ("service-begun", after, begun, "を始めました", "now offers"),
    ):
        names = _names(state) if found else {}
        fields = dict(zip(state.coverage.field_ids, state.fields, strict=True))
        for iri, field_id, unit in found:
            name, field, area = names.get(iri, local_name(iri)), fields[field_id], state.unit(unit)
            sentence = Message(f"{name}が{area}での「{field}」の支援{ja}。", f"{name} {en} {field} in {area}.")
            cell = {"area": area, "area_code": unit, "field": field, "field_id": field_id}
            yield _row(change, lang, sentence, organization=name, organization_id=iri, **cell)


def _tie_changes(before: State, after: State, lang: str) -> Iterator[list[Any]]:
    ended, begun = _one_sided(before, after, lambda state: _pairs(state, state.network.ties))
    for change, state, found, ja, en in (
        ("tie-ended", before, ended, "の連携がなくなりました", "are no longer tied"),
        ("tie-begun", after, begun, "の連携が始まりました", "are now tied"),
    ):
        names = _names(state) if found else {}
        for iri, other in found:
            sentence = Message(f"{names[iri]}と{names[other]}{ja}。", f"{names[iri]} and {names[other]} {en}.")
            ends = {"organization": names[iri], "other": names[other]}
            yield _row(change, lang, sentence, organization_id=iri, other_id=other, **ends)


_FINDERS: tuple[Callable[[State, State, str], Iterator[list[Any]]], ...] = (
    _gap_changes,
    _membership_changes,
    _organization_changes,
    _broker_changes,
    _service_changes,
    _tie_changes,
)
