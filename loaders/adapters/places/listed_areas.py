"""An area that a file lists, held against the municipality table: the same code, and what is said differently."""

from __future__ import annotations

from collections.abc import Iterator

from tsunagari.errors import Message
from tsunagari.loaders.issues import Issue, make_issue, plain_names
from tsunagari.loaders.values import CellError, parse_lg_code, restored_code
from tsunagari.loaders.workspace import KINDS
from tsunagari.ontology.area_changes import area_changes
from tsunagari.ontology.municipalities import Municipality, municipality_table
from tsunagari.ontology.spelling import fold_text, hiragana, spelling_key

AREAS = KINDS["areas"]
_SMALL_KANA = str.maketrans("ぁぃぅぇぉっゃゅょゎヶヵ", "あいうえおつやゆよわけか")


def listed_place(
    code: str, file: str, row: int, issues: list[Issue], *, column: str, sheet: str | None = None
) -> Municipality | None:
    """Return the area of a code, one that ended included, and tell what was repaired; None when there is none."""

    def tell(issue: str, **params: str | int | Message) -> None:
        issues.append(make_issue(issue, file=file, sheet=sheet, row=row, column=column, value=code, **params))

    restored = restored_code(code)
    if restored is not None:
        tell("lost-zero", restored=restored)
    try:
        digits = parse_lg_code(code)
    except CellError as error:
        tell(error.code, **error.params)
        return None
    change = area_changes().by_code(digits)
    if change is None:
        return municipality_table().by_code(digits)
    names = plain_names(f"{place.full_name} {place.code6}" for place in change.successors)
    tell("former-area", former=change.former.full_name, date=change.date.isoformat(), nearest=names)
    return change.former


def area_cells(place: Municipality) -> dict[str, str]:
    """Return the cells that every row of an area has."""
    return {"id": place.code5, "pref_label": place.name, "area_code": place.code5, "area_kind": place.kind}


def name_issue(
    place: Municipality, name: str, file: str, row: int, *, column: str, sheet: str | None = None
) -> Iterator[Issue]:
    """Yield what to say when a list calls an area by another name."""
    words = fold_text(name).split()
    tails = {spelling_key(place.name), spelling_key(place.district + place.name)}
    if words and spelling_key(words[-1]) not in tails and not spelling_key(name).endswith(spelling_key(place.name)):
        yield make_issue(
            "area-name-differs",
            file=file,
            sheet=sheet,
            row=row,
            column=column,
            value=name,
            other=f"{place.full_name} {place.code6}",
        )


def reading_issue(
    place: Municipality, reading: str, file: str, row: int, *, column: str, sheet: str | None = None
) -> Iterator[Issue]:
    """Yield what to say when a list reads the name in another way; large and small kana are the same."""
    words = hiragana(fold_text(reading)).split()
    if not words or not place.reading:
        return
    given, known = (text.translate(_SMALL_KANA) for text in (words[-1], place.reading))
    if not given.endswith(known):
        yield make_issue(
            "reading-differs",
            file=file,
            sheet=sheet,
            row=row,
            column=column,
            value=reading,
            name=place.full_name,
            other=place.reading,
        )
