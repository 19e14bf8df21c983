UNWIND ['Training', 'Publication', 'Coordination'] AS name
MATCH (activity:Activity) WHERE 'https://w3id.org/tsunagari/ont#' + name IN activity.classes
OPTIONAL MATCH (activity)-[:TARGET_GROUP]->(target)
OPTIONAL MATCH (activity)-[:CHANNEL]->(way)
OPTIONAL MATCH (activity)-[:STATUS]->(status)
UNWIND coalesce(activity.frequency_ja, [null]) AS frequency
RETURN {iri: 'https://w3id.org/tsunagari/ont#' + name} AS kind, activity, collect(DISTINCT target) AS targets,
  collect(DISTINCT way) AS channels, frequency, status
ORDER BY kind.iri, activity.iri
