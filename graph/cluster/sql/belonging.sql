-- Who belongs to which platform, body, partnership or programme, and whether as its core; who holds a role stands for the role.
SELECT p.member, p.whole, max(p.core) AS core, sum(p.weight) AS weight
FROM (
  SELECT coalesce(m.member, e.member) AS member, coalesce(w.member, e.organization) AS whole,
    CASE WHEN h.relation <> 'PlatformMembership' AND right(e.role, 5) IN ('/core', '#core') THEN 1 ELSE 0 END AS core, coalesce(h.strength, 1) AS weight
  FROM held h
  JOIN ends e ON e.id = h.id
  LEFT JOIN (SELECT t.id, x.member FROM things t JOIN ends x ON x.id = t.id WHERE t.relation = 'RoleHolding') m ON m.id = e.member
  LEFT JOIN (SELECT t.id, x.member FROM things t JOIN ends x ON x.id = t.id WHERE t.relation = 'RoleHolding') w ON w.id = e.organization
  WHERE h.relation IN ('PlatformMembership', 'RoleHolding', 'PartnershipMembership') AND NOT h.is_planned
    AND e.member IS NOT NULL AND e.organization IS NOT NULL) p
JOIN held a ON a.id = p.member AND NOT a.is_planned AND (a.is_organization OR a.is_programme)
JOIN held b ON b.id = p.whole AND NOT b.is_planned AND (b.is_organization OR b.is_programme)
WHERE p.member <> p.whole
GROUP BY p.member, p.whole
