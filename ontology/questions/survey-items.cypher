MATCH (item:SurveyItem)-[:ITEM_OF]->(survey) WHERE $survey IS NULL OR survey.iri = $survey
OPTIONAL MATCH (item)-[:STATED_IN]->(place)-[:HAS_SOURCE*0..1]->(document:SourceDocument)
UNWIND coalesce(item.topic_ja, [null]) AS topic
RETURN DISTINCT survey, topic, item, document, place.line AS line
ORDER BY survey.iri, coalesce(line, -1), coalesce(topic, ''), item.iri
