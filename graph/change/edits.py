"""What a scenario changes: organisations, services, ties and memberships that are added or removed on trial.

A list of edits is a table (CSV, TSV, Excel), TOML, JSON, or Python. Reading it finds every mistake of form; whether the
names stand for anything is for `tsunagari.graph.change.scenario` to say, which knows the graph. Nothing is ever
written.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeAlias

from tsunagari.errors import Message, Place, ScenarioError, SourceError
from tsunagari.loaders.files import Grid, parse_json, parse_toml, read_grids, read_text
from tsunagari.ontology.spelling import spelling_key

ADD, REMOVE = "add", "remove"
ORGANIZATION, SERVICE, TIE, MEMBERSHIP = "organization", "service", "tie", "membership"
ACTION_LABELS: Mapping[str, Message] = {ADD: Message("加える", "add"), REMOVE: Message("除く", "remove")}
WHAT_LABELS: Mapping[str, Message] = {
    ORGANIZATION: Message("団体", "organisation"),
    SERVICE: Message("支援", "service"),
    TIE: Message("連携", "tie"),
    MEMBERSHIP: Message("参加", "membership"),
}
COLUMNS = ("action", "what", "organization", "other", "field", "area")
_ACTIONS = {
    ADD: ("add", "added", "+", "加える", "追加", "新設", "新規", "開始", "加入"),
    REMOVE: ("remove", "removed", "delete", "-", "除く", "削除", "廃止", "終了", "撤退", "退会"),
}
_WHATS = {
    ORGANIZATION: ("organization", "organisation", "団体", "組織"),
    SERVICE: ("service", "支援", "支援・窓口", "サービス", "窓口"),
    TIE: ("tie", "連携", "連携関係", "つながり"),
    MEMBERSHIP: ("membership", "member", "参加", "会員", "加入"),
}
_HEADERS = {
    "action": ("action", "操作", "変更", "追加・削除"),
    "what": ("what", "種類", "対象", "kind"),
    "organization": ("organization", "団体", "団体名", "名称", "organisation"),
    "other": ("other", "相手", "相手の団体", "相手先", "プラットフォーム"),
    "field": ("field", "分野", "支援分野"),
    "area": ("area", "市区町村", "区域", "地域"),
}
_NEEDED = {ORGANIZATION: (), SERVICE: (), TIE: ("other",), MEMBERSHIP: ("other",)}
_REFUSED = {ORGANIZATION: ("other",), SERVICE: ("other",), TIE: ("field", "area"), MEMBERSHIP: ("field", "area")}


def _lookup(words: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {spelling_key(word) or word: name for name, known in words.items() for word in known}


_ACTION_OF, _WHAT_OF, _COLUMN_OF = _lookup(_ACTIONS), _lookup(_WHATS), _lookup(_HEADERS)


@dataclass(frozen=True, slots=True)
class Edit:
    """One change on trial.

    Parameters
    ----------
    action
        ``"add"`` or ``"remove"``.
    what
        ``"organization"``, ``"service"``, ``"tie"`` or ``"membership"``.
    organization
        Name, identifier or corporate number of the organisation; for one that is added, its new name.
    other
        The other organisation of a tie; the platform or body of a membership.
    field, area
        Field and area of a service, as `KnowledgeGraph.gaps` takes them. A municipality is served itself; any wider
        area makes those in it served from a wider area. Where a service is removed, nothing means all; where an
        organisation is added, both together stand for its first service.
    place
        Where the edit was written, for messages.
    """

    action: str
    what: str
    organization: str
    other: str = ""
    field: str = ""
    area: str = ""
    place: Place = dataclasses.field(default_factory=Place, compare=False)

    def at(self, column: str) -> Place:
        """Return the place of one value of the edit."""
        value = str(getattr(self, column, "")) or None
        shown = f"{self.place.column}.{column}" if self.place.column else column
        return Place(self.place.file, self.place.sheet, self.place.row, shown, value)


Edits: TypeAlias = "Path | str | Iterable[Edit | Mapping[str, Any]]"


def read_edits(edits: Edits) -> list[Edit]:
    """Return the edits of a file or of a list, each checked for its form.

    Parameters
    ----------
    edits
        Path of a file, or `Edit` objects and mappings with the keys of `COLUMNS`. In a table the first row with an
        action and an organisation is the header, in Japanese (操作、種類、団体、相手、分野、市区町村) or English, in
        any order; blank rows are passed over. TOML has an ``[[edit]]`` table each; JSON a list of objects, or an object
        whose ``edit`` is that list.

    Returns
    -------
    The edits in their order; empty when there is none.

    Raises
    ------
    ScenarioError
        A word or key is not known, or something is missing or too much; the message names the first such place and
        says how many more there are.
    SourceError
        The file cannot be read.

    Examples
    --------
    >>> [edit.what for edit in read_edits([{"操作": "除く", "種類": "団体", "団体": "架空の会"}])]
    ['organization']
    """
    rows = _file_rows(Path(edits)) if isinstance(edits, str | Path) else _given_rows(edits)
    found: list[Edit] = []
    wrong: list[ScenarioError] = []
    for texts, place in rows:
        try:
            found.append(_edit(texts, place))
        except ScenarioError as error:
            wrong.append(error)
    raise_first(wrong)
    return found


def raise_first(errors: Sequence[ScenarioError]) -> None:
    """Raise the first of the errors, with the number of the others in its message; do nothing without any."""
    if not errors:
        return
    first, rest = errors[0], len(errors) - 1
    if rest:
        where = [str(error.place.row or error.place.column) for error in errors[1:] if error.place != Place()]
        listed = "、".join(where[:5]), ", ".join(where[:5])
        first.message = Message(
            f"{first.message.ja}（ほかに {rest} 件: {listed[0]}）", f"{first.message.en} ({rest} more: {listed[1]})"
        )
    raise first


_Row: TypeAlias = tuple[Mapping[str, str], Place]


def _given_rows(edits: Iterable[Edit | Mapping[str, Any]]) -> Iterator[_Row]:
    for number, item in enumerate(edits, start=1):
        if isinstance(item, Edit):
            texts = {
                entry.name: getattr(item, entry.name) for entry in dataclasses.fields(item) if entry.name != "place"
            }
            yield texts, item.place if item.place != Place() else Place(column=f"edit[{number}]")
        else:
            yield _entry(item, Place(column=f"edit[{number}]"))


def _file_rows(path: Path) -> Iterator[_Row]:
    if path.suffix.lower() in (".toml", ".json"):
        yield from _structured_rows(path)
        return
    for grid in read_grids(path, path.name).grids:
        yield from _grid_rows(grid)


def _structured_rows(path: Path) -> Iterator[_Row]:
    parse = parse_toml if path.suffix.lower() == ".toml" else parse_json
    try:
        data: Any = parse(read_text(path, path.name)[0].text, path.name)
    except SourceError as error:
        raise ScenarioError(error.message, error.hint, error.place) from None
    listed = data.get("edit") if isinstance(data, dict) else data
    if not isinstance(listed, list):
        raise ScenarioError(
            Message(f"{path.name} に edit の一覧がありません。", f"{path.name} holds no list of edits."),
            Message(
                "TOML なら [[edit]] を、JSON ならオブジェクトの配列を書いてください。",
                "Write [[edit]] tables in TOML, a list of objects in JSON.",
            ),
            Place(path.name),
        )
    for number, item in enumerate(listed, start=1):
        yield _entry(item, Place(path.name, column=f"edit[{number}]"))


def _entry(item: Any, place: Place) -> _Row:
    """Return one mapping as column to text; what is no mapping is left for `_edit` to refuse."""
    if not isinstance(item, Mapping):
        return {"": str(item)}, place
    return {_COLUMN_OF.get(spelling_key(str(key)), str(key)): _text(value) for key, value in item.items()}, place


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _grid_rows(grid: Grid) -> Iterator[_Row]:
    rows = [(number, cells) for number, cells in grid.rows if any(cells)]
    heads = [[_COLUMN_OF.get(spelling_key(cell), cell) for cell in cells] for _, cells in rows]
    start = next((place for place, head in enumerate(heads) if {"action", "organization"} <= set(head)), None)
    if start is None:
        raise ScenarioError(
            Message("見出しの行が見つかりません。", "There is no row of headings."),
            Message(
                "「操作、種類、団体、相手、分野、市区町村」の行を表の先頭に置いてください。",
                f"Put a row with {', '.join(COLUMNS)} above the edits.",
            ),
            Place(grid.file, grid.sheet),
        )
    for number, cells in rows[start + 1 :]:
        texts = {name: cell for name, cell in zip(heads[start], cells, strict=False) if name and cell}
        if texts:
            yield texts, Place(grid.file, grid.sheet, number)


def _edit(texts: Mapping[str, str], place: Place) -> Edit:
    if place.row is None:  # a table may have remarks beside its columns; a key is always meant
        _check_keys(texts, place)
    action = _word("action", texts, place, _ACTION_OF, ACTION_LABELS)
    what = _word("what", texts, place, _WHAT_OF, WHAT_LABELS)
    edit = Edit(action, what, **{name: texts.get(name, "") for name in COLUMNS[2:]}, place=place)
    label, verb = WHAT_LABELS[what], ACTION_LABELS[action]
    for name in ("organization", *_needed(edit)):
        if not getattr(edit, name):
            message = Message(
                f"{label.ja}を{verb.ja}には「{_HEADERS[name][1]}」が要ります。",
                f"To {verb.en} a {label.en} its {name!r} must be given.",
            )
            raise ScenarioError(message, None, edit.at(name))
    for name in _REFUSED[what]:
        if getattr(edit, name):
            message = Message(
                f"{label.ja}の行に「{_HEADERS[name][1]}」は書けません。", f"{name!r} has no meaning for a {label.en}."
            )
            raise ScenarioError(message, Message("この値を空にしてください。", "Leave it empty."), edit.at(name))
    return edit


def _needed(edit: Edit) -> tuple[str, ...]:
    if edit.action == ADD and (edit.what == SERVICE or (edit.what == ORGANIZATION and (edit.field or edit.area))):
        return ("field", "area")
    return _NEEDED[edit.what]


def _check_keys(texts: Mapping[str, str], place: Place) -> None:
    wrong = next((key for key in texts if key not in COLUMNS), None)
    if wrong is not None:
        near = get_close_matches(wrong, COLUMNS, n=2) or COLUMNS
        raise ScenarioError(
            Message(f"「{wrong}」という項目はありません。", f"There is no key {wrong!r}."),
            Message(f"項目: {'、'.join(near)}", f"Keys: {', '.join(near)}"),
            place,
        )


def _word(
    name: str, texts: Mapping[str, str], place: Place, known: Mapping[str, str], labels: Mapping[str, Message]
) -> str:
    text = texts.get(name, "")
    found = known.get(spelling_key(text) or text)
    if found is not None:
        return found
    column = f"{place.column}.{name}" if place.column else name
    head = _HEADERS[name][1]
    message = (
        Message(f"{head}「{text}」は分かりません。", f"The {name} {text!r} is not known.")
        if text
        else Message(f"「{head}」がありません。", f"{name!r} is missing.")
    )
    words = "、".join(f"{label.ja}（{key}）" for key, label in labels.items())
    hint = Message(f"使える語: {words}", f"Use one of: {', '.join(labels)}")
    raise ScenarioError(message, hint, Place(place.file, place.sheet, place.row, column, text or None))
