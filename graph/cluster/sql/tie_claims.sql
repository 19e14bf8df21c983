-- Ties between organisations, one row a statement and direction; one without a direction leads both ways.
WITH stated AS (
  SELECT e.tie_from AS source, e.tie_to AS target, coalesce(h.strength, 1) AS weight, h.is_directed
  FROM held h JOIN ends e ON e.id = h.id
  WHERE h.relation = 'CollaborationTie' AND NOT h.is_planned AND e.tie_from IS NOT NULL AND e.tie_to IS NOT NULL)
SELECT source, target, weight FROM stated
UNION ALL SELECT target, source, weight FROM stated WHERE NOT is_directed
