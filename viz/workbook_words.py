"""Names and purposes of the sheets of the Excel report."""

from __future__ import annotations

from tsunagari.errors import Message

OVERVIEW = Message("概要", "Overview")
GAPS = Message("空白一覧", "Gaps")
MATRIX = Message("被覆表", "Coverage")
COMPOSITION = Message("構成表", "Composition")
STAGES = Message("施策表", "Measures by stage")
BROKERS = Message("橋渡し団体", "Brokers")
SINGLE = Message("単独依存", "Single providers")
ISSUES = Message("データの問題", "Data issues")
METHOD = Message("方法", "Method")
SOURCES = Message("出典", "Sources")

PURPOSES = {
    GAPS: Message(
        "支援が届いていない、または届いているか分からない市区町村×分野を、深刻な順に並べたものです。",
        "Where support does not reach, or nobody knows whether it does, most serious first.",
    ),
    MATRIX: Message(
        "市区町村（行）×分野（列）。記号の意味は表の下にあります。「?」は「ない」ではなく「分からない」です。",
        "Municipalities (rows) by fields (columns); the symbols are explained below. '?' means not known, not none.",
    ),
    COMPOSITION: Message(
        "プラットフォーム（行）×構成団体の種類（列）。数は名前の分かる構成団体、文字は資料の記載、「?」は記載なしです。",
        "Platforms (rows) by type of constituent: a number counts named members, a word is what a source states.",
    ),
    STAGES: Message(
        "ライフステージ（行）×施策の区分（列）の支援施策の数（再掲を除く）。段階は資料に書かれたものだけです。",
        "Measures by life stage (rows) and category, repeats not counted; a stage only where a source states it.",
    ),
    BROKERS: Message(
        "ほかの団体どうしをつないでいる団体です。順位は手元の資料に書かれたつながりだけによります。",
        "Organisations that connect others. The ranks rest only on the ties that the sources at hand mention.",
    ),
    SINGLE: Message(
        "その市区町村のその分野を 1 団体だけが担っている所です。その団体が続けられなくなると、地元の支援が途切れます。",
        "Where one organisation alone provides a field in a municipality: should it stop, local support ends.",
    ),
    ISSUES: Message(
        "読み込みのときに分からなかった所です。ファイルと行をたどって直し、tsunagari build をもう一度。",
        "What the load did not understand. Correct it at the file and row given, then run tsunagari build again.",
    ),
    METHOD: Message("この報告書の数がどう作られたか。", "How the figures of this report came about."),
    SOURCES: Message("この報告書が拠っている資料です。", "The documents and lists this report rests on."),
}
