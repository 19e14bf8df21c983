"""Areas and their governments: found by code or name, and put into the graph when something mentions them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tsunagari.errors import Message
from tsunagari.loaders.areas.home_area import Home, Prefecture, is_old_form, without_extent
from tsunagari.loaders.areas.reference_records import (
    CHANGES_IRI,
    NATION_IRI,
    TABLE_IRI,
    change_record,
    changes_record,
    government_record,
    nation_record,
    reference_record,
    table_record,
)
from tsunagari.loaders.issues import join_names, plain_names
from tsunagari.loaders.registry import Entity
from tsunagari.loaders.values import HINTS, CellError, parse_lg_code, restored_code
from tsunagari.ontology.area_changes import AreaChange, area_changes, present_place
from tsunagari.ontology.municipalities import NATION_CODE, TABLE_NAME, Municipality, municipality_table
from tsunagari.ontology.namespaces import concept_iri, instance_iri
from tsunagari.ontology.records import Record, Reference, Value
from tsunagari.ontology.spelling import fold_text, spelling_key

_REMEMBERED = 10_000  # names and codes that were looked up
_NATION_WORDS = frozenset(
    {"全国", "日本", "日本国", "日本全国", "全国各地", "日本国内", "国内", "国", NATION_CODE, "000000", "japan"}
)
_CODE = re.compile(r"(?:area/)?(\d{4,6})")
_GOVERNMENT_ENDINGS = (*"都道府県市区町村", "役所", "役場", "庁")
_OFFICE = re.compile("(?<=[市区])役所$|(?<=[町村])役場$|(?<=[都道府県])庁$")


class Areas:
    """Areas and local governments that the sources mention.

    A code or name that is no longer valid stands for the area of that time in a row stated before the change, and for
    what followed it in a later one; `findings` says so, and the change gets into the graph. A body that lies in such an
    area is always put into the present one, so that lists of different years agree where it is.

    Parameters
    ----------
    day
        The day that rows speak of when nothing else is known; None for today's areas.
    scope
        The only area that the workspace counts in: 県内全域 means it where a list does not say of which area it is.

    Attributes
    ----------
    day
        The day that the row at hand speaks of.
    default_day
        The day of rows that give none.
    findings
        What is to be said of the areas asked for since the list was last emptied.
    """

    def __init__(self, day: date | None = None, scope: Home | None = None) -> None:
        self._scope = scope
        self._table = municipality_table()
        self._areas: set[str] = set()
        self._governments: dict[str, Entity] = {}
        self._places: dict[tuple[str, Prefecture], Municipality] = {}
        self._ended: dict[tuple[str, Prefecture], AreaChange | None] = {}
        self._changes: dict[str, AreaChange] = {}
        self._hints: dict[str, Message] = {}
        self.default_day = self.day = day
        self.findings: list[CellError] = []

    def at(self, day: date | None) -> None:
        """Say which day the next rows speak of."""
        self.day = day or self.default_day

    def area(self, text: str, prefecture: Prefecture = None, *, present: bool = False) -> str:
        """Return the IRI of the area that a code or name stands for.

        Parameters
        ----------
        text, prefecture
            A code or name, and the prefecture it must lie in.
        present
            Whether the area of today is meant, however old the row is.

        Raises
        ------
        CellError
            When there is none, or several of the name.
        """
        text = self._whole(text, prefecture)
        if spelling_key(text).removeprefix("area/") in _NATION_WORDS:
            self._areas.add(NATION_CODE)
            return NATION_IRI
        change = self.ended(text, prefecture)
        place = self.place(text, prefecture) if change is None else self._place_after(change, text, present=present)
        self._areas.add(place.code5)
        if text[:1].isdigit() and place.code5 not in fold_text(text):
            self.note_lost_zero(text)
        elif change is None and is_old_form(text, place.name):
            self.findings.append(CellError("area-spelling", text, became=place.full_name))
        return place.area_iri

    def _whole(self, text: str, prefecture: Prefecture) -> str:
        """Return the area that a text such as 県内全域 means as a whole; where no list says, that of the scope."""
        found = without_extent(text, prefecture)
        if found == text and prefecture is None and self._scope is not None:
            found = without_extent(text, self._scope)
            place = self._table.by_code(found) if found != text else None
            if place is not None:
                self.findings.append(CellError("area-spelling", text, became=place.full_name))
        return found

    def mention(self, code: str) -> None:
        """See to it that the area of a known code gets into the graph, with its change when it ended."""
        change = area_changes().by_code(code)
        if change is not None:
            self.note_change(change, code)
        else:
            self._areas.add(code[:5])

    def note_lost_zero(self, text: str) -> None:
        """Say that the leading zero of a code was put back, when one was."""
        restored = restored_code(text)
        if restored is not None:
            self.findings.append(CellError("lost-zero", text, restored=restored))

    def district(self, text: str, prefecture: Prefecture = None) -> list[str]:
        """Return the IRIs of the municipalities of a 郡; empty when there is none of the name.

        Raises
        ------
        CellError
            When several prefectures have one of the name.
        """
        within = prefecture.place.prefecture if isinstance(prefecture, Home) else prefecture
        places = self._table.in_district(text, prefecture=within)
        names = dict.fromkeys(f"{place.prefecture}{place.district}" for place in places)
        if len(names) > 1:
            raise CellError("ambiguous-area", text, nearest=plain_names(names))
        if places:
            self._areas.update(place.code5 for place in places)
            self.findings.append(CellError("district-area", text, nearest=_place_names(places)))
        return [place.area_iri for place in places]

    def place(self, text: str, prefecture: Prefecture = None) -> Municipality:
        """Return the present entry of the table that a code or name stands for, without mentioning it.

        Raises
        ------
        CellError
            When there is none, or several of the name.
        """
        key = (text, prefecture)
        if key not in self._places:
            change = self.ended(text, prefecture)
            self._places[key] = self._find_place(text, prefecture) if change is None else change.present
        return self._places[key]

    def municipality_of(self, text: str, prefecture: Prefecture = None) -> Municipality:
        """Return the present municipality that a code or name stands for or lies in: a ward counts as its city.

        Raises
        ------
        CellError
            When there is none, or several of the name.
        """
        place = self.place(text, prefecture)
        return self._city_of(place) if place.kind == "ward" else place

    def ended(self, text: str, prefecture: Prefecture = None) -> AreaChange | None:
        """Return the change that ended what a code or name stands for; None when it is valid, or nothing known.

        Raises
        ------
        CellError
            When an area of today and another one that had not ended on the day of the row share the name.
        """
        key = (text, prefecture)
        if len(self._ended) > _REMEMBERED:
            self._ended.clear()
        if key not in self._ended:
            self._ended[key] = self._find_ended(text, prefecture)
        change = self._ended[key]
        if change is not None and change.former.code5 not in text:
            others = [place for place in self._named(text, prefecture) if place not in change.successors]
            if others and self.day is not None and self.day < change.date:
                raise CellError("ambiguous-area", text, nearest=_place_names([*others, change.former]))
            return None if others else change
        return change

    def note_change(self, change: AreaChange, text: str, *, became: Municipality | None = None) -> CellError:
        """See to it that a change gets into the graph, and return what to say of it."""
        self._changes[change.iri] = change
        self._areas.update(place.code5 for place in change.successors)
        names = _place_names(list(change.successors))
        params = {"date": change.date.isoformat(), "nearest": names, "former": change.former.full_name}
        if became is change.former:
            return CellError("former-area", text, **params)
        became = became or change.present
        return CellError(
            "old-area" if len(change.successors) == 1 else "split-area", text, became=became.full_name, **params
        )

    def _place_after(self, change: AreaChange, text: str, *, present: bool) -> Municipality:
        is_before = self.day is not None and self.day < change.date and change.kind != "renamed"
        place = change.former if is_before and not present else change.present
        self.findings.append(self.note_change(change, text, became=place))
        return place

    def _find_ended(self, text: str, prefecture: Prefecture) -> AreaChange | None:
        code = _CODE.fullmatch(fold_text(text))
        if code is not None:
            return area_changes().by_code(restored_code(code[1]) or code[1])
        if isinstance(prefecture, Home):
            found = area_changes().by_name(text, prefecture=prefecture.place.prefecture)
            found = found or area_changes().by_name(text)
        else:
            found = area_changes().by_name(text, prefecture=prefecture)
        if len(found) > 1:
            raise CellError("ambiguous-area", text, nearest=_place_names([change.former for change in found]))
        if not found or any(place in found[0].successors for place in self._named(text, prefecture)):
            return None
        return found[0]

    def _named(self, text: str, prefecture: Prefecture) -> list[Municipality]:
        if not isinstance(prefecture, Home):
            return self._table.by_name(text, prefecture=prefecture)
        found = self._table.by_name(text)
        near = [place for place in found if place.prefecture == prefecture.place.prefecture]
        return near or found

    def _find_place(self, text: str, prefecture: Prefecture) -> Municipality:
        code = _CODE.fullmatch(fold_text(text))
        if code is not None:
            found = present_place(parse_lg_code(code[1]))
            assert found is not None  # parse_lg_code only returns known codes
            return found
        places = self._named(text, prefecture)
        if not places and isinstance(prefecture, str):
            places = self._table.by_name(f"{prefecture}{text}")
        if not places:
            raise CellError("unknown-area", text, nearest=self._near(text))
        if len(places) > 1:
            raise CellError("ambiguous-area", text, nearest=_place_names(places))
        return places[0]

    def _near(self, text: str) -> Message:
        """Return the places nearest to a text; none once so many texts are unknown that nobody reads hints.

        市内 and オンライン are like the names of places only by chance.
        """
        if text not in self._hints:
            if len(self._hints) >= HINTS or text[1:2] in ("内", "外"):
                return _place_names([])
            self._hints[text] = _place_names(self._table.nearest(text))
        return self._hints[text]

    def code_of(self, prefecture: Prefecture) -> str | None:
        """Return the 5-digit code of a prefecture or of the area of a list, None for none."""
        if prefecture is None:
            return None
        if isinstance(prefecture, Home):
            return prefecture.place.code5
        try:
            return self.place(prefecture).prefecture_code5
        except CellError:
            return None  # reported with the cell itself

    def governments_named(self, text: str, prefecture: Prefecture = None) -> list[Municipality]:
        """Return the local governments of a name, also written as their office: 鳥取市, 鳥取市役所, 鳥取県庁."""
        if isinstance(prefecture, Home):
            found = self.governments_named(text)
            near = [place for place in found if place.prefecture == prefecture.place.prefecture]
            return near if len(found) > 1 and near else found
        if not text.endswith(_GOVERNMENT_ENDINGS):
            return []
        places = self._table.by_name(text, prefecture=prefecture)
        if not places and _OFFICE.search(text):
            text = _OFFICE.sub("", text)
            places = self._table.by_name(text, prefecture=prefecture)
        if not places:
            ended = area_changes().by_name(text, prefecture=prefecture)
            places = [change.present for change in ended if change.former.has_government]
        return [place for place in places if place.has_government]

    def government(self, place: Municipality) -> Entity:
        """Return the government of a place and see to it that it gets into the graph."""
        found = self._governments.get(place.code5)
        if found is None:
            iri = place.org_iri
            assert iri is not None  # only governed places are asked for
            found = Entity(iri, "LocalGovernment", place.name, "org", TABLE_NAME, row=place.row)
            found.municipality = place.code5
            record = government_record(place)
            found.values = {name: values[0] for name, values in record.values.items() if name != "pref_label"}
            self._governments[place.code5] = found
            self._areas.add(place.code5)
        return found

    def governments(self, kind: str) -> list[Entity]:
        """Return the governments of a kind in the order of the codes."""
        return [self.government(place) for place in self._table.of_kind(kind)]

    def records(self) -> Iterator[Record]:
        """Yield what was mentioned and the areas around it, from the nation down, then the governments, by code."""
        former = {change.former.code5: change for change in self._changes.values() if change.kind != "renamed"}
        codes = set(self._areas).union(former)
        if not codes:
            return
        yield table_record()
        for code in sorted(codes | self._around(codes)):
            change = former.get(code)
            place = self._table.by_code(code) if change is None else change.former
            if place is None:
                yield nation_record()
            else:
                yield self._area_record(place, change)
        if self._changes:
            yield changes_record()
        for iri in sorted(self._changes):
            yield change_record(self._changes[iri])
        for code in sorted(self._governments):
            place = self._table.by_code(code)
            assert place is not None
            yield government_record(place)

    def _around(self, codes: set[str]) -> set[str]:
        places = [place for code in codes if (place := present_place(code)) is not None]
        cities = {self._city_of(place).code5 for place in places if place.kind == "ward"}
        return {place.prefecture_code5 for place in places} | cities | {NATION_CODE}

    def _city_of(self, ward: Municipality) -> Municipality:
        return self._table.by_name(ward.district, prefecture=ward.prefecture)[0]

    def _area_record(self, place: Municipality, change: AreaChange | None = None) -> Record:
        within = NATION_IRI if place.kind == "prefecture" else instance_iri("area", place.prefecture_code5)
        values: dict[str, tuple[Value, ...]] = {
            "pref_label": (place.name,),
            "area_code": (place.code5,),
            "area_kind": (Reference(concept_iri("area-kind", place.kind)),),
        }
        if place.reading:
            values["reading"] = (place.reading,)
        if change is not None:
            values["valid_to"] = (change.date,)
        if place.kind != "prefecture":
            values["in_prefecture"] = (Reference(within),)
        if place.kind == "ward":
            within = self._city_of(place).area_iri
        elif place.district:
            values["district"] = (place.district,)
        values["sf_within"] = (Reference(within),)
        source = TABLE_IRI if change is None else CHANGES_IRI
        return reference_record(place.area_iri, "AdministrativeArea", values, place.row, source)


def _place_names(places: list[Municipality]) -> Message:
    return join_names(Message(text, text) for text in (f"{place.full_name} {place.code6}" for place in places))
