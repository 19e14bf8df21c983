MATCH (correction:Correction)-[:STATED_IN]->()-[:HAS_SOURCE*0..1]->(document:SourceDocument)
UNWIND correction.property AS part
UNWIND correction.asWritten_ja AS written
OPTIONAL MATCH (correction)-[:CORRECTION_KIND]->(kind)
WITH * ORDER BY written
WITH document, part, kind, count(DISTINCT correction) AS number, collect(DISTINCT written) AS texts
RETURN document, part, kind, number, texts AS examples
ORDER BY document.iri, number DESC, part, coalesce(kind.iri, '')
