MATCH (kind:Resource)-[:SUB_CLASS_OF*0..]->(:Resource {iri: 'https://w3id.org/tsunagari/ont#Policy'})
MATCH (policy:Policy)<-[:LEGAL_BASIS|CONFIDENTIALITY|CITES|ALIGNS_WITH]-(thing)
WHERE kind.iri IN policy.classes
OPTIONAL MATCH (policy)-[:IS_PART_OF*]->(whole) WHERE NOT EXISTS { (whole)-[:IS_PART_OF]->() }
RETURN policy, kind, whole, count(DISTINCT thing) AS number, collect(DISTINCT thing) AS relied_on_by
ORDER BY number DESC, policy.iri
