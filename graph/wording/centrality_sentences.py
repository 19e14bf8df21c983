"""Plain sentences that say what a value of a centrality measure means, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tsunagari.errors import Message
from tsunagari.graph.wording.catalogue import measure_texts

if TYPE_CHECKING:
    import pandas as pd

CENTRALITY_TEXTS: Mapping[str, Message] = measure_texts()
"""What follows the name of a body, by the measure."""

TWO_MODE_TEXTS: Mapping[str, Message] = measure_texts(two_mode=True)
"""The same in two-mode networks."""

NOTHING_PASSES = Message(
    "ほかを結ぶ最短の道すじには入っていません", "lies on none of the shortest paths between two others"
)


def centrality_sentence(
    name: str,
    values: Mapping[str, float],
    *,
    rank: int | None = None,
    count: int = 0,
    tied: bool = True,
    shared: bool = False,
    two_mode: bool = False,
    lang: str = "ja",
) -> str:
    """Say what the measures of a body mean.

    Parameters
    ----------
    name
        Name of the body.
    values
        Measure to value, the one that the rank goes by first; NaN is left out.
    rank, count
        Place by the first measure among so many; None where the data do not tell one. Nothing is said of places when
        the count is 0.
    tied
        Whether the body has a tie at all.
    shared
        Whether others have the same rank.
    two_mode
        Whether the measures are those of a two-mode network.
    lang
        ``"ja"`` or ``"en"``.

    Examples
    --------
    >>> centrality_sentence("架空の会", {"degree": 3.0}, rank=2, count=10)
    '架空の会は、3団体とつながっています。10団体のうち2番目です。'
    >>> centrality_sentence("A", {"degree": 3.0, "efficiency": 0.5}, rank=1, count=10, shared=True, lang="en")
    'A is tied to 3 others and has contacts of which 50% do not overlap. It shares place 1 of 10.'
    """
    if not tied:
        return Message(f"{name}には、つながりの記載がありません。", f"No source says whom {name} is tied to.").text(
            lang
        )
    texts = TWO_MODE_TEXTS if two_mode else CENTRALITY_TEXTS
    parts = [
        (NOTHING_PASSES if key == "betweenness" and value == 0 else texts[key]).text(lang).format(value=value)
        for key, value in values.items()
        if value == value
    ]
    place = _place(rank, count, "" if two_mode else "団体", shared) if count else Message("", "")
    if lang != "en":
        return f"{name}は、" + "。".join(parts) + "。" + place.ja
    said = " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
    return f"{name} {said}. {place.en}".rstrip()


def measure_sentences(
    table: pd.DataFrame, measures: Sequence[str], *, two_mode: bool = False, lang: str = "ja"
) -> list[str]:
    """Return a sentence for each row of a table of nodes; those without a constraint have no tie.

    Parameters
    ----------
    table
        With the columns ``label``, ``constraint`` and the measures.
    measures
        What to say.
    two_mode, lang
        As for `centrality_sentence`.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"label": ["A"], "constraint": [0.5], "effective_size": [2.0]})
    >>> measure_sentences(table, ["effective_size"], lang="en")
    ['A has 2.0 contacts that do not overlap.']
    """
    values: list[list[float]] = table[list(measures)].to_numpy(dtype="float64").tolist()
    rows = zip(table["label"], values, table["constraint"].notna(), strict=True)
    return [
        centrality_sentence(
            name, dict(zip(measures, numbers, strict=True)), tied=bool(tied), two_mode=two_mode, lang=lang
        )
        for name, numbers, tied in rows
    ]


def _place(rank: int | None, count: int, unit: str, shared: bool) -> Message:
    if rank is None:
        return Message("順位を言うにはデータが足りません。", "The data are insufficient to tell its place.")
    if count == 1:
        return Message("比べる相手はありません。", "There is nobody to compare it with.")
    if shared:
        return Message(f"{count:,}{unit}のうち同率{rank:,}番目です。", f"It shares place {rank:,} of {count:,}.")
    return Message(f"{count:,}{unit}のうち{rank:,}番目です。", f"It has place {rank:,} of {count:,}.")
