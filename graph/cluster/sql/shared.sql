-- Who shares a group, both ways: weight 1 / (members - 1), or 1 between the core of a group and each of the others.
WITH sizes AS (SELECT whole, count(*) AS number, max(core) AS has_core FROM belonging GROUP BY whole)
SELECT x.member AS source, y.member AS target,
  CASE WHEN s.has_core = 1 THEN CAST(1 AS DOUBLE) ELSE CAST(1 AS DOUBLE) / (s.number - 1) END AS weight
FROM sizes s
CROSS JOIN asked a
JOIN belonging x ON x.whole = s.whole
JOIN belonging y ON y.whole = s.whole AND y.member <> x.member
WHERE s.number > 1 AND (a.largest IS NULL OR s.number <= a.largest) AND (s.has_core = 0 OR x.core <> y.core)
