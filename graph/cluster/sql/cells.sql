-- Coverage: every municipality and field of the scope, whether anybody wrote about it or not.
WITH counted AS (
  SELECT area, field,
    sum(CASE WHEN step = 0 THEN 1 ELSE 0 END) AS here,
    sum(CASE WHEN step BETWEEN 1 AND 3 THEN 1 ELSE 0 END) AS wide,
    sum(CASE WHEN step = 9 THEN 1 ELSE 0 END) AS planned
  FROM found GROUP BY area, field),
known AS (
  SELECT a.area, f.place AS field, coalesce(c.here, 0) AS here, coalesce(c.wide, 0) AS wide, coalesce(c.planned, 0) AS planned,
    coalesce(b.partnership, 0) AS partnership,
    CASE WHEN m.unit IS NOT NULL THEN coalesce(b.adjacent, 0) END AS adjacent,
    k.area IS NOT NULL AS connected,
    CASE WHEN l.found THEN -1 ELSE coalesce(l.number, -1) END AS closed, u.status AS told
  FROM scope_areas a
  CROSS JOIN scope_fields f
  LEFT JOIN counted c ON c.area = a.area AND c.field = f.place
  LEFT JOIN beside b ON b.area = a.area AND b.field = f.place
  LEFT JOIN (SELECT DISTINCT unit FROM borders) m ON m.unit = a.unit
  LEFT JOIN (SELECT DISTINCT area, field FROM connecting) k ON k.area = a.area AND k.field = f.place
  LEFT JOIN spoken l ON l.area = a.area AND l.field = f.place
  LEFT JOIN unpublished u ON u.unit = a.unit AND u.field = f.field),
named AS (
  SELECT *, CASE WHEN told = 'withheld' THEN told WHEN here > 1 THEN 'multiple' WHEN here = 1 THEN 'single' WHEN wide > 0 THEN 'wide_only'
    WHEN closed >= 0 AND told IS NULL THEN 'none' ELSE 'unknown' END AS status
  FROM known)
SELECT c.*, n.need, n.filled, round(s.weight * coalesce(n.filled / nullif(max(n.filled) OVER (), 0), 0)
    * CASE WHEN c.planned > 0 THEN s.with_plan ELSE 1 END * CASE WHEN c.connected THEN s.with_platform ELSE 1 END, 6) AS severity
FROM named c
JOIN needed n ON n.area = c.area
JOIN statuses s ON s.status = c.status
