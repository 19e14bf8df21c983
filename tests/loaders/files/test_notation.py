"""Documents of up to a megabyte, which are read where they are, end in time with a value or a located error."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tsunagari.errors import SourceError
from tsunagari.loaders.files.notation import parse_json, parse_toml

MOST = 1 << 20
EXPLOSIVE = {
    "deep lists": ("json", "[" * MOST),
    "deep objects": ("json", '{"a":' * (MOST // 5)),
    "deep and closed": ("json", "[" * 100_000 + "]" * 100_000),
    "a number of many digits": ("json", "9" * MOST),
    "a number beyond all": ("json", "1e" + "9" * 1_000),
    "half a character": ("json", '["\\ud800"]'),
    "many half characters": ("json", '["' + "\\ud800" * (MOST // 8) + '"]'),
    "one long text": ("json", '"' + "a" * (MOST - 2) + '"'),
    "many keys alike": ("json", "{" + ",".join(['"a":1'] * (MOST // 6)) + "}"),
    "deep arrays": ("toml", "a = " + "[" * (MOST // 2)),
    "deep tables": ("toml", "a = " + "{a=" * (MOST // 4)),
    "a key of many parts": ("toml", ".".join("a" * (MOST // 2 - 4)) + " = 1"),
    "a table of many parts": ("toml", "[" + ".".join("a" * (MOST // 2 - 4)) + "]"),
    "a quoted key of many parts": ("toml", "a = {" + ".".join(['"a"'] * (MOST // 4 - 4)) + " = 1}"),
    "one long word": ("toml", "a = '" + "a" * (MOST - 6) + "'"),
    "words and dots": ("toml", "a = '" + "a.-" * (MOST // 3 - 4) + "'"),
    "quotes": ("toml", "a = " + '""' * (MOST // 2 - 4)),
    "many tables": ("toml", "[[a]]\n" * (MOST // 6)),
    "an integer of many digits": ("toml", "a = " + "9" * (MOST - 4)),
    "a text that is not closed": ("toml", 'a = """' + "\\\n" * (MOST // 2 - 4)),
    "half a character in a text": ("toml", 'a = "\\ud800"'),
    "a day that is none": ("toml", "a = 9999-99-99"),
}
PROGRAM = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from tsunagari.errors import SourceError
from tsunagari.loaders.files.notation import parse_json, parse_toml
try:
    (parse_json if sys.argv[1] == "json" else parse_toml)(sys.stdin.read(), "x")
    print("read")
except SourceError:
    print("told")
"""


@pytest.mark.parametrize("name", EXPLOSIVE)
@pytest.mark.skipif(sys.platform == "win32", reason="no limits for a process")
def test_what_could_explode_ends_within_20_seconds_and_a_gibibyte(name: str) -> None:
    form, text = EXPLOSIVE[name]
    assert len(text) <= MOST
    command = [sys.executable, "-c", PROGRAM, form]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip() in ("read", "told")) == (0, True), done.stderr[-300:]


@pytest.mark.parametrize(
    "name", ["deep lists", "half a character", "deep arrays", "a key of many parts", "an integer of many digits"]
)
def test_what_cannot_be_read_is_told_with_the_file(name: str) -> None:
    form, text = EXPLOSIVE[name]
    with pytest.raises(SourceError, match=r"x\.file"):
        (parse_json if form == "json" else parse_toml)(text, "x.file")
