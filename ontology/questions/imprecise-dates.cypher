// The last pair bounds the one date of a thing: its issue, its decision or the day it speaks of.
UNWIND [
  {date: 'https://w3id.org/tsunagari/ont#validFrom', low: 'validFromNotBefore', high: 'validFromNotAfter'},
  {date: 'https://w3id.org/tsunagari/ont#validTo', low: 'validToNotBefore', high: 'validToNotAfter'},
  {low: 'notBefore', high: 'notAfter'}
] AS pair
MATCH (record:Resource)-[:PRECISION]->(precision)
WITH *, record[pair.low] AS earliest, record[pair.high] AS latest
WHERE earliest IS NOT NULL OR latest IS NOT NULL
OPTIONAL MATCH (record)-[:MEMBER|TIE_FROM|ABOUT]->(who)
UNWIND record.classes AS kind
UNWIND coalesce(record.dateAsWritten_ja, [null]) AS written
UNWIND coalesce(record.dateRule, [null]) AS read_by
WITH *, coalesce(who, record) AS subject ORDER BY coalesce(written, ''), coalesce(read_by, '')
WITH subject, kind, pair, record, precision, earliest, latest, collect(DISTINCT written) AS texts, collect(DISTINCT read_by) AS rules
ORDER BY earliest IS NOT NULL, earliest, latest IS NOT NULL, latest, subject.iri, record.iri, coalesce(pair.date, '')
RETURN subject, {iri: kind} AS kind, CASE WHEN pair.date IS NOT NULL THEN {iri: pair.date} END AS date,
  texts AS date_as_written, precision,
  rules AS rule, earliest, latest
