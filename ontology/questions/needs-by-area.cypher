MATCH (record:NeedStatement)-[:ABOUT]->(area) WHERE $area IS NULL OR area.iri = $area
MATCH (record)-[:INDICATOR]->(indicator) WHERE $indicator IS NULL OR indicator.iri = $indicator
WITH * WHERE coalesce(record.asOf <= $at, true)
UNWIND record.indicatorValue AS value
UNWIND coalesce(record.unit, [null]) AS unit
UNWIND coalesce(area.areaCode, [null]) AS area_code
RETURN DISTINCT area, indicator, toFloat(value) AS value, unit, record.asOf AS as_of, area_code, record.iri AS need_id
ORDER BY coalesce(area_code, ''), indicator.iri, as_of IS NOT NULL, as_of, need_id
