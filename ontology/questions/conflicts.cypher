MATCH (conflict:ConflictSet)-[:ABOUT]->(about)
MATCH (conflict)-[:CLAIM]->(claimed)
OPTIONAL MATCH (conflict)-[:PREFERRED_IN]->(chosen)
OPTIONAL MATCH (claimed)-[:STATUS]->(claim_status)
OPTIONAL MATCH (claimed)-[:MEMBER]->(member)
OPTIONAL MATCH (claimed)-[:STATED_IN]->(place)-[:HAS_SOURCE*0..1]->(document:SourceDocument)
OPTIONAL MATCH (place)-[:HAS_SELECTOR]->(selector) WHERE selector.exact IS NOT NULL
UNWIND coalesce(conflict.reason_ja, [null]) AS reason
RETURN DISTINCT about, coalesce(member, claimed) AS claim, claim_status, claimed = chosen AS preferred, document,
  place.line AS line, selector.exact AS quote, reason
ORDER BY about.iri, coalesce(preferred, false) DESC, claim.iri, coalesce(line, -1), coalesce(quote, '')
