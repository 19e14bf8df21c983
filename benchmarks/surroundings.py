"""What a benchmark was run on and with, in words for its table."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version


def machine() -> str:
    """Return what the run was made on, in general words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB memory, {platform.system()}, Python {platform.python_version()}"


def libraries(*names: str) -> str:
    """Return the versions of the libraries compared."""
    return ", ".join(f"{name} {version(name)}" for name in names)
