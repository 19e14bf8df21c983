-- Who offers which field in which unit, and what states it first: support for its service areas, else where its provider
-- is based; and the fields that a body names itself, where no support of its own says more about them.
WITH placed AS (
  SELECT g.thing, g.body, g.field, h.is_planned, coalesce(a.object, o.area) AS area
  FROM given g
  JOIN held h ON h.id = g.thing
  LEFT JOIN links a ON a.subject = g.thing AND a.property = 'service_area'
  LEFT JOIN homes o ON o.id = g.body
  UNION ALL
  SELECT h.id, h.id, w.object, h.is_planned, o.area
  FROM held h
  JOIN links w ON w.subject = h.id AND w.property = 'support_field'
  JOIN scope_fields f ON f.field = w.object
  JOIN homes o ON o.id = h.id
  LEFT JOIN (SELECT DISTINCT body, field FROM given) t ON t.body = h.id AND t.field = w.object
  WHERE h.is_body AND t.body IS NULL)
SELECT p.body, p.field, u.unit, p.is_planned, min(p.thing) AS stated
FROM placed p JOIN areas u ON u.area = p.area
GROUP BY p.body, p.field, u.unit, p.is_planned
