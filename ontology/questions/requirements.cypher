MATCH (requirement:ProgrammeRequirement)-[:REQUIRES_IN]->(programme) WHERE $programme IS NULL OR programme.iri = $programme
UNWIND requirement.fiscalYear AS fiscal_year
WITH * WHERE $fiscal_year IS NULL OR fiscal_year = $fiscal_year
OPTIONAL MATCH (requirement)-[:CLOSE_MATCH]->(matches)
OPTIONAL MATCH (requirement)-[:STATED_IN]->(place)-[:HAS_SOURCE*0..1]->(document:SourceDocument)
RETURN DISTINCT programme, fiscal_year, requirement.mandatory AS mandatory, requirement, matches, document, place.line AS line
ORDER BY programme.iri, fiscal_year, coalesce(mandatory, false) DESC, coalesce(line, -1), requirement.iri
