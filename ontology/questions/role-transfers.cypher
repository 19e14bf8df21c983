MATCH (transfer:RoleTransfer)-[:FROM_HOLDING]->(given)
MATCH (transfer)-[:TO_HOLDING]->(taken)-[:MEMBER]->(to)
MATCH (given)-[:MEMBER]->(from)
MATCH (given)-[:ROLE]->(role)
MATCH (given)-[:ORGANIZATION]->(organization)
OPTIONAL MATCH (transfer)-[:STATUS]->(status)
OPTIONAL MATCH (transfer)-[:STATED_IN]->(place)-[:HAS_SOURCE*0..1]->(document:SourceDocument)
OPTIONAL MATCH (place)-[:HAS_SELECTOR]->(selector) WHERE selector.exact IS NOT NULL
RETURN DISTINCT role, organization, from, to, status, document, place.line AS line, selector.exact AS quote
ORDER BY organization.iri, role.iri, coalesce(document.iri, ''), coalesce(line, -1)
