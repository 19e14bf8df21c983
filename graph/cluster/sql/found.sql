-- Who supports each cell, from how near: 0 in the municipality, 1 to 3 from a wider unit, 9 only planned.
SELECT c.area, f.place AS field, o.body, min(CASE WHEN o.is_planned THEN 9 ELSE c.step END) AS step
FROM containing c
JOIN offers o ON o.unit = c.unit
JOIN scope_fields f ON f.field = o.field
GROUP BY c.area, f.place, o.body
