// A platform reaches the areas that it names; a partnership reaches its members, each from the day it joined.
CALL () {
  MATCH (record:Platform)-[:REACH]->(reached)
  WHERE NOT EXISTS { (record)-[:SCOPE_LEVEL]->(:Resource {iri: 'https://w3id.org/tsunagari/scheme/scope-level/national'}) }
  RETURN record, record AS collaboration, reached
  UNION
  MATCH (record:PartnershipMembership)-[:ORGANIZATION]->(collaboration)
  MATCH (record)-[:MEMBER]->()-[:MUNICIPALITY|GOVERNS]->(reached)
  RETURN record, collaboration, reached
}
MATCH (municipality)-[:IN_PREFECTURE*0..1]->(reached)
MATCH (municipality)-[:IN_PREFECTURE]->(prefecture) WHERE municipality <> prefecture
OPTIONAL MATCH (record)-[:STATUS]->(status)
WITH * WHERE (status IS NULL OR status.notation IN ['stated', 'inferred'])
  AND coalesce(coalesce(record.validFromNotBefore, record.validFrom) <= $at, true)
  AND coalesce($at < coalesce(record.validToNotAfter, record.validTo), true)
WITH *, coalesce(coalesce(record.validFromNotAfter, record.validFrom, record.asOf, record.validFromNotBefore) <= $at, true)
  AND coalesce($at < coalesce(record.validToNotBefore, record.validTo), true) AS certain
UNWIND municipality.areaCode AS area_code
WITH municipality, prefecture, area_code, collect(DISTINCT collaboration) AS reached_by,
  count(DISTINCT CASE WHEN certain THEN collaboration END) AS sure
WHERE size(reached_by) >= 2
RETURN municipality, prefecture, reached_by, size(reached_by) AS count,
  CASE WHEN sure >= 2 THEN 'certain' ELSE 'possible' END AS validity, area_code
ORDER BY area_code
