MATCH (deliverable:Deliverable)
OPTIONAL MATCH (deliverable)-[:RESULT_OF]->(result_of)
OPTIONAL MATCH (deliverable)-[:ATTRIBUTED_TO]->(body)
OPTIONAL MATCH (deliverable)-[:STATUS]->(status)
UNWIND coalesce(deliverable.description_ja, [null]) AS meaning
RETURN deliverable, result_of, meaning, collect(DISTINCT body) AS by, status, deliverable.iri AS deliverable_id
ORDER BY deliverable.iri, coalesce(meaning, '')
