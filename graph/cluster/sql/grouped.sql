-- The nodes with the group by which roles are counted; those whose group is not known are one group.
SELECT n.id, coalesce(CASE a.split_by
    WHEN 'sector' THEN n.sector WHEN 'class' THEN n.class WHEN 'municipality' THEN n.place
    WHEN 'prefecture' THEN CASE WHEN substr(n.place, 1, 2) BETWEEN '01' AND '47' THEN substr(n.place, 1, 2) END END, '') AS part
FROM nodes n CROSS JOIN asked a
