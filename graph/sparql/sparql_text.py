"""The text of a SPARQL query: its tokens, what stands at which place, and where a mistake is.

The query engine parses character by character and reports how far its longest attempt read, which is often some words
or a line behind the mistake. `find_mistake` therefore asks it about ever longer beginnings of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import pyoxigraph as ox

PADDING = 40  # longer than any keyword: an attempt at a keyword that starts before the padding cannot reach its end
NO_VARIABLE = ox.Variable("no_variable_of_the_query")
CLOSING = {"{": "}", "(": ")", "[": "]"}
TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<space>\s+)
  | (?P<iri><(?![?$])(?:[^<>"{}|^`\\\x00-\x20]|\\[uU][0-9A-Fa-f]{4,8})*>)
  | (?P<string>"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*"{3} | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-+[A-Za-z0-9]+)*)
  | (?P<blank>_:\w(?:[\w.-]*[\w-])?)
  | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:
      (?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)(?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.))?)?)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<mark>\{\||\|\}|<<\(?|\)?>>|\^\^|&&|\|\||!=|<=|>=|[{}()\[\],;.|/^?*+!=<>~&-])
  | (?P<bad>.)
    """,
    re.VERBOSE | re.DOTALL,
)
UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
CLAUSES = frozenset({"SELECT", "FROM", "WHERE", "{", "}", "BY", "HAVING", "LIMIT", "OFFSET", "VALUES"})
FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a query.

    Parameters
    ----------
    kind
        Name of the alternative of `TOKEN` that matched, e.g. ``"variable"``, ``"name"`` (prefixed name) or ``"word"``.
    text
        The characters.
    start
        Offset of the first character.
    """

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Mistake:
    """Where a query cannot be read on.

    Parameters
    ----------
    kind
        ``"unexpected"`` (a token in the wrong place), ``"unclosed"`` (a bracket, see `detail`), ``"unterminated"`` (a
        text or IRI without its end), ``"prefix"`` (an undeclared prefix, named by `detail`), ``"end"`` (the text stops
        too early) or ``"meaning"`` (well-formed, but not allowed; `detail` is the engine's sentence).
    row, column
        Line and character in the line, both counted from 1.
    token
        What stands there, empty at the end of the text.
    detail
        See `kind`.
    """

    kind: str
    row: int
    column: int
    token: str = ""
    detail: str = ""


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query in order, without blanks and comments.

    Examples
    --------
    >>> [token.text for token in tokens("ASK { ?s a <urn:a> } # all")]
    ['ASK', '{', '?s', 'a', '<urn:a>', '}']
    """
    for match in TOKEN.finditer(text):
        if match.lastgroup not in ("space", "comment"):
            yield Token(str(match.lastgroup), match.group(), match.start())


def keyword(text: str) -> str | None:
    """Return the word that says what the query does (SELECT, INSERT, …) in capitals, None where there is none."""
    for token in tokens(text):
        if token.kind == "word" and token.text.upper() in UPDATES | FORMS:
            return token.text.upper()
    return None


def declared_prefixes(text: str) -> frozenset[str]:
    """Return the prefixes that the text declares itself, without the colon."""
    return frozenset(b.text[:-1] for a, b in pairwise(tokens(text)) if a.text.upper() == "PREFIX" and b.kind == "name")


def used_prefixes(text: str) -> frozenset[str]:
    """Return the prefixes of all prefixed names of the text, without the colon."""
    return frozenset(token.text.partition(":")[0] for token in tokens(text) if token.kind == "name")


def bind(text: str, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """Put RDF terms in the place of variables.

    Only whole variable tokens are replaced, by the engine's own notation of the term, so a value is never read as
    syntax. A selected variable stays a column: ``SELECT ?x`` becomes ``SELECT (term AS ?x)``. What follows ``AS`` is a
    new name and stays.

    Parameters
    ----------
    text
        A query.
    values
        Variable name (without ``?``) to the term.

    Examples
    --------
    >>> print(bind("SELECT ?s ?area { ?s ?p ?area } # ?area", {"area": ox.Literal("岩美町")}))
    SELECT ?s ("岩美町" AS ?area) { ?s ?p "岩美町" } # ?area
    """
    parts = []
    position = depth = 0
    clause = before = ""
    for token in tokens(text):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        clause = token.text.upper() if token.text.upper() in CLAUSES else clause
        name, renamed, before = token.text[1:], before == "AS", token.text.upper()
        if token.kind != "variable" or name not in values or renamed:
            continue
        term = str(values[name])
        if depth == 0 and clause in ("SELECT", "BY"):  # these take a variable or an expression in brackets
            term = f"({term} AS ?{name})" if clause == "SELECT" else f"({term})"
        parts += [text[position : token.start], term]
        position = token.end
    return "".join([*parts, text[position:]])


def find_mistake(text: str, prefixes: Mapping[str, str]) -> Mistake | None:
    """Say where a query is wrong.

    Parameters
    ----------
    text
        The query as the user wrote it.
    prefixes
        Prefixes that need no declaration.

    Returns
    -------
    None when the query can be read.
    """
    error = _parse_error(text, prefixes)
    if error is None:
        return None
    found = list(tokens(text))
    return (
        _bad_token(text, found)
        or _unknown_prefix(text, found, prefixes)
        or _first_unexpected(text, found, prefixes)
        or _too_early(text, found, error)
    )


def excerpt(text: str, row: int, column: int) -> str:
    """Return line `row` of the text and below it a caret under character `column`; wide characters count as two."""
    lines = text.splitlines() or [""]
    line = lines[min(row, len(lines)) - 1]
    blanks = "".join(
        "\t" if char == "\t" else "  " if unicodedata.east_asian_width(char) in "WF" else " "
        for char in line[: column - 1]
    )
    return f"{line}\n{blanks}^"


def _parse_error(text: str, prefixes: Mapping[str, str]) -> str | None:
    try:
        # A value for a variable that the query lacks: the engine complains after reading and before answering, which
        # could take long even in an empty store.
        ox.Store().query(text, prefixes=dict(prefixes), substitutions={NO_VARIABLE: ox.Literal(0)})
    except SyntaxError as error:
        return str(error)
    except RuntimeError:
        return None
    return None


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


def _bad_token(text: str, found: list[Token]) -> Mistake | None:
    for token in found:
        if token.kind == "bad":
            kind = "unterminated" if token.text in "\"'" else "unexpected"
            return Mistake(kind, *_place(text, token.start), token.text)
    return None


def _unknown_prefix(text: str, found: list[Token], prefixes: Mapping[str, str]) -> Mistake | None:
    known = declared_prefixes(text) | frozenset(prefixes)
    for before, token in zip([None, *found], found, strict=False):
        prefix = token.text.partition(":")[0]
        if token.kind != "name" or prefix in known or (before and before.text.upper() == "PREFIX"):
            continue
        if before and before.text == "<" and before.end == token.start:
            return Mistake("unterminated", *_place(text, before.start), before.text)
        return Mistake("prefix", *_place(text, token.start), token.text, prefix)
    return None


def _can_continue(text: str, prefixes: Mapping[str, str]) -> bool:
    """Tell whether the engine can read all of `text` as the beginning of a query."""
    error = _parse_error(text + " " * PADDING + "\x01", prefixes)
    match = re.match(r"error at (\d+):(\d+)", error or "")
    if match is None:
        return True
    row, column = int(match[1]), int(match[2])
    offset = sum(len(line) for line in text.splitlines(keepends=True)[: row - 1]) + column - 1
    return offset >= len(text) + PADDING


def _first_unexpected(text: str, found: list[Token], prefixes: Mapping[str, str]) -> Mistake | None:
    low, high = 0, len(found)  # the first `low` tokens can be read on; the answer is at most `high`
    while low < high:
        middle = (low + high + 1) // 2
        if _can_continue(text[: found[middle - 1].end], prefixes):
            low = middle
        else:
            high = middle - 1
    if low == len(found):
        return None
    return Mistake("unexpected", *_place(text, found[low].start), found[low].text)


def _too_early(text: str, found: list[Token], error: str) -> Mistake:
    opened: list[Token] = []
    for token in found:
        if token.text in CLOSING:
            opened.append(token)
        elif opened and token.text == CLOSING[opened[-1].text]:
            opened.pop()
    if opened:
        return Mistake("unclosed", *_place(text, opened[-1].start), opened[-1].text, CLOSING[opened[-1].text])
    end = _place(text, found[-1].end if found else 0)
    sentence = re.search(r"[A-Z][A-Za-z*]+(?: [A-Za-z*]+){2,}", error)
    return Mistake("meaning", *end, detail=sentence[0]) if sentence else Mistake("end", *end)
