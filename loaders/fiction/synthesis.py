"""A fictional country on disk: its lists, the settings that name them, the truth, and a page that says 架空."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tsunagari.errors import Message, OutputError, Place
from tsunagari.loaders.fiction import truth
from tsunagari.loaders.fiction.pages import readme, settings_head
from tsunagari.loaders.fiction.plan import plan_country
from tsunagari.loaders.fiction.writer import CountryWriter
from tsunagari.loaders.workspace import SETTINGS_NAME

WRITING = Message("架空の国を書く", "Writing the fictional country")
_MARK_FILE = "README_架空.md"


class Progress(Protocol):
    """What is told how far the writing is."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of `total` organisations are written."""


@dataclass(frozen=True, slots=True)
class Synthesis:
    """What was written.

    Parameters
    ----------
    folder
        The workspace.
    files
        How many lists there are.
    organizations, memberships, services, ties
        How many of each are in the truth.
    """

    folder: Path
    files: int
    organizations: int
    memberships: int
    services: int
    ties: int


def synthesize(
    folder: Path | str,
    *,
    organizations: int = 200,
    seed: int = 1,
    areas: Sequence[str] = (),
    messiness: float = 1.0,
    force: bool = False,
    lang: str = "ja",
    progress: Progress | None = None,
) -> Synthesis:
    """Write a fictional country as a workspace with the truth beside it; the same arguments give the same bytes.

    The folder is there whole or not at all.

    Parameters
    ----------
    folder
        A new or empty folder.
    organizations
        How many organisations there are: 200 make a region to learn with, 1,000,000 a whole country.
    seed
        Another seed gives another country.
    areas
        Names or codes of prefectures and municipalities; empty for as many prefectures as the number fills.
    messiness
        How many accidents the lists have: 0 for none, 1 for the usual number.
    force
        Replace a fictional country written before; any other folder stays untouched.
    lang
        Language of the stage that `progress` is told.
    progress
        Called with stage, done and total.

    Raises
    ------
    OutputError
        When the folder holds something, or cannot be written.
    UnknownNameError
        When an area is not known.
    """
    plan = plan_country(organizations, seed, areas)
    with _new_folder(Path(folder), force=force) as target:
        with truth.Truth(target / truth.FOLDER) as book:
            writer = CountryWriter(target, book, seed, messiness)
            for prefecture, counts in plan.items():
                if progress is not None:
                    progress(WRITING.text(lang), writer.organizations, organizations)
                writer.write_region(writer.country.make_region(prefecture, counts))
            writer.write_nation()
        head = settings_head(organizations, seed)
        (target / SETTINGS_NAME).write_text(head + "".join(writer.sources), encoding="utf-8", newline="\n")
        page = readme(organizations, seed, areas, messiness)
        (target / _MARK_FILE).write_text(page, encoding="utf-8", newline="\n")
    return Synthesis(
        Path(folder), len(writer.sources), writer.organizations, writer.memberships, writer.services, writer.ties
    )


@contextmanager
def _new_folder(folder: Path, *, force: bool) -> Iterator[Path]:
    """Give a temporary folder that takes the place of `folder` once all is written."""
    old = _check_target(folder, force=force)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _cannot_write(folder, error) from None
    try:
        target = temporary / "new"
        target.mkdir()
        yield target
        if old:
            folder.replace(temporary / "old")
        target.replace(folder)
    except OSError as error:
        raise _cannot_write(folder, error) from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _check_target(folder: Path, *, force: bool) -> bool:
    """Tell whether there is a folder to replace."""
    if not folder.exists():
        return False
    if folder.is_dir() and not any(folder.iterdir()):
        return True
    if folder.is_dir() and (folder / _MARK_FILE).exists() and (folder / truth.FOLDER).is_dir():
        if force:
            return True
        message = Message(
            f"{folder} には架空の国がすでにあります。何も書いていません。",
            f"{folder} holds a fictional country already; nothing was written.",
        )
        hint = Message("--force で置き換えます。", "Replace it with --force.")
    else:
        message = Message(
            f"{folder} には別のものが入っています。何も書いていません。",
            f"{folder} holds something else; nothing was written.",
        )
        hint = Message("空のフォルダーか新しい名前を指定してください。", "Choose an empty folder or a new name.")
    raise OutputError(message, hint, Place(str(folder)))


def _cannot_write(folder: Path, error: OSError) -> OutputError:
    message = Message(f"{folder} に書けません: {error.strerror}", f"{folder} cannot be written: {error.strerror}")
    return OutputError(message, Message("書き込めるフォルダーを指定してください。", "Name a folder you may write to."))
