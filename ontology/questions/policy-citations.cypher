MATCH (subject)-[way:CITES|ALIGNS_WITH|LEGAL_BASIS]->(section) WHERE $subject IS NULL OR subject.iri = $subject
OPTIONAL MATCH (section)-[:IS_PART_OF]->(part_of)
OPTIONAL MATCH (subject)-[:STATED_IN]->(place)-[:HAS_SOURCE*0..1]->(document:SourceDocument)
UNWIND coalesce(section.notation, [null]) AS notation
WITH *, {CITES: 'cites', ALIGNS_WITH: 'alignsWith', LEGAL_BASIS: 'legalBasis'}[type(way)] AS name
RETURN DISTINCT subject, {iri: 'https://w3id.org/tsunagari/ont#' + name} AS relation, notation, section, part_of, document,
  place.line AS line
ORDER BY relation.iri, section.iri, subject.iri, coalesce(document.iri, ''), coalesce(line, -1)
