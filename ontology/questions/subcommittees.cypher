MATCH (body:Subcommittee|WorkingGroup)-[:SUB_ORGANIZATION_OF]->(platform) WHERE $platform IS NULL OR platform.iri = $platform
UNWIND body.classes AS kind
WITH * WHERE kind IN ['https://w3id.org/tsunagari/ont#Subcommittee', 'https://w3id.org/tsunagari/ont#WorkingGroup']
OPTIONAL MATCH (body)-[:STATUS]->(status)
OPTIONAL MATCH (lead)-[:LEADS]->(body)
OPTIONAL MATCH (body)-[:ALIGNS_WITH]->(policy)
UNWIND coalesce(body.notation, [null]) AS notation
UNWIND coalesce(body.purpose_ja, [null]) AS purpose
RETURN platform, {iri: kind} AS kind, notation, body, purpose, collect(DISTINCT lead) AS leads, collect(DISTINCT policy) AS aligns_with, status
ORDER BY platform.iri, kind.iri, coalesce(notation, ''), body.iri
