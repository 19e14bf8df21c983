-- Burt's constraint and effective size (Burt 1992, chapter 2): what a node spends on each contact, itself and through others.
WITH strengths AS (
  SELECT source AS i, target AS j, sum(weight) AS z
  FROM (SELECT source, target, weight FROM arcs UNION ALL SELECT target, source, weight FROM arcs) ways
  GROUP BY source, target),
wholes AS (SELECT i, sum(z) AS total, max(z) AS strongest FROM strengths GROUP BY i),
shares AS (SELECT s.i, s.j, s.z / w.total AS p, s.z / w.strongest AS m FROM strengths s JOIN wholes w ON w.i = s.i),
closed AS (
  SELECT iq.i, qj.j, sum(iq.p * qj.p) AS indirect, sum(iq.p * jq.m) AS redundant
  FROM shares iq
  JOIN shares qj ON qj.i = iq.j AND qj.j <> iq.i
  JOIN shares jq ON jq.i = qj.j AND jq.j = iq.j
  JOIN shares ij ON ij.i = iq.i AND ij.j = qj.j
  GROUP BY iq.i, qj.j)
SELECT s.i AS id,
  sum((s.p + coalesce(c.indirect, 0)) * (s.p + coalesce(c.indirect, 0))) AS constrained,
  count(*) - sum(coalesce(c.redundant, 0)) AS effective_size
FROM shares s LEFT JOIN closed c ON c.i = s.i AND c.j = s.j
GROUP BY s.i
