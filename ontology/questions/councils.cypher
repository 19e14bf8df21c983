MATCH (council:RegionalCouncil)
WHERE $area IS NULL OR EXISTS { (council)-[:REACH]->(:Resource {iri: $area}) }
OPTIONAL MATCH (council)-[:HOST]->(host)
OPTIONAL MATCH (council)-[:STATUS]->(status)
RETURN council, host, COLLECT { MATCH (council)-[:REACH]->(area) RETURN DISTINCT area } AS reach,
  COLLECT { MATCH (council)-[:LEGAL_BASIS]->(law) RETURN DISTINCT law } AS legal_basis,
  COLLECT { MATCH (coordinator)-[:COORDINATES]->(council) RETURN DISTINCT coordinator } AS coordinating,
  COUNT {
    MATCH (agency)<-[:MEMBER]-(membership)-[:ORGANIZATION]->(council)
    MATCH (membership)-[:MEMBER_CLASS]->(:Resource {iri: 'https://w3id.org/tsunagari/scheme/membership-class/constituent-agency'})
    RETURN DISTINCT agency
  } AS agencies,
  COLLECT { MATCH (council)-[:CONFIDENTIALITY]->(duty) RETURN DISTINCT duty } AS confidentiality,
  COLLECT { MATCH (forum)-[:FUNCTIONS_AS]->(council) RETURN DISTINCT forum } AS served_by,
  status, council.validFrom AS valid_from, council.iri AS council_id
ORDER BY valid_from IS NOT NULL, valid_from, council.iri
