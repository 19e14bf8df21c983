-- The complete list that speaks of a cell: of the nearest unit, for the field before for all, the latest, the first by name.
SELECT area, field, number, found FROM (
  SELECT c.area, f.place AS field, l.number, l.found, row_number() OVER (
    PARTITION BY c.area, f.place
    ORDER BY c.step, CASE WHEN c.step = 1 THEN c.unit ELSE '' END, CASE WHEN l.field IS NULL THEN 1 ELSE 0 END,
      l.as_of DESC, CASE WHEN a.lang = 'en' THEN l.name_en ELSE l.name_ja END,
      CASE WHEN a.lang = 'en' THEN l.evidence_en ELSE l.evidence_ja END, l.number) AS turn
  FROM asked a
  CROSS JOIN closed_lists l
  JOIN containing c ON c.unit = l.unit AND (l.includes_parts OR c.step = 0)
  JOIN scope_fields f ON l.field IS NULL OR l.field = f.field
  WHERE a.day IS NULL OR (l.begins <= a.day AND (l.ends = '' OR a.day < l.ends))) ranked
WHERE turn = 1
