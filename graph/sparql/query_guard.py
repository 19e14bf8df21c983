"""What a query may not do: change the graph, call another server, or be no SPARQL at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tsunagari.errors import Message, Place, QueryError
from tsunagari.graph.sparql import sparql_text
from tsunagari.ontology.namespaces import PREFIXES


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
        See `run_query`.
    """
    place = Place(file=file)
    _refuse_update(text, place)
    _refuse_service(text, place)
    mistake = sparql_text.find_mistake(text, PREFIXES)
    if mistake is not None:
        raise mistake_error(text, mistake, file=file)


def _refuse_update(text: str, place: Place) -> None:
    word = sparql_text.keyword(text)
    if word in sparql_text.UPDATES:
        raise QueryError(
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


def _refuse_service(text: str, place: Place) -> None:
    if _calls_service(text):
        raise QueryError(
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


def _calls_service(text: str) -> bool:
    """Tell whether the query could call another server; in doubt, yes.

    Oxigraph takes keywords without a blank around them (``trueSERVICE<…>``) and reads ``?a<…`` as a comparison where a
    tokenizer sees an IRI. So a bare word settles it, and where the word is part of something that may be read in two
    ways the parsed query decides.
    """
    doubtful = False
    for token in sparql_text.tokens(text):
        shown = token.text.partition(":")[0] if token.kind == "name" else token.text
        if "service" in shown.lower():
            if token.kind in ("word", "number", "bad"):
                return True
            doubtful = doubtful or token.kind in ("name", "iri")
    return doubtful and _parsed_with_service(text)


def _parsed_with_service(text: str) -> bool:
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import Query

    try:
        # rdflib.parseQuery would first turn \uXXXX into characters, quotes among them, which Oxigraph does not
        parsed = Query.parse_string(re.sub(r"\\([uU])", r"x\1", text), parse_all=True)
    except (ParseException, RecursionError):
        return True
    return any(name == "ServiceGraphPattern" for name in _pattern_names(parsed))


def _pattern_names(node: object) -> Iterator[str]:
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(node, CompValue):
        yield str(node.name)
        for value in node.values():
            yield from _pattern_names(value)
    elif isinstance(node, (list, tuple, ParseResults)):
        for value in node:
            yield from _pattern_names(value)


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
