"""What a public edition leaves out and why, in counts: nothing of it in words."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from tsunagari.errors import Message
from tsunagari.graph.wording import frame_columns
from tsunagari.loaders.workspace import Publication, publication_words

COLUMNS = frame_columns("removed")
RULES: Mapping[str, Message] = {
    "refused": Message(
        "公開可否が「否」の行（読めない答えを含む）",
        "rows that say no to publication, or give an answer that cannot be read",
    ),
    "blank": Message(
        "公開可否の欄が空の行（空欄は同意ではない）", "rows whose cell for publication is blank: no consent"
    ),
    "unasked": Message(
        "公開可否の列がない名簿の会員の行、新しい名簿で取り下げられた同意",
        "rows of members in lists that do not ask, and consents that a newer list takes back",
    ),
    "bodies": Message(
        "同意のない団体（同じ名で書かれたものを含む）。名前・読み・所在地・連絡先・つながりなどすべて",
        "bodies without consent, and what is called as they are: all that is said of them",
    ),
    "doubtful": Message(
        "公開しない団体と同じかもしれず、別の団体だと判断されていない団体"
        "（`tsunagari match` で判断し、build し直すと、別の団体は載ります）",
        "bodies that may be one of those without consent while nobody has decided that they are not (decide with "
        "`tsunagari match` and build again: other bodies are then shown)",
    ),
    "hanging": Message(
        "公開しない団体・行だけについてのつながり・窓口・役割・部会など",
        "ties, services, roles and parts that say something of withheld bodies or rows alone",
    ),
    "mixed": Message(
        "公開する団体で、公開しない行だけが述べることを除いたもの",
        "published bodies of which something goes that only a withheld row says",
    ),
    "cells": Message(
        "公開しない団体が関わるため「非公表」とした市区町村×分野",
        "cells of municipality and field that are not published because they hang on withheld bodies",
    ),
    "small": Message(
        "{persons} 人以下の人数（一次秘匿）", "counts of {persons} persons or fewer (primary suppression)"
    ),
    "secondary": Message(
        "合計などから秘匿した数が分かるため、あわせて秘匿した人数（二次秘匿）",
        "counts from which a suppressed one would follow (secondary suppression)",
    ),
    "renamed": Message(
        "中立な名前に替えた資料・ファイルと識別子", "documents, files and identifiers that got neutral names"
    ),
    "other": Message(
        "許可リストにない種類のもの（作業記録、この語彙にない項目など）",
        "kinds that no word allows: working records, terms of other vocabularies",
    ),
}
_WORD = Message("allow にない「{label}」: {meaning}", "{label}, not in `allow`: {meaning}")


def removed_table(removed: Mapping[str, int], publication: Publication, *, lang: str = "ja") -> pd.DataFrame:
    """Return one row a rule that removed or changed something.

    Parameters
    ----------
    removed
        Rule to how much it removed.
    publication
        The settings.
    lang
        ``"ja"`` or ``"en"``.

    Returns
    -------
    DataFrame
        ``rule``, ``meaning`` and ``count``: rules of withheld rows first, then counts of persons, then the words that
        are not allowed. A rule that removed nothing has a row with 0, a word that removed nothing has none.
        ``attrs["allowed"]`` names the words that are allowed.

    Examples
    --------
    >>> removed_table({"small": 2}, Publication(), lang="en").query("count > 0").values.tolist()
    [['small', 'counts of 3 persons or fewer (primary suppression)', 2]]
    """
    said = {"persons": f"{publication.persons}"}
    rows = [(rule, text.text(lang).format(**said), removed.get(rule, 0)) for rule, text in RULES.items()]
    words = publication_words()
    for name, word in words.items():
        if removed.get(name):
            meaning = _WORD.text(lang).format(label=word.label.text(lang), meaning=word.meaning.text(lang))
            rows.append((name, meaning, removed[name]))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table.attrs["allowed"] = [word.label.text(lang) for name, word in words.items() if name in publication.allow]
    return table
