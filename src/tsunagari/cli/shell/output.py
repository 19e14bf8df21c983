"""Where results go: standard output or a file; the one door of every command.

What is wrong with ``-o`` is told before the work begins: `settings` calls `checked_output`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from tsunagari.atomic_files import cannot_write, real_place, write_output
from tsunagari.cli.shell.language import current_language
from tsunagari.errors import Message, OutputError, Place

NO_FOLDERS = frozenset(
    (*(".html", ".htm", ".xlsx", ".xls", ".docx", ".md", ".txt"), *(".json", ".csv", ".pdf", ".png", ".svg", ".zip"))
)
"""Endings by which nobody means a folder."""


def is_stdout(output: str | None) -> bool:
    """Tell whether `output` means standard output."""
    return output is None or output == "-"


def checked_output(
    output: str | None, *, suffixes: Sequence[str], bare: bool, folder: bool, workspace: str, force: bool
) -> str | None:
    """Return `output` when a result may be written there.

    Parameters
    ----------
    output
        What ``-o`` says; None and ``-`` are standard output.
    suffixes
        Endings that say what the command writes.
    bare
        Whether a name without an ending will do, because what is written is known otherwise.
    folder
        Whether the command can write a folder.
    workspace
        The workspace of the command, which keeps its own files; the one around `output` does so too.
    force
        Whether the person said ``--force``: any ending will do, and lists may be written over.

    Raises
    ------
    OutputError
        A folder, a device or a pipe stands there, links lead in a circle, the name is too long, or the place holds
        what people wrote: the lists, settings and ledger of a workspace, its graph, or a file the command reads.
    UsageError
        The ending does not tell the format, or stands for another one.
    """
    if output is None or output == "-":
        return output
    is_folder = folder and (not suffixes or output.endswith(("/", os.sep)) or _is_folder(output))
    if is_folder and not force and Path(output).suffix.lower() in NO_FOLDERS and not _is_folder(output):
        raise OutputError(
            Message(
                "フォルダーを作るのに、ファイルの名前です。", "This makes a folder, and the name is that of a file."
            ),
            Message("拡張子のない名前を指定してください。", "Give a name without such an ending."),
            Place(file=output),
        )
    target = folder_path(output) if is_folder else real_place(Path(output))
    _check_owner(output, Path(os.path.realpath(target)), workspace, force=force)
    if not is_folder:
        _check_suffix(output, suffixes, bare=bare or folder, force=force)
    return output


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
    write_output(output, text.encode("utf-8-sig" if excel else "utf-8"))


def emit_bytes(data: bytes, output: str | None = None) -> None:
    """Write `data` to `output`, unless that is a terminal.

    Raises
    ------
    OutputError
        Standard output is a terminal, or the file cannot be written.
    """
    if output is not None and output != "-":
        write_output(output, data)
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
        It is a file, or no name that a folder can have.
    """
    path = Path(output)
    try:
        if path.lstat() and not path.is_dir():
            raise OutputError(
                Message("書き出し先がファイルです。", "The output is a file."),
                Message("フォルダーを指定してください。", "Give a folder."),
                Place(file=str(output)),
            )
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:
        raise cannot_write(path, error) from error
    return path


def _is_folder(output: str) -> bool:
    try:
        return Path(output).is_dir()
    except (OSError, ValueError):
        return False


def _check_suffix(output: str, suffixes: Sequence[str], *, bare: bool, force: bool) -> None:
    suffix = Path(output).suffix.lower()
    if suffix in suffixes or force or (bare and not suffix):
        return
    listed = " ".join(suffixes)
    wrong = Message(
        f"-o {output}: この拡張子では書けません。使える拡張子: {listed}。"
        "そのままの名前で書くには --force を付けてください。",
        f"-o {output}: this ending does not fit. Endings that do: {listed}. To write it under this very name, add "
        "--force.",
    )
    raise click.UsageError(wrong.text(current_language()), click.get_current_context())


def _check_owner(output: str, target: Path, workspace: str, *, force: bool) -> None:
    """Refuse a place that holds what people wrote."""
    from tsunagari.loaders.starter import ALWAYS_KEPT, own_role

    folders = [] if "://" in workspace else [Path(workspace)]
    given = list(_given_paths(click.get_current_context()))
    folders += [path for path in given if path.is_dir()]
    role = own_role(target, folders)
    if role is None and any(path.is_file() and _same(path, target) for path in given):
        role = Message("このコマンドが読むファイル", "a file that this command reads")
    if role is None or (force and role not in ALWAYS_KEPT):
        return
    hint = Message("別の名前かフォルダーを指定してください。", "Give another name or folder.")
    if role not in ALWAYS_KEPT:
        hint = Message(
            f"{hint.ja}上書きしてよければ --force を付けてください。", f"{hint.en} To write over it, add --force."
        )
    raise OutputError(
        Message(
            f"{output} には書き出しません。そこは{role.ja}です。", f"Nothing is written to {output}: it is {role.en}."
        ),
        hint,
    )


def _given_paths(context: click.Context | None) -> Iterator[Path]:
    """Yield what stands on the command line and names something that is there."""
    while context is not None:
        for value in context.params.values():
            for text in value if isinstance(value, tuple) else (value,):
                name = text.removeprefix("@") if isinstance(text, str) else ""
                if name and "\0" not in name and len(name) < 4096 and _exists(Path(name)):
                    yield Path(name)
        context = context.parent


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _same(path: Path, target: Path) -> bool:
    try:
        return path.samefile(target)
    except OSError:
        return False
