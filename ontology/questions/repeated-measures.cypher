MATCH (measure:SupportMeasure)
OPTIONAL MATCH (measure)<-[:MEASURE]-(entry:CatalogueEntry)-[:CATEGORY]->(category)
OPTIONAL MATCH (entry)-[:STATED_IN]->(place) WHERE place.page IS NOT NULL
WITH *, CASE WHEN EXISTS { (entry)-[:REPEAT_OF]->() } THEN entry END AS repeat ORDER BY coalesce(place.page, '')
WITH measure, count(DISTINCT entry) AS entries, collect(DISTINCT category) AS categories, collect(DISTINCT place.page) AS texts,
  count(DISTINCT repeat) AS repeats
WITH *, COLLECT { MATCH (activity:Activity)-[:MEASURE]->(measure) RETURN DISTINCT activity } AS activities
WHERE entries > 1 OR activities <> []
RETURN measure, entries, categories, texts AS pages,
  repeats, activities
ORDER BY entries DESC, measure.iri
