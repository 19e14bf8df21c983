MATCH (policy)-[:REPLACES]->(replaces)
OPTIONAL MATCH (policy)-[:LEGAL_BASIS]->(law)
UNWIND coalesce(policy.decidedBy_ja, [null]) AS decided_by
RETURN policy, policy.issued AS issued, decided_by, collect(DISTINCT law) AS legal_basis, replaces, replaces.issued AS replaced_issued
ORDER BY issued IS NOT NULL, issued, policy.iri
