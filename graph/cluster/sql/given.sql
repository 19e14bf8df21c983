-- Who provides which support, else who carries it out, in which of the fields asked for; what is over is among it.
SELECT p.thing, p.body, w.object AS field
FROM (
  SELECT subject AS thing, object AS body FROM links WHERE property = 'provided_by'
  UNION ALL
  SELECT c.subject, c.object
  FROM links c LEFT JOIN links p ON p.subject = c.subject AND p.property = 'provided_by'
  WHERE c.property = 'carried_out_by' AND p.subject IS NULL) p
JOIN things s ON s.id = p.thing AND s.is_support
JOIN things b ON b.id = p.body AND b.is_organization
JOIN links w ON w.subject = p.thing AND w.property = 'support_field'
JOIN scope_fields f ON f.field = w.object
