from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.graph.columns.column_parts import statements_of
from tsunagari.graph.columns.fact_links import links_of
from tsunagari.ontology.namespaces import concept_iri
from tsunagari.ontology.quads import quads
from tsunagari.ontology.records import Record, Reference, Value
from tsunagari.ontology.vocabulary import vocabulary

WORDS = vocabulary()
GRAPH, FACT = "urn:list", "urn:fact/"
ENDS = {"CollaborationTie": ("tie_from", "tie_to")}
STATUSES = ("stated", "planned", "inferred", "denied")
things = st.lists(st.sampled_from(["urn:a", "urn:b", "urn:c"]), min_size=1, max_size=2, unique=True)


@st.composite
def records(draw: st.DrawFn) -> Record:
    cls = draw(st.sampled_from(["CollaborationTie", "PlatformMembership", "RoleHolding", "Organization"]))
    values: dict[str, tuple[Value, ...]] = {}
    if cls != "Organization":
        for name in ENDS.get(cls, ("member", "organization")):
            values[name] = tuple(map(Reference, draw(things)))
        status = draw(st.sampled_from([None, *(concept_iri("claim-status", name) for name in STATUSES)]))
        values |= {} if status is None else {"status": (Reference(status),)}
    if cls == "CollaborationTie" and (directed := draw(st.sampled_from([None, True, False]))) is not None:
        values["directed"] = (directed,)
    if cls == "RoleHolding":
        names = draw(st.lists(st.sampled_from(["secretariat", "participant"]), min_size=1, unique=True))
        values["role"] = tuple(Reference(concept_iri("role", name)) for name in names)
    return Record("", cls, GRAPH, values)


@given(st.lists(records(), max_size=12))
def test_links_are_those_that_the_records_were_written_with(found: list[Record]) -> None:
    facts = [Record(f"{FACT}{place:02}", one.cls, GRAPH, one.values) for place, one in enumerate(found)]
    written = [quad for record in facts for quad in quads(record, WORDS)]
    statements = statements_of(written)
    terms = statements.terms
    places = np.flatnonzero([text.startswith(FACT) for text in terms.text(statements.subjects)])
    links = {
        (one, iri, other)
        for iri, starts, ends in links_of(statements, places, WORDS)
        for one, other in zip(terms.text(starts), terms.text(ends), strict=True)
    }
    expected = {(str(q.subject)[1:-1], q.predicate.value, str(q.object)[1:-1]) for q in written}
    assert links == {said for said in expected if not said[0].startswith(FACT)}
