MATCH (policy:PolicyDocument) WHERE $policy IS NULL OR policy.iri = $policy
OPTIONAL MATCH (policy)<-[:IS_PART_OF*0..]-()<-[:IS_PART_OF]-(section:PolicySection)
OPTIONAL MATCH (section)-[:IS_PART_OF]->(part_of)
UNWIND coalesce(policy.decidedBy_ja, [null]) AS decided_by
UNWIND coalesce(section.notation, [null]) AS notation
RETURN DISTINCT policy, decided_by, policy.issued AS issued, notation, section, part_of
ORDER BY policy.iri, coalesce(section.iri, '')
