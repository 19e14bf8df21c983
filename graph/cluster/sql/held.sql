-- What is there or planned on the day asked for, certainly or possibly: a row of things each, and whether it is only planned.
SELECT t.*, t.status NOT IN ('stated', 'inferred') AS is_planned
FROM things t CROSS JOIN asked a
WHERE t.status IN ('stated', 'inferred', 'planned', 'under-consideration', 'desired')
  AND NOT coalesce(a.day < coalesce(t.valid_from_not_before, t.valid_from), FALSE)
  AND NOT coalesce(a.day >= coalesce(t.valid_to_not_after, t.valid_to), FALSE)
