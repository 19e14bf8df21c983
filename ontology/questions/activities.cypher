MATCH (kind:Resource)-[:SUB_CLASS_OF*0..]->(:Resource {iri: 'https://w3id.org/tsunagari/ont#Activity'})
MATCH (activity:Activity) WHERE kind.iri IN activity.classes
OPTIONAL MATCH (activity)-[:ORGANIZED_BY_PLATFORM]->(platform)
OPTIONAL MATCH (activity)-[:WITHIN_PROGRAMME]->(programme)
WITH * WHERE ($platform IS NULL OR platform.iri = $platform) AND ($programme IS NULL OR programme.iri = $programme)
OPTIONAL MATCH (activity)-[:CARRIED_OUT_BY]->(body)
OPTIONAL MATCH (activity)-[:STATUS]->(status)
RETURN platform, programme, kind, activity, collect(DISTINCT body) AS carried_out_by, status, activity.iri AS activity_id
ORDER BY coalesce(platform.iri, ''), coalesce(programme.iri, ''), kind.iri, activity.iri
