-- The need of every unit: of the values of the indicator asked for the latest up to the day, else the first after it.
SELECT unit, value, day FROM (
  SELECT n.unit, n.value, n.day, row_number() OVER (
    PARTITION BY n.unit
    ORDER BY CASE WHEN n.day > a.day THEN 1 ELSE 0 END,
      CASE WHEN a.day IS NULL OR n.day <= a.day THEN n.day END DESC NULLS LAST, n.day, n.id) AS turn
  FROM needs n CROSS JOIN asked a
  WHERE n.indicator = a.indicator AND n.status IN ('stated', 'inferred')
    AND NOT coalesce(a.day < coalesce(n.valid_from_not_before, n.valid_from), FALSE)
    AND NOT coalesce(a.day >= coalesce(n.valid_to_not_after, n.valid_to), FALSE)) ranked
WHERE turn = 1
