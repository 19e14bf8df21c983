"""The everyday words of lists from which fields follow, with how surely each does: for evidence in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from tsunagari.errors import Message

if TYPE_CHECKING:
    from tsunagari.graph.columns import Codes, Columns

# How each match of SKOS is told; {0} is the word of the list, {1} the field.
_TOLD: Mapping[str, Message] = {
    "exact_match": Message("「{0}」は{1}と同じ", "“{0}” is {1}"),
    "close_match": Message("「{0}」は{1}に近い", "“{0}” is close to {1}"),
    "broad_match": Message("「{0}」は{1}に含まれる", "“{0}” is part of {1}"),
}


def matched_words(columns: Columns, things: Codes, *, lang: str = "ja") -> list[str]:
    """Return for each thing which words of its list were read as which of its fields, and by which match.

    Parameters
    ----------
    columns
        The graph.
    things
        Codes of organisations, services and the like.
    lang
        Language of the sentences.

    Returns
    -------
    One text a thing, several words joined by a comma; empty where the list names the fields themselves.
    """
    starts, words = columns.all("field_word", things)
    if not len(words):
        return [""] * len(things)
    fields_at, fields = columns.all("support_field", things)
    told = {word: list(_matches(columns, word, lang)) for word in set(words.tolist())}
    between = "、" if lang == "ja" else ", "
    found = []
    for (start, end), (first, last) in zip(pairwise(starts.tolist()), pairwise(fields_at.tolist()), strict=True):
        own = set(fields[first:last].tolist())
        texts = (text for word in words[start:end].tolist() for field, text in told[word] if field in own)
        found.append(between.join(dict.fromkeys(texts)))
    return found


def _matches(columns: Columns, word: int, lang: str) -> Iterator[tuple[int, str]]:
    """Yield each field that a word is matched to, with the match in words."""
    (name,) = columns.labels([word], lang)
    for relation, message in _TOLD.items():
        _, fields = columns.all(relation, [word])
        for field, label in zip(fields.tolist(), columns.labels(fields, lang), strict=True):
            yield field, message.text(lang).format(name, label)
