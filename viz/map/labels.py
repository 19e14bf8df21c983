"""The words of the map page, in Japanese and English."""

from __future__ import annotations

from tsunagari.errors import Message
from tsunagari.viz.look.gap_status import PLAN_MEANING, PLAN_SIGN
from tsunagari.viz.look.wide import WIDE

MANY = Message(
    "{0} を超える団体などがあるので、離れて見るときは地域ごとの数とつながりの束を描き、"
    "一つずつは近づいたときに見えている分だけ描きます。"
    "地域ごとの頁に分けて見るには tsunagari atlas を使ってください。",
    "With more than {0} bodies, places with their numbers and bundled ties are drawn from afar, and single bodies "
    "only from near, those in view. For a page of each region use: tsunagari atlas",
)

TEXT = {
    "map": Message("地図", "Map"),
    "matrix": Message("被覆表", "Coverage"),
    "gaps": Message("空白一覧", "Gaps"),
    "brokers": Message("橋渡し団体", "Brokers"),
    "organizations": Message("団体一覧", "Organisations"),
    "memberships": Message("参加・会員", "Memberships"),
    "method": Message("方法と出典", "Method and sources"),
    "as_of": Message("{0} 時点", "as of {0}"),
    "tabs": Message("表示の切り替え", "Views"),
    "search": Message("団体名・かなで検索", "Search by name or reading"),
    "search_hint": Message("「/」キーで検索", "press / to search"),
    "no_match": Message("見つかりません", "Nothing found"),
    "filters": Message("絞り込み", "Filters"),
    "reset": Message("すべて表示", "Show all"),
    "shown": Message("{0} / {1} 件を表示", "{0} of {1} shown"),
    "ties_shown": Message("つながり {0} 本", "{0} ties"),
    "kind": Message("種類", "Kind"),
    "kind_organization": Message("団体", "Organisation"),
    "kind_field": Message("分野", "Field"),
    "kind_category": Message("施策区分", "Measure category"),
    "with_plan": Message("{0}（予定・検討中あり）", "{0} (support planned)"),
    "plan_sign": PLAN_SIGN,
    "plan_meaning": PLAN_MEANING,
    "tie_group": Message("{0}（{1}）", "{0} ({1})"),
    "kind_policy-area": Message("行政の部門", "Branch of government"),
    "kind_constituent": Message("構成団体の種類", "Type of constituent"),
    "class": Message("細かい種類", "Class"),
    "sector": Message("区分", "Sector"),
    "fields": Message("分野", "Field"),
    "place": Message("市区町村", "Municipality"),
    "prefecture": Message("都道府県", "Prefecture"),
    "status": Message("記載の状態", "Status of the claim"),
    "tie_kind": Message("つながりの種類", "Kind of tie"),
    "platform": Message("参加先", "Platform"),
    "legend": Message("凡例（押すと絞り込み）", "Legend (click to filter)"),
    "colour_by": Message("色", "Colour"),
    "size_by": Message("大きさ", "Size"),
    "group": Message("まとまり", "Group"),
    "degree": Message("つながりの数", "Number of ties"),
    "betweenness": Message("橋渡し（媒介中心性）", "Betweenness"),
    "target_group": Message("対象者", "Target groups"),
    "description": Message("活動概要", "Description"),
    "stated_size": Message("団体の数（記載）", "Stated size"),
    "same": Message("同じ", "Same"),
    "none_value": Message("（記載なし）", "(not stated)"),
    "others": Message("その他", "Others"),
    "more": Message("ほか {0} 件", "{0} more"),
    "overview": Message("このデータの見どころ", "At a glance"),
    "overview_counts": Message("収めているもの", "What it holds"),
    "overview_gaps": Message("支援の届き方（市区町村×分野）", "Reach of support (municipality × field)"),
    "overview_brokers": Message("つなぎ役の上位", "Foremost brokers"),
    "too_many": MANY,
    "overview_use": Message(
        "丸や記号を選ぶと、つながりと根拠がここに出ます。", "Select a node to see its ties and evidence here."
    ),
    "close": Message("閉じる", "Close"),
    "focus": Message("近くだけ見る", "Focus"),
    "steps": Message("{0}歩", "{0} step"),
    "focus_off": Message("全体", "All"),
    "centre": Message("地図の中央に", "Centre on the map"),
    "about": Message("概要", "About"),
    "ties": Message("つながり", "Ties"),
    "why": Message("この団体の役割", "Why it matters"),
    "evidence": Message("根拠", "Evidence"),
    "no_evidence": Message("根拠の記載はありません。", "No evidence is recorded."),
    "line": Message("{0}行", "line {0}"),
    "row": Message("{0}行目", "row {0}"),
    "page": Message("{0}頁", "p. {0}"),
    "quote": Message("「{0}」", "“{0}”"),
    "reading": Message("読み", "Reading"),
    "reach": Message("対象区域", "Reaches"),
    "size": Message("団体数", "Size"),
    "valid": Message("期間", "Period"),
    "from_to": Message("{0} ～ {1}", "{0} – {1}"),
    "tie": Message("つながり", "Tie"),
    "isolates": Message("つながりの記載がないもの", "No tie stated"),
    "rest": Message("小さなまとまり", "Small groups"),
    "nowhere": Message("所在地の記載がないもの", "No place stated"),
    "zoom_in": Message("拡大", "Zoom in"),
    "zoom_out": Message("縮小", "Zoom out"),
    "fit": Message("全体を表示", "Fit"),
    "png": Message("画像で保存", "Save image"),
    "csv": Message("CSVで保存", "Save as CSV"),
    "print": Message("印刷", "Print"),
    "canvas": Message(
        "つながりの地図。検索欄か各表から項目を選べます。",
        "Network map. Items can be chosen by search or in the tables.",
    ),
    "filter_rows": Message("この表の中を検索", "Search in this table"),
    "rows": Message("{0} / {1} 行", "{0} of {1} rows"),
    "matrix_kind": Message("表の種類", "Table"),
    "municipality-field": Message("市区町村 × 分野", "Municipality × field"),
    "platform-constituent": Message("プラットフォーム × 構成団体の種類", "Platform × constituent type"),
    "stage-category": Message("ライフステージ × 施策区分", "Life stage × measure category"),
    "row_filter": Message("行の絞り込み", "Filter rows"),
    "cell_none": Message("この組み合わせの詳しい記載はありません。", "Nothing more is recorded for this cell."),
    "providers": Message("提供している団体", "Providers"),
    "no_providers": Message("提供団体の記載はありません。", "No provider is recorded."),
    "counts_head": Message("団体の数", "How many"),
    "count_local": Message("地元", "local"),
    "wide_mark": WIDE,
    "count_wide": Message("広域から", "from a wider area"),
    "count_partnership": Message("圏域内のほかの市町村", "elsewhere in the partnership"),
    "count_planned": Message("予定", "planned"),
    "and_more": Message("{0}　ほか{1}", "{0} and {1} more"),
    "there_is": Message("あり", "yes"),
    "there_is_none": Message("なし", "none"),
    "connected_yes": Message(
        "提供団体はこの地域に届くプラットフォームに参加しています。",
        "A provider is a member of a platform that reaches this area.",
    ),
    "connected_no": Message(
        "提供団体でこの地域に届くプラットフォームに参加するものは見当たりません。",
        "No provider is known to be on a platform that reaches this area.",
    ),
    "settle": Message("確かめるには", "What would settle it"),
    "candidates": Message("埋められそうな団体", "Who could fill it"),
    "no_candidates": Message("候補になる団体は見当たりません。", "Nobody is known who could."),
    "names_only": Message(
        "理由と道筋は、深刻な空白のものだけをこの地図に載せています。全件は tsunagari remedies で出せます。",
        "This map holds reasons and paths for the most serious gaps only; `tsunagari remedies` lists all of them.",
    ),
    "not_told": Message(
        "文と根拠は、深刻な順に {0} 件まで載せています。全件は tsunagari gaps で出せます。",
        "Sentences and evidence are given for the {0} most serious gaps; `tsunagari gaps` has all of them.",
    ),
    "not_looked": Message(
        "この大きさの地図では、この状況の空白の候補は調べていません。tsunagari remedies で出せます。",
        "A map of this size names no candidates for gaps of this status; `tsunagari remedies` does.",
    ),
    "asked": Message("団体の意向は確かめていません。", "Nobody has asked them yet."),
    "through": Message("仲介を頼む団体: ", "Whom to ask: "),
    "way": Message("道筋: ", "Path: "),
    "loss": Message("なくなると失われるもの", "What would be lost without it"),
    "count_cell": Message("件数 {0}", "count {0}"),
    "keys": Message("キー操作", "Keys"),
    "keys_text": Message(
        "/ 検索　1・2・3 近くの範囲　0 全体　+ − 拡大縮小　矢印 移動　N・P 次・前の項目　Esc 解除　? この説明",
        "/ search · 1 2 3 focus depth · 0 fit · + − zoom · arrows pan · N P next, previous · Esc clear · ? this help",
    ),
    "planned_line": Message("破線は予定・検討中・推定", "dashed: planned, considered or inferred"),
    "sources": Message("出典", "Sources"),
    "community": Message("コミュニティ（つながりのまとまり）", "Community"),
    "day": Message("時点", "Day"),
    "svg": Message("SVGで保存", "Save as SVG"),
    "tools": Message("地図の操作", "Map tools"),
    "fold_filters": Message("絞り込みをたたむ・開く", "Fold the filters"),
    "fold_panel": Message("詳細をたたむ・開く", "Fold the details"),
    "to_map": Message("地図を見る", "Show the map"),
    "to_list": Message("一覧に戻る", "Back to the list"),
    "bodies": Message("{0} 件", "{0} items"),
    "other_places": Message("{0}のほかの{1}市町村", "{0}: {1} other municipalities"),
    "constraint": Message("拘束度（Burt）", "Constraint (Burt)"),
    "effective_size": Message("有効サイズ（Burt）", "Effective size (Burt)"),
    "brokerage": Message("仲介の数", "Brokerage"),
    "open_list": Message("数えたものの一覧を開く", "Open what is counted"),
    "rows_listed": Message("{0} 件", "{0} entries"),
    "contacts_of": Message("{0}がつながっている団体", "Contacts of {0}"),
    "lost_cells": Message("担い手が減る地域・分野の数:", "Cells that lose a provider:"),
    "path": Message("道筋", "Path"),
    "path_from": Message("ここからの道筋", "Path from here"),
    "path_hint": Message(
        "次に選ぶ団体までの、いちばん短いつながりを示します", "Shows the shortest path to the body chosen next"
    ),
    "path_choose": Message(
        "{0}からの道筋を調べます。地図か検索で相手を選んでください。",
        "The path from {0}: choose the other end on the map or by search.",
    ),
    "path_none": Message("{0}からの道筋は資料にありません。", "The sources hold no path from {0}."),
    "path_off": Message("道筋を消す", "Clear the path"),
    "take_away": Message("抜けたら？", "What if it goes?"),
    "put_back": Message("戻す", "Put back"),
    "without": Message("抜けた場合の試算", "Without what is taken away"),
    "parts_of_contacts": Message("つながりの分かれ方（部分の数）", "Parts of the network of contacts"),
    "cells_fallen": Message("状況が下がる地域・分野", "Cells that fall"),
    "after_multiple": Message("複数", "several"),
    "after_single": Message("1団体のみ", "one only"),
    "after_wide_only": Message("広域のみ", "wider area only"),
    "after_open": Message("担い手なし", "nobody left"),
    "roll": Message("まとめ方", "Put together"),
    "roll_none": Message("まとめない", "not at all"),
    "roll_prefecture": Message("都道府県ごと", "by prefecture"),
    "roll_partnership": Message("圏域ごと", "by partnership"),
    "roll_broader": Message("大きな分野ごと", "by broader field"),
    "roll_cell": Message("地元に担い手がない {0} / {1}", "without a local provider {0} of {1}"),
    "roll_note": Message(
        "数は、地元に担い手がない市区町村×分野の数です。押すと、その一覧を開きます。",
        "The numbers count the cells without a local provider; each opens its list.",
    ),
    "announce": Message("{0} を選びました。{1}", "{0} chosen. {1}"),
    "stale": Message("この地図にはありません", "Not on this map"),
    "stale_link": Message(
        "このリンクが指すものの一部は、この地図にありません（古いリンクかもしれません）: {0}",
        "Some of what this link points to is not on this map (it may be an old link): {0}",
    ),
    "nothing": Message(
        "表示する団体がありません。名簿や一覧表を読み込んでから作り直してください。",
        "There is nothing to show. Read in lists of organisations and write the map again.",
    ),
    "failed": Message(
        "この地図を開けませんでした。新しいブラウザー（Edge・Chrome 80、Safari 16.4、Firefox 113 以降）で"
        "開いてください。",
        "This map could not be opened. Use a newer browser (Edge or Chrome 80, Safari 16.4, Firefox 113, or later).",
    ),
    "no_script": Message(
        "この地図の表示には JavaScript が必要です。", "This map needs JavaScript; nothing is loaded from the network."
    ),
}
"""Short texts by key; ``{0}``, ``{1}`` are filled in by the page."""

REACH = Message("支援の届き方", "Reach of support")
"""Heading of the paragraph that the formula of the severity follows."""

METHOD = (
    (
        Message("これは何か", "What this is"),
        Message(
            "孤独・孤立対策の官民連携プラットフォームの資料に書かれた団体・会議体・取組と、その間のつながりを一枚にまとめた"
            "ものです。このファイルだけで動き、通信は一切行いません。",
            "Organisations, platforms and activities, and the ties between them, as the source documents on "
            "public-private platforms against loneliness and isolation state them. The file works alone and "
            "sends or loads nothing.",
        ),
    ),
    (
        Message("読むときの注意", "How not to read it"),
        Message(
            "書かれていないことは「無い」ではありません。「未調査」は、支援が無いことではなく、有無を示す一覧がまだ無いことを"
            "表します。点の近さは同じまとまりに属することを示すだけで、距離や親しさの尺度ではありません。",
            "What is not written is not absent. “Unknown” means that no list settles the question, not that support is "
            "missing. Nearness on the map only shows the same group; it measures neither distance nor closeness.",
        ),
    ),
    (
        Message("配置", "Layout"),
        Message(
            "各項目は、最も少ない歩数で届く最も小さな連携体（圏域・プラットフォーム・事業・自治体）の枠に入れています。大きな枠"
            "は市区町村、都道府県、つながりの密なまとまりの順に分けます。位置は作成時に計算済みで、同じデータなら同じ配置に"
            "なります。区域は点にせず、絞り込みと右の欄の記載で示します。",
            "Every item stands in the frame of the most specific partnership, platform, programme or local body it "
            "reaches in the fewest steps; large frames are divided by municipality, prefecture or community. Positions "
            "are computed beforehand and are the same for the same data. Areas are no points: they are filters and "
            "facts in the panel.",
        ),
    ),
    (
        REACH,
        Message(
            "市区町村×分野のすべての組み合わせを、◎ 2団体以上、○ 1団体のみ、△ 広域のみ、× 確認済みゼロ、? 未調査の順に"
            "判定します。× は、その範囲を網羅する一覧または調査があるときだけ使います。"
            "構成団体の名簿だけを根拠とする × は弱い根拠です（構成団体でない担い手がいるかもしれません）。"
            "文と basis 列（survey・services・members）で分かります。"
            "いつの日付でも、今の市区町村で数えます（なくなった市町村の支援は、引き継いだ市区町村に入れます）。",
            "Every municipality × field gets the first that applies: ◎ two or more organisations, ○ exactly one, △ "
            "only wide-area, × confirmed none, ? unknown. × is used only where a "
            "complete list or a survey covers the cell. × known only from a list of members is weak (somebody who is "
            "no member may help); the sentence and the column basis (survey, services, members) tell. Counted is in "
            "today's municipalities, whatever the day: support for one that ended counts in the one that took over.",
        ),
    ),
    (
        Message("空白を埋められそうな団体", "Who could fill a gap"),
        Message(
            "その分野をほかで担っている団体を、その市区町村にいる、同じ圏域か同じプラットフォームにいる、つながりの歩数が少ない、"
            "近い、の順に挙げます。仲介を頼む団体は、道筋の上で候補の一つ手前にいる団体です。資料から挙げたもので、"
            "団体の意向は確かめていません。",
            "Organisations that offer the field elsewhere: first those in the municipality, then those in the same "
            "partnership or platform, with fewer steps, or nearer. Whom to ask is the last on the path before the "
            "candidate. They come from the sources; nobody has asked them.",
        ),
    ),
    (
        Message("つなぎ役", "Brokers"),
        Message(
            "媒介中心性、Burt の構造的空隙（拘束度・有効サイズ）、Gould と Fernandez の五つの役割（区分をまたぐ"
            "仲介の数）で見ます。全員が参加する大きなプラットフォームの同席は、互いを知っている根拠とはみなしません。",
            "Betweenness, Burt's structural holes (constraint, effective size) and the five brokerage roles of Gould "
            "and Fernandez across groups. Sitting together on a very large platform is not taken as "
            "knowing each other.",
        ),
    ),
)
"""Headings and paragraphs of the method tab."""


def texts(lang: str) -> dict[str, str]:
    """Return every short text in `lang` (``"ja"`` or ``"en"``)."""
    return {key: message.text(lang) for key, message in TEXT.items()}
