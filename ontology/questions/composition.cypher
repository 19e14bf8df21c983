MATCH (statement:CompositionStatement)-[:ABOUT]->(platform)
WHERE $platform IS NULL OR platform.iri = $platform
MATCH (statement)-[way:CONSTITUENT_TYPE|SUPPORT_FIELD|DEPARTMENT]->(part)
OPTIONAL MATCH (part)-[:BROADER]->(group)
OPTIONAL MATCH (statement)-[:MEMBER_CLASS]->(member_class)
OPTIONAL MATCH (statement)-[:CONTRIBUTION]->(contribution)
OPTIONAL MATCH (statement)-[:LIST_COMPLETENESS]->(completeness)
OPTIONAL MATCH (statement)-[:STATED_IN]->(place)-[:HAS_SOURCE*0..1]->(document:SourceDocument)
WITH *, {CONSTITUENT_TYPE: 'constituentType', SUPPORT_FIELD: 'supportField', DEPARTMENT: 'department'}[type(way)] AS name
RETURN DISTINCT platform, {iri: 'https://w3id.org/tsunagari/ont#' + name} AS aspect, group, part, member_class, contribution,
  completeness, document, place.line AS line
ORDER BY platform.iri, aspect.iri, coalesce(line, -1), part.iri, coalesce(contribution.iri, '')
