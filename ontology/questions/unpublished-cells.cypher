MATCH (cells:UnpublishedCells)-[:UNPUBLISHED_IN]->(area)
MATCH (cells)-[:SUPPORT_FIELD]->(field)
OPTIONAL MATCH (edition:PublicEdition)
UNWIND coalesce(area.areaCode, [null]) AS area_code
RETURN DISTINCT area, field, edition.asOf AS day, area_code
ORDER BY coalesce(area_code, ''), area.iri, field.iri
