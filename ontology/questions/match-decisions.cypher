MATCH (decision:MatchDecision)-[:MATCHED]->(matched)
MATCH (decision)-[:ABOUT]->(organization)
MATCH (decision)-[:VERDICT]->(verdict) WHERE $verdict IS NULL OR verdict.iri = $verdict
UNWIND coalesce(decision.asWritten_ja, [null]) AS written
UNWIND coalesce(decision.reason_ja, [null]) AS reason
WITH decision, organization, verdict, reason, min(matched.iri) AS identifier, max(matched.iri) AS other_identifier,
  min(written) AS name, max(written) AS other_name
RETURN organization, verdict, name, other_name, decision.decisionDate AS decision_date, reason, identifier, other_identifier
ORDER BY coalesce(name, ''), coalesce(other_name, ''), organization.iri
