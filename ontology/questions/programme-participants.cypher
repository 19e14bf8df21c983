MATCH (record:ProgrammeParticipation)-[:PROGRAMME]->(programme) WHERE $programme IS NULL OR programme.iri = $programme
MATCH (record)-[:MEMBER]->(organization)
OPTIONAL MATCH (record)-[:STATUS]->(status)
WITH * WHERE (status IS NULL OR status.notation IN ['stated', 'inferred'])
UNWIND record.fiscalYear AS fiscal_year
WITH * WHERE $fiscal_year IS NULL OR fiscal_year = $fiscal_year
OPTIONAL MATCH (record)-[:BODY_CATEGORY]->(body_category)
WITH *, COUNT {
  MATCH (programme)<-[:PROGRAMME]-(other:ProgrammeParticipation)-[:MEMBER]->(organization)
  WHERE other.fiscalYear <= fiscal_year AND (NOT EXISTS { (other)-[:STATUS]->() }
    OR EXISTS { MATCH (other)-[:STATUS]->(known) WHERE known.notation IN ['stated', 'inferred'] })
  RETURN DISTINCT other.fiscalYear AS year
} AS known_ordinal
WHERE known_ordinal > 0
WITH DISTINCT programme, fiscal_year, record.round AS round, body_category, organization, known_ordinal,
  record.statedOrdinal AS stated_ordinal, record.decisionDate AS decision_date, status
ORDER BY programme.iri, fiscal_year, coalesce(round, -1), coalesce(body_category.iri, '') DESC, coalesce(organization.lgCode, ''), organization.iri
RETURN programme, fiscal_year, round, body_category, organization, known_ordinal, stated_ordinal,
  known_ordinal > 1 OR coalesce(stated_ordinal > 1, false) AS repeats, decision_date, status, organization.iri AS organization_id
