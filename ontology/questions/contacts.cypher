MATCH (contact:ContactPoint)-[:CONTACT_OF]->(organization)
OPTIONAL MATCH (organization)-[:SUB_ORGANIZATION_OF]->(part_of)
OPTIONAL MATCH (contact)-[:STATED_IN]->()-[:HAS_SOURCE*0..1]->(document:SourceDocument)
UNWIND coalesce(contact.officeName_ja, [null]) AS office
UNWIND coalesce(contact.telephone, [null]) AS telephone
UNWIND coalesce(contact.fax, [null]) AS fax
UNWIND coalesce(contact.email, [null]) AS email
RETURN DISTINCT organization, part_of, office, telephone, fax, email, document
ORDER BY organization.iri, coalesce(office, '')
