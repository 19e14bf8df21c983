"""Plain sentences that say what chance gives, of which random networks, and from how many draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tsunagari.errors import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

FEWEST_DRAWS = 39
"""Draws below which no two-sided p value can reach 5 %, so that no sentence tells a difference."""
CLEAR = 0.05

KEPT = {
    "density": Message("つながりの数だけを保つ", "that keep the number of ties only"),
    "degree": Message("各団体のつながりの数を保つ", "that keep everybody's number of ties"),
    "membership": Message(
        "各団体の参加数と各組織の人数を保つ", "that keep everybody's number of memberships and every group's size"
    ),
    "labels": Message("つながりを保ち区分を配り直した", "that keep all ties and deal out the groups anew"),
}
"""What random networks keep under each null, as it follows (in Japanese precedes) "random networks"."""


def chance_sentence(
    subject: Message,
    null: str,
    values: Mapping[Any, Any],
    *,
    among: int = 1,
    lang: str = "ja",
) -> str:
    """Say what a statistic is beside random networks, and whether the difference is more than chance gives.

    Parameters
    ----------
    subject
        What is told of: the name of the statistic, or of a body and the statistic.
    null
        A key of `KEPT`.
    values
        ``observed``, ``null_mean``, ``null_sd``, ``null_low``, ``null_high``, ``p`` and ``draws``; where several bodies
        are tested together, ``q``, by which the difference is then told.
    among
        How many are tested together.
    lang
        ``"ja"`` or ``"en"``.

    Examples
    --------
    >>> values = {"observed": 5, "null_mean": 9.0, "null_sd": 1.0, "null_low": 7, "null_high": 11}
    >>> values |= {"p": 0.01, "draws": 199}
    >>> chance_sentence(Message("橋渡しの道すじ", "open paths"), "degree", values, lang="en")[73:]
    'about 9 (95% between 7 and 11): it is less than chance gives (p = 0.01, 199 draws).'
    """
    found = values["observed"]
    if found != found:
        nothing = Message(f"{subject.ja}は、ここでは値がありません。", f"{_first_up(subject.en)} has no value here.")
        return nothing.text(lang)
    said = Message(f"{subject.ja}は{_number(found)}です。", f"{_first_up(subject.en)}: {_number(found)}.")
    return said.text(lang) + ("" if lang != "en" else " ") + beside_chance(null, values, among).text(lang)


def paths_beside_chance(values: Mapping[Any, Any], null: str) -> Message:
    """Say how many open paths random networks give a body, and whether it has clearly more or fewer.

    Parameters
    ----------
    values
        ``brokerage``, ``null_brokerage``, ``p_brokerage``, ``q_brokerage`` (by which the difference is told) and
        ``draws``.
    null
        A key of `KEPT`.

    Examples
    --------
    >>> values = {"brokerage": 646, "null_brokerage": 893.2, "p_brokerage": 0.02, "q_brokerage": 0.3, "draws": 99}
    >>> paths_beside_chance(values, "degree").en[-59:]
    'give it about 893: no clear difference (q = 0.3, 99 draws).'
    """
    kept, draws, q = KEPT[null], int(values["draws"]), values["q_brokerage"]
    mean, shown = _number(values["null_brokerage"]), f"q = {q:.2g}"
    if draws < FEWEST_DRAWS:
        verdict = Message("この回数では差の有無は言えません", "too few draws to tell a difference")
    elif not q <= CLEAR:
        verdict = Message("はっきりした差はありません", "no clear difference")
    elif values["brokerage"] > values["null_brokerage"]:
        verdict = Message("それより多くなっています", "it has more")
    else:
        verdict = Message("それより少なくなっています", "it has fewer")
    return Message(
        f"{kept.ja}無作為なネットワークでは約{mean}通りで、{verdict.ja}（{shown}、抽選{draws:,}回）。",
        f"Random networks {kept.en} give it about {mean}: {verdict.en} ({shown}, {draws:,} draws).",
    )


def beside_chance(null: str, values: Mapping[Any, Any], among: int) -> Message:
    """Say what random networks give, and whether the difference is more than chance, without the value itself.

    Examples
    --------
    >>> values = {"observed": 5, "null_mean": 9.0, "null_sd": 1.0, "null_low": 7, "null_high": 11, "p": 0.5}
    >>> beside_chance("degree", values | {"draws": 99}, 1).en[-40:]
    'no clear difference (p = 0.5, 99 draws).'
    """
    kept, draws = KEPT[null], int(values["draws"])
    if values["null_mean"] != values["null_mean"]:
        return Message(
            f"{kept.ja}無作為なネットワークには値のないものがあり、比べられません。",
            f"Some random networks {kept.en} have no value: it is not compared.",
        )
    mean, low, high = (_number(values[name]) for name in ("null_mean", "null_low", "null_high"))
    if values["null_sd"] == 0:
        return Message(
            f"{kept.ja}無作為なネットワーク{draws:,}個のどれでも{mean}で、違いを検定できません。",
            f"Each of {draws:,} random networks {kept.en} gives {mean}: nothing can be told from it.",
        )
    given = Message(
        f"{kept.ja}無作為なネットワークでは約{mean}（95%は{low}〜{high}）",
        f"Random networks {kept.en} give about {mean} (95% between {low} and {high})",
    )
    verdict = _verdict(values, draws, among)
    return Message(f"{given.ja}で、{verdict.ja}。", f"{given.en}: {verdict.en}.")


def _verdict(values: Mapping[Any, Any], draws: int, among: int) -> Message:
    p = values["p"]
    judged = values.get("q", p)
    shown = f"p = {p:.2g}" + (f", q = {judged:.2g}" if "q" in values else "")
    ja = f"{shown}、抽選{draws:,}回" + (f"、{among:,}団体を同時に検定" if among > 1 else "")
    en = f"{shown}, {draws:,} draws" + (f", {among:,} tested together" if among > 1 else "")
    if draws < FEWEST_DRAWS:
        return Message(
            f"この回数では差の有無は言えません（抽選{draws:,}回）", f"{draws:,} draws are too few to tell a difference"
        )
    if not judged <= CLEAR:
        return Message(f"はっきりした差はありません（{ja}）", f"no clear difference ({en})")
    more = values["observed"] > values["null_mean"]
    return Message(
        f"偶然より{'多く' if more else '少なく'}なっています（{ja}）",
        f"it is {'more' if more else 'less'} than chance gives ({en})",
    )


def _number(value: float) -> str:
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
