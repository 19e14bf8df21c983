MATCH (survey:Survey)
OPTIONAL MATCH (survey)-[:STATUS]->(status)
UNWIND coalesce(survey.population_ja, [null]) AS population
UNWIND coalesce(survey.sampling_ja, [null]) AS sampling
UNWIND coalesce(survey.topic_ja, [null]) AS topic
WITH * ORDER BY coalesce(topic, '')
WITH survey, population, sampling, collect(DISTINCT topic) AS texts, status
RETURN survey, COLLECT { MATCH (survey)-[:CARRIED_OUT_BY]->(body) RETURN DISTINCT body } AS carried_out_by, population,
  survey.minAge AS min_age, survey.sampleSize AS sample_size, sampling,
  texts AS topics,
  survey.validFrom AS valid_from, survey.validTo AS valid_to, status
ORDER BY coalesce(sample_size, -1) DESC, survey.iri
