"""What a load knows of things: the bodies, areas, fields and decisions that rows refer to."""

from __future__ import annotations

from collections.abc import Iterator

from tsunagari.errors import SourceError
from tsunagari.loaders.areas import Areas, scope_of
from tsunagari.loaders.fields import FieldBook
from tsunagari.loaders.identity import (
    LEDGER_NAME,
    ORGANIZATION,
    Decisions,
    Drafts,
    Ledger,
    Organizations,
    Resolver,
    read_ledger,
)
from tsunagari.loaders.issues import Issue, IssueList, unreadable_file
from tsunagari.loaders.registry import Registry
from tsunagari.loaders.session.declare import Declarations
from tsunagari.loaders.values import CellParser
from tsunagari.loaders.workspace import Workspace
from tsunagari.ontology.records import Record
from tsunagari.ontology.vocabulary import Vocabulary


class Known:
    """What rows may refer to; `declare` adds what they say themselves.

    Parameters
    ----------
    workspace
        The settings and the folder, whose ledger of decisions is read.
    words
        The ontology with the workspace's own concept schemes.
    issues
        Takes what is to be said.
    """

    def __init__(self, workspace: Workspace, words: Vocabulary, issues: IssueList) -> None:
        ledger, told = _ledger_of(workspace)
        issues += told
        self.fields = FieldBook(workspace, words)
        issues += [issue for issue in self.fields.issues if issue not in issues]
        self.areas = Areas(workspace.as_of, scope_of(workspace.areas))
        self.parser = CellParser(words)
        self._decisions = Decisions(ledger)
        registry = Registry()
        default = words.default_class(ORGANIZATION)
        organizations = Organizations(registry, self.areas, self.parser, default, self._decisions)
        self.resolver = Resolver(words, registry, self.areas, organizations)
        self.declarations = Declarations(words, registry, organizations, self.resolver, issues)

    def declare(self, drafts: Drafts) -> None:
        """Find out what the rows declare."""
        self.declarations.declare(drafts)

    def records(self) -> Iterator[Record]:
        """Yield what was decided, what words mean, and the areas that were spoken of."""
        yield from self._decisions.records()
        yield from self.fields.records()
        yield from self.areas.records()


def _ledger_of(workspace: Workspace) -> tuple[Ledger, list[Issue]]:
    """Return the ledger and what is to be said of it; one that cannot be read decides nothing and is told."""
    try:
        ledger = read_ledger(workspace.path)
    except SourceError as error:
        return Ledger(), [unreadable_file(error, LEDGER_NAME)]
    return ledger, list(ledger.issues)
