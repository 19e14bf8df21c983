// Claims that were corrected, superseded or disputed are left to the questions about them.
MATCH (record)-[:ROLE]->(:Resource {iri: 'https://w3id.org/tsunagari/scheme/role/secretariat'})
MATCH (record)-[:STATUS]->(status) WHERE status.notation IN ['stated', 'inferred', 'planned', 'under-consideration', 'desired']
MATCH (record)-[:ORGANIZATION]->(platform) WHERE $platform IS NULL OR platform.iri = $platform
MATCH (record)-[:MEMBER]->(holder)
WITH * WHERE coalesce(coalesce(record.validFromNotBefore, record.validFrom) <= $at, true)
  AND coalesce($at < coalesce(record.validToNotAfter, record.validTo), true)
WITH *, status.notation IN ['stated', 'inferred'] AS held,
  coalesce(coalesce(record.validFromNotAfter, record.validFrom, record.asOf, record.validFromNotBefore) <= $at, true)
  AND coalesce($at < coalesce(record.validToNotBefore, record.validTo), true) AS certain
OPTIONAL MATCH (record)<-[:TO_HOLDING]-()-[:FROM_HOLDING]->()-[:MEMBER]->(taken_over_from)
WITH DISTINCT platform, holder, status, held, held AND certain AS sure, taken_over_from, record.validFrom AS valid_from,
  record.validTo AS valid_to, record.asOf AS as_of
ORDER BY platform.iri, NOT held, holder.iri
RETURN platform, holder, status, CASE WHEN sure THEN 'certain' ELSE 'possible' END AS validity, taken_over_from, valid_from,
  valid_to, as_of, holder.iri AS holder_id
