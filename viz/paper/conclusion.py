"""The conclusion of a paper: three sentences that stand alone, each number with the rows it counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tsunagari.viz.look.gap_status import GAP_STATUSES
from tsunagari.viz.look.printable import shortened
from tsunagari.viz.paper.paper import Count, Listing, Sentence

if TYPE_CHECKING:
    import pandas as pd


def conclude(lists: Sequence[Listing], gaps: pd.DataFrame, lang: str) -> tuple[Sentence, ...]:
    """Return how many cells there are and how many have nobody local, what is worst, and on whom the network hangs.

    Parameters
    ----------
    lists
        The lists of gaps, brokers and losses, first.
    gaps
        All gaps in their order.
    lang
        ``"ja"`` or ``"en"``.
    """
    listed, brokers, losses = lists[:3]
    return (_how_many(listed, lang), _worst(gaps, lang), _on_whom(brokers, losses, lang))


def _count(listing: Listing, target: str) -> Count:
    return Count(len(listing.rows_of(target) or ()), target)


def _how_many(gaps: Listing, lang: str) -> Sentence:
    every, unfilled = _count(gaps, "gaps"), _count(gaps, "gaps-open")
    if not every.number:
        if lang == "en":
            return ("No municipality is looked at, so nothing can be said about gaps.",)
        return ("対象の市区町村がないため、空白については何も言えません。",)
    share = f"{unfilled.number / every.number:.0%}"
    zero, wide, unknown = (_count(gaps, f"gaps-{name}") for name in ("none", "wide_only", "unknown"))
    hidden = _count(gaps, "gaps-withheld")
    if lang == "en":
        rest: Sentence = (" Not published: ", hidden, ".") if hidden.number else ()
        return (
            *("Municipality × field cells: ", every, "; nobody local is known in: ", unfilled, f" ({share}). "),
            *("Of these, confirmed zero: ", zero, ", wider bodies only: ", wide, ", not looked at: ", unknown, "."),
            *rest,
        )
    rest = ("このほか、公表しない団体が関わる非公表が", hidden, "か所あります。") if hidden.number else ()
    return (
        *("対象の市区町村×分野", every, "か所のうち、地元の担い手が確認できない所は"),
        *(unfilled, f"か所（{share}）です。"),
        *("内訳は、確認済みゼロ", zero, "か所、広域のみ", wide, "か所、未調査", unknown, "か所です。"),
        *rest,
    )


def _worst(gaps: pd.DataFrame, lang: str) -> Sentence:
    first = gaps[gaps["status"].isin(["none", "wide_only", "unknown"])].head(1)
    if first.empty:
        if (gaps["status"] == "withheld").any():  # of those cells nothing is said
            return ()
        if lang == "en":
            return ("Every cell has somebody local.",) if len(gaps) else ()
        return ("すべての所に地元の担い手がいます。",) if len(gaps) else ()
    row = first.iloc[0]
    status = GAP_STATUSES[row["status"]].label.text(lang)
    named = [shortened(name) for name in list(row["candidates"])[:2]]
    if lang == "en":
        asked = f"; {' and '.join(named)} could be asked" if named else "; no candidate is known"
        return (f"The most serious is {shortened(row['field'])} in {shortened(row['area'])} ({status}){asked}.",)
    asked = f"。候補は{'、'.join(named)}です。" if named else "。候補は見つかっていません。"
    return (f"最も深刻なのは{shortened(row['area'])}の「{shortened(row['field'])}」（{status}）です{asked}",)


def _on_whom(brokers: Listing, losses: Listing, lang: str) -> Sentence:
    between, cut, critical = _count(brokers, "brokers"), _count(losses, "losses-cut"), _count(losses, "losses-critical")
    if not between.number:
        if lang == "en":
            return ("No source at hand says who stands between others.",)
        return ("手元の資料からは、団体どうしの間に立つ団体は分かりません。",)
    name = shortened(str(brokers.frame["organization"].iloc[0]))
    if lang == "en":
        found: Sentence = ("Organisations that stand between others: ", between, f", {name} most often. ")
        return (*found, "Cut points of the network: ", cut, ", of which critical: ", critical, ".")
    found = (f"つながりを取り持つのは{name}" + ("など" if between.number > 1 else "の"), between)
    found = (*found, "団体です。抜けるとつながりが分かれる団体は", cut)
    return (*found, "団体で、そのうち唯一の担い手でもある要注意の団体は", critical, "団体です。")
