MATCH (body:GovernanceBody)-[:SUB_ORGANIZATION_OF]->(platform)
WHERE $platform IS NULL OR platform.iri = $platform
OPTIONAL MATCH (seat)-[:SITS_ON]->(body)
OPTIONAL MATCH (office)-[:SECRETARIAT_OF]->(platform)
UNWIND coalesce(body.purpose_ja, [null]) AS purpose
RETURN platform, body, purpose, collect(DISTINCT seat) AS seats, collect(DISTINCT office) AS secretariat
ORDER BY platform.iri, body.iri
