"""What the settings name in the lists: the field scheme and areas of the scope, and the platform of a list."""

from __future__ import annotations

from collections.abc import Sequence

from tsunagari.errors import Message, Place, WorkspaceError
from tsunagari.loaders.identity import SourceFile
from tsunagari.loaders.issues import IssueList, make_issue
from tsunagari.loaders.session.known import Known
from tsunagari.loaders.session.reading import Reading
from tsunagari.loaders.values import CellError
from tsunagari.loaders.workspace import SETTINGS_NAME, Workspace, settings_error
from tsunagari.ontology.columns import Column


def check_scope_fields(workspace: Workspace, reading: Reading) -> None:
    """Raise when the field scheme that gaps are counted in does not exist.

    Raises
    ------
    WorkspaceError
        With the schemes that exist.
    SourceError
        The file that was to hold the scheme cannot be read.
    """
    fields, known = workspace.fields, reading.vocabulary.field_schemes
    if fields not in known:
        reading.need(scheme=fields)
        raise settings_error(
            f"分野の体系 fields = {fields!r} はありません。",
            f"There is no field scheme {fields!r}.",
            f"使える体系: {'、'.join(known)}",
            f"Field schemes: {', '.join(known)}",
        )


def check_scope_areas(workspace: Workspace, known: Known, issues: IssueList) -> None:
    """Report areas of the settings that are neither an area nor a platform or partnership."""
    for text in workspace.areas:
        try:
            if known.resolver.entity(("Collaboration",), text) is None and not known.areas.district(text):
                known.areas.area(text)
        except CellError as error:
            nearest = error.params.get("nearest", Message("－", "–"))
            issues.append(make_issue("unknown-scope-area", file=SETTINGS_NAME, value=text, nearest=nearest))
        for found in known.areas.findings:
            issues.append(make_issue(found.code, file=SETTINGS_NAME, value=text, **found.params))
        known.areas.findings.clear()


def set_platform(parts: Sequence[SourceFile], known: Known, reading: Reading, issues: IssueList) -> None:
    """Note in the parts of a source which platform its settings mean.

    Raises
    ------
    WorkspaceError
        There is no such platform, or several of the name.
    SourceError
        The file that was to hold the platform cannot be read.
    """
    text = parts[0].source.platform
    if text is None:
        return
    columns = [(file, reading.vocabulary.columns(file.kind.cls).get("organization")) for file in parts]
    if not any(column for _, column in columns):
        issues.append(make_issue("unused-platform", file=parts[0].file, value=text))
    for file, column in columns:
        if column is not None and len(file.table.rows):
            file.platform = _platform(file, column, text, known, reading)


def _platform(file: SourceFile, column: Column, text: str, known: Known, reading: Reading) -> str:
    try:
        found = known.resolver.entity(column.targets, text)
        if found is None:
            raise known.resolver.unknown(column.targets, text)
    except CellError as error:
        reading.need()
        issue = make_issue(error.code, file=file.file, value=error.value, **error.params)
        raise WorkspaceError(issue.message, issue.hint, Place(SETTINGS_NAME, column="platform", value=text)) from None
    return found.iri
