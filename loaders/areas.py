"""Areas and their governments: found by code or name, and put into the graph when something mentions them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tsunagari.errors import Message
from tsunagari.loaders.cells import CellError, parse_lg_code
from tsunagari.loaders.entities import Entity
from tsunagari.loaders.issues import join_names
from tsunagari.ontology.municipalities import NATION_CODE, TABLE_NAME, Municipality, municipality_table
from tsunagari.ontology.namespaces import REFERENCE_GRAPH, concept_iri, instance_iri
from tsunagari.ontology.records import Evidence, Record, Reference, Value
from tsunagari.ontology.spelling import fold_text, spelling_key

TABLE_IRI = instance_iri("source", TABLE_NAME)
NATION_IRI = instance_iri("area", NATION_CODE)
_NATION_WORDS = frozenset({"全国", "日本", "日本国", "国", NATION_CODE, "000000", "japan"})
_CODE = re.compile(r"(?:area/)?(\d{5,6})")
_GOVERNMENT_ENDINGS = (*"都道府県市区町村", "役所", "役場", "庁")
_OFFICE = re.compile("(?<=[市区])役所$|(?<=[町村])役場$|(?<=[都道府県])庁$")


class Areas:
    """Areas and local governments that the sources mention."""

    def __init__(self) -> None:
        self._table = municipality_table()
        self._areas: set[str] = set()
        self._governments: dict[str, Entity] = {}
        self._places: dict[tuple[str, str | None], Municipality] = {}

    def area(self, text: str, prefecture: str | None = None) -> str:
        """Return the IRI of the area that a code or name stands for.

        Raises
        ------
        CellError
            When there is none, or several of the name.
        """
        if spelling_key(text).removeprefix("area/") in _NATION_WORDS:
            self._areas.add(NATION_CODE)
            return NATION_IRI
        place = self.place(text, prefecture)
        self._areas.add(place.code5)
        return place.area_iri

    def place(self, text: str, prefecture: str | None = None) -> Municipality:
        """Return the entry of the table that a code or name stands for, without mentioning it.

        Raises
        ------
        CellError
            When there is none, or several of the name.
        """
        key = (text, prefecture)
        if key not in self._places:
            self._places[key] = self._find_place(text, prefecture)
        return self._places[key]

    def _find_place(self, text: str, prefecture: str | None) -> Municipality:
        code = _CODE.fullmatch(fold_text(text))
        if code is not None:
            found = self._table.by_code(parse_lg_code(code[1]))
            assert found is not None  # parse_lg_code only returns codes of the table
            return found
        places = self._table.by_name(text, prefecture=prefecture)
        if not places and prefecture:
            places = self._table.by_name(f"{prefecture}{text}")
        if not places:
            raise CellError("unknown-area", text, nearest=_place_names(self._table.nearest(text)))
        if len(places) > 1:
            raise CellError("ambiguous-area", text, nearest=_place_names(places))
        return places[0]

    def governments_named(self, text: str, prefecture: str | None = None) -> list[Municipality]:
        """Return the local governments of a name, also written as their office: 鳥取市, 鳥取市役所, 鳥取県庁."""
        if not text.endswith(_GOVERNMENT_ENDINGS):
            return []
        places = self._table.by_name(text, prefecture=prefecture)
        if not places and _OFFICE.search(text):
            places = self._table.by_name(_OFFICE.sub("", text), prefecture=prefecture)
        return [place for place in places if place.has_government]

    def government(self, place: Municipality) -> Entity:
        """Return the government of a place and see to it that it gets into the graph."""
        found = self._governments.get(place.code5)
        if found is None:
            iri = place.org_iri
            assert iri is not None  # only governed places are asked for
            found = Entity(iri, "LocalGovernment", place.name, "org", f"{TABLE_NAME}:{place.row}", row=place.row)
            found.municipality = place.code5
            record = _government_record(place)
            found.values = {name: values[0] for name, values in record.values.items() if name != "pref_label"}
            self._governments[place.code5] = found
            self._areas.add(place.code5)
        return found

    def governments(self, kind: str) -> list[Entity]:
        """Return the governments of a kind in the order of the codes."""
        return [self.government(place) for place in self._table.of_kind(kind)]

    def records(self) -> Iterator[Record]:
        """Yield what was mentioned and the areas around it, from the nation down, then the governments, by code."""
        codes = set(self._areas)
        if not codes:
            return
        yield _table_record()
        for code in sorted(codes | self._around(codes)):
            place = self._table.by_code(code)
            yield _nation_record() if place is None else self._area_record(place)
        for code in sorted(self._governments):
            place = self._table.by_code(code)
            assert place is not None
            yield _government_record(place)

    def _around(self, codes: set[str]) -> set[str]:
        places = [place for code in codes if (place := self._table.by_code(code)) is not None]
        cities = {self._city_of(place).code5 for place in places if place.kind == "ward"}
        return {place.prefecture_code5 for place in places} | cities | {NATION_CODE}

    def _city_of(self, ward: Municipality) -> Municipality:
        return self._table.by_name(ward.district, prefecture=ward.prefecture)[0]

    def _area_record(self, place: Municipality) -> Record:
        within = NATION_IRI if place.kind == "prefecture" else instance_iri("area", place.prefecture_code5)
        values: dict[str, tuple[Value, ...]] = {
            "pref_label": (place.name,),
            "reading": (place.reading,),
            "area_code": (place.code5,),
            "area_kind": (Reference(concept_iri("area-kind", place.kind)),),
        }
        if place.kind != "prefecture":
            values["in_prefecture"] = (Reference(within),)
        if place.kind == "ward":
            within = self._city_of(place).area_iri
        elif place.district:
            values["district"] = (place.district,)
        values["sf_within"] = (Reference(within),)
        return _reference_record(place.area_iri, "AdministrativeArea", values, place.row)


def _government_record(place: Municipality) -> Record:
    iri, number = place.org_iri, place.corporate_number
    assert iri is not None
    assert number is not None
    values: dict[str, tuple[Value, ...]] = {
        "pref_label": (place.name,),
        "reading": (place.reading,),
        "lg_code": (place.code6,),
        "corporate_number": (number,),
        "legal_form": (Reference(concept_iri("legal-form", "local-public-entity")),),
        "sector": (Reference(concept_iri("sector", government_sector(place))),),
        "municipality": (Reference(place.area_iri),),
        "governs": (Reference(place.area_iri),),
    }
    return _reference_record(iri, "LocalGovernment", values, place.row)


def government_sector(place: Municipality) -> str:
    """Return the sector of a local government: prefecture or municipality."""
    return "prefecture" if place.kind == "prefecture" else "municipality"


def _nation_record() -> Record:
    values: dict[str, tuple[Value, ...]] = {
        "pref_label": ("日本",),
        "label_en": ("Japan",),
        "reading": ("にほん",),
        "area_code": (NATION_CODE,),
        "area_kind": (Reference(concept_iri("area-kind", "nation")),),
    }
    return Record(NATION_IRI, "AdministrativeArea", REFERENCE_GRAPH, values, (Evidence(TABLE_IRI),))


def _table_record() -> Record:
    values: dict[str, tuple[Value, ...]] = {
        "title": ("全国の都道府県・市区町村の表",),
        "identifier": (TABLE_NAME,),
        "rights": ("MIT",),
        "list_completeness": (Reference(concept_iri("list-completeness", "closed")),),
    }
    return Record(TABLE_IRI, "SourceDocument", REFERENCE_GRAPH, values, (Evidence(TABLE_IRI),))


def _reference_record(iri: str, cls: str, values: dict[str, tuple[Value, ...]], row: int) -> Record:
    return Record(iri, cls, REFERENCE_GRAPH, values, (Evidence(TABLE_IRI, row=row),))


def _place_names(places: list[Municipality]) -> Message:
    return join_names(Message(text, text) for text in (f"{place.full_name} {place.code6}" for place in places))
