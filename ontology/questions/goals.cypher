UNWIND [['Aim', 0], ['Slogan', 1], ['Viewpoint', 2], ['Pillar', 3], ['PillarAction', 4]] AS level
MATCH (goal:Goal)-[:OWNER]->(platform)
WHERE 'https://w3id.org/tsunagari/ont#' + level[0] IN goal.classes AND ($platform IS NULL OR platform.iri = $platform)
OPTIONAL MATCH (goal)-[:BROADER]->(above)
OPTIONAL MATCH (goal)-[:ALIGNS_WITH_GOAL]->(aligns_with)
UNWIND coalesce(goal.notation, [null]) AS notation
WITH DISTINCT platform, level, notation, goal, above, aligns_with
ORDER BY platform.iri, level[1], coalesce(notation, ''), goal.iri
RETURN platform, {iri: 'https://w3id.org/tsunagari/ont#' + level[0]} AS kind, notation, goal, above, aligns_with
