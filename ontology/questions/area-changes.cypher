MATCH (event:CodeChangeEvent)-[:CHANGE_KIND]->(kind)
MATCH (event)-[:ORIGINAL_ORGANIZATION]->(original)
MATCH (event)-[:RESULTING_ORGANIZATION]->(resulting)
WHERE event.date IS NOT NULL
  AND ($original IS NULL OR original.iri = $original) AND ($resulting IS NULL OR resulting.iri = $resulting)
RETURN DISTINCT event.date AS date, original, original.areaCode AS original_code, kind, resulting,
  resulting.areaCode AS resulting_code, event.iri AS event_id
ORDER BY date, coalesce(original_code, ''), coalesce(resulting_code, '')
