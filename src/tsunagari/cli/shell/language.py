"""The language of a session: asked for, told by the environment, or Japanese."""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping, Sequence

import click

LANGUAGES = ("ja", "en")
VARIABLE = "TSUNAGARI_LANG"
_META = "tsunagari.lang"


def default_language(environ: Mapping[str, str] | None = None) -> str:
    """Return the language that the environment asks for.

    ``TSUNAGARI_LANG`` decides; then ``LC_ALL``, ``LC_MESSAGES`` and ``LANG``; then the locale of the system (Windows
    has no such variables). Only an English locale gives English: all else, unset and ``C`` too, gives Japanese.

    >>> default_language({"LANG": "en_GB.UTF-8"}), default_language({"LANG": "C.UTF-8"}), default_language({})
    ('en', 'ja', 'ja')
    """
    variables = os.environ if environ is None else environ
    wanted = variables.get(VARIABLE, "").lower()
    if wanted in LANGUAGES:
        return wanted
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if variables.get(name):
            return _language_of(variables[name])
    # Only Windows is asked further: elsewhere Python reports the plain C locale as American English.
    return _language_of(locale.getlocale()[0] or "") if environ is None and os.name == "nt" else LANGUAGES[0]


def _language_of(name: str) -> str:
    return "en" if name.lower().startswith("en") else "ja"


def scan_option(args: Sequence[str], *names: str) -> str | None:
    """Return the last value given to one of the options `names` in `args`, before click has read them; else None."""
    found = None
    for position, arg in enumerate(args):
        if arg == "--":
            break
        if arg in names and position + 1 < len(args):
            found = args[position + 1]
        for name in names:
            if name.startswith("--") and arg.startswith(f"{name}="):
                found = arg.removeprefix(f"{name}=")
    return found


def scan_language(args: Sequence[str]) -> str | None:
    """Return the value of ``--lang`` wherever it stands in `args`, None when it is absent or unknown.

    Help and errors need the language before click has read the options.
    """
    found = scan_option(args, "--lang")
    return found if found in LANGUAGES else None


def remember_language(ctx: click.Context, lang: str) -> None:
    """Make `lang` the language of this run, for every command below `ctx`."""
    ctx.meta[_META] = lang


def current_language() -> str:
    """Return the language of the command that is running, else that of the environment."""
    ctx = click.get_current_context(silent=True)
    lang = ctx.meta.get(_META) if ctx is not None else None
    return lang if isinstance(lang, str) else default_language()
