MATCH (partnership:RegionalPartnership)
OPTIONAL MATCH (core)-[:CORE_OF]->(partnership)
OPTIONAL MATCH (partner)-[:PARTNER_OF]->(partnership)
OPTIONAL MATCH (partnership)-[:REACH]->(area)
RETURN partnership, core, count(DISTINCT partner) AS partners, collect(DISTINCT partner) AS partner_names,
  collect(DISTINCT area) AS reach
ORDER BY partnership.iri, coalesce(core.iri, '')
