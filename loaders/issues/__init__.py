"""What is told of the lists: issues, their codes and groups."""

from __future__ import annotations

from tsunagari.loaders.issues.collection import IssueList
from tsunagari.loaders.issues.issue_codes import CODES
from tsunagari.loaders.issues.issues import (
    Issue,
    issues_frame,
    join_names,
    left_out,
    make_issue,
    nearest_texts,
    plain_names,
    shorten,
    unreadable_file,
)

__all__ = [
    "CODES",
    "Issue",
    "IssueList",
    "issues_frame",
    "join_names",
    "left_out",
    "make_issue",
    "nearest_texts",
    "plain_names",
    "shorten",
    "unreadable_file",
]
