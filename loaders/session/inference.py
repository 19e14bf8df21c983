"""Memberships that follow from a statement about all bodies of a kind, such as "all prefectures are members"."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from tsunagari.loaders.areas import Areas
from tsunagari.loaders.identity import RecordDraft
from tsunagari.ontology.namespaces import concept_iri, content_key, inferred_graph_iri, instance_iri
from tsunagari.ontology.records import Record, Reference

RULE = "RuleStatement"
MEMBERSHIP = "PlatformMembership"
# Notation in the scheme ``body-population`` → kind of the municipality table.
KIND_OF_POPULATION = {"prefectures": "prefecture", "designated-cities": "designated-city"}
_COPIED = ("member_class", "valid_from", "valid_to", "as_of")


def infer_memberships(rule: RecordDraft, areas: Areas) -> Iterator[Record]:
    """Yield one membership for each body that a rule statement speaks of.

    They are stated where the rule is, have the status ``inferred``, name the rule they are derived from, and lie in a
    graph of their own, so that they can be dropped as one batch.

    Parameters
    ----------
    rule
        A record of the class ``RuleStatement``; without a population it gives nothing.
    areas
        The local governments; those taken get into the graph.
    """
    platforms = [value for value in rule.values.get("organization", ()) if isinstance(value, Reference)]
    graph = inferred_graph_iri(unquote(rule.iri.rsplit("/", 1)[-1]))
    copied = {name: tuple(rule.values[name]) for name in _COPIED if name in rule.values}
    for platform in platforms:
        for iri in _members(rule, areas):
            values = {
                "member": (Reference(iri),),
                "organization": (platform,),
                **copied,
                "status": (Reference(concept_iri("claim-status", "inferred")),),
                "was_derived_from": (Reference(rule.iri),),
            }
            key = content_key([rule.iri, platform.iri, iri])
            yield Record(instance_iri("membership", key), MEMBERSHIP, graph, values, tuple(rule.evidence))


def _members(rule: RecordDraft, areas: Areas) -> Iterator[str]:
    for value in rule.values.get("applies_to", ()):
        notation = value.iri.rsplit("/", 1)[-1] if isinstance(value, Reference) else ""
        if notation in KIND_OF_POPULATION:
            yield from (entity.iri for entity in areas.governments(KIND_OF_POPULATION[notation]))
