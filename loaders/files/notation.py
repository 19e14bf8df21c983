"""TOML and JSON to plain values: whatever a file holds, what is wrong with it is an error that says where."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from typing import Any

from tsunagari.errors import Message, Place, SourceError

_TOML_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
HINTS = {
    "TOML": Message(
        '文字列は " " で囲み、表は [workspace]、[[source]] のように書きます。',
        'Put texts into " " and write tables as [workspace] and [[source]].',
    ),
    "JSON": Message(
        "かっこの対応を確かめてその箇所を直すか、もう一度入手してください。",
        "Check the brackets and correct that place, or get the file again.",
    ),
}
# A key of so many parts takes the parser time that grows with their square.
_DEEP_KEY = re.compile(r"""(?<![A-Za-z0-9_-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){100}""")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def parse_toml(text: str, file: str) -> dict[str, Any]:
    r"""Return what a TOML document holds.

    Raises
    ------
    SourceError
        It is not TOML (with line and column), is nested too deeply, or holds a number of thousands of digits.

    Examples
    --------
    >>> parse_toml("a = 1\r\n", "x.toml")
    {'a': 1}
    """
    if _DEEP_KEY.search(text) is not None:
        raise _too_deep(file, "TOML")
    found: dict[str, Any] = _parsed(tomllib.loads, text.replace("\r\n", "\n"), file, "TOML")
    return found


def parse_json(text: str, file: str) -> Any:
    r"""Return what a JSON document holds.

    Raises
    ------
    SourceError
        As `parse_toml`; also when a text in it holds half a character (``\ud800``), which no file can be written with.

    Examples
    --------
    >>> parse_json('["架空"]', "x.json")
    ['架空']
    """
    found = _parsed(json.loads, text, file, "JSON")
    half = _HALF.search(text)
    if half is not None:
        try:
            json.dumps(found, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise _wrong(file, "JSON", half.group(), text.count("\n", 0, half.start()) + 1) from None
    return found


def _parsed(parse: Callable[[str], Any], text: str, file: str, name: str) -> Any:
    try:
        return parse(text)
    except json.JSONDecodeError as error:
        raise _wrong(file, name, error.msg, error.lineno, error.colno) from None
    except ValueError as error:  # a TOML error, or a number that is too long to be one
        place = _TOML_PLACE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place else (None, None)
        raise _wrong(file, name, _TOML_PLACE.sub("", str(error)).partition(";")[0], line, column) from None
    except RecursionError:
        raise _too_deep(file, name) from None


def _too_deep(file: str, name: str) -> SourceError:
    message = Message(f"{file} は深く入れ子になりすぎていて読めません。", f"{file} is nested too deeply to be read.")
    return SourceError(message, HINTS[name], Place(file))


def _wrong(file: str, name: str, reason: str, line: int | None = None, column: int | None = None) -> SourceError:
    ja = f"の {line} 行" + (f" {column} 文字目" if column else "目") if line else ""
    en = f" at line {line}" + (f", column {column}" if column else "") if line else ""
    return SourceError(
        Message(f"{file} {ja}を {name} として読めません: {reason}", f"{file} cannot be read as {name}{en}: {reason}"),
        HINTS[name],
        Place(file, row=line),
    )
