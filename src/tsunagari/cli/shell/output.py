"""Where results go: standard output or a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tsunagari.errors import Message, OutputError, Place


def is_stdout(output: str | None) -> bool:
    """Tell whether `output` means standard output."""
    return output is None or output == "-"


def emit_text(text: str, output: str | None, *, excel: bool = False) -> None:
    """Write `text`, which ends with a line break, to `output`.

    With `excel` a file starts with a byte order mark: without it Excel takes UTF-8 for the code page of the machine.

    Raises
    ------
    OutputError
        The file cannot be written; what stood there before is untouched.
    """
    if output is None or output == "-":
        click.echo(text, nl=False)
        return
    from tsunagari.graph.store import write_output

    write_output(file_path(output), text.encode("utf-8-sig" if excel else "utf-8"))


def emit_bytes(data: bytes, output: str | None = None) -> None:
    """Write `data` to `output`, unless that is a terminal.

    Raises
    ------
    OutputError
        Standard output is a terminal, or the file cannot be written.
    """
    if output is not None and output != "-":
        from tsunagari.graph.store import write_output

        write_output(file_path(output), data)
        return
    if sys.stdout.isatty():
        raise OutputError(
            Message("このファイルは端末には表示できません。", "This file cannot be shown on a terminal."),
            Message("-o ファイル名 を付けるか、パイプでつないでください。", "Add -o FILE, or pipe it."),
        )
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def folder_path(output: str | Path) -> Path:
    """Return `output` as the path of a folder, which need not be there yet.

    Raises
    ------
    OutputError
        It is a file.
    """
    path = Path(output)
    if path.is_file():
        raise OutputError(
            Message("書き出し先がファイルです。", "The output is a file."),
            Message("フォルダーを指定してください。", "Give a folder."),
            Place(file=str(output)),
        )
    return path


def file_path(output: str | Path) -> Path:
    """Return `output` as the path of a file.

    Raises
    ------
    OutputError
        It is a folder.
    """
    path = Path(output)
    if path.is_dir():
        raise OutputError(
            Message("書き出し先がフォルダーです。", "The output is a folder."),
            Message("ファイル名まで書いてください。", "Give the name of a file."),
            Place(file=str(output)),
        )
    return path
