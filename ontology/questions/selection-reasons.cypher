MATCH (participation:ProgrammeParticipation)-[:PROGRAMME]->(programme) WHERE $programme IS NULL OR programme.iri = $programme
MATCH (participation)-[:MEMBER]->(organization)
UNWIND participation.fiscalYear AS fiscal_year
UNWIND participation.selectedFor_ja AS selected_for
OPTIONAL MATCH (participation)-[:STATED_IN]->(place)-[:HAS_SOURCE*0..1]->(document:SourceDocument)
OPTIONAL MATCH (place)-[:HAS_SELECTOR]->(selector) WHERE selector.exact IS NOT NULL
RETURN DISTINCT programme, fiscal_year, organization, selected_for, document, place.line AS line, selector.exact AS quote
ORDER BY programme.iri, fiscal_year, organization.iri, coalesce(document.iri, ''), coalesce(line, -1), coalesce(quote, '')
