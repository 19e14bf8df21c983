-- What states each row of found: of the nearest unit, there the first; step, unit and thing in one text that sorts as they do.
SELECT s.area, s.field, s.body, s.step,
  min(concat(CAST(c.step AS STRING), ' ', CASE WHEN c.step = 1 THEN c.unit ELSE '' END, ' ', o.stated)) AS stated
FROM found s
JOIN containing c ON c.area = s.area AND (c.step = s.step OR s.step = 9)
JOIN scope_fields f ON f.place = s.field
JOIN offers o ON o.unit = c.unit AND o.field = f.field AND o.body = s.body AND o.is_planned = (s.step = 9)
GROUP BY s.area, s.field, s.body, s.step
