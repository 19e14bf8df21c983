"""What a text is: a query that may be asked, or why not. It runs in the process that reads files.

Its module and that of `sparql_text` are loaded there by their paths, without the packages around them, which would take
a second to import.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any

from tsunagari.loaders.files import load_module


def verdict(sparql_text: str, text: str, prefixes: Mapping[str, str]) -> tuple[Any, ...] | None:
    """Say what is wrong with a query.

    Parameters
    ----------
    sparql_text
        Path of the module `sparql_text`.
    text
        The query as the user wrote it.
    prefixes
        Prefixes that need no declaration.

    Returns
    -------
    ``("update", word)``, ``("service",)``, ``("mistake", *fields of a Mistake)``, or None when it may be asked.
    """
    module = load_module(sparql_text)
    word = module.keyword(text)
    if word in module.UPDATES:
        return ("update", word)
    if _calls_service(text, module):
        return ("service",)
    mistake = module.find_mistake(text, prefixes)
    if mistake is None:
        return None
    return ("mistake", mistake.kind, mistake.row, mistake.column, mistake.token, mistake.detail)


def _calls_service(text: str, text_module: ModuleType) -> bool:
    """Tell whether the query could call another server; in doubt, yes.

    Oxigraph takes keywords without a blank around them (``trueSERVICE<…>``) and reads ``?a<…`` as a comparison where a
    tokenizer sees an IRI. So a bare word settles it, and where the word is part of something that may be read in two
    ways the parsed query decides.
    """
    doubtful = False
    for token in text_module.tokens(text):
        shown = token.text.partition(":")[0] if token.kind == "name" else token.text
        if "service" in shown.lower():
            if token.kind in ("word", "number", "bad"):
                return True
            doubtful = doubtful or token.kind in ("name", "iri")
    return doubtful and _parsed_with_service(text)


def _parsed_with_service(text: str) -> bool:
    from pyparsing import ParseException
    from rdflib.plugins.sparql import parser, parserutils

    try:
        # rdflib.parseQuery would first turn \uXXXX into characters, quotes among them, which Oxigraph does not
        parsed = parser.Query.parse_string(re.sub(r"\\([uU])", r"x\1", text), parse_all=True)
    except (ParseException, RecursionError):
        return True
    return any(name == "ServiceGraphPattern" for name in _pattern_names(parsed, parserutils.CompValue))


def _pattern_names(node: Any, pattern: type[Any]) -> Iterator[str]:
    if isinstance(node, pattern):
        yield str(node.name)
        for value in node.values():
            yield from _pattern_names(value, pattern)
    elif isinstance(node, Iterable) and not isinstance(node, str):  # lists and results of the parser
        for value in node:
            yield from _pattern_names(value, pattern)
