-- What a node of each group has of each role by chance, and how far that spreads: groups as they are, every pair tied with the
-- density of the network (Gould & Fernandez 1989); where every tie runs both ways, pairs are tied both ways or not at all.
WITH sizes AS (SELECT part, CAST(count(*) AS DOUBLE) AS own FROM grouped GROUP BY part),
sums AS (SELECT sum(own) AS n, sum(own * own) AS n2, sum(own * own * own) AS n3 FROM sizes),
ties AS (
  SELECT CAST(count(*) AS DOUBLE) AS number, count(*) = count(b.source) AS mutual
  FROM arcs a LEFT JOIN arcs b ON b.source = a.target AND b.target = a.source),
network AS (
  SELECT s.*, CASE WHEN s.n > 1 THEN t.number / (s.n * (s.n - 1)) ELSE 0 END AS d, t.mutual FROM sums s CROSS JOIN ties t),
groups_seen AS (
  SELECT z.part, z.own, w.n, w.d, w.mutual, w.n - z.own AS o, w.n2 - z.own * z.own AS o2, w.n3 - z.own * z.own * z.own AS o3
  FROM sizes z CROSS JOIN network w),
ways AS (
  SELECT part, d, mutual, 'coordinator' AS role, (own - 1) * (own - 2) AS ways, (own - 1) * (own - 2) * (own - 3) AS pairs, 2 AS twice
  FROM groups_seen
  UNION ALL SELECT part, d, mutual, 'itinerant', o2 - o, o3 - 3 * o2 + 2 * o, 2 FROM groups_seen
  UNION ALL SELECT part, d, mutual, 'representative', o * (own - 1), ((own - 1) * o * (o - 1) + o * (own - 1) * (own - 2)) / 2, 1 FROM groups_seen
  UNION ALL SELECT part, d, mutual, 'gatekeeper', o * (own - 1), ((own - 1) * o * (o - 1) + o * (own - 1) * (own - 2)) / 2, 1 FROM groups_seen
  UNION ALL SELECT part, d, mutual, 'liaison', o * o - o2, o * o * (o - 1) - (2 * o - 1) * o2 + o3, 2 FROM groups_seen
  UNION ALL SELECT part, d, mutual, 'brokerage', (n - 1) * (n - 2), (n - 1) * (n - 2) * (n - 3), 2 FROM groups_seen)
SELECT part, role, d * d * (1 - d) * ways AS expected,
  sqrt(greatest((d * d * (1 - d) * (1 - d * d * (1 - d)) * ways + 2 * power(d * (1 - d), 3) * pairs)
    * CASE WHEN mutual THEN twice ELSE 1 END, 0)) AS deviation
FROM ways
