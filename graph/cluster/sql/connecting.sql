-- Who of those that support a cell belongs to a platform that reaches the municipality or what contains it.
SELECT DISTINCT s.area, s.field, s.body
FROM found s
JOIN reached r ON r.body = s.body
JOIN containing c ON c.area = s.area AND c.unit = r.unit
WHERE s.step < 9
