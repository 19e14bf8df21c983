-- Who is tied to whom in the network asked for, each direction once, with the sum of the weights.
SELECT c.source, c.target, sum(c.weight) AS weight
FROM (
  SELECT source, target, weight FROM tie_claims CROSS JOIN asked a WHERE a.network IN ('ties', 'collaboration')
  UNION ALL
  SELECT source, target, weight FROM shared CROSS JOIN asked a WHERE a.network IN ('comembers', 'collaboration')
  UNION ALL
  SELECT member, whole, weight FROM belonging CROSS JOIN asked a WHERE a.network = 'members') c
JOIN nodes s ON s.id = c.source
JOIN nodes t ON t.id = c.target
WHERE c.source <> c.target
GROUP BY c.source, c.target
