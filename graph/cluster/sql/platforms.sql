-- The platforms that reach each unit, by name: whom to ask for a list that would settle an unknown cell.
SELECT DISTINCT h.id, h.name_ja, h.name_en, u.unit
FROM held h
JOIN links r ON r.subject = h.id AND r.property = 'reach'
JOIN areas u ON u.area = r.object
WHERE h.is_platform AND NOT h.is_planned
