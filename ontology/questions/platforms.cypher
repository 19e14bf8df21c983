MATCH (kind:Resource)-[:SUB_CLASS_OF*0..]->(:Resource {iri: 'https://w3id.org/tsunagari/ont#Collaboration'})
MATCH (platform:Collaboration) WHERE kind.iri IN platform.classes
OPTIONAL MATCH (platform)-[:SCOPE_LEVEL]->(scope_level)
WITH * WHERE $scope_level IS NULL OR scope_level.iri = $scope_level
OPTIONAL MATCH (platform)-[:HOST]->(host)
OPTIONAL MATCH (platform)-[:STATUS]->(status)
OPTIONAL MATCH (body:PlatformBody)-[:SUB_ORGANIZATION_OF]->(platform)
UNWIND coalesce(platform.purpose_ja, [null]) AS purpose
RETURN platform, kind, scope_level, host, purpose, count(DISTINCT body) AS bodies, status, platform.iri AS platform_id
ORDER BY kind.iri, coalesce(scope_level.iri, ''), platform_id
