"""What people decide about the organisations of a graph."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tsunagari.errors import Message, WorkspaceError
from tsunagari.graph.knowledge.inventory import Inventory

if TYPE_CHECKING:
    import pandas as pd

    from tsunagari.loaders.identity.ledger import Decision


class Curation(Inventory):
    """The part of a knowledge graph's interface by which people say which organisations are one."""

    _workspace: Path | None

    def match_candidates(
        self, *, threshold: float | None = None, top: int | None = None, lang: str = "ja"
    ) -> pd.DataFrame:
        """Return pairs of organisations that may be one, see `tsunagari.graph.matching.match_candidates`.

        What ``matches.csv`` of the workspace decides is left out.

        >>> kg.match_candidates().columns[:5].tolist()
        ['left', 'right', 'left_name', 'right_name', 'score']
        """
        from tsunagari.graph.matching import match_candidates
        from tsunagari.loaders.identity.candidates import THRESHOLD, TOP
        from tsunagari.loaders.identity.ledger import read_ledger

        ledger = None if self._workspace is None else read_ledger(self._workspace)
        least = THRESHOLD if threshold is None else threshold
        return match_candidates(self._reader, threshold=least, top=top or TOP, ledger=ledger, lang=lang)

    def decide(
        self, left: str, right: str, verdict: str, *, day: date | None = None, rule: str = "", note: str = ""
    ) -> Decision:
        """Keep a decision about two organisations in ``matches.csv``; the next build applies it.

        See `tsunagari.graph.matching.make_decision` for what the organisations and the verdict may be.

        Raises
        ------
        UnknownNameError
            One of the organisations is not known.
        WorkspaceError
            The graph has no workspace to keep decisions in.

        Examples
        --------
        >>> import shutil, tempfile
        >>> import tsunagari
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with tsunagari.open(shutil.copytree(workspace, f"{folder}/copy")) as copy:
        ...         left, right = copy.organizations["organization_id"][:2]
        ...         copy.decide(left, right, "different").verdict
        'different'
        """
        from tsunagari.graph.matching import make_decision
        from tsunagari.loaders.identity.ledger import append_decisions

        if self._workspace is None:
            raise WorkspaceError(
                Message("離れたグラフについての判断は残せません。", "Decisions about a remote graph cannot be kept."),
                Message("作業フォルダーのグラフを開いてください。", "Open the graph of a workspace folder."),
            )
        decision = make_decision(self._reader, left, right, verdict, day=day, rule=rule, note=note)
        append_decisions(self._workspace, [decision])
        return decision
