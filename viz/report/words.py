"""Names and purposes of the sheets of the Excel report."""

from __future__ import annotations

from tsunagari.errors import Message

OVERVIEW = Message("概要", "Overview")
GAPS = Message("空白一覧", "Gaps")
MATRIX = Message("被覆表", "Coverage")
NETWORK = Message("つながりの図", "Network")
COMPOSITION = Message("構成表", "Composition")
STAGES = Message("施策表", "Measures by stage")
BROKERS = Message("橋渡し団体", "Brokers")
SINGLE = Message("単独依存", "Dependence")
REMEDIES = Message("提案", "Remedies")
PLAN = Message("展開計画", "Plan")
CHANGES = Message("変化", "Changes")
WAVES = Message("推移", "Waves")
ISSUES = Message("データの問題", "Data issues")
METHOD = Message("方法", "Method")
SOURCES = Message("出典", "Sources")

NO_EXTENSION = Message(
    "空白のある市区町村へ支援を広げられる団体が、届く範囲にありません。",
    "Nobody within reach could take a field to a municipality that has a gap.",
)

PURPOSES = {
    GAPS: Message(
        "対象のすべての市区町村×分野です。状況（確認済みゼロ、広域のみ、未調査、1団体のみ、2団体以上）の順、その中で深刻度の高い順、"
        "同じなら市区町村と分野の順です。",
        "Every municipality and field of the scope: by status (confirmed zero, wider area only, not known, one, two or "
        "more), then by severity, municipality and field.",
    ),
    MATRIX: Message(
        "市区町村（行）×分野（列）。記号の意味は表の下にあります。「?」は「ない」ではなく「分からない」です。",
        "Municipalities (rows) by fields (columns); the symbols are explained below. '?' means not known, not none.",
    ),
    NETWORK: Message(
        "資料に書かれたつながりの地図です。地図（tsunagari map）と同じ配置と色で、図の読み方と出典は下にあります。",
        "The map of the ties that the sources state, as tsunagari map lays it out; how to read it stands below.",
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
        "直接つながっていない団体の間に立つ団体です。だれの間にも立たない団体は載せていません。順位は手元の資料に書かれた"
        "つながりだけによります。",
        "Organisations that stand between others; who stands between nobody is left out. Ranks rest only on the ties "
        "that the sources at hand mention.",
    ),
    SINGLE: Message(
        "その団体が続けられなくなると何が失われるかを、失うものの多い順に並べたものです。"
        "「要注意」は、どこかで唯一の担い手であり、抜けるとつながりも分かれる団体です。団体の評価ではなく、備えのための表です。",
        "What would be lost should an organisation stop, the greatest loss first. 'critical' is a sole provider "
        "somewhere without whom the network falls apart as well. It rates nobody; it is there to prepare.",
    ),
    REMEDIES: Message(
        "空白ごとに、その分野をほかで担っていて頼めそうな団体、その理由、つながりの道筋、仲介を頼む団体です。"
        "候補は資料の記載から挙げたもので、団体の意向は確かめていません。",
        "For every gap: organisations that offer the field elsewhere and might be asked, why they, the path and "
        "whom to ask. They come from what the sources say; nobody has asked them.",
    ),
    PLAN: Message(
        "一つの団体が一つの分野をいくつかの市区町村へ広げるとき、最も多くの空白に担い手が増える組み合わせです。"
        "上から順に選んであります。",
        "Which organisations should take which field to which municipalities to give most gaps a provider, in the "
        "order in which they were chosen.",
    ),
    CHANGES: Message(
        "二つの時点の間で変わったことです。空白が生じた・埋まった所、入会・退会、名称の変更、連携や支援の開始と終了。",
        "What changed between two days: gaps opened and closed, members joined and left, names, ties and services.",
    ),
    WAVES: Message(
        "会員名簿の時点ごとの、参加・空白・橋渡しの数とその推移です。図は下にあります。"
        "名簿に書かれた変化で、実際の変化の時期とは限りません。",
        "Memberships, gaps and brokers on the day of each list of members, with their trend and a chart below. "
        "It is what the lists say, which need not be when things changed.",
    ),
    METHOD: Message("この報告書の数がどう作られたか。", "How the figures of this report came about."),
    SOURCES: Message("この報告書が拠っている資料です。", "The documents and lists this report rests on."),
    ISSUES: Message(
        "読み込みのときに分からなかった所です。ファイルと行をたどって直し、tsunagari build をもう一度。",
        "What the load did not understand. Correct it at the file and row given, then run tsunagari build again.",
    ),
}
