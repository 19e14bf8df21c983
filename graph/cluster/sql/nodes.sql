-- The nodes of the network asked for: organisations, those that ties name, and in the network of members what they belong to.
SELECT h.id, h.class, h.sector, h.place, h.is_body
FROM held h CROSS JOIN asked a
LEFT JOIN (SELECT DISTINCT source AS id FROM tie_claims UNION SELECT DISTINCT target FROM tie_claims) t ON t.id = h.id
WHERE NOT h.is_planned AND (
  h.is_body
  OR (a.network IN ('ties', 'collaboration') AND h.is_organization AND t.id IS NOT NULL)
  OR (a.network = 'members' AND (h.is_organization OR h.is_programme)))
