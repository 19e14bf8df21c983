"""What an export may be asked for."""

from __future__ import annotations

from dataclasses import dataclass

from tsunagari.graph.networks import DEFAULT_NETWORK


@dataclass(frozen=True, slots=True)
class Options:
    """What an export may be asked for; each format takes what concerns it.

    Parameters
    ----------
    at
        ISO date on which things shall hold; None takes every time.
    lang
        Language of labels.
    network
        Name of the network, for the formats that hold one.
    excel
        Whether CSV is made for Excel: with a byte order mark and the line ends of Windows.
    """

    at: str | None = None
    lang: str = "ja"
    network: str = DEFAULT_NETWORK
    excel: bool = False
