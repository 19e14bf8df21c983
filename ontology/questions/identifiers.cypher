UNWIND ['localId', 'lgCode', 'corporateNumber'] AS key
MATCH (thing:Resource {iri: $thing})
UNWIND thing[key] AS identifier
RETURN DISTINCT thing, {iri: 'https://w3id.org/tsunagari/ont#' + key} AS scheme, identifier, thing.iri AS thing_id
ORDER BY thing_id, scheme.iri, identifier
