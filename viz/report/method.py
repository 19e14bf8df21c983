"""What the Excel report says about how its figures came about and how not to read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsunagari.errors import Message

if TYPE_CHECKING:
    import pandas as pd

CAUTIONS = (
    Message(
        "「未調査」は「支援がない」ではありません。書かれた資料が手元にないだけです。",
        "'Not known' does not mean that there is no support, only that no list at hand says so.",
    ),
    Message(
        "団体の優劣を表すものではありません。資料に書かれた関係だけを数えています。",
        "This does not rate organisations: it counts only the relations that the sources mention.",
    ),
    Message(
        "候補は資料の記載から挙げたもので、団体の意向は確かめていません。",
        "Candidates come from what the sources say; nobody has asked them.",
    ),
)

_ENTRIES = (
    (
        Message("時点", "Day"),
        Message(
            "すべての数は表紙の日付に有効な記載だけから数えます。期間は「始まりの日を含み、終わりの日を含まない」です。",
            "Every figure counts only what is valid on that day; a period includes its first day, not its last.",
        ),
    ),
    (
        Message("記載の確かさ", "Status of a claim"),
        Message(
            "「記載あり」と「規則から推定」を数え、「予定」「検討中」「希望」は別の列に分けます。",
            "Stated and inferred claims are counted; planned and desired ones have a column of their own.",
        ),
    ),
    (
        Message("橋渡しの役割", "Brokerage roles"),
        Message(
            "Gould と Fernandez (1989) の 5 つの役割。調整役: 同じ区分どうしをつなぐ。"
            "外部仲介: 他の同じ区分どうしをつなぐ。代表役: 自分の区分から外へ。"
            "門番役: 外から自分の区分へ。連絡役: 3 者とも違う区分。",
            "The five roles of Gould and Fernandez (1989). Coordinator: within one's own group. Itinerant: between two "
            "of another group. Representative: from one's own group outwards. Gatekeeper: from outside into one's own. "
            "Liaison: all three in different groups.",
        ),
    ),
    (
        Message("媒介中心性", "Betweenness"),
        Message(
            "ほかの 2 団体を結ぶ最短の道のうち、その団体を通るものの割合 (Freeman 1977)。0 から 1。",
            "Share of the shortest paths between two others that run through the organisation (Freeman 1977); 0 to 1.",
        ),
    ),
    (
        Message("拘束度・有効サイズ", "Constraint, effective size"),
        Message(
            "Burt (1992)。拘束度は、相手どうしもつながっているほど大きい。つながりのない団体にはない。"
            "有効サイズは、重なりを除いた相手の数。",
            "Burt (1992). Constraint grows the more one's contacts know each other; an isolate has none. Effective "
            "size is the number of contacts without the redundant ones.",
        ),
    ),
    (
        Message("提案", "Remedies"),
        Message(
            "候補は、その分野をほかの市区町村か広域で担う、名前のある団体。その市区町村にいる、同じ圏域か同じプラットフォームに"
            "いる、つながりと参加の網で近い、距離が近い、の順。仲介は、道筋の上で候補の一つ手前にいる団体。",
            "A candidate offers the field in another municipality or a wider area and has a name. First those in the "
            "municipality, then those in the same partnership or platform, then by steps in the network of ties and "
            "memberships, then by distance. Whom to ask is the last on the path before the candidate.",
        ),
    ),
    (
        Message("展開計画", "Plan"),
        Message(
            "重み付き最大被覆を貪欲法で解く (Nemhauser, Wolsey & Fisher 1978)。1 つの展開は、1 団体が 1 分野を"
            "最大 5 市区町村へ広げること。上限は、どんな計画でも超えられない値。",
            "Weighted maximum coverage by greedy choice (Nemhauser, Wolsey & Fisher 1978). One extension is one "
            "organisation that takes one field to at most 5 municipalities. No plan can exceed the bound.",
        ),
    ),
    (
        Message("単独依存", "Dependence"),
        Message(
            "団体を一つずつ除き、担い手・参加・つながりを数え直したもの。増す深刻度は、市区町村×分野の深刻度の増加の合計。",
            "Each organisation is taken out alone and support, memberships and ties are counted anew. The severity "
            "added is summed over municipality × field.",
        ),
    ),
    (
        Message("切断点", "Cut point"),
        Message(
            "その団体がいなくなると、つながりの網が 2 つ以上に分かれる団体。",
            "An organisation without which the network falls into more parts.",
        ),
    ),
)


def method_entries(gaps: pd.DataFrame) -> list[tuple[Message, Message]]:
    """Return terms and explanations, beginning with the formula that came with `gaps` where it has one."""
    formula = str(gaps.attrs.get("severity_formula", ""))
    severity = (
        [(Message("深刻度", "Severity"), Message(f"深刻度 = {formula}", f"severity = {formula}"))] if formula else []
    )
    return [*severity, *_ENTRIES, *((Message("注意", "Caution"), text) for text in CAUTIONS)]
