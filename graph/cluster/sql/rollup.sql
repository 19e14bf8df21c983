-- Coverage put together over groups of municipalities and of fields; a body counts once in a group, from its nearest cell.
WITH members AS (
  SELECT g.area_group, h.field_group, c.area, c.field, c.status, c.need
  FROM cells c
  JOIN area_groups g ON g.area = c.area
  JOIN field_groups h ON h.field = c.field),
bodies AS (
  SELECT area_group, field_group,
    sum(CASE WHEN step = 0 THEN 1 ELSE 0 END) AS here,
    sum(CASE WHEN step BETWEEN 1 AND 3 THEN 1 ELSE 0 END) AS wide,
    sum(CASE WHEN step = 9 THEN 1 ELSE 0 END) AS planned
  FROM (
    SELECT m.area_group, m.field_group, s.body, min(s.step) AS step
    FROM members m JOIN found s ON s.area = m.area AND s.field = m.field
    GROUP BY m.area_group, m.field_group, s.body) nearest
  GROUP BY area_group, field_group),
supported AS (
  SELECT m.area_group, m.field_group, m.area,
    count(DISTINCT CASE WHEN s.step = 0 THEN s.body END) AS here,
    count(DISTINCT CASE WHEN s.step BETWEEN 1 AND 3 THEN s.body END) AS wide
  FROM members m JOIN found s ON s.area = m.area AND s.field = m.field
  GROUP BY m.area_group, m.field_group, m.area),
towns AS (
  SELECT m.area_group, m.field_group, m.area, max(coalesce(m.need, 0)) AS need,
    min(CASE WHEN m.status = 'none' THEN 1 ELSE 0 END) AS is_none,
    max(CASE WHEN m.status = 'withheld' THEN 1 ELSE 0 END) AS is_withheld
  FROM members m GROUP BY m.area_group, m.field_group, m.area),
judged AS (
  SELECT t.*, coalesce(s.here, 0) AS here, CASE WHEN s.here > 1 THEN 'multiple' WHEN t.is_withheld = 1 THEN 'withheld' WHEN s.here = 1 THEN 'single'
    WHEN s.wide > 0 THEN 'wide_only' WHEN t.is_none = 1 THEN 'none' ELSE 'unknown' END AS status
  FROM towns t
  LEFT JOIN supported s ON s.area_group = t.area_group AND s.field_group = t.field_group AND s.area = t.area)
SELECT j.area_group, j.field_group,
  CASE WHEN max(b.here) > 1 THEN 'multiple' WHEN max(j.is_withheld) = 1 THEN 'withheld' WHEN max(b.here) = 1 THEN 'single' WHEN max(b.wide) > 0 THEN 'wide_only'
    WHEN min(j.is_none) = 1 THEN 'none' ELSE 'unknown' END AS status,
  coalesce(max(b.here), 0) AS here, coalesce(max(b.wide), 0) AS wide, coalesce(max(b.planned), 0) AS planned,
  count(*) AS municipalities, sum(j.need) AS need,
  sum(CASE WHEN j.here = 0 AND j.status <> 'withheld' THEN j.need ELSE 0 END) AS need_without_local,
  sum(CASE WHEN j.status = 'multiple' THEN 1 ELSE 0 END) AS multiple,
  sum(CASE WHEN j.status = 'single' THEN 1 ELSE 0 END) AS single,
  sum(CASE WHEN j.status = 'wide_only' THEN 1 ELSE 0 END) AS wide_only,
  sum(CASE WHEN j.status = 'none' THEN 1 ELSE 0 END) AS none,
  sum(CASE WHEN j.status = 'unknown' THEN 1 ELSE 0 END) AS unknown
FROM judged j
LEFT JOIN bodies b ON b.area_group = j.area_group AND b.field_group = j.field_group
GROUP BY j.area_group, j.field_group
