"""How many organisations which municipality gets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random

from tsunagari.errors import Message, UnknownNameError
from tsunagari.ontology.municipalities import Municipality, municipality_table

# How many times the organisations of a small town a municipality of the kind has, on the average.
_WEIGHTS = {"designated-city": 16.0, "special-ward": 7.0, "city": 4.0, "town": 1.2, "village": 0.4}
_PER_PREFECTURE = 150  # a country smaller than this has one prefecture only

Plan = Mapping[Municipality, Mapping[Municipality, int]]


def plan_country(organizations: int, seed: int, areas: Sequence[str] = ()) -> Plan:
    """Return prefecture to municipality to number of organisations, in the order of the codes.

    Parameters
    ----------
    organizations
        How many there shall be in all.
    seed
        Decides which prefectures a small country has and how big its municipalities are.
    areas
        Names or codes of prefectures and municipalities; empty for as many prefectures as the number fills.

    Raises
    ------
    UnknownNameError
        When an area is not known, or several are meant.

    Examples
    --------
    >>> plan = plan_country(200, 1, ["鳥取県"])
    >>> [prefecture.name for prefecture in plan], sum(sum(counts.values()) for counts in plan.values())
    (['鳥取県'], 200)
    """
    table = municipality_table()
    chance = Random(f"{seed}:plan")
    weights = {
        place: _WEIGHTS[place.kind] * chance.lognormvariate(0, 0.5)
        for place in table
        if place.has_government and place.kind in _WEIGHTS
    }
    prefectures = table.of_kind("prefecture")
    if areas:
        chosen = set(_named(areas))
    else:
        count = min(max(organizations // _PER_PREFECTURE, 1), len(prefectures))
        codes = {place.code5[:2] for place in chance.sample(prefectures, count)}
        chosen = {place for place in weights if place.code5[:2] in codes}
    shares = _apportion(organizations, {place: weight for place, weight in weights.items() if place in chosen})
    plan: dict[Municipality, dict[Municipality, int]] = {}
    by_code = {prefecture.code5[:2]: prefecture for prefecture in prefectures}
    for place, share in shares.items():
        if share:
            plan.setdefault(by_code[place.code5[:2]], {})[place] = share
    return plan


def _named(areas: Iterable[str]) -> Iterable[Municipality]:
    table = municipality_table()
    for text in areas:
        by_code = table.by_code(text) if text.isdigit() else None
        found = [by_code] if by_code else [place for place in table.by_name(text) if place.has_government]
        if len(found) != 1:
            near = found or table.nearest(text)
            listed = "、".join(f"{place.full_name} {place.code6}" for place in near)
            what = ("複数あります", "stands for several") if found else ("ありません", "is not known")
            raise UnknownNameError(
                Message(f"「{text}」という市区町村・都道府県は{what[0]}。", f"The area {text!r} {what[1]}."),
                Message(f"候補: {listed}", f"Candidates: {listed}"),
            )
        yield from table.in_prefecture(found[0].code5) if found[0].kind == "prefecture" else found


def _apportion(total: int, weights: Mapping[Municipality, float]) -> dict[Municipality, int]:
    """Share a number out in proportion to weights; what rounding leaves goes to the largest remainders."""
    whole = sum(weights.values())
    exact = {place: total * weight / whole for place, weight in weights.items()}
    shares = {place: int(value) for place, value in exact.items()}
    rest = sorted(exact, key=lambda place: (shares[place] - exact[place], place.code5))
    for place in rest[: total - sum(shares.values())]:
        shares[place] += 1
    return shares
