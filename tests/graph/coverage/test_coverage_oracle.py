"""The arrays of coverage against the definition, cell by cell, on made-up regions."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagari.graph.coverage.coverage import STATUSES, cover
from tsunagari.graph.coverage.coverage_evidence import stating
from tsunagari.graph.coverage.providers import Offer, Offers
from tsunagari.graph.coverage.rollup import rollup_table
from tsunagari.graph.coverage.surroundings import GROUNDS, ClosedList, Surroundings

TOWNS = ("13101", "13102", "31201", "31302")
FIELDS = ("food", "home", "work")
BODIES = ("a", "b", "c", "d")
UNITS = (*TOWNS, "28585", "13000", "31000", "00000", "urn:k", "urn:l")
offers = st.lists(
    st.builds(
        Offer,
        st.sampled_from(BODIES),
        st.sampled_from((*FIELDS, "other")),
        st.sampled_from(UNITS),
        st.booleans(),
        st.integers(0, 9),
    ),
    max_size=14,
)
towns = st.sets(st.sampled_from((*TOWNS, "28585")))
lists = st.lists(
    st.builds(
        ClosedList,
        st.sampled_from(("一覧", "名簿", "調査")),
        st.sampled_from(UNITS),
        st.sampled_from((None, *FIELDS)),
        st.booleans(),
        st.booleans(),
        st.sampled_from(("", "2020-01-01", "2023-01-01")),
        st.sampled_from(("x", "y")),
        st.sampled_from(GROUNDS[1:]),
    ),
    max_size=4,
)
surroundings = st.builds(
    Surroundings,
    partnerships=st.fixed_dictionaries({}, optional={"urn:k": towns, "urn:l": towns}),
    closed=lists,
    need=st.one_of(st.just({}), st.dictionaries(st.sampled_from(TOWNS), st.floats(0, 9), min_size=1)),
    borders=st.dictionaries(st.sampled_from(TOWNS), towns),
)
reached = st.dictionaries(st.sampled_from(BODIES), st.sets(st.sampled_from(UNITS)))


class Region:
    """The definition of coverage, word by word."""

    def __init__(self, given: list[Offer], around: Surroundings, reached: dict[str, set[str]]) -> None:
        self.offers, self.around, self.reached = given, around, reached

    def chain(self, town: str) -> list[str]:
        shared = sorted(iri for iri, towns in self.around.partnerships.items() if town in towns)
        return [town, *shared, f"{town[:2]}000", "00000"]

    def who(self, units: list[str], field: str, *, planned: bool = False) -> set[str]:
        return {
            offer.organization_id
            for offer in self.offers
            if offer.unit in units and offer.field_id == field and offer.planned == planned
        }

    def closed(self, town: str, field: str) -> ClosedList | None:
        for unit in self.chain(town):
            for wanted in (field, None):
                fitting = [item for item in self.around.closed if (item.unit, item.field_id) == (unit, wanted)]
                fitting = [item for item in fitting if item.includes_parts or unit == town]
                if fitting:
                    latest = max(item.as_of for item in fitting)
                    return min((item for item in fitting if item.as_of == latest), key=lambda i: (i.name, i.evidence))
        return None

    def nearby(self, town: str, field: str, others: set[str]) -> int:
        served = self.who(self.chain(town), field)
        return len(self.who(sorted(others - {town}), field) - served)

    def status(self, town: str, field: str) -> str:
        own, wider, *_ = (self.who(units, field) for units in ([town], self.chain(town)[1:]))
        if own:
            return "multiple" if len(own) > 1 else "single"
        if wider:
            return "wide_only"
        item = self.closed(town, field)
        return "none" if item is not None and not item.found else "unknown"


@settings(max_examples=120, deadline=None)
@given(offers, surroundings, reached)
def test_every_cell_is_what_the_definition_says(
    given_offers: list[Offer], around: Surroundings, reached: dict[str, set[str]]
) -> None:
    region = Region(given_offers, around, reached)
    found = cover(TOWNS, FIELDS, Offers.of(given_offers, reached), around)
    for row, town in enumerate(TOWNS):
        for column, field in enumerate(FIELDS):
            cell, chain = found.cell(town, field), region.chain(town)
            local = region.who([town], field)
            served = region.who(chain, field)
            # of two lists that are alike in all that decides only one may have found support: then either is right
            alike = len({(i.name, i.unit, i.field_id, i.as_of, i.evidence) for i in around.closed}) < len(around.closed)
            if not alike:
                assert STATUSES[found.status[row, column]] == region.status(town, field)
            assert found.organizations(found.local, cell) == sorted(local)
            assert found.organizations(found.wide, cell) == sorted(served - local)
            assert found.organizations(found.planned, cell) == sorted(region.who(chain, field, planned=True) - served)
            partners = {code for towns in around.partnerships.values() if town in towns for code in towns}
            assert found.partnership[row, column] == region.nearby(town, field, partners)
            if town in around.borders:
                assert found.adjacent[row, column] == region.nearby(town, field, set(around.borders[town]))
            else:
                assert math.isnan(found.adjacent[row, column])
            assert found.connected[row, column] == any(reached.get(body, set()) & set(chain) for body in served)


@settings(max_examples=60, deadline=None)
@given(offers, surroundings)
def test_the_evidence_of_an_entry_is_that_of_the_nearest_offer(given_offers: list[Offer], around: Surroundings) -> None:
    region = Region(given_offers, around, {})
    found = cover(TOWNS, FIELDS, Offers.of(given_offers), around)
    parts = zip((found.local, found.wide, found.planned), stating(found), (False, False, True), strict=True)
    for cells, numbers, planned in parts:
        for cell in range(cells.shape[0]):
            town, field = TOWNS[cell // len(FIELDS)], FIELDS[cell % len(FIELDS)]
            for place in range(cells.indptr[cell], cells.indptr[cell + 1]):
                body = found.organization_ids[cells.indices[place]]
                nearest = min(
                    (region.chain(town).index(offer.unit), offer.stated)
                    for offer in given_offers
                    if (offer.organization_id, offer.field_id, offer.planned) == (body, field, planned)
                    and offer.unit in region.chain(town)
                )
                assert numbers[place] == nearest[1]


@settings(max_examples=60, deadline=None)
@given(offers, surroundings)
def test_a_group_holds_each_organisation_once(given_offers: list[Offer], around: Surroundings) -> None:
    region = Region(given_offers, around, {})
    found = cover(TOWNS, FIELDS, Offers.of(given_offers), around)
    groups = {"13000": TOWNS[:2], "31000": TOWNS[2:], "all": TOWNS}
    fields = {"all": FIELDS, "work": ("work",)}
    for row in rollup_table(found, groups, fields).itertuples():
        cells = [(town, field) for town in groups[row.area_id] for field in fields[row.field_id]]
        local = set().union(*(region.who([town], field) for town, field in cells))
        served = set().union(*(region.who(region.chain(town), field) for town, field in cells))
        planned = set().union(*(region.who(region.chain(town), field, planned=True) for town, field in cells))
        assert (row.local, row.wide, row.planned) == (len(local), len(served - local), len(planned - served))
        assert sum(getattr(row, status) for status in STATUSES) == row.municipalities == len(groups[row.area_id])
