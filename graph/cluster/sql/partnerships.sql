-- The municipalities of each partnership: the homes of its members, else what it reaches.
WITH joined AS (
  SELECT DISTINCT e.organization AS partnership, u.unit
  FROM held h
  JOIN ends e ON e.id = h.id
  JOIN things b ON b.id = e.member AND b.is_organization
  JOIN homes o ON o.id = e.member
  JOIN areas u ON u.area = o.area
  WHERE h.relation = 'PartnershipMembership' AND NOT h.is_planned AND e.organization IS NOT NULL)
SELECT partnership, unit FROM joined
UNION ALL
SELECT DISTINCT t.id, u.unit
FROM things t
JOIN links r ON r.subject = t.id AND r.property = 'reach'
JOIN areas u ON u.area = r.object
LEFT JOIN (SELECT DISTINCT partnership FROM joined) j ON j.partnership = t.id
WHERE t.is_partnership AND j.partnership IS NULL
