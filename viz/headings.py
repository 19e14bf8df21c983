"""What the columns of the public data frames are called in tables for people."""

from __future__ import annotations

from tsunagari.errors import Message

HEADINGS = {
    "rank": Message("順位", "rank"),
    "area": Message("市区町村", "municipality"),
    "area_code": Message("団体コード", "code"),
    "prefecture": Message("都道府県", "prefecture"),
    "field": Message("分野", "field"),
    "field_id": Message("分野記号", "field id"),
    "fields": Message("分野", "fields"),
    "status": Message("状況", "status"),
    "status_label": Message("状況", "status"),
    "local": Message("地元", "local"),
    "wide": Message("広域", "wide"),
    "partnership": Message("圏域内", "in partnership"),
    "planned": Message("予定のみ", "planned only"),
    "connected": Message("PF参加", "on platform"),
    "providers": Message("提供団体", "providers"),
    "provider_ids": Message("提供団体ID", "provider ids"),
    "evidence": Message("根拠", "evidence"),
    "need": Message("需要", "need"),
    "severity": Message("深刻度", "severity"),
    "sentence": Message("説明", "in words"),
    "settle": Message("確かめる一覧", "what would settle it"),
    "organization": Message("団体", "organisation"),
    "organization_id": Message("団体ID", "organisation id"),
    "group": Message("区分", "group"),
    "degree": Message("つながり数", "degree"),
    "betweenness": Message("媒介中心性", "betweenness"),
    "constraint": Message("拘束度", "constraint"),
    "effective_size": Message("有効サイズ", "effective size"),
    "coordinator": Message("調整役", "coordinator"),
    "itinerant": Message("外部仲介", "itinerant"),
    "representative": Message("代表役", "representative"),
    "gatekeeper": Message("門番役", "gatekeeper"),
    "liaison": Message("連絡役", "liaison"),
    "brokerage": Message("橋渡し計", "brokerage"),
    "is_cut_point": Message("切断点", "cut point"),
    "bridges": Message("つなぐ相手", "connects"),
    "passed": Message("一致", "agrees"),
    "network": Message("ネットワーク", "network"),
    "measure_label": Message("指標", "measure"),
    "published": Message("文献の値", "published"),
    "computed": Message("計算した値", "computed"),
    "change": Message("変化の記号", "kind of change"),
    "change_label": Message("変化", "change"),
    "other": Message("相手", "other"),
    "other_id": Message("相手ID", "other id"),
    "before": Message("前", "before"),
    "after": Message("後", "after"),
    "difference": Message("差", "difference"),
    "measure": Message("指標の記号", "measure id"),
    "label": Message("指標", "measure"),
    "severity_before": Message("前の深刻度", "severity before"),
    "severity_after": Message("後の深刻度", "severity after"),
    "parts_before": Message("前のまとまり", "parts before"),
    "parts_after": Message("後のまとまり", "parts after"),
    "left": Message("団体1", "one"),
    "left_name": Message("団体1の名前", "name of one"),
    "left_place": Message("団体1の所在地", "place of one"),
    "left_number": Message("団体1の法人番号", "number of one"),
    "right": Message("団体2", "other"),
    "right_name": Message("団体2の名前", "name of other"),
    "right_place": Message("団体2の所在地", "place of other"),
    "right_number": Message("団体2の法人番号", "number of other"),
    "score": Message("点", "score"),
    "reasons": Message("理由", "reasons"),
    "verdict": Message("判定", "verdict"),
    "decided_at": Message("判断日", "decided on"),
    "note": Message("備考", "note"),
    "what": Message("もの", "what"),
    "count": Message("数", "count"),
    "source": Message("資料", "source"),
    "code": Message("種類", "code"),
    "message": Message("内容", "message"),
    "file": Message("ファイル", "file"),
    "sheet": Message("シート", "sheet"),
    "row": Message("行", "row"),
    "column": Message("列", "column"),
    "value": Message("値", "value"),
    "hint": Message("直し方", "what to do"),
    "name": Message("名前", "name"),
    "question": Message("質問", "question"),
    "theme": Message("テーマ", "theme"),
    "parameters": Message("条件", "parameters"),
    "document": Message("資料", "document"),
    "title": Message("題名", "title"),
    "line": Message("行", "line"),
    "page": Message("ページ", "page"),
    "quote": Message("引用", "quote"),
    "publisher": Message("発行", "publisher"),
    "issued": Message("発行日", "issued"),
    "records": Message("件数", "records"),
    "kind": Message("種類", "kind"),
    "rule": Message("規則", "rule"),
    "subject": Message("対象", "about"),
    "reading": Message("読み", "reading"),
    "sector_label": Message("区分", "sector"),
    "target_group": Message("対象者", "target groups"),
    "description": Message("活動概要", "description"),
    "stated_size": Message("団体数（記載）", "stated size"),
    "member_class": Message("会員の種別", "member class"),
    "valid_from": Message("開始", "from"),
    "valid_to": Message("終了", "until"),
    "as_of": Message("時点", "as of"),
    "platform": Message("プラットフォーム", "platform"),
    "role": Message("役割", "role"),
}

SEVERITIES = {
    "error": Message("誤り", "error"),
    "warning": Message("注意", "warning"),
    "notice": Message("お知らせ", "notice"),
}
"""Severity of an issue to what people read, the most serious first."""

VALIDITIES = {
    "certain": Message("確か", "certain"),
    "possible": Message("可能性あり", "possible"),
    "no": Message("いいえ", "no"),
}
"""Whether a statement holds on a day, in words."""

SEVERITY = Message("重さ", "severity")
"""What the severity of an issue is called; that of a gap has another Japanese name."""


def heading(column: str, lang: str = "ja") -> str:
    """Return what `column` is called in `lang`; a column not known here keeps its name.

    >>> heading("severity"), heading("severity", "en"), heading("my_column")
    ('深刻度', 'severity', 'my_column')
    """
    return HEADINGS[column].text(lang) if column in HEADINGS else column
