"""What would be different if organisations, services, ties or memberships came or went.

Coverage and network are computed anew from arrays in which the edits were carried out, so that nothing is written and
nothing is built. The network is ``collaboration``, that of brokers and losses (`tsunagari.graph.networks.project`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from html import escape

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from tsunagari.errors import Message
from tsunagari.graph.change.comparison import change_of_status
from tsunagari.graph.change.edits import ACTION_LABELS, WHAT_LABELS, Edit
from tsunagari.graph.change.trial import Trial
from tsunagari.graph.coverage import NONE, SHOWN_STATUSES, STATUSES, WITHHELD, Coverage, severities
from tsunagari.graph.measures import Adjacency
from tsunagari.graph.networks import Relationships
from tsunagari.graph.wording import STATUS_LABELS, frame_columns, names_phrase

DESERTED = Message("担い手なし", "nobody left")
NOBODY = ("none", "unknown")
CELL_COLUMNS = frame_columns("scenario_cells")
BROKER_COLUMNS = frame_columns("scenario_brokers")
PLATFORM_COLUMNS = frame_columns("scenario_platforms")
MEASURE_COLUMNS = frame_columns("scenario_measures")
EDIT_COLUMNS = frame_columns("edits")
MEASURES = {
    **{status: STATUS_LABELS[status] for status in STATUSES},
    "severity": Message("深刻度の合計", "sum of severity"),
    "organizations": Message("団体", "organisations"),
    "ties": Message("連携", "ties"),
    "memberships": Message("参加", "memberships"),
    "components": Message("つながりのまとまり", "connected parts"),
    "largest_component": Message("最大のまとまりの団体", "organisations in the largest part"),
    "isolated": Message("孤立した団体", "isolated organisations"),
    "cut_points": Message("抜けると分かれる団体", "cut points"),
}


@dataclass(frozen=True, slots=True)
class Scenario:
    """What edits would change.

    Parameters
    ----------
    edits
        One row an edit, in their order: the columns of `EDIT_COLUMNS`.
    measures
        One row a measure, before and after: the statuses of `tsunagari.graph.coverage.STATUSES` (number of cells), the
        sum of the severities, and the size of the network. Columns: `MEASURE_COLUMNS`.
    cells
        One row a cell whose status or severity changes, in the order gap-opened, gap-changed, gap-closed, severity, and
        by municipality and field: the columns of `CELL_COLUMNS`; before and after are keys of `STATUSES`.
    brokers
        One row an organisation that becomes a cut point (``gained``) or is none any more (``lost``; also one that is
        removed), with the number of parts its connected part falls into without it: `BROKER_COLUMNS`.
    platforms
        One row a platform or body whose members (those in it before and after) fall apart (``split``) or come together
        (``joined``) by the ties between members alone: `PLATFORM_COLUMNS`.
    sentence
        All this in words.
    """

    edits: pd.DataFrame
    measures: pd.DataFrame
    cells: pd.DataFrame
    brokers: pd.DataFrame
    platforms: pd.DataFrame
    sentence: str

    def __repr__(self) -> str:
        return f"<Scenario of {len(self.edits)} edits: {self.sentence}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the sentence, the measures and the cells."""
        tables = "".join(table.to_html(index=False, border=0, escape=True) for table in (self.measures, self.cells))
        return f"<p>{escape(self.sentence)}</p>{tables}"


@dataclass(frozen=True, slots=True)
class Labels:
    """What the tables call things.

    Parameters
    ----------
    areas, fields
        Names of the municipalities and fields, in the order of the coverage.
    nodes
        Names of organisations and platforms by IRI.
    lang
        ``"ja"`` or ``"en"``.
    """

    areas: Sequence[str]
    fields: Sequence[str]
    nodes: dict[str, str]
    lang: str = "ja"


def left_alone(before: Coverage, after: Coverage) -> Coverage:
    """Return the later coverage with the cells that nobody supports any more as ``none``: it is known who is gone.

    A cell that nobody supported before stays as it is, ``unknown`` where no list speaks of it.
    """
    served = [found.counts(found.local) + found.counts(found.wide) > 0 for found in (before, after)]
    left = served[0] & ~served[1] & (after.status != WITHHELD)
    status = np.where(left, np.int8(NONE), after.status)
    planned = after.counts(after.planned) > 0
    severity = severities(status, after.need, planned, after.connected)
    return replace(after, status=status, severity=severity)


def weigh(
    edits: Sequence[Edit], before: Relationships, trial: Trial, coverage: tuple[Coverage, Coverage], labels: Labels
) -> Scenario:
    """Return what changes between two states.

    Parameters
    ----------
    edits
        What was carried out.
    before, trial
        The two states of the network.
    coverage
        The coverage before and after, of the same municipalities and fields; see `left_alone` for cells that lose all
        support.
    labels
        Names and language.
    """
    lang = labels.lang
    coverage = coverage[0], left_alone(*coverage)
    networks = _Network(before), _Network(trial.network)
    cells = _cells(coverage, labels)
    brokers = _brokers(networks, trial, labels)
    platforms = _platforms(before, trial, labels)
    sizes = [_sizes(found, network) for found, network in zip(coverage, networks, strict=True)]
    rows = [
        (name, MEASURES[name].text(lang), sizes[0][name], sizes[1][name], round(sizes[1][name] - sizes[0][name], 6))
        for name in MEASURES
    ]
    measures = pd.DataFrame(rows, columns=list(MEASURE_COLUMNS))
    return Scenario(
        _edit_table(edits, lang),
        measures,
        cells,
        brokers,
        platforms,
        scenario_sentence(len(edits), measures, cells, brokers, platforms, lang=lang),
    )


class _Network:
    """Ties and places in groups as one network, and what holds it together."""

    def __init__(self, pairs: Relationships) -> None:
        self.pairs = pairs
        adjacency = pairs.collaboration()
        _, component = connected_components(adjacency, directed=False)
        self.component = component[pairs.is_body]
        self.contacts = np.diff(adjacency.indptr)[pairs.is_body]
        self.parts = pairs.parts()


def _sizes(coverage: Coverage, network: _Network) -> dict[str, float]:
    counts = np.bincount(coverage.status.ravel(), minlength=len(STATUSES))[: len(STATUSES)]
    bodies = np.bincount(network.component)
    bodies = bodies[bodies > 0]
    pairs = network.pairs
    return {
        **{status: int(count) for status, count in zip(STATUSES, counts, strict=True)},
        "severity": round(float(coverage.severity.sum()), 6),
        "organizations": int(pairs.is_body.sum()),
        "ties": len(pairs.ties),
        "memberships": len(pairs.places),
        "components": len(bodies),
        "largest_component": int(bodies.max(initial=0)),
        "isolated": int((network.contacts == 0).sum()),
        "cut_points": int((network.parts > 1).sum()),
    }


def _cells(coverage: tuple[Coverage, Coverage], labels: Labels) -> pd.DataFrame:
    """Return the cells that change, the opened ones first."""
    before, after = coverage
    changed = (before.status != after.status) | (before.severity != after.severity)
    changed &= (before.status != WITHHELD) & (after.status != WITHHELD)
    rows = []
    for area, field in np.argwhere(changed).tolist():
        old, new = SHOWN_STATUSES[before.status[area, field]], SHOWN_STATUSES[after.status[area, field]]
        was, now = STATUS_LABELS[old], DESERTED if old != new == "none" else STATUS_LABELS[new]
        severity = float(before.severity[area, field]), float(after.severity[area, field])
        name, what = labels.areas[area], labels.fields[field]
        said = (
            Message(
                f"{name}の「{what}」は「{was.ja}」から「{now.ja}」になります。",
                f"{what} in {name} goes from '{was.en}' to '{now.en}'.",
            )
            if old != new
            else Message(
                f"{name}の「{what}」は「{was.ja}」のままで、深刻度が {severity[0]:g} から {severity[1]:g} になります。",
                f"{what} in {name} stays '{was.en}', its severity goes from {severity[0]:g} to {severity[1]:g}.",
            )
        )
        place = (name, before.area_codes[area], what, before.field_ids[field])
        rows.append((_cell_change(old, new), *place, old, new, *severity, said.text(labels.lang)))
    table = pd.DataFrame(rows, columns=list(CELL_COLUMNS))
    order = {name: place for place, name in enumerate(("gap-opened", "gap-changed", "gap-closed", "severity"))}
    return table.sort_values("change", key=lambda names: names.map(order), kind="stable", ignore_index=True)


def _cell_change(old: str, new: str) -> str:
    if old == new:
        return "severity"
    return change_of_status(old, new)


def _brokers(networks: tuple[_Network, _Network], trial: Trial, labels: Labels) -> pd.DataFrame:
    """Return the organisations that become cut points or stop being one."""
    parts = [dict(zip(network.pairs.nodes, network.parts.tolist(), strict=True)) for network in networks]
    rows = []
    for iri in sorted({iri for found in parts for iri, number in found.items() if number > 1}):
        old, new = (found.get(iri, 0) for found in parts)
        if (old > 1) != (new > 1):
            name = trial.added.get(iri) or labels.nodes[iri]
            rows.append(("gained" if new > 1 else "lost", name, iri, old, new))
    table = pd.DataFrame(rows, columns=list(BROKER_COLUMNS))
    return table.sort_values(["change", "organization", "organization_id"], ignore_index=True)


def _platforms(before: Relationships, trial: Trial, labels: Labels) -> pd.DataFrame:
    """Return the groups whose common members fall apart or come together."""
    states = [(pairs, _tie_matrix(pairs)) for pairs in (before, trial.network)]
    rows = []
    for iri in sorted({iri for pairs, _ in states for iri in _groups_of(pairs, trial.touched)}):
        found = [_parts_within(pairs, ties, iri) for pairs, ties in states]
        common = sorted(found[0].keys() & found[1].keys())
        parts = [[part[name] for name in common] for part in found]
        old, new, both = len(set(parts[0])), len(set(parts[1])), len(set(zip(*parts, strict=True)))
        if both > min(old, new) or old != new:
            rows.append(("split" if both > old else "joined", labels.nodes[iri], iri, old, new))
    table = pd.DataFrame(rows, columns=list(PLATFORM_COLUMNS))
    return table.sort_values(["change", "platform", "platform_id"], ascending=[False, True, True], ignore_index=True)


def _groups_of(pairs: Relationships, bodies: Collection[str]) -> list[str]:
    """Return the groups that any of the organisations is in."""
    wanted = [pairs.place(iri) for iri in bodies]
    groups = np.unique(pairs.places[np.isin(pairs.places[:, 0], wanted), 1])
    return [pairs.nodes[place] for place in groups.tolist()]


def _parts_within(pairs: Relationships, ties: Adjacency, group: str) -> dict[str, int]:
    """Return the connected part of each member of a group, by the ties between members alone."""
    members = pairs.places[pairs.places[:, 1] == pairs.place(group), 0]
    _, parts = connected_components(ties[members][:, members], directed=False)
    return {pairs.nodes[place]: part for place, part in zip(members.tolist(), parts.tolist(), strict=True)}


def _tie_matrix(pairs: Relationships) -> Adjacency:
    size = len(pairs.nodes)
    ones = np.ones(len(pairs.ties))
    return sparse.coo_array((ones, (pairs.ties[:, 0], pairs.ties[:, 1])), shape=(size, size)).tocsr()


def _edit_table(edits: Sequence[Edit], lang: str) -> pd.DataFrame:
    rows = [
        (
            ACTION_LABELS[edit.action].text(lang),
            WHAT_LABELS[edit.what].text(lang),
            edit.organization,
            edit.other,
            edit.field,
            edit.area,
            edit.place.text(lang),
        )
        for edit in edits
    ]
    return pd.DataFrame(rows, columns=list(EDIT_COLUMNS))


def scenario_sentence(
    edits: int,
    measures: pd.DataFrame,
    cells: pd.DataFrame,
    brokers: pd.DataFrame,
    platforms: pd.DataFrame,
    *,
    lang: str = "ja",
) -> str:
    """Say what the edits of a scenario change, from its tables.

    Examples
    --------
    >>> import pandas as pd
    >>> measures = pd.DataFrame({"measure": ["severity", "components"], "before": [2.0, 1], "after": [3.0, 1]})
    >>> cells = pd.DataFrame({"change": ["gap-opened"], "before": ["single"], "after": ["wide_only"]})
    >>> no = pd.DataFrame({"change": []})
    >>> scenario_sentence(1, measures, cells, no, no)
    '1件の変更で、空白が生じる所は1、埋まる所は0です。深刻度の合計は2から3になります。つながりのまとまりは1のままです。'
    """
    before, after = (dict(zip(measures["measure"], measures[name], strict=True)) for name in ("before", "after"))
    found = cells["change"].value_counts().to_dict()
    opened, closed = found.get("gap-opened", 0), found.get("gap-closed", 0)
    edit = f"{edits:,} edit{'' if edits == 1 else 's'}"
    said = [
        Message(
            f"{edits:,}件の変更で、空白が生じる所は{opened:,}、埋まる所は{closed:,}です。",
            f"{edit}: {opened:,} gaps open and {closed:,} close.",
        ),
        _from_to(Message("深刻度の合計", "The sum of severity"), before["severity"], after["severity"]),
        _from_to(
            Message("つながりのまとまり", "The number of connected parts"),
            *(state["components"] for state in (before, after)),
        ),
    ]
    deserted = int((cells["after"].isin(NOBODY) & ~cells["before"].isin(NOBODY)).sum())
    if deserted:
        said.insert(
            1,
            Message(
                f"広域も含めて担い手がいなくなる所は{deserted:,}です。",
                f"In {deserted:,} cells nobody is left, not even from a wider area.",
            ),
        )
    gained, lost = ((brokers["change"] == name).sum() for name in ("gained", "lost"))
    if gained or lost:
        said.append(
            Message(
                f"抜けるとつながりが分かれる団体は、{gained:,}増え、{lost:,}減ります。",
                f"{gained:,} organisations become cut points and {lost:,} are none any more.",
            )
        )
    split = platforms.loc[platforms["change"] == "split", "platform"].tolist() if len(platforms) else []
    if split:
        said.append(
            Message(
                f"会員どうしのつながりが分かれるのは{names_phrase(split)}です。",
                f"The members of {names_phrase(split, 'en')} fall apart.",
            )
        )
    return ("" if lang != "en" else " ").join(part.text(lang) for part in said)


def _from_to(what: Message, before: float, after: float) -> Message:
    old, new = f"{round(before, 3):,g}", f"{round(after, 3):,g}"
    if old == new:
        return Message(f"{what.ja}は{old}のままです。", f"{what.en} stays {old}.")
    return Message(f"{what.ja}は{old}から{new}になります。", f"{what.en} goes from {old} to {new}.")
