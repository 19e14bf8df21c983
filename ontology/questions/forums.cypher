MATCH (forum:ExistingForum)
OPTIONAL MATCH (forum)-[:FORUM_KIND]->(forum_kind)
OPTIONAL MATCH (forum)-[:STATUS]->(forum_status)
OPTIONAL MATCH (forum)-[:HOST]->(host)
OPTIONAL MATCH (forum)-[:FUNCTIONS_AS]->(functions_as)
OPTIONAL MATCH (functions_as)-[:STATUS]->(functions_status)
OPTIONAL MATCH (forum)-[:LEGAL_BASIS]->(law)
RETURN forum, forum_kind, forum_status, host, functions_as, functions_status, collect(DISTINCT law) AS legal_basis,
  forum.iri AS forum_id
ORDER BY functions_as IS NULL, forum.iri
