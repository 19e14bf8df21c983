MATCH (service:SupportService)-[:PROVIDED_BY]->(provider)
OPTIONAL MATCH (service)-[:TARGET_GROUP]->(target)
OPTIONAL MATCH (service)-[:CHANNEL]->(way)
OPTIONAL MATCH (service)-[:LIFE_STAGE]->(stage)
WITH * WHERE ($target_group IS NULL OR target.iri = $target_group) AND ($channel IS NULL OR way.iri = $channel)
  AND ($life_stage IS NULL OR stage.iri = $life_stage)
OPTIONAL MATCH (service)-[:SERVICE_AREA]->(served)
OPTIONAL MATCH (service)-[:STATUS]->(status)
RETURN service, provider, collect(DISTINCT target) AS targets, collect(DISTINCT way) AS channels,
  collect(DISTINCT stage) AS life_stages, collect(DISTINCT served) AS area, status, service.iri AS service_id
ORDER BY service_id
