MATCH (tie:CollaborationTie)-[:TIE_FROM]->(from)
MATCH (tie)-[:TIE_TO]->(to) WHERE $body IS NULL OR $body IN [from.iri, to.iri]
MATCH (tie)-[:TIE_KIND]->(tie_kind) WHERE $tie_kind IS NULL OR tie_kind.iri = $tie_kind
OPTIONAL MATCH (tie)-[:STATUS]->(status)
WITH * WHERE coalesce(coalesce(tie.validFromNotBefore, tie.validFrom) <= $at, true)
  AND coalesce($at < coalesce(tie.validToNotAfter, tie.validTo), true)
WITH *, (status IS NULL OR coalesce(status.notation IN ['stated', 'inferred'], false))
  AND coalesce(coalesce(tie.validFromNotAfter, tie.validFrom, tie.asOf, tie.validFromNotBefore) <= $at, true)
  AND coalesce($at < coalesce(tie.validToNotBefore, tie.validTo), true) AS certain
UNWIND coalesce(tie.basis_ja, [null]) AS basis
RETURN DISTINCT from, to, tie_kind, tie.directed AS directed, toFloat(tie.strength) AS strength, basis, status,
  CASE WHEN certain THEN 'certain' ELSE 'possible' END AS validity, tie.iri AS tie_id
ORDER BY coalesce(status.iri, ''), from.iri, to.iri, tie_kind.iri
