MATCH (record:PartnershipMembership)-[:ORGANIZATION]->(partnership:Resource {iri: $partnership})
MATCH (record)-[:MEMBER]->(member)
OPTIONAL MATCH (record)-[:STATUS]->(status)
WITH * WHERE (status IS NULL OR status.notation IN ['stated', 'inferred'])
  AND coalesce(coalesce(record.validFromNotBefore, record.validFrom) <= $at, true)
  AND coalesce($at < coalesce(record.validToNotAfter, record.validTo), true)
WITH *, coalesce(coalesce(record.validFromNotAfter, record.validFrom, record.asOf, record.validFromNotBefore) <= $at, true)
  AND coalesce($at < coalesce(record.validToNotBefore, record.validTo), true) AS certain
OPTIONAL MATCH (record)-[:ROLE]->(role)
OPTIONAL MATCH (member)-[:MUNICIPALITY|GOVERNS]->(area) WHERE area.areaCode IS NOT NULL
OPTIONAL MATCH (area)-[:IN_PREFECTURE]->(prefecture)
UNWIND coalesce(area.areaCode, [null]) AS area_code
UNWIND coalesce(area.district_ja, [null]) AS district
RETURN DISTINCT partnership, member, role, prefecture, district, area_code, status,
  CASE WHEN certain THEN 'certain' ELSE 'possible' END AS validity, record.validFrom AS valid_from,
  record.validFromNotBefore AS from_not_before, record.validFromNotAfter AS from_not_after, record.validTo AS valid_to,
  member.iri AS member_id
ORDER BY partnership.iri, coalesce(role.iri, ''), coalesce(area_code, ''), member_id
