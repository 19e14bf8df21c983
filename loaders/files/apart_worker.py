"""The program of the process that reads files, see `tsunagari.loaders.files.apart`.

It is run as a file. Standard input brings requests, standard output takes answers, each a pickle with its length before
it; when standard input closes, whoever asked is gone, and the process ends.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import pickle
import signal
import struct
import sys
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import IO, Any

resource: Any = None  # where the system has no limits
with suppress(ImportError):
    import resource  # type: ignore[no-redef,unused-ignore]

_LENGTH = struct.Struct(">Q")
_LARGEST = 1 << 30  # bytes: a process that once took more is replaced, for it may not give them back
_STACK = 2 << 20  # bytes, less than where a text is read once more: nesting that passes here passes there


def send(stream: IO[bytes], value: Any) -> None:
    """Write a value with its length before it."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Return the next value; an `EOFError` tells that none comes any more."""
    length = stream.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        raise EOFError
    data = stream.read(_LENGTH.unpack(length)[0])
    return pickle.loads(data)  # noqa: S301 - written by the other end, which is this package


def main() -> None:
    """Answer requests until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asked, who then ends this process
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_STACK", _STACK)
    while True:
        try:
            here, module, function, arguments, seconds, memory, folder = receive(sys.stdin.buffer)
        except EOFError:
            os._exit(0)
        set_limits(seconds, memory)
        with suppress(OSError):
            os.chdir(here)
        answer = answer_to(module, function, arguments, folder)
        os.chdir(Path(sys.executable).anchor or os.sep)  # a folder that somebody stands in cannot be removed everywhere
        _limit("RLIMIT_AS", -1)
        stays = _peak() < _LARGEST
        try:
            send(answers, (stays, *answer))
        except BrokenPipeError:
            os._exit(0)
        except Exception as error:  # what cannot be packed is no answer
            send(answers, (True, "error", "failed", type(error).__name__))
        del answer


def answer_to(module: str, function: str, arguments: tuple[Any, ...], folder: str) -> tuple[Any, ...]:
    """Return what a function gives, or what it raises."""
    from tsunagari.errors import TsunagariError
    from tsunagari.loaders.files.spool import shared_spools

    try:
        with shared_spools(folder):
            return ("value", getattr(load_module(module), function)(*arguments))
    except TsunagariError as error:
        return ("told", type(error), error.message, error.hint, error.place)
    except MemoryError:
        return ("error", "memory")
    except RecursionError:
        return ("error", "crashed", "RecursionError")
    except BaseException as error:  # a panic of a compiled library is no Exception
        return ("error", "failed", type(error).__name__)


def set_limits(seconds: float, memory: int) -> None:
    """Limit CPU time and memory from now on, where the system can."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit("RLIMIT_CPU", int(used.ru_utime + used.ru_stime + seconds) + 1)
    with suppress(OSError), open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - nothing to import
        _limit("RLIMIT_AS", int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE") + memory)


def _limit(name: str, value: int) -> None:
    with suppress(AttributeError, ValueError, OSError):  # the first also where there is no such module
        number = getattr(resource, name)
        _, most = resource.getrlimit(number)
        wanted = most if value < 0 else value
        resource.setrlimit(number, (wanted if most < 0 else min(wanted, most), most))


def _peak() -> int:
    if resource is None:
        return 0
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * (1 if sys.platform == "darwin" else 1024)


def load_module(name: str) -> ModuleType:
    """Return a module by its name, or by its path without the packages around it."""
    if not name.endswith(".py"):
        return importlib.import_module(name)
    known = f"apart_{os.path.basename(name)[:-3]}"  # noqa: PTH119 - nothing to import
    if known not in sys.modules:
        spec = importlib.util.spec_from_file_location(known, name)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[known] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[known])
    return sys.modules[known]


if __name__ == "__main__":
    main()
