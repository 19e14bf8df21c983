MATCH (event:Event)
OPTIONAL MATCH (event)-[:STATUS]->(status)
UNWIND coalesce(event.series_ja, [null]) AS series
UNWIND coalesce(event.frequency_ja, [null]) AS frequency
UNWIND coalesce(event.topic_ja, [null]) AS topic
UNWIND coalesce(event.dateAsWritten_ja, [null]) AS written
WITH *, event.ordinal AS ordinal, coalesce(event.validFromNotBefore, event.validFrom) AS earliest,
  coalesce(event.validFromNotAfter, event.validFrom) AS latest
ORDER BY coalesce(topic, ''), coalesce(written, '')
WITH event, series, ordinal, frequency, collect(DISTINCT topic) AS texts, earliest, latest, collect(written)[0] AS date_as_written, status
RETURN event, series, ordinal, frequency,
  texts AS topics, earliest, latest, date_as_written, status
ORDER BY earliest, event.iri
