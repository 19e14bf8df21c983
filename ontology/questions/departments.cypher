CALL () {
  MATCH (unit:Department)
  OPTIONAL MATCH (unit)-[:SUB_ORGANIZATION_OF]->(organization)
  RETURN unit, organization, 'https://w3id.org/tsunagari/ont#Department' AS class
  UNION
  MATCH (unit:InternalCoordinationBody)
  OPTIONAL MATCH (unit)-[:HOST]->(organization)
  RETURN unit, organization, 'https://w3id.org/tsunagari/ont#InternalCoordinationBody' AS class
}
OPTIONAL MATCH (unit)-[:STATUS]->(status)
UNWIND coalesce(unit.dateAsWritten_ja, [null]) AS date_as_written
RETURN DISTINCT organization, unit, {iri: class} AS kind, unit.validFrom AS since, date_as_written, status, unit.iri AS unit_id
ORDER BY coalesce(organization.iri, ''), kind.iri, unit_id
