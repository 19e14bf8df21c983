-- The need of each municipality, 1 where no value is given at all, and with the median in place of what is not known.
WITH known AS (SELECT s.area, v.value FROM scope_areas s JOIN values_of_need v ON v.unit = s.unit),
middle AS (SELECT coalesce(median(value), CAST(1 AS DOUBLE)) AS value FROM known),
told AS (SELECT count(*) AS number FROM values_of_need)
SELECT s.area, CASE WHEN g.number = 0 THEN CAST(1 AS DOUBLE) ELSE k.value END AS need, coalesce(k.value, m.value) AS filled
FROM scope_areas s CROSS JOIN middle m CROSS JOIN told g LEFT JOIN known k ON k.area = s.area
