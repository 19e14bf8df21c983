MATCH (body:PromotionBody) WHERE body.prefLabel_ja IS NOT NULL
OPTIONAL MATCH (body)-[:SUB_ORGANIZATION_OF]->(part_of)
OPTIONAL MATCH (body)-[:LEGAL_BASIS]->(law)
OPTIONAL MATCH (plan:Resource) WHERE body.prefLabel_ja IN [] + plan.decidedBy_ja
OPTIONAL MATCH (body)-[:STATUS]->(status)
RETURN body, part_of, collect(DISTINCT law) AS legal_basis, plan, plan.issued AS issued, status, body.validFrom AS valid_from,
  body.validTo AS valid_to
ORDER BY body.iri, issued IS NOT NULL, issued
