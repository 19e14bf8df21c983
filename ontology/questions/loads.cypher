MATCH (load:Load)-[:USED]->(file)
MATCH (load)-[:GENERATED]->(graph)
UNWIND load.recordCount AS records
UNWIND load.sha256 AS sha256
UNWIND coalesce(file.publisher_ja, [null]) AS publisher
RETURN DISTINCT file, publisher, records, sha256, graph.iri AS graph_id
ORDER BY records DESC, file.iri
