"""What a query may not do: change the graph, call another server, or be no SPARQL at all.

Everything that takes a text apart runs in the process that also reads files: a query of three thousand brackets is the
end of the process that parses it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tsunagari.errors import Message, Place, QueryError
from tsunagari.graph.sparql import sparql_text, sparql_verdict
from tsunagari.loaders.files import ApartError, Limits, run_apart
from tsunagari.ontology.namespaces import PREFIXES

LIMITS = Limits(seconds=10, memory=1 << 30)


def check_query(text: str, *, file: str | None = None) -> None:
    """Refuse a text that is no query, would change the graph or calls another server.

    Parameters
    ----------
    text
        The query.
    file
        Where it stands, for the message.

    Raises
    ------
    QueryError
        See `run_query`; also when it is so deep or so long that it cannot be taken apart.
    """
    place = Path(sparql_verdict.__file__), Path(sparql_text.__file__)
    try:
        found: tuple[Any, ...] | None = run_apart(
            str(place[0]), "verdict", str(place[1]), text, dict(PREFIXES), limits=LIMITS
        )
    except (ApartError, UnicodeEncodeError):
        raise _too_deep(file) from None
    if found is None:
        return
    kind, *rest = found
    if kind == "update":
        raise _update_error(rest[0], Place(file=file))
    if kind == "service":
        raise _service_error(Place(file=file))
    raise mistake_error(text, sparql_text.Mistake(*rest), file=file)


def refuse_commands(text: str) -> None:
    """Refuse a query of the package itself that would change the graph or call another server.

    Raises
    ------
    QueryError
        It would.

    Examples
    --------
    >>> refuse_commands("SELECT * { ?s a tsu:SupportService }")
    """
    for token in sparql_text.tokens(text):
        if token.kind != "word":
            continue
        word = token.text.upper()
        if word in sparql_text.UPDATES:
            raise _update_error(word, Place())
        if word == "SERVICE":
            raise _service_error(Place())


def _too_deep(file: str | None) -> QueryError:
    return QueryError(
        Message(
            "問い合わせが深すぎるか長すぎて、解釈できません。",
            "The query is nested too deeply, or too long, to be taken apart.",
        ),
        hint=Message("かっこの入れ子を減らすか、分けて尋ねてください。", "Nest fewer brackets, or ask in parts."),
        place=Place(file=file),
    )


def _update_error(word: str, place: Place) -> QueryError:
    return QueryError(
        Message(
            f"グラフを変更する命令（{word}）は実行できません。問い合わせは読み取り専用です。",
            f"{word} would change the graph; queries are read-only.",
        ),
        hint=Message(
            "使えるのは SELECT・ASK・CONSTRUCT・DESCRIBE です。内容は元の表を直して build すると変わります。",
            "Use SELECT, ASK, CONSTRUCT or DESCRIBE; to change the content, edit the tables and build again.",
        ),
        place=place,
    )


def _service_error(place: Place) -> QueryError:
    return QueryError(
        Message(
            "SERVICE（外部サーバーへの問い合わせ）は実行できません。",
            "SERVICE, which sends parts of the query to another server, is not allowed.",
        ),
        hint=Message(
            "このグラフの中だけで答えられる問い合わせにしてください。",
            "Ask only what this graph can answer by itself.",
        ),
        place=place,
    )


def mistake_error(text: str, mistake: sparql_text.Mistake, *, file: str | None = None) -> QueryError:
    """Return the error that shows a mistake: what is wrong, the line and a caret under the place."""
    shown, detail = mistake.token, mistake.detail
    messages = {
        "unexpected": Message(f"ここに「{shown}」は書けません。", f"unexpected {shown!r}."),
        "unclosed": Message(
            f"「{shown}」を閉じる「{detail}」がありません。", f"{shown!r} is never closed by {detail!r}."
        ),
        "unterminated": Message(
            f"「{shown}」で始まる部分が終わっていません。", f"what starts with {shown!r} has no end."
        ),
        "prefix": Message(f"接頭辞「{detail}:」が宣言されていません。", f"the prefix '{detail}:' is not declared."),
        "end": Message("問い合わせが途中で終わっています。", "the query stops too early."),
        "meaning": Message(f"この書き方は許されません（{detail}）。", f"this is not allowed: {detail}."),
    }
    found = messages[mistake.kind]
    known = " ".join(f"{name}:" for name in sorted(PREFIXES)) if mistake.kind == "prefix" else ""
    picture = "\n" + sparql_text.excerpt(text, mistake.row, mistake.column)
    return QueryError(
        Message(f"SPARQL の文法の誤り: {found.ja}", f"SPARQL syntax error: {found.en}"),
        hint=Message(
            picture + (f"\n宣言なしで使える接頭辞: {known}" if known else ""),
            picture + (f"\nPrefixes that need no declaration: {known}" if known else ""),
        ),
        place=Place(file=file, row=mistake.row, column=str(mistake.column)),
    )
