MATCH (statement)-[said:STATUS]->() WHERE NOT EXISTS { (statement)-[:STATED_IN]->() }
MATCH (push:TsunagariPush)
UNWIND statement.classes AS kind
UNWIND said.graphs AS number
RETURN DISTINCT statement, {iri: kind} AS kind, {iri: push.graphs[number]} AS graph, statement.iri AS statement_id
ORDER BY graph.iri, kind.iri, statement_id
