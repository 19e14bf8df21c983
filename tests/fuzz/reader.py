"""The process that reads damaged files: one request a line on standard input, one answer a line on standard output."""

from __future__ import annotations

import json
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path

from tests.fuzz.seeds import LISTS, SOUND
from tests.fuzz.tokens import silent_tokens

from tsunagari.errors import TsunagariError
from tsunagari.graph.change.edits import read_edits
from tsunagari.graph.sparql.query_guard import check_query
from tsunagari.loaders.adding.inspection import inspect_file
from tsunagari.loaders.session.load import load_workspace


def read(folder: Path, name: str) -> str:
    """Read what the damaged file is for, and return what came of it."""
    if name.startswith("edits."):
        read_edits(folder / name)
        return "read"
    if name == "query.rq":
        check_query((folder / name).read_bytes().decode("utf-8", "replace"))
        return "read"
    load = load_workspace(folder)
    names = {str(value) for record in load.records for value in record.values.get("pref_label", ())}
    if SOUND not in names and name != "tsunagari.toml":
        return "lost: what stands beside the file is not in the graph"
    for issue in load.issues:
        issue.message.ja.encode()
        issue.hint.en.encode()
    silent = silent_tokens(load, name, (folder / name).read_bytes()) if name in LISTS else []
    if silent:
        return "silent: " + ", ".join(f"row {token.row} {token.header} {token.text}" for token in silent)
    told = any(issue.file == name and issue.code == "unreadable-file" for issue in load.issues)
    if len(load.issues) % 4 == 0 and not name.endswith((".toml", "s.csv", "words.csv")):
        with suppress(TsunagariError):
            inspect_file(folder / name)
    return "told" if told else "read"


def main() -> None:
    """Answer until nobody asks any more."""
    for line in sys.stdin:
        folder, name = json.loads(line)
        began = time.process_time()
        try:
            found = read(Path(folder), name)
        except TsunagariError as error:
            error.text("ja").encode()
            alone = name.startswith(("edits.", "query", "tsunagari.toml"))
            found = "told" if alone else f"stopped: {error.text('en')[:300]}"
        except BaseException:
            found = f"traceback: {traceback.format_exc()[-1500:]}"
        print(json.dumps([found, time.process_time() - began]), flush=True)


if __name__ == "__main__":
    main()
