"""Which rows mean the same body: keys, names, merging, the ledger of decisions."""

from __future__ import annotations

from tsunagari.loaders.identity.candidates import THRESHOLD, TOP, Candidates, find_candidates
from tsunagari.loaders.identity.decisions import Decisions
from tsunagari.loaders.identity.drafts import (
    EVIDENCE_COLUMNS,
    IDENTITY_ONLY,
    NOT_VALUES,
    PUBLISHABLE,
    Draft,
    Drafts,
    RecordDraft,
    Records,
    RowStates,
    Sink,
    SourceFile,
    day_of,
)
from tsunagari.loaders.identity.joined_names import JoinedNames
from tsunagari.loaders.identity.ledger import (
    LEDGER_NAME,
    UNDONE,
    VERDICTS,
    Decision,
    Ledger,
    append_decisions,
    find_decision,
    new_decisions,
    read_decisions,
    read_ledger,
    short_id,
)
from tsunagari.loaders.identity.mentions import Mention, rank_of
from tsunagari.loaders.identity.merging import Merger
from tsunagari.loaders.identity.named_keys import NamedKeys, label_of, named_rows
from tsunagari.loaders.identity.names_alone import NAME_ALONE, NamesAlone
from tsunagari.loaders.identity.numbers import is_count
from tsunagari.loaders.identity.organizations import OF_NEW, ORGANIZATION, Organizations
from tsunagari.loaders.identity.reaches import Reaches
from tsunagari.loaders.identity.references import Resolver
from tsunagari.loaders.identity.scores import Profile
from tsunagari.loaders.identity.succession import Succession, newest_first
from tsunagari.loaders.identity.wanted import Wanted, read_wanted

__all__ = [
    "EVIDENCE_COLUMNS",
    "IDENTITY_ONLY",
    "LEDGER_NAME",
    "NAME_ALONE",
    "NOT_VALUES",
    "OF_NEW",
    "ORGANIZATION",
    "PUBLISHABLE",
    "THRESHOLD",
    "TOP",
    "UNDONE",
    "VERDICTS",
    "Candidates",
    "Decision",
    "Decisions",
    "Draft",
    "Drafts",
    "JoinedNames",
    "Ledger",
    "Mention",
    "Merger",
    "NamedKeys",
    "NamesAlone",
    "Organizations",
    "Profile",
    "Reaches",
    "RecordDraft",
    "Records",
    "Resolver",
    "RowStates",
    "Sink",
    "SourceFile",
    "Succession",
    "Wanted",
    "append_decisions",
    "day_of",
    "find_candidates",
    "find_decision",
    "is_count",
    "label_of",
    "named_rows",
    "new_decisions",
    "newest_first",
    "rank_of",
    "read_decisions",
    "read_ledger",
    "read_wanted",
    "short_id",
]
