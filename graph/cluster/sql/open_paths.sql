-- How often each node stands between two that are not tied themselves, by the groups of the three (Gould & Fernandez 1989).
SELECT id,
  count(CASE WHEN sender = own AND receiver = own THEN 1 END) AS coordinator,
  count(CASE WHEN sender = receiver AND sender <> own THEN 1 END) AS itinerant,
  count(CASE WHEN sender = own AND receiver <> own THEN 1 END) AS representative,
  count(CASE WHEN sender <> own AND receiver = own THEN 1 END) AS gatekeeper,
  count(CASE WHEN sender <> own AND receiver <> own AND sender <> receiver THEN 1 END) AS liaison,
  count(*) AS brokerage
FROM (
  SELECT o.target AS id, x.part AS sender, y.part AS own, z.part AS receiver
  FROM arcs o
  JOIN arcs p ON p.source = o.target AND p.target <> o.source
  LEFT JOIN arcs c ON c.source = o.source AND c.target = p.target
  JOIN grouped x ON x.id = o.source
  JOIN grouped y ON y.id = o.target
  JOIN grouped z ON z.id = p.target
  WHERE c.source IS NULL) paths
GROUP BY id
