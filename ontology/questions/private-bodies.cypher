MATCH (organization:StakeholderOrganization)
OPTIONAL MATCH (organization)-[:SECTOR]->(sector)
WITH * WHERE $sector IS NULL OR sector.iri = $sector
OPTIONAL MATCH (organization)-[:NAME_KIND]->(name_kind)
OPTIONAL MATCH (organization)-[:LEGAL_FORM]->(legal_form)
UNWIND coalesce(organization.reading_ja_hira, [null]) AS reading
UNWIND coalesce(organization.corporateNumber, [null]) AS corporate_number
RETURN DISTINCT organization, reading, name_kind, sector, legal_form, corporate_number, organization.iri AS organization_id
ORDER BY coalesce(sector.iri, ''), coalesce(reading, ''), organization_id
