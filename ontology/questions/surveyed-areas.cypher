MATCH (record:CoverageSurvey)-[:SURVEYED_AREA]->(area) WHERE $area IS NULL OR area.iri = $area
MATCH (record)-[:SUPPORT_FIELD]->(field)
WITH * WHERE coalesce(record.asOf <= $at, true)
OPTIONAL MATCH (record)-[:CARRIED_OUT_BY]->(surveyor)
UNWIND coalesce(record.sampling_ja, [null]) AS method
UNWIND coalesce(area.areaCode, [null]) AS area_code
RETURN DISTINCT area, field, record.foundSupport AS found, record.includesParts AS includes_parts, method, surveyor,
  record.asOf AS as_of, area_code, record.iri AS survey_id
ORDER BY coalesce(area_code, ''), area.iri, field.iri, as_of IS NOT NULL, as_of, survey_id
