"""What a build kept beside its graph: which files, under which seals, about which graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tsunagari.errors import Message
from tsunagari.loaders.kept.frames import opened, seal_of

BOUND = "bound"  # the file that says it
_GONE = Message("なくなっている", "is gone")
_OTHER = Message("書いたときと違う", "not as it was written")
_STRAY = Message("build が書いたものではない", "written by no build")
OTHER_BUILD = Message("グラフとは別の build のもの", "of another build than the graph")


@dataclass(frozen=True, slots=True)
class Bound:
    """What a build kept.

    Parameters
    ----------
    graph
        Fingerprint of the graph that it wrote.
    facts
        Names of the files about facts of that graph.
    seals
        Seal of each file by its name.
    """

    graph: str = ""
    facts: frozenset[str] = frozenset()
    seals: Mapping[str, str] = field(default_factory=dict)


def read_bound(folder: Path) -> Bound:
    """Return what the build that filled a folder kept there.

    Raises
    ------
    ValueError
        What says so is damaged, or not ours.
    FileNotFoundError
        Nothing says so: nothing was kept.
    """
    path = folder / BOUND
    if path.exists() and not path.is_file():
        raise ValueError("no file")
    try:
        (said,) = opened(path.read_bytes())
        texts = (said["graph"], *said["facts"], *said["seals"], *said["seals"].values())
        if any(type(text) is not str for text in texts):
            raise ValueError("text")
        return Bound(said["graph"], frozenset(said["facts"]), dict(said["seals"]))
    except FileNotFoundError:
        raise
    except (LookupError, TypeError, AttributeError, OSError) as error:
        raise ValueError(str(error)) from None


def damaged_files(folder: Path, graph: str) -> Iterator[tuple[str, Message]]:
    """Yield each file of a folder that is not as the build wrote it, and what is wrong with it.

    Parameters
    ----------
    folder
        Where readings of a build wait for the next.
    graph
        Fingerprint of the graph beside it.

    Raises
    ------
    FileNotFoundError
        Nothing was kept there.
    """
    there = {path.name for path in folder.iterdir()} - {BOUND}
    try:
        bound = read_bound(folder)
    except FileNotFoundError:
        if not there:
            raise
        bound = Bound()
        yield BOUND, _GONE
    except ValueError:
        bound = Bound()
        yield BOUND, _OTHER
    else:
        if bound.graph != graph:
            yield BOUND, OTHER_BUILD
    for name in sorted(there | set(bound.seals)):
        if name not in there:
            yield name, _GONE
        elif bound.graph and name not in bound.seals:
            yield name, _STRAY
        elif bound.graph and not _is_whole(folder / name, bound.seals[name]):
            yield name, _OTHER


def _is_whole(path: Path, seal: str) -> bool:
    try:
        if path.is_symlink() or not path.is_file():
            return False
        data = path.read_bytes()
        opened(data)
    except (OSError, ValueError):
        return False
    return seal_of(data) == seal
