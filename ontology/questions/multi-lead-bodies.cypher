MATCH (record:RoleHolding)-[:ROLE]->(:Resource {iri: 'https://w3id.org/tsunagari/scheme/role/lead'})
MATCH (record)-[:ORGANIZATION]->(body)-[:SUB_ORGANIZATION_OF]->(platform)
WHERE $platform IS NULL OR platform.iri = $platform
MATCH (record)-[:MEMBER]->(organization)
OPTIONAL MATCH (record)-[:STATUS]->(status)
WITH * WHERE (status IS NULL OR status.notation IN ['stated', 'inferred'])
  AND coalesce(coalesce(record.validFromNotBefore, record.validFrom) <= $at, true)
  AND coalesce($at < coalesce(record.validToNotAfter, record.validTo), true)
WITH *, coalesce(coalesce(record.validFromNotAfter, record.validFrom, record.asOf, record.validFromNotBefore) <= $at, true)
  AND coalesce($at < coalesce(record.validToNotBefore, record.validTo), true) AS certain
WITH organization, collect(DISTINCT body) AS bodies, count(DISTINCT CASE WHEN certain THEN body END) AS sure
WHERE size(bodies) >= 2
RETURN organization, size(bodies) AS led, bodies, CASE WHEN sure >= 2 THEN 'certain' ELSE 'possible' END AS validity,
  organization.iri AS organization_id
ORDER BY led DESC, organization_id
