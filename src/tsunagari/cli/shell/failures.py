"""How a run ends: an error in the reader's language and the exit code (0 done, 1 failed, 2 wrong use)."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType
from typing import Any, NoReturn

import click

from tsunagari.cli.shell.language import default_language, scan_language
from tsunagari.errors import Message, QueryError, TsunagariError

FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130
ERROR = Message("エラー", "Error")
STOPPED = Message("中断しました。", "Interrupted.")
NO_MEMORY = Message(
    "メモリーが足りません。ほかのプログラムを閉じるか、区域を絞って、もう一度実行してください。",
    "There is not enough memory. Close other programs or narrow the areas, then try again.",
)
_ended_by: dict[int, int] = {}
"""Exit code of the signal that ended the run, under 0."""


def run_and_exit(run: Callable[[], Any], args: Sequence[str]) -> NoReturn:
    """Call `run` and end the process with its exit code; every error that is a user's matter becomes one line.

    A reader that closes the pipe early (``| head``) has what it wanted: that ends quietly with 0.
    """
    lang = scan_language(args) or default_language()
    try:
        code = run()
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_stdout()
        sys.exit(0)
    except QueryError as error:
        head, *picture = error.text(lang).split("\n")  # the line of the query that is wrong, and a mark below it
        _complain(head, lang)
        click.echo("\n".join(picture), err=True, nl=bool(picture))
        sys.exit(FAILED)
    except TsunagariError as error:
        _complain(error.text(lang), lang)
        sys.exit(FAILED)
    except click.UsageError as error:
        _explain_usage(error, lang)
        sys.exit(WRONG_USE)
    except click.ClickException as error:
        _complain(error.format_message(), lang)
        sys.exit(FAILED)
    except (click.Abort, KeyboardInterrupt):
        click.echo(STOPPED.text(lang), err=True)
        sys.exit(_ended_by.get(0, INTERRUPTED))
    except OSError as error:
        _drop_stdout()
        _complain(_system_message(error).text(lang), lang)
        sys.exit(FAILED)
    except MemoryError:
        _complain(NO_MEMORY.text(lang), lang)
        sys.exit(FAILED)
    code = _ended_by.get(0, code)
    sys.exit(code if isinstance(code, int) else 0)


def end_on_signals() -> None:
    """Let the signals by which systems end programs do what Ctrl-C does: clean up, say so, and end.

    A second one is not heard, so that the cleaning is not cut off.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    _ended_by[0] = 128 + number
    raise KeyboardInterrupt


def _system_message(error: OSError) -> Message:
    """Return what the system would not do; standard output and the like have no name."""
    reason = error.strerror or type(error).__name__
    if error.filename is None:
        return Message(
            f"書き込めません（{reason}）。空き容量と標準出力の行き先を確かめてください。",
            f"The output cannot be written ({reason}). Check the free space and where standard output goes.",
        )
    return Message(
        f"{error.filename} を使えません（{reason}）。名前、権限、空き容量を確かめてください。",
        f"{error.filename} cannot be used ({reason}). Check its name, permissions and the free space.",
    )


def _complain(text: str, lang: str) -> None:
    click.echo(f"{ERROR.text(lang)}: {' '.join(text.split())}", err=True)


def _explain_usage(error: click.UsageError, lang: str) -> None:
    if error.ctx is not None:
        with error.ctx:
            click.echo(error.ctx.get_usage(), err=True)
        again = Message("詳しくは {} --help", "Try {} --help").text(lang).format(error.ctx.command_path)
        click.echo(again, err=True)
    _complain(usage_message(error, lang), lang)


def usage_message(error: click.UsageError, lang: str) -> str:
    """Return what was wrong with the command line; click itself says it only in English."""
    if lang == "en":
        return error.format_message()
    if isinstance(error, click.NoSuchOption):
        nearest = ", ".join(error.possibilities or ())
        return f"{error.option_name} というオプションはありません。" + (f"近いもの: {nearest}" if nearest else "")
    if isinstance(error, click.MissingParameter):
        return f"{_parameter_name(error)} が足りません。"
    if isinstance(error, click.BadOptionUsage):
        return f"{error.option_name} の使い方が違います: {error.message}"
    if isinstance(error, click.BadParameter):
        return f"{_parameter_name(error)}: {error.message}"
    return error.format_message()


def _parameter_name(error: click.BadParameter) -> str:
    if error.param is None or error.ctx is None:
        return str(error.param_hint or "")
    return error.param.get_error_hint(error.ctx).replace("'", "")


def _drop_stdout() -> None:
    """Give standard output a place to flush to, so that the interpreter does not complain at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
