MATCH (record:PartnershipMembership)-[:ORGANIZATION]->(partnership)
MATCH (record)-[:MEMBER]->(member)-[:MUNICIPALITY|GOVERNS]->()-[:IN_PREFECTURE]->(prefecture)
OPTIONAL MATCH (record)-[:STATUS]->(status)
WITH * WHERE (status IS NULL OR status.notation IN ['stated', 'inferred'])
  AND coalesce(coalesce(record.validFromNotBefore, record.validFrom) <= $at, true)
  AND coalesce($at < coalesce(record.validToNotAfter, record.validTo), true)
WITH *, coalesce(coalesce(record.validFromNotAfter, record.validFrom, record.asOf, record.validFromNotBefore) <= $at, true)
  AND coalesce($at < coalesce(record.validToNotBefore, record.validTo), true) AS certain
WITH partnership, collect(DISTINCT prefecture) AS prefectures, count(DISTINCT member) AS members,
  count(DISTINCT CASE WHEN certain THEN prefecture END) AS sure
WHERE size(prefectures) >= 2
RETURN partnership, prefectures, members, CASE WHEN sure >= 2 THEN 'certain' ELSE 'possible' END AS validity,
  partnership.iri AS partnership_id
ORDER BY partnership.iri
