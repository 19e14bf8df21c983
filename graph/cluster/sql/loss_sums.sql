-- What is lost without each organisation that has a name: cells left to nobody, to wider bodies, to one body, and the severity that is added.
SELECT l.body,
  sum(CASE WHEN before <> after AND after = 'none' THEN 1 ELSE 0 END) AS to_nobody,
  sum(CASE WHEN before <> after AND after = 'wide_only' THEN 1 ELSE 0 END) AS to_wide_only,
  sum(CASE WHEN before <> after AND after = 'single' THEN 1 ELSE 0 END) AS to_single,
  sum(l.severity) AS severity_lost
FROM losses l
JOIN things t ON t.id = l.body AND t.is_body AND t.class <> 'UnnamedGroup'
GROUP BY l.body
