MATCH (plan)-[:STATUS]->(status) WHERE status.notation IN ['planned', 'under-consideration', 'desired']
WITH plan, status, coalesce(plan.validFromNotBefore, plan.validFrom) AS earliest,
  coalesce(plan.validToNotAfter, plan.validTo, plan.validFromNotAfter, plan.validFrom) AS latest
// An end is the first day on which it no longer holds, so that day itself has passed.
WHERE CASE WHEN plan.validTo IS NOT NULL OR plan.validToNotAfter IS NOT NULL THEN latest <= $at ELSE latest < $at END
UNWIND plan.classes AS kind
// Outcomes: a result of it, the same body in the same place, or another of its series, stated as a fact.
WITH * WHERE NOT EXISTS {
  MATCH (result)-[:RESULT_OF]->(plan)
  MATCH (result)-[:STATUS]->(:Resource {iri: 'https://w3id.org/tsunagari/scheme/claim-status/stated'})
} AND NOT EXISTS {
  MATCH (plan)-[:MEMBER]->(member)<-[:MEMBER]-(fact)
  MATCH (plan)-[:ORGANIZATION]->(place)<-[:ORGANIZATION]-(fact)
  MATCH (fact)-[:STATUS]->(:Resource {iri: 'https://w3id.org/tsunagari/scheme/claim-status/stated'})
  WHERE kind IN fact.classes
} AND NOT EXISTS {
  MATCH (plan)-[:ORGANIZED_BY_PLATFORM]->(platform)<-[:ORGANIZED_BY_PLATFORM]-(held)
  MATCH (held)-[:STATUS]->(:Resource {iri: 'https://w3id.org/tsunagari/scheme/claim-status/stated'})
  WHERE any(series IN [] + plan.series_ja WHERE series IN [] + held.series_ja)
    AND held.validFrom IS NOT NULL AND (earliest IS NULL OR held.validFrom >= earliest)
}
OPTIONAL MATCH (plan)-[:CARRIED_OUT_BY|MEMBER|PROVIDED_BY|HOST]->(by)
OPTIONAL MATCH (plan)-[:STATED_IN]->(place)-[:HAS_SOURCE]->(document)
UNWIND coalesce(plan.dateAsWritten_ja, [null]) AS as_written
RETURN DISTINCT plan, {iri: kind} AS kind, status, earliest, latest, as_written, by, document, place.line AS line, plan.iri AS plan_id
ORDER BY latest, plan_id, coalesce(by.iri, ''), coalesce(line, -1)
