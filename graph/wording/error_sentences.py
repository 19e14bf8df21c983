"""Plain sentences that say what would be otherwise when lists are wrong: records missing or false, whole lists gone."""

from __future__ import annotations

from tsunagari.errors import Message


def errors_phrase(missing: float, false_records: float = 0.0, missing_lists: float = 0.0) -> Message | None:
    """Say how wrong lists are taken to be, as it follows (in Japanese precedes) "lists"; None for not at all.

    Parameters
    ----------
    missing, false_records
        Share of the records that are missing, and of false ones, 0 to 1.
    missing_lists
        Share of the lists that are missing as a whole, 0 to 1.

    Examples
    --------
    >>> said = errors_phrase(0.1, missing_lists=0.05)
    >>> said.ja, said.en
    ('記載の10%が漏れ、一覧の5%がまるごと欠けた', 'with 10% of the records and 5% of the whole lists missing')
    """
    shares = (missing, missing_lists, false_records)
    ja = (
        f"記載の{missing:.0%}が漏れ",
        f"一覧の{missing_lists:.0%}がまるごと欠け",
        f"記載の{false_records:.0%}が誤りの",
    )
    en = (
        f"{missing:.0%} of the records",
        f"{missing_lists:.0%} of the whole lists",
        f"{false_records:.0%} false records",
    )
    told = [place for place, share in enumerate(shares) if share]
    if not told:
        return None
    gone = " and ".join(en[place] for place in told if place < 2)
    english = " and ".join(filter(None, (f"{gone} missing" if gone else "", en[2] if 2 in told else "")))
    japanese = "、".join(ja[place] for place in told)
    return Message(japanese if 2 in told else f"{japanese}た", f"with {english}")


def falls_apart(parts: int, errors: Message | None, cut_draws: tuple[int, int]) -> Message:
    """Say into how many parts a network falls without a body, and in how many draws of wrong lists it is a cut point.

    Examples
    --------
    >>> falls_apart(2, errors_phrase(0.1), (83, 100)).en
    'Without it the network falls into 2 parts there (in 83 of 100 lists with 10% of the records missing).'
    """
    cut, draws = cut_draws
    ja, en = f"抜けると、つながりが{parts}つに分かれます", f"Without it the network falls into {parts} parts there"
    if errors is None or not draws:
        return Message(f"{ja}。", f"{en}.")
    return Message(
        f"{ja}（{errors.ja}一覧では{draws:,}回中{cut:,}回）。", f"{en} (in {cut:,} of {draws:,} lists {errors.en})."
    )


def place_among(place: tuple[int, int] | None, errors: Message) -> Message:
    """Say between what places a body stands when lists are wrong; None where any other may stand before or behind it.

    Examples
    --------
    >>> place_among((2, 5), errors_phrase(0.1)).ja
    '記載の10%が漏れた一覧なら、順位は2〜5位です。'
    """
    ja, en = f"{errors.ja}一覧", f"In lists {errors.en}"
    if place is None:
        return Message(
            f"{ja}ならほかのどの団体とも順位が入れ替わりうるので、順位を言うにはデータが足りません。",
            f"{en}, any other may stand before or behind it: the data are insufficient to tell its place.",
        )
    low, high = place
    if low == high:
        return Message(f"{ja}でも順位は{low:,}位です。", f"{en}, its place is still {low:,}.")
    return Message(f"{ja}なら、順位は{low:,}〜{high:,}位です。", f"{en}, its place is between {low:,} and {high:,}.")


def kept_status(kept: int, draws: int, errors: Message) -> Message:
    """Say in how many draws of wrong lists the status of a cell is the same.

    Examples
    --------
    >>> kept_status(93, 100, errors_phrase(0.1)).ja
    '記載の10%が漏れた一覧でも、100回中93回は同じ状況です。'
    """
    return Message(
        f"{errors.ja}一覧でも、{draws:,}回中{kept:,}回は同じ状況です。",
        f"In {kept:,} of {draws:,} lists {errors.en} it is the same.",
    )
