UNWIND ['Consortium', 'OrganizationNetwork'] AS name
MATCH (federation:Resource) WHERE 'https://w3id.org/tsunagari/ont#' + name IN federation.classes
OPTIONAL MATCH (federation)-[:REPRESENTED_BY]->(represented_by)
OPTIONAL MATCH (federation)-[:MUNICIPALITY]->(municipality)
UNWIND coalesce(federation.statedSize, [null]) AS stated_size
RETURN DISTINCT federation, {iri: 'https://w3id.org/tsunagari/ont#' + name} AS kind, represented_by, stated_size, municipality,
  federation.iri AS federation_id
ORDER BY kind.iri, federation_id
