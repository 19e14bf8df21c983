"""What a list and its columns hold and how to fill it in, in words made from the ontology."""

from __future__ import annotations

from tsunagari.errors import Message
from tsunagari.loaders.workspace import Kind
from tsunagari.ontology.columns import Column
from tsunagari.ontology.namespaces import SKOS
from tsunagari.ontology.vocabulary import FIELDS, vocabulary

PLACES = frozenset({"AdministrativeArea", "RegionalPartnership"})
DATES = Message(
    "日付。例：2024-04-01、令和6年4月1日、R6.4.1、令和6年4月、令和6年度",
    "a date, e.g. 2024-04-01, 令和6年4月1日, R6.4.1, 令和6年4月, 令和6年度",
)
DATATYPES = {
    "date": DATES,
    "boolean": Message("○ か ×", "○ or ×, yes or no"),
    "integer": Message("整数", "a whole number"),
    "decimal": Message("数。例：0.5、3", "a number, e.g. 0.5 or 3"),
}
SEVERAL = Message("複数あるときは「、」で区切ります", "several are separated by 、")
PLACE = Message(
    "市区町村・都道府県の名前かコード。例：鳥取市、312011",
    "name or code of a municipality or prefecture, e.g. 鳥取市 or 312011",
)


def kind_meaning(kind: Kind, lang: str = "ja") -> str:
    """Return what a row of a list of this kind is; its name where the ontology does not define it."""
    words = vocabulary()
    iri = words.class_iri(words.default_class(kind.cls))
    return words.terms.by_language(iri, f"{SKOS}definition").get(lang) or kind.label.text(lang)


def column_label(column: Column, lang: str = "ja") -> str:
    """Return what a column is called."""
    return column.labels.get(lang) or column.name


def column_meaning(column: Column, lang: str = "ja") -> str:
    """Return the definition of the property behind a column; empty when it has none."""
    return vocabulary().terms.by_language(column.path, f"{SKOS}definition").get(lang, "")


def column_format(column: Column, lang: str = "ja") -> str:
    """Return how to write a value of a column, in one phrase.

    Examples
    --------
    >>> column_format(vocabulary().columns("CollaborationTie")["directed"])
    '○ か ×'
    """
    what = _values(column).text(lang)
    return what if not column.is_list else f"{what}{'。' if lang == 'ja' else '; '}{SEVERAL.text(lang)}"


def _values(column: Column) -> Message:
    if column.scheme is not None:
        return _scheme_values(column.scheme)
    if column.datatype is not None:
        return DATATYPES.get(column.datatype, Message("文字", "text"))
    if set(column.targets) & PLACES:
        return PLACE
    words = vocabulary()
    names = [Message(words.label(name), words.label(name, "en")) for name in column.targets]
    ja, en = "・".join(name.ja for name in names), ", ".join(name.en for name in names)
    return Message(f"{ja}の名前か ID", f"name or id: {en}") if names else Message("名前か ID", "name or id")


def _scheme_values(scheme: str) -> Message:
    if scheme == FIELDS:
        return Message("分野の名前", "a field of support")
    words = vocabulary()
    labels = [concept.labels for concept in words.schemes[scheme].concepts]
    shown, rest = labels[:6], len(labels) > 6
    ja = "、".join(label["ja"] for label in shown) + ("など" if rest else "")
    en = ", ".join(label.get("en", label["ja"]) for label in shown) + (", …" if rest else "")
    return Message(ja, en)
