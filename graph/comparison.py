"""What changed between two states of the network: two builds, or two days of one graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from tsunagari.errors import Message
from tsunagari.graph.networks import STATUSES
from tsunagari.graph.sentences import STATUS_LABELS
from tsunagari.graph.validity import iso_day

if TYPE_CHECKING:
    import pandas as pd

Day = date | str | None

COLUMNS = (
    "change",
    "change_label",
    "organization",
    "organization_id",
    "other",
    "other_id",
    "area",
    "area_code",
    "field",
    "field_id",
    "before",
    "after",
    "sentence",
)
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


@dataclass(frozen=True, slots=True)
class State:
    """What is compared, on one day of one graph.

    Parameters
    ----------
    name
        What it is called: the day, or the title of the workspace.
    organizations
        ``organization_id``, ``name``.
    memberships
        ``organization_id``, ``organization``, ``platform_id``, ``platform``, ``status``.
    services
        ``provider_id``, ``provider``, ``field_id``, ``field``, ``area_id``, ``area``, ``area_code``, ``status``.
    ties
        ``from_id``, ``from``, ``to_id``, ``to``, ``directed``, ``status``.
    gaps
        The coverage of every cell, as `KnowledgeGraph.gaps` gives it.
    brokers
        ``organization_id``, ``organization`` and ``is_cut_point``, as `KnowledgeGraph.brokers` gives them.
    """

    name: str
    organizations: pd.DataFrame
    memberships: pd.DataFrame
    services: pd.DataFrame
    ties: pd.DataFrame
    gaps: pd.DataFrame
    brokers: pd.DataFrame

    @property
    def is_empty(self) -> bool:
        """Whether no membership, service or tie holds."""
        return self.memberships.empty and self.services.empty and self.ties.empty


class Described(Protocol):
    """A graph that has the tables of a state, such as `KnowledgeGraph`."""

    @property
    def title(self) -> str:
        """Title of the workspace."""

    @property
    def as_of(self) -> date | None:
        """The day for which it answers when none is named."""

    def frame(self, name: str, *, at: Day = None, lang: str = "ja") -> pd.DataFrame:
        """Return a table."""

    def gaps(self, *, at: Day = None, lang: str = "ja") -> pd.DataFrame:
        """Return the coverage."""

    def brokers(self, *, at: Day = None, lang: str = "ja") -> pd.DataFrame:
        """Return the brokers."""


def read_state(graph: Described, *, at: Day = None, name: str | None = None, lang: str = "ja") -> State:
    """Return what is compared of a graph on a day.

    Parameters
    ----------
    graph
        The graph.
    at
        The day; None takes the graph's own, and every time when it has none.
    name
        What the state is called; None takes the day, else the title.
    lang
        Language of names and labels.

    Raises
    ------
    UnknownNameError
        The day is none, or the graph's scope names something unknown.

    Examples
    --------
    >>> read_state(kg, at="2023-10-01").name
    '2023-10-01'
    """
    day = iso_day(at if at is not None else graph.as_of)
    return State(
        name or day or graph.title,
        graph.frame("organizations", at=day, lang=lang),
        graph.frame("memberships", at=day, lang=lang),
        graph.frame("services", at=day, lang=lang),
        graph.frame("ties", at=day, lang=lang),
        graph.gaps(at=day, lang=lang),
        graph.brokers(at=day, lang=lang),
    )


def compare(before: State, after: State, *, lang: str = "ja") -> pd.DataFrame:
    """Return what changed from one state to another, one row a change.

    Things are told apart by their IRI, so a body that was given another name is one that was renamed, whereas one that
    was given another identity (a corporate number, another municipality) has gone and come. Only what is stated or
    inferred counts, no plans. A **gap** is a cell whose field nobody in the municipality itself provides
    (``wide_only``, ``none``, ``unknown``); cells that only one of the states has in its scope are not compared. A
    **broker** here is a cut point of the collaboration network: without it, the network falls into more parts.

    Parameters
    ----------
    before, after
        The two states.
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
    >>> state = read_state(kg, at="2023-10-01")
    >>> called = state.organizations.replace({"name": {"鳥取市": "新しい市"}})
    >>> compare(state, dataclasses.replace(state, organizations=called))[["change", "before", "after"]].values.tolist()
    [['renamed', '鳥取市', '新しい市']]
    """
    import pandas as pd

    rows = [row for find in _FINDERS for row in find(before, after, lang)]
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    order = {change: place for place, change in enumerate(CHANGES)}
    keys = ["area_code", "field_id", "organization", "organization_id", "other", "other_id"]
    table = table.assign(place=table["change"].map(order)).sort_values(["place", *keys], ignore_index=True)
    table = table.drop(columns="place")
    found = table["change"].value_counts()
    counts = {change: int(found[change]) for change in CHANGES if change in found}
    cells = [set(zip(state.gaps["area_code"], state.gaps["field_id"], strict=True)) for state in (before, after)]
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


def _row(change: str, lang: str, sentence: Message, **values: Any) -> list[Any]:
    filled = {
        **values,
        "change": change,
        "change_label": CHANGES[change].text(lang),
        "sentence": sentence.text(lang),
    }
    return [filled.get(name, "") for name in COLUMNS]


def _present(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["status"].isin(STATUSES)]


def _one_sided(before: pd.DataFrame, after: pd.DataFrame, keys: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of `before` whose keys `after` does not have, and the reverse; each key once."""
    import pandas as pd

    frames = [frame.drop_duplicates(list(keys)) for frame in (before, after)]
    indexes = [pd.MultiIndex.from_frame(frame[list(keys)].fillna("")) for frame in frames]
    return frames[0][~indexes[0].isin(indexes[1])], frames[1][~indexes[1].isin(indexes[0])]


def _gap_changes(before: State, after: State, lang: str) -> Iterator[list[Any]]:
    keys = ["area_code", "field_id"]
    both = before.gaps[[*keys, "status"]].merge(after.gaps[[*keys, "area", "field", "status"]], on=keys)
    changed = both[both["status_x"] != both["status_y"]]
    for code, field_id, old, area, field, new in changed.itertuples(index=False, name=None):
        was, now = STATUS_LABELS[old], STATUS_LABELS[new]
        change = change_of_status(old, new)
        sentence = Message(
            f"{area}の「{field}」は「{was.ja}」から「{now.ja}」になりました。",
            f"{field} in {area} went from '{was.en}' to '{now.en}'.",
        )
        cell = {"area": area, "area_code": code, "field": field, "field_id": field_id}
        yield _row(change, lang, sentence, **cell, before=was.text(lang), after=now.text(lang))


def change_of_status(old: str, new: str) -> str:
    """Return which kind of change it is when a cell goes from one status to another.

    Examples
    --------
    >>> change_of_status("single", "wide_only"), change_of_status("none", "single"), change_of_status("none", "unknown")
    ('gap-opened', 'gap-closed', 'gap-changed')
    """
    covered = (old in COVERED, new in COVERED)
    return {(True, False): "gap-opened", (False, True): "gap-closed"}.get(covered, "gap-changed")


def _membership_changes(before: State, after: State, lang: str) -> Iterator[list[Any]]:
    keys = ("organization_id", "platform_id")
    left, joined = _one_sided(_present(before.memberships), _present(after.memberships), keys)
    for change, frame, ja, en in (
        ("member-left", left, "から抜けました", "left"),
        ("member-joined", joined, "に加わりました", "joined"),
    ):
        for iri, name, group_id, group in frame[
            ["organization_id", "organization", "platform_id", "platform"]
        ].itertuples(index=False, name=None):
            sentence = Message(f"{name}が{group}{ja}。", f"{name} {en} {group}.")
            yield _row(change, lang, sentence, organization=name, organization_id=iri, other=group, other_id=group_id)


def _organization_changes(before: State, after: State, lang: str) -> Iterator[list[Any]]:
    keys = ["organization_id"]
    both = before.organizations[[*keys, "name"]].merge(after.organizations[[*keys, "name"]], on=keys)
    for iri, old, new in both[both["name_x"] != both["name_y"]].itertuples(index=False, name=None):
        sentence = Message(f"{old}の名称が{new}になりました。", f"{old} is now called {new}.")
        yield _row("renamed", lang, sentence, organization=new, organization_id=iri, before=old, after=new)
    gone, new_ones = _one_sided(before.organizations, after.organizations, keys)
    for change, frame, ja, en in (
        ("organization-gone", gone, "の記載がなくなりました", "is not mentioned any more"),
        ("organization-new", new_ones, "が新しく載りました", "is mentioned for the first time"),
    ):
        for iri, name in frame[["organization_id", "name"]].itertuples(index=False, name=None):
            yield _row(change, lang, Message(f"{name}{ja}。", f"{name} {en}."), organization=name, organization_id=iri)


def _broker_changes(before: State, after: State, lang: str) -> Iterator[list[Any]]:
    cut = [state.brokers[state.brokers["is_cut_point"].astype(bool)] for state in (before, after)]
    lost, gained = _one_sided(cut[0], cut[1], ["organization_id"])
    for change, frame, ja, en in (
        ("broker-lost", lost, "は、抜けるとつながりが分かれる団体ではなくなりました", "is no longer a cut point"),
        ("broker-gained", gained, "は、抜けるとつながりが分かれる団体になりました", "is now a cut point"),
    ):
        for iri, name in frame[["organization_id", "organization"]].itertuples(index=False, name=None):
            yield _row(change, lang, Message(f"{name}{ja}。", f"{name} {en}."), organization=name, organization_id=iri)


def _service_changes(before: State, after: State, lang: str) -> Iterator[list[Any]]:
    ended, begun = _one_sided(
        _present(before.services), _present(after.services), ["provider_id", "field_id", "area_id"]
    )
    names = ["provider_id", "provider", "field_id", "field", "area_code", "area"]
    for change, frame, ja, en in (
        ("service-ended", ended, "を終えました", "no longer offers"),
        ("service-begun", begun, "を始めました", "now offers"),
    ):
        for iri, name, field_id, field, code, area in frame[names].fillna("").itertuples(index=False, name=None):
            where = Message(f"{area}での" if area else "", f" in {area}" if area else "")
            what = Message(f"「{field}」の支援" if field else "支援", field or "support")
            sentence = Message(f"{name}が{where.ja}{what.ja}{ja}。", f"{name} {en} {what.en}{where.en}.")
            cell = {"area": area, "area_code": code, "field": field, "field_id": field_id}
            yield _row(change, lang, sentence, organization=name, organization_id=iri, **cell)


def _tie_changes(before: State, after: State, lang: str) -> Iterator[list[Any]]:
    ended, begun = _one_sided(_pairs(before.ties), _pairs(after.ties), ["from_id", "to_id"])
    for change, frame, ja, en in (
        ("tie-ended", ended, "の連携がなくなりました", "are no longer tied"),
        ("tie-begun", begun, "の連携が始まりました", "are now tied"),
    ):
        for iri, name, other_id, other in frame[["from_id", "from", "to_id", "to"]].itertuples(index=False, name=None):
            sentence = Message(f"{name}と{other}{ja}。", f"{name} and {other} {en}.")
            yield _row(change, lang, sentence, organization=name, organization_id=iri, other=other, other_id=other_id)


def _pairs(ties: pd.DataFrame) -> pd.DataFrame:
    """Return ties with the smaller IRI first: whether two bodies are tied does not depend on who is written first."""
    present = _present(ties)
    turned = present.rename(columns={"from_id": "to_id", "to_id": "from_id", "from": "to", "to": "from"})
    import pandas as pd

    first = present["from_id"] <= present["to_id"]
    return pd.concat([present[first], turned[~first]], ignore_index=True)


_FINDERS: tuple[Callable[[State, State, str], Iterator[list[Any]]], ...] = (
    _gap_changes,
    _membership_changes,
    _organization_changes,
    _broker_changes,
    _service_changes,
    _tie_changes,
)
