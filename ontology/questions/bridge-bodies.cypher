CALL () {
  // Prefectures of the bodies it has a tie with; in a partnership the agreements run between the core and each partner.
  CALL () {
    MATCH (record:CollaborationTie)-[:TIE_FROM|TIE_TO]->(organization)
    MATCH (record)-[:TIE_FROM|TIE_TO]->(neighbour)
    RETURN record, organization, neighbour
    UNION
    MATCH (record:PartnershipMembership)-[:ROLE]->(:Resource {iri: 'https://w3id.org/tsunagari/scheme/role/partner'})
    MATCH (record)-[:MEMBER]->(neighbour)
    MATCH (record)-[:ORGANIZATION]->(partnership)
    MATCH (core:PartnershipMembership)-[:ORGANIZATION]->(partnership)
    MATCH (core)-[:ROLE]->(:Resource {iri: 'https://w3id.org/tsunagari/scheme/role/core'})
    MATCH (core)-[:MEMBER]->(organization)
    RETURN record, organization, neighbour
  }
  WITH * WHERE neighbour <> organization
  MATCH (neighbour)-[:MUNICIPALITY|GOVERNS]->()-[:IN_PREFECTURE]->(group)
  RETURN record, organization, group, 'https://w3id.org/tsunagari/ont#inPrefecture' AS property
  UNION
  // Fields of the services and activities it provides.
  MATCH (record)-[:PROVIDED_BY|CARRIED_OUT_BY]->(organization)
  MATCH (record)-[:SUPPORT_FIELD]->(group)
  RETURN record, organization, group, 'https://w3id.org/tsunagari/ont#supportField' AS property
}
WITH * WHERE NOT organization:UnnamedGroup
OPTIONAL MATCH (record)-[:STATUS]->(status)
WITH * WHERE (status IS NULL OR status.notation IN ['stated', 'inferred'])
  AND coalesce(coalesce(record.validFromNotBefore, record.validFrom) <= $at, true)
  AND coalesce($at < coalesce(record.validToNotAfter, record.validTo), true)
WITH *, coalesce(coalesce(record.validFromNotAfter, record.validFrom, record.asOf, record.validFromNotBefore) <= $at, true)
  AND coalesce($at < coalesce(record.validToNotBefore, record.validTo), true) AS certain
WITH organization, property, collect(DISTINCT group) AS connected, count(DISTINCT CASE WHEN certain THEN group END) AS sure
WHERE size(connected) >= 2
RETURN organization, {iri: property} AS between, size(connected) AS number, connected,
  CASE WHEN sure >= 2 THEN 'certain' ELSE 'possible' END AS validity, organization.iri AS organization_id
ORDER BY property, number DESC, organization.iri
