MATCH (correction:Correction)-[:ABOUT]->(node)
MATCH (correction)-[:CORRECTION_KIND]->(correction_kind)
WHERE $correction_kind IS NULL OR correction_kind.iri = $correction_kind
OPTIONAL MATCH (node)-[:MEMBER]->(member)
OPTIONAL MATCH (correction)-[:STATED_IN]->(place)-[:HAS_SOURCE]->(document)
UNWIND correction.asWritten_ja AS as_written
UNWIND correction.correctedTo_ja AS corrected_to
UNWIND coalesce(correction.reason_ja, [null]) AS reason
RETURN DISTINCT coalesce(member, node) AS about, correction_kind, as_written, corrected_to, reason, document, place.line AS line
ORDER BY coalesce(document.iri, ''), coalesce(line, -1), as_written
