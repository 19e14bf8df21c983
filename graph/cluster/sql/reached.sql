-- Which body belongs to a platform that reaches which unit; a part of a platform stands for the platform, partnerships do not count.
WITH reaching AS (SELECT id FROM held WHERE is_collaboration AND NOT is_partnership AND NOT is_planned),
joined AS (
  SELECT m.object AS body, CASE WHEN g.is_platform_part THEN w.whole ELSE e.organization END AS platform
  FROM held h
  JOIN ends e ON e.id = h.id
  JOIN links m ON m.subject = h.id AND m.property = 'member'
  LEFT JOIN things g ON g.id = e.organization
  LEFT JOIN ends w ON w.id = e.organization
  WHERE h.relation IN ('PlatformMembership', 'RoleHolding') AND NOT h.is_planned
  UNION ALL
  SELECT object, subject FROM links WHERE property = 'host')
SELECT DISTINCT b.body, u.unit
FROM joined b
JOIN reaching p ON p.id = b.platform
JOIN links r ON r.subject = p.id AND r.property = 'reach'
JOIN areas u ON u.area = r.object
