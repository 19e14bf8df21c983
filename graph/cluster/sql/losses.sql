-- Every cell whose status or severity would be another one without one of those who support it or plan to.
WITH linked AS (SELECT area, field, count(*) AS number FROM connecting GROUP BY area, field),
without AS (
  SELECT s.body, c.area, c.field, c.status AS before, c.severity, c.filled,
    c.here - CASE WHEN s.step = 0 THEN 1 ELSE 0 END AS here,
    c.wide - CASE WHEN s.step BETWEEN 1 AND 3 THEN 1 ELSE 0 END AS wide,
    c.planned - CASE WHEN s.step = 9 THEN 1 ELSE 0 END AS planned,
    coalesce(l.number, 0) - CASE WHEN k.body IS NULL THEN 0 ELSE 1 END AS connecting,
    c.closed
  FROM found s
  JOIN cells c ON c.area = s.area AND c.field = s.field
  LEFT JOIN linked l ON l.area = s.area AND l.field = s.field
  LEFT JOIN connecting k ON k.area = s.area AND k.field = s.field AND k.body = s.body),
left_over AS (
  SELECT *, CASE WHEN here > 1 THEN 'multiple' WHEN here = 1 THEN 'single' WHEN wide > 0 THEN 'wide_only'
    WHEN closed >= 0 OR before <> 'unknown' THEN 'none' ELSE 'unknown' END AS after
  FROM without),
weighed AS (
  SELECT w.body, w.area, w.field, w.before, w.after, greatest(round(round(
      s.weight * coalesce(w.filled / nullif(m.most, 0), 0) * CASE WHEN w.planned > 0 THEN s.with_plan ELSE 1 END
      * CASE WHEN w.connecting > 0 THEN s.with_platform ELSE 1 END, 6) - w.severity, 6), 0) AS severity
  FROM left_over w
  JOIN statuses s ON s.status = w.after
  CROSS JOIN (SELECT max(filled) AS most FROM needed) m)
SELECT * FROM weighed WHERE before <> 'withheld' AND (before <> after OR severity <> 0)
