-- Each municipality asked for with the units that contain it, from near to far: itself, partnerships, prefecture, nation.
SELECT area, unit, 0 AS step FROM scope_areas
UNION ALL SELECT s.area, p.partnership, 1 FROM scope_areas s JOIN partnerships p ON p.unit = s.unit
UNION ALL SELECT area, concat(substr(unit, 1, 2), '000'), 2 FROM scope_areas
UNION ALL SELECT area, '00000', 3 FROM scope_areas
