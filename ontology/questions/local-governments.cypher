MATCH (government:LocalGovernment)-[:GOVERNS]->(area:AdministrativeArea)-[:AREA_KIND]->(area_kind)
OPTIONAL MATCH (area)-[:IN_PREFECTURE]->(prefecture)
WITH * WHERE $prefecture IS NULL OR coalesce(prefecture, area).iri = $prefecture
UNWIND area.areaCode AS area_code
UNWIND coalesce(area.district_ja, [null]) AS district
UNWIND coalesce(government.reading_ja_hira, [null]) AS reading
UNWIND coalesce(government.lgCode, [null]) AS lg_code
UNWIND coalesce(government.corporateNumber, [null]) AS corporate_number
RETURN DISTINCT prefecture, district, area, area_kind, area_code, government, reading, lg_code, corporate_number
ORDER BY area_code
