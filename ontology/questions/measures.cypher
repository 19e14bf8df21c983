MATCH (entry:CatalogueEntry)-[:CATEGORY]->(category)
WHERE NOT EXISTS { (entry)-[:REPEAT_OF]->() } AND ($category IS NULL OR category.iri = $category)
OPTIONAL MATCH (entry)-[:LIFE_STAGE]->(life_stage)
WITH * WHERE $life_stage IS NULL OR life_stage.iri = $life_stage
OPTIONAL MATCH (entry)-[:STATED_IN]->(place) WHERE place.page IS NOT NULL
UNWIND entry.number AS number
RETURN DISTINCT category, number, entry, life_stage, place.page AS page, entry.iri AS entry_id
ORDER BY category.iri, number
