// An end is the first day on which it no longer holds.
UNWIND [
  {change: 'began', day: 'validFrom', low: 'validFromNotBefore', high: 'validFromNotAfter'},
  {change: 'ended', day: 'validTo', low: 'validToNotBefore', high: 'validToNotAfter'}
] AS edge
MATCH (record:Resource) WHERE record[edge.day] IS NOT NULL OR record[edge.low] IS NOT NULL
WITH *, coalesce(record[edge.low], record[edge.day]) AS earliest, coalesce(record[edge.high], record[edge.day]) AS latest
WHERE earliest <= $at AND latest > $since
OPTIONAL MATCH (record)-[:STATUS]->(status)
WITH * WHERE status IS NULL OR status.notation IN ['stated', 'inferred']
OPTIONAL MATCH (record)-[:MEMBER|TIE_FROM]->(who)
OPTIONAL MATCH (record)-[:ORGANIZATION|TIE_TO|PROGRAMME]->(object)
UNWIND record.classes AS kind
RETURN DISTINCT edge.change AS change, {iri: kind} AS kind, coalesce(who, record) AS subject, object, earliest, latest,
  CASE WHEN earliest > $since AND latest <= $at THEN 'certain' ELSE 'possible' END AS validity, status
ORDER BY earliest, latest, change, kind.iri, subject.iri, coalesce(object.iri, '')
