MATCH (municipality:AdministrativeArea {iri: $municipality})
MATCH (service:SupportService)-[:SERVICE_AREA]->(area)
WHERE area = municipality OR area.iri = 'https://w3id.org/tsunagari/id/area/00000'
  OR EXISTS { (municipality)-[:IN_PREFECTURE]->(area) }
  OR EXISTS { (area)<-[:ORIGINAL_ORGANIZATION]-()-[:RESULTING_ORGANIZATION]->(municipality) }
  OR EXISTS { (area)<-[:ORGANIZATION]-(:PartnershipMembership)-[:MEMBER]->()-[:MUNICIPALITY|GOVERNS]->(municipality) }
MATCH (service)-[:PROVIDED_BY]->(provider)
OPTIONAL MATCH (service)-[:STATUS]->(status)
WITH * WHERE (status IS NULL OR status.notation IN ['stated', 'inferred'])
  AND coalesce(coalesce(service.validFromNotBefore, service.validFrom) <= $at, true)
  AND coalesce($at < coalesce(service.validToNotAfter, service.validTo), true)
WITH *, coalesce(coalesce(service.validFromNotAfter, service.validFrom, service.asOf, service.validFromNotBefore) <= $at, true)
  AND coalesce($at < coalesce(service.validToNotBefore, service.validTo), true) AS certain
RETURN DISTINCT municipality, service, provider,
  COLLECT { MATCH (service)-[:SUPPORT_FIELD]->(field) RETURN DISTINCT field } AS fields, [] + coalesce(service.serviceType_ja, []) AS kinds,
  COLLECT { MATCH (service)-[:CHANNEL]->(channel) RETURN DISTINCT channel } AS channels, area, status,
  CASE WHEN certain THEN 'certain' ELSE 'possible' END AS validity, service.iri AS service_id
ORDER BY area <> municipality, service_id
