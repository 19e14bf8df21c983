// Shortcuts stand for the ties and memberships; what else leads on is stated by the body where the relationship starts.
MATCH (start:Resource {iri: $start})
MATCH (end:Resource {iri: $end}) WHERE start <> end
MATCH path = ALL SHORTEST (start) (
  (:Resource)-[hop:COLLABORATES_WITH|MEMBER_OF|SUB_ORGANIZATION_OF|HOST|REPRESENTED_BY]-(:Resource)
  WHERE coalesce(hop.status, startNode(hop).status, 'stated') IN ['stated', 'inferred']
    AND NOT coalesce(CASE WHEN hop.derived THEN hop.validFrom ELSE startNode(hop).validFrom END > $at, false)
    AND NOT coalesce(CASE WHEN hop.derived THEN hop.validTo ELSE startNode(hop).validTo END <= $at, false)
){1,4} (end)
WITH start, end, [node IN nodes(path) | node.iri] AS bodies, relationships(path) AS hops
WITH *, [hop IN hops | coalesce(hop.via, startNode(hop).iri)] AS records,
  [hop IN hops | coalesce(hop.status, startNode(hop).status, '') = 'inferred'] AS inferred
// Among the shortest, one that is stated rather than inferred.
ORDER BY inferred[0], coalesce(inferred[1], false), bodies, records LIMIT 1
UNWIND range(1, size(records)) AS step
MATCH (record:Resource {iri: records[step - 1]})
MATCH (from:Resource {iri: bodies[step - 1]})
MATCH (to:Resource {iri: bodies[step]})
UNWIND record.classes AS by
OPTIONAL MATCH (record)-[:STATED_IN]->(place)-[:HAS_SOURCE*0..1]->(document:SourceDocument)
OPTIONAL MATCH (place)-[:HAS_SELECTOR]->(selector) WHERE selector.exact IS NOT NULL
RETURN DISTINCT step, from, to, {iri: by} AS by, document, place.line AS line, selector.exact AS quote,
  start.iri AS start_id, end.iri AS end_id
ORDER BY step, by.iri, coalesce(document.iri, ''), coalesce(line, -1), coalesce(quote, '')
