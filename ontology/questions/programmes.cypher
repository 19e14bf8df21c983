MATCH (programme:Programme)
OPTIONAL MATCH (programme)-[:COMPETENT_AUTHORITY]->(authority:NationalBody)
  WHERE 'https://w3id.org/tsunagari/ont#NationalBody' IN authority.classes
OPTIONAL MATCH (authority)-[:SUB_ORGANIZATION_OF]->(part_of)
OPTIONAL MATCH (programme)-[:LEGAL_BASIS]->(law)
OPTIONAL MATCH (contractor)-[:CONTRACTOR_OF]->(programme)
UNWIND coalesce(programme.purpose_ja, [null]) AS purpose
RETURN programme, authority, part_of, purpose, collect(DISTINCT law) AS legal_basis, collect(DISTINCT contractor) AS contractors
ORDER BY programme.iri
