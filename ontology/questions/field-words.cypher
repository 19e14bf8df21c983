MATCH (word:FieldWord)-[way:EXACT_MATCH|CLOSE_MATCH|BROAD_MATCH|RELATED_MATCH]->(field)
OPTIONAL MATCH (thing)-[:FIELD_WORD]->(word)
OPTIONAL MATCH (word)-[:STATED_IN]->(document:SourceDocument)
WITH *, {EXACT_MATCH: 'exactMatch', CLOSE_MATCH: 'closeMatch', BROAD_MATCH: 'broadMatch', RELATED_MATCH: 'relatedMatch'}[type(way)] AS name
RETURN word, {iri: 'http://www.w3.org/2004/02/skos/core#' + name} AS relation, field, count(DISTINCT thing) AS things, document
ORDER BY things DESC, word.iri, relation.iri, field.iri
