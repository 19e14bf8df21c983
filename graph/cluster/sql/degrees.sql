-- How many different bodies each node is tied to, in either direction.
SELECT source AS id, count(*) AS degree
FROM (SELECT source, target FROM arcs UNION SELECT target, source FROM arcs) pairs
GROUP BY source
