MATCH (record:PlatformMembership)-[:ORGANIZATION]->(platform:Resource {iri: $platform})
MATCH (record)-[:MEMBER]->(member)
OPTIONAL MATCH (record)-[:STATUS]->(status)
WITH * WHERE (status IS NULL OR status.notation IN ['stated', 'inferred'])
  AND coalesce(coalesce(record.validFromNotBefore, record.validFrom) <= $at, true)
  AND coalesce($at < coalesce(record.validToNotAfter, record.validTo), true)
WITH *, coalesce(coalesce(record.validFromNotAfter, record.validFrom, record.asOf, record.validFromNotBefore) <= $at, true)
  AND coalesce($at < coalesce(record.validToNotBefore, record.validTo), true) AS certain
OPTIONAL MATCH (record)-[:MEMBER_CLASS]->(member_class)
OPTIONAL MATCH (member)-[:SECTOR]->(sector)
UNWIND coalesce(record.publishable, [null]) AS publishable
UNWIND coalesce(member.statedSize, [null]) AS stated_size
WITH DISTINCT platform, member_class, member, publishable, sector, stated_size, status,
  CASE WHEN certain THEN 'certain' ELSE 'possible' END AS validity, record.validFrom AS valid_from, record.validTo AS valid_to,
  record.asOf AS as_of
ORDER BY coalesce(member_class.iri, ''), coalesce(member.lgCode, ''), coalesce(member.prefLabel_ja, ''), member.iri
RETURN platform, member_class, member, publishable, sector, stated_size, status, validity, valid_from, valid_to, as_of,
  member.iri AS member_id
