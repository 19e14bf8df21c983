-- Where a thing belongs: its municipality, else what it governs, else the only area it reaches or, reaching none, serves.
SELECT subject AS id, coalesce(
  min(CASE WHEN property = 'municipality' THEN object END),
  min(CASE WHEN property = 'governs' THEN object END),
  CASE
    WHEN count(CASE WHEN property = 'reach' THEN 1 END) = 1 THEN min(CASE WHEN property = 'reach' THEN object END)
    WHEN count(CASE WHEN property = 'reach' THEN 1 END) = 0 AND count(CASE WHEN property = 'service_area' THEN 1 END) = 1
      THEN min(CASE WHEN property = 'service_area' THEN object END)
  END) AS area
FROM links
WHERE property IN ('municipality', 'governs', 'reach', 'service_area')
GROUP BY subject
