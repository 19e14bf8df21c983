MATCH (kind:Resource)-[:SUB_CLASS_OF*0..]->(:Resource {iri: 'https://w3id.org/tsunagari/ont#Goal'})
MATCH (goal:Goal)-[:OWNER]->(platform)
WHERE kind.iri IN goal.classes AND ($platform IS NULL OR platform.iri = $platform)
// An activity for a goal also serves those above it and those that it answers to.
OPTIONAL MATCH (activity:Activity)-[:ALIGNS_WITH_GOAL]->(below)-[:BROADER|ALIGNS_WITH_GOAL*0..]->(goal)
RETURN platform, goal, kind, count(DISTINCT activity) AS number, collect(DISTINCT activity) AS activities
ORDER BY platform.iri, number, kind.iri, goal.iri
