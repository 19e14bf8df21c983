MATCH (group:UnnamedGroup)
OPTIONAL MATCH (group)<-[:MEMBER|TIE_FROM|TIE_TO]-(record) WHERE record.classes IS NOT NULL
OPTIONAL MATCH (record)-[:ORGANIZATION|TIE_FROM|TIE_TO]->(takes_part_in) WHERE takes_part_in <> group
WITH *, CASE WHEN takes_part_in IS NULL THEN null ELSE record END AS joined
WITH group, collect(DISTINCT CASE WHEN joined IS NOT NULL THEN [joined, takes_part_in] END) AS pairs
UNWIND CASE pairs WHEN [] THEN [[null, null]] ELSE pairs END AS pair
WITH group, pair[0] AS record, pair[1] AS takes_part_in
OPTIONAL MATCH (record)-[:STATUS]->(status)
OPTIONAL MATCH (group)-[:STATED_IN]->(place)-[:HAS_SOURCE*0..1]->(document:SourceDocument)
UNWIND coalesce(record.classes, [null]) AS relation
UNWIND coalesce(group.statedSize, [null]) AS stated_size
RETURN DISTINCT group, stated_size, CASE WHEN relation IS NOT NULL THEN {iri: relation} END AS relation, takes_part_in, status,
  document, place.line AS line
ORDER BY group.iri, coalesce(relation.iri, ''), coalesce(takes_part_in.iri, ''), coalesce(status.iri, ''), coalesce(document.iri, ''), coalesce(line, -1)
