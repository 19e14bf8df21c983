MATCH (statement)-[:STATED_IN]->(place)-[:HAS_SOURCE*0..1]->(document:SourceDocument {iri: $document})
OPTIONAL MATCH (place)-[:HAS_SELECTOR]->(selector) WHERE selector.exact IS NOT NULL
OPTIONAL MATCH (statement)-[:STATUS]->(status)
CALL (statement) {
  OPTIONAL MATCH (statement)-[:MEMBER|TIE_FROM|ABOUT|CONTACT_OF|TERM]->(named)
  WITH statement, collect(named) AS named
  OPTIONAL MATCH (statement)-[:FROM_HOLDING]->()-[:MEMBER]->(giver)
  WITH named, collect(giver) AS givers
  WITH named + givers AS found
  UNWIND CASE found WHEN [] THEN [null] ELSE found END AS who
  RETURN DISTINCT who
}
CALL (statement) {
  OPTIONAL MATCH (statement)-[:ORGANIZATION|TIE_TO|PROGRAMME]->(named)
  WITH statement, collect(named) AS named
  OPTIONAL MATCH (statement)-[:TO_HOLDING]->()-[:MEMBER]->(taker)
  WITH named, collect(taker) AS takers
  WITH named + takers AS found
  UNWIND CASE found WHEN [] THEN [null] ELSE found END AS what
  RETURN DISTINCT what
}
OPTIONAL MATCH (statement)-[:CONSTITUENT_TYPE|SUPPORT_FIELD|DEPARTMENT]->(part) WHERE statement:CompositionStatement
UNWIND statement.classes AS kind
UNWIND coalesce(place.page, [null]) AS page
RETURN DISTINCT document, place.line AS line, page, selector.exact AS quote, {iri: kind} AS kind,
  coalesce(who, statement) AS subject, coalesce(what, part) AS object, status, statement.iri AS statement_id
ORDER BY document.iri, coalesce(line, -1), coalesce(page, ''), coalesce(quote, ''), kind.iri, statement_id
