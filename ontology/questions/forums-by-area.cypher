MATCH (class:Resource)-[:SUB_CLASS_OF*0..]->(:Resource {iri: 'https://w3id.org/tsunagari/ont#Collaboration'})
MATCH (forum:Collaboration) WHERE class.iri IN forum.classes
MATCH (forum)-[:FORUM_KIND]->(forum_kind)
MATCH (forum)-[:REACH]->(area) WHERE $area IS NULL OR area.iri = $area
OPTIONAL MATCH (forum)-[:CONFIDENTIALITY]->(duty)
OPTIONAL MATCH (forum)-[:STATUS]->(status)
RETURN area, forum_kind, forum, class, collect(DISTINCT duty) AS confidentiality, status
ORDER BY area.iri, forum_kind.iri, forum.iri
