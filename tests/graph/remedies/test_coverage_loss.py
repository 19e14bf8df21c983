"""What support is lost without an organisation is what coverage counted anew without it says."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagari.graph.coverage.coverage import NONE, UNKNOWN, Coverage, cover
from tsunagari.graph.coverage.providers import Offer, Offers
from tsunagari.graph.coverage.surroundings import ClosedList, Surroundings
from tsunagari.graph.remedies.coverage_loss import cell_losses

AREAS, FIELDS, BODIES = ["31201", "31302", "31325"], ["food", "work"], ["a", "b", "c", "d"]
UNITS = [*AREAS, "urn:region", "31000", "00000"]
offers = st.builds(
    Offer, st.sampled_from(BODIES), st.sampled_from(FIELDS), st.sampled_from(UNITS), planned=st.booleans()
)
reaches = st.dictionaries(st.sampled_from(BODIES), st.sets(st.sampled_from(UNITS), max_size=2), max_size=3)
closed = st.lists(st.builds(ClosedList, st.just("list"), st.sampled_from(UNITS)), max_size=2)
needs = st.sampled_from([{}, {"31201": 100.0, "31302": 40.0}])


def counted(found: list[Offer], reach: dict[str, set[str]], around: Surroundings) -> Coverage:
    return cover(AREAS, FIELDS, Offers.of(found, reach), around)


@settings(max_examples=50)
@given(st.lists(offers, max_size=14), reaches, closed, needs)
def test_losses_are_those_of_counting_anew_without_each(
    found: list[Offer], reach: dict[str, set[str]], lists: list[ClosedList], need: dict[str, float]
):
    around = Surroundings({"urn:region": AREAS[:2]}, closed=lists, need=need)
    before = counted(found, reach, around)
    losses = cell_losses(before)
    rows = {
        (before.organization_ids[body], cell): (old, new, added)
        for body, cell, old, new, added in zip(
            *(column.tolist() for column in (losses.organization, losses.cell, losses.before, losses.after)),
            losses.severity.tolist(),
            strict=True,
        )
    }
    expected = {}
    for body in before.organization_ids:
        rest = [offer for offer in found if offer.organization_id != body]
        # a list that covers the whole scope makes of nobody a confirmed nobody, as the loss of a known provider does
        known = Surroundings(around.partnerships, closed=[ClosedList("all", "00000")], need=need)
        after, confirmed = (
            counted(rest, {other: units for other, units in reach.items() if other != body}, what)
            for what in (around, known)
        )
        for cell, (old, new) in enumerate(
            zip(before.status.ravel().tolist(), after.status.ravel().tolist(), strict=True)
        ):
            gone = new == UNKNOWN != old
            severity = (confirmed if gone else after).severity.ravel()[cell] - before.severity.ravel()[cell]
            added = round(max(severity, 0.0), 6)
            status = NONE if gone else new
            if status != old or added:
                expected[body, cell] = (old, status, added)
    assert rows == expected


def test_without_areas_fields_or_offers_nothing_is_lost():
    for areas, fields, listed in (([], FIELDS, [Offer("a", "food", "31201")]), (AREAS, [], []), (AREAS, FIELDS, [])):
        assert len(cell_losses(cover(areas, fields, Offers.of(listed))).cell) == 0
