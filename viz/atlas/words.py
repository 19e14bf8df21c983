"""The short texts of the atlas in both languages."""

from __future__ import annotations

from tsunagari.errors import Message

TEXT = {
    "nation": Message("全国", "Nation"),
    "elsewhere": Message(
        "所在の市区町村・都道府県が分からない団体", "Bodies whose municipality or prefecture is not known"
    ),
    "search": Message(
        "団体・プラットフォーム・市区町村を名前や読みで探す", "Search bodies, platforms and municipalities"
    ),
    "no_hit": Message("見つかりません。", "Nothing is found."),
    "loading": Message("索引を読み込んでいます…", "The index is being read …"),
    "search_failed": Message(
        "索引が読めません。search.js がこのページと同じフォルダーにあるか確かめてください。",
        "The index cannot be read; see that search.js stands in the folder of the atlas.",
    ),
    "no_script": Message(
        "このブラウザーではスクリプトが動いていないので、検索と数の切り替えは使えません。ほかはすべて読めます。",
        "Scripts are switched off: search and the choice of figures do not work, all else can be read.",
    ),
    "as_of": Message("{} 現在", "as of {}"),
    "every_time": Message("すべての時点", "every time"),
    "figure": Message("数", "Figure"),
    "day": Message("時点", "Day"),
    "prefecture": Message("都道府県", "Prefecture"),
    "prefectures": Message("都道府県の数", "Figures of the prefectures"),
    "municipality": Message("市区町村", "Municipality"),
    "municipalities": Message("市区町村", "Municipalities"),
    "bodies": Message("団体", "Bodies"),
    "cells": Message("分野ごとの担い手", "Who provides what"),
    "field": Message("分野", "Field"),
    "status": Message("状態", "Status"),
    "providers": Message("担い手", "Providers"),
    "candidates": Message("担い手の候補", "Candidates"),
    "matrix": Message("市区町村×分野", "Municipalities and fields"),
    "platforms": Message("プラットフォーム・協議会", "Platforms and councils"),
    "members": Message("会員", "Members"),
    "member_class": Message("区分", "Class"),
    "role": Message("役割", "Role"),
    "since": Message("{} から", "from {}"),
    "until": Message("{} まで", "until {}"),
    "services": Message("支援", "Services"),
    "ties": Message("つながり", "Ties"),
    "towards": Message("→", "→"),
    "both": Message("⇄", "⇄"),
    "back": Message("←", "←"),
    "more_rows": Message(
        "ほか {} 件（一覧は tsunagari export の表にあります）", "and {} more (see the tables of tsunagari export)"
    ),
    "brokers": Message("橋渡しをしている団体", "Bodies that broker"),
    "whole_list": Message("このページの続き", "Further pages"),
    "of_pages": Message("{}／{} ページ目", "page {} of {}"),
    "reading": Message("読み", "Reading"),
    "class": Message("種類", "Kind"),
    "legal_form": Message("法人格", "Legal form"),
    "number": Message("法人番号", "Corporate number"),
    "aliases": Message("別の名前", "Other names"),
    "fields": Message("活動分野", "Fields"),
    "target": Message("対象", "For whom"),
    "description": Message("説明", "Description"),
    "source": Message("出典", "Sources"),
    "reach": Message("対象地域", "Area served"),
    "part_of": Message("上位のプラットフォーム", "Part of"),
    "host": Message("事務局", "Host"),
    "method": Message("数え方", "How it is counted"),
    "not_read_as": Message(
        "未調査は「ない」ではありません。載っているのは、読み込んだ名簿と資料に書かれたことだけです。",
        "Not looked into does not mean none. What stands here is what the lists and documents say, nothing else.",
    ),
    "sources": Message("資料", "Sources"),
    "nothing": Message("該当するものはありません。", "There is nothing here."),
    "wide_bodies": Message("都道府県の団体", "Bodies of the prefecture"),
    "filter": Message("この一覧から探す", "Search in this list"),
    "skip": Message("本文へ", "To the text"),
    "cells_of": Message("{} 分野のうち、", "Of {} fields, "),
    "cells_of_matrix": Message("市区町村×分野の {} マスのうち、", "Of {} cells of municipality and field, "),
    "count_of": Message("{}が{}", "{}: {}"),
    "joint": Message("、", "; "),
    "end": Message("です。", "."),
}


def texts(lang: str) -> dict[str, str]:
    """Return every short text in `lang` (``"ja"`` or ``"en"``)."""
    return {key: message.text(lang) for key, message in TEXT.items()}
