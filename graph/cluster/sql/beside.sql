-- How many who do not support a cell support the same field in another municipality of a partnership, or across the border.
WITH others AS (
  SELECT DISTINCT s.area, q.unit, 'partner' AS how
  FROM scope_areas s
  JOIN partnerships p ON p.unit = s.unit
  JOIN partnerships q ON q.partnership = p.partnership
  WHERE q.unit <> s.unit
  UNION ALL
  SELECT s.area, b.other, 'border' FROM scope_areas s JOIN borders b ON b.unit = s.unit WHERE b.other <> s.unit)
SELECT x.area, f.place AS field,
  count(DISTINCT CASE WHEN x.how = 'partner' THEN o.body END) AS partnership,
  count(DISTINCT CASE WHEN x.how = 'border' THEN o.body END) AS adjacent
FROM others x
JOIN offers o ON o.unit = x.unit AND NOT o.is_planned
JOIN scope_fields f ON f.field = o.field
LEFT JOIN found s ON s.area = x.area AND s.field = f.place AND s.body = o.body AND s.step < 9
WHERE s.body IS NULL
GROUP BY x.area, f.place
