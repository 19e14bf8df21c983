-- The organisations of the network with their contacts, roles, what chance would give of each, and by how many deviations they differ.
WITH chance AS (
  SELECT part,
    max(CASE WHEN role = 'coordinator' THEN expected END) AS expected_coordinator, max(CASE WHEN role = 'coordinator' THEN deviation END) AS deviation_coordinator,
    max(CASE WHEN role = 'itinerant' THEN expected END) AS expected_itinerant, max(CASE WHEN role = 'itinerant' THEN deviation END) AS deviation_itinerant,
    max(CASE WHEN role = 'representative' THEN expected END) AS expected_representative, max(CASE WHEN role = 'representative' THEN deviation END) AS deviation_representative,
    max(CASE WHEN role = 'gatekeeper' THEN expected END) AS expected_gatekeeper, max(CASE WHEN role = 'gatekeeper' THEN deviation END) AS deviation_gatekeeper,
    max(CASE WHEN role = 'liaison' THEN expected END) AS expected_liaison, max(CASE WHEN role = 'liaison' THEN deviation END) AS deviation_liaison,
    max(CASE WHEN role = 'brokerage' THEN expected END) AS expected_brokerage, max(CASE WHEN role = 'brokerage' THEN deviation END) AS deviation_brokerage
  FROM by_chance GROUP BY part),
scored AS (
  SELECT n.id, g.part, coalesce(d.degree, 0) AS degree, h.constrained, h.effective_size,
    coalesce(p.coordinator, 0) AS coordinator,
    coalesce(p.itinerant, 0) AS itinerant,
    coalesce(p.representative, 0) AS representative,
    coalesce(p.gatekeeper, 0) AS gatekeeper,
    coalesce(p.liaison, 0) AS liaison,
    coalesce(p.brokerage, 0) AS brokerage
  FROM nodes n
  JOIN grouped g ON g.id = n.id
  LEFT JOIN degrees d ON d.id = n.id
  LEFT JOIN holes h ON h.id = n.id
  LEFT JOIN open_paths p ON p.id = n.id
  WHERE n.is_body AND n.class <> 'UnnamedGroup')
SELECT s.*,
  c.expected_coordinator, (s.coordinator - c.expected_coordinator) / nullif(c.deviation_coordinator, 0) AS z_coordinator,
  c.expected_itinerant, (s.itinerant - c.expected_itinerant) / nullif(c.deviation_itinerant, 0) AS z_itinerant,
  c.expected_representative, (s.representative - c.expected_representative) / nullif(c.deviation_representative, 0) AS z_representative,
  c.expected_gatekeeper, (s.gatekeeper - c.expected_gatekeeper) / nullif(c.deviation_gatekeeper, 0) AS z_gatekeeper,
  c.expected_liaison, (s.liaison - c.expected_liaison) / nullif(c.deviation_liaison, 0) AS z_liaison,
  c.expected_brokerage, (s.brokerage - c.expected_brokerage) / nullif(c.deviation_brokerage, 0) AS z_brokerage
FROM scored s JOIN chance c ON c.part = s.part
