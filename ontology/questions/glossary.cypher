MATCH (use:TermUse)-[:TERM]->(term)
OPTIONAL MATCH (use)-[:STATED_IN]->(place)-[:HAS_SOURCE*0..1]->(document:SourceDocument)
OPTIONAL MATCH (place)-[:HAS_SELECTOR]->(selector) WHERE selector.exact IS NOT NULL
UNWIND coalesce(term.definition_ja, [null]) AS definition
UNWIND coalesce(term.definition_en, [null]) AS definition_en
RETURN DISTINCT term, definition, definition_en, document, place.line AS line, selector.exact AS quote
ORDER BY coalesce(document.iri, ''), coalesce(line, -1), term.iri
